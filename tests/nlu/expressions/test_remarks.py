"""What stands beside the facts: a reason, a subject, the end of a pause; each with its intent already known."""

from datetime import date
from typing import Any

import pytest

from nlu import Context, Meaning, Reader, Reading
from nlu.components.dates import CONTEXT
from nlu.components.intent import READINGS
from nlu.components.language import detect
from nlu.components.words import LANGUAGE
from nlu.meaning import Moment
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
    return shape(Findings(NLP(doc)))


@pytest.mark.parametrize(
    ("intent", "text", "reason"),
    [
        ("vouch", "ik beveel Kees aan, we hebben 2 jaar samengewerkt", "we hebben 2 jaar samengewerkt"),
        ("vouch", "ik beveel Noor aan want ze is secuur", "ze is secuur"),
        ("vouch", "Ik beveel Noor aan, omdat ze secuur is. Groetjes, Tom", "ze secuur is"),
        ("vouch", "Omdat ze secuur is, beveel ik Noor aan", "ze secuur is"),
        ("vouch", "Kees is een topper, ik beveel hem aan", "Kees is een topper"),
        ("vouch", "Beste Mieke en Tom, ik sta in voor Noor: secuur (en snel)", "secuur (en snel)"),
        ("vouch", "I recommend Kees because he is thorough", "he is thorough"),
        ("vouch", "I can vouch for Ines, great designer", "great designer"),
        ("vouch", "Invite Ines, she did our website", "she did our website"),
        ("vouch", "I can vouch for Ines because we worked for 3 years", "we worked for 3 years"),
        ("vouch", "Ik wil Noor voordragen. Mee samengewerkt, secuur", "Mee samengewerkt, secuur"),
        ("vouch", "ik beveel Kees aan, hij is top, 06-12345678", "hij is top"),
        ("show_interest", "Interesse! want ik deed dit al bij Hoorn", "ik deed dit al bij Hoorn"),
        ("show_interest", "ja interesse, 8 jaar bij waterschappen", "8 jaar bij waterschappen"),
        ("show_interest", "I'm interested, did this before", "did this before"),
        ("show_interest", "interesse, maar ik kan pas in maart", "ik kan pas in maart"),
        ("decline", "niks voor mij, te ver rijden", "te ver rijden"),
        ("decline", "te ver rijden, sla ik over", "te ver rijden"),
        ("decline", "Nee dank je, te ver", "te ver"),
        ("decline", "pass, too far away", "too far away"),
        ("decline", "€60 is te laag, niet voor mij", "€60 is te laag"),
        ("tip_member", "iets voor Kees? hij doet dit al jaren", "hij doet dit al jaren"),
        ("report_no_deal", "niet doorgegaan, budget is weg", "budget is weg"),
        # No reason given.
        ("vouch", "ik beveel Kees aan", None),
        ("vouch", "nodig Sanne uit", None),
        ("vouch", "Hoi! I can vouch for Ines. Thanks!", None),
        ("vouch", "Beste Mieke, ik beveel Kees aan. Groetjes, Tom", None),
        ("vouch", "ik beveel Kees aan, 06-12345678 of kees@example.org", None),
        ("show_interest", "Ja, interesse", None),
        ("decline", "deze is niks voor mij", None),
        ("decline", "nee, sorry, sla over", None),
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


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("vraag me elke maandag om 9 uur", Moment("mon", 9)),
        ("vraag me elke maandag om 9:30", Moment("mon", 9, 30)),
        ("vraag me op vrijdag om half tien", Moment("fri", 9, 30)),
        ("vraag me iedere woensdagmiddag", Moment("wed", 14)),
        ("vraag me elke donderdagavond om acht uur", Moment("thu", 20)),
        ("vraag me op di om 2 uur", Moment("tue", 14)),
        ("vraag me elke vrijdag", Moment("fri", 9)),
        ("ask me every Monday at 9", Moment("mon", 9)),
        ("ask me on Fridays at 2 pm", Moment("fri", 14)),
        ("ask me every Tuesday at half past nine", Moment("tue", 9, 30)),
        ("ask me every Thursday morning", Moment("thu", 9)),
        ("ask me every Thursday at 6 am", Moment("thu", 6)),
        ("vraag me elke maandag om 99 uur", Moment("mon", 9)),
    ],
)
def test_a_moment_in_the_week(text: str, moment: Moment) -> None:
    assert meant("ask_rhythm", text).moment == moment
