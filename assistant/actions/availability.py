"""Availability: say it, correct it, take it back."""

import msgspec

from assistant import agenda
from assistant.desk import Desk
from assistant.loading import periods_of, plain, statement
from assistant.notices import AvailabilitySaved, AvailabilityShown, Notice, Undone
from assistant.rules import availability as rules
from assistant.rules.availability import Period, Statement
from db import changes
from db.changes import Change
from db.members import Member
from dialogs.commands import SetAvailability

WHAT = "availability"


def say(desk: Desk, member: Member, command: SetAvailability) -> list[Notice]:
    """Store a statement, or several in a row; a correction replaces the last one instead of adding to it."""
    said = statement(command.availability, desk.today)
    now_known = periods_of(desk, member.id)
    base, merged = now_known, said
    if command.correcting and (last := changes.latest(desk.session, member.id, WHAT)):
        before = msgspec.convert(last.before["statement"], Statement)
        if rules.is_about_work(before, said):
            base = msgspec.convert(last.before["base"], tuple[Period, ...])
            merged = rules.correct(before, said)
    if command.postponing:
        base, merged = rules.postponed(base, merged, desk.today)
    for later in command.also:
        base, merged = rules.state(base, merged, desk.today), statement(later, desk.today)
    periods = rules.state(base, merged, desk.today)
    change = Change(
        member_id=member.id,
        at=desk.now,
        what=WHAT,
        before={"periods": plain(now_known), "base": plain(base), "statement": plain(merged)},
    )
    return _store(desk, member, periods, change, tentative=command.availability.tentative)


def show(desk: Desk, member: Member) -> list[Notice]:
    """When the member is free, as it is noted."""
    return [AvailabilityShown(member.id, rules.ahead(periods_of(desk, member.id), desk.today))]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """Put back what was known before."""
    periods = msgspec.convert(change.before["periods"], tuple[Period, ...])
    agenda.put(desk, member, periods)
    return [Undone(member.id, WHAT, rules.ahead(periods, desk.today))]


def _store(
    desk: Desk, member: Member, periods: tuple[Period, ...], change: Change, *, tentative: bool
) -> list[Notice]:
    agenda.put(desk, member, periods)
    desk.session.add(change)
    desk.session.flush()
    return [AvailabilitySaved(member.id, rules.ahead(periods, desk.today), change.id, tentative)]
