"""The database itself: its address, and how a connection to it is set up before anything is asked."""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from db.plans import SEEN_BEFORE, PlannedConnection

CACHE_KB = 65_536  # of its file that SQLite keeps in memory, at most: a match reads all over it
BUSY_MS = 10_000  # how long SQLite waits for another writer before it gives up
OPEN_FOR_S = 86_400  # then a connection is opened anew, and SQLite reads what `upkeep` found out
POOL = "pool"  # where a connection keeps to which pool it belongs
# No compiler for queries that take milliseconds: it starts where a plan looks dear, and takes longer than they do.
SERVER_OPTIONS = "-c jit=off"


def open_database(url: str) -> Engine:
    """Connect once, at start-up. `url` is any SQLAlchemy URL of SQLite or PostgreSQL; ValueError for another."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        # hide_parameters: an error text must never carry what a member wrote
        engine = create_engine(
            url,
            hide_parameters=True,
            json_serializer=_as_json,
            json_deserializer=msgspec.json.decode,
            pool_recycle=OPEN_FOR_S,
        )
    except (ArgumentError, ValueError, ImportError):  # whose texts may quote the password
        raise ValueError("this is no address of a database that can be used here") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    else:
        event.listen(engine, "do_connect", _connect)
    _close_what_comes_back_late(engine)
    return engine


def _close_what_comes_back_late(engine: Engine) -> None:
    """A connection that was in use when all were let go of: nobody would ever use or close it."""

    def opened(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[POOL] = engine.pool

    def came_back(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        if connection is not None and entry.info[POOL] is not engine.pool:
            entry.close()

    event.listen(engine, "connect", opened)
    event.listen(engine, "checkin", came_back)


def _as_json(value: object) -> str:
    """As Python's own does, in a tenth of the time: every turn writes cards."""
    return msgspec.json.encode(value).decode()


def keep_private(path: str | None) -> None:
    """Make the file of an SQLite database that is not there yet, for its owner alone.

    It holds what members tell in confidence, and by itself SQLite lets everybody on the machine read it. What SQLite
    lays beside it is for whom the file is for.
    """
    if not path or path == ":memory:" or path.startswith("file:"):
        return
    file = Path(path)
    if file.parent.is_dir() and not file.exists():
        file.touch(0o600)


# --- PostgreSQL -------------------------------------------------------------------------------------------------


def _connect(
    _dialect: object, _entry: object, arguments: tuple[Any, ...], options: dict[str, Any]
) -> PlannedConnection:
    given = options.get("options", "")
    options["options"] = f"{SERVER_OPTIONS} {given}".strip()  # what an address says comes last, and wins
    return PlannedConnection.connect(*arguments, prepare_threshold=SEEN_BEFORE, **options)


# --- SQLite -----------------------------------------------------------------------------------------------------


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """WAL lets readers go on while one writes; the driver's own BEGIN is switched off in favour of ours."""
    connection.isolation_level = None
    cursor = connection.cursor()
    limits = f"busy_timeout={BUSY_MS}", f"cache_size=-{CACHE_KB}"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", *limits):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    # its own lower() knows only a to z: "Özlem" would never be found
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _begin_immediate(connection: Any) -> None:
    """Take the write lock at once: a transaction that reads first and writes later could otherwise fail halfway.

    The driver is asked itself: every transaction begins so, and by way of SQLAlchemy it takes ten times as long.
    """
    try:
        connection.connection.dbapi_connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        raise OperationalError("BEGIN IMMEDIATE", None, fault) from fault
