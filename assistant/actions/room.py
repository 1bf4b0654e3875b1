"""Room: how much work somebody could take on. Asked of everyone alike, told to nobody, forgotten after six weeks.

It counts for the turn among equal fits and for nothing else (mission rows C11, C12). Nothing is kept of who did not
agree: the question says what an answer is for, and who says it unasked is asked first.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.desk import Desk
from assistant.notices import AskRoomConsent, Notice, RoomAsked, RoomCount, RoomNoted, RoomStopped, Undone
from assistant.rounds import comes_now
from assistant.rules import room as rules
from assistant.rules import rounds
from db import changes, members
from db import room as rooms
from db import rounds as planned
from db.changes import Change
from db.members import Member
from db.room import Room
from dialogs.commands import SetRoom

WHAT = "room"
COUNT = "room_count"


def say(desk: Desk, member: Member, command: SetRoom) -> list[Notice]:
    """Remember it for six weeks, once the member knows what for."""
    row = rooms.of_member(desk.session, member.id)
    if not command.agreed and (row is None or row.agreed_at is None):
        return [AskRoomConsent(member.id, command.days)]
    row = row or _new(desk, member)
    before = {"room": row.room, "ends_at": row.ends_at.isoformat() if row.ends_at else None}
    change = Change(member_id=member.id, at=desk.now, what=WHAT, before=before)
    desk.session.add(change)
    row.room, row.ends_at = rules.of_days(command.days), rules.ends_at(desk.now)
    row.agreed_at = row.agreed_at or desk.now
    row.declined, row.unanswered = False, 0
    desk.session.flush()
    until = row.ends_at.astimezone(ZoneInfo(desk.collective.zone)).date()
    return [RoomNoted(member.id, until, change.id)]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """As it was before the answer."""
    row = rooms.of_member(desk.session, member.id) or _new(desk, member)
    ends_at = change.before["ends_at"]
    row.room, row.ends_at = change.before["room"], datetime.fromisoformat(ends_at) if ends_at else None
    return [Undone(member.id, WHAT)]


def stop(desk: Desk, member: Member) -> list[Notice]:
    """Not to be asked again; what was answered goes."""
    row = rooms.of_member(desk.session, member.id) or _new(desk, member)
    _forget(desk, row)
    row.declined, row.agreed_at = True, None
    return [RoomStopped(member.id)]


def erase(desk: Desk, member: Member) -> None:
    """Who leaves leaves nothing of this behind."""
    row = rooms.of_member(desk.session, member.id)
    if row is not None:
        _forget(desk, row)
        desk.session.delete(row)


def _new(desk: Desk, member: Member) -> Room:
    row = Room(member_id=member.id, declined=False, unanswered=0)
    desk.session.add(row)
    return row


def _forget(desk: Desk, row: Room) -> None:
    """The answer, and the traces that taking it back needs."""
    row.room, row.ends_at = None, None
    changes.erase(desk.session, row.member_id, WHAT)


# --- the clock --------------------------------------------------------------------------------------------------


def forget_due(desk: Desk) -> list[Notice]:
    """What was answered six weeks ago is forgotten, without a word."""
    for row in rooms.over(desk.session, desk.now):
        _forget(desk, row)
    return []


def ask_everyone(desk: Desk) -> list[Notice]:
    """The same question to everyone who may be asked; who had enough of it, or is quiet, is left in peace."""
    if not comes_now(desk, "room"):
        return []
    planned.plan(desk.session, COUNT, rounds.count_at(desk.now, desk.policy.quiet))
    return [notice for member in members.active(desk.session) for notice in _ask(desk, member)]


def _ask(desk: Desk, member: Member) -> list[Notice]:
    row = rooms.of_member(desk.session, member.id) or _new(desk, member)
    is_quiet = member.quiet_until is not None and member.quiet_until >= desk.today
    if is_quiet or not rules.may_ask(declined=row.declined, unanswered=row.unanswered):
        return []
    row.asked_at, row.unanswered = desk.now, row.unanswered + 1
    return [RoomAsked(member.id, first=row.agreed_at is None)]


def count_answers(desk: Desk) -> list[Notice]:
    """To each coordinator: how many others have much room; from three up, and never who."""
    due = planned.due(desk.session, COUNT, desk.now)
    if due is None:
        return []
    due.at = None
    everyone = rooms.count_much(desk.session, desk.now)
    told: list[Notice] = []
    for each in members.coordinators(desk.session):
        own = len(rooms.with_much(desk.session, [each.id], desk.now))  # they know of themselves
        count = rules.shown(everyone - own)
        told += [RoomCount(each.id, count)] if count else []
    return told
