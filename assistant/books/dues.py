"""Dues in the books: an entrance fee, then the same amount every quarter (mission row A17); and leaving (A18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from assistant.books import deals
from assistant.books.deals import DealStanding
from assistant.desk import Desk
from assistant.rules.credit import quarter_of, quarters_due
from db import deals as deal_rows
from db import ledger, members
from db.ledger import Account, Balance, Entry, Transfer
from db.members import Member


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands, whole cents and coins. `dues` is owed by the member; the rest is theirs.

    `source_share` is what others are to pay them for work they passed on, `payout` their part of pots that were shared.
    """

    deals: tuple[DealStanding, ...]
    dues: Balance
    source_share: Balance
    payout: Balance
    coins: Balance

    @property
    def open_cents(self) -> int:
        """What the member still has to pay: on deals and in dues."""
        return sum(each.open_cents for each in self.deals) + self.dues.posted


def charge(desk: Desk, who: Sequence[Member] | None = None) -> list[Entry]:
    """Book the dues that began since the last time, for these or for every active member; the new lines."""
    since = _began(desk)
    transfers: list[Transfer] = []
    for member in members.active(desk.session) if who is None else who:
        transfers += _owed_by(desk, member, since)
    return ledger.book(desk.session, transfers, desk.today, desk.now)


def standing(desk: Desk, member_id: int) -> Standing:
    """Everything a member has to pay, to receive and holds."""
    own = deal_rows.of_member(desk.session, member_id)
    due, share, payout, coins = (
        ledger.balance(desk.session, Account(kind, member_id))
        for kind in ("dues_due", "source_share", "payout_due", "coins")
    )
    return Standing(
        tuple(deals.standing(desk, own)),
        due,
        Balance(-share.posted, -share.pending),
        Balance(-payout.posted, -payout.pending),
        coins,
    )


def leave(desk: Desk, member: Member) -> Standing:
    """Settle what is open when somebody leaves, and say how they stand; every line stays (mission row A18).

    Claims that nobody confirmed are void. Coins stay or lapse, as the collective has set (list F6). What is owed
    stays owed, running deals included; dues are charged no further.
    """
    for entry in ledger.waiting(desk.session):
        if entry.cause == "coins" and entry.debit_member_id == member.id:
            ledger.void(desk.session, entry, desk.today, desk.now, member.id)
    if desk.policy.credit.leaver_coins == "lapse":
        _lapse(desk, member)
    return standing(desk, member.id)


def _began(desk: Desk) -> tuple[int, int]:
    """The first quarter (year, quarter) for which this collective charged dues; this one when it never did.

    Who was a member before that owes nothing for the time before, nor an entrance fee.
    """
    first = ledger.first_of(desk.session, "dues", but=":entry")
    if first is None:
        return quarter_of(desk.today)
    year, quarter = first.key.rsplit(":", 1)[1].split("Q")
    return int(year), int(quarter)


def _owed_by(desk: Desk, member: Member, since: tuple[int, int]) -> list[Transfer]:
    policy = desk.policy.credit
    if member.joined_at is None:
        return []
    joined_on = member.joined_at.astimezone(ZoneInfo(desk.collective.zone)).date()
    quarters = [each for each in quarters_due(joined_on, desk.today) if each >= since]
    amounts = {f"dues:{member.id}:{year}Q{quarter}": policy.dues_cents for year, quarter in quarters}
    if quarter_of(joined_on) >= since:
        amounts = {f"dues:{member.id}:entry": policy.entry_cents} | amounts
    charged = {row.key for row in ledger.with_keys_like(desk.session, f"dues:{member.id}:")}
    return [
        Transfer(key, "dues", Account("dues_due", member.id), Account("dues"), cents)
        for key, cents in amounts.items()
        if cents > 0 and key not in charged  # what was charged under other settings stays as it was
    ]


def _lapse(desk: Desk, member: Member) -> None:
    held = ledger.balance(desk.session, Account("coins", member.id)).posted
    if held > 0:
        key = f"coins:lapsed:{member.id}:{desk.today}"
        line = Transfer(key, "coins", Account("coins_issued"), Account("coins", member.id), held)
        ledger.book(desk.session, [line], desk.today, desk.now)
