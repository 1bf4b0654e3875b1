"""Delete me: a member who wants to be forgotten is told what goes and what stays, and after a yes it is done.

Source: article 17 of the GDPR. Leaving itself, with all that comes with it, is membership's.
"""

from assistant import erasing
from assistant.desk import Desk
from assistant.notices import HERE, DeleteAsked, Deleted, Notice
from db import leads, members
from db.collectives import Collective
from db.members import Member


def ask(desk: Desk, member: Member) -> list[Notice]:
    """What would go and what would stay."""
    open_ones = sum(lead.state == "open" for lead in leads.of_source(desk.session, member.id))
    return [DeleteAsked(member.id, desk.collective.name, open_ones, erasing.owes(desk, member))]


def erase(desk: Desk, member: Member) -> list[Notice]:
    """All that can go is gone when this returns."""
    numbers = members.collectives_of(desk.session, member.person_id)
    elsewhere = tuple(
        desk.session.get_one(Collective, number).name for number in numbers if number != desk.collective.id
    )
    settled = erasing.erase(desk, member)
    return [Deleted(HERE, desk.collective.name, not settled, elsewhere)]
