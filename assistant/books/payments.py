"""Payments in the books: somebody says that money went over, and whoever received it confirms.

Seintje never holds money: a member pays the source straight, and the collective on its bank account. Until the
receiver says so a payment is pending and counts for nothing.
"""

from assistant.books import deals
from assistant.desk import Desk
from db import ledger
from db.deals import Deal
from db.ledger import Account, Entry, Transfer


class TooMuchError(ValueError):
    """More than is owed: perhaps a typing error. `open_cents` is what may still be paid."""

    def __init__(self, open_cents: int) -> None:
        self.open_cents = open_cents
        super().__init__("more than is owed")


def to_collective(desk: Desk, deal: Deal, key: str, cents: int, by_id: int) -> Entry | None:
    """The member says to have paid the collective's part on a deal; the treasurer is to confirm it.

    Returns the pending line; None for a repeat. Raises TooMuchError.
    """
    if _repeats(desk, key):
        return None
    now = deals.standing(desk, [deal])[0]
    _check(cents, now.owed.collective_cents - now.paid.collective_cents - now.waiting.collective_cents)
    due = Account("contribution_due", deal.member_id)
    return _pending(desk, Transfer(key, "payment", Account("bank"), due, cents, deal.id, by_id, pending=True))


def to_source(desk: Desk, deal: Deal, key: str, cents: int, by_id: int) -> Entry | None:
    """The member says to have paid who passed the work on, who is to confirm it.

    Returns the pending line; None for a repeat. Raises TooMuchError.
    """
    if _repeats(desk, key):
        return None
    now = deals.standing(desk, [deal])[0]
    _check(cents, now.owed.source_cents - now.paid.source_cents - now.waiting.source_cents)
    due, share = Account("source_due", deal.member_id), Account("source_share", deal.source_id)
    return _pending(desk, Transfer(key, "payment", share, due, cents, deal.id, by_id, pending=True))


def of_dues(desk: Desk, member_id: int, key: str, cents: int, by_id: int) -> Entry | None:
    """The member says to have paid dues; the treasurer is to confirm it.

    Returns the pending line; None for a repeat. Raises TooMuchError.
    """
    if _repeats(desk, key):
        return None
    due = Account("dues_due", member_id)
    now = ledger.balance(desk.session, due)
    _check(cents, now.posted + now.pending)  # what waits counts as credit already
    return _pending(desk, Transfer(key, "payment", Account("bank"), due, cents, by_id=by_id, pending=True))


def of_payout(desk: Desk, member_id: int, key: str, cents: int, by_id: int) -> Entry | None:
    """The treasurer paid a member's share of the pot: final at once. None for a repeat. Raises TooMuchError."""
    if _repeats(desk, key):
        return None
    due = Account("payout_due", member_id)
    _check(cents, -ledger.balance(desk.session, due).posted)
    return _pending(desk, Transfer(key, "payment", due, Account("bank"), cents, by_id=by_id))


def confirm(desk: Desk, entry: Entry, by_id: int) -> bool:
    """The receiver has it; False when that, or the opposite, was said before."""
    return ledger.confirm(desk.session, entry, desk.today, desk.now, by_id) is not None


def deny(desk: Desk, entry: Entry, by_id: int) -> bool:
    """The receiver does not have it; False when that, or the opposite, was said before."""
    return ledger.void(desk.session, entry, desk.today, desk.now, by_id) is not None


def take_back(desk: Desk, entry: Entry, by_id: int, why: str) -> Entry | None:
    """A confirmed payment was none after all: the same line the other way, today. None when that was done before.

    Raises ValueError for a line that is no payment, or does not count.
    """
    if entry.cause != "payment" or entry.state not in ("posted", "confirmed") or entry.corrects_id:
        raise ValueError("only a payment that counts can be taken back")
    back = Transfer(
        f"{entry.key}/back",
        "payment",
        entry.from_account,
        entry.to_account,
        entry.amount,
        entry.deal_id,
        by_id,
        why,
        corrects_id=entry.id,
    )
    return _pending(desk, back)


def waive(desk: Desk, due: Account, key: str, cents: int, by_id: int, why: str) -> Entry | None:
    """The collective gives up dues that it will not get; None for a repeat.

    Raises TooMuchError, and ValueError for anything but dues.
    """
    if due.kind != "dues_due":
        raise ValueError("only dues are waived")
    if _repeats(desk, key):
        return None
    now = ledger.balance(desk.session, due)
    _check(cents, now.posted + now.pending)
    return _pending(desk, Transfer(key, "correction", Account("waived"), due, cents, by_id=by_id, why=why))


def _repeats(desk: Desk, key: str) -> bool:
    return ledger.with_key(desk.session, key) is not None


def _check(cents: int, open_cents: int) -> None:
    if cents <= 0:
        raise ValueError("a payment is above zero")
    if cents > open_cents:
        raise TooMuchError(max(open_cents, 0))


def _pending(desk: Desk, transfer: Transfer) -> Entry | None:
    return next(iter(ledger.book(desk.session, [transfer], desk.today, desk.now)), None)
