"""One match, from what a lead asks to who is asked in which wave, as a collective grows from a thousand to a million members.

A million takes minutes to fill, in one collective or in ten thousand, so it is measured only by `make bench ONLY=match`.
One case alone: `make bench ONLY=match.sqlite.1m`; all are in `CASES`.
"""

import gc
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import islice
from typing import Literal

from sqlalchemy import Connection

from assistant.app import settle
from assistant.desk import Desk
from assistant.loading import candidates, wanted
from assistant.postings import Postings
from assistant.rules import ranking
from assistant.rules.ranking import Question
from db import open_database
from db.collectives import Collective
from db.session import Engine, in_collective
from nlu import gazetteer, taxonomy
from nlu.meaning import Lead, Range
from tests.bench.measure import Figures, megabytes, percentile
from tests.databases import ENGINES, migrated

SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
TENANTS, EACH = 10_000, 100
POSTINGS_FROM = 100_000
MATCHES, WARM_UP = 500, 60  # warm: what every match reads is in memory
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOTED = ("members", "member_terms", "availability", "room")  # whose changes are
PLACES = ("Utrecht", "Zwolle", "Amsterdam", "Rotterdam", "Arnhem", "Groningen", "Eindhoven", "Breda")


def measure() -> Figures:
    """Figures of both engines, warm, in collectives of usual size and of very large ones."""
    return joined(f"{engine}.{size}" for engine in ENGINES for size in ("1k", "100k"))


def measure_millions() -> Figures:
    """A million members, in one collective and in ten thousand; filling a database with these takes minutes."""
    return joined(("sqlite.1m", "tenants.sqlite", "postgresql.1m", "tenants.postgresql"))


def joined(cases: Iterable[str]) -> Figures:
    """The figures of these cases, one after the other."""
    figures: Figures = {}
    for case in cases:
        figures |= CASES[case]()
    return figures


def growth(figures: Figures) -> Figures:
    """How many times as long a match takes in a collective a thousand times as large."""
    return {
        f"match.{engine}.growth": figures[f"match.{engine}.1m.p50_ms"] / figures[f"match.{engine}.1k.p50_ms"]
        for engine in ENGINES
    }


def in_one(engine: Literal["sqlite", "postgresql"], name: str) -> Figures:
    """Matches in one collective of so many members."""
    with filled(engine, 1, SIZES[name]) as database:
        figures = {f"match.{engine}.{name}.{key}": value for key, value in matched(database, (1,)).items()}
        if engine == "sqlite" and SIZES[name] >= POSTINGS_FROM:
            taken = matched(database, (1,), Postings())
            figures |= {f"match.postings.{name}.{key}": value for key, value in taken.items()}
    return figures


def across(engine: Literal["sqlite", "postgresql"]) -> Figures:
    """Matches in one collective after another, of many in one database."""
    with filled(engine, TENANTS, EACH) as database:
        taken = matched(database, random.Random(3).sample(range(1, TENANTS + 1), 500))
    return {f"match.tenants.{engine}.{key}": value for key, value in taken.items()}


CASES: dict[str, Callable[[], Figures]] = {
    **{f"{engine}.{size}": partial(in_one, engine, size) for engine in ENGINES for size in SIZES},
    **{f"tenants.{engine}": partial(across, engine) for engine in ENGINES},
}
"""What can be measured alone: `make bench ONLY=match.sqlite.100k`."""


@contextmanager
def filled(engine: Literal["sqlite", "postgresql"], collectives: int, size: int) -> Iterator[Engine]:
    """A database of so many collectives of so many members, gone after the `with` block."""
    with migrated(engine) as url:
        database = open_database(url)
        fill(database, collectives, size)
        yield database
        database.dispose()


def matched(database: Engine, collectives: Sequence[int], postings: Postings | None = None) -> Figures:
    """How long a match takes, by the clock and by the processor; the lead is another one each time.

    With `postings` also how long it takes to fill these, and the megabytes they need.
    """
    filled: Figures = {}
    if postings is not None:
        begun, before = time.perf_counter(), megabytes("self", "VmRSS")
        with in_collective(database, collectives[0]) as session:
            postings.of(session)
        filled = {"fill_s": time.perf_counter() - begun, "mb": megabytes("self", "VmRSS") - before}
    leads = some_leads()
    turns = [(collectives[number % len(collectives)], next(leads)) for number in range(WARM_UP + MATCHES)]
    gc.collect()
    settle()
    taken, spent, found = [], [], 0
    for number, (collective, lead) in enumerate(turns):
        with in_collective(database, collective) as session:
            desk = Desk(session, session.get_one(Collective, collective), NOW, postings=postings)
            assert desk.today  # what a turn has worked out before
            session.connection()
            begun, worked = time.perf_counter(), time.process_time()
            asked = match(desk, lead, number)
            if number >= WARM_UP:
                taken.append((time.perf_counter() - begun) * 1000)
                spent.append((time.process_time() - worked) * 1000)
                found += asked
    gc.unfreeze()
    assert found, "nobody suits any lead: this measures nothing"
    return {
        "p50_ms": percentile(taken, 50),
        "p99_ms": percentile(taken, 99),
        "cpu_p50_ms": percentile(spent, 50),
        "cpu_p99_ms": percentile(spent, 99),
        "asked": found / MATCHES,
    } | filled


def match(desk: Desk, lead: Lead, seed: int) -> int:
    """Who is asked for this lead: how many are put in a wave."""
    asked = wanted(desk, lead, source_id=0)
    pool = tuple(candidates(desk, asked, (), seed))
    return len(ranking.decide(Question(asked, pool, (), desk.today, seed, desk.policy.waves)).fits)


def some_leads() -> Iterator[Lead]:
    """A role, a skill or two beside it, a place, a start and hours; always the same ones."""
    chance = random.Random(2)
    roles, skills = terms("role"), terms("skill")
    while True:
        yield Lead(
            roles=(chance.choice(roles),),
            skills=tuple(chance.sample(skills, chance.randrange(3))),
            place=chance.choice(PLACES),
            start=NOW.date() + timedelta(days=chance.randrange(60)),
            hours_per_week=Range(16, 32),
        )


@cache
def terms(kind: str) -> list[str]:
    """Every canonical role or skill that the taxonomy knows."""
    data = json.loads(taxonomy.ARTEFACT.read_text(encoding="utf-8"))
    return sorted({row[0].lower() for row in data["terms"] if row[2] == kind})


def fill(database: Engine, collectives: int, size: int) -> None:
    """So many collectives of so many members each: one or two roles, three skills, an agenda, and when last asked.

    One person stands for all of them: nobody is told anything here.
    """
    total, chance = collectives * size, random.Random(1)
    with database.begin() as connection, unnoticed(connection):
        nl = ("nl", "Europe/Amsterdam", "{}", 0)
        pour(
            connection,
            "collectives",
            "id name language zone policy vocabulary_version",
            ((n, f"c{n}", *nl) for n in range(1, collectives + 1)),
        )
        pour(connection, "people", "id name", [(1, "Iemand")])
        pour(
            connection,
            "members",
            "id collective_id person_id name language state is_coordinator is_treasurer about place latitude longitude"
            " radius_km remote rate_cents years quiet_until last_asked_at volume",
            (member(n, 1 + (n - 1) // size, chance) for n in range(1, total + 1)),
        )
        words = (row for n in range(1, total + 1) for row in words_of(n, 1 + (n - 1) // size, chance))
        pour(connection, "member_terms", "collective_id member_id kind term said", words)
        pour(
            connection,
            "availability",
            "collective_id member_id start_on end_on status hours weekdays stated_on",
            (period(n, 1 + (n - 1) // size) for n in range(1, total + 1)),
        )
    with database.connect() as connection:  # as PostgreSQL does by itself a minute later; SQLite needs none
        if database.dialect.name == "postgresql":
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")


@contextmanager
def unnoticed(connection: Connection) -> Iterator[None]:
    """Without the notes of changes that the database makes, and without indexes: of millions these take minutes."""
    tables = ", ".join(f"'{table}'" for table in NOTED)
    if connection.dialect.name == "postgresql":
        # nor row by row: COPY is refused where rows are guarded
        change = "ALTER TABLE {0} {1} TRIGGER USER, {1} ROW LEVEL SECURITY"
        off, on = ([change.format(table, way) for table in NOTED] for way in ("DISABLE", "ENABLE"))
        query = (
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({tables})"  # our own names
            " AND indexdef LIKE 'CREATE INDEX%%'"
        )
    else:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'member_changes%'"
        made = connection.exec_driver_sql(query).all()
        off, on = [f"DROP TRIGGER {name}" for name, _ in made], [sql for _, sql in made]
        query = (
            f"SELECT name, sql FROM sqlite_master WHERE tbl_name IN ({tables}) AND sql LIKE 'CREATE INDEX%'"
        )
    indexes = connection.exec_driver_sql(query).all()
    for statement in (*off, *(f"DROP INDEX {name}" for name, _ in indexes)):
        connection.exec_driver_sql(statement)
    yield
    for statement in (*on, *(sql for _, sql in indexes)):
        connection.exec_driver_sql(statement)


def pour(connection: Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Many rows into a table, the quick way of each database."""
    names = columns.split()
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # type: ignore[arg-type]  # an iterator will do
        return
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for rows_at_once in batched(rows):  # as text of our own making: the driver takes five times as long
            copy.write("".join("\t".join(map(as_text, row)) + "\n" for row in rows_at_once))


def batched(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    """A thousand at a time."""
    source = iter(rows)
    while some := list(islice(source, 1000)):
        yield some


def as_text(value: object) -> str:
    """A value of ours as COPY reads it; none of them has a tab, a backslash or a new line in it."""
    return r"\N" if value is None else str(value)


def member(number: int, collective: int, chance: random.Random) -> tuple[object, ...]:
    """A row of members; one in twenty is quiet, one in ten was never asked."""
    place = PLACES[number % len(PLACES)]
    latitude, longitude = spot(place)
    quiet = "2026-12-31" if chance.random() < 0.05 else None
    asked_at = NOW - timedelta(minutes=int(chance.random() * 500_000))
    asked = None if chance.random() < 0.1 else f"{asked_at:%Y-%m-%d %H:%M:%S.000000}"
    return (
        *(number, collective, 1, f"lid {number}", "nl", "active", False, False, "Al jaren bezig.", place),
        *(latitude, longitude, 80, "hybrid", 8500, number % 20, quiet, asked, "fitting"),
    )


@cache
def spot(place: str) -> tuple[float, float]:
    """Its latitude and longitude."""
    found = gazetteer.locate(place)
    assert found is not None
    return found.latitude, found.longitude


def words_of(number: int, collective: int, chance: random.Random) -> list[tuple[object, ...]]:
    """One or two roles and three skills."""
    picked = [("role", term) for term in chance.sample(terms("role"), 1 + number % 2)]
    picked += [("skill", term) for term in chance.sample(terms("skill"), 3)]
    return [(collective, number, kind, term, term) for kind, term in picked]


def period(number: int, collective: int) -> tuple[object, ...]:
    """Three in ten are full for the coming months, the others free."""
    is_full = number % 10 < 3
    hours = 0.0 if is_full else float(16 + number % 25)
    return (
        *(collective, number, "2026-11-01", "2027-06-30" if is_full else None),
        *("full" if is_full else "free", hours, "", "2026-11-15"),
    )
