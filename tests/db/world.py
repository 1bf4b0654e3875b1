"""Two collectives with one row of everything in each: what one of them does, the other must not notice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Column, Row, delete, select

from db import Engine, Session, open_database, tables
from db.base import Base, Moment, Owned
from db.session import LOCK, LOCKED, in_collective, transaction

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
# in an order of its own: a registry has none, and each worker of the tests must collect the same
TABLES = tuple(sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda each: each.__name__))
OWNED = tuple(sorted((each for each in TABLES if issubclass(each, Owned)), key=lambda each: each.__name__))
NUMBERS = count(1)

# What a column must hold for the questions of `db` to find its row; any other is filled by its type.
TELLING: dict[type[Base], dict[str, object]] = {
    tables.Member: {
        "state": "active",
        "is_coordinator": True,
        "is_treasurer": True,
        "name": "Sanne Vos",
        "language": "nl",
    },
    tables.Ally: {"state": "allied"},
    tables.Term: {"kind": "role", "term": "projectleider"},
    tables.Offer: {"state": "offered"},
    tables.Change: {"what": "availability", "subject_id": None, "undone_at": None},
    tables.Prompt: {"kind": "weekly", "subject_id": 0},
    tables.Room: {"room": "much"},
    tables.Round: {"kind": "room"},
    tables.Invitation: {"lead_id": None, "used_at": None},
    tables.Message: {"state": "owed", "retry_at": None, "edits_id": None},
    tables.Account: {"blocked": False},
    tables.Button: {"pressed_at": None},
    tables.ChoiceLink: {"used_at": None},
    tables.Word: {"key": "pm", "kind": "role"},
    tables.Heard: {"state": "waiting"},
    tables.Entry: {
        "cause": "dues",
        "debit": "dues_due",
        "credit": "dues",
        "credit_member_id": None,
        "state": "pending",
        "settles_id": None,
        "corrects_id": None,
    },
    tables.Deal: {"follows_id": None, "cap_of_id": None},
    tables.Turnover: {"replaces_id": None},
    tables.Closing: {"year": 2025},
    tables.Door: {"closed_at": None},
    tables.Inquiry: {"state": "taken"},
    tables.Swap: {"week_on": NOW.date()},
    tables.Pool: {"name": "it"},
    tables.Snapshot: {"kind": "dues_due"},
    tables.Lead: {"state": "open", "parent_id": None, "contractor_id": None},
}
# Their rows are never changed: the database refuses (`test_ledger_guards.py`).
APPEND_ONLY = (tables.Entry, tables.Snapshot, tables.Turnover, tables.DealChange, tables.Closing)


@dataclass(frozen=True)
class World:
    """One collective, with the id of its row in each table."""

    ids: dict[type[Base], int]

    @property
    def collective(self) -> int:
        return self.ids[tables.Collective]

    @property
    def member(self) -> int:
        return self.ids[tables.Member]

    @property
    def lead(self) -> int:
        return self.ids[tables.Lead]


@dataclass(frozen=True)
class Worlds:
    """Somebody's own collective, another one, and the database both are in."""

    engine: Engine
    mine: World
    theirs: World

    @contextmanager
    def at_home(self) -> Iterator[Session]:
        """A transaction of my own collective of which nothing is kept.

        Only the narrowing of questions is at work here: PostgreSQL's own lock is off (`test_locks.py` has that alone).
        """
        with suppress(_EnoughError), in_collective(self.engine, self.mine.collective) as session:
            if session.get_bind().dialect.name == "postgresql":
                session.connection().execute(LOCK, {"own": ""})
                session.info[LOCKED] = None
            yield session
            raise _EnoughError

    @contextmanager
    def nowhere(self) -> Iterator[Session]:
        """A transaction of no collective of which nothing is kept."""
        with suppress(_EnoughError), transaction(self.engine) as session:
            yield session
            raise _EnoughError


class _EnoughError(Exception):
    """The test has seen what it wanted to see: roll back."""


def rows_of(session: Session, world: World) -> dict[str, list[Row[tuple[object, ...]]]]:
    """Every owned row of a collective, past all narrowing."""
    session.flush()
    return {
        table.name: list(
            session.connection().execute(select(table).where(table.c.collective_id == world.collective))
        )
        for table in (Base.metadata.tables[each.__tablename__] for each in OWNED)
    }


@contextmanager
def two_worlds(database_url: str) -> Iterator[Worlds]:
    engine = open_database(database_url)
    try:
        yield Worlds(engine, _filled(engine), _filled(engine))
    finally:
        engine.dispose()


def _filled(engine: Engine) -> World:
    with transaction(engine) as session:
        collective = _row(tables.Collective, {})
        session.add(collective)
        session.flush()
        ids: dict[type[Base], int] = {tables.Collective: collective.id}
    with in_collective(engine, collective.id) as session:
        for table in Base.metadata.sorted_tables:
            each = _mapped(table.name)
            if each is not tables.Collective:
                ids[each] = _added(session, _row(each, ids))
        # the database notes changes of members by itself: one row of each table is enough
        session.execute(delete(tables.MemberChange).where(tables.MemberChange.id != ids[tables.MemberChange]))
    return World(ids)


def _added(session: Session, row: Base) -> int:
    session.add(row)
    session.flush()
    return row.id


def _row(each: type[Base], ids: dict[type[Base], int]) -> Base:
    values = {
        column.name: _value(column, ids)
        for column in Base.metadata.tables[each.__tablename__].columns
        if column.name != "id"
    } | TELLING.get(each, {})
    return each(**values)


def _value(column: Column[Any], ids: dict[type[Base], int]) -> object:
    if isinstance(column.type, Moment):
        return NOW
    for key in column.foreign_keys:
        return ids.get(_mapped(key.column.table.name))
    kinds: dict[type, object] = {
        date: date(2026, 11, 23),
        bool: False,
        int: 1,
        float: 1.0,
        object: {"holds": column.name},  # JSON
        str: f"{column.name} {next(NUMBERS)}",
    }
    return kinds[column.type.python_type]


def _mapped(table: str) -> type[Base]:
    return next(each for each in TABLES if each.__tablename__ == table)
