"""Migrations make exactly the tables that the code speaks of, and can be taken back."""

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from db import open_database
from tests.databases import configuration
from tests.db.world import two_worlds


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


def test_a_filled_database_of_every_version_comes_along(database_url: str) -> None:
    """From the oldest shape on, one migration after another: no row of anybody is lost on the way."""
    with two_worlds(database_url) as worlds, worlds.engine.connect() as connection:
        config = configuration(connection)
        versions = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()][::-1]
        command.downgrade(config, versions[0])
        connection.commit()
        before = counts(connection)
        assert before["members"] == before["leads"] == 2
        for version in versions[1:]:
            command.upgrade(config, version)
            connection.commit()
            after = counts(connection)
            assert {name: after[name] for name in before} == before, version
            before = after
        command.check(config)


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, but for what comes round: migrations plan that."""
    names = set(inspect(connection).get_table_names()) - {"alembic_version", "rounds"}
    found = {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}
    connection.commit()  # a migration begins by itself, as it does at a start
    return found
