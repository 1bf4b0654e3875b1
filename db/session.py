"""One door to the database: a transaction, narrowed to one collective as soon as it is known which."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Executable,
    SQLColumnExpression,
    Text,
    bindparam,
    cast,
    event,
    func,
    text,
    true,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.orm.attributes import instance_state

from db import driver, flush
from db.base import Owned
from db.driver import writes
from db.engine import open_database

__all__ = [
    "LOCKED",
    "Connection",
    "DatabaseError",
    "Engine",
    "Session",
    "across",
    "collective_of",
    "in_collective",
    "is_unchanged",
    "is_unreachable",
    "locked",
    "locking",
    "narrow",
    "narrowed",
    "open_database",
    "own_or_none",
    "shared",
    "transaction",
    "writes",
]

COLLECTIVE = "collective_id"
Question = TypeVar("Question", bound=Executable)
OWN = "own_collective"  # the parameter that narrows a question
LOCKED = "locked_collective"  # the one that PostgreSQL itself was told of: see db/locks.py
KEY = "seintje.collective"  # what PostgreSQL is told
LOCK = text(f"SELECT set_config('{KEY}', :own, true)")  # until the transaction ends


@contextmanager
def transaction(place: Engine | Connection) -> Iterator[Session]:
    """One transaction that sees no collective yet: only tables that belong to nobody. Commits if nothing raised.

    On a connection it is part of the transaction there, see `shared`.
    """
    with _Session(place, info={COLLECTIVE: None}, expire_on_commit=False) as session, session.begin():
        if isinstance(place, Connection):  # which may be locked to the collective of the one before
            _lock(session, "")
        yield session


@contextmanager
def shared(engine: Engine) -> Iterator[Connection]:
    """A transaction for several sessions: all of them are committed, or none."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def in_collective(engine: Engine, collective_id: int) -> Iterator[Session]:
    """One transaction that sees and writes one collective."""
    with transaction(engine) as session:
        narrow(session, collective_id)
        yield session


def narrow(session: Session, collective_id: int) -> None:
    """From here on this transaction belongs to one collective. It cannot be moved to another (ValueError)."""
    if session.info[COLLECTIVE] not in (None, collective_id):
        raise ValueError("a transaction belongs to one collective")
    session.info[COLLECTIVE] = collective_id
    if session.info.get(LOCKED) != collective_id:
        _lock(session, str(collective_id))
        session.info[LOCKED] = collective_id


def locking(collective_id: SQLColumnExpression[int]) -> ColumnElement[str]:
    """A column with which PostgreSQL locks itself to the collective it has found: `locked` is to be told of it."""
    return func.set_config(KEY, cast(collective_id, Text), true())


def locked(session: Session, collective_id: int) -> None:
    """A question with such a column was answered: `narrow` need not ask for the lock once more."""
    session.info[LOCKED] = collective_id


@contextmanager
def across(session: Session) -> Iterator[None]:
    """For the few questions that are asked past the collective: without the lock of the database while they last."""
    locked: int | None = session.info.get(LOCKED)
    if locked is not None:
        _lock(session, "")
    try:
        yield
    finally:
        if locked is not None:
            _lock(session, str(locked))


def _lock(session: Session, own: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        driver.tell(session, LOCK, {"own": own})


def is_unchanged(session: Session, since: int) -> bool:
    """Whether nothing was written in this transaction, or is about to be, since `driver.writes` said so many."""
    return driver.writes(session) == since and not (session.new or session.dirty or session.deleted)


def collective_of(session: Session) -> int:
    """The id of the collective this transaction belongs to; ValueError when it belongs to none yet."""
    collective_id: int | None = session.info[COLLECTIVE]
    if collective_id is None:
        raise ValueError("this transaction belongs to no collective")
    return collective_id


def is_unreachable(error: Exception) -> bool:
    """Whether the database is locked or gone, so that the same work may succeed a moment later."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    # SQLite calls a wrong statement operational too; that is a bug, and trying again would never end
    return (
        isinstance(error, OperationalError)
        and getattr(error.orig, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR
    )


def own_or_none(session: Session) -> int:
    """The id of the collective, or 0, which is nobody's, when there is none yet: for questions past the narrowing."""
    return session.info[COLLECTIVE] or 0


@event.listens_for(Session, "do_orm_execute")
def _read_own_rows_only(state: ORMExecuteState) -> None:
    """Narrow every select, sum, update and delete. Without a collective an owned table shows nothing.

    A bulk insert would not be stamped, so it is refused (ValueError).
    """
    own = own_or_none(state.session)
    if state.is_select:
        state.statement = narrowed(state.statement)
        state.parameters = {**(state.parameters or {}), OWN: own}  # type: ignore[dict-item]
        return
    driver.note_writing(state.session)
    if state.is_insert and state.bind_mapper is not None and issubclass(state.bind_mapper.class_, Owned):
        raise ValueError("rows of a collective are written with session.add")
    # a parameter of an update would be taken for one of the columns it sets
    state.statement = state.statement.options(_only(own))


def narrowed(question: Question) -> Question:
    """The same question about one collective only; which one is a parameter, so that a question is narrowed once."""
    known: Question | None = _NARROWED.get(question)
    if known is None:
        known = _NARROWED[question] = question.options(_ONLY_OWN)
    return known


_ONLY_OWN = with_loader_criteria(
    Owned,
    lambda table: table.collective_id == bindparam("own_collective"),  # its name spelt out: it looks inside
    include_aliases=True,
    track_closure_variables=False,
)
_NARROWED: WeakKeyDictionary[Executable, Any] = WeakKeyDictionary()


@cache
def _only(collective_id: int) -> LoaderCriteriaOption:
    """Kept, because making one takes a quarter of the time of a small question."""
    return with_loader_criteria(
        Owned, lambda table: table.collective_id == collective_id, include_aliases=True
    )


class _Session(Session):
    """A session that writes the short way: see `db/flush.py`.

    Where something is deleted as well, SQLAlchemy sorts out the order; inside a savepoint it undoes what fails.
    """

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what is new or changed."""
        new, changed = [*self.new], [*self.dirty]
        if objects is not None or self.deleted or self.in_nested_transaction():
            super().flush(objects)
        elif new or changed:
            _write_own_rows_only(self, None, objects)
            flush.write(self, new, changed)
            self._register_persistent({instance_state(row) for row in (*new, *changed)})


@event.listens_for(Session, "before_flush")
def _write_own_rows_only(session: Session, _context: UOWTransaction | None, _objects: Any) -> None:
    driver.note_writing(session)
    for row in session.new:
        if isinstance(row, Owned):
            if session.info[COLLECTIVE] is None:
                raise ValueError(f"{type(row).__name__} needs a collective")
            row.collective_id = session.info[COLLECTIVE]
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, Owned) and row.collective_id != session.info[COLLECTIVE]:
            raise ValueError(f"{type(row).__name__} belongs to one collective")
