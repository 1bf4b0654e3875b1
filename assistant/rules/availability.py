"""When a member has time for work, as they said it, and whether that leaves room for a lead.

Availability is a row of dated periods. A new statement changes only the days it speaks about. Sources:
mission rows A2 ("vrij vanaf 1/3"), B9 (right profile and available then); the ages and margins are starting
values.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from assistant.rules.values import Period, Room, Statement, Status

__all__ = [
    "HOURS_A_DAY",
    "HOURS_A_DAYPART",
    "LATE_START_DAYS",
    "MAX_AGE_DAYS",
    "SHORT_BREAK_DAYS",
    "WORTHWHILE_DAYS",
    "Period",
    "Room",
    "Statement",
    "Status",
    "ahead",
    "confirm_hours",
    "correct",
    "hours_a_day",
    "is_about_work",
    "is_stale",
    "postponed",
    "room",
    "state",
]

HOURS_A_DAY = 8.0
HOURS_A_DAYPART = 4.0
URGENT_CONFIRM_HOURS = 0.5  # at most, however long a collective waits otherwise
MAX_AGE_DAYS = 14  # older than this is asked about before it is relied on
LATE_START_DAYS = 14  # this much later than asked is still worth a question
SHORT_BREAK_DAYS = 21  # a holiday: it does not stop anyone from taking a longer job
WORTHWHILE_DAYS = 28  # a shorter gap before a long busy stretch is no room for a job that runs on

_WORKABLE: tuple[Status, ...] = ("free", "partly")
_DAY = timedelta(days=1)

Stretch = tuple[date, date | None]  # first and last day


def state(periods: Sequence[Period], said: Statement, today: date) -> tuple[Period, ...]:
    """The periods after this statement: sorted, never overlapping, untouched outside the days it is about.

    Without a start it begins today. A statement that says nothing, or ends before it starts, changes nothing.
    Without a status ("24 uur per week") it refines the days the member can work and leaves busy days busy;
    when there are none to refine it means free. An open-ended "free" leaves a later holiday alone: three days
    a week from March says nothing of the two weeks in July.
    """
    said = _plain(said)
    start = said.start or today
    if said == Statement() or (said.end is not None and said.end < start):
        return tuple(sorted(periods, key=_by_start))
    if said.status is None:
        return _refined(periods, said, today)
    return _replaced(periods, _period(_without(said, (), None), said.status, start, today))


def correct(last: Statement, said: Statement) -> Statement:
    """The last statement with the newly said fields in its place ("maak er 4 van", "toch pas 15 april").

    Apply the answer to the periods from before `last`. What contradicts the correction is dropped: an end
    before the new start, a start after the new end, weekdays that no longer make up the hours, hours of a
    busy period.
    """
    if _moves_the_end(last, said) and said.start:
        is_month = said.start.day == 1  # "vol tot maart", "nee, april": until April begins
        said = replace(said, start=None, end=said.start - _DAY if is_month else said.start)
    if last.days_off and said.days_off:
        days = tuple(day for day in last.weekdays if day not in said.days_off)
        return replace(last, weekdays=days, days_off=(*last.days_off, *said.days_off))
    said = _without(said, last.weekdays, last.hours)
    merged = Statement(
        status=said.status or last.status,
        start=said.start or last.start,
        end=said.end or last.end,
        hours=last.hours if said.hours is None else said.hours,
        weekdays=said.weekdays or last.weekdays,
        dayparts=said.dayparts or last.dayparts,
    )
    return _hours_agree(_days_agree(merged, said), said)


def _moves_the_end(last: Statement, said: Statement) -> bool:
    """Whether a day named by itself is another last day: "ik zit vol tot half januari", "nee, februari"."""
    if last.status not in ("full", "away") or last.start is not None or last.end is None:
        return False
    first, until = said.start, said.end
    is_month = first is not None and until is not None and first.day == 1 and (until + _DAY).day == 1
    return said.status is None and first is not None and (until is None or is_month)


def postponed(
    periods: Sequence[Period], said: Statement, today: date
) -> tuple[tuple[Period, ...], Statement]:
    """The periods and the statement of "toch pas vrij vanaf 15 april", said apart from an earlier statement.

    Days of that period before the new start are no longer free, and hours not said stay what they were. What is no
    later start of being free changes nothing here.
    """
    if said.status not in _WORKABLE or said.start is None or said.start <= today or said.end is not None:
        return tuple(periods), said
    here = _covering(sorted(periods, key=_by_start), said.start)
    if here is None or here.status not in _WORKABLE or here.start >= said.start:
        return tuple(periods), said
    cut = [replace(each, start=said.start) if each == here else each for each in periods]
    if said.hours is None and not said.weekdays and not said.dayparts:
        said = replace(said, hours=here.hours, weekdays=here.weekdays, dayparts=here.dayparts)
    return tuple(cut), said


def is_about_work(last: Statement, said: Statement) -> bool:
    """Whether a correction can be about `last`: hours or weekdays do not correct a holiday.

    When they cannot, the words are a statement of their own.
    """
    speaks_of_hours = bool(said.hours) or bool(said.weekdays) or bool(said.dayparts)
    return not (speaks_of_hours and said.status is None and last.status in ("full", "away"))


def room(periods: Sequence[Period], start: date, end: date | None, today: date) -> Room:
    """What a lead from `start` to `end` (None: not known) finds at this member.

    A date with no period is free after a busy one has passed (hours unknown), not free before a stated free
    start, and unknown otherwise. Breaks up to three weeks inside the lead are no obstacle, a start up to two
    weeks later is a doubt; both are at most half of a short lead.
    """
    begin = max(start, today)
    ordered = sorted(periods, key=_by_start) if len(periods) > 1 else periods
    busy = _busy_stretches(ordered)
    free = _first_free_day(ordered, busy, begin, end)
    source = _source(ordered, free or begin)
    stated_on = source.stated_on if source else None
    if free is None or (free > begin and free - begin > _at_most_half(LATE_START_DAYS, begin, end)):
        return Room(known=True, available=False, hours=None, free_from=free, stated_on=stated_on)
    here = source if source and (source.end is None or source.end >= free) else None
    return Room(
        known=source is not None and (here is not None or source.status not in _WORKABLE),
        available=True,
        hours=here.hours if here else None,
        free_from=free if free > begin else (here.start if here else None),
        stated_on=stated_on,
        free_until=_free_until(ordered, busy, free, end, here),
    )


def hours_a_day(dayparts: Sequence[str]) -> float:
    """The hours in a day of which only these parts are worked; none named is the whole day."""
    return min(HOURS_A_DAYPART * len(dayparts), HOURS_A_DAY) if dayparts else HOURS_A_DAY


def is_stale(stated_on: date | None, today: date, max_age_days: int = MAX_AGE_DAYS) -> bool:
    """Whether to ask again before relying on it: said more than `max_age_days` ago, or never."""
    return stated_on is None or (today - stated_on).days > max_age_days


def ahead(periods: Sequence[Period], today: date) -> tuple[Period, ...]:
    """What is still to come; periods that follow on each other and say the same are one to whoever reads it."""
    coming: list[Period] = []
    for period in periods:
        if period.end is not None and period.end < today:
            continue
        last = coming[-1] if coming else period
        follows = last.end is not None and period.start == last.end + _DAY
        if follows and period == replace(
            last, start=period.start, end=period.end, stated_on=period.stated_on
        ):
            coming[-1] = replace(last, end=period.end)
        else:
            coming.append(period)
    return tuple(coming)


def confirm_hours(usual: float, *, urgent: bool) -> float:
    """Working hours that an offer waits for a word about old availability; then it goes out with the doubt."""
    return min(usual, URGENT_CONFIRM_HOURS) if urgent else usual


# --- stating


def _plain(said: Statement) -> Statement:
    """The statement with what follows from it: two weekdays are 16 hours, no hours is full."""
    if said.hours is None and said.weekdays and not said.days_off:
        said = replace(said, hours=hours_a_day(said.dayparts) * len(said.weekdays))
    if said.hours == 0 and said.status is None:
        said = replace(said, status="full")
    return said


def _period(said: Statement, status: Status, start: date, today: date) -> Period:
    if status not in _WORKABLE:
        return Period(start, said.end, status, 0.0, stated_on=today)
    return Period(start, said.end, status, said.hours, said.weekdays, today, said.dayparts)


def _replaced(periods: Sequence[Period], new: Period) -> tuple[Period, ...]:
    holidays = [period for period in periods if _survives(period, new)]
    rest = [piece for period in periods if period not in holidays for piece in _outside(period, new)]
    pieces = [new]
    for holiday in holidays:
        pieces = [part for piece in pieces for part in _outside(piece, holiday)]
    return tuple(sorted([*rest, *pieces, *holidays], key=_by_start))


def _survives(period: Period, new: Period) -> bool:
    """A holiday with an end, later than the start of an open-ended "free"."""
    is_holiday = period.status == "away" and period.end is not None and period.start > new.start
    return is_holiday and new.end is None and new.status in _WORKABLE


def _refined(periods: Sequence[Period], said: Statement, today: date) -> tuple[Period, ...]:
    span = _period(_without(said, (), None), "free", said.start or today, today)
    touched = [period for period in periods if _overlap(period, span) and period.status in _WORKABLE]
    gaps = _gaps(span, periods)
    if not touched and (said.start or not gaps):
        return _replaced(periods, span)
    pieces = [piece for period in touched for piece in _outside(period, span)]
    amended = [_amended(period, span, said) for period in touched]
    others = [period for period in periods if period not in touched]
    # Days nobody spoke of stay so, unless this names where it begins or there is nothing else to refine.
    new = gaps if said.start or not touched else []
    return tuple(sorted([*others, *pieces, *amended, *new], key=_by_start))


def _amended(period: Period, span: Period, said: Statement) -> Period:
    said = _without(said, period.weekdays, period.hours)
    ends = [end for end in (period.end, span.end) if end is not None]
    says_hours = said.hours is not None
    return replace(
        period,
        start=max(period.start, span.start),
        end=min(ends, default=None),
        hours=said.hours if says_hours else period.hours,
        weekdays=said.weekdays if says_hours else period.weekdays,
        dayparts=said.dayparts or period.dayparts,
        stated_on=span.stated_on,
    )


def _gaps(span: Period, taken: Sequence[Period]) -> list[Period]:
    gaps = [span]
    for period in taken:
        gaps = [part for gap in gaps for part in _outside(gap, period)]
    return gaps


def _without(said: Statement, known: tuple[str, ...], hours: float | None) -> Statement:
    """The statement with the days that are left when some go off those known ("di toch niet").

    `hours` are those known: when they were not tied to days they stay, as far as they fit in the days that are left.
    """
    if not said.days_off:
        return said
    left = tuple(day for day in known if day not in said.days_off)
    days = left or said.weekdays
    fits = hours_a_day(said.dayparts) * len(days)
    known_hours = None if left else hours
    wanted = known_hours if said.hours is None else said.hours
    return replace(said, weekdays=days, hours=fits if wanted is None else min(wanted, fits), days_off=())


# --- correcting


def _days_agree(merged: Statement, said: Statement) -> Statement:
    if merged.start is None or merged.end is None or merged.start <= merged.end:
        return merged
    return replace(merged, end=None) if said.end is None else replace(merged, start=said.start)


def _hours_agree(merged: Statement, said: Statement) -> Statement:
    if merged.status is not None and merged.status not in _WORKABLE:
        return replace(merged, hours=None, weekdays=(), dayparts=())
    if said.weekdays and said.hours is None:
        return replace(merged, hours=None)
    if merged.hours == 0 and merged.status is not None:
        return replace(merged, hours=None)
    if merged.hours is not None and ceil(merged.hours / hours_a_day(merged.dayparts)) != len(merged.weekdays):
        return replace(merged, weekdays=said.weekdays)
    return merged


# --- reading


def _first_free_day(
    periods: Sequence[Period], busy: Sequence[Stretch], begin: date, end: date | None
) -> date | None:
    day: date | None = begin
    while day is not None:
        later = _pushed_back(periods, busy, day, end)
        if later == day:
            return day
        day = later
    return None


def _pushed_back(
    periods: Sequence[Period], busy: Sequence[Stretch], day: date, end: date | None
) -> date | None:
    """The same day when the member can begin then, a later one to try, or None: no end in sight."""
    for first, last in busy:
        if last is not None and last < day:
            continue
        if first <= day or (_interrupts(first, last, day, end) and (first - day).days < WORTHWHILE_DAYS):
            return last + _DAY if last else None
    if _covering(periods, day):
        return day
    stated = [period.start for period in periods if period.status in _WORKABLE and period.start > day]
    return min(stated, default=day)


def _free_until(
    periods: Sequence[Period], busy: Sequence[Stretch], day: date, end: date | None, here: Period | None
) -> date | None:
    """The last free day before a long busy stretch, or the last one spoken of; None after the lead.

    `here` is the period that `day` lies in.
    """
    limits = [first - _DAY for first, last in busy if first > day and _interrupts(first, last, day, end)]
    last_said = _last_said(periods, here)
    if last_said is not None and (end is None or last_said < end):
        limits.append(last_said)
    return min(limits, default=None)


def _last_said(periods: Sequence[Period], here: Period | None) -> date | None:
    """The end of the unbroken row of periods around this one, when it ends with a free one."""
    row = here
    for period in periods if here is not None and here.end is not None else ():
        if row is not None and row.end is not None and period.start == row.end + _DAY:
            row = period
    return row.end if row is not None and row.status in _WORKABLE else None


def _interrupts(first: date, last: date | None, day: date, end: date | None) -> bool:
    """Whether a busy stretch is more than a break in a lead that begins on `day`."""
    if end is not None and first > end:
        return False
    return last is None or last - first + _DAY > _at_most_half(SHORT_BREAK_DAYS, day, end)


def _at_most_half(days: int, begin: date, end: date | None) -> timedelta:
    """So many days, but never more than half of a lead whose end is known."""
    allowed = timedelta(days=days)
    return allowed if end is None else min(allowed, max(end - begin, timedelta()) / 2)


def _busy_stretches(periods: Sequence[Period]) -> list[Stretch]:
    """Full and away days, taken together where one follows on the other; first and last day."""
    found: list[Stretch] = []
    for period in periods:
        if period.status in _WORKABLE:
            continue
        first, last = found[-1] if found else (None, None)
        if first is not None and last is not None and period.start == last + _DAY:
            found[-1] = first, period.end
        else:
            found.append((period.start, period.end))
    return found


def _source(periods: Sequence[Period], day: date) -> Period | None:
    """The period that tells about this day: the one it lies in, else the last one that has passed."""
    told: Period | None = None
    for period in periods:
        if period.start > day:
            break
        told = period
    return told


def _covering(periods: Sequence[Period], day: date) -> Period | None:
    source = _source(periods, day)
    return source if source and (source.end is None or source.end >= day) else None


# --- days


def _by_start(period: Period) -> date:
    return period.start


def _overlap(one: Period, other: Period) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def _outside(period: Period, hole: Period) -> list[Period]:
    """What is left of a period around a hole: nothing, one piece or two."""
    if not _overlap(period, hole):
        return [period]
    left = []
    if period.start < hole.start:
        left.append(replace(period, end=hole.start - _DAY))
    if hole.end is not None and (period.end is None or period.end > hole.end):
        left.append(replace(period, start=hole.end + _DAY))
    return left
