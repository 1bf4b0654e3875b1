"""Migrations make exactly the tables that the code speaks of, and can be taken back."""

from alembic import command
from sqlalchemy import inspect

from db import open_database
from tests.databases import configuration


def test_migrations_and_tables_agree(database_url: str) -> None:
    """Forgot one? alembic -x url=sqlite:///new.db upgrade head; then: revision --autogenerate -m "what changed"."""
    database = open_database(database_url)
    with database.connect() as connection:
        command.check(configuration(connection))
    database.dispose()


def test_migrations_can_be_taken_back(database_url: str) -> None:
    database = open_database(database_url)
    with database.connect() as connection:
        command.downgrade(configuration(connection), "base")
        connection.commit()
        assert inspect(connection).get_table_names() == ["alembic_version"]
        command.upgrade(configuration(connection), "head")
        command.check(configuration(connection))
    database.dispose()
