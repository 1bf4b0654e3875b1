"""Bring a database to the newest shape: `alembic -x url=sqlite:///my.db upgrade head`, or from code.

This folder must never get an __init__.py: it would hide the library of the same name.
"""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

import db.tables  # noqa: F401  # every table, so autogenerate sees them all
from db import locks, open_database
from db.base import Base, Moment


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """A migration must mean the same for ever, so it names no type of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render_item
    )
    with context.begin_transaction():
        context.run_migrations()
        locks.secure(connection)


def migrate_sqlite(connection: Connection) -> None:
    """SQLite changes a table by copying it and dropping the old one, which no foreign key may hold back."""
    raw = connection.connection
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        migrate(connection)
    finally:
        raw.cursor().execute("PRAGMA foreign_keys=ON")


def run(connection: Connection) -> None:
    (migrate_sqlite if connection.dialect.name == "sqlite" else migrate)(connection)


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = context.get_x_argument(as_dictionary=True).get("url")
    if url is None:
        raise SystemExit("say which database: alembic -x url=sqlite:///my.db ...")
    with open_database(url).connect() as connection:
        run(connection)
