"""When we leave a member in peace: evenings, nights, weekends, and days they asked for it.

Source: no push from 19:00 to 08:00 or in weekends in the member's own time zone, nor while they are quiet;
two lead pushes a week by default (mission rows C10 and B9 set who hears how much and how long we wait).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

DIGEST_WEEKDAY, DIGEST_HOUR = 3, 9  # Thursday morning: early enough to answer this week
_SATURDAY = 5
_MIDNIGHT = time(0)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Quiet from `start` to `end` on the member's clock (the same: no quiet hours), and all weekend."""

    zone: str = "Europe/Amsterdam"
    start: time = time(19)
    end: time = time(8)
    weekends: bool = True


def next_open(now: datetime, quiet: QuietHours, until: date | None = None) -> datetime:
    """The first moment from `now` on that a message may go out, in UTC.

    `until` is the last day the member asked for silence. Raises ValueError for a `now` without a time zone.
    """
    if until is not None:
        now = max(now, _instant(until + timedelta(days=1), _MIDNIGHT, quiet))
    return next(start for start, _end in _open_stretches(now, quiet))


def add_working_hours(now: datetime, hours: float, quiet: QuietHours) -> datetime:
    """The moment, in UTC, at which so many hours outside the quiet ones have passed.

    Exactly at closing time is the next opening. Raises ValueError for a `now` without a time zone.
    """
    left = timedelta(hours=max(hours, 0.0))
    stretches = _open_stretches(now, quiet)
    start, end = next(stretches)
    while left >= end - start:
        left -= end - start
        start, end = next(stretches)
    return start + left


def next_digest(now: datetime, quiet: QuietHours, weekday: int | None, hour: int | None) -> datetime:
    """The first moment after `now` at which this member reads the weekly digest, in UTC; None is the usual day or hour.

    A moment within the quiet hours moves to when they end. Raises ValueError for a `now` without a time zone.
    """
    wall = time(DIGEST_HOUR if hour is None else hour)
    today = now.astimezone(ZoneInfo(quiet.zone)).date()
    ahead = (DIGEST_WEEKDAY if weekday is None else weekday) - today.weekday()
    weeks = (today + timedelta(days=ahead % 7 + 7 * week) for week in count())
    return next(at for day in weeks if (at := next_open(_instant(day, wall, quiet), quiet)) > now)


def budget_left(sent: Sequence[datetime], now: datetime, per_week: int) -> int:
    """How many pushes this member may still get, counting those of the last seven days."""
    return max(per_week - sum(moment > now - _WEEK for moment in sent), 0)


def room_at(sent: Sequence[datetime], now: datetime, per_week: int) -> datetime | None:
    """From when this member may be asked again: `now`, or when enough of the last pushes are a week old.

    None: never, since nobody is to be asked at all.
    """
    if per_week <= 0:
        return None
    if budget_left(sent, now, per_week):
        return now
    return sorted(sent)[-per_week] + _WEEK


def _open_stretches(now: datetime, quiet: QuietHours) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch from `now` on in which a message may go out, first to last, in UTC."""
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    now = now.astimezone(UTC)
    for (start, is_open), (end, _) in pairwise(_changes(now, quiet)):
        if is_open and end > now:
            yield max(start, now), end


def _changes(now: datetime, quiet: QuietHours) -> Iterator[tuple[datetime, bool]]:
    """Each moment that may open or close, with what it is from then on; begins before `now`.

    The moments are taken on the member's clock and only then put in UTC, so that a day of 23 or 25 hours is
    right.
    """
    first = now.astimezone(ZoneInfo(quiet.zone)).date() - timedelta(days=1)
    for number in count():
        day = first + timedelta(days=number)
        at = sorted({_MIDNIGHT, quiet.start, quiet.end})
        yield from sorted((_instant(day, wall, quiet), _is_open(day, wall, quiet)) for wall in at)


def _is_open(day: date, wall: time, quiet: QuietHours) -> bool:
    if quiet.weekends and day.weekday() >= _SATURDAY:
        return False
    if quiet.start <= quiet.end:
        return not quiet.start <= wall < quiet.end
    return quiet.end <= wall < quiet.start


def _instant(day: date, wall: time, quiet: QuietHours) -> datetime:
    return datetime.combine(day, wall, ZoneInfo(quiet.zone)).astimezone(UTC)
