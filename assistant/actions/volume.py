"""How much a member hears, when they read their digest, and by which clock they live."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import DigestSet, Notice, Undone, VolumeAsked, VolumeSet, ZoneSet
from db.changes import Change
from db.members import Member
from dialogs.commands import SetDigest, SetVolume, SetZone

WHAT = "volume"


def ask(_desk: Desk, member: Member) -> list[Notice]:
    """How much do you want to hear?"""
    return [VolumeAsked(member.id, member.volume)]


def change(desk: Desk, member: Member, command: SetVolume) -> list[Notice]:
    """From the next lead on (mission row C10)."""
    row = Change(member_id=member.id, at=desk.now, what=WHAT, before={"volume": member.volume})
    desk.session.add(row)
    member.volume = command.volume
    desk.session.flush()
    return [VolumeSet(member.id, command.volume, row.id)]


def take_back(_desk: Desk, member: Member, change: Change) -> list[Notice]:
    """As much as before."""
    member.volume = change.before["volume"]
    return [Undone(member.id, WHAT)]


def set_digest(_desk: Desk, member: Member, command: SetDigest) -> list[Notice]:
    """The day and hour of the weekly digest, on the member's own clock."""
    hour = command.hour if command.hour is not None and 0 <= command.hour < 24 else None
    member.digest_weekday, member.digest_hour = command.weekday, hour
    return [DigestSet(member.id, command.weekday, hour)]


def set_zone(_desk: Desk, member: Member, command: SetZone) -> list[Notice]:
    """Quiet hours follow the clock the member lives by."""
    try:
        ZoneInfo(command.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RefusedError(ZoneSet(member.id, command.zone, known=False)) from None
    member.zone = command.zone
    return [ZoneSet(member.id, command.zone)]
