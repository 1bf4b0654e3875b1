"""Check-ins: half a year after a job its member is reminded, alone, of an old client (mission row C14)."""

from assistant import milestones
from assistant.desk import Desk
from assistant.due import due_now
from assistant.notices import CheckIn, Notice
from assistant.rules.pools import is_of_client
from db import deals
from db.deals import Deal


def remind_due(desk: Desk) -> list[Notice]:
    """Once for a job, and not to who works for that client again."""
    told: list[Notice] = []
    for row in due_now(desk, milestones.CHECK_IN):
        row.asked_at = desk.now
        deal, member = desk.session.get_one(Deal, row.subject_id), desk.member(row.member_id)
        over = deal.ended_on or deal.ends_on
        if member.state != "active" or deal.client is None or over is None or _is_back(desk, deal):
            continue
        told.append(CheckIn(member.id, deal.title, deal.client, over))
    return told


def _is_back(desk: Desk, deal: Deal) -> bool:
    """Whether the member has a later job at the same client."""
    own = deals.of_member(desk.session, deal.member_id)
    return any(each.id > deal.id and is_of_client(each.client, deal.client or "") for each in own)
