"""When something comes round for a whole collective: on a morning, every six weeks, month, quarter or year.

Starting values. Sources: mission rows C12 (the coming six weeks), A9 and A12 (monthly), A17 and A20 (quarterly), B13
and E8 (yearly).
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from assistant.rules.quiet import QuietHours, next_open

RoundKind = Literal["room", "spotting", "fairness", "dues", "totals", "yearly"]

EVERY_WEEKS = 6  # the question about room
FIRST_AFTER_DAYS = 14  # a new collective first gets to know us
COUNT_AFTER_DAYS = 3  # what was answered about room is counted this much later
_AT = {
    "room": time(10),
    "spotting": time(10, 30),
    "fairness": time(9, 30),
    "dues": time(10),
    "totals": time(10),
    "yearly": time(10),
}
_MONTHS = {"spotting": 1, "fairness": 3, "dues": 3, "totals": 1, "yearly": 12}
_TUESDAY, _WEDNESDAY, _THURSDAY = 1, 2, 3
# Not all on one morning; about a year is told in its second week, when the first messages of a month have been read.
_DAYS = {"dues": _WEDNESDAY, "totals": _THURSDAY, "yearly": _WEDNESDAY}
_FROM = {"yearly": 8}


def first(kind: RoundKind, now: datetime, quiet: QuietHours) -> datetime:
    """When a new collective has its first round, in UTC. Raises ValueError for a `now` without a time zone."""
    if kind == "room":
        return _day_from(_today(now, quiet) + timedelta(days=FIRST_AFTER_DAYS), kind, quiet)
    return following(kind, now, quiet)


def following(kind: RoundKind, now: datetime, quiet: QuietHours) -> datetime:
    """When it comes after a round at `now`, in UTC: never twice for a clock that stood still for long.

    The question about room in six weeks, the others on their weekday at the beginning of the next period.
    Raises ValueError for a `now` without a time zone.
    """
    today = _today(now, quiet)
    if kind == "room":
        return _day_from(today + timedelta(weeks=EVERY_WEEKS, days=-1), kind, quiet)
    months = _MONTHS[kind]
    passed = today.year * 12 + today.month - 1
    year, month = divmod((passed // months + 1) * months, 12)
    return _day_from(date(year, month + 1, _FROM.get(kind, 1)), kind, quiet)


def count_at(now: datetime, quiet: QuietHours) -> datetime:
    """When the answers to a round about room are counted, in UTC."""
    return next_open(now + timedelta(days=COUNT_AFTER_DAYS), quiet)


def _today(now: datetime, quiet: QuietHours) -> date:
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    return now.astimezone(ZoneInfo(quiet.zone)).date()


def _day_from(day: date, kind: RoundKind, quiet: QuietHours) -> datetime:
    """The first of its weekday (Tuesday for most) from this day on, moved to when messages may go out."""
    weekday = day + timedelta(days=(_DAYS.get(kind, _TUESDAY) - day.weekday()) % 7)
    at = datetime.combine(weekday, _AT[kind], ZoneInfo(quiet.zone)).astimezone(UTC)
    return next_open(at, quiet)
