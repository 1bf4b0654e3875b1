"""Payments in chat: told by who paid and confirmed by who received it, or recorded by who keeps the money.

Seintje never holds money. What was paid is matched with what is open; where that is not certain it is asked.
"""

from dataclasses import dataclass

from msgspec import structs

from assistant import rights
from assistant.books import deals as deal_books
from assistant.books import dues as due_books
from assistant.books import payments as books
from assistant.books.deals import DealStanding
from assistant.books.payments import TooMuchError
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    DealUnclear,
    Euros,
    NothingToPay,
    Notice,
    OpenLine,
    OpenListed,
    PaymentAnswered,
    PaymentAsked,
    PaymentDenied,
    PaymentKept,
    PaymentNoted,
    PaymentSettled,
    PaymentToYou,
    PaymentUnclear,
    TreasurerOnly,
    WhichPayment,
)
from assistant.payers import payer_named
from db import deals, ledger, members
from db.deals import Deal
from db.ledger import Account, Entry
from db.members import Member
from dialogs.commands import Command, ConfirmPayment, RecordPayment


@dataclass(frozen=True, slots=True)
class Bill:
    """Something that is open: a deal's part for the collective or (`to_source`) the source; without a deal, dues."""

    open_cents: int
    deal: Deal | None = None
    to_source: bool = False


def record(desk: Desk, member: Member, command: RecordPayment) -> list[Notice]:
    """Somebody paid: oneself, or (for who keeps the money, or received it) another member."""
    if command.doubts:
        return [DealUnclear(member.id, command.doubts[0].kind, command.doubts[0].text)]
    payer = _payer(desk, member, command)
    receiver = _receiver(desk, member, payer, command)
    known = structs.replace(command, member_id=payer.id, to_id=receiver.id if receiver else None)
    if payer.id == member.id and receiver is None and (both := _both(desk, member, command)):
        return [
            notice
            for to, part in both
            for notice in _booked(
                desk, member, member, to, part, part.open_cents, final=_receives(desk, member, member, to)
            )
        ]
    bill = _bill(desk, member, payer, receiver, known)
    by_receiver = _receives(desk, member, payer, receiver)
    return _booked(desk, member, payer, receiver, bill, command.cents or 0, final=by_receiver)


def _payer(desk: Desk, member: Member, command: RecordPayment) -> Member:
    if command.member_id is not None:
        return desk.member(command.member_id)
    if command.name is None:
        return member
    return payer_named(desk, member, command.name)


def _receiver(desk: Desk, member: Member, payer: Member, command: RecordPayment) -> Member | None:
    """Who passed work on and was paid; None: the collective. Of others only who keeps the money may tell."""
    keeps = rights.may(desk, member, "money")
    if command.to_id is not None or command.to is not None:
        to = (
            desk.member(command.to_id)
            if command.to_id is not None
            else payer_named(desk, member, command.to or "")
        )
        if not keeps and member.id not in (payer.id, to.id):
            raise RefusedError(TreasurerOnly(member.id))
        return to
    if payer.id == member.id or keeps:
        return None
    return member  # "Bram betaalde 675", says who passed the work on


def _receives(desk: Desk, member: Member, payer: Member, receiver: Member | None) -> bool:
    """Whether who tells it is the one who knows that it came in."""
    if receiver is not None and receiver.id == member.id:
        return True
    return payer.id != member.id or (receiver is None and rights.may(desk, member, "money"))


def _bill(desk: Desk, member: Member, payer: Member, receiver: Member | None, command: RecordPayment) -> Bill:
    """What was paid for: the only thing that is open, the one that is exactly so much, or what is pointed at."""
    name = payer.name if payer.id != member.id else None
    bills = [each for each in _bills(desk, payer, receiver) if _is_meant(each, command)]
    if not bills:
        raise RefusedError(NothingToPay(member.id, name, receiver.name if receiver else None))
    exact = [each for each in bills if each.open_cents == (command.of_cents or command.cents)]
    if command.of_cents is not None and not exact:  # "25 van zijn 50", and no 50 is open
        about = bills[0].deal.title if bills[0].deal is not None else ""
        wrong = PaymentUnclear(member.id, Euros(command.of_cents), Euros(bills[0].open_cents), about)
        raise RefusedError(wrong)
    found = exact if len(exact) == 1 else bills
    if len(found) == 1:
        return found[0]
    of_deals = tuple((each.deal.title, _pointing(command, each)) for each in found if each.deal is not None)
    of_dues = next((_pointing(command, each) for each in found if each.deal is None), None)
    raise RefusedError(WhichPayment(member.id, Euros(command.cents or 0), of_deals, name, of_dues))


def _both(desk: Desk, member: Member, command: RecordPayment) -> list[tuple[Member | None, Bill]]:
    """The two parts of one deal, when what was paid is exactly what is open to the collective and the source together.

    Empty when it is anything else, or could be said of more than one deal.
    """
    if command.what == "dues" or command.of_cents is not None:
        return []
    found = []
    for deal in deals.of_member(desk.session, member.id):
        source = desk.member(deal.source_id) if deal.source_id is not None else None
        if source is None or command.deal_id not in (None, deal.id):
            continue
        parts: list[tuple[Member | None, Bill]] = [
            (to, bill) for to in (None, source) for bill in _bills(desk, member, to) if bill.deal == deal
        ]
        if len(parts) == 2 and sum(bill.open_cents for _to, bill in parts) == command.cents:
            found.append(parts)
    alone = any(bill.open_cents == command.cents for bill in _bills(desk, member, None))
    return found[0] if len(found) == 1 and not alone else []


def _pointing(command: RecordPayment, bill: Bill) -> Command:
    if bill.deal is None:
        return structs.replace(command, what="dues")
    return structs.replace(command, what="contribution", deal_id=bill.deal.id)


def _is_meant(bill: Bill, command: RecordPayment) -> bool:
    if command.deal_id is not None:
        return bill.deal is not None and bill.deal.id == command.deal_id
    if command.what is None:
        return True
    return (bill.deal is None) == (command.what == "dues")


def _bills(desk: Desk, payer: Member, receiver: Member | None) -> list[Bill]:
    """What the payer still has to pay to the collective or to this member; what waits to be confirmed is included."""
    stands = deal_books.standing(desk, deals.of_member(desk.session, payer.id))
    if receiver is not None:
        parts = [
            Bill(each.owed.source_cents - each.paid.source_cents, each.deal, to_source=True)
            for each in stands
            if each.deal.source_id == receiver.id
        ]
    else:
        parts = [Bill(each.owed.collective_cents - each.paid.collective_cents, each.deal) for each in stands]
        parts.append(Bill(ledger.balance(desk.session, Account("dues_due", payer.id)).posted))
    return [each for each in parts if each.open_cents > 0]


def _booked(
    desk: Desk, member: Member, payer: Member, receiver: Member | None, bill: Bill, cents: int, *, final: bool
) -> list[Notice]:
    about = bill.deal.title if bill.deal is not None else ""
    entry = _waiting(desk, payer, bill, cents)
    if entry is None:
        try:
            entry = _pay(desk, payer, bill, cents, member.id)
        except TooMuchError as error:
            raise RefusedError(
                PaymentUnclear(member.id, Euros(cents), Euros(error.open_cents), about)
            ) from None
    if entry is None:
        raise RefusedError(PaymentSettled(member.id))
    if final:
        books.confirm(desk, entry, member.id)
        return _confirmed(member, payer, receiver, bill, cents)
    asked = [receiver] if receiver is not None else [*members.treasurers(desk.session)]
    asked = [each for each in asked if each.is_told]
    return [
        PaymentNoted(member.id, Euros(cents), about, tuple(each.name for each in asked)),
        *(PaymentAsked(each.id, entry.id, payer.name, Euros(cents), about) for each in asked),
    ]


def _pay(desk: Desk, payer: Member, bill: Bill, cents: int, by_id: int) -> Entry | None:
    if bill.deal is None:
        count = len(ledger.of_member(desk.session, payer.id))
        return books.of_dues(desk, payer.id, f"paid:dues:{payer.id}:{count}", cents, by_id)
    count = len(ledger.of_deals(desk.session, [bill.deal.id]))
    key = f"paid:{bill.deal.id}:{'source' if bill.to_source else 'collective'}:{count}"
    pay = books.to_source if bill.to_source else books.to_collective
    return pay(desk, bill.deal, key, cents, by_id)


def _waiting(desk: Desk, payer: Member, bill: Bill, cents: int) -> Entry | None:
    """The payment of this amount that was told before and waits for a word: it is that one, not another."""
    kind = "dues_due" if bill.deal is None else "source_due" if bill.to_source else "contribution_due"
    deal_id = bill.deal.id if bill.deal is not None else None
    for each in ledger.waiting(desk.session):
        if (each.credit, each.credit_member_id, each.deal_id) == (
            kind,
            payer.id,
            deal_id,
        ) and each.amount == cents:
            return each
    return None


def _confirmed(
    member: Member, payer: Member, receiver: Member | None, bill: Bill, cents: int
) -> list[Notice]:
    about = bill.deal.title if bill.deal is not None else ""
    amount, left = Euros(cents), _some(bill.open_cents - cents)
    other = receiver.name if receiver is not None and receiver.id != member.id else None
    told: list[Notice] = [PaymentKept(member.id, payer.name, amount, about, left, other)]
    if payer.id != member.id and payer.state == "active":
        told.append(PaymentAnswered(payer.id, member.name, amount, about, received=True, open=left))
    if receiver is not None and receiver.id != member.id and receiver.is_told:
        told.append(PaymentToYou(receiver.id, payer.name, amount, about, member.name))
    return told


def confirm(desk: Desk, member: Member, command: ConfirmPayment) -> list[Notice]:
    """Who received it says whether it is there; the first word counts."""
    entry = desk.session.get(Entry, command.entry_id)
    if entry is None or entry.cause != "payment" or entry.credit_member_id is None:
        raise RefusedError(PaymentSettled(member.id))
    receivers = {each.id for each in members.treasurers(desk.session)}
    if entry.credit == "source_due":
        receivers = {entry.debit_member_id or 0}
    if member.id not in receivers:
        raise RefusedError(TreasurerOnly(member.id))
    settle = books.confirm if command.received else books.deny
    if not settle(desk, entry, member.id):
        raise RefusedError(PaymentSettled(member.id))
    payer, amount = desk.member(entry.credit_member_id), Euros(entry.amount)
    about = desk.session.get_one(Deal, entry.deal_id).title if entry.deal_id is not None else ""
    told: list[Notice] = (
        [PaymentKept(member.id, payer.name, amount, about, None)]
        if command.received
        else [PaymentDenied(member.id, payer.name, amount)]
    )
    if payer.id != member.id and payer.state == "active":
        told.append(PaymentAnswered(payer.id, member.name, amount, about, command.received))
    return told


# --- what is open -----------------------------------------------------------------------------------------------


def list_open(desk: Desk, member: Member) -> list[Notice]:
    """What members still have to pay, and what the pot still owes them: to who keeps the money only."""
    rights.require(desk, member, "money")
    by_member: dict[int, list[DealStanding]] = {}
    for each in deal_books.standing(desk, deals.everyone(desk.session)):
        by_member.setdefault(each.deal.member_id, []).append(each)
    owing = {
        *by_member,
        *ledger.balances(desk.session, "dues_due"),
        *ledger.balances(desk.session, "payout_due"),
    }
    lines, total = [], 0
    payouts: list[tuple[str, int]] = []
    for row in sorted((desk.member(each) for each in owing), key=lambda each: each.name.casefold()):
        stands = due_books.standing(desk, row.id)
        contribution = sum(each.owed.collective_cents - each.paid.collective_cents for each in stands.deals)
        sources = sum(each.owed.source_cents - each.paid.source_cents for each in stands.deals)
        waiting = sum(each.waiting.collective_cents for each in stands.deals) - min(stands.dues.pending, 0)
        dues, payout = stands.dues.posted, stands.payout.posted
        if not any((contribution, sources, dues, payout)):
            continue
        total += max(contribution, 0) + max(dues, 0)
        amounts = (_some(each) for each in (contribution, dues, sources, waiting, payout))
        lines.append(OpenLine(row.name, *amounts))
        payouts += [(row.name, row.id)] if payout > 0 else []
    return [OpenListed(member.id, tuple(lines), _some(total), tuple(payouts))]


def _some(cents: int) -> Euros | None:
    return Euros(cents) if cents > 0 else None
