"""Whatever people write, a lead shows nobody's name, number or address outside its contact."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu import Context, Reader
from nlu.components.contact import pieces_of
from nlu.lexicon import split
from nlu.meaning import Lead

TODAY = date(2026, 11, 21)
READER = Reader()
FIRST = ["Kees", "Sanne", "Anouk", "Priya", "Youssef", "Marloes"]
LAST = ["Dijkhuis", "de Vries", "van Ommeren", "Nair", "El Amrani"]
PHONES = ["06-23456789", "+31 6 2345 6789", "030 - 2345678", "(020) 123 45 67", "0031612345678"]
MAILS = ["x.y@example.org", "planning@tester.example", "kees [at] example.org"]
FRAMES = [
    "Klant: {who}, {reach}\ntester in Zwolle",
    "zoek een tester voor {who}, bel {reach}",
    "tester gezocht bij {who} {reach}",
    "{who} zoekt een projectleider in Goes. {reach}",
    "Opdrachtgever: {reach} ({who})\nRol: jurist",
    "Functie: {who} {reach}",
    "Van: {who} <{reach}>\nAan: {other}\n\nBeste {other}, wij zoeken een controller.\n\nGroet,\n{who}\nT {reach}",
    "plaats: {who}, {reach}, rol: tester",
    "iets voor {other}? tester bij {who}, {reach}",
    "lead via {who}: {reach} zoekt {other} advies",
    "{who} BV needs a tester, call {who} on {reach}",
    "a tester for {who} at {reach}",
]
NAMES = st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)).map(" ".join)
REACH = st.sampled_from(PHONES + MAILS)
ASKED = st.sampled_from([None, "roles", "client", "place"])


def said(lead: Lead) -> list[str]:
    return [*lead.roles, *lead.skills, lead.place or "", lead.client or ""]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(FRAMES), NAMES, NAMES, REACH, ASKED)
def test_a_lead_holds_no_person(frame: str, who: str, other: str, reach: str, asked: str | None) -> None:
    text = frame.format(who=who, other=other, reach=reach)
    lead = READER.read(text, Context(today=TODAY, form="lead", asked=asked)).lead
    assert lead is not None
    first = {split(who)[0], split(other)[0]}
    for value in said(lead):
        assert pieces_of(value) == []
        assert "@" not in value
        assert first.isdisjoint(split(value)), value


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("bel Kees in Utrecht op 06-23456789, tester voor Kees Bakker BV", None),
        ("tester bij Jan Jansen, 06-23456789, Jansen Advies", None),
        ("tester bij Albert Heijn, bel Albert Bos, 06-23456789", "Albert Heijn"),
        ("tester bij Philips, bel Petra Philips, 06-23456789", "Philips"),
        ("tester voor Stichting Veldhoek, bel Noor op 06-23456789", "Stichting Veldhoek"),
    ],
)
def test_a_client_that_is_a_person_is_left_out(text: str, client: str | None) -> None:
    meaning = READER.read(text, Context(today=TODAY, form="lead"))
    assert meaning.lead is not None
    assert meaning.lead.client == client
    assert [span.text for span in meaning.spans if span.field == "client"] == ([client] if client else [])
