"""The spool: where what a platform brings lies safe until SQLite's one writer has a moment for it.

SQLite has one writer at a time, and behind a long turn a platform would wait too long for its answer. So what it brings
is first written to a small file beside the database, with a writer of its own, and moved to the inbox a moment later. A
move that is cut halfway is made again: the inbox drops what it has. PostgreSQL has many writers and needs no spool.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine, event

from db.engine import BUSY_MS, keep_private
from db.inbox import NewEvent

SUFFIX = "-spool"
SHAPE = """
CREATE TABLE IF NOT EXISTS spool (
    id INTEGER PRIMARY KEY,
    channel TEXT, event_id TEXT, external_id TEXT, payload TEXT, received_at TEXT, state TEXT
)
"""
COLUMNS = "channel, event_id, external_id, payload, received_at, state"
ADD = f"INSERT INTO spool ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608  names of our own
OLDEST = f"""
SELECT id, {COLUMNS} FROM spool
WHERE channel = coalesce(?, channel) ORDER BY id LIMIT ?
"""  # noqa: S608
MOST = 200  # events moved at once


class SpoolError(Exception):
    """The file is locked, full or gone: nothing was written."""


class Spool:
    """One file. Events go in by `add`, durably, and out by `oldest` and `drop`; each may have a thread of its own."""

    def __init__(self, path: str) -> None:
        """`path` of a file that need not be there yet."""
        self.path = path
        self._adding, self._moving = threading.Lock(), threading.Lock()
        self._in: sqlite3.Connection | None = None
        self._out: sqlite3.Connection | None = None

    def add(self, events: Sequence[NewEvent]) -> None:
        """Durable when it returns, all of it or nothing. Raises SpoolError."""
        rows = [
            (
                each["channel"],
                each["event_id"],
                each["external_id"],
                msgspec.json.encode(each["payload"]).decode(),
                each["received_at"].isoformat(),
                each["state"],
            )
            for each in events
        ]
        with self._adding, _told():
            if self._in is None:
                self._in = _opened(self.path, "synchronous=FULL", "wal_autocheckpoint=0")
            with _written(self._in) as connection:
                connection.executemany(ADD, rows)

    def oldest(self, channel: str | None = None) -> dict[int, NewEvent]:
        """What came first, in order, under its number here: of one channel, or of all. Raises SpoolError."""
        if not self._is_used():
            return {}
        with self._moving, _told():
            return {
                number: NewEvent(
                    channel=name,
                    event_id=event_id,
                    external_id=external_id,
                    payload=msgspec.json.decode(payload),
                    received_at=datetime.fromisoformat(at),
                    state=state,
                    attempts=0,
                )
                for number, name, event_id, external_id, payload, at, state in self._mover().execute(
                    OLDEST, (channel, MOST)
                )
            }

    def drop(self, numbers: Sequence[int]) -> None:
        """These are in the inbox. A power cut may undo it: then they are moved again. Raises SpoolError."""
        with self._moving, _told(), _written(self._mover()) as connection:
            connection.executemany("DELETE FROM spool WHERE id = ?", [(each,) for each in numbers])

    def count(self) -> int:
        """How many events wait here. Raises SpoolError."""
        if not self._is_used():
            return 0
        with self._moving, _told():
            found: tuple[int] = self._mover().execute("SELECT count(*) FROM spool").fetchone()
            return found[0]

    def close(self) -> None:
        """Let go of the file."""
        with self._adding, self._moving:
            for connection in (self._in, self._out):
                if connection is not None:
                    connection.close()
            self._in = self._out = None

    def _is_used(self) -> bool:
        return Path(self.path).exists()

    def _mover(self) -> sqlite3.Connection:
        """Words that were moved are wiped here; and this side, for which nobody waits, tidies the file."""
        if self._out is None:
            self._out = _opened(self.path, "synchronous=NORMAL", "secure_delete=ON")
        return self._out


def beside(engine: Engine) -> Spool | None:
    """The spool of a database: None for PostgreSQL, and for a database in memory."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return None
    spool = Spool(path + SUFFIX)
    event.listen(engine, "engine_disposed", lambda _engine: spool.close())
    return spool


def _opened(path: str, *pragmas: str) -> sqlite3.Connection:
    keep_private(path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", *pragmas):
        with closing(connection.execute(f"PRAGMA {pragma}")):
            pass
    connection.execute(SHAPE)
    return connection


@contextmanager
def _written(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _told() -> Iterator[None]:
    """Its own errors in our words, without what was written."""
    try:
        yield
    except sqlite3.Error as fault:
        raise SpoolError(type(fault).__name__) from fault
