"""Erasing: what is done when somebody asks to be forgotten, and by itself some weeks after they left.

What others rely on stays without a name: the credit for a lead, the reasons that were given, the books. Whoever still
owes money, or has some coming, keeps a name until that is settled (GDPR article 17, third paragraph).
"""

from assistant.desk import Desk
from assistant.rules.retention import LEFT
from db import accounts, agendas, decisions, ledger, members, personal, retention
from db.accounts import Person
from db.ledger import Account as LedgerAccount
from db.ledger import MemberKind
from db.members import Member
from db.session import across

MONEY: tuple[MemberKind, ...] = ("contribution_due", "source_due", "source_share", "dues_due", "payout_due")
NAMES = {"nl": "oud-lid", "en": "former member"}


def plan(desk: Desk, member: Member) -> None:
    """Whoever leaves is erased some weeks later."""
    member.erase_at = desk.now + LEFT.length


def erase(desk: Desk, member: Member) -> bool:
    """Erase a member who left; False when money is open, so that the name stays and this is tried again."""
    session, settled = desk.session, not owes(desk, member)
    person_id, name = member.person_id, member.name
    if settled:
        name = f"{NAMES.get(desk.collective.language, NAMES['nl'])} {member.id}"
        nobody = Person(name=name)
        session.add(nobody)
        session.flush()
        member.person_id = nobody.id
    member.state = "left"
    personal.erase(session, member.id, name)
    decisions.forget_words(session, member.id)
    if not settled:
        member.erase_at = desk.now
    with across(session):  # their messages, in whichever collective
        _let_go(desk, person_id)
    return settled


def owes(desk: Desk, member: Member) -> bool:
    """Whether money between this member and the others, or the collective, is not settled yet."""
    stands = [ledger.balance(desk.session, LedgerAccount(kind, member.id)) for kind in MONEY]
    return any(each.posted or each.pending for each in stands)


def _let_go(desk: Desk, person_id: int) -> None:
    """What was said with this person goes; without another membership their addresses go too."""
    session = desk.session
    memberships = members.collectives_of(session, person_id)
    if desk.collective.id in memberships:
        return  # they came back, as a new member
    agendas.forget(session, person_id, desk.collective.id)
    elsewhere = bool(memberships)
    for account in accounts.of_person(session, person_id):
        retention.account(session, account, desk.collective.id if elsewhere else None)
        if account.collective_id == desk.collective.id:
            account.collective_id = None
        if not elsewhere:
            account.person_id, account.handle, account.display_name = None, None, ""
    session.flush()
    if not elsewhere and not members.was_anywhere(session, person_id):
        session.delete(session.get_one(Person, person_id))
        session.flush()
