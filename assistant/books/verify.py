"""Verify: every figure of the books is worked out again from the lines alone, and compared with what we say.

The lines are read once, in order. Nothing here uses how the books are written: only the lines, the reports of
turnover and the rules.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.books import deals as deal_books
from assistant.desk import Desk
from assistant.rules.credit import Contribution, pot_cents
from db import closings, deals, ledger, members
from db.closings import Closing
from db.ledger import COIN_KINDS, MEMBER_KINDS, Account, Balance, Line

Side = tuple[str, int | None]
_AT_MOST = 20  # problems of one check that are told


@dataclass
class Check:
    """One thing that must hold: what, of how many it was checked, and where it does not."""

    what: str
    checked: int = 0
    problems: list[str] = field(default_factory=list)

    def must(self, holds: bool, problem: str) -> None:  # noqa: FBT001 - reads as "must (this hold)"
        """Count one; keep the problem when it does not hold."""
        self.checked += 1
        if not holds:
            self.problems.append(problem)


@dataclass
class _Sums:
    """What the lines add up to."""

    posted: dict[Side, int] = field(default_factory=lambda: defaultdict(int))
    pending: dict[Side, int] = field(default_factory=lambda: defaultdict(int))
    deals: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    received: Counter[tuple[int, str]] = field(default_factory=Counter)  # by year and kind
    pot: Counter[int] = field(default_factory=Counter)  # what went into the pot, by year
    payouts: Counter[int] = field(default_factory=Counter)
    coins: Counter[int] = field(default_factory=Counter)


def verify(desk: Desk) -> list[Check]:
    """Work everything out again; each thing that was checked, with the problems found (at most twenty told of each)."""
    sums = _Sums()
    checks = [
        *_lines(desk, sums),
        _balances(desk, sums),
        _deals(desk, sums),
        _years(desk, sums),
        _limits(sums),
    ]
    for check in checks:
        more = len(check.problems) - _AT_MOST
        check.problems[_AT_MOST:] = [f"and {more} more"] if more > 0 else []
    return checks


# --- one pass over the lines ------------------------------------------------------------------------------------


def _lines(desk: Desk, sums: _Sums) -> list[Check]:
    shape = Check("lines move an amount above zero, in one currency, between two accounts of this collective")
    settled = Check("what was pending is confirmed or voided at most once, and exactly as it was")
    mended = Check("a correction moves as much or less, the other way, and names what it corrects")
    noted = Check("snapshots say what the lines before them add up to")
    closed = Check("no line was added to a year after it was closed")
    own: set[int | None] = {None, *(each.id for each in members.everyone(desk.session))}
    years = {each.year: each for each in closings.all_years(desk.session)}
    last_closed = max(years, default=0)
    waiting: dict[int, Line] = {}
    corrected: dict[int, Line] = {}
    snapshots = _snapshots(desk)
    upcoming = next(snapshots, None)
    for line in ledger.lines(desk.session):
        while upcoming is not None and upcoming[0] < line.id:
            _compare(noted, sums, *upcoming)
            upcoming = next(snapshots, None)
        shape.must(_well_formed(line, own), f"line {line.id}")
        if line.booked_on.year <= last_closed and line.booked_on.year in years:
            closed.must(line.made_at <= years[line.booked_on.year].closed_at, f"line {line.id}")
        if line.state == "pending":
            waiting[line.id] = line
        elif line.settles_id is not None:
            before = waiting.pop(line.settles_id, None)
            settled.must(before is not None and _same(before, line), f"line {line.id}")
        if line.corrects_id is not None:
            corrected[line.corrects_id] = line
        _add(sums, line)
    while upcoming is not None:
        _compare(noted, sums, *upcoming)
        upcoming = next(snapshots, None)
    for before in ledger.lines(desk.session, list(corrected)):
        mended.must(_mends(corrected.pop(before.id), before), f"line {before.id}")
    for number in corrected:
        mended.must(False, f"line {number} is not there")  # noqa: FBT003 - it does not hold
    return [shape, settled, mended, noted, closed]


def _well_formed(line: Line, own: set[int | None]) -> bool:
    return (
        line.amount > 0
        and (line.debit != line.credit or line.debit_member_id != line.credit_member_id)
        and (line.debit in COIN_KINDS) == (line.credit in COIN_KINDS)
        and (line.debit in MEMBER_KINDS) == (line.debit_member_id is not None)
        and (line.credit in MEMBER_KINDS) == (line.credit_member_id is not None)
        and line.debit_member_id in own
        and line.credit_member_id in own
    )


def _same(one: Line, other: Line) -> bool:
    return one[2:7] == other[2:7]  # both sides and the amount


def _mends(line: Line, before: Line) -> bool:
    there = (before.debit, before.debit_member_id, before.credit, before.credit_member_id)
    back = (line.credit, line.credit_member_id, line.debit, line.debit_member_id)
    return there == back and line.amount <= before.amount


def _add(sums: _Sums, line: Line) -> None:
    """Plain numbers: this is done a million times."""
    debit, credit, amount = (
        (line.debit, line.debit_member_id),
        (line.credit, line.credit_member_id),
        line.amount,
    )
    if line.state != "posted":
        waits = amount if line.state == "pending" else -amount
        sums.pending[debit] += waits
        sums.pending[credit] -= waits
        if line.state != "confirmed":
            return
    sums.posted[debit] += amount
    sums.posted[credit] -= amount
    year = line.booked_on.year
    if line.debit == "bank":
        sums.received[year, line.credit] += amount
    elif line.credit == "bank":
        sums.received[year, line.debit] -= amount
    if line.deal_id is not None and line.cause in ("report", "correction"):
        for place, kind in enumerate(("source_due", "contribution_due")):
            sums.deals[line.deal_id][place] += amount * ((line.debit == kind) - (line.credit == kind))
    if line.cause == "year end":
        sums.pot[year] += amount * (line.credit == "pot")
        sums.payouts[year] += amount * (line.debit == "pot")
        sums.coins[year] += amount * (line.debit == "coins_issued")


def _snapshots(desk: Desk) -> Iterator[tuple[int, Side, Balance]]:
    for row in ledger.snapshots(desk.session):
        yield row.through_id, (row.kind, row.member_id), Balance(row.posted, row.pending)


def _compare(check: Check, sums: _Sums, through_id: int, side: Side, said: Balance) -> None:
    found = Balance(sums.posted.get(side, 0), sums.pending.get(side, 0))
    check.must(found == said, f"{_named(side)} through line {through_id}")


# --- and what they add up to ------------------------------------------------------------------------------------


def _balances(desk: Desk, sums: _Sums) -> Check:
    check = Check("balances are what the lines add up to, and all of them together are zero")
    totals: Counter[bool] = Counter()
    for side in sorted({*sums.posted, *sums.pending}, key=str):
        found = Balance(sums.posted.get(side, 0), sums.pending.get(side, 0))
        said = ledger.balance(desk.session, Account(side[0], side[1]))  # type: ignore[arg-type]  # read from lines
        check.must(found == said, _named(side))
        totals[side[0] in COIN_KINDS] += found.posted
    check.must(not any(totals.values()), "the sum of all balances")
    return check


def _deals(desk: Desk, sums: _Sums) -> Check:
    check = Check("each deal is charged what its turnover asks, and never above its cap")
    rows = deals.everyone(desk.session)
    reports = deals.turnover_of(desk.session)
    by_deal: dict[int, list[deals.Turnover]] = defaultdict(list)
    for report in reports:
        by_deal[report.deal_id].append(report)
    groups: dict[int, list[deals.Deal]] = defaultdict(list)
    for deal in rows:
        groups[deal.cap_of_id or deal.id].append(deal)
    for group in groups.values():
        told = [report for deal in group for report in by_deal[deal.id]]
        for deal, owed in zip(group, deal_books.owed(group, told), strict=True):
            source, collective = sums.deals.pop(deal.id, [0, 0])
            check.must(Contribution(source, collective) == owed, f"deal {deal.id}")
    for deal_id in sums.deals:
        check.must(False, f"deal {deal_id} is not there")  # noqa: FBT003 - it does not hold
    return check


def _years(desk: Desk, sums: _Sums) -> Check:
    check = Check("each closed year shared its part of what came in, to the last cent")
    since, carried = date.min.year, 0
    for closing in closings.all_years(desk.session):
        kinds = ("contribution_due", "dues_due") if closing.with_dues else ("contribution_due",)
        came_in = sum(
            cents
            for (year, kind), cents in sums.received.items()
            if since <= year <= closing.year and kind in kinds
        )
        check.must(closing.received_cents == came_in + carried, f"{closing.year}: what came in")
        check.must(_shared(closing, sums), f"{closing.year}: the pot")
        since, carried = closing.year + 1, closing.carried_cents
    return check


def _shared(closing: Closing, sums: _Sums) -> bool:
    year = closing.year
    if closing.carried_cents or not closing.pot_cents:
        return (sums.pot[year], sums.payouts[year], closing.pot_cents) == (0, 0, 0)
    pot = pot_cents(closing.received_cents, closing.pot_percent)
    return (
        pot == closing.pot_cents == sums.pot[year] == sums.payouts[year]
        and sums.coins[year] == closing.coins > 0
    )


def _limits(sums: _Sums) -> Check:
    check = Check("the pot is never overdrawn, and nobody is paid more than their part of it")
    for (kind, member_id), amount in sums.posted.items():
        if kind in ("pot", "payout_due"):
            check.must(amount <= 0, _named((kind, member_id)))
    return check


def _named(side: Side) -> str:
    return side[0] if side[1] is None else f"{side[0]} of member {side[1]}"


def problems(checks: Sequence[Check]) -> int:
    """How many there are in all."""
    return sum(len(check.problems) for check in checks)
