"""Origin: a client that came to the collective itself; then nobody has the credit for the lead (mission row C2)."""

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import LeadGone, Notice, OriginNoted, OriginSettled
from db import deals, inquiries, leads
from db.leads import Lead
from db.members import Member
from dialogs.commands import MarkOrigin


def mark(desk: Desk, member: Member, command: MarkOrigin) -> list[Notice]:
    """Who passed a lead on says that it came to the collective, or to them after all; not once it was won."""
    lead = _meant(desk, member, command.lead_id)
    first = leads.line_of(desk.session, lead)[-1]
    if any(
        deals.of_lead(desk.session, each.id) for each in (first, *leads.children_of(desk.session, first.id))
    ):
        raise RefusedError(OriginSettled(member.id, first.title, "won"))
    if inquiries.of_lead(desk.session, first.id) is not None:
        raise RefusedError(OriginSettled(member.id, first.title, "door"))
    first.for_collective = command.collective
    return [OriginNoted(member.id, first.id, first.title, collective=command.collective)]


def _meant(desk: Desk, member: Member, number: int | None) -> Lead:
    """The lead that is meant, the newest without a number. Raises RefusedError for somebody else's."""
    own = leads.of_source(desk.session, member.id)
    found = next((each for each in own if number in (None, each.id)), None)
    if found is None:
        raise RefusedError(LeadGone(member.id, None, own=True))
    return found
