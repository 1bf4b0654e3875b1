"""The playground's clock: what it says in words, and where its buttons move it."""

from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

Step = Literal["hour", "morning", "week"]
MORNING = time(9)


class Calendar(msgspec.Struct, frozen=True):
    """How a language writes moments: names from Monday and from January on."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    today: str
    yesterday: str
    weekday_letters: int


def moved(now: datetime, step: Step, zone: ZoneInfo) -> datetime:
    """The moment a button leads to: an hour or a week on, or the collective's next nine in the morning."""
    if step == "hour":
        return now + timedelta(hours=1)
    local = now.astimezone(zone)
    if step == "week":
        return (local + timedelta(weeks=1)).astimezone(now.tzinfo)
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return (morning if morning > local else morning + timedelta(days=1)).astimezone(now.tzinfo)


def in_words(now: datetime, zone: ZoneInfo, calendar: Calendar) -> str:
    """A whole moment: "maandag 23 november 2026, 09:00"."""
    local = now.astimezone(zone)
    return f"{_day(local, calendar)} {local.year}, {local:%H:%M}"


def in_short(now: datetime, zone: ZoneInfo, calendar: Calendar) -> str:
    """A moment where there is little room: "ma 23 nov 09:00"."""
    local = now.astimezone(zone)
    weekday, month = calendar.weekdays[local.weekday()], calendar.months[local.month - 1]
    return f"{weekday[: calendar.weekday_letters]} {local.day} {month[:3]} {local:%H:%M}"


def day_in_words(at: datetime, now: datetime, zone: ZoneInfo, calendar: Calendar) -> str:
    """The day of a message: "vandaag", "gisteren" or "maandag 23 november"; with the year if that differs."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    days = (today.date() - local.date()).days
    if days in (0, 1):
        return (calendar.today, calendar.yesterday)[days]
    return _day(local, calendar) + ("" if local.year == today.year else f" {local.year}")


def time_in_words(at: datetime, zone: ZoneInfo) -> str:
    """Hours and minutes: "09:05"."""
    return f"{at.astimezone(zone):%H:%M}"


def _day(local: datetime, calendar: Calendar) -> str:
    return f"{calendar.weekdays[local.weekday()]} {local.day} {calendar.months[local.month - 1]}"
