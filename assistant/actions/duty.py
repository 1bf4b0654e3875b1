"""Duty: members take turns, a week each, to be the first who hears what clients ask (mission row C2)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant import rights
from assistant.desk import Desk
from assistant.duty import away, on_duty
from assistant.errors import RefusedError
from assistant.notices import (
    DutyLine,
    DutyShown,
    DutyYours,
    Notice,
    SwapAsked,
    SwapTold,
    TipImpossible,
)
from assistant.rules import duty as rules
from assistant.rules import quiet
from db import duty, inquiries, members
from db import rounds as planned
from db.duty import Duty, Swap
from db.members import Member
from dialogs.commands import GiveWeekBack, SetDuty, TakeWeek

ROUND = "duty"  # the round that tells whose week begins
MORNING = time(9)
SHOWN = 4  # weeks
LOOKED_AHEAD = 12  # weeks: so far a week that was taken over is looked for


def set_rotation(desk: Desk, member: Member, command: SetDuty) -> list[Notice]:
    """A coordinator says who take turns; the first has this week, and each of them hears it."""
    rights.require(desk, member, "duty")
    chosen = [_named(desk, member, name) for name in command.names]
    order = list({each.id: each for each in chosen}.values())
    duty.clear(desk.session)
    this_week = rules.week_of(desk.today)
    for position, each in enumerate(order):
        desk.session.add(Duty(member_id=each.id, position=position, begins_on=this_week))
    desk.session.flush()
    if order:
        planned.plan(desk.session, ROUND, _next_monday(desk))
    told = [
        DutyYours(each.id, this_week + timedelta(weeks=number), member.name)
        for number, each in enumerate(order)
        if each.id != member.id
    ]
    return [*show(desk, member), *told]


def _named(desk: Desk, member: Member, name: str) -> Member:
    found = members.named(desk.session, name)
    if len(found) != 1:
        raise RefusedError(TipImpossible(member.id, name, "several" if found else "unknown"))
    return found[0]


def _next_monday(desk: Desk) -> datetime:
    day = rules.week_of(desk.today) + timedelta(weeks=1)
    at = datetime.combine(day, MORNING, ZoneInfo(desk.collective.zone))
    return quiet.next_open(at, desk.policy.quiet)


def show(desk: Desk, member: Member) -> list[Notice]:
    """The weeks that come and whose they are."""
    first = rules.week_of(desk.today)
    weeks = [first + timedelta(weeks=number) for number in range(SHOWN)]
    found = [(week, on_duty(desk, week)) for week in weeks]
    lines = tuple(DutyLine(week, each.name) for week, each in found if each is not None)
    return [DutyShown(member.id, lines, any(each is member for _, each in found))]


def ask_swap(desk: Desk, member: Member) -> list[Notice]:
    """The others in the rotation are asked privately; the first who says so has it."""
    week = next(
        (
            each
            for number in range(len(duty.rotation(desk.session)))
            for each in [rules.week_of(desk.today) + timedelta(weeks=number)]
            if (found := on_duty(desk, each)) is not None and found.id == member.id
        ),
        None,
    )
    if week is None:
        raise RefusedError(SwapTold(member.id, "no_week"))
    absent = away(desk)
    others = [
        each.member_id
        for each in duty.rotation(desk.session)
        if each.member_id != member.id and each.member_id not in absent
    ]
    if not others:
        raise RefusedError(SwapTold(member.id, "nobody", week))
    asked = [SwapAsked(each, member.name, week, member.id) for each in others]
    return [SwapTold(member.id, "asked", week), *asked]


def take_week(desk: Desk, member: Member, command: TakeWeek) -> list[Notice]:
    """The first who takes a week over has it."""
    now_on = on_duty(desk, command.week_on)
    if now_on is None or now_on.id != command.for_id or command.week_on < rules.week_of(desk.today):
        raise RefusedError(SwapTold(member.id, "gone", command.week_on))
    row = duty.swap_of(desk.session, command.week_on)
    if row is None:
        desk.session.add(Swap(week_on=command.week_on, member_id=member.id))
    else:
        row.member_id = member.id
    return [
        SwapTold(member.id, "yours", command.week_on, now_on.name),
        SwapTold(now_on.id, "theirs", command.week_on, member.name),
    ]


def give_back(desk: Desk, member: Member, command: GiveWeekBack) -> list[Notice]:
    """Who took a week over gives it back: it is whose it was, and they hear it."""
    first = rules.week_of(desk.today)
    weeks = (
        [command.week_on] if command.week_on else [first + timedelta(weeks=n) for n in range(LOOKED_AHEAD)]
    )
    swaps = (duty.swap_of(desk.session, week) for week in weeks if week >= first)
    mine = next((each for each in swaps if each is not None and each.member_id == member.id), None)
    if mine is None:
        raise RefusedError(SwapTold(member.id, "not_taken"))
    week = mine.week_on
    desk.session.delete(mine)
    desk.session.flush()
    owner = on_duty(desk, week)
    if owner is None or owner.id == member.id:  # whose it was is away or gone
        return [SwapTold(member.id, "given_back", week)]
    return [
        SwapTold(member.id, "given_back", week, owner.name),
        SwapTold(owner.id, "back", week, member.name),
    ]


def leave(desk: Desk, member: Member) -> None:
    """Who leaves has no week any more."""
    duty.leave(desk.session, member.id)


def tell_due(desk: Desk) -> list[Notice]:
    """On Monday morning, while there is a link for clients: it is your week."""
    due = planned.due(desk.session, ROUND, desk.now)
    if due is None:
        return []
    is_on = bool(duty.rotation(desk.session))
    due.at = _next_monday(desk) if is_on else None
    first = on_duty(desk, desk.today)
    if first is None or inquiries.door(desk.session) is None:
        return []
    return [DutyYours(first.id, rules.week_of(desk.today), None)]
