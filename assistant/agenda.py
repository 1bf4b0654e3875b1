"""A member's agenda: written in one place, so that every collective of the same person knows it (mission row B19)."""

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.loading import plain, spell
from assistant.rules.availability import Period
from db import agendas, availability, members
from db.members import Member


def put(desk: Desk, member: Member, periods: Sequence[Period]) -> None:
    """These periods are all that is known of this member now, here and soon in their other collectives."""
    availability.replace(desk.session, member.id, [spell(each) for each in periods])
    others = [
        number
        for number in members.collectives_of(desk.session, member.person_id)
        if number != desk.collective.id
    ]
    if others:
        agendas.forget(desk.session, member.person_id, desk.collective.id)
        agendas.leave(desk.session, member.person_id, others, plain(list(periods)), desk.now)
