"""Who is on duty for what clients ask, as the database knows it."""

from datetime import date

from assistant.desk import Desk
from assistant.rules import duty as rules
from db import duty
from db.members import Member


def away(desk: Desk) -> frozenset[int]:
    """Members of the rotation who left, or asked for silence until a later day."""
    rows = [desk.member(each.member_id) for each in duty.rotation(desk.session)]
    return frozenset(each.id for each in rows if not is_there(desk, each))


def is_there(desk: Desk, member: Member) -> bool:
    """Whether a member can be asked today."""
    return member.state == "active" and not (member.quiet_until and member.quiet_until >= desk.today)


def on_duty(desk: Desk, day: date) -> Member | None:
    """Whose week this day is in; None without a rotation, or when all of it is away."""
    week_on = rules.week_of(day)
    swap = duty.swap_of(desk.session, week_on)
    if swap is not None and is_there(desk, taker := desk.member(swap.member_id)):
        return taker
    rows = duty.rotation(desk.session)
    if not rows:
        return None
    found = rules.on_duty([each.member_id for each in rows], rows[0].begins_on, week_on, away(desk))
    return desk.member(found) if found is not None else None
