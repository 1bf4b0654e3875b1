"""Payouts: whoever keeps the money notes that a member's share of the pot was transferred (mission row A12)."""

from assistant import rights
from assistant.books import payments as books
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import Euros, NoPayout, Notice, PayoutAsked, PayoutKept, PayoutMade
from assistant.payers import payer_named
from db import ledger
from db.ledger import Account
from db.members import Member
from dialogs.commands import PayOut


def pay_out(desk: Desk, member: Member, command: PayOut) -> list[Notice]:
    """All that is open, after a look at the amount; a second time there is nothing open any more."""
    rights.require(desk, member, "money")
    numbered = command.member_id is not None
    to = desk.member(command.member_id or 0) if numbered else payer_named(desk, member, command.name)
    cents = -ledger.balance(desk.session, Account("payout_due", to.id)).posted
    if cents <= 0:
        raise RefusedError(NoPayout(member.id, to.name, "none"))
    if command.cents is None:
        said = command.said_cents
        differs = Euros(said) if said is not None and said != cents else None
        return [PayoutAsked(member.id, to.name, Euros(cents), to.id, differs)]
    if command.cents != cents:
        raise RefusedError(NoPayout(member.id, to.name, "changed"))
    key = f"payout:{to.id}:{len(ledger.of_member(desk.session, to.id))}"
    books.of_payout(desk, to.id, key, cents, member.id)
    told: list[Notice] = [PayoutKept(member.id, to.name, Euros(cents))]
    if to.id != member.id and to.state == "active":
        told.append(PayoutMade(to.id, Euros(cents), member.name))
    return told
