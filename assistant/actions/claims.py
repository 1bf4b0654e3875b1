"""Claims: somebody won work that nobody introduced them to, or that somebody else has. Who passed it on says who it is.

Until then nothing is kept: two people who both say they won are not settled by a guess.
"""

from assistant import rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    ClaimAnswered,
    ClaimAsked,
    ClaimHeard,
    ClaimLost,
    ClaimSettled,
    LeadGone,
    Notice,
    OwnWorkNoted,
)
from db import deals, introductions, members, offers
from db.introductions import Introduction
from db.leads import Lead
from db.members import Member
from dialogs.commands import ClaimWork, SettleClaim


def claim(desk: Desk, member: Member, command: ClaimWork) -> list[Notice]:
    """The member says that their work came from this lead: who passed it on is asked, else a coordinator."""
    lead = desk.session.get(Lead, command.lead_id)
    if lead is None or offers.of_lead_to(desk.session, command.lead_id, member.id) is None:
        raise RefusedError(LeadGone(member.id, None))
    if lead.source_id == member.id:
        return [OwnWorkNoted(member.id)]
    source = desk.member(lead.source_id)
    is_here = source.is_told
    asked = (
        [source] if is_here else [each for each in members.coordinators(desk.session) if each.id != member.id]
    )
    row = introductions.of_lead(desk.session, lead.id)
    other = desk.member(row.member_id).name if row is not None and row.member_id != member.id else None
    return [
        ClaimHeard(member.id, lead.title, source.name if is_here else None),
        *(ClaimAsked(each.id, lead.id, lead.title, member.name, member.id, other) for each in asked),
    ]


def settle(desk: Desk, member: Member, command: SettleClaim) -> list[Notice]:
    """Who passed the work on says whether it was this member; then they are asked what was agreed."""
    lead = desk.session.get(Lead, command.lead_id)
    if lead is None or not _may_settle(desk, member, lead):
        raise RefusedError(LeadGone(member.id, None, own=True))
    claimant = desk.member(command.member_id)
    settled = ClaimSettled(member.id, lead.title, claimant.name, command.granted)
    if not command.granted:
        return [settled, ClaimAnswered(claimant.id, lead.title, member.name, granted=False)]
    other = _other(desk, lead, claimant)
    if other is not None:
        other.outcome, other.outcome_at, other.outcome_by, other.ask_at = "nothing", desk.now, member.id, None
    row = _introduced(desk, lead, claimant, member)
    told: list[Notice] = [settled]
    if other is not None and desk.member(other.member_id).state == "active":
        told.append(ClaimLost(other.member_id, lead.title, member.name))
    if claimant.state == "active":
        told.append(ClaimAnswered(claimant.id, lead.title, member.name, granted=True, introduction_id=row.id))
    return told


def _may_settle(desk: Desk, member: Member, lead: Lead) -> bool:
    if member.id == lead.source_id:
        return True
    return rights.may(desk, member, "claims") and not desk.member(lead.source_id).is_told


def _other(desk: Desk, lead: Lead, claimant: Member) -> Introduction | None:
    """Who was introduced and told of no deal: with a deal of their own both do a part of the work."""
    row = introductions.of_lead(desk.session, lead.id)
    if row is None or row.member_id == claimant.id:
        return None
    return row if deals.of_introduction(desk.session, row.id) is None else None


def _introduced(desk: Desk, lead: Lead, claimant: Member, by: Member) -> Introduction:
    """The introduction this member goes by from now on."""
    for row in introductions.of_member(desk.session, claimant.id):
        if row.lead_id == lead.id and row.member_id == claimant.id:
            return row
    lead.state, lead.closed_at, lead.window_ends_at, lead.nudge_at = "chosen", desk.now, None, None
    row = Introduction(
        lead_id=lead.id,
        member_id=claimant.id,
        source_id=lead.source_id,
        introduced_at=desk.now,
        ask_at=None,
        outcome="won",
        outcome_at=desk.now,
        outcome_by=by.id,
    )
    desk.session.add(row)
    desk.session.flush()
    return row
