"""Memory over a hundred thousand turns: what one process holds after twenty thousand of them, and at the end."""

import gc
import os
import sqlite3
import tempfile
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, bindparam, event, update

from db.leads import Lead
from nlu import Reader
from tests.bench.measure import Figures, megabytes
from tests.bench.turn import day, opened
from tests.databases import migrate

TURNS = int(os.environ.get("SEINTJE_BENCH_MEMORY", "100000"))
FIRST = TURNS // 5  # by then the database is larger than what SQLite keeps of it in memory, 64 MB
TICKS_EVERY = 60  # turns: half an hour; to come by after each would take most of the time
# Nobody here says that a job is gone. What the clock has to look at would grow every day, and its memory with it.
OPEN_FOR = timedelta(days=2)
CLOSE = update(Lead.__table__).where(Lead.state == "open", Lead.created_at < bindparam("before"))  # type: ignore[arg-type]


def measure() -> Figures:
    """Megabytes in use by this process, on SQLite: the same mix of messages and presses as a turn's benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/seintje.db"
        migrate(url)
        with opened(url, Reader()) as app:
            # what a commit costs is measured elsewhere; a hundred thousand of them would take ten minutes more
            event.listen(app.engine, "connect", _unsafe)
            app.engine.dispose()
            found = []
            for number, (heard, now) in enumerate(day(app, TICKS_EVERY), start=1):
                app.hear(heard, now)
                if number % TICKS_EVERY == 0:
                    _close(app.engine, now - OPEN_FOR)
                if number in (FIRST, TURNS):
                    gc.collect()
                    found.append(megabytes(os.getpid(), "VmRSS"))
                if number == TURNS:
                    break
    first, last = found
    return {"memory.first_mb": first, "memory.last_mb": last, "memory.growth_mb": last - first}


def _close(engine: Engine, before: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(CLOSE.values(state="withdrawn", closed_at=before), {"before": before})


def _unsafe(connection: sqlite3.Connection, _entry: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
