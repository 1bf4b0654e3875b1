"""What is asked during and near the end of an assignment whose dates are known, and of a time that somebody is full.

Sources: mission rows C14 (30 days before the end: free from then?) and A9 (in the second month: is there work for
another trade?).
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.rules.quiet import QuietHours, next_open

AHEAD_DAYS = 30
SPOT_AFTER_DAYS = 45  # in the second month one knows the client, and is not yet leaving
SHORTEST_DAYS = 75  # a shorter assignment is over before there is something to spot
DAYS_A_MONTH = 30.44
ASK_AT = time(9, 30)


def last_day(start: date | None, end: date | None, months: float | None) -> date | None:
    """The last day of an assignment, from its end or its length; None when nobody said."""
    if end is not None:
        return end
    if start is None or months is None:
        return None
    whole, part = divmod(months, 1)
    year, month = divmod(start.year * 12 + start.month - 1 + int(whole), 12)
    first_after = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return first_after + timedelta(days=round(part * DAYS_A_MONTH) - 1)


def ask_end_at(last: date, now: datetime, quiet: QuietHours) -> datetime | None:
    """When to ask whether somebody is free after this last day, in UTC; None when it has passed."""
    return _at(last - timedelta(days=AHEAD_DAYS), now, quiet) if last >= _today(now, quiet) else None


def ask_spot_at(start: date, last: date | None, now: datetime, quiet: QuietHours) -> datetime | None:
    """When to ask whether there is work at the client for another trade, in UTC; None for a short assignment."""
    if last is not None and (last - start).days < SHORTEST_DAYS:
        return None
    day = start + timedelta(days=SPOT_AFTER_DAYS)
    return _at(day, now, quiet) if day >= _today(now, quiet) else None


def _today(now: datetime, quiet: QuietHours) -> date:
    return now.astimezone(ZoneInfo(quiet.zone)).date()


def _at(day: date, now: datetime, quiet: QuietHours) -> datetime:
    """Half past nine on that day, or as soon as may be."""
    moment = datetime.combine(day, ASK_AT, ZoneInfo(quiet.zone)).astimezone(UTC)
    return next_open(max(moment, now), quiet)
