"""Once: who hears of the same work by two collectives is asked by the first; the other is in the digest (row B19)."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from assistant.desk import Desk
from assistant.loading import plain
from assistant.rules.sameness import LeadPrint, same_lead
from db import pushes
from db.leads import Lead
from db.members import Member
from db.pushes import Push


def heard_elsewhere(desk: Desk, member: Member, lead: Lead) -> bool:
    """Whether another collective of this person asked them about the same work lately."""
    since = desk.now - timedelta(days=desk.policy.repeat_days)
    told = pushes.elsewhere(desk.session, member.person_id, desk.collective.id, since)
    return bool(told) and any(same_lead(msgspec.convert(each, LeadPrint), _bare(lead)) for each in told)


def remember(desk: Desk, member: Member, lead: Lead) -> None:
    """This person is asked about it now."""
    push = Push(
        person_id=member.person_id, collective_id=desk.collective.id, print=plain(_bare(lead)), at=desk.now
    )
    pushes.record(desk.session, push, desk.now - timedelta(days=desk.policy.repeat_days))


def _bare(lead: Lead) -> LeadPrint:
    """What it is recognised by, without its words and anybody's contact data: those stay in their collective."""
    return replace(msgspec.convert(lead.print, LeadPrint), contact=None, words=frozenset())
