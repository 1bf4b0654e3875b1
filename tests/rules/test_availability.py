"""What members say about their time, row by row: before, said, after."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.availability import (
    Period,
    Room,
    Statement,
    Status,
    correct,
    is_about_work,
    is_stale,
    postponed,
    room,
    state,
)

TODAY = date(2027, 1, 10)
BEFORE = date(2027, 1, 1)


def day(text: str) -> date:
    """Day and month of 2027."""
    number, month = text.split("/")
    return date(2027, int(month), int(number))


def period(line: str) -> Period:
    """'1/3 .. free 24 tue,thu new': first day, last day, status, hours, weekdays, stated today or before."""
    first, last, status, hours, weekdays, stated = line.split()
    known: dict[str, Status] = {"free": "free", "partly": "partly", "full": "full", "away": "away"}
    return Period(
        day(first),
        None if last == ".." else day(last),
        known[status],
        None if hours == "?" else float(hours),
        () if weekdays == "-" else tuple(weekdays.split(",")),
        TODAY if stated == "new" else BEFORE,
    )


def said(
    status: Status | None = None,
    start: str | None = None,
    end: str | None = None,
    hours: float | None = None,
    weekdays: str = "",
    off: str = "",
) -> Statement:
    days, days_off = tuple(weekdays.split()), tuple(off.split())
    first, last = day(start) if start else None, day(end) if end else None
    return Statement(status, first, last, hours, days, days_off=days_off)


@pytest.mark.parametrize(
    ("before", "statement", "after"),
    [
        pytest.param(
            [], said("free", "1/3", hours=24), ["1/3 .. free 24 - new"], id="vanaf 1 maart 3 dagen p/w"
        ),
        pytest.param([], said("full", end="30/6"), ["10/1 30/6 full 0 - new"], id="ik zit vol t/m juni"),
        pytest.param(
            [], said("free", weekdays="tue thu"), ["10/1 .. free 16 tue,thu new"], id="di en do vrij"
        ),
        pytest.param([], said("full", hours=32), ["10/1 .. full 0 - new"], id="full has no hours"),
        pytest.param([], said(hours=0), ["10/1 .. full 0 - new"], id="no hours is full"),
        pytest.param([], said(hours=24), ["10/1 .. free 24 - new"], id="hours alone: free"),
        pytest.param(
            ["1/3 .. free 16 tue,thu old"],
            said(weekdays="mon wed thu fri", off="tue"),
            ["1/3 .. free 8 thu new"],
            id="di toch niet",
        ),
        pytest.param(
            ["1/3 .. free 16 tue,thu old"],
            said(weekdays="tue wed thu fri", off="mon"),
            ["1/3 .. free 16 tue,thu new"],
            id="a day off that was none",
        ),
        pytest.param(
            ["1/3 .. free 24 - old"],
            said(weekdays="tue wed thu fri", off="mon"),
            ["1/3 .. free 24 tue,wed,thu,fri new"],
            id="three days, and not on Monday",
        ),
        pytest.param(
            ["1/3 .. free 40 - old"],
            said(weekdays="tue wed thu fri", off="mon"),
            ["1/3 .. free 32 tue,wed,thu,fri new"],
            id="all days, and not on Monday",
        ),
        pytest.param(
            [],
            said(weekdays="tue wed thu fri", off="mon"),
            ["10/1 .. free 32 tue,wed,thu,fri new"],
            id="not on Monday",
        ),
        pytest.param(
            [],
            said("free", "1/3", weekdays="tue wed thu fri", off="mon"),
            ["1/3 .. free 32 tue,wed,thu,fri new"],
            id="from March, not on Monday",
        ),
        pytest.param([], Statement(), [], id="nothing said"),
        pytest.param(
            ["1/3 .. free 24 - old"], Statement(), ["1/3 .. free 24 - old"], id="nothing said, kept"
        ),
        pytest.param([], said("free", "1/3", "1/2"), [], id="ends before it starts"),
        pytest.param([], said("free", end="1/1"), [], id="ended before today"),
        pytest.param(
            ["1/1 .. free 32 - old"],
            said("away", "12/7", "26/7"),
            ["1/1 11/7 free 32 - old", "12/7 26/7 away 0 - new", "27/7 .. free 32 - old"],
            id="a holiday cuts a hole and the rest lives on",
        ),
        pytest.param(
            ["1/1 .. free 32 - old"],
            said("full", end="30/6"),
            ["1/1 9/1 free 32 - old", "10/1 30/6 full 0 - new", "1/7 .. free 32 - old"],
            id="full for a while, then free again",
        ),
        pytest.param(
            ["1/1 .. free 32 - old"],
            said("full", "1/3"),
            ["1/1 28/2 free 32 - old", "1/3 .. full 0 - new"],
            id="full without end",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old"],
            said("free", "1/5", hours=24),
            ["1/1 30/4 full 0 - old", "1/5 .. free 24 - new"],
            id="free earlier than thought",
        ),
        pytest.param(
            ["1/3 .. free 24 - old"],
            said("free", "1/2", "30/4", hours=16),
            ["1/2 30/4 free 16 - new", "1/5 .. free 24 - old"],
            id="a new free period replaces what it overlaps",
        ),
        pytest.param(
            ["12/7 26/7 away 0 - old"],
            said("free", "1/3", hours=24),
            ["1/3 11/7 free 24 - new", "12/7 26/7 away 0 - old", "27/7 .. free 24 - new"],
            id="free from March says nothing of the holiday in July",
        ),
        pytest.param(
            ["12/7 26/7 away 0 - old"],
            said("free", "1/7", "31/7"),
            ["1/7 31/7 free ? - new"],
            id="free all July: the holiday is off",
        ),
        pytest.param(
            ["1/1 26/1 away 0 - old"],
            said("free"),
            ["1/1 9/1 away 0 - old", "10/1 .. free ? - new"],
            id="back early",
        ),
        pytest.param(
            ["1/3 .. free 40 - old"],
            said(hours=24),
            ["1/3 .. free 24 - new"],
            id="hours alone do not make anyone free before March",
        ),
        pytest.param(
            ["1/3 .. partly 40 - old"],
            said(start="1/4", hours=24),
            ["1/3 31/3 partly 40 - old", "1/4 .. partly 24 - new"],
            id="fewer hours from April keeps the status",
        ),
        pytest.param(
            ["1/3 30/4 free 40 - old"],
            said(start="1/4", hours=24),
            ["1/3 31/3 free 40 - old", "1/4 30/4 free 24 - new", "1/5 .. free 24 - new"],
            id="a named start reaches past what was said",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old"],
            said(hours=24),
            ["1/1 30/6 full 0 - old", "1/7 .. free 24 - new"],
            id="hours while full: after that",
        ),
        pytest.param(
            ["1/1 .. full 0 - old"],
            said(hours=24),
            ["1/1 9/1 full 0 - old", "10/1 .. free 24 - new"],
            id="hours while full without end: no longer full",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old"],
            said(start="1/4", hours=24),
            ["1/1 31/3 full 0 - old", "1/4 .. free 24 - new"],
            id="hours with a start while full: free from then",
        ),
        pytest.param(
            ["1/1 .. free 40 mon,tue,wed,thu,fri old"],
            said(weekdays="tue thu"),
            ["1/1 9/1 free 40 mon,tue,wed,thu,fri old", "10/1 .. free 16 tue,thu new"],
            id="weekdays alone",
        ),
        pytest.param(
            ["1/5 .. free 24 - old", "1/1 30/4 full 0 - old"],
            said("away", "1/8", "7/8"),
            [
                "1/1 30/4 full 0 - old",
                "1/5 31/7 free 24 - old",
                "1/8 7/8 away 0 - new",
                "8/8 .. free 24 - old",
            ],
            id="given out of order",
        ),
    ],
)
def test_state(before: list[str], statement: Statement, after: list[str]) -> None:
    assert state([period(line) for line in before], statement, TODAY) == tuple(map(period, after))


@pytest.mark.parametrize(
    ("last", "correction", "result"),
    [
        pytest.param(
            said("free", "1/3", hours=24), said(hours=32), said("free", "1/3", hours=32), id="maak er 4 van"
        ),
        pytest.param(
            said("free", "1/3", hours=24),
            said(start="15/4"),
            said("free", "15/4", hours=24),
            id="toch pas 15 april",
        ),
        pytest.param(
            said("full", end="30/6"), said(end="31/5"), said("full", end="31/5"), id="toch maar tot eind mei"
        ),
        pytest.param(
            said("free", "1/3", "31/3"),
            said(start="15/4"),
            said("free", "15/4"),
            id="new start drops the old end",
        ),
        pytest.param(
            said("free", "1/3"), said(end="15/2"), said("free", end="15/2"), id="new end drops the old start"
        ),
        pytest.param(
            said("free", "1/3", weekdays="tue thu"),
            said(weekdays="mon wed thu fri", off="tue"),
            said("free", "1/3", hours=8, weekdays="thu"),
            id="di toch niet",
        ),
        pytest.param(
            said(weekdays="mon wed thu fri", off="tue"),
            said(weekdays="mon tue wed fri", off="thu"),
            said(weekdays="mon wed fri", off="tue thu"),
            id="do ook niet",
        ),
        pytest.param(
            said("free", hours=16, weekdays="tue thu"),
            said(hours=24),
            said("free", hours=24),
            id="three days are not those two",
        ),
        pytest.param(
            said("free", hours=16, weekdays="tue thu"),
            said(hours=12),
            said("free", hours=12, weekdays="tue thu"),
            id="twelve hours may be those two days",
        ),
        pytest.param(
            said("free", hours=24),
            said(weekdays="mon"),
            said("free", weekdays="mon"),
            id="weekdays set the hours",
        ),
        pytest.param(
            said("free", hours=24), said("full", end="1/5"), said("full", end="1/5"), id="full after all"
        ),
        pytest.param(said("full", hours=0), said("free"), said("free"), id="free after all, hours unknown"),
        pytest.param(
            said(start="1/3", hours=24), said(hours=8), said(start="1/3", hours=8), id="without a status"
        ),
    ],
)
def test_correct(last: Statement, correction: Statement, result: Statement) -> None:
    assert correct(last, correction) == result


@pytest.mark.parametrize(
    ("before", "statement", "after"),
    [
        pytest.param(
            ["1/2 .. free 32 - old"], said("free", "15/4"), ["15/4 .. free 32 - new"], id="hours stay"
        ),
        pytest.param(
            ["1/2 .. free 32 - old"],
            said("free", "15/4", hours=24),
            ["15/4 .. free 24 - new"],
            id="new hours",
        ),
        pytest.param(
            ["10/1 31/1 free 8 - old", "1/3 .. free 32 - old"],
            said("free", "15/4"),
            ["10/1 31/1 free 8 - old", "15/4 .. free 32 - new"],
            id="an earlier period is another",
        ),
        pytest.param(
            ["1/5 .. free 32 - old"], said("free", "15/4"), ["15/4 .. free ? - new"], id="sooner is no delay"
        ),
    ],
)
def test_later_after_all(before: list[str], statement: Statement, after: list[str]) -> None:
    base, merged = postponed(tuple(map(period, before)), statement, TODAY)
    assert state(base, merged, TODAY) == tuple(map(period, after))


@pytest.mark.parametrize(
    ("last", "correction", "is_about"),
    [
        pytest.param(said("free", hours=24), said(hours=32), True, id="hours of work"),
        pytest.param(said("away", "12/7", "26/7"), said(hours=32), False, id="hours of a holiday"),
        pytest.param(said("full"), said(weekdays="tue"), False, id="weekdays of a full agenda"),
        pytest.param(said("away", "12/7", "26/7"), said(start="13/7"), True, id="the holiday moves"),
        pytest.param(said("full"), said("free", hours=32), True, id="free after all"),
    ],
)
def test_a_correction_is_about_the_last_statement(
    last: Statement, correction: Statement, *, is_about: bool
) -> None:
    assert is_about_work(last, correction) is is_about


UNKNOWN = Room(known=False, available=True, hours=None, free_from=None, stated_on=None)


@pytest.mark.parametrize(
    ("periods", "start", "end", "found"),
    [
        pytest.param([], "1/4", None, UNKNOWN, id="nothing stated"),
        pytest.param(
            ["1/3 .. free 24 - old"], "1/4", None, Room(True, True, 24, day("1/3"), BEFORE), id="free in time"
        ),
        pytest.param(
            ["1/3 .. free 24 - old"],
            "20/2",
            None,
            Room(True, True, 24, day("1/3"), BEFORE),
            id="nine days later",
        ),
        pytest.param(
            ["1/3 .. free 24 - old"],
            "15/2",
            None,
            Room(True, True, 24, day("1/3"), BEFORE),
            id="fourteen days later",
        ),
        pytest.param(
            ["1/3 .. free 24 - old"],
            "14/2",
            None,
            Room(True, False, None, day("1/3"), BEFORE),
            id="fifteen: too late",
        ),
        pytest.param(
            ["1/3 .. free 24 - old"],
            "20/2",
            "1/3",
            Room(True, False, None, day("1/3"), BEFORE),
            id="short lead: too late",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old"],
            "1/9",
            None,
            Room(True, True, None, None, BEFORE),
            id="full until June: free after",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old"],
            "25/6",
            None,
            Room(True, True, None, day("1/7"), BEFORE),
            id="full a week too long",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old"],
            "1/4",
            None,
            Room(True, False, None, day("1/7"), BEFORE),
            id="full then",
        ),
        pytest.param(
            ["1/1 .. full 0 - old"], "1/4", None, Room(True, False, None, None, BEFORE), id="full, no end"
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old", "1/7 20/7 away 0 - new"],
            "25/6",
            None,
            Room(True, False, None, day("21/7"), TODAY),
            id="full, then on holiday at once",
        ),
        pytest.param(
            ["1/1 30/6 full 0 - old", "1/9 .. free 32 - new"],
            "15/7",
            None,
            Room(True, False, None, day("1/9"), TODAY),
            id="a stated free start counts, not the end of the last job",
        ),
        pytest.param(
            ["1/1 11/7 free 32 - old", "12/7 26/7 away 0 - new", "27/7 .. free 32 - old"],
            "1/4",
            "31/12",
            Room(True, True, 32, day("1/1"), BEFORE),
            id="a holiday inside the lead is no obstacle",
        ),
        pytest.param(
            ["1/1 11/7 free 32 - old", "12/7 26/7 away 0 - new", "27/7 .. free 32 - old"],
            "15/7",
            None,
            Room(True, True, 32, day("27/7"), BEFORE),
            id="begins in the holiday: a little later",
        ),
        pytest.param(
            ["1/1 11/7 free 32 - old", "12/7 26/7 away 0 - new", "27/7 .. free 32 - old"],
            "8/7",
            "29/7",
            Room(True, False, None, day("27/7"), BEFORE),
            id="the holiday is most of the lead",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old", "1/6 .. full 0 - new"],
            "1/4",
            None,
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("31/5")),
            id="full again while the lead runs",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old", "1/6 .. full 0 - new"],
            "1/4",
            "30/4",
            Room(True, True, 32, day("1/1"), BEFORE),
            id="full again after the lead",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old", "1/6 .. full 0 - new"],
            "10/5",
            None,
            Room(True, False, None, None, BEFORE),
            id="three weeks before a full agenda is no room",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old"],
            "1/4",
            None,
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("31/5")),
            id="said to be free until June",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old", "1/6 31/8 partly 16 - old"],
            "1/4",
            "31/10",
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("31/8")),
            id="free, then partly, then not said",
        ),
        pytest.param(
            ["1/1 30/6 free 32 - old", "1/7 21/7 away 0 - new", "22/7 .. free 32 - old"],
            "1/4",
            None,
            Room(True, True, 32, day("1/1"), BEFORE),
            id="three weeks off",
        ),
        pytest.param(
            ["1/1 30/6 free 32 - old", "1/7 22/7 away 0 - new", "23/7 .. free 32 - old"],
            "1/4",
            None,
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("30/6")),
            id="a day more than three weeks off",
        ),
        pytest.param(
            [
                "1/1 30/6 free 32 - old",
                "1/7 14/7 full 0 - new",
                "15/7 28/7 away 0 - new",
                "29/7 .. free 32 - old",
            ],
            "1/4",
            None,
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("30/6")),
            id="full and then a holiday is one long break",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old"],
            "31/5",
            "31/5",
            Room(True, True, 32, day("1/1"), BEFORE),
            id="the last free day, and no longer",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old", "1/6 .. full 0 - new"],
            "4/5",
            None,
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("31/5")),
            id="four weeks before a full agenda is room",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old", "1/6 .. full 0 - new"],
            "1/4",
            "1/6",
            Room(True, True, 32, day("1/1"), BEFORE, free_until=day("31/5")),
            id="full on the last day of the lead",
        ),
        pytest.param(
            ["1/1 30/3 full 0 - old"],
            "30/3",
            None,
            Room(True, True, None, day("31/3"), BEFORE),
            id="full on the first day only",
        ),
        pytest.param(
            ["1/1 31/5 free 32 - old"],
            "1/7",
            None,
            Room(False, True, None, None, BEFORE),
            id="after it: unknown",
        ),
        pytest.param(
            ["1/5 30/6 full 0 - old"],
            "1/3",
            None,
            Room(False, True, None, None, None, free_until=day("30/4")),
            id="only a later full stretch is known",
        ),
        pytest.param(
            ["1/1 .. free 32 - old"],
            "1/1",
            None,
            Room(True, True, 32, day("1/1"), BEFORE),
            id="a start in the past is today",
        ),
    ],
)
def test_room(periods: list[str], start: str, end: str | None, found: Room) -> None:
    assert room([period(line) for line in periods], day(start), day(end) if end else None, TODAY) == found


@pytest.mark.parametrize(
    ("stated_on", "is_old"),
    [
        pytest.param(TODAY, False, id="today"),
        pytest.param(TODAY - timedelta(days=14), False, id="fourteen days"),
        pytest.param(TODAY - timedelta(days=15), True, id="fifteen days"),
        pytest.param(None, True, id="never"),
    ],
)
def test_stale(stated_on: date | None, *, is_old: bool) -> None:
    assert is_stale(stated_on, TODAY) is is_old


# --- rules that hold whatever is said

DAYS = st.dates(min_value=date(2026, 12, 1), max_value=date(2027, 12, 31))
STATEMENTS = st.builds(
    Statement,
    status=st.sampled_from([None, "free", "partly", "full", "away"]),
    start=st.none() | DAYS,
    end=st.none() | DAYS,
    hours=st.sampled_from([None, 0.0, 16.0, 24.0]),
    weekdays=st.sampled_from([(), ("tue", "thu")]),
)
HISTORIES = st.lists(st.tuples(STATEMENTS, DAYS), max_size=6)


def told(history: list[tuple[Statement, date]]) -> tuple[Period, ...]:
    periods: tuple[Period, ...] = ()
    for statement, on in history:
        periods = state(periods, statement, on)
    return periods


def on(periods: tuple[Period, ...], moment: date) -> tuple[object, ...] | None:
    """What is known of one day."""
    for one in periods:
        if one.start <= moment and (one.end is None or moment <= one.end):
            return one.status, one.hours, one.weekdays, one.stated_on
    return None


@given(HISTORIES)
def test_periods_are_sorted_and_never_overlap(history: list[tuple[Statement, date]]) -> None:
    periods = told(history)

    assert all(one.end is None or one.start <= one.end for one in periods)
    assert all(one.end is not None and one.end < other.start for one, other in pairwise(periods))


@given(HISTORIES, STATEMENTS, DAYS, DAYS)
def test_a_statement_changes_no_day_it_does_not_speak_of(
    history: list[tuple[Statement, date]], statement: Statement, today: date, moment: date
) -> None:
    before = told(history)
    first, last = statement.start or today, statement.end
    if first <= moment and (last is None or moment <= last):
        moment = first - timedelta(days=1)

    assert on(state(before, statement, today), moment) == on(before, moment)


@given(HISTORIES, STATEMENTS, DAYS)
def test_saying_it_twice_changes_nothing(
    history: list[tuple[Statement, date]], statement: Statement, today: date
) -> None:
    once = state(told(history), statement, today)

    assert all(on(state(once, statement, today), one.start) == on(once, one.start) for one in once)


@given(HISTORIES, STATEMENTS, DAYS)
def test_what_was_said_is_so_from_its_first_day(
    history: list[tuple[Statement, date]], statement: Statement, today: date
) -> None:
    first = statement.start or today
    known = on(state(told(history), statement, today), first)

    if statement.status is not None and (statement.end is None or statement.end >= first):
        assert known is not None
        assert known[0] == statement.status


@given(HISTORIES, DAYS, st.none() | DAYS, DAYS)
def test_room_starts_on_a_free_day(
    history: list[tuple[Statement, date]], start: date, end: date | None, today: date
) -> None:
    periods = told(history)
    found = room(periods, start, end, today)
    begin = max(start, today)

    if found.available:
        first = max(found.free_from or begin, begin)
        known = on(periods, first)
        assert known is None or known[0] in ("free", "partly")
        assert first - begin <= timedelta(days=14)
    else:
        assert found.known
        assert found.free_from is None or found.free_from > begin
