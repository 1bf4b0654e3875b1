"""What a turn changed is written the short way too: one plain statement for each row, as `db/driver.py` sends it.

SQLAlchemy's own flush first works out which objects hang together. Here none do: whatever a row points at has its id
before that can be written down. For the row or two of a turn, working it out takes far longer than writing (measured).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, Insert, Table, Update, bindparam, insert, update
from sqlalchemy.orm import Session, class_mapper
from sqlalchemy.orm.attributes import instance_state

from db import driver
from db.base import Base

THIS = "this_id"  # the parameter that says which row is changed


def write(session: Session, new: Iterable[Base], changed: Iterable[Base]) -> None:
    """Write rows that are new, which get their id, and of others the columns that were changed.

    In the order SQLAlchemy keeps: table after table, those first that others point at; of each what was changed, by
    id, and then what is new, as it was added. Raises DBAPIError as a flush does, StaleDataError for a row that is gone,
    either as late as `driver.tell` does.
    """
    known = [(_place(type(row)), 0, _id(row), row) for row in changed]
    added = [(_place(type(row)), 1, number, row) for number, row in enumerate(new)]
    for _where, is_new, _order, row in sorted([*known, *added], key=lambda each: each[:3]):
        (_add if is_new else _change)(session, row)


def _add(session: Session, row: Base) -> None:
    """What nobody said of a new row is filled in here, so that it is as whole as one that was read."""
    said = instance_state(row).dict
    for name, value in _unsaid(type(row)).items():
        said.setdefault(name, value)
    columns = {f"new_{name}": said[name] for name in _names(type(row)) if name in said}
    ((said["id"],),) = driver.execute(session, _inserting(type(row), tuple(columns)), columns)


def _change(session: Session, row: Base) -> None:
    state = instance_state(row)
    before = state.committed_state
    changed = {f"new_{name}": state.dict[name] for name in before if state.dict[name] != before[name]}
    if not changed:
        return
    statement = _updating(type(row), tuple(changed))
    driver.tell(session, statement, {**changed, THIS: _id(row)}, finds=f"a row of {row.__tablename__}")


def _id(row: Base) -> int:
    """Of a row that was read: known even where the rest is to be read again."""
    _entity, (number,), *_rest = cast("Any", instance_state(row).key)
    return cast("int", number)


# --- put together once ------------------------------------------------------------------------------------------


@cache
def _place(entity: type[Base]) -> int:
    return Base.metadata.sorted_tables.index(_table(entity))


@cache
def _names(entity: type[Base]) -> tuple[str, ...]:
    return tuple(each.key for each in class_mapper(entity).column_attrs)


@cache
def _unsaid(entity: type[Base]) -> Mapping[str, Any]:
    columns = [column for column in _table(entity).columns if column.key != "id"]
    return {column.key: driver.default(column) if column.default else None for column in columns}


@cache
def _inserting(entity: type[Base], parameters: tuple[str, ...]) -> Insert:
    table = _table(entity)
    return insert(table).values(_columns(table, parameters)).returning(table.c.id)


@cache
def _updating(entity: type[Base], parameters: tuple[str, ...]) -> Update:
    table = _table(entity)
    this = update(table).where(table.c.id == bindparam(THIS))
    return this.values(_columns(table, parameters)).returning(table.c.id)


def _columns(table: Table, parameters: Iterable[str]) -> Mapping[str, BindParameter[Any]]:
    names = {
        each.removeprefix("new_"): each for each in parameters
    }  # a column's own name is not free for this
    return {name: bindparam(each, type_=table.c[name].type) for name, each in names.items()}


def _table(entity: type[Base]) -> Table:
    return cast("Table", entity.__table__)
