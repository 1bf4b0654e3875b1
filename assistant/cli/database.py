"""Commands for the database as a whole: its shape, its backup, and what ails the installation."""

import argparse
from pathlib import Path

from assistant import settings as environment
from assistant.cli.shared import Commands, migrated, with_database
from assistant.errors import SettingsError, UnreachableError


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    migrate = commands.add_parser(
        "migrate",
        help="bring the database to the newest shape",
        description="Runs the migrations that are missing. `seintje run`, `demo`, `chat` and `pipe` do so themselves.",
    )
    migrate.set_defaults(run=_migrate)

    backup = commands.add_parser(
        "backup",
        help="copy the whole database to a file, while Seintje runs",
        description="Writes a backup and reads it back before it counts. Of SQLite the file is a database; of "
        "PostgreSQL it is compressed JSON, which needs no pg_dump. It holds everything members told: keep it safe.",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        help="put a backup into an empty database",
        description="Migrates the database, which must hold no collective yet, and puts the backup into it; either "
        "kind of backup into either kind of database. This is also the way from SQLite to PostgreSQL.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `seintje backup` wrote")
    restore.set_defaults(run=_restore)
    for each in (backup, restore):
        each.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")

    doctor = commands.add_parser(
        "doctor",
        help="say what is configured, reachable and missing",
        description="Checks the settings, the database and the channels, without changing anything.",
    )
    doctor.set_defaults(run=_doctor)


def _migrate(_chosen: argparse.Namespace) -> int:
    changed = migrated(environment.read())
    print(
        "The database has the newest shape now." if changed else "The database had the newest shape already."
    )
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    return _copied(chosen, "backup")


def _restore(chosen: argparse.Namespace) -> int:
    return _copied(chosen, "restore")


def _copied(chosen: argparse.Namespace, what: str) -> int:
    """Make or put back a backup, and say how much it was."""
    from db import backups, open_database
    from db.session import DatabaseError

    settings = with_database(chosen.db)
    migrated(settings)
    engine = open_database(settings.database_url)
    try:
        done = (backups.backup if what == "backup" else backups.restore)(engine, chosen.file)
    except backups.BackupError as fault:
        raise SettingsError(str(fault)) from None
    except DatabaseError as fault:
        raise UnreachableError(type(fault).__name__) from fault
    finally:
        engine.dispose()
    said = "Wrote" if what == "backup" else "Put back"
    print(f"{said} {done.rows:,} rows of {done.tables} tables, and checked them.")
    return 0


def _doctor(_chosen: argparse.Namespace) -> int:
    from assistant import doctor

    lines = doctor.examine()
    for line in lines:
        print(line)
    return 0 if all(line.well for line in lines) else 1
