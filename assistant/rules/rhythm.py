"""A weekly moment a member chose: the same day and the same time on their clock, also after the clock changes.

Source: mission row C11 (the weekly check). The moment may lie in quiet hours, since the member asked for it.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def first_at(now: datetime, weekday: int, at: time, zone: str) -> datetime:
    """The first such moment after `now`, in UTC; Monday is 0. Raises ValueError for a `now` without a time zone."""
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    moment = datetime.combine(day, at, here)
    if moment <= now:
        moment = datetime.combine(day + timedelta(days=7), at, here)
    return moment.astimezone(UTC)


def next_at(last: datetime, now: datetime, zone: str) -> datetime:
    """The same moment in the first week that still lies ahead, in UTC."""
    local = last.astimezone(ZoneInfo(zone))
    return first_at(now, local.weekday(), local.time(), zone)
