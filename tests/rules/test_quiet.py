"""When a member is left in peace, on their own clock. 2027-01-15 is a Friday."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.quiet import QuietHours, add_working_hours, budget_left, next_open, room_at

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USUAL = QuietHours()
NO_WEEKENDS = QuietHours(weekends=False)
ONLY_WEEKENDS = QuietHours(start=time(0), end=time(0))
SIESTA = QuietHours(start=time(12), end=time(14), weekends=False)


def local(text: str) -> datetime:
    """A moment on the clock in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "quiet", "until", "opens"),
    [
        pytest.param("2027-01-15T10:00", USUAL, None, "2027-01-15T10:00", id="in the day"),
        pytest.param("2027-01-15T08:00", USUAL, None, "2027-01-15T08:00", id="just open"),
        pytest.param("2027-01-15T07:59", USUAL, None, "2027-01-15T08:00", id="early"),
        pytest.param("2027-01-14T19:00", USUAL, None, "2027-01-15T08:00", id="just closed"),
        pytest.param("2027-01-14T23:30", USUAL, None, "2027-01-15T08:00", id="late"),
        pytest.param("2027-01-15T19:00", USUAL, None, "2027-01-18T08:00", id="Friday evening"),
        pytest.param("2027-01-16T12:00", USUAL, None, "2027-01-18T08:00", id="Saturday"),
        pytest.param("2027-01-16T12:00", NO_WEEKENDS, None, "2027-01-16T12:00", id="Saturday is fine"),
        pytest.param(
            "2027-01-16T12:00", ONLY_WEEKENDS, None, "2027-01-18T00:00", id="only weekends are quiet"
        ),
        pytest.param("2027-01-14T03:00", ONLY_WEEKENDS, None, "2027-01-14T03:00", id="no quiet hours"),
        pytest.param("2027-01-14T12:30", SIESTA, None, "2027-01-14T14:00", id="quiet in the afternoon"),
        pytest.param("2027-01-14T23:30", SIESTA, None, "2027-01-14T23:30", id="awake at night"),
        pytest.param(
            "2027-01-12T10:00", USUAL, date(2027, 1, 13), "2027-01-14T08:00", id="quiet until Wednesday"
        ),
        pytest.param(
            "2027-01-12T10:00", USUAL, date(2027, 1, 15), "2027-01-18T08:00", id="quiet until Friday"
        ),
        pytest.param("2027-01-12T10:00", USUAL, date(2027, 1, 11), "2027-01-12T10:00", id="that is over"),
        pytest.param("2027-03-28T01:00", NO_WEEKENDS, None, "2027-03-28T08:00", id="the night of 23 hours"),
        pytest.param("2027-10-31T01:00", NO_WEEKENDS, None, "2027-10-31T08:00", id="the night of 25 hours"),
    ],
)
def test_next_open(now: str, quiet: QuietHours, until: date | None, opens: str) -> None:
    assert next_open(local(now), quiet, until) == local(opens).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "hours", "quiet", "end"),
    [
        pytest.param("2027-01-14T10:00", 4, USUAL, "2027-01-14T14:00", id="the same day"),
        pytest.param("2027-01-14T17:00", 4, USUAL, "2027-01-15T10:00", id="over the night"),
        pytest.param("2027-01-15T17:00", 4, USUAL, "2027-01-18T10:00", id="over the weekend"),
        pytest.param("2027-01-14T15:00", 4, USUAL, "2027-01-15T08:00", id="closing time is the next opening"),
        pytest.param("2027-01-14T22:00", 1, USUAL, "2027-01-15T09:00", id="begins when it opens"),
        pytest.param(
            "2027-01-14T10:00", 48, USUAL, "2027-01-20T14:00", id="a rumour: 48 hours are over four days"
        ),
        pytest.param("2027-01-14T10:00", 0.5, USUAL, "2027-01-14T10:30", id="half an hour"),
        pytest.param("2027-01-14T10:00", 0, USUAL, "2027-01-14T10:00", id="none"),
        pytest.param("2027-01-14T22:00", -1, USUAL, "2027-01-15T08:00", id="never back in time"),
        pytest.param(
            "2027-03-27T18:00", 2, NO_WEEKENDS, "2027-03-28T09:00", id="over the start of summer time"
        ),
        pytest.param(
            "2027-10-30T18:00", 2, NO_WEEKENDS, "2027-10-31T09:00", id="over the end of summer time"
        ),
        pytest.param(
            "2027-03-27T23:00",
            5,
            QuietHours(start=time(0), end=time(0), weekends=False),
            "2027-03-28T05:00",
            id="an hour that does not exist is not counted",
        ),
    ],
)
def test_add_working_hours(now: str, hours: float, quiet: QuietHours, end: str) -> None:
    assert add_working_hours(local(now), hours, quiet) == local(end).astimezone(UTC)


@pytest.mark.parametrize(
    ("days_ago", "per_week", "left"),
    [
        pytest.param([], 2, 2, id="nothing sent"),
        pytest.param([1], 2, 1, id="one this week"),
        pytest.param([1, 3], 2, 0, id="spent"),
        pytest.param([1, 2, 3], 2, 0, id="more than allowed"),
        pytest.param([7, 8], 2, 2, id="a week ago no longer counts"),
        pytest.param([6.99], 2, 1, id="just within the week"),
        pytest.param([-0.1], 2, 1, id="planned for later today"),
    ],
)
def test_budget(days_ago: list[float], per_week: int, left: int) -> None:
    now = datetime(2027, 1, 14, 9, tzinfo=UTC)

    assert budget_left([now - timedelta(days=ago) for ago in days_ago], now, per_week) == left


@pytest.mark.parametrize(
    ("days_ago", "per_week", "days_on"),
    [
        pytest.param([], 2, 0, id="nothing sent"),
        pytest.param([1], 2, 0, id="one this week"),
        pytest.param([1, 3], 2, 4, id="when the older of two is a week old"),
        pytest.param([1, 2, 3], 2, 5, id="more than allowed: the second last counts"),
        pytest.param([2], 1, 5, id="one a week"),
        pytest.param([], 0, None, id="never"),
    ],
)
def test_room_again(days_ago: list[float], per_week: int, days_on: float | None) -> None:
    now = datetime(2027, 1, 14, 9, tzinfo=UTC)
    room = room_at([now - timedelta(days=ago) for ago in days_ago], now, per_week)

    assert room == (None if days_on is None else now + timedelta(days=days_on))


@pytest.mark.parametrize(
    "call", [lambda now: next_open(now, USUAL), lambda now: add_working_hours(now, 1, USUAL)]
)
def test_a_moment_has_a_time_zone(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match="time zone"):
        call(datetime(2027, 1, 14, 9))


MOMENTS = st.datetimes(
    min_value=datetime(2027, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)
)
CLOCKS = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
QUIETS = st.builds(
    QuietHours,
    zone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "UTC"]),
    start=CLOCKS,
    end=CLOCKS,
    weekends=st.booleans(),
)
HOURS = st.floats(min_value=0, max_value=60)


@given(MOMENTS, QUIETS, st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_what_is_open_stays_open(now: datetime, quiet: QuietHours, until: date | None) -> None:
    opens = next_open(now, quiet, until)

    assert opens >= now
    assert next_open(opens, quiet, until) == opens


@given(MOMENTS, HOURS, QUIETS)
def test_working_hours_end_while_open(now: datetime, hours: float, quiet: QuietHours) -> None:
    end = add_working_hours(now, hours, quiet)

    assert next_open(end, quiet) == end
    assert end - now >= timedelta(hours=hours) or hours == 0


@given(MOMENTS, MOMENTS, HOURS, HOURS, QUIETS)
def test_later_or_longer_never_ends_earlier(
    one: datetime, other: datetime, few: float, many: float, quiet: QuietHours
) -> None:
    (first, last), (less, more) = sorted((one, other)), sorted((few, many))

    assert add_working_hours(first, less, quiet) <= add_working_hours(last, less, quiet)
    assert add_working_hours(first, less, quiet) <= add_working_hours(first, more, quiet)


@given(MOMENTS, st.integers(0, 40), st.integers(0, 40), QUIETS)
def test_hours_add_up(now: datetime, some: int, more: int, quiet: QuietHours) -> None:
    halfway = add_working_hours(now, some, quiet)

    assert add_working_hours(halfway, more, quiet) == add_working_hours(now, some + more, quiet)


@given(MOMENTS)
def test_nobody_is_woken(now: datetime) -> None:
    opens = next_open(now, USUAL).astimezone(AMSTERDAM)

    assert time(8) <= opens.time() < time(19)
    assert opens.weekday() < 5
