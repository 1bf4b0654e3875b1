"""A backup holds every row, is made while others write, and goes back into either engine; a damaged one does not."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db import backups, open_database, tables
from db.backups import BackupError
from db.base import Base
from db.session import in_collective, transaction
from tests.db.world import two_worlds

Rows = dict[str, list[tuple[object, ...]]]


def everything(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in Base.metadata.sorted_tables
            if table.name not in backups.DERIVED
        }


@pytest.fixture
def backup(database_url: str, tmp_path: Path) -> tuple[Path, Rows]:
    """A backup of two filled collectives, and what was in them."""
    path = tmp_path / "seintje.backup"
    with two_worlds(database_url) as worlds:
        before = everything(worlds.engine)
        made = backups.backup(worlds.engine, path)
        assert made.rows == sum(map(len, before.values()))
        assert everything(worlds.engine) == before
    return path, before


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_all_of_it_comes_back_in_either_engine(
    into: str, backup: tuple[Path, Rows], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path, before = backup
    engine = open_database(fresh(into, request, tmp_path))
    backups.restore(engine, path)

    assert everything(engine) == before
    with transaction(engine) as session:
        collective = session.scalars(select(tables.Collective.id)).first()
    assert collective is not None
    with in_collective(engine, collective) as session:  # and life goes on: numbers do not clash
        session.add(tables.Lookup(by_id=before["members"][0][0], what="fairness", at=before["lookups"][0][3]))
    with pytest.raises(BackupError, match="something in this database"):
        backups.restore(engine, path)
    engine.dispose()


def fresh(into: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another migrated database than the one that was backed up."""
    if into == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        copy = tmp_path / "restored.db"
        copy.write_bytes(template.read_bytes())
        return f"sqlite:///{copy}"
    server = request.getfixturevalue("postgresql_server")
    name = f"restored_{abs(hash(request.node.name)) % 10**9}"
    request.addfinalizer(lambda: server.drop(name))
    url: str = server.create(name, template="template_seintje")
    return url


def test_a_damaged_backup_is_refused(
    backup: tuple[Path, Rows], tmp_path: Path, sqlite_template: Path
) -> None:
    path, _before = backup
    whole = path.read_bytes()
    engine = open_database(f"sqlite:///{sqlite_template}")
    for number, damaged in enumerate(
        (whole[: len(whole) // 2], b"", b"nonsense", whole[:200] + whole[4000:])
    ):
        wrong = tmp_path / f"wrong{number}"
        wrong.write_bytes(damaged)
        with pytest.raises(BackupError):
            backups.restore(engine, wrong)
    with pytest.raises(BackupError):
        backups.verify(tmp_path / "nothing")
    engine.dispose()


def test_a_backup_is_for_its_owner_and_overwrites_nothing(
    backup: tuple[Path, Rows], database_url: str
) -> None:
    path, _before = backup
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.glob(f"{path.name}?*")) == []  # one file, and nothing beside it
    engine = open_database(database_url)
    with pytest.raises(BackupError, match="there already"):
        backups.backup(engine, path)
    engine.dispose()


def test_others_write_while_it_is_made(database_url: str, tmp_path: Path) -> None:
    """A transaction that is not finished yet is not in it, and is not held up."""
    with two_worlds(database_url) as worlds:
        before = everything(worlds.engine)
        reading = open_database(database_url)
        with transaction(worlds.engine) as session:
            session.add(tables.Person(name="Laat"))
            session.flush()
            backups.backup(reading, tmp_path / "backup")
        reading.dispose()
        made = backups.verify(tmp_path / "backup")

    assert made.rows == sum(map(len, before.values()))
