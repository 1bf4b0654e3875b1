"""Backups: a copy of the whole database made while it is in use, checked before it counts, and put back.

SQLite has an online backup of its own, and its copy is a database. PostgreSQL is written out table by table as lines of
JSON, in one snapshot: its own pg_dump need not be there. Either can be put back into either.
"""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Engine, Table, create_engine, func, insert, inspect, select, text

import db.tables  # noqa: F401  # every table
from db.base import Base, Moment
from db.engine import keep_private
from db.migrate import newest

MARK = "seintje backup"
CHUNK = 500  # rows written at once
DERIVED = frozenset({"member_changes"})  # the database writes it by itself, also while rows are put back


class BackupError(Exception):
    """A backup that cannot be made, is damaged, or does not fit; the message says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds: how many rows, in how many tables."""

    tables: int
    rows: int


def backup(engine: Engine, path: Path) -> Made:
    """Write a backup to a new file and read it back. Raises BackupError for a file that is there, and a bad copy."""
    if path.exists():
        raise BackupError(f"{path} is there already")
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    if engine.dialect.name == "sqlite":
        _copy(engine, unfinished)
    else:
        _write_out(engine, unfinished)
    made = verify(unfinished)
    unfinished.chmod(0o600)
    unfinished.rename(path)
    return made


def verify(path: Path) -> Made:
    """Read a backup from beginning to end. Raises BackupError when anything is missing or damaged."""
    if _is_sqlite(path):
        return _verify_copy(path)
    rows = 0
    tables = 0
    for line in _lines(path):
        tables += "table" in line
        rows += "row" in line
    return Made(tables, rows)


def restore(engine: Engine, path: Path) -> Made:
    """Put a backup into a database that is migrated and empty. Raises BackupError for another, or a damaged file."""
    made = verify(path)
    with engine.begin() as connection:
        if connection.execute(
            select(func.count()).select_from(Base.metadata.tables["collectives"])
        ).scalar_one():
            raise BackupError("there is something in this database already: restore into a new one")
        _shape(connection)
        rows = _rows_of_copy(path) if _is_sqlite(path) else _rows_of_lines(path)
        count = _put(connection, rows)
        if count != made.rows:
            raise BackupError(f"{made.rows} rows were in it and {count} were put back")
        _number_on(connection)
    return made


# --- SQLite -----------------------------------------------------------------------------------------------------


def _copy(engine: Engine, path: Path) -> None:
    keep_private(str(path))
    source = sqlite3.connect(f"file:{engine.url.database}?mode=ro", uri=True)
    target = sqlite3.connect(path)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE").close()  # one file, also when it is looked into
    finally:
        target.close()
        source.close()


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError as fault:
        raise BackupError(f"{path} cannot be read: {fault.strerror}") from fault


def _verify_copy(path: Path) -> Made:
    copy = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if found != ["ok"] or copy.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(f"{path} is damaged")
        shape = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        if shape != (newest(),):
            raise BackupError("this backup is of another version: restore it with that one, then migrate")
        rows = [copy.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in _tables()]  # noqa: S608
    except sqlite3.DatabaseError as fault:
        raise BackupError(f"{path} is damaged") from fault
    finally:
        copy.close()
    return Made(len(rows), sum(rows))


def _rows_of_copy(path: Path) -> Iterator[tuple[Table, dict[str, Any]]]:
    copy = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", hide_parameters=True)
    try:
        with copy.connect() as connection:
            for table in _tables():
                for row in connection.execute(select(table).order_by(table.c.id)).mappings():
                    yield table, dict(row)
    finally:
        copy.dispose()


# --- lines of JSON ----------------------------------------------------------------------------------------------


def _write_out(engine: Engine, path: Path) -> None:
    with (
        engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
        gzip.open(path, "wt", encoding="utf-8") as file,
    ):
        _line(file, {"backup": MARK, "shape": newest()})
        rows = 0
        for table in _tables():
            _line(file, {"table": table.name})
            query = select(table).order_by(table.c.id)
            for row in connection.execute(query).mappings():
                _line(file, {"row": {name: _plain(value) for name, value in row.items()}})
                rows += 1
        _line(file, {"end": rows})


def _line(file: Any, value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False) + "\n")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Every line; a file that was cut off has no end, or a wrong one."""
    rows, end = 0, None
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            head = json.loads(next(file, "{}"))
            if head.get("backup") != MARK:
                raise BackupError(f"{path} is no backup of Seintje")
            if head.get("shape") != newest():
                raise BackupError("this backup is of another version: restore it with that one, then migrate")
            for text_line in file:
                line: dict[str, Any] = json.loads(text_line)
                rows += "row" in line
                end = line.get("end", end)
                yield line
    except (OSError, EOFError, ValueError) as fault:
        raise BackupError(f"{path} is damaged or no backup of Seintje") from fault
    if end != rows:
        raise BackupError(f"{path} is not whole")


def _rows_of_lines(path: Path) -> Iterator[tuple[Table, dict[str, Any]]]:
    table: Table | None = None
    for line in _lines(path):
        if "table" in line:
            table = Base.metadata.tables[line["table"]]
        elif "row" in line and table is not None:
            yield table, {name: _meant(table, name, value) for name, value in line["row"].items()}


def _meant(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(table.c[name].type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(table.c[name].type, Date) else value


# --- both -------------------------------------------------------------------------------------------------------


def _tables() -> list[Table]:
    """Every table, those that others point at first; closed years last, since the books refuse a line in one."""
    told = [table for table in Base.metadata.sorted_tables if table.name not in DERIVED]
    return sorted(told, key=lambda table: table.name == "closings")


def _shape(connection: Connection) -> None:
    if not inspect(connection).has_table("alembic_version"):
        raise BackupError("this database is not migrated yet")


def _put(connection: Connection, rows: Iterator[tuple[Table, dict[str, Any]]]) -> int:
    """Write rows table by table; a table that points at itself in the order of its numbers, as it grew."""
    count = 0
    waiting: list[dict[str, Any]] = []
    current: Table | None = None
    for table, row in rows:
        if waiting and (table is not current or len(waiting) >= CHUNK) and current is not None:
            connection.execute(insert(current), waiting)
            waiting = []
        current = table
        waiting.append(row)
        count += 1
    if waiting and current is not None:
        connection.execute(insert(current), waiting)
    return count


def _number_on(connection: Connection) -> None:
    """PostgreSQL goes on numbering after the highest number that was put back."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608  # names of our own
                f"greatest(1, (SELECT coalesce(max(id), 0) FROM {table.name})))"
            )
        )
