"""Dues in chat: asked of each member privately, once reminded, told to be paid and confirmed (mission row A17)."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant import rights
from assistant.books import dues as books
from assistant.books import payments
from assistant.desk import Desk
from assistant.due import due_now
from assistant.errors import RefusedError
from assistant.notices import (
    DuesCharged,
    DuesClaimed,
    DuesClaimNoted,
    DuesConfirmed,
    DuesLine,
    DuesListed,
    DuesMarked,
    DuesReminder,
    DuesSettled,
    DuesShown,
    Euros,
    Notice,
)
from assistant.payers import payer_named
from assistant.rounds import comes_now
from assistant.rules import quiet
from db import ledger, members, prompts
from db.ledger import Account, Entry
from db.members import Member
from dialogs.commands import ConfirmDues, MarkDues

REMINDER = "dues"  # the prompt to remind a member, once for what was asked of them
REMIND_AFTER = timedelta(days=21)
REMIND_AT = time(9, 30)


# --- asked of a member ------------------------------------------------------------------------------------------


def begin(desk: Desk, member: Member) -> list[Notice]:
    """Who has just come in is asked the entrance fee, which covers the first quarter."""
    desk.session.flush()
    return _charge(desk, [member])


def charge_due(desk: Desk) -> list[Notice]:
    """At the beginning of a quarter: dues for every active member."""
    return _charge(desk, members.active(desk.session)) if comes_now(desk, "dues") else []


def _charge(desk: Desk, who: Sequence[Member]) -> list[Notice]:
    lines: dict[int, list[Entry]] = {}
    for line in books.charge(desk, who):
        lines.setdefault(line.debit_member_id or 0, []).append(line)
    told: list[Notice] = []
    for member in who:
        new = lines.get(member.id, [])
        if not new:
            continue
        entry = sum(each.amount for each in new if each.key.endswith(":entry"))
        total = sum(each.amount for each in new)
        open_cents = _open(desk, member.id)
        if open_cents <= 0:  # paid ahead
            continue
        prompts.plan(desk.session, member.id, REMINDER, 0, _remind_at(desk))
        together = _some(open_cents) if open_cents != total else None
        name = desk.collective.name
        told.append(
            DuesCharged(
                member.id, name, _some(entry), _some(total - entry), together, _treasurers(desk, member)
            )
        )
    return told


def remind_due(desk: Desk) -> list[Notice]:
    """Three weeks later, once: who has not paid is reminded, and whoever keeps the money sees who that are."""
    told: list[Notice] = []
    for row in due_now(desk, REMINDER):
        member, open_cents = desk.member(row.member_id), _open(desk, row.member_id)
        if member.state != "active" or open_cents <= 0:
            continue
        row.asked_at = desk.now
        told.append(
            DuesReminder(member.id, desk.collective.name, Euros(open_cents), _treasurers(desk, member))
        )
    if not told:
        return []
    return [*told, *(_listed(desk, each.id) for each in members.treasurers(desk.session))]


def _remind_at(desk: Desk) -> datetime:
    zone = ZoneInfo(desk.collective.zone)
    morning = datetime.combine(desk.today + REMIND_AFTER, REMIND_AT, zone).astimezone(UTC)
    return quiet.next_open(morning, desk.policy.quiet)


# --- by a member ------------------------------------------------------------------------------------------------


def show(desk: Desk, member: Member) -> list[Notice]:
    """What a member owes in dues, and what the collective asks; to that member only."""
    policy, waiting = desk.policy.credit, _waiting(desk, member.id)
    return [
        DuesShown(
            member.id,
            desk.collective.name,
            _some(_open(desk, member.id)),
            _some(sum(each.amount for each in waiting)),
            _some(policy.dues_cents),
            _some(policy.entry_cents),
            _treasurers(desk, member),
        )
    ]


def claim(desk: Desk, member: Member) -> list[Notice]:
    """A member says to have paid all that is open; whoever keeps the money is asked whether it came in."""
    cents = _open(desk, member.id)
    if cents <= 0:
        raise RefusedError(DuesSettled(member.id, None))
    treasurers = members.treasurers(desk.session)
    if member.id in {each.id for each in treasurers}:
        return mark(desk, member, MarkDues(member_id=member.id))
    entry = payments.of_dues(desk, member.id, _key(desk, member.id), cents, member.id)
    asked = [DuesClaimed(each.id, entry.id, member.name, Euros(cents)) for each in treasurers if entry]
    return [DuesClaimNoted(member.id, Euros(cents), _treasurers(desk, member)), *asked]


# --- by whoever keeps the money ---------------------------------------------------------------------------------


def list_open(desk: Desk, member: Member) -> list[Notice]:
    """Who still owes dues."""
    rights.require(desk, member, "money")
    return [_listed(desk, member.id)]


def _listed(desk: Desk, treasurer_id: int) -> DuesListed:
    balances = ledger.balances(desk.session, "dues_due")
    owed = {each: balance for each, balance in balances.items() if balance.posted > 0}
    rows = sorted((desk.member(each) for each in owed), key=lambda row: row.name.casefold())
    lines = tuple(
        DuesLine(each.name, Euros(owed[each.id].posted), _some(-owed[each.id].pending)) for each in rows
    )
    total = Euros(sum(each.posted for each in owed.values()))
    return DuesListed(treasurer_id, lines, total, tuple(each.id for each in rows))


def mark(desk: Desk, member: Member, command: MarkDues) -> list[Notice]:
    """Somebody's dues came in: all that is open, and what they had said to have paid is confirmed with it."""
    rights.require(desk, member, "money")
    payer = _payer(desk, member, command)
    cents = ledger.balance(desk.session, Account("dues_due", payer.id)).posted
    if cents <= 0:
        raise RefusedError(DuesSettled(member.id, payer.name))
    for entry in _waiting(desk, payer.id):
        payments.confirm(desk, entry, member.id)
    rest = _open(desk, payer.id)
    if rest > 0:
        paid = payments.of_dues(desk, payer.id, _key(desk, payer.id), rest, member.id)
        if paid is not None:
            payments.confirm(desk, paid, member.id)
    return _settled(desk, member, payer, cents, received=True)


def confirm(desk: Desk, member: Member, command: ConfirmDues) -> list[Notice]:
    """Whether the dues that somebody says to have paid came in; said twice, or by two treasurers, it counts once."""
    rights.require(desk, member, "money")
    entry = desk.session.get(Entry, command.entry_id)
    if (
        entry is None
        or entry.cause != "payment"
        or entry.credit != "dues_due"
        or entry.credit_member_id is None
    ):
        raise RefusedError(DuesSettled(member.id, None))
    payer = desk.member(entry.credit_member_id)
    settle = payments.confirm if command.received else payments.deny
    if not settle(desk, entry, member.id):
        raise RefusedError(DuesSettled(member.id, payer.name))
    return _settled(desk, member, payer, entry.amount, received=command.received)


def _settled(desk: Desk, by: Member, payer: Member, cents: int, *, received: bool) -> list[Notice]:
    told: list[Notice] = [DuesMarked(by.id, payer.name, Euros(cents), received)]
    if payer.id != by.id and payer.state == "active":
        told.append(DuesConfirmed(payer.id, desk.collective.name, Euros(cents), received))
    return told


def _payer(desk: Desk, member: Member, command: MarkDues) -> Member:
    if command.member_id is not None:
        return desk.member(command.member_id)
    return payer_named(desk, member, command.name)


# --- what the books say -----------------------------------------------------------------------------------------


def _open(desk: Desk, member_id: int) -> int:
    """What is still to be paid and not said to be paid, in whole cents."""
    balance = ledger.balance(desk.session, Account("dues_due", member_id))
    return balance.posted + balance.pending  # what waits counts as credit already


def _waiting(desk: Desk, member_id: int) -> list[Entry]:
    """What a member says to have paid in dues and nobody confirmed."""
    return [
        each
        for each in ledger.waiting(desk.session)
        if each.credit == "dues_due" and each.credit_member_id == member_id
    ]


def _key(desk: Desk, member_id: int) -> str:
    """What a payment is known by: whose it is, and how many came before it; a turn is carried out once."""
    start = f"payment:dues:{member_id}:"
    return f"{start}{len(ledger.with_keys_like(desk.session, start)) + 1}"


def _treasurers(desk: Desk, member: Member) -> tuple[str, ...]:
    """Who keeps the money, as told to this member; who does so need not be told."""
    rows = members.treasurers(desk.session)
    return () if member.id in {each.id for each in rows} else tuple(each.name for each in rows)


def _some(cents: int) -> Euros | None:
    return Euros(cents) if cents else None
