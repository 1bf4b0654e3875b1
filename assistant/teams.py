"""Teams: a lead with several roles is one lead a role, under one lead of the whole; one of them may lead the work."""

from collections.abc import Sequence

from assistant.desk import Desk
from db import leads
from db.leads import Lead, LeadContact

TEAM = "team"  # the state of the lead of the whole: nobody is asked for it, only for its seats
IDEA = "idea"  # the stage of a team for an idea of a member, and of its seats: no work yet (mission row A21)
CONTRACTOR = "contractor"  # who chooses for the seats, once somebody leads


def team_of(desk: Desk, lead: Lead) -> Lead | None:
    """The lead of the whole that this one is a seat of; None for a lead of its own."""
    parent = desk.session.get(Lead, lead.parent_id) if lead.parent_id is not None else None
    return parent if parent is not None and parent.state == TEAM else None


def contractor_of(desk: Desk, lead: Lead) -> int | None:
    """The member who leads the team this is a seat of (mission row C3); None when nobody does, or they left."""
    team = team_of(desk, lead)
    number = team.contractor_id if team is not None else None
    return number if number is not None and desk.member(number).state == "active" else None


def seats(desk: Desk, team: Lead) -> Sequence[Lead]:
    """The leads of a team, one a role, in the order they were named."""
    return leads.children_of(desk.session, team.id)


def contact_of(desk: Desk, lead: Lead) -> LeadContact | None:
    """The client's person for this lead; of a seat that of the whole, and only for who leads, if somebody does."""
    team = team_of(desk, lead)
    return leads.contact_of(desk.session, lead.id if team is None else team.id)
