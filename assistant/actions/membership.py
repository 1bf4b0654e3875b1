"""Membership: inviting, opening an invitation, agreeing, leaving, and moving between collectives."""

from dataclasses import replace
from datetime import timedelta

from assistant import erasing, rights, titles
from assistant.books import dues as books
from assistant.codes import hash_of, link_to, new_code
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import lead_of
from assistant.notices import (
    HERE,
    Agreed,
    AlreadyMember,
    AskVouch,
    Euros,
    InvitationInvalid,
    InvitationMade,
    LastCoordinator,
    Left,
    MemberLeft,
    NothingStored,
    Notice,
    Switched,
    TooManyInvitations,
    Vouched,
    Welcome,
    WhichCollective,
    first_name,
)
from db import accounts, conversations, invitations, leads, members, opt_ins
from db.accounts import Account, Person
from db.collectives import Collective
from db.invitations import Invitation
from db.leads import Lead
from db.members import Member
from dialogs.commands import Invite

YEAR = timedelta(days=365)


def invitation(desk: Desk, name: str, inviter: Member | None, reason: str | None) -> tuple[Invitation, str]:
    """A new invitation and its code, which is shown once and never stored."""
    code = new_code()
    row = Invitation(
        code_hash=hash_of(code),
        name=name,
        inviter_id=inviter.id if inviter else None,
        reason=reason,
        for_coordinator=inviter is None,
        created_at=desk.now,
        expires_at=desk.now + timedelta(days=desk.policy.invitation_days),
    )
    desk.session.add(row)
    return row, code


def invite(desk: Desk, member: Member, command: Invite) -> list[Notice]:
    """Invite somebody. A member gives a reason, which is the vouch; who does the intake need not (rows D23, A19)."""
    name = command.name.strip()
    free = rights.may(desk, member, "invite")
    if not free and not command.reason:
        raise RefusedError(AskVouch(member.id, name))
    limit = desk.policy.vouches_per_year
    made = invitations.count_by(desk.session, member.id, desk.now - YEAR)
    if not free and made >= limit:
        raise RefusedError(TooManyInvitations(member.id, limit))
    row, code = invitation(desk, name, member, command.reason)
    told: list[Notice] = [
        InvitationMade(member.id, name, code, link_to(desk.apps, code), row.expires_at.date())
    ]
    others = [c for c in members.coordinators(desk.session) if c.id != member.id]
    return told + [Vouched(each.id, name, member.name, command.reason) for each in others]


def open_invitation(desk: Desk, account: Account, code: str) -> list[Notice]:
    """A person presses Start with a code: they are told what Seintje is and asked to agree.

    Nothing else is kept yet.
    """
    row = invitations.with_code(desk.session, hash_of(code))
    if row is None:
        raise RefusedError(InvitationInvalid(HERE, "unknown"))
    known = members.of_person(desk.session, account.person_id) if account.person_id else None
    if known is not None and known.state == "active":
        raise RefusedError(AlreadyMember(HERE, desk.collective.name))
    if row.used_at is not None and (known is None or row.member_id != known.id):
        raise RefusedError(InvitationInvalid(HERE, "used"))
    if row.expires_at < desk.now:
        raise RefusedError(InvitationInvalid(HERE, "expired"))
    newcomer = _no_guest_any_more(desk, known, row) if known else _newcomer(desk, account, row)
    account.collective_id = desk.collective.id  # what they write next belongs to this introduction
    inviter = desk.member(row.inviter_id) if row.inviter_id else None
    by = inviter.name if inviter else None
    work = _work(desk, row.lead_id) if row.lead_id else None
    return [_welcome(desk, newcomer, by, row.reason, work)]


def _no_guest_any_more(desk: Desk, known: Member, row: Invitation) -> Member:
    """Who brought work here from an allied collective is invited to be a member; anybody else stays as they are."""
    if known.state == "guest":
        known.state, known.invited_by, known.is_coordinator = "joining", row.inviter_id, row.for_coordinator
        row.used_at, row.member_id = desk.now, known.id
    return known


def _welcome(
    desk: Desk, newcomer: Member, inviter: str | None, reason: str | None = None, work: str | None = None
) -> Notice:
    credit = desk.policy.credit
    entry, dues = (Euros(cents) if cents else None for cents in (credit.entry_cents, credit.dues_cents))
    name = first_name(newcomer.name)
    return Welcome(newcomer.id, name, desk.collective.name, inviter, reason, work, entry, dues)


def _work(desk: Desk, lead_id: int) -> str:
    """What somebody outside was sent on for; the client is for members."""
    lead = lead_of(desk.session.get_one(Lead, lead_id))
    return titles.title(replace(lead, client=None), desk.collective.language)


def _newcomer(desk: Desk, account: Account, row: Invitation) -> Member:
    name = row.name or account.display_name  # who was sent on to us is not known by name yet
    if account.person_id is None:
        person = Person(name=name)
        desk.session.add(person)
        desk.session.flush()
        account.person_id = person.id
    newcomer = Member(
        person_id=account.person_id,
        name=name,
        language=_language(desk, account, row.inviter_id),
        is_coordinator=row.for_coordinator,
        invited_by=row.inviter_id,
    )
    desk.session.add(newcomer)
    desk.session.flush()
    row.used_at, row.member_id = desk.now, newcomer.id
    return newcomer


def _language(desk: Desk, account: Account, inviter_id: int | None) -> str:
    """What we speak with them elsewhere, else the platform's guess when we speak it, else as below.

    Who invited them knows them, so theirs; the collective's when nobody did.
    """
    spoken = members.language_of(desk.session, account.person_id) if account.person_id is not None else None
    guess = spoken or (account.language or "")[:2]
    if guess in ("nl", "en"):
        return guess
    return desk.member(inviter_id).language if inviter_id is not None else desk.collective.language


def agree(desk: Desk, member: Member, *, known: bool) -> list[Notice]:
    """The newcomer agrees with what is stored. `known`: they already told what they do."""
    if member.agreed_at is not None:
        raise RefusedError(AlreadyMember(member.id, desk.collective.name))
    member.agreed_at = desk.now
    if desk.account is not None:  # what they agree to says that we write first when there is work
        opt_ins.record(desk.session, desk.account.id, "agreed", desk.now, given=True)
    return [Agreed(member.id, first_name(member.name), known)]


def disagree(desk: Desk, member: Member, account: Account) -> list[Notice]:
    """The newcomer does not agree: what was kept of them goes, and the invitation can be used again."""
    if member.agreed_at is not None:
        raise RefusedError(AlreadyMember(member.id, desk.collective.name))
    for row in invitations.of_member(desk.session, member.id):
        row.used_at, row.member_id = None, None
    desk.session.flush()
    conversations.forget(desk.session, member.id)
    if leads.of_source(desk.session, member.id):  # who was a guest is one again, for the work they brought
        member.state = "guest"
        account.collective_id = None
        return [NothingStored(HERE)]
    desk.session.delete(member)
    desk.session.flush()
    _release(desk, account)
    return [NothingStored(HERE)]


def _release(desk: Desk, account: Account) -> None:
    """Without another membership the account is a stranger's again."""
    person_id = account.person_id
    account.collective_id = None
    if person_id is not None and not members.was_anywhere(desk.session, person_id):
        for each in accounts.of_person(desk.session, person_id):
            each.person_id = None
        desk.session.flush()
        desk.session.delete(desk.session.get_one(Person, person_id))


def explain(desk: Desk, member: Member) -> list[Notice]:
    """Say again what Seintje is, and ask."""
    inviter = desk.member(member.invited_by) if member.invited_by else None
    by = inviter.name if inviter else None
    return [_welcome(desk, member, by)]


def ask_collective(desk: Desk, member: Member, account: Account, words: str) -> list[Notice]:
    """The collectives of this person, to choose from; where their words name one, that one (mission row B19)."""
    numbers = members.collectives_of(desk.session, member.person_id)
    rows = [desk.session.get_one(Collective, number) for number in numbers]
    options = tuple((row.name, row.id) for row in rows if row.id != desk.collective.id)
    named = [number for name, number in options if name.casefold() in words.casefold()]
    if len(named) == 1:
        return switch(desk, member, account, named[0])
    return [WhichCollective(member.id, desk.collective.name, options)]


def switch(desk: Desk, member: Member, account: Account, collective_id: int) -> list[Notice]:
    """From the next message on this account talks with another collective of the same person."""
    if collective_id not in members.collectives_of(desk.session, member.person_id):
        raise RefusedError(AlreadyMember(member.id, desk.collective.name))
    account.collective_id = collective_id
    return [Switched(member.id, desk.session.get_one(Collective, collective_id).name)]


def leave(desk: Desk, member: Member, why: str | None = None) -> list[Notice]:
    """End the membership (mission row A18); the lines of what was stay, and the goodbye says what is still open."""
    others = [each for each in members.coordinators(desk.session) if each.id != member.id]
    if member.is_coordinator and not others and len(members.active(desk.session)) > 1:
        raise RefusedError(LastCoordinator(member.id, desk.collective.name))
    stands = books.leave(desk, member)
    owes, gets = stands.open_cents, stands.source_share.posted + stands.payout.posted
    mine = [lead for lead in leads.of_source(desk.session, member.id) if lead.state == "open"]
    member.state, member.left_at, member.left_why = "left", desk.now, why
    erasing.plan(desk, member)
    for account in accounts.of_person(desk.session, member.person_id):
        if account.collective_id == desk.collective.id:
            account.collective_id = None
        if opt_ins.is_given(desk.session, account.id):
            opt_ins.record(desk.session, account.id, "left", desk.now, given=False)
    conversations.forget(desk.session, member.id)
    told = [MemberLeft(each.id, member.name, why) for each in others]
    goodbye = Left(
        HERE,
        desk.collective.name,
        len(mine),
        Euros(owes) if owes > 0 else None,
        Euros(gets) if gets > 0 else None,
        max(stands.coins.posted, 0),
    )
    return [goodbye, *told]
