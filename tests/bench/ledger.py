"""The books: a year end of two hundred members, and what a balance and a check of everything cost after a million lines."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import insert

from assistant.books import coins, deals, dues, payments, years
from assistant.books.verify import problems, verify
from assistant.desk import Desk
from db import ledger
from db.base import Base
from db.ledger import SNAPSHOT_EVERY, Account
from db.members import Member
from tests.bench.measure import Figures, milliseconds, percentile
from tests.books.treasury import Books, opened
from tests.databases import ENGINES, migrated

MEMBERS = 200
LINES = 1_000_000 + SNAPSHOT_EVERY - 1  # as far from the last snapshot as it gets
NAMES = [f"lid {number}" for number in range(MEMBERS)]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def measure() -> Figures:
    """Figures of both engines; every commit is durable."""
    figures: Figures = {}
    for engine in ENGINES:
        with migrated(engine) as url, opened(url, *NAMES) as books:
            a_year(books)
            books.today = date(2027, 1, 8)
            taken = milliseconds(lambda _: preview(books), range(30))
            figures[f"ledger.{engine}.yearend_ms"] = percentile(taken, 99)
        with migrated(engine) as url, opened(url, *NAMES) as books:
            figures |= million(books, engine)
    return figures


def a_year(books: Books) -> None:
    """About 2,000 lines: dues, work passed on and paid for, coins."""
    numbers = random.Random(1)
    members = list(books.ids.values())
    for month in (2, 5, 8, 11):
        books.today = date(2026, month, 1)
        with books.desk() as desk:
            dues.charge(desk)
    with books.desk() as desk:
        for number, member in enumerate(members):
            coins.give(desk, member, "talks", number)
            deal = deals.win(desk, deals.Won(member, "werk", source_id=numbers.choice(members)))
            deals.pick_tier(desk, deal, numbers.choice(desk.policy.credit.tiers), member)
            stands = deals.report(desk, deal, f"told:{number}", numbers.randint(1, 9_000_000), None, member)
            if stands.owed.collective_cents:
                paid = payments.to_collective(
                    desk, deal, f"paid:{number}", stands.owed.collective_cents, member
                )
                assert paid is not None
                payments.confirm(desk, paid, members[0])
        print(f"{'lines of the year':32}{sum(1 for _ in ledger.lines(desk.session)):12}")


def preview(books: Books) -> None:
    """As a treasurer asks for it: a transaction of its own."""
    with books.desk() as desk:
        assert years.preview(desk, 2026).result.payouts


def million(books: Books, engine: str) -> Figures:
    """Balances of the accounts that have most lines and of members, and one check of everything."""
    members = list(books.ids.values())
    with books.desk() as desk:
        fill(desk, members)
    if engine == "postgresql":  # which its autovacuum does by itself, within a minute or so of such a load
        with books.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    accounts = [Account("bank"), Account("dues"), *(Account("dues_due", each) for each in members)]

    with books.desk() as desk:
        session = desk.session
        milliseconds(lambda account: ledger.balance(session, account), accounts[:20])
        taken = milliseconds(lambda account: ledger.balance(session, account), accounts * 3)
        begun = time.perf_counter()
        wrong = problems(verify(desk))
        seconds = time.perf_counter() - begun
    assert wrong == 0
    return {f"ledger.{engine}.balance_ms": percentile(taken, 99), f"ledger.{engine}.verify_s": seconds}


def fill(desk: Desk, members: list[int]) -> None:
    """Dues charged and paid, with the snapshots that booking one by one would have made."""
    table = Base.metadata.tables["ledger_entries"]
    connection = desk.session.connection()
    owner = desk.session.get_one(Member, members[0]).collective_id
    batch: list[dict[str, object]] = []
    for number, (debit, credit) in enumerate(moves(members), 1):
        batch.append(
            {
                "id": number,
                "collective_id": owner,
                "key": f"line:{number}",
                "cause": "dues" if credit.kind == "dues" else "payment",
                "state": "posted",
                "debit": debit.kind,
                "debit_member_id": debit.member_id,
                "credit": credit.kind,
                "credit_member_id": credit.member_id,
                "amount": 5000,
                "booked_on": NOW.date(),
                "made_at": NOW,
            }
        )
        if number % SNAPSHOT_EVERY == 0 or number == LINES:
            connection.execute(insert(table), batch)
            batch.clear()
        if number % SNAPSHOT_EVERY == 0:
            ledger.snapshot(desk.session, debit, number)
            ledger.snapshot(desk.session, credit, number)


def moves(members: list[int]) -> Iterator[tuple[Account, Account]]:
    """To and from of each line."""
    numbers = random.Random(2)
    for _ in range(LINES):
        due = Account("dues_due", numbers.choice(members))
        yield numbers.choice(((due, Account("dues")), (Account("bank"), due)))
