"""What stands beside the facts: a reason, a subject, the end of a pause; each with its intent already known."""

from datetime import date
from typing import Any

import pytest

from nlu import Context, Meaning, Reader, Reading
from nlu.components.dates import CONTEXT
from nlu.components.intent import READINGS
from nlu.components.language import detect
from nlu.components.words import LANGUAGE
from nlu.reader import build_pipeline
from nlu.shaping import shape
from nlu.shaping.findings import Findings

TODAY = date(2026, 11, 21)
NLP = build_pipeline()


def meant(intent: str, text: str, **known: Any) -> Meaning:
    """Read a text whose intent is known."""
    doc = NLP.make_doc(text)
    doc.user_data[CONTEXT] = Context(today=TODAY, **known)
    doc.user_data[LANGUAGE] = detect(text, None)
    doc.user_data[READINGS] = (Reading(intent, 1.0),)
    return shape(Findings.of(NLP(doc)))


@pytest.mark.parametrize(
    ("intent", "text", "reason"),
    [
        (
            "vouch",
            "I can vouch for Ines because we worked together for 3 years",
            "we worked together for 3 years",
        ),
        (
            "vouch",
            "Ik wil Noor graag voordragen. Twee keer mee samengewerkt, secuur",
            "Twee keer mee samengewerkt, secuur",
        ),
        ("show_interest", "Interesse! want ik deed dit al bij Hoorn", "ik deed dit al bij Hoorn"),
        (
            "show_interest",
            "ja interesse, 8 jaar ervaring bij waterschappen",
            "8 jaar ervaring bij waterschappen",
        ),
        ("decline", "niks voor mij, te ver rijden", "te ver rijden"),
        ("decline", "deze is niks voor mij", None),
        ("share_lead", "projectleider in Utrecht, 32 uur, want de vorige is ziek", None),
    ],
)
def test_reason(intent: str, text: str, reason: str | None) -> None:
    assert meant(intent, text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [("secuur en komt afspraken na", "secuur en komt afspraken na"), ("weet ik niet", None)],
)
def test_a_reason_that_was_asked_is_the_whole_answer(text: str, reason: str | None) -> None:
    assert meant("unknown", text, asked="reason").reason == reason


@pytest.mark.parametrize(
    ("intent", "text", "topic"),
    [
        ("follow", "volg energietransitie", "energietransitie"),
        ("follow", "hou me op de hoogte van gemeente Goes", "gemeente Goes"),
        ("follow", "follow the city theatre", "city theatre"),
        ("ask_help", "wie wil er even sparren over AVG?", "AVG"),
        ("set_availability", "vanaf 1 maart vrij", None),
    ],
)
def test_topic(intent: str, text: str, topic: str | None) -> None:
    assert meant(intent, text).topic == topic


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("pauze tot maandag", "2026-11-22"),
        ("pauze t/m maandag", "2026-11-23"),
        ("even geen berichten tot 1 december", "2026-11-30"),
        ("geen berichten meer t/m 1 december", "2026-12-01"),
        ("mute me until Monday", "2026-11-22"),
        ("pauze deze week", "2026-11-22"),
        ("zet me op pauze voor 2 weken", "2026-12-04"),
        ("pauze van een maand", None),
        ("zet me op pauze", None),
    ],
)
def test_pause(text: str, until: str | None) -> None:
    found = meant("pause", text).until
    assert (found and found.isoformat()) == until


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("iets voor Kees?", ("Kees",)),
        ("ik beveel Noor de Wit aan", ("Noor de Wit",)),
        ("vanaf 1 maart vrij", ()),
    ],
)
def test_people(text: str, people: tuple[str, ...]) -> None:
    assert Reader().read(text, Context(today=TODAY)).people == people
