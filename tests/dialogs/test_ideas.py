"""What is an idea, and what of the message is the idea itself."""

import pytest

from dialogs import Said
from dialogs.ideas import MOST, idea_of

ROWS = [
    ("idee: een podcast, ik zoek een redacteur", "een podcast"),
    ("Idee: een podcast over energie. We zoeken een redacteur", "een podcast over energie"),
    ("ik heb een idee: samen een cursus geven", "samen een cursus geven"),
    ("ideetje - een boek schrijven, daarvoor zoek ik niemand", "een boek schrijven"),
    ("idea: a course, looking for a trainer", "a course"),
    ("I have an idea: a podcast. I need an editor and a designer", "a podcast"),
    ("idee: ik zoek een redacteur", "ik zoek een redacteur"),  # then that is all there is
    ("idee:", None),
    ("goed idee", None),
    ("ik heb geen idee", None),
    ("wat een leuk idee, dank je", None),
    ("een idee van de kosten: 95 per uur", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "idea"), ROWS)
def test_what_is_an_idea(text: str, idea: str | None) -> None:
    assert idea_of(Said(text)) == idea


def test_an_idea_stands_in_a_sentence() -> None:
    assert len(idea_of(Said(f"idee: {'heel lang ' * 40}")) or "") <= MOST


def test_what_is_forwarded_is_somebody_elses() -> None:
    assert idea_of(Said("idee: een podcast", forwarded_from="Recruiter X")) is None
