"""What SQLite sees of its indexes decides how it finds the offers of a lead among all of a collective."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from db import Engine, open_database, tables, upkeep
from db.base import Base
from db.session import transaction

OFFERS_OF_A_LEAD = "SELECT * FROM offers WHERE collective_id = 1 AND lead_id = 7"
MANY, FEW = upkeep.SMALL * 2, upkeep.SMALL // 2


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    database = open_database(database_url)
    yield database
    database.dispose()


def fill(url: str, table: str, many: int) -> None:
    """Rows of one collective, each lead with ten; what they point at does not matter here."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
        columns = {row[1]: row[2] for row in raw.execute(f"PRAGMA table_info({table})") if row[3]}
        del columns["id"]
        names = ", ".join(columns)
        places = ", ".join("?" * len(columns))
        rows = [
            [
                1 if name == "collective_id" else number // 10 if name == "lead_id" else number
                for name in columns
            ]
            for number in range(many)
        ]
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
        # of two that look alike the newest is taken, and in which order migrations leave them is chance
        raw.execute("DROP INDEX ix_offers_collective_id")
        raw.execute("CREATE INDEX ix_offers_collective_id ON offers (collective_id)")
        raw.commit()


def plan(url: str, query: str) -> str:
    """How a connection that is opened now would carry it out."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
        return str(raw.execute(f"EXPLAIN QUERY PLAN {query}").fetchone()[3])


@pytest.mark.parametrize(
    ("many", "found_by"),
    [
        (MANY, "ix_offers_lead_id"),
        # of a small table nothing is kept, as it may be large by the evening: then as before
        (FEW, "ix_offers_collective_id"),
    ],
)
def test_offers_are_found_by_their_lead(many: int, found_by: str, sqlite_url: str) -> None:
    fill(sqlite_url, "offers", many)
    assert "ix_offers_collective_id" in plan(sqlite_url, OFFERS_OF_A_LEAD)
    database = open_database(sqlite_url)
    with transaction(database) as session:
        upkeep.look_at_indexes(session)
    database.dispose()

    assert found_by in plan(sqlite_url, OFFERS_OF_A_LEAD)


def test_it_can_be_done_again_and_again(engine: Engine) -> None:
    for _ in range(2):
        with transaction(engine) as session:
            upkeep.look_at_indexes(session)


def test_what_points_at_a_message_is_found_by_it() -> None:
    """Messages go every night: without an index the database looks in all there is for what points at each of them."""
    points = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is tables.Message.__table__ for key in column.foreign_keys)
    ]

    assert len(points) > 1
    for column in points:
        assert any(next(iter(index.columns)) is column for index in column.table.indexes), column
