"""Brings a database to the newest shape, with the data in place."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from db.engine import keep_private

HERE = Path(__file__).parent
# In a source tree the migrations lie beside `db`; in an installed package they come along inside it.
FOLDER = HERE.parent / "alembic" if (HERE.parent / "alembic" / "env.py").exists() else HERE / "migrations"


def newest() -> str:
    """The name of the newest migration: the one no other builds on."""
    names, built_on = set(), set()
    for path in (FOLDER / "versions").glob("*.py"):
        found = dict(line.split(" = ", 1) for line in path.read_text().splitlines() if " = " in line)
        names.add(_quoted(found, "revision"))
        built_on.add(_quoted(found, "down_revision"))
    (head,) = names - built_on - {None}
    return str(head)


def is_current(engine: Engine) -> bool:
    """Whether there is nothing to migrate; cheap, so that every start can ask."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest()


def migrate(engine: Engine) -> bool:
    """Run the migrations that are missing; whether there were any. Raises what the database raises."""
    if engine.dialect.name == "sqlite":
        keep_private(engine.url.database)
    if is_current(engine):
        return False
    # Imported here: reading the library costs more than a whole turn, and most starts do not need it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    return True


def _quoted(found: dict[str, str], name: str) -> str | None:
    values = [value for key, value in found.items() if key.split(":")[0].strip() == name]
    return values[0].strip().strip("\"'") if values and values[0].strip() != "None" else None
