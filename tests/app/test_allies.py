"""Allied collectives: what may cross, by whose word, and how little a guest can do. The journeys are stories."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from assistant import crossings
from assistant.actions import allies as actions
from assistant.crossings import Accept, CallBack, End, Gone, Letter, Propose, Send, Taken
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import plain
from assistant.notices import Notice, Stale
from assistant.perform import perform
from db import allies, collectives, letters, members
from db.accounts import Account
from db.leads import Lead as LeadRow
from db.letters import Letter as Row
from db.members import Member
from db.session import in_collective
from dialogs import Conversation
from dialogs import commands as do
from dialogs.commands import ALL, Command
from nlu.meaning import Contact, Lead
from tests.app.stage import NOW, Stage
from tests.app.test_rights import made

KADE, DOK = 1, 2
CARD = Send(7, Lead(roles=("projectmanager",)), person_id=1, name="Anna", language="nl")


@pytest.fixture
def house(stage: Stage) -> Stage:
    stage.found("De Kade", "anna", "mieke")
    stage.found("Het Dok", "joris", "sanne")
    return stage


@contextmanager
def desk_of(house: Stage, number: int) -> Iterator[Desk]:
    with in_collective(house.app.engine, number) as session:
        yield Desk(session, collectives.hold(session, number), NOW)


def hears(house: Stage, number: int, from_id: int, *told: Letter) -> list[Notice]:
    """What is said in a collective when these letters lie there."""
    for each in told:
        with desk_of(house, from_id) as desk:
            crossings.post(desk, number, each)
    with desk_of(house, number) as desk:
        return actions.read_letters(desk)


def states(house: Stage, number: int) -> list[str]:
    with desk_of(house, number) as desk:
        return [each.state for each in allies.everyone(desk.session)]


def ally(house: Stage) -> None:
    """Both coordinators said yes."""
    hears(house, DOK, KADE, Propose("De Kade"))
    with desk_of(house, DOK) as desk:
        (row,) = allies.everyone(desk.session)
        actions.answer(desk, members.coordinators(desk.session)[0], do.AnswerAlly(row.id, yes=True))
    with desk_of(house, KADE) as desk:  # as if they had proposed it by name
        desk.session.add(allies.Ally(ally_id=DOK, name="Het Dok", state="proposed"))
    with desk_of(house, KADE) as desk:
        actions.read_letters(desk)


names = st.text("abcdefghijklmnop", min_size=6, max_size=12).map(lambda name: f"Q{name}")
people = st.builds(Contact, name=names, phone=st.just("0612345678"), email=names.map("{}@klant.nl".format))


@given(client=names, person=people)
def test_nobody_at_the_client_crosses(client: str, person: Contact) -> None:
    lead = Lead(roles=("jurist",), place="Utrecht", client=client, contact=person)
    crossed = msgspec.json.encode(plain(Send(1, crossings.bare(lead), 2, "Anna", "nl"))).decode()

    assert not [
        each for each in (client, person.name, person.phone, person.email) if each and each in crossed
    ]


@pytest.mark.parametrize("letter", [CARD, Accept("Het Dok"), End(), Taken(7), CallBack(7, "closed"), Gone(1)])
def test_a_letter_of_no_ally_changes_nothing(house: Stage, letter: Letter) -> None:
    """Nobody is made an ally, or is shown a lead, by somebody else's word alone."""
    assert hears(house, KADE, DOK, letter) == []
    assert states(house, KADE) == []
    with desk_of(house, KADE) as desk:
        assert desk.session.scalar(select(func.count(LeadRow.id))) == 0
        assert len(members.everyone(desk.session)) == 2


def test_both_sides_have_to_agree(house: Stage) -> None:
    ally(house)

    assert states(house, KADE) == states(house, DOK) == ["allied"]
    assert [type(each).__name__ for each in hears(house, DOK, KADE, End())] == ["AllyChanged"]
    assert states(house, DOK) == ["ended"]
    hears(house, DOK, KADE, CARD)
    with desk_of(house, DOK) as desk:
        assert members.of_person(desk.session, CARD.person_id) is None


def test_two_proposals_at_once_are_an_agreement(house: Stage) -> None:
    for number, other, name in ((KADE, DOK, "Het Dok"), (DOK, KADE, "De Kade")):
        with desk_of(house, number) as desk:
            desk.session.add(allies.Ally(ally_id=other, name=name, state="proposed"))
    hears(house, DOK, KADE, Propose("De Kade"))
    hears(house, KADE, DOK, Propose("Het Dok"))

    assert states(house, KADE) == states(house, DOK) == ["allied"]


@pytest.fixture
def visited(house: Stage) -> Stage:
    """Anna's lead came to Het Dok."""
    ally(house)
    hears(house, DOK, KADE, CARD)
    return house


def test_a_guest_is_seen_by_nobody(visited: Stage) -> None:
    with desk_of(visited, DOK) as desk:
        guest = members.of_person(desk.session, CARD.person_id)

        assert guest is not None
        assert guest.state == "guest"
        assert guest.id not in [each.id for each in members.active(desk.session)]
        assert members.named(desk.session, "Anna") == []
        assert members.collectives_of(desk.session, CARD.person_id) == [KADE]


def test_a_guest_can_do_nothing_else(visited: Stage) -> None:
    """Of all there is to ask, only what has to do with the work they brought."""
    with desk_of(visited, DOK) as desk:
        guest = desk.session.scalars(select(Member).where(Member.state == "guest")).one()
        account = desk.session.get_one(Account, 1)
        stale = {kind for kind in ALL if _is_stale(desk, guest, account, kind)}

    assert stale == set(ALL) - set(do.GUESTS_MAY)


def _is_stale(desk: Desk, guest: Member, account: Account, kind: type[Command]) -> bool:
    told: Any = None
    with suppress(NoResultFound), desk.session.begin_nested() as attempt:  # made-up ids lead nowhere
        try:
            perform(desk, guest, account, made(kind), Conversation())
        except RefusedError as refusal:
            told = refusal.notice
        attempt.rollback()
    return isinstance(told, Stale)


def test_who_left_home_is_no_guest_any_more(visited: Stage) -> None:
    hears(visited, DOK, KADE, CallBack(CARD.lead_id, "closed"))

    with desk_of(visited, DOK) as desk:
        assert members.of_person(desk.session, CARD.person_id) is None
        (left,) = [each for each in members.everyone(desk.session) if each.state == "left"]
        assert left.erase_at is not None


def test_a_letter_is_read_once(house: Stage) -> None:
    hears(house, DOK, KADE, Propose("De Kade"))

    with desk_of(house, DOK) as desk:
        assert letters.take(desk.session, NOW) == []
        assert desk.session.scalar(select(func.count(Row.id))) == 0
