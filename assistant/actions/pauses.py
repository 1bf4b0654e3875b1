"""Pauses: no pushes for a while, and on again."""

from datetime import date, timedelta

from assistant.desk import Desk
from assistant.notices import Notice, Paused, Resumed, Undone
from assistant.running import GIVE_WAY
from db import prompts
from db.changes import Change
from db.members import Member
from dialogs.commands import Pause

WHAT = "pause"
ENDLESS = date.max
SECOND_THOUGHTS = timedelta(
    minutes=15
)  # so long a pause may be undone before others are asked in their place


def pause(desk: Desk, member: Member, command: Pause) -> list[Notice]:
    """No pushes up to and including a day, or until told otherwise. A day that has passed counts from today on."""
    until = date.fromisoformat(command.until) if command.until else None
    before = {"quiet_until": member.quiet_until.isoformat() if member.quiet_until else None}
    desk.session.add(Change(member_id=member.id, at=desk.now, what=WHAT, before=before))
    member.quiet_until = until or ENDLESS
    prompts.plan(desk.session, member.id, GIVE_WAY, 0, desk.now + SECOND_THOUGHTS)
    return [Paused(member.id, until)]


def resume(desk: Desk, member: Member) -> list[Notice]:
    """Pushes on again."""
    if member.quiet_until is not None and member.quiet_until >= desk.today:
        member.quiet_until = desk.today - timedelta(days=1)
    return [Resumed(member.id)]


def take_back(_desk: Desk, member: Member, change: Change) -> list[Notice]:
    """As it was before the pause."""
    stored = change.before["quiet_until"]
    member.quiet_until = date.fromisoformat(stored) if stored else None
    return [Undone(member.id, WHAT)]
