"""When a member is asked what a job brought in, and which answers are asked about before they count (row A3)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ASK_AT = time(9, 30)
MOST_A_MONTH = 100_000_00  # whole cents; above it we ask whether that is right
_SATURDAY = 5


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before."""
    return first_of(first_of(day) - timedelta(days=1))


def next_month(day: date) -> date:
    """The first day of the month after."""
    return first_of(first_of(day) + timedelta(days=31))


def ask_moment(after: date, zone: str) -> datetime:
    """In UTC: half past nine on the first working day of the month after this day, on the clock of `zone`."""
    day = next_month(after)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, ASK_AT, ZoneInfo(zone)).astimezone(UTC)


def is_odd(cents: int, total_cents: int, expected_cents: int | None, *, whole: bool) -> bool:
    """Whether to ask first: all together more than was expected, or a month that looks mistyped."""
    if expected_cents is not None and total_cents > expected_cents:
        return True
    return not whole and cents > MOST_A_MONTH
