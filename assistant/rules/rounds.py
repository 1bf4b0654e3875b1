"""When something comes round for a whole collective: on a Tuesday morning, every six weeks, month or quarter.

Starting values. Sources: mission rows C12 (the coming six weeks), A9 (monthly) and A20 (quarterly).
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from assistant.rules.quiet import QuietHours, next_open

RoundKind = Literal["room", "spotting", "fairness"]

EVERY_WEEKS = 6  # the question about room
FIRST_AFTER_DAYS = 14  # a new collective first gets to know us
COUNT_AFTER_DAYS = 3  # what was answered about room is counted this much later
_AT = {"room": time(10), "spotting": time(10, 30), "fairness": time(9, 30)}
_MONTHS = {"spotting": 1, "fairness": 3}
_TUESDAY = 1


def first(kind: RoundKind, now: datetime, quiet: QuietHours) -> datetime:
    """When a new collective has its first round, in UTC. Raises ValueError for a `now` without a time zone."""
    if kind == "room":
        return _tuesday_from(_today(now, quiet) + timedelta(days=FIRST_AFTER_DAYS), kind, quiet)
    return following(kind, now, quiet)


def following(kind: RoundKind, now: datetime, quiet: QuietHours) -> datetime:
    """When it comes after a round at `now`, in UTC: never twice for a clock that stood still for long.

    The question about room in six weeks, the others on the first Tuesday of the next month or quarter.
    Raises ValueError for a `now` without a time zone.
    """
    today = _today(now, quiet)
    if kind == "room":
        return _tuesday_from(today + timedelta(weeks=EVERY_WEEKS, days=-1), kind, quiet)
    months = _MONTHS[kind]
    passed = today.year * 12 + today.month - 1
    year, month = divmod((passed // months + 1) * months, 12)
    return _tuesday_from(date(year, month + 1, 1), kind, quiet)


def count_at(now: datetime, quiet: QuietHours) -> datetime:
    """When the answers to a round about room are counted, in UTC."""
    return next_open(now + timedelta(days=COUNT_AFTER_DAYS), quiet)


def _today(now: datetime, quiet: QuietHours) -> date:
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    return now.astimezone(ZoneInfo(quiet.zone)).date()


def _tuesday_from(day: date, kind: RoundKind, quiet: QuietHours) -> datetime:
    """The first Tuesday from this day on, moved to when messages may go out."""
    tuesday = day + timedelta(days=(_TUESDAY - day.weekday()) % 7)
    at = datetime.combine(tuesday, _AT[kind], ZoneInfo(quiet.zone)).astimezone(UTC)
    return next_open(at, quiet)
