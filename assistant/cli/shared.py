"""What commands share: the settings with another database, a migrated database, the app, the desks of collectives."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from assistant import settings as environment
from assistant.errors import SettingsError, UnreachableError
from assistant.settings import Settings

if TYPE_CHECKING:  # the names only: the rooms themselves are heavy
    from assistant.app import App, Clock
    from assistant.desk import Desk

# argparse has no public name for it
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def with_database(url: str | None) -> Settings:
    """The settings, with the database of `--db` when it was given."""
    settings = environment.read()
    return settings if url is None else replace(settings, database_url=url)


def migrated(settings: Settings) -> bool:
    """Bring the database to the newest shape; whether that changed it. Raises SettingsError, UnreachableError."""
    from db import open_database
    from db.migrate import migrate
    from db.session import DatabaseError

    try:
        engine = open_database(settings.database_url)
    except ValueError as fault:
        raise SettingsError(f"SEINTJE_DATABASE_URL or --db: {fault}") from None
    try:
        return migrate(engine)
    except DatabaseError as fault:
        raise UnreachableError(type(fault).__name__) from fault
    finally:
        engine.dispose()


def unprepared_app_of(settings: Settings) -> "App":
    """The whole assistant, whether or not its database can be reached. Raises SettingsError."""
    from assistant.app import build

    try:
        return build(settings)
    except ValueError as fault:
        raise SettingsError(f"SEINTJE_DATABASE_URL: {fault}") from None


def app_of(settings: Settings, clock: "Clock | None" = None) -> "App":
    """The whole assistant on a database of the newest shape. Raises SettingsError, UnreachableError."""
    from assistant.app import build

    migrated(settings)
    return build(settings, clock)


@contextmanager
def desks(url: str | None, name: str | None) -> "Iterator[Iterator[Desk]]":
    """The desk of the collective of this name, or of every one, each in a transaction of its own; changes nothing.

    Raises SettingsError for a name nobody has.
    """
    from assistant.desk import Desk
    from db import collectives, open_database
    from db.session import in_collective, transaction

    settings = with_database(url)
    migrated(settings)
    engine = open_database(settings.database_url)
    with transaction(engine) as session:
        found = [each for each in collectives.everyone(session) if name in (None, each.name)]
    if name is not None and not found:
        raise SettingsError(f"there is no collective called {name}")

    def each_desk() -> "Iterator[Desk]":
        for each in found:
            with in_collective(engine, each.id) as session:
                yield Desk(session, session.get_one(type(each), each.id), datetime.now(UTC))

    try:
        yield each_desk()
    finally:
        engine.dispose()
