"""What a statement says, worked out from the books: values only, so that a page has nothing left to compute."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.books import dues, years
from assistant.books.deals import DealStanding
from assistant.desk import Desk
from assistant.statements.texts import Language
from db import closings, ledger, members
from db import deals as deal_rows
from db.ledger import COIN_KINDS, Entry
from db.members import Member


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the books as somebody reads it. `amount` is whole cents, or coins; below zero what was taken back."""

    day: date
    cause: str
    account: str
    deal: str | None
    amount: int
    is_coins: bool
    state: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A member's year, in whole cents. `months` is the turnover of January to December, as far as it was told so.

    `contribution`, `paid`, `from_leads` and `payout` are of this year; `deals`, `coins` and `open_cents` as of today.
    """

    language: Language
    collective: str
    member: str
    year: int
    today: date
    joined_on: date | None
    deals: tuple[DealStanding, ...]
    months: tuple[int, ...]
    contribution: int
    paid: int
    from_leads: int
    payout: int
    coins: int
    open_cents: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """How one member stands with the collective, whole cents and coins."""

    name: str
    has_left: bool
    contribution_open: int
    dues_open: int
    waiting: int
    coins: int
    payout_open: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The year of a collective, whole cents. `received` is (contributions, dues) of each month.

    `pot` is what was shared, or would be today.
    """

    language: Language
    collective: str
    year: int
    today: date
    closed_on: date | None
    received: tuple[tuple[int, int], ...]
    pot: int
    coins: int
    paid_out: int
    waiting: int
    members: tuple[MemberRow, ...]


OWED_TO_MEMBER = ("source_share", "payout_due")  # a line in favour of the member is a credit there

_NOTHING = MemberRow("", has_left=True, contribution_open=0, dues_open=0, waiting=0, coins=0, payout_open=0)


def statement(desk: Desk, member: Member, year: int) -> Statement:
    """One member's year, as that member may read it."""
    entries = ledger.of_member(desk.session, member.id, year)
    own = deal_rows.of_member(desk.session, member.id)
    stands = dues.standing(desk, member.id)
    told = deal_rows.turnover_of(desk.session, [deal.id for deal in own])
    titles = {deal.id: deal.title for deal in (*own, *deal_rows.of_source(desk.session, member.id))}
    waiting = {each.id for each in ledger.waiting(desk.session)}
    months: Counter[int] = Counter()
    for report in told:
        if report.month is not None and report.month.year == year:
            months[report.month.month] += report.amount_cents
    return Statement(
        language="en" if member.language == "en" else "nl",
        collective=desk.collective.name,
        member=member.name,
        year=year,
        today=desk.today,
        joined_on=None if member.joined_at is None else member.joined_at.date(),
        deals=tuple(each for each in stands.deals if _is_of(each, year, entries)),
        months=tuple(months[month] for month in range(1, 13)),
        contribution=_sum(entries, member.id, ("contribution_due", "source_due"), ("report", "correction")),
        paid=-_sum(entries, member.id, ("contribution_due", "source_due", "dues_due"), ("payment",)),
        from_leads=-_sum(entries, member.id, ("source_share",), ("report", "correction")),
        payout=-_sum(entries, member.id, ("payout_due",), ("year end",)),
        coins=stands.coins.posted,
        open_cents=stands.open_cents,
        lines=tuple(
            _line(each, member.id, titles)
            for each in entries
            if each.state in ("posted", "confirmed") or each.id in waiting
        ),
    )


def overview(desk: Desk, year: int) -> Overview:
    """The year of a collective, for who keeps the money: names and amounts of members, no turnover and no rates."""
    closing = closings.of_year(desk.session, year)
    pot = years.preview(desk, year).result if closing is not None else years.pot_now(desk)
    received = [[0, 0] for _ in range(12)]
    paid_out = 0
    for entry in ledger.of_year(desk.session, year):
        came_in = ledger.effect(entry.state, entry.amount).posted * (
            (entry.debit == "bank") - (entry.credit == "bank")
        )
        other = entry.credit if entry.debit == "bank" else entry.debit
        if other in ("contribution_due", "dues_due"):
            received[entry.booked_on.month - 1][other == "dues_due"] += came_in
        elif other == "payout_due":
            paid_out -= came_in
    waiting = [each for each in ledger.waiting(desk.session) if each.debit == "bank"]
    return Overview(
        language="en" if desk.collective.language == "en" else "nl",
        collective=desk.collective.name,
        year=year,
        today=desk.today,
        closed_on=None if closing is None else closing.closed_at.date(),
        received=tuple((one, other) for one, other in received),
        pot=pot.pot_cents,
        coins=pot.coins,
        paid_out=paid_out,
        waiting=sum(each.amount for each in waiting),
        members=tuple(_member_rows(desk, waiting)),
    )


def _member_rows(desk: Desk, waiting: Sequence[Entry]) -> list[MemberRow]:
    session = desk.session
    contribution, owed, payout, coins = (
        ledger.balances(session, kind) for kind in ("contribution_due", "dues_due", "payout_due", "coins")
    )
    none = ledger.Balance()
    rows = [
        MemberRow(
            each.name,
            each.state == "left",
            contribution.get(each.id, none).posted,
            owed.get(each.id, none).posted,
            sum(line.amount for line in waiting if line.credit_member_id == each.id),
            coins.get(each.id, none).posted,
            -payout.get(each.id, none).posted,
        )
        for each in members.everyone(session)
        if each.state != "joining"
    ]
    ordered = sorted(rows, key=lambda row: (row.has_left, row.name.casefold()))
    return [row for row in ordered if not row.has_left or row != replace(_NOTHING, name=row.name)]


def _is_of(stands: DealStanding, year: int, entries: Sequence[Entry]) -> bool:
    """Whether a deal belongs in the statement of a year: won, running or booked on in it."""
    deal = stands.deal
    over = deal.ended_on is not None and deal.ended_on.year < year
    return (deal.won_on.year <= year and not over) or any(each.deal_id == deal.id for each in entries)


def _sum(entries: Sequence[Entry], member_id: int, kinds: Sequence[str], causes: Sequence[str]) -> int:
    return sum(
        ledger.effect(each.state, each.amount).posted
        * (
            (each.debit in kinds and each.debit_member_id == member_id)
            - (each.credit in kinds and each.credit_member_id == member_id)
        )
        for each in entries
        if each.cause in causes
    )


def _line(entry: Entry, member_id: int, titles: dict[int, str]) -> Line:
    own_debit = entry.debit_member_id == member_id
    account = entry.debit if own_debit else entry.credit
    return Line(
        entry.booked_on,
        entry.cause,
        account,
        titles.get(entry.deal_id or 0),
        -entry.amount if _is_back(entry, account, own_debit=own_debit) else entry.amount,
        account in COIN_KINDS,
        entry.state,
    )


def _is_back(entry: Entry, account: str, *, own_debit: bool) -> bool:
    """Whether a line takes back what an earlier one gave: it then goes the other way and is written with a minus."""
    if entry.cause != "correction" and entry.corrects_id is None:
        return False
    is_debit_usual = (account not in OWED_TO_MEMBER) != (entry.cause == "payment")
    return own_debit != is_debit_usual
