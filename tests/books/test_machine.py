"""Anything may happen to the books, in any order, twice and half: every cent stays accounted for.

Hypothesis plays deals, reports, corrections, payments, dues, leavers, year ends, repeats and crashes. A model of
a few lines, which knows the rules of the mission and nothing of how they are kept, says what must come of it.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assistant.desk import Desk
from db import closings, ledger
from db import deals as deal_rows
from db.deals import Deal
from tests import postgres
from tests.books.treasury import Account, Books, coins, deals, dues, opened, payments, years
from tests.conftest import TEMPLATE

NAMES = ("anna", "mieke", "sanne", "bram", "joost")
WHO = st.sampled_from(NAMES)
AMOUNTS = st.one_of(st.integers(0, 4_000_000), st.sampled_from([0, 1, 7, 3_333_333, 3_333_334, 6_666_667]))
TIERS = st.sampled_from([500_000, 750_000, 1_000_000])
MONTHS = st.integers(1, 2)
ANY = st.integers(0, 10**6)


class CrashError(Exception):
    """The plug is pulled."""


class Machine(RuleBasedStateMachine):
    """One collective. `url` is a database of its own for each run."""

    make_url: Callable[[ExitStack], str]

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.turnover: dict[int, dict[date, int]] = {}
        self.tiers: dict[int, int | None] = {}
        self.number = 0

    @initialize(
        source=st.integers(0, 100),
        pot=st.sampled_from([0, 1, 33, 50, 100]),
        caps_per=st.sampled_from(["job", "client"]),
        dues_in_pot=st.booleans(),
        leaver=st.sampled_from(["keep", "lapse"]),
    )
    def begin(self, source: int, pot: int, caps_per: str, dues_in_pot: bool, leaver: str) -> None:
        policy = {
            "credit_source_percent": source,
            "credit_pot_percent": pot,
            "credit_caps_per": caps_per,
            "credit_dues_in_pot": dues_in_pot,
            "credit_leaver_coins": leaver,
        }
        self.books: Books = self.closing.enter_context(
            opened(type(self).make_url(self.closing), *NAMES, policy=policy)
        )
        self.an_ordinary_year()

    def an_ordinary_year(self) -> None:
        """Something of everything, so that no run is spent on getting there."""
        for who, cents, follow in (
            ("sanne", 3_333_334, False),
            ("bram", 4_000_001, False),
            ("sanne", 400_000, True),
        ):
            self.win(who, "mieke", follow, pick=0)
            number = max(self.turnover)
            self.pick_tier(len(self.turnover) - 1, 500_000, crash=False)
            self.report(len(self.turnover) - 1, 1, cents, crash=False)
            assert number == self._deal(len(self.turnover) - 1)
            self.pay(len(self.turnover) - 1, part=1.0, to_source=False, crash=False)
            self.answer(0, yes=True, crash=False)
        for number, who in enumerate(("mieke", "sanne", "bram"), 1):
            self.give_coins(who, number, pending=False, crash=False)

    def teardown(self) -> None:
        self.closing.close()

    # --- what members do, each time once, then half, then twice ---

    def _do(self, act: Callable[[Desk], object], crash: bool) -> None:
        """Do it; with a crash, it is done in vain first. Then again: what carries a key must change nothing."""
        if crash:
            with suppress(CrashError), self.books.desk() as desk:
                act(desk)
                raise CrashError
        with self.books.desk() as desk:
            act(desk)
        lines = self.books.count()
        with self.books.desk() as desk:
            act(desk)
        assert self.books.count() == lines

    def _key(self) -> str:
        self.number += 1
        return f"told:{self.number}"

    def _deal(self, pick: int) -> int:
        return sorted(self.turnover)[pick % len(self.turnover)]

    @rule(who=WHO, source=st.one_of(st.none(), WHO), follow=st.booleans(), pick=ANY)
    def win(self, who: str, source: str | None, follow: bool, pick: int) -> None:
        with self.books.desk() as desk:
            own = deal_rows.of_member(desk.session, self.books.ids[who])
            before = own[pick % len(own)] if follow and own else None
            made = deals.win(
                desk,
                deals.Won(
                    self.books.ids[who],
                    "werk",
                    source_id=self.books.ids[source] if source else None,
                    follows=before,
                ),
            )
            self.turnover[made.id], self.tiers[made.id] = {}, made.cap_cents

    @precondition(lambda self: self.turnover)
    @rule(pick=ANY, tier=TIERS, crash=st.booleans())
    def pick_tier(self, pick: int, tier: int, crash: bool) -> None:
        number = self._deal(pick)

        def act(desk: Desk) -> None:
            deal = desk.session.get_one(Deal, number)
            deals.pick_tier(desk, deal, tier, deal.member_id)

        self._do(act, crash)
        self.tiers[number] = tier

    @precondition(lambda self: self.turnover)
    @rule(pick=ANY, month=MONTHS, cents=AMOUNTS, crash=st.booleans())
    def report(self, pick: int, month: int, cents: int, crash: bool) -> None:
        number, first, key = self._deal(pick), date(self.books.today.year, month, 1), self._key()

        def act(desk: Desk) -> None:
            deal = desk.session.get_one(Deal, number)
            deals.report(desk, deal, key, cents, first, deal.member_id)

        self._do(act, crash)
        self.turnover[number][first] = cents

    @precondition(lambda self: self.turnover)
    @rule(pick=ANY, crash=st.booleans())
    def report_less_after_all(self, pick: int, crash: bool) -> None:
        told = self.turnover[self._deal(pick)]
        if told:
            month = max(told)
            self.report(pick, month.month, told[month] // 3, crash)

    @precondition(lambda self: self.turnover)
    @rule(pick=ANY, part=st.sampled_from([0.3, 1.0, 1.1]), to_source=st.booleans(), crash=st.booleans())
    def pay(self, pick: int, part: float, to_source: bool, crash: bool) -> None:
        number, key = self._deal(pick), self._key()
        with self.books.desk() as desk:
            stands = deals.standing(desk, [desk.session.get_one(Deal, number)])[0]
        both = (stands.owed, stands.paid, stands.waiting)
        owed, paid, waiting = (each.source_cents if to_source else each.collective_cents for each in both)
        cents = int(part * (owed - paid - waiting))

        def act(desk: Desk) -> None:
            deal = desk.session.get_one(Deal, number)
            pay = payments.to_source if to_source else payments.to_collective
            pay(desk, deal, key, cents, deal.member_id)

        with suppress(ValueError):  # nothing, or more than is open
            self._do(act, crash)

    @rule(who=WHO, cents=st.integers(1, 20_000), crash=st.booleans())
    def pay_dues(self, who: str, cents: int, crash: bool) -> None:
        key, member = self._key(), self.books.ids[who]
        with suppress(payments.TooMuchError):
            self._do(lambda desk: payments.of_dues(desk, member, key, cents, member), crash)

    @rule(pick=ANY, yes=st.booleans(), crash=st.booleans())
    def answer(self, pick: int, yes: bool, crash: bool) -> None:
        """Whoever received money, or checks a claim, says whether it is so."""
        with self.books.desk() as desk:
            waiting = [each.key for each in ledger.waiting(desk.session)]
        if not waiting:
            return

        def act(desk: Desk) -> None:
            entry = ledger.with_key(desk.session, waiting[pick % len(waiting)])
            assert entry is not None
            (payments.confirm if yes else payments.deny)(desk, entry, self.books.ids["anna"])

        self._do(act, crash)

    @rule(pick=ANY, crash=st.booleans())
    def take_back_payment(self, pick: int, crash: bool) -> None:
        with self.books.desk() as desk:
            counted = [
                each.key
                for each in ledger.of_year(desk.session)
                if each.cause == "payment" and each.state == "confirmed"
            ]
        if not counted:
            return

        def act(desk: Desk) -> None:
            entry = ledger.with_key(desk.session, counted[pick % len(counted)])
            assert entry is not None
            payments.take_back(desk, entry, self.books.ids["anna"], "vergissing")

        self._do(act, crash)

    @rule(who=WHO, subject=st.integers(1, 40), pending=st.booleans(), crash=st.booleans())
    def give_coins(self, who: str, subject: int, pending: bool, crash: bool) -> None:
        member = self.books.ids[who]
        act = "publicity" if pending else "newcomer"
        self._do(lambda desk: coins.give(desk, member, act, subject, pending=pending), crash)  # type: ignore[arg-type]

    @rule(subject=st.integers(1, 40), pending=st.booleans(), crash=st.booleans())
    def take_back_coins(self, subject: int, pending: bool, crash: bool) -> None:
        act = "publicity" if pending else "newcomer"
        self._do(lambda desk: coins.take_back(desk, act, subject), crash)  # type: ignore[arg-type]

    @rule(crash=st.booleans())
    def charge_dues(self, crash: bool) -> None:
        self._do(dues.charge, crash)

    @rule(who=st.sampled_from(NAMES[1:]), crash=st.booleans())
    def leave(self, who: str, crash: bool) -> None:
        def act(desk: Desk) -> None:
            member = desk.member(self.books.ids[who])
            dues.leave(desk, member)
            member.state = "left"

        self._do(act, crash)

    @rule(days=st.sampled_from([1, 40, 200, 370]))
    def wait(self, days: int) -> None:
        self.books.today += timedelta(days=days)

    @rule(crash=st.booleans())
    def end_year(self, crash: bool) -> None:
        with self.books.desk() as desk:
            year = years.to_close(desk)
            if year is None:
                return
            expected = years.preview(desk, year)
        self._do(lambda desk: years.close(desk, year, self.books.ids["anna"]), crash)
        with self.books.desk() as desk:
            done = years.preview(desk, year)
        assert done.result == expected.result
        assert sum(each.cents for each in done.result.payouts) == done.result.pot_cents

    @rule(who=WHO, crash=st.booleans())
    def pay_out(self, who: str, crash: bool) -> None:
        owed, key = -self.books.balance("payout_due", who), self._key()
        member = self.books.ids[who]
        if owed > 0:
            self._do(lambda desk: payments.of_payout(desk, member, key, owed, self.books.ids["anna"]), crash)

    # --- what must hold, whatever happened ---

    @invariant()
    def the_books_are_right(self) -> None:
        if hasattr(self, "books"):
            assert self.books.problems() == []

    @invariant()
    def contributions_are_those_of_the_mission(self) -> None:
        """15% of what was told, never above the cap; jobs under one cap together never above the highest."""
        if not hasattr(self, "books"):
            return
        with self.books.desk() as desk:
            rows = {each.id: each for each in deal_rows.everyone(desk.session)}
            stands = deals.standing(desk, list(rows.values()))
        groups: dict[int, list[deals.DealStanding]] = {}
        for each in stands:
            groups.setdefault(each.deal.cap_of_id or each.deal.id, []).append(each)
            asked = sum(self.turnover[each.deal.id].values()) * 15 // 100
            cap = self.tiers[each.deal.id] or 0
            own = each.deal.source_id == each.deal.member_id
            assert each.owed.total_cents <= (0 if own else min(asked, cap))
            if each.deal.cap_of_id is None and not own:
                assert each.owed.total_cents == min(asked, cap)
        for group in groups.values():
            caps = [self.tiers[each.deal.id] or 0 for each in group]
            assert sum(each.owed.total_cents for each in group) <= max(caps)

    @invariant()
    def members_and_collective_agree(self) -> None:
        """What everybody owes and is owed, with what is in the bank, is what was earned and shared."""
        if not hasattr(self, "books"):
            return
        with self.books.desk() as desk:
            session = desk.session
            sources = sum(each.posted for each in ledger.balances(session, "source_due").values())
            shares = sum(each.posted for each in ledger.balances(session, "source_share").values())
            held = sum(each.posted for each in ledger.balances(session, "coins").values())
            issued = ledger.balance(session, Account("coins_issued")).posted
            pot = ledger.balance(session, Account("pot")).posted
            shared = ledger.balance(session, Account("shared")).posted
            closed = closings.all_years(session)
        assert sources + shares == held + issued == pot == 0
        assert shared == sum(each.pot_cents for each in closed)


@pytest.fixture
def sqlite_machine(sqlite_template: Path) -> type[Machine]:
    def make(stack: ExitStack) -> str:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        return f"sqlite:///{shutil.copy(sqlite_template, folder / 'books.db')}"

    return type("OnSqlite", (Machine,), {"make_url": staticmethod(make)})


@pytest.fixture
def postgresql_machine(postgresql_server: postgres.Server) -> type[Machine]:
    numbers = iter(range(10**6))

    def make(stack: ExitStack) -> str:
        name = f"machine_{next(numbers)}"
        stack.callback(postgresql_server.drop, name)
        return postgresql_server.create(name, template=TEMPLATE)

    return type("OnPostgresql", (Machine,), {"make_url": staticmethod(make)})


def test_anything_may_happen_on_sqlite(sqlite_machine: type[Machine]) -> None:
    play(sqlite_machine, examples=12, steps=30)


def test_anything_may_happen_on_postgresql(postgresql_machine: type[Machine]) -> None:
    play(postgresql_machine, examples=3, steps=25)


def play(machine: type[Machine], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
