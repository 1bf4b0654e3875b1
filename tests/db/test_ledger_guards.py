"""Nobody changes the ledger, whatever statement they write: tried with raw SQL on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from db import open_database

TABLES = ("ledger_entries", "ledger_snapshots", "turnover", "deal_changes", "closings")
FILL = """
INSERT INTO collectives (id, name, language, zone, policy) VALUES (1, 'A', 'nl', 'Europe/Amsterdam', '{}'), (2, 'B', 'nl', 'Europe/Amsterdam', '{}');
INSERT INTO people (id, name) VALUES (1, 'Sanne'), (2, 'Mieke');
INSERT INTO members (id, collective_id, person_id, name, language, state, is_coordinator, is_treasurer, about)
    VALUES (1, 1, 1, 'Sanne', 'nl', 'active', true, true, ''), (2, 1, 2, 'Mieke', 'nl', 'active', false, false, '');
INSERT INTO deals (id, collective_id, member_id, title, state, won_on, percent, source_percent, made_at)
    VALUES (1, 1, 1, 'werk', 'running', '2025-02-01', 15, 50, '2025-02-01');
INSERT INTO deal_changes (id, collective_id, deal_id, what, at, by_id) VALUES (1, 1, 1, 'ended', '2025-02-01', 1);
INSERT INTO turnover (id, collective_id, deal_id, key, amount_cents, at, by_id) VALUES (1, 1, 1, 'one', 100, '2025-02-01', 1);
INSERT INTO ledger_entries (id, collective_id, key, cause, state, debit, debit_member_id, credit, amount, booked_on, made_at)
    VALUES (1, 1, 'paid', 'payment', 'pending', 'dues_due', 1, 'dues', 5000, '2026-03-01', '2026-03-01'),
           (2, 1, 'dues', 'dues', 'posted', 'dues_due', 1, 'dues', 5000, '2026-03-01', '2026-03-01');
INSERT INTO ledger_snapshots (id, collective_id, kind, member_id, through_id, posted, pending) VALUES (1, 1, 'dues_due', 1, 2, 5000, 5000);
INSERT INTO closings (id, collective_id, year, received_cents, pot_percent, pot_cents, coins, carried_cents, with_dues, closed_at)
    VALUES (1, 1, 2025, 0, 50, 0, 0, 0, false, '2026-01-09')
"""
LINE = {
    "id": "50",
    "collective_id": "1",
    "key": "'new'",
    "cause": "'dues'",
    "state": "'posted'",
    "debit": "'dues_due'",
    "debit_member_id": "1",
    "credit": "'dues'",
    "credit_member_id": "NULL",
    "amount": "5000",
    "booked_on": "'2026-04-01'",
    "made_at": "'2026-04-01'",
    "settles_id": "NULL",
}
SETTLE = {"state": "'confirmed'", "settles_id": "1"}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    yield from filled(database_url)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Engine]:
    yield from filled(sqlite_url)


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    yield from filled(postgresql_url)


def filled(url: str) -> Iterator[Engine]:
    made = open_database(url)
    with made.begin() as connection:
        for statement in FILL.split(";\n"):
            connection.execute(text(statement))
    yield made
    made.dispose()


def insert(changes: dict[str, str], verb: str = "INSERT") -> str:
    line = LINE | changes
    return f"{verb} INTO ledger_entries ({', '.join(line)}) VALUES ({', '.join(line.values())})"


def everything(connection: Connection) -> list[list[tuple[object, ...]]]:
    return [
        [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]
        for table in TABLES
    ]


def refuses(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        before = everything(connection)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(statement))
    with engine.connect() as connection:
        assert everything(connection) == before


def accepts(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id + 1000",
        "UPDATE {table} SET collective_id = 2",
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE id = 1",
    ],
)
def test_rows_are_only_added(engine: Engine, table: str, statement: str) -> None:
    refuses(engine, statement.format(table=table))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_not_emptied(postgresql: Engine, table: str) -> None:
    refuses(postgresql, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "column", ["amount = 1", "why = 'x'", "booked_on = '2027-01-01'", "state = 'posted'"]
)
def test_no_part_of_a_line_is_changed(engine: Engine, column: str) -> None:
    refuses(engine, f"UPDATE ledger_entries SET {column} WHERE id = 1")


def test_a_whole_line_is_booked(engine: Engine) -> None:
    accepts(engine, insert({}))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"amount": "0"}, id="nothing"),
        pytest.param({"amount": "-1"}, id="below zero: sides change places"),
        pytest.param({"credit": "'dues_due'", "credit_member_id": "1"}, id="to and from one account"),
        pytest.param({"credit": "'coins_issued'"}, id="euros for coins"),
        pytest.param({"debit": "'coins'"}, id="coins for euros"),
        pytest.param({"debit_member_id": "NULL"}, id="a member's account of nobody"),
        pytest.param({"credit_member_id": "2"}, id="the collective's account of a member"),
        pytest.param({"debit": "'purse'", "debit_member_id": "NULL"}, id="an account that does not exist"),
        pytest.param({"debit_member_id": "99"}, id="a member who does not exist"),
        pytest.param({"collective_id": "99"}, id="a collective that does not exist"),
        pytest.param({"state": "'maybe'"}, id="a state that does not exist"),
        pytest.param({"key": "'paid'"}, id="booked twice"),
        pytest.param({"booked_on": "'2025-12-31'"}, id="in a closed year"),
        pytest.param({"booked_on": "'2019-01-01'"}, id="before a closed year"),
        pytest.param({"state": "'confirmed'"}, id="confirms nothing"),
        pytest.param({"settles_id": "1"}, id="posted, yet settles"),
        pytest.param(SETTLE | {"settles_id": "2"}, id="confirms what was posted already"),
        pytest.param(SETTLE | {"settles_id": "77"}, id="confirms what does not exist"),
        pytest.param(SETTLE | {"amount": "4999"}, id="confirms another amount"),
        pytest.param(SETTLE | {"debit_member_id": "2"}, id="confirms for another member"),
        pytest.param(SETTLE | {"credit": "'waived'"}, id="confirms from another account"),
        pytest.param(SETTLE | {"collective_id": "2"}, id="confirms in another collective"),
    ],
)
def test_no_wrong_line_is_booked(engine: Engine, changes: dict[str, str]) -> None:
    refuses(engine, insert(changes))


@pytest.mark.parametrize("state", ["confirmed", "voided"])
@pytest.mark.parametrize("again", ["confirmed", "voided"])
def test_a_pending_line_is_settled_once(engine: Engine, state: str, again: str) -> None:
    accepts(engine, insert(SETTLE | {"state": f"'{state}'"}))
    refuses(engine, insert(SETTLE | {"id": "51", "state": f"'{again}'", "key": "'again'"}))


def test_a_closed_year_is_closed_in_its_own_collective_only(engine: Engine) -> None:
    accepts(engine, insert({"collective_id": "2", "booked_on": "'2025-12-31'"}))


@pytest.mark.parametrize("year", [2024, 2025])
def test_years_are_closed_in_order_and_once(engine: Engine, year: int) -> None:
    refuses(
        engine,
        "INSERT INTO closings (id, collective_id, year, received_cents, pot_percent, pot_cents, coins, carried_cents, with_dues, closed_at) "
        f"VALUES (50, 1, {year}, 0, 50, 0, 0, 0, false, '2027-01-09')",
    )


@pytest.mark.parametrize("amount", ["0.5", "5000.5", "'a lot'"])
def test_a_part_of_a_cent_is_not_booked(sqlite: Engine, amount: str) -> None:
    """SQLite would store it; PostgreSQL rounds or refuses by the column's type."""
    refuses(sqlite, insert({"amount": amount}))


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(insert({"id": "2", "amount": "1"}, "INSERT OR REPLACE"), id="the id"),
        pytest.param(insert({"key": "'dues'", "amount": "1"}, "REPLACE"), id="the key"),
        pytest.param("UPDATE OR REPLACE ledger_entries SET id = 1 WHERE id = 2", id="an update"),
        pytest.param(
            "INSERT OR REPLACE INTO ledger_snapshots (collective_id, kind, member_id, through_id, posted, pending)"
            " VALUES (1, 'dues_due', 1, 2, 1, 1)",
            id="a snapshot",
        ),
        pytest.param(
            "INSERT OR REPLACE INTO turnover (collective_id, deal_id, key, amount_cents, at, by_id)"
            " VALUES (1, 1, 'one', 1, '2026-01-01', 1)",
            id="a report",
        ),
        pytest.param(
            "INSERT OR REPLACE INTO closings (collective_id, year, received_cents, pot_percent, pot_cents, coins,"
            " carried_cents, with_dues, closed_at) VALUES (1, 2025, 9, 50, 9, 9, 0, false, '2026-01-09')",
            id="a closing",
        ),
    ],
)
def test_sqlite_does_not_replace_a_row_by_another(sqlite: Engine, statement: str) -> None:
    """Its REPLACE removes the row in its way without asking the trigger on removals."""
    refuses(sqlite, statement)


def test_sqlite_does_not_replace_a_settlement(sqlite: Engine) -> None:
    accepts(sqlite, insert(SETTLE))
    refuses(sqlite, insert(SETTLE | {"id": "51", "key": "'again'", "state": "'voided'"}, "INSERT OR REPLACE"))
