"""One transaction at a time: what it keeps, what it undoes, and how it says that the database is not there."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import StatementError

from db import Engine, Session, collectives, driver, members, open_database, tables
from db import engine as engine_room
from db.inbox import Heard
from db.session import DatabaseError, in_collective, is_unchanged, is_unreachable, transaction, writes
from tests.db.world import NOW, two_worlds


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    database = open_database(database_url)
    yield database
    database.dispose()


def heard(event_id: str, received_at: datetime = NOW) -> Heard:
    return Heard(channel="pipe", event_id=event_id, external_id="mieke", payload={}, received_at=received_at)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 11, 23, 9, tzinfo=UTC), id="utc"),
        pytest.param(datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1))), id="winter in Utrecht"),
        pytest.param(datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC), id="to the microsecond"),
    ],
)
def test_a_moment_comes_back_in_utc(moment: datetime, engine: Engine) -> None:
    with transaction(engine) as first:
        first.add(heard("1", moment))
    with transaction(engine) as second:
        found = second.scalars(select(Heard.received_at)).one()

    assert (found, found.tzinfo) == (moment, UTC)


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="time zone"), transaction(engine) as first:
        first.add(heard("1", datetime(2026, 11, 23, 9)))


def test_what_raises_leaves_nothing(engine: Engine) -> None:
    with suppress(ZeroDivisionError), transaction(engine) as first:
        first.add(heard("1"))
        first.flush()
        raise ZeroDivisionError
    with transaction(engine) as second:
        assert second.scalars(select(Heard)).all() == []


def test_an_error_does_not_quote_what_was_written(engine: Engine) -> None:
    secret = "Bel Kees op 06-12345678"
    row = {"channel": "pipe", "event_id": secret, "external_id": "x", "payload": {}, "received_at": NOW}
    with pytest.raises(StatementError) as caught, transaction(engine) as first:
        first.add_all([Heard(**row), Heard(**row)])

    message = str(caught.value).partition("DETAIL")[0]  # PostgreSQL's own words follow; they are never logged
    assert secret not in message


def fault_of(engine: Engine, *statements: str) -> DatabaseError:
    """What carrying these out in one transaction ends with."""
    with pytest.raises(DatabaseError) as caught:
        carry_out(engine, *statements)
    return caught.value


def carry_out(engine: Engine, *statements: str) -> None:
    with transaction(engine) as first:
        for statement in statements:
            first.execute(text(statement))


def test_a_lock_is_told_from_a_bug(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "BUSY_MS", 20)
    engine = open_database(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert is_unreachable(fault_of(engine, "SELECT 1"))
    with transaction(engine) as again:
        assert again.scalar(select(1)) == 1
    engine.dispose()


def test_a_connection_that_is_cut_is_told_from_a_bug(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    assert is_unreachable(fault_of(engine, "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"))
    with transaction(engine) as again:
        assert again.scalar(select(1)) == 1
    engine.dispose()


def test_what_was_undone_leaves_the_plans_of_postgresql(postgresql_url: str) -> None:
    """They are what makes a question quick, and a refused turn is no reason to make them all again."""
    engine = open_database(postgresql_url)
    for _ in range(3):
        carry_out(engine, "SELECT 1 FROM people")
    with suppress(ZeroDivisionError), transaction(engine) as first:
        first.execute(text("SELECT 2"))
        raise ZeroDivisionError
    with suppress(DatabaseError):
        carry_out(engine, "SELECT 1/0")

    with transaction(engine) as second:
        planned = second.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert "SELECT 1 FROM people" in planned
    engine.dispose()


def test_a_server_that_is_not_there_is_told_from_a_bug(tmp_path: Path) -> None:
    engine = open_database(f"postgresql://nobody@/nothing?host={tmp_path}")

    assert is_unreachable(fault_of(engine, "SELECT 1"))


def test_a_file_that_cannot_be_opened_is_told_from_a_bug(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'no such folder' / 'seintje.db'}")

    assert is_unreachable(fault_of(engine, "SELECT 1"))


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELEKT 1", "SELECT nothing FROM people"])
def test_a_bug_is_no_lock(statement: str, engine: Engine) -> None:
    assert not is_unreachable(fault_of(engine, statement))


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        pytest.param("Sanne Vos", "sanne", True, id="first name"),
        pytest.param("Sanne Vos", "SANNE VOS", True, id="whole name"),
        pytest.param("Sanne Vos", " Sanne ", True, id="blanks"),
        pytest.param("Sanne Vos", "San", False, id="half a name"),
        pytest.param("Sanne Vos", "Vos", False, id="last name alone"),
        pytest.param("Özlem Kaya", "Özlem", True, id="not only ASCII"),
        pytest.param("Özlem Kaya", "özlem", True, id="not only ASCII, small"),
        pytest.param("Émile", "émile", True, id="an accent"),
        pytest.param("Sanne Vos", "S%", False, id="a wildcard is a character"),
        pytest.param("Sanne Vos", "", False, id="nothing"),
    ],
)
def test_members_are_found_by_name(name: str, asked: str, found: bool, engine: Engine) -> None:
    with transaction(engine) as first:
        collective = tables.Collective(name="Noord", language="nl", zone="Europe/Amsterdam", policy={})
        person = tables.Person(name=name)
        first.add_all([collective, person])
    with in_collective(engine, collective.id) as second:
        second.add(tables.Member(person_id=person.id, name=name, language="nl", state="active"))
        second.flush()

        assert bool(members.named(second, asked)) == found


def test_foreign_keys_hold(engine: Engine) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), transaction(engine) as first:
        first.add(tables.Account(channel="pipe", external_id="x", display_name="x", person_id=999))


def test_a_collective_is_found_by_its_exact_name(database_url: str) -> None:
    with two_worlds(database_url) as worlds, transaction(worlds.engine) as first:
        both = collectives.everyone(first)

        assert [row.id for row in both] == [worlds.mine.collective, worlds.theirs.collective]
        assert collectives.named(first, both[1].name) is both[1]
        assert collectives.named(first, both[1].name.upper()) is None


STORED = {"channel": "pipe", "event_id": "7", "external_id": "x", "payload": {}, "received_at": NOW}


def written(session: Session, row: Heard) -> None:
    session.add(row)
    session.flush()


WRITINGS: dict[str, Callable[[Session], object]] = {
    "a row": lambda session: session.add(heard("8")),
    "a row that is written": lambda session: written(session, heard("8")),
    "a change": lambda session: setattr(session.get_one(Heard, 1), "state", "handled"),
    "a row that goes": lambda session: session.delete(session.get_one(Heard, 1)),
    "a statement": lambda session: session.execute(delete(Heard)),
    "a statement past the session": lambda session: driver.execute(session, insert(Heard), STORED),
}
READINGS: dict[str, Callable[[Session], object]] = {
    "an entity": lambda session: session.get_one(Heard, 1),
    "a question": lambda session: session.scalars(select(Heard)).all(),
    "a question past the session": lambda session: driver.execute(session, select(Heard.id), {}),
}


@pytest.mark.parametrize("name", [*WRITINGS, *READINGS])
def test_a_transaction_knows_whether_it_wrote(name: str, engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(heard("1"))
    with transaction(engine) as session:
        driver.execute(session, insert(Heard), STORED | {"event_id": "before"})
        before = writes(session)
        {**WRITINGS, **READINGS}[name](session)

        assert is_unchanged(session, before) == (name in READINGS)


def test_a_connection_that_comes_back_after_all_were_let_go_of_is_closed(engine: Engine) -> None:
    with engine.connect() as late:
        raw = late.connection.driver_connection
        engine.dispose()
    with engine.connect() as new:
        assert new.connection.driver_connection is not raw

    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        raw.execute("SELECT 1")  # type: ignore[union-attr]
