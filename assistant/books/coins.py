"""Coins in the books: what somebody did for the collective, beside work (mission row A11)."""

from assistant.desk import Desk
from assistant.rules.credit import CoinAct
from db import ledger
from db.ledger import Account, Entry, Transfer


def key_of(act: CoinAct, subject: int | str) -> str:
    """What an act is known by: a newcomer's id, an introduction's id, the address of an article."""
    return f"coins:{act}:{subject}"


def give(
    desk: Desk,
    member_id: int,
    act: CoinAct,
    subject: int | str,
    *,
    by_id: int | None = None,
    pending: bool = False,
    why: str | None = None,
) -> Entry | None:
    """Coins for an act; `pending` until a coordinator confirms. None for a repeat, or when the act earns none."""
    key, amount = key_of(act, subject), desk.policy.credit.coins(act)
    if amount == 0 or ledger.with_key(desk.session, key) is not None:
        return None
    line = Transfer(
        key,
        "coins",
        Account("coins", member_id),
        Account("coins_issued"),
        amount,
        by_id=by_id,
        why=why,
        pending=pending,
    )
    return ledger.book(desk.session, [line], desk.today, desk.now)[0]


def take_back(desk: Desk, act: CoinAct, subject: int | str, by_id: int | None = None) -> Entry | None:
    """The act does not count after all, such as talks that led to work (A3 applies then); None when it never did."""
    given = ledger.with_key(desk.session, key_of(act, subject))
    if given is None or ledger.with_key(desk.session, f"{given.key}/back") is not None:
        return None
    if given.state == "pending":
        voided = ledger.void(desk.session, given, desk.today, desk.now, by_id)
        if voided is not None or ledger.with_key(desk.session, f"{given.key}/voided") is not None:
            return voided
    back = Transfer(
        f"{given.key}/back",
        "coins",
        given.from_account,
        given.to_account,
        given.amount,
        by_id=by_id,
        corrects_id=given.id,
    )
    return ledger.book(desk.session, [back], desk.today, desk.now)[0]


def settle(desk: Desk, entry: Entry, *, granted: bool, by_id: int) -> bool:
    """A coordinator's word on an act that waits; False when it, or the opposite, was said before."""
    say = ledger.confirm if granted else ledger.void
    return say(desk.session, entry, desk.today, desk.now, by_id) is not None


def held(desk: Desk, member_id: int) -> ledger.Balance:
    """The coins of a member that no pot was shared over yet, and those waiting to be confirmed."""
    return ledger.balance(desk.session, Account("coins", member_id))
