"""The short way to the database: a statement is put together once, and from then on goes to the driver as it is.

SQLAlchemy is careful with every statement anew: it looks up how it was compiled, keeps an account of this execution,
and describes the answer. For a small question that is four fifths of the time (measured), and a turn asks a dozen. Here
that is done the first time only: what the SQL is, in what order its parameters come, and which values of either kind
have to be converted. What is sent, converted and raised is the same, because SQLAlchemy says how.

Nothing here knows of collectives. What is asked is narrowed by who asks: `db/questions.py`, and the few statements that
name their collective themselves.
"""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Dialect,
    Executable,
    FromClause,
    Insert,
    Table,
    bindparam,
    insert,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from db.plans import PlannedConnection

Values = Mapping[str, Any]
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]

DRIVER = "driver"  # where a session keeps it: a session lives as long as one transaction
TOGETHER = 12  # rows in one statement: each number of them is a statement of its own to keep
NAMED = re.compile(r"%\((\w+)\)s|%%")  # a parameter, as SQLAlchemy writes it for psycopg


def execute(session: Session, statement: Executable, values: Values) -> list[Row]:
    """Carry out one statement in the transaction of this session; the rows of its answer, if it has any.

    `statement` is a constant with bound parameters, `values` what they are. Raises DBAPIError as SQLAlchemy does.
    """
    return _of(session).execute(statement, values)


def stream(session: Session, statement: Executable, values: Values) -> Iterator[Row]:
    """The rows of the answer, as `execute`; where `finds_as_asked`, each is looked for when it is asked for."""
    return _of(session).stream(statement, values)


def finds_as_asked(session: Session) -> bool:
    """Whether this database, being in this process, need not find more than is taken of an answer."""
    return _of(session).finds_as_asked


def execute_each(session: Session, statement: Executable, each: Sequence[Values]) -> list[list[Row]]:
    """The same statement for each of these, with the same names in all; the rows of each answer.

    Where asking takes a way there and back, it takes one for all of them.
    """
    return _of(session).execute_each(statement, each) if each else []


def tell(session: Session, statement: Executable, values: Values, finds: str | None = None) -> None:
    """Carry out one statement, as `execute`, of which nobody reads the answer; nor is it waited for if that takes time.

    What comes next in this transaction comes after it. With `finds`, what it returns a row of: StaleDataError, naming
    this, if there is none. On PostgreSQL errors are raised by the next statement that is waited for, or by the commit.
    """
    driver = _of(session)
    if session.in_nested_transaction():  # which is to undo what fails in it, not what comes after
        _found(driver.execute(statement, values), finds)
    else:
        driver.tell(statement, values, finds)


def writes(session: Session) -> int:
    """How often this transaction has written, by whatever way: as often as before means that nothing was."""
    return _of(session).writes


def note_writing(session: Session) -> None:
    """Something was written by another way than this one."""
    _of(session).writes += 1


def insert_all(session: Session, table: FromClause, rows: Sequence[Values]) -> None:
    """Store rows, all with the same columns, `TOGETHER` at a time."""
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        named = {f"{name}_{place}": row[name] for place, row in enumerate(some) for name in row}
        tell(session, _insert(table, tuple(some[0]), len(some)), named)


@cache
def _insert(table: FromClause, columns: tuple[str, ...], many: int) -> Insert:
    def given(place: int) -> dict[str, BindParameter[Any]]:
        return {name: bindparam(f"{name}_{place}", type_=table.c[name].type) for name in columns}

    return insert(cast("Table", table)).values([given(place) for place in range(many)])


# --- how a statement is sent ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One place in the SQL: what is given by this name, or at this place of the list that is; else what always is."""

    name: str | None
    place: int | None
    convert: Convert | None
    always: Any

    def of(self, values: Values) -> Any:
        """What is sent."""
        if self.name is None:
            return self.always
        value = values[self.name] if self.place is None else values[self.name][self.place]
        return value if self.convert is None else self.convert(value)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A statement as the driver gets it, with its parameters in their order."""

    sql: str
    parameters: tuple[_Parameter, ...]


class _Shape:
    """What is known of a statement on one kind of database."""

    def __init__(self, statement: Executable, dialect: Dialect, keys: Iterable[str]) -> None:
        self.is_writing = statement.is_dml
        self._dialect = dialect
        self._compiled = _compiled(statement, dialect, keys)
        self._given = {name for name, bind in self._compiled.binds.items() if bind.required}
        self._lists = sorted(name for name in self._given if self._compiled.binds[name].expanding)
        self._types = [each.type for each in getattr(statement, "exported_columns", ())]
        self._sent: dict[tuple[int, ...], _Sent] = {}  # by the lengths of the lists
        self._conversions: list[tuple[int, Convert]] | None = None

    def send(self, values: Values) -> tuple[str, list[Any]]:
        """The SQL and what goes with it, in order."""
        lengths = tuple([len(values[name]) for name in self._lists])
        sent = self._sent.get(lengths)
        if sent is None:
            sent = self._sent[lengths] = self._order(self._compiled.construct_expanded_state(values))
        return sent.sql, [each.of(values) for each in sent.parameters]

    def rows(self, found: list[Row], codes: Sequence[Any]) -> list[Row]:
        """The rows of an answer as SQLAlchemy gives them; `codes` are the driver's types of their columns."""
        if self._conversions is None:
            self._conversions = self._find_conversions(codes)
        return [self._row(each) for each in found] if self._conversions else found

    def _row(self, found: Row) -> Row:
        row = list(found)
        for place, convert in self._conversions or ():
            row[place] = convert(row[place])
        return tuple(row)

    def _find_conversions(self, codes: Sequence[Any]) -> list[tuple[int, Convert]]:
        if not self._types:  # SQL as it was written: the driver's own values
            return []
        known = [type_.dialect_impl(self._dialect) for type_ in self._types]
        found = [
            type_.result_processor(self._dialect, code) for type_, code in zip(known, codes, strict=True)
        ]
        return [(place, convert) for place, convert in enumerate(found) if convert is not None]

    def _order(self, state: ExpandedState) -> _Sent:
        """The parameters of this SQL by their place, whether the driver counts them or knows them by name."""
        names = list(state.positiontup or ())
        sql = state.statement
        if state.positiontup is None:
            sql = NAMED.sub(lambda found: _numbered(found, names), sql)
        defaults = {each.key: default(each) for each in self._compiled.insert_prefetch}
        listed = {
            name: (whole, place)
            for whole, parts in state.parameter_expansion.items()
            for place, name in enumerate(parts)
        }
        return _Sent(sql, tuple(self._parameter(name, state, defaults, listed) for name in names))

    def _parameter(
        self, name: str, state: ExpandedState, defaults: Values, listed: Mapping[str, tuple[str, int]]
    ) -> _Parameter:
        """What stands in the statement itself, as "open" in `state == "open"`, is converted here, once."""
        whole, place = listed.get(name, (name, None))
        convert = self._compiled.binds[whole].type.dialect_impl(self._dialect).bind_processor(self._dialect)
        if whole in self._given:
            return _Parameter(whole, place, convert, None)
        value = defaults[name] if name in defaults else state.parameters[name]
        return _Parameter(None, None, None, value if convert is None else convert(value))


def _compiled(statement: Executable, dialect: Dialect, keys: Iterable[str]) -> SQLCompiler:
    options: dict[str, Any] = {}
    if isinstance(statement, Insert) and set(keys) <= set(statement.table.columns.keys()):
        # as one of many: else PostgreSQL would be asked for the id, which nobody reads
        options = {"column_keys": list(keys), "for_executemany": not statement.exported_columns}
    return cast("SQLCompiler", cast("Any", statement).compile(dialect=dialect, **options))


def default(column: Column[Any]) -> Any:
    """What a new row has where nothing is said; ValueError when it takes more than looking it up."""
    if not isinstance(column.default, ScalarElementColumnDefault):
        raise ValueError(f"{column} has no plain default")  # noqa: TRY004  # the table is wrong, not a type
    return column.default.arg


def _numbered(found: re.Match[str], names: list[str]) -> str:
    if found[1] is None:
        return "%"
    if found[1] not in names:
        names.append(found[1])
    return f"${names.index(found[1]) + 1}"


# --- the drivers ------------------------------------------------------------------------------------------------


class _Driver(ABC):
    """The driver's own connection, for as long as a transaction lasts."""

    finds_as_asked = False

    def __init__(self, connection: Connection, shapes: "_Shapes") -> None:
        self.connection = connection
        self.writes = 0
        self._dialect = connection.dialect
        self._shapes = shapes

    def execute(self, statement: Executable, values: Values) -> list[Row]:
        """The rows of the answer."""
        shape = self._shape(statement, values)
        sql, parameters = shape.send(values)
        self.writes += shape.is_writing
        try:
            found, codes = self._ask(sql, parameters)
        except self._dialect.loaded_dbapi.Error as fault:
            raise self._as_told(fault, sql) from fault
        return shape.rows(found, codes) if found else found

    def execute_each(self, statement: Executable, each: Sequence[Values]) -> list[list[Row]]:
        """The rows of the answers, one after the other."""
        return [self.execute(statement, values) for values in each]

    def stream(self, statement: Executable, values: Values) -> Iterator[Row]:
        """The rows of the answer, one by one."""
        return iter(self.execute(statement, values))

    def tell(self, statement: Executable, values: Values, finds: str | None) -> None:
        """Nothing is won by not waiting, where the database is in this process."""
        _found(self.execute(statement, values), finds)

    @abstractmethod
    def _ask(self, sql: str, parameters: list[Any]) -> tuple[list[Row], Sequence[Any]]:
        """The rows of the answer, and the driver's types of their columns."""

    def _shape(self, statement: Executable, values: Values) -> _Shape:
        known = self._shapes.get(statement)
        if known is None:
            known = self._shapes[statement] = _Shape(statement, self._dialect, values)
        return known

    def _as_told(self, fault: Exception, sql: str) -> DBAPIError:
        """The error SQLAlchemy would raise, with nothing in it of what a member wrote; a lost connection is let go."""
        connection, dialect = self.connection, self._dialect
        raw = connection.connection.driver_connection
        lost = dialect.is_disconnect(cast("Any", fault), raw, None)
        if lost:
            connection.invalidate(fault)
            connection.engine.dispose()  # the others were cut off with it
        kind = dialect.loaded_dbapi.Error
        told = DBAPIError.instance(
            sql, None, fault, kind, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        )
        return cast("DBAPIError", told)


class _SQLite(_Driver):
    """sqlite3 keeps the plans of its statements itself."""

    finds_as_asked = True

    def __init__(self, connection: Connection, shapes: "_Shapes") -> None:
        super().__init__(connection, shapes)
        self._raw = cast("sqlite3.Connection", connection.connection.driver_connection)

    def _ask(self, sql: str, parameters: list[Any]) -> tuple[list[Row], Sequence[Any]]:
        cursor = self._raw.execute(sql, parameters)
        return cursor.fetchall(), [each[1] for each in cursor.description or ()]

    def stream(self, statement: Executable, values: Values) -> Iterator[Row]:
        """Each row when it is asked for."""
        shape = self._shape(statement, values)
        sql, parameters = shape.send(values)
        try:
            cursor = self._raw.execute(sql, parameters)
            codes = [each[1] for each in cursor.description or ()]
            for row in cursor:
                yield from shape.rows([row], codes)
        except self._dialect.loaded_dbapi.Error as fault:
            raise self._as_told(fault, sql) from fault


class _PostgreSQL(_Driver):
    """See `db/plans.py`."""

    def __init__(self, connection: Connection, shapes: "_Shapes") -> None:
        super().__init__(connection, shapes)
        self._raw = cast("PlannedConnection", connection.connection.driver_connection)

    def _ask(self, sql: str, parameters: list[Any]) -> tuple[list[Row], Sequence[Any]]:
        return self._raw.ask(sql, parameters)

    def execute_each(self, statement: Executable, each: Sequence[Values]) -> list[list[Row]]:
        """All at once, where it is the same SQL: it is not if the lists in it are of different lengths."""
        shape = self._shape(statement, each[0])
        sent = [shape.send(values) for values in each]
        sql = sent[0][0]
        if any(other != sql for other, _parameters in sent):
            return super().execute_each(statement, each)
        self.writes += shape.is_writing
        try:
            found, codes = self._raw.ask_each(sql, [parameters for _sql, parameters in sent])
        except self._dialect.loaded_dbapi.Error as fault:
            raise self._as_told(fault, sql) from fault
        return [shape.rows(rows, codes) if rows else rows for rows in found]

    def tell(self, statement: Executable, values: Values, finds: str | None) -> None:
        """It travels with what comes next."""
        shape = self._shape(statement, values)
        sql, parameters = shape.send(values)
        self.writes += shape.is_writing
        try:
            self._raw.tell(sql, parameters, finds)
        except self._dialect.loaded_dbapi.Error as fault:
            raise self._as_told(fault, sql) from fault


def _found(rows: Sequence[Row], finds: str | None) -> None:
    if finds is not None and not rows:
        raise StaleDataError(f"{finds} is gone")


_Shapes = WeakKeyDictionary[Executable, _Shape]
_SHAPES: dict[str, _Shapes] = {"sqlite": WeakKeyDictionary(), "postgresql": WeakKeyDictionary()}
_DRIVERS: dict[str, type[_Driver]] = {"sqlite": _SQLite, "postgresql": _PostgreSQL}


def _of(session: Session) -> _Driver:
    """The driver of this transaction: a session may begin another, on another connection."""
    if session.in_nested_transaction():
        session.connection()  # else the savepoint is made by what SQLAlchemy itself sends first
    transaction, known = session.info.get(DRIVER, (None, None))
    if known is None or transaction is not session.get_transaction():
        connection = session.connection()
        name = connection.dialect.name
        known = _DRIVERS[name](connection, _SHAPES[name])
        session.info[DRIVER] = (session.get_transaction(), known)
    return cast("_Driver", known)
