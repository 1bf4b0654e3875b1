"""Bring a database to the newest shape: `alembic -x url=sqlite:///my.db upgrade head`, or from code.

This folder must never get an __init__.py: it would hide the library of the same name.
"""

from alembic import context
from sqlalchemy import Connection

import db.tables  # noqa: F401  # every table, so autogenerate sees them all
from db import open_database
from db.base import Base


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


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
