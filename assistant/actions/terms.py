"""What is known of the work that was offered last, told again: "wat is de klant?", "hoe ver is het?"."""

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import lead_of, place_of
from assistant.notices import NothingOffered, Notice, TermsTold
from assistant.rules.sides import distance_km
from assistant.rules.values import Point
from assistant.running import at_pool_rate
from db import leads, offers, questions
from db.members import Member
from nlu.meaning import Lead


def tell(desk: Desk, member: Member) -> list[Notice]:
    """The terms of the last push, as far as this member may know them, and how far it is.

    RefusedError with NothingOffered when there is none.
    """
    offer = offers.latest_to(desk.session, member.id)
    if offer is None or offer.offered_at is None:
        raise RefusedError(NothingOffered(member.id))
    known, _pool = at_pool_rate(
        desk, lead_of(questions.get_one(desk.session, leads.Lead, offer.lead_id)), member
    )
    return [TermsTold(member.id, known, _km(known, member))]


def _km(lead: Lead, member: Member) -> int | None:
    """From the member's place to the work, in a straight line; None when either is unknown, or it is done from home."""
    work = place_of(lead)
    if work is None or lead.remote == "remote" or member.latitude is None or member.longitude is None:
        return None
    return round(distance_km(work, Point(member.latitude, member.longitude)))
