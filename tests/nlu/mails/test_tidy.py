"""Taking the wrapping off a text: what is read, and where each character of it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.tidy import tidy

FORM = "Functie{0}Tester\nLocatie{0}Utrecht\nUren{0}32"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Klant zoekt een tester", "Klant zoekt een tester"),
        ("<p>Een <b>tester</b></p>", "\nEen tester\n"),
        ("<td>Rol</td><td>Tester</td>", " Rol  Tester "),
        ("max &euro;&nbsp;80", "max € 80"),
        ("v&oacute;&oacute;r 3 mei", "vóór 3 mei"),
        ("medewer-\nkers", "medewerkers"),
        ("ma-\nDi", "ma-\nDi"),
        ("3 < 5 en 7 > 6", "3 < 5 en 7 > 6"),
        ("AT&T; en meer", "AT&T; en meer"),
        ("soft\u00adhyphen", "softhyphen"),
        (FORM.format(""), FORM.format(": ")),
        (FORM.format("     "), FORM.format(": ")),
        (FORM.format(" | "), FORM.format(": ")),
        (FORM.format("\n"), FORM.format(": ")),
        (FORM.format(": "), FORM.format(": ")),
        ("Functie\nTester zijn is leuk", "Functie\nTester zijn is leuk"),
        ("18-11-2026 20:11 - Bas: hoi\n", "[18-11-2026 20:11] Bas: hoi\n"),
    ],
)
def test_tidy(text: str, read: str) -> None:
    assert tidy(text).text == read


@given(st.text(alphabet="ab <>/&;-\n|:1€\u00adFunctieLocatieUren", max_size=60))
def test_every_place_lies_in_the_text_and_in_order(text: str) -> None:
    tidied = tidy(text)
    places = [tidied.place(offset) for offset in range(len(tidied.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(st.text(max_size=40))
def test_what_was_kept_stands_where_it_stood(text: str) -> None:
    tidied = tidy(f"<p>{text}</p>\ntester")
    start = tidied.text.rindex("tester")
    assert f"<p>{text}</p>\ntester"[tidied.place(start) :] == "tester"
