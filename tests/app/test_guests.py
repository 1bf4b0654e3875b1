"""What a guest of an allied collective says in words: to choose somebody there, and nothing else. Journeys are stories."""

import pytest

from assistant import crossings
from assistant.actions import allies as actions
from assistant.crossings import Send
from assistant.desk import Desk
from assistant.loading import plain
from assistant.rules.matching import Fit
from db import collectives, conversations
from db.allies import Ally
from db.leads import Lead as LeadRow
from db.offers import Offer
from db.session import in_collective
from dialogs import Conversation
from dialogs.conversation import Awaiting, to_json
from nlu.meaning import Lead
from tests.app.stage import NOW, Stage

KADE, DOK = 1, 2


@pytest.fixture
def visited(stage: Stage) -> Stage:
    """Anna brought a lead to Het Dok, where Joris, Kees and a Sanne said yes; another Sanne is at home."""
    stage.found("De Kade", "anna", "sanne vos")
    there = stage.found("Het Dok", "joris", "kees", "sanne bos")
    _ally(stage)
    card = Send(7, Lead(roles=("projectmanager",)), person_id=1, name="Anna", language="nl")
    with in_collective(stage.app.engine, KADE) as session:
        crossings.post(Desk(session, collectives.hold(session, KADE), NOW), DOK, card)
    with in_collective(stage.app.engine, DOK) as session:
        actions.read_letters(Desk(session, collectives.hold(session, DOK), NOW))
    with in_collective(stage.app.engine, DOK) as session:
        (row,) = session.query(LeadRow).all()
        session.query(Offer).delete()
        for member_id in there.values():
            session.add(_yes(row.id, member_id))
    return stage


def _ally(stage: Stage) -> None:
    for number, other, name in ((KADE, DOK, "Het Dok"), (DOK, KADE, "De Kade")):
        with in_collective(stage.app.engine, number) as session:
            session.add(Ally(ally_id=other, name=name, state="allied"))


def _yes(lead_id: int, member_id: int) -> Offer:
    fit = plain(Fit(1.0, 1.0, 1.0, 1.0, "strong", (), ()))
    return Offer(
        lead_id=lead_id, member_id=member_id, wave=1, fit=fit, state="yes", offered_at=NOW, offer_at=NOW
    )


def _state(stage: Stage) -> str:
    """Of the lead at Het Dok."""
    with in_collective(stage.app.engine, DOK) as session:
        return session.query(LeadRow).one().state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("kies Kees", "chosen"),
        ("doe dan toch maar kees!", "chosen"),
        ("pick Kees", "chosen"),
        ("introduce me to Kees please", "chosen"),
        ("Kees", "chosen"),
        ("kies Sanne Bos", "chosen"),
        ("niet Kees", "open"),
        ("tip Kees", "open"),
        ("wie is Kees?", "open"),
        ("kies Piet", "open"),
        ("Kees lijkt me duur", "open"),
    ],
)
def test_only_words_that_choose_do(visited: Stage, text: str, state: str) -> None:
    visited.says("anna", text)

    assert _state(visited) == state


def test_somebody_of_that_name_at_home_is_not_taken_for_them(visited: Stage) -> None:
    """Both are called Sanne: who is there is shown, and nobody is introduced on a guess."""
    with in_collective(visited.app.engine, KADE) as session:
        own = LeadRow(source_id=1, title="tekstschrijver", details={}, print={}, seed=1, created_at=NOW)
        session.add(own)
        session.flush()
        session.add(_yes(own.id, 2))

    told = visited.says("anna", "kies sanne")

    assert [who for who, _ in told] == ["anna"]
    assert "Wie stel ik aan je voor?" in told[0][1]
    assert _state(visited) == "open"


def test_a_name_that_was_asked_for_is_an_answer(visited: Stage) -> None:
    with in_collective(visited.app.engine, KADE) as session:
        asked = to_json(Conversation(awaiting=Awaiting("vouch", name="Kees")))
        conversations.save(session, 1, asked, NOW)

    visited.says("anna", "Kees")

    assert _state(visited) == "open"


def test_a_forward_chooses_nobody(visited: Stage) -> None:
    visited.says("anna", "kies Kees", forwarded_from="Joris")

    assert _state(visited) == "open"
