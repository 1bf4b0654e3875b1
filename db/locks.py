"""The second lock between collectives: PostgreSQL itself shows a transaction no other collective's rows.

The first is the narrowing of every question in `db/session.py`. This one holds for raw SQL too, and for what somebody
forgets there. It is shut for as long as a transaction belongs to a collective: every turn and every tick of the clock.
Before that is known, and for the sender and the operator, who serve all, it is open. A superuser is never locked out,
so Seintje should not be one (`seintje doctor` says so). SQLite has no such lock.
"""

from sqlalchemy import Connection, text

import db.tables  # noqa: F401  # every table
from db.base import Base

OWN = "nullif(current_setting('seintje.collective', true), '')"
# Looked up once a question, not once a row. Unknown, and so allowed, is whether a row of nobody (a message to a
# stranger) is ours, and whether any row is while the lock is open.
MINE = f"coalesce(collective_id = (SELECT {OWN}::bigint), true)"
# Of a person: the collective is the one they talk with, asked for a link in, are to be heard of in, or were asked by.
# Of a letter it is the one it is for: another one left it there.
APART = frozenset({"accounts", "agendas", "letters", "links", "pushes"})


def tables() -> list[str]:
    """The tables that are locked: all that name a collective."""
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if "collective_id" in table.columns and table.name not in APART
    ]


def secure(connection: Connection) -> None:
    """Put the lock on every table, after a migration that may have made new ones; on SQLite nothing."""
    if connection.dialect.name != "postgresql":
        return
    there = set(
        connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        ).scalars()
    )
    for name in sorted(there.intersection(tables())):
        connection.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"))  # for the owner, who we are
        connection.execute(text(f"DROP POLICY IF EXISTS own_collective ON {name}"))
        connection.execute(text(f"CREATE POLICY own_collective ON {name} USING ({MINE}) WITH CHECK ({MINE})"))


def is_bypassed(connection: Connection) -> bool:
    """Whether we are connected as somebody whom PostgreSQL never locks out."""
    if connection.dialect.name != "postgresql":
        return False
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    return bool(connection.execute(text(query)).scalar_one())
