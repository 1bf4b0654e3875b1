"""When the one who brought a lead is asked how it ended.

Source: mission rows A2 and D14 (everyone hears how it ended), asked one week and three weeks after an
introduction.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.rules.quiet import QuietHours, next_open

ASK_AFTER_DAYS = (7, 21)
START_AFTER_DAYS = (3, 5)
ASK_AT = time(9, 30)
_SATURDAY = 5


def ask_moments(introduced_at: datetime, zone: str = "Europe/Amsterdam") -> tuple[datetime, datetime]:
    """Both moments, in UTC: half past nine on the clock of `zone`, on Monday when the day falls in a weekend.

    Raises ValueError for an `introduced_at` without a time zone.
    """
    first, second = ASK_AFTER_DAYS
    return _ask_after(introduced_at, first, zone), _ask_after(introduced_at, second, zone)


def moments_to_start(requested_at: datetime, quiet: QuietHours) -> tuple[datetime, datetime]:
    """Day 3 and day 5 after a request, in UTC, moved to when messages may go out (mission row B10)."""
    first, second = (next_open(requested_at + timedelta(days=days), quiet) for days in START_AFTER_DAYS)
    return first, second


def _ask_after(introduced_at: datetime, days: int, zone: str) -> datetime:
    if introduced_at.tzinfo is None:
        raise ValueError("introduced_at needs a time zone")
    here = ZoneInfo(zone)
    day = introduced_at.astimezone(here).date() + timedelta(days=days)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, ASK_AT, here).astimezone(UTC)
