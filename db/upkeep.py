"""What the database is to be told once a day, so that it answers as quickly after a year as on its first day."""

from sqlalchemy import text
from sqlalchemy.orm import Session

LOOKED_AT = 400  # rows of an index, for each of its values: enough to tell a good one from a poor one
SMALL = 1000  # rows of a table: of fewer nothing is kept, since by the evening it may be no longer true

LIMIT = text(f"PRAGMA analysis_limit={LOOKED_AT}")
LOOK = text("ANALYZE")
FORGET_SMALL = text("DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < :small")
READ_AGAIN = text("ANALYZE sqlite_schema")


def look_at_indexes(session: Session) -> None:
    """Let SQLite see what its indexes tell apart; PostgreSQL does so by itself.

    An index on the collective alone holds every row of a file with one collective. To SQLite it looks as good as
    that on a lead, until it has looked: of ten thousand offers it read all, for the few of a lead. Connections know
    of it once they are opened again, see `engine.OPEN_FOR_S`.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(LIMIT)
        session.execute(LOOK)
        session.execute(FORGET_SMALL, {"small": SMALL})
        session.execute(READ_AGAIN)
