"""The year end in the books: the pot is shared by coins, once, and the year takes no more lines (mission row A12)."""

from dataclasses import dataclass
from datetime import date

from assistant.desk import Desk
from assistant.rules import credit
from assistant.rules.credit import Payout, YearEnd
from db import closings, ledger
from db.closings import Closing
from db.ledger import Account, Transfer


@dataclass(frozen=True, slots=True)
class Preview:
    """What a year end would do, and what it would leave out: payments that nobody confirmed, in whole cents."""

    year: int
    result: YearEnd
    unconfirmed_cents: int
    is_closed: bool


class NotOverError(ValueError):
    """A year is closed when it is over."""


class EarlierOpenError(ValueError):
    """An earlier year comes first: `year`."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year} is still open")


def to_close(desk: Desk) -> int | None:
    """The first year that is over and not closed; None when there is none with anything in it."""
    last = closings.last(desk.session)
    first = ledger.first_day(desk.session, None if last is None else date(last.year, 12, 31))
    return first.year if first is not None and first.year < desk.today.year else None


def pot_now(desk: Desk) -> YearEnd:
    """What is in the pot today, and over how many coins: totals that everybody may know."""
    return _computed(desk, desk.today)


def preview(desk: Desk, year: int) -> Preview:
    """What closing this year would do, or did. Changes nothing. Raises NotOverError, EarlierOpenError."""
    closing = closings.of_year(desk.session, year)
    if closing is not None:
        return Preview(year, _done(desk, closing), 0, is_closed=True)
    if year >= desk.today.year:
        raise NotOverError(year)
    first = to_close(desk)
    if first is not None and first < year:
        raise EarlierOpenError(first)
    unconfirmed = sum(each.amount for each in ledger.waiting(desk.session) if each.debit == "bank")
    return Preview(year, _computed(desk, date(year, 12, 31)), unconfirmed, is_closed=False)


def close(desk: Desk, year: int, by_id: int) -> Preview:
    """Share the pot and close the year; of a closed year, say again what was done. Raises as `preview` does."""
    found = preview(desk, year)
    if found.is_closed:
        return found
    ledger.book(desk.session, _lines(year, found.result, by_id), date(year, 12, 31), desk.now)
    desk.session.add(
        Closing(
            year=year,
            received_cents=found.result.received_cents,
            pot_percent=found.result.pot_percent,
            pot_cents=found.result.pot_cents,
            coins=found.result.coins,
            carried_cents=found.result.carried_cents,
            with_dues=desk.policy.credit.dues_in_pot,
            closed_at=desk.now,
            by_id=by_id,
        )
    )
    desk.session.flush()
    return Preview(year, found.result, found.unconfirmed_cents, is_closed=True)


def received_cents(desk: Desk, since: date | None, until: date, *, with_dues: bool) -> int:
    """What the collective received between two days: contributions, and dues where those count too (list F7)."""
    kinds: tuple[ledger.Kind, ...] = ("contribution_due", "dues_due") if with_dues else ("contribution_due",)
    return sum(ledger.flow(desk.session, "bank", kind, until, since) for kind in kinds)


def _computed(desk: Desk, until: date) -> YearEnd:
    policy, last = desk.policy.credit, closings.last(desk.session)
    since = None if last is None else date(last.year + 1, 1, 1)
    received = received_cents(desk, since, until, with_dues=policy.dues_in_pot)
    coins = {each: held.posted for each, held in ledger.balances(desk.session, "coins", until).items()}
    return credit.year_end(received + (last.carried_cents if last else 0), policy.pot_percent, coins)


def _lines(year: int, result: YearEnd, by_id: int) -> list[Transfer]:
    if result.pot_cents == 0:
        return []
    pot, start = Account("pot"), f"yearend:{year}"
    lines = [Transfer(f"{start}:pot", "year end", Account("shared"), pot, result.pot_cents, by_id=by_id)]
    for each in result.payouts:
        due, coins = Account("payout_due", each.member_id), Account("coins", each.member_id)
        if each.cents:
            lines.append(
                Transfer(f"{start}:payout:{each.member_id}", "year end", pot, due, each.cents, by_id=by_id)
            )
        lines.append(
            Transfer(
                f"{start}:coins:{each.member_id}",
                "year end",
                Account("coins_issued"),
                coins,
                each.coins,
                by_id=by_id,
            )
        )
    return lines


def _done(desk: Desk, closing: Closing) -> YearEnd:
    """What a closed year shared, read back from its lines."""
    start = f"yearend:{closing.year}:"
    cents: dict[int, int] = {}
    coins: dict[int, int] = {}
    for line in ledger.with_keys_like(desk.session, start):
        if line.debit == "pot" and line.credit_member_id is not None:
            cents[line.credit_member_id] = line.amount
        elif line.debit == "coins_issued" and line.credit_member_id is not None:
            coins[line.credit_member_id] = line.amount
    payouts = tuple(Payout(each, held, cents.get(each, 0)) for each, held in sorted(coins.items()))
    return YearEnd(
        closing.received_cents,
        closing.pot_percent,
        closing.pot_cents,
        closing.coins,
        payouts,
        closing.carried_cents,
    )
