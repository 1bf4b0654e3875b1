"""A collective sees, counts, changes and deletes its own rows only. A new table joins this test by itself."""

import inspect
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from types import ModuleType

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased, make_transient

from db import (
    Session,
    accounts,
    availability,
    changes,
    clock,
    collectives,
    conversations,
    decisions,
    inbox,
    introductions,
    invitations,
    leads,
    members,
    offers,
    outbox,
    overview,
    prompts,
    room,
    rounds,
    tables,
    vocabulary,
)
from db.base import Base, Owned
from db.session import narrow
from tests.conftest import TEMPLATE
from tests.databases import ENGINES
from tests.db.world import NOW, OWNED, World, Worlds, rows_of, two_worlds

ROOMS: tuple[ModuleType, ...] = (
    accounts,
    availability,
    changes,
    clock,
    collectives,
    conversations,
    decisions,
    inbox,
    introductions,
    invitations,
    leads,
    members,
    offers,
    outbox,
    overview,
    prompts,
    room,
    rounds,
    vocabulary,
)

YEAR_AGO = NOW.replace(year=2025)

# Every question that is answered with rows: asked about a world, by its ids where it takes any.
Ask = Callable[[Session, World], object]
ROWS: Mapping[str, Ask] = {
    "availability.of_members": lambda s, w: availability.of_members(s, [w.member]),
    "changes.latest": lambda s, w: changes.latest(s, w.member),
    "changes.newest_like": lambda s, w: changes.newest_like(
        s, tables.Change(member_id=w.member, what="availability", subject_id=None)
    ),
    "decisions.of_lead": lambda s, w: decisions.of_lead(s, w.lead),
    "introductions.to_ask": lambda s, _: introductions.to_ask(s, NOW),
    "introductions.of_lead": lambda s, w: introductions.of_lead(s, w.lead),
    "introductions.of_member": lambda s, w: introductions.of_member(s, w.member),
    "invitations.with_code": lambda s, w: invitations.with_code(s, code_of(s, w)),
    "invitations.of_member": lambda s, w: invitations.of_member(s, w.member),
    "leads.of_source": lambda s, w: leads.of_source(s, w.member),
    "leads.since": lambda s, _: leads.since(s, NOW),
    "leads.contact_of": lambda s, w: leads.contact_of(s, w.lead),
    "leads.with_window_over": lambda s, _: leads.with_window_over(s, NOW),
    "leads.to_nudge": lambda s, _: leads.to_nudge(s, NOW),
    "members.of_person": lambda s, w: members.of_person(s, w.ids[tables.Person]),
    "members.coordinators": lambda s, _: members.coordinators(s),
    "members.active": lambda s, _: members.active(s),
    "members.named": lambda s, _: members.named(s, "sanne"),
    "members.with_terms": lambda s, w: members.with_terms(s, ["projectleider"], [w.member]),
    "members.terms_of": lambda s, w: members.terms_of(s, [w.member]),
    "vocabulary.words": lambda s, _: vocabulary.words(s),
    "vocabulary.word": lambda s, _: vocabulary.word(s, "pm"),
    "offers.due": lambda s, _: planned(s) and offers.due(s, NOW),
    "offers.of_lead": lambda s, w: offers.of_lead(s, w.lead),
    "offers.to_member": lambda s, w: offers.to_member(s, w.member, "offered"),
    "offers.latest_to": lambda s, w: offers.latest_to(s, w.member),
    "offers.of_lead_to": lambda s, w: offers.of_lead_to(s, w.lead, w.member),
    "offers.at_stake": lambda s, w: answered_yes(s) and offers.at_stake(s, w.member),
    "prompts.due": lambda s, _: prompts.due(s, "weekly", NOW),
    "prompts.of_member": lambda s, w: prompts.of_member(s, w.member, "weekly"),
    "prompts.about": lambda s, _: prompts.about(s, "weekly", 0),
    "prompts.asked_since": lambda s, w: prompts.asked_since(s, w.member, "weekly", YEAR_AGO),
    "room.of_member": lambda s, w: room.of_member(s, w.member),
    "room.over": lambda s, _: room.over(s, NOW),
    "rounds.due": lambda s, _: rounds.due(s, "room", NOW),
    "offers.yes_to_leads_of": lambda s, w: answered_yes(s) and offers.yes_to_leads_of(s, w.member),
}

# Every question that is answered with a bare number or value: about another world it is zero or empty.
VALUES: Mapping[str, Ask] = {
    "conversations.load": lambda s, w: conversations.load(s, w.member),
    "invitations.count_by": lambda s, w: invitations.count_by(s, w.member, NOW),
    "offers.sent_since": lambda s, w: offers.sent_since(s, w.member, YEAR_AGO),
    "room.with_much": lambda s, w: room.with_much(s, [w.member], YEAR_AGO),
    "room.awaits": lambda s, w: room.awaits(s, w.member, YEAR_AGO),
    "room.count_much": lambda s, w: room.count_much(s, YEAR_AGO) if w.member in ids_here(s) else 0,
}

# Everything that writes: called with another world's ids it may fail, but changes nothing there.
WRITES: Mapping[str, Ask] = {
    "availability.replace": lambda s, w: availability.replace(s, w.member, []),
    "changes.erase": lambda s, w: changes.erase(s, w.member, "availability"),
    "conversations.save": lambda s, w: conversations.save(s, w.member, {"other": 1}, NOW),
    "conversations.forget": lambda s, w: conversations.forget(s, w.member),
    "leads.set_contact": lambda s, w: leads.set_contact(s, w.lead, tables.LeadContact(lead_id=w.lead)),
    "members.set_terms": lambda s, w: members.set_terms(s, w.member, "role", [("dief", "dief")]),
    "prompts.plan": lambda s, w: prompts.plan(s, w.member, "weekly", 0, YEAR_AGO),
    "rounds.plan": lambda s, _: rounds.plan(s, "room", YEAR_AGO),
}

# Asked across collectives on purpose, each with its reason.
ACROSS: Mapping[str, str] = {
    "accounts.at": "an account belongs to a person",
    "accounts.known": "an account belongs to a person",
    "accounts.of_person": "an account belongs to a person",
    "accounts.handle_of": "an account belongs to a person",
    "clock.next_due": "the clock looks before it opens a collective; moments only",
    "clock.collectives_due": "the clock looks before it opens a collective; ids only",
    "collectives.everyone": "the tenants themselves",
    "collectives.named": "the tenants themselves",
    "collectives.hold": "the tenants themselves",
    "outbox.put_buttons": "a button belongs to an account",
    "inbox.store": "who writes is not known yet",
    "inbox.waiting": "who writes is not known yet",
    "inbox.claim": "who writes is not known yet",
    "inbox.of_account": "the chat of one account",
    "inbox.last_moment": "a moment only",
    "inbox.count": "a number only",
    "invitations.collective_of": "an invitation says which collective it opens",
    "members.collectives_of": "a person may be in several",
    "members.was_anywhere": "yes or no only, before a person is forgotten",
    "outbox.owed": "the sender serves all; who may read a card was decided when it was written",
    "outbox.of_account": "the chat of one account",
    "outbox.button": "the caller checks whose it is",
    "outbox.buttons_of": "of a message the caller has",
    "outbox.find_button": "of one account",
    "outbox.last_moment": "a moment only",
    "overview.counts": "numbers for the operator",
}


@pytest.fixture(params=ENGINES, scope="module")
def worlds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """One database for this whole file: no test leaves anything behind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        path = shutil.copy(template, tmp_path_factory.mktemp("tenancy") / "seintje.db")
        with two_worlds(f"sqlite:///{path}") as both:
            yield both
    else:
        server = request.getfixturevalue("postgresql_server")
        with two_worlds(server.create("tenancy", template=TEMPLATE)) as both:
            yield both
        server.drop("tenancy")


def code_of(session: Session, world: World) -> str:
    """The hash is known to whoever holds the code, of whatever collective."""
    table = tables.Invitation.__table__
    return str(
        session.execute(
            select(table.c.code_hash).where(table.c.collective_id == world.collective)
        ).scalar_one()
    )


def ids_here(session: Session) -> set[int]:
    """The members this session sees: a number that takes no id is asked of one's own world only."""
    return set(session.scalars(select(tables.Member.id)))


def planned(session: Session) -> bool:
    """Let the offers of both worlds be planned."""
    return set_everywhere(session, "planned")


def answered_yes(session: Session) -> bool:
    return set_everywhere(session, "yes")


def set_everywhere(session: Session, state: str) -> bool:
    session.connection().execute(update(Base.metadata.tables["offers"]).values(state=state))
    return True


def owners(found: object) -> set[int]:
    """The collectives that the rows in an answer belong to."""
    if isinstance(found, Owned):
        return {found.collective_id}
    parts: Iterable[object] = ()
    if isinstance(found, Mapping):
        parts = found.values()
    elif isinstance(found, list | tuple):
        parts = found
    return {owner for part in parts for owner in owners(part)}


def test_every_question_of_db_is_in_these_tables() -> None:
    found = {
        f"{room.__name__.removeprefix('db.')}.{name}"
        for room in ROOMS
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == room.__name__
    }

    assert found == {*ROWS, *VALUES, *WRITES, *ACROSS}


@pytest.mark.parametrize("name", ROWS)
def test_an_answer_holds_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        mine = worlds.mine.collective

        assert owners(ROWS[name](session, worlds.mine)) == {mine}
        assert owners(ROWS[name](session, worlds.theirs)) <= {mine}


@pytest.mark.parametrize("name", VALUES)
def test_a_number_counts_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        assert VALUES[name](session, worlds.mine)
        assert not VALUES[name](session, worlds.theirs)


@pytest.mark.parametrize("name", [*ROWS, *VALUES])
def test_without_a_collective_there_is_nothing_to_see(name: str, worlds: Worlds) -> None:
    ask = {**ROWS, **VALUES}[name]
    with worlds.nowhere() as session:
        found = ask(session, worlds.mine)

        assert owners(found) == set()
        assert name in ROWS or not found


@pytest.mark.parametrize("name", WRITES)
def test_writing_changes_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        before = rows_of(session, worlds.theirs)
        with suppress(IntegrityError), session.begin_nested():
            WRITES[name](session, worlds.theirs)

        assert rows_of(session, worlds.theirs) == before


@pytest.mark.parametrize("name", WRITES)
def test_writing_does_something_at_home(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        before = rows_of(session, worlds.mine)
        WRITES[name](session, worlds.mine)

        assert rows_of(session, worlds.mine) != before


# --- and every table, whatever is asked of it -------------------------------------------------------------------


@pytest.mark.parametrize("table", OWNED)
def test_a_table_shows_own_rows_only(table: type[Owned], worlds: Worlds) -> None:
    mine, other = worlds.mine.collective, aliased(table)
    collective = tables.Collective
    with worlds.at_home() as session:
        assert [row.collective_id for row in session.scalars(select(table))] == [mine]
        assert list(session.scalars(select(table.collective_id))) == [mine]
        assert session.scalar(select(func.count(table.id))) == 1
        assert session.scalar(select(func.count()).select_from(table)) == 1
        assert list(session.scalars(select(other.collective_id))) == [mine]
        joined = select(table).join(collective, collective.id == table.collective_id)
        assert [row.collective_id for row in session.scalars(joined)] == [mine]
        inside = select(collective.id).where(collective.id.in_(select(table.collective_id)))
        assert list(session.scalars(inside)) == [mine]


@pytest.mark.parametrize("table", OWNED)
def test_the_id_of_another_is_of_no_use(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        assert session.get(table, worlds.mine.ids[table]) is not None
        assert session.get(table, worlds.theirs.ids[table]) is None


@pytest.mark.parametrize("table", OWNED)
def test_without_a_collective_a_table_is_empty(table: type[Owned], worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        assert list(session.scalars(select(table))) == []
        assert session.scalar(select(func.count(table.id))) == 0
        assert session.get(table, worlds.mine.ids[table]) is None


@pytest.mark.parametrize("table", OWNED)
def test_a_change_of_everything_stays_at_home(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        before = rows_of(session, worlds.theirs)
        session.execute(update(table).values(collective_id=table.collective_id))
        touched = session.execute(update(table).values(id=table.id + 1_000_000).where(table.id < 0))
        session.execute(delete(table).where(table.id == worlds.theirs.ids[table]))

        assert rows_of(session, worlds.theirs) == before
        assert touched.rowcount == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", OWNED)
def test_an_update_reaches_one_row(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        changed = session.execute(update(table).values(collective_id=table.collective_id))

        assert changed.rowcount == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", OWNED)
def test_a_new_row_is_stamped_whatever_it_says(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        row = session.get_one(table, worlds.mine.ids[table])
        make_transient(row)  # a row read at home, written as if it were new and theirs
        row.id, row.collective_id = 1_000_000, worlds.theirs.collective
        if isinstance(row, tables.Invitation):
            row.code_hash = "another"
        if isinstance(row, tables.Offer | tables.OpenTalk):  # one each: the new one is about somebody else
            row.member_id = worlds.theirs.member
        with suppress(IntegrityError), session.begin_nested():
            session.add(row)

        assert row.collective_id == worlds.mine.collective


@pytest.mark.parametrize("table", OWNED)
def test_without_a_collective_nothing_can_be_written(table: type[Owned], worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        session.add(table(collective_id=worlds.mine.collective))
        with pytest.raises(ValueError, match="needs a collective"):
            session.flush()


@pytest.mark.parametrize("table", OWNED)
def test_a_row_cannot_be_moved_to_another_collective(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        session.get_one(table, worlds.mine.ids[table]).collective_id = worlds.theirs.collective
        with pytest.raises(ValueError, match="belongs to one collective"):
            session.flush()


@pytest.mark.parametrize("table", OWNED)
def test_rows_are_not_written_past_the_stamp(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session, pytest.raises(ValueError, match=r"session\.add"):
        session.execute(insert(table), [{"collective_id": worlds.theirs.collective}])


def test_a_transaction_belongs_to_one_collective(worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        narrow(session, worlds.mine.collective)
        narrow(session, worlds.mine.collective)
        with pytest.raises(ValueError, match="one collective"):
            narrow(session, worlds.theirs.collective)

        assert [row.id for row in members.active(session)] == [worlds.mine.member]


def test_what_was_seen_before_narrowing_does_not_come_along(worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        assert members.active(session) == []
        narrow(session, worlds.mine.collective)

        assert [row.collective_id for row in members.active(session)] == [worlds.mine.collective]
