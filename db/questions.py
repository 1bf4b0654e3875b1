"""Questions that every turn asks: put together once, narrowed like all others, and answered by as little as will do.

SQLAlchemy's session takes four times as long over a small question as its connection does, most of it to put the
question together and to find out anew what its columns are (measured). Here both are done once for each question. So
what is given here is a constant with bound parameters: a question that is made anew every time gains nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, TypeVarTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    CompoundSelect,
    Delete,
    Select,
    Table,
    Update,
    bindparam,
    select,
)
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Mapper, Session, class_mapper, object_mapper
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.util import find_tables

from db import driver
from db.base import Base, Owned
from db.session import OWN, collective_of, narrowed, own_or_none

Values = Mapping[str, Any]
Question = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
T = TypeVar("T")
E = TypeVar("E", bound=Base)
Ts = TypeVarTuple("Ts")


def rows(session: Session, question: Question, values: Values) -> list[tuple[Any, ...]]:
    """Every row of an answer without entities."""
    return _answer(session, _prepared(question), values)


def stream(session: Session, question: Question, values: Values) -> Iterator[tuple[Any, ...]]:
    """The same one by one: see `driver.stream`. What is written before the last is taken may be in it or not."""
    prepared = _prepared(question)
    _write_first(session, prepared)
    return driver.stream(session, prepared.statement, {**values, OWN: own_or_none(session)})


def scalars(session: Session, question: Select[T], values: Values) -> list[T]:
    """The one column or entity in every row of the answer."""
    return [row[0] for row in mixed(session, question, values)]


def mixed(session: Session, question: Select[*Ts], values: Values) -> list[tuple[*Ts]]:
    """Every row of the answer, entities of this session and columns side by side as they were asked."""
    prepared = _prepared(question)
    found = [_row(session, prepared, row) for row in _answer(session, prepared, values)]
    return cast("list[tuple[*Ts]]", found)


def mixed_each(session: Session, question: Select[*Ts], each: Sequence[Values]) -> list[list[tuple[*Ts]]]:
    """As `mixed`, the same question for each of these values, in one go: the rows of each answer."""
    prepared = _prepared(question)
    _write_first(session, prepared)
    own = own_or_none(session)
    found = driver.execute_each(session, prepared.statement, [{**values, OWN: own} for values in each])
    return cast("list[list[tuple[*Ts]]]", [[_row(session, prepared, row) for row in rows] for rows in found])


def get(session: Session, entity: type[E], number: int | None) -> E | None:
    """The entity with this id: asked of the database only when the session does not have it."""
    if number is None:
        return None
    known = session.identity_map.get(identity_key(entity, number))
    if known is not None:
        return known
    return first(session, _with_id(entity), {"id": number})


def get_one(session: Session, entity: type[E], number: int | None) -> E:
    """The entity with this id, as `get`; raises NoResultFound where this collective has none."""
    found = get(session, entity, number)
    if found is None:
        raise NoResultFound(f"no {entity.__name__} with this id")
    return found


def first(session: Session, question: Select[T], values: Values) -> T | None:
    """The one column or entity in the first row of the answer."""
    return next(iter(scalars(session, question, values)), None)


def carry_out(session: Session, change: Delete | Update, values: Values) -> None:
    """Change or delete rows that are no entities of this session: it is not told."""
    if _unwritten(session):
        session.flush()
    driver.tell(session, _own_rows(change), {**values, OWN: own_or_none(session)})


def add(session: Session, table: type[Owned], new: Sequence[Values]) -> None:
    """Store rows of this collective at once, all with the same columns. They do not become entities."""
    if not new:
        return
    if session.new:  # they may point at rows that are still to be written
        session.flush()
    own = collective_of(session)
    driver.insert_all(session, table.__table__, [{**row, "collective_id": own} for row in new])


# --- inside -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """An entity, with the names of its columns, or one column."""

    mapper: Mapper[Any] | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question about one collective, what its rows are made of, and the tables it reads."""

    statement: Question
    parts: tuple[_Part, ...]
    tables: frozenset[Table]


_PREPARED: WeakKeyDictionary[Question, _Prepared] = WeakKeyDictionary()
_OWN_ROWS: WeakKeyDictionary[Delete | Update, Delete | Update] = WeakKeyDictionary()
_WITH_ID: dict[type[Base], Select[Any]] = {}


def _prepared(question: Question) -> _Prepared:
    known = _PREPARED.get(question)
    if known is None:
        known = _PREPARED[question] = _prepare(question)
    return known


def _prepare(question: Question) -> _Prepared:
    described = [] if isinstance(question, CompoundSelect) else question.column_descriptions
    found = find_tables(question, check_columns=True, include_joins=True)
    return _Prepared(
        narrowed(question),
        tuple(_part(each["expr"]) for each in described),
        frozenset(table for table in found if isinstance(table, Table)),
    )


def _part(asked: Any) -> _Part:
    if not isinstance(asked, type):
        return _Part(None, ("",))
    mapper: Mapper[Any] = class_mapper(asked)
    return _Part(
        mapper, tuple(each.key for each in mapper.column_attrs)
    )  # in the order of their columns in a row


def _answer(session: Session, prepared: _Prepared, values: Values) -> list[tuple[Any, ...]]:
    _write_first(session, prepared)
    return driver.execute(session, prepared.statement, {**values, OWN: own_or_none(session)})


def _write_first(session: Session, prepared: _Prepared) -> None:
    if any(object_mapper(each).local_table in prepared.tables for each in _unwritten(session)):
        session.flush()


def _unwritten(session: Session) -> list[object]:
    """What a question could miss. Most of it is of other tables, and to write it early means to write it twice."""
    return [*session.new, *session.dirty, *session.deleted]


def _row(session: Session, prepared: _Prepared, row: tuple[Any, ...]) -> tuple[Any, ...]:
    made: list[Any] = []
    start = 0
    for part in prepared.parts:
        end = start + len(part.names)
        made.append(
            row[start] if part.mapper is None else _entity(session, part.mapper, part.names, row[start:end])
        )
        start = end
    return tuple(made)


def _entity(session: Session, mapper: Mapper[Any], names: Sequence[str], values: Sequence[Any]) -> Any:
    """The entity of these columns: the one the session has already, as the session itself would answer."""
    columns = dict(zip(names, values, strict=True))
    if columns["id"] is None:  # of an outer join
        return None
    key = mapper.identity_key_from_primary_key((columns["id"],))
    known = session.identity_map.get(key)
    if known is not None:
        return known
    new = mapper.class_manager.new_instance()
    new.__dict__.update(columns)
    # as SQLAlchemy's own loading does; `session.add` looks first for what else might come along
    state = instance_state(new)
    state.key, state.session_id = key, session.hash_key
    session.identity_map.add(state)
    return new


def _own_rows(change: Delete | Update) -> Delete | Update:
    known = _OWN_ROWS.get(change)
    if known is None:
        entity: Any = change.entity_description["entity"]
        known = _OWN_ROWS[change] = change.where(entity.collective_id == bindparam(OWN))
    return known


def _with_id(entity: type[E]) -> Select[E]:
    known = _WITH_ID.get(entity)
    if known is None:
        known = _WITH_ID[entity] = select(entity).where(entity.id == bindparam("id"))
    return known
