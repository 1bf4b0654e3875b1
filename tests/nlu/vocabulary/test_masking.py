"""What is kept of a message names nobody and holds no number, and can be filled in again."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import Context, Reader
from nlu.masking import LONGEST, mask
from nlu.templates import Template, expand, fits, read_slots

READER = Reader()
CONTEXT = Context(date(2026, 11, 21), form="lead")


def masked(text: str) -> str | None:
    return mask(text, READER.read(text, CONTEXT))


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("zoek een tester in Utrecht, 32 uur", "zoek een tester in {place}, 00 uur"),
        ("is dit iets voor Sanne?", "is dit iets voor {name}?"),
        ("is dit iets voor sanne?", "is dit iets voor {name}?"),
        ("bel Jan Bakker op 06-12345678", "bel {name}"),
        ("mail naar anna@klant.example", "mail naar {name}"),
        ("klus bij gemeente Hoorn, max 95", "klus bij {client}, max 00"),
        ("dat is van Vrouwezijn", "dat is van {name}"),
        ("[ja] (of|niet) {naam}", "ja of niet naam"),
        ("Dank je wel", "Dank je wel"),
        ("06-12345678", None),
        ("", None),
        ("a" * (LONGEST + 1), None),
    ],
)
def test_names_and_numbers_are_taken_out(text: str, template: str | None) -> None:
    assert masked(text) == template


@given(st.text(max_size=80))
def test_whatever_is_left_can_be_learned_from(text: str) -> None:
    template = masked(text)

    if template is not None:
        slots = read_slots()["nl"]
        assert not any(char.isdecimal() and char != "0" for char in template)
        assert fits(Template(template, "thanks", "nl"), slots)
        expand(Template(template, "thanks", "nl"), slots, random.Random(1))
