"""A database is brought to the newest shape once, and asking again costs nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from db import open_database
from db.migrate import FOLDER, is_current, migrate, newest
from tests.databases import configuration


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


def test_an_empty_database_is_brought_up_to_date_once(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'new.db'}") as engine:
        assert not is_current(engine)
        assert migrate(engine)
        assert is_current(engine)
        assert not migrate(engine)
        with engine.connect() as connection:
            command.check(configuration(connection))


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """And so is what SQLite lays beside it while it is open."""
    with opened(f"sqlite:///{tmp_path / 'new.db'}") as engine:
        migrate(engine)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO people (name) VALUES ('Mieke')"))
            modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert {"new.db", "new.db-wal"} <= set(modes)
    assert set(modes.values()) == {0}


def test_a_migrated_database_is_left_alone(database_url: str) -> None:
    with opened(database_url) as engine:
        assert is_current(engine)
        assert not migrate(engine)


def test_what_is_in_it_stays(database_url: str) -> None:
    with opened(database_url) as engine:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO people (name) VALUES ('Mieke')"))
        migrate(engine)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT name FROM people")).scalars().all() == ["Mieke"]


def test_asking_is_cheap(database_url: str) -> None:
    """Every start asks: a few small queries, and the library of migrations is not even read."""
    statements: list[str] = []
    with opened(database_url) as engine:
        event.listen(engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
        assert is_current(engine)

    assert len(statements) <= 5


def test_an_older_shape_is_seen(sqlite_url: str) -> None:
    with opened(sqlite_url) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
        assert not is_current(engine)


def test_a_first_migration_that_fails_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(f"sqlite:///{tmp_path / 'new.db'}") as engine:
        with engine.begin() as connection:  # in the way of a table that the migration makes
            connection.execute(text("CREATE TABLE members (id INTEGER)"))
        with pytest.raises(Exception, match="already exists"):
            migrate(engine)
        assert inspect(engine).get_table_names() == ["members"]


def test_the_newest_is_the_one_alembic_would_go_to() -> None:
    assert newest() == ScriptDirectory(str(FOLDER)).get_current_head()
