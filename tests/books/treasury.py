"""A collective whose books are kept in a test: members by name, days that pass, and amounts in euros."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from assistant.books import coins, deals, dues, payments, years
from assistant.books.verify import verify
from assistant.desk import Desk
from db import Engine, ledger, open_database
from db.accounts import Person
from db.collectives import Collective
from db.deals import Deal
from db.ledger import Account, Balance
from db.members import Member
from db.session import in_collective, narrow, transaction

__all__ = ["Account", "Balance", "Books", "coins", "deals", "dues", "euros", "opened", "payments", "years"]

NUMBERS = count(1)


def euros(amount: float) -> int:
    """Whole cents."""
    return round(amount * 100)


@dataclass
class Books:
    """The books of one collective. Each call of `desk` is a transaction of its own."""

    engine: Engine
    collective_id: int
    ids: dict[str, int]
    today: date = date(2026, 3, 2)
    won: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Today's desk; what raises is not kept."""
        now = datetime.combine(self.today, time(9), UTC)
        with in_collective(self.engine, self.collective_id) as session:
            yield Desk(session, session.get_one(Collective, self.collective_id), now)

    def wins(self, who: str, title: str = "werk", **known: Any) -> str:
        """Somebody wins work; Mieke passed it on unless `source_id` says otherwise."""
        known = {"source_id": self.ids["mieke"]} | known
        with self.desk() as desk:
            if "follows" in known:
                known["follows"] = desk.session.get_one(Deal, self.won[known["follows"]])
            self.won[title] = deals.win(desk, deals.Won(self.ids[who], title, **known)).id
        return title

    def picks(self, title: str, tier: int) -> deals.DealStanding:
        """A tier, in euros."""
        with self.desk() as desk:
            deal = desk.session.get_one(Deal, self.won[title])
            return deals.pick_tier(desk, deal, euros(tier), deal.member_id)

    def reports(
        self, title: str, amount: float, month: str | None = None, key: str | None = None
    ) -> deals.DealStanding:
        """Turnover in euros, of a month such as 2026-03 or of the whole job."""
        with self.desk() as desk:
            deal = desk.session.get_one(Deal, self.won[title])
            first = None if month is None else date.fromisoformat(f"{month}-01")
            return deals.report(
                desk, deal, key or f"told:{next(NUMBERS)}", euros(amount), first, deal.member_id
            )

    def pays(self, title: str, amount: float, to: str = "collective", *, confirmed: bool = True) -> None:
        """A payment on a deal, in euros, confirmed at once."""
        with self.desk() as desk:
            deal = desk.session.get_one(Deal, self.won[title])
            pay = payments.to_collective if to == "collective" else payments.to_source
            entry = pay(desk, deal, f"paid:{next(NUMBERS)}", euros(amount), deal.member_id)
            if confirmed and entry is not None:
                assert payments.confirm(desk, entry, self.ids["anna"])

    def stands(self, title: str) -> deals.DealStanding:
        """How a deal stands."""
        with self.desk() as desk:
            return deals.standing(desk, [desk.session.get_one(Deal, self.won[title])])[0]

    def balance(self, kind: ledger.Kind, who: str | None = None) -> int:
        """What stands on an account, in cents or coins."""
        with self.desk() as desk:
            return ledger.balance(desk.session, Account(kind, self.ids[who] if who else None)).posted

    def count(self) -> int:
        """How many lines there are."""
        with self.desk() as desk:
            return sum(1 for _ in ledger.lines(desk.session))

    def problems(self) -> list[str]:
        """What `verify` has to say; nothing is right."""
        with self.desk() as desk:
            return [f"{check.what}: {each}" for check in verify(desk) for each in check.problems]


@contextmanager
def opened(
    url: str, *names: str, policy: dict[str, Any] | None = None, joined: date = date(2026, 1, 5)
) -> Iterator[Books]:
    """A collective of Anna, who keeps the money, Mieke, Sanne and Bram, or of others."""
    engine = open_database(url)
    with transaction(engine) as session:
        collective = Collective(name="Noord", language="nl", zone="Europe/Amsterdam", policy=policy or {})
        session.add(collective)
        session.flush()
        narrow(session, collective.id)
        ids = {}
        for name in names or ("anna", "mieke", "sanne", "bram"):
            person = Person(name=name.title())
            session.add(person)
            session.flush()
            member = Member(
                person_id=person.id,
                name=name.title(),
                language="nl",
                state="active",
                is_coordinator=name == "anna",
                is_treasurer=name == "anna",
                joined_at=datetime.combine(joined, time(9), UTC),
            )
            session.add(member)
            session.flush()
            ids[name] = member.id
    try:
        yield Books(engine, collective.id, ids)
    finally:
        engine.dispose()
