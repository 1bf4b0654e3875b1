"""When something is asked about a job: at its end how it went, and at months 5, 6, 9 and 11 whether to go on.

Sources: mission rows B11 (three questions at the end) and B12 (rotation, on the client's decision only).
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from assistant.rules.quiet import QuietHours, next_open

ROTATION_MONTHS = (5, 6, 9, 11)
CHECK_IN_MONTHS = 6
ASK_AT = time(9, 30)


def months_after(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_rotation(start: date, ends_on: date | None, after: date) -> date | None:
    """The first day after `after` on which the job has lasted 5, 6, 9 or 11 months; None when it has ended by then."""
    for months in ROTATION_MONTHS:
        day = months_after(start, months)
        if day > after:
            return None if ends_on is not None and ends_on < day else day
    return None


def check_in(over: date) -> date:
    """When a member is reminded of an old client (mission row C14)."""
    return months_after(over, CHECK_IN_MONTHS)


def months_lasted(start: date, today: date) -> int:
    """How many of those months have passed; 0 before the fifth."""
    return max((each for each in ROTATION_MONTHS if months_after(start, each) <= today), default=0)


def moment_of(day: date, now: datetime, quiet: QuietHours) -> datetime:
    """Half past nine on that day, or as soon after as messages may go out; in UTC."""
    at = datetime.combine(day, ASK_AT, ZoneInfo(quiet.zone)).astimezone(UTC)
    return next_open(max(at, now), quiet)
