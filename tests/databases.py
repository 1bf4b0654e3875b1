"""Databases for tests and benchmarks, brought to the newest shape by the real migrations."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from db import open_database
from tests import postgres

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
ENGINES: tuple[Literal["sqlite", "postgresql"], ...] = ("sqlite", "postgresql")


@contextmanager
def migrated(engine: Literal["sqlite", "postgresql"]) -> Iterator[str]:
    """The URL of a new, durable database that lives as long as the `with` block. Raises CannotRunError without PostgreSQL."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/seintje.db"
            migrate(url)
            yield url
    else:
        with postgres.running(postgres.DURABLE) as server:
            url = server.create("seintje")
            migrate(url)
            yield url


def migrate(url: str) -> None:
    """Bring a database to the newest shape and let go of it."""
    database = open_database(url)
    with database.connect() as connection:
        command.upgrade(configuration(connection), "head")
        connection.commit()
    database.dispose()


def configuration(connection: Connection) -> Config:
    """For any other alembic command, on this connection."""
    return Config(toml_file=PROJECT, attributes={"connection": connection})
