"""A weekly moment stays at the same time on the member's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.rhythm import first_at, next_at

ZONE = "Europe/Amsterdam"
HERE = ZoneInfo(ZONE)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def local(moment: datetime) -> str:
    return moment.astimezone(HERE).strftime("%Y-%m-%d %a %H:%M")


@pytest.mark.parametrize(
    ("now", "weekday", "at", "first"),
    [
        ("2026-11-23 08:59", 0, time(9), "2026-11-23 Mon 09:00"),
        ("2026-11-23 09:00", 0, time(9), "2026-11-30 Mon 09:00"),
        ("2026-11-24 09:00", 0, time(9), "2026-11-30 Mon 09:00"),
        ("2027-03-27 09:00", 6, time(20, 30), "2027-03-28 Sun 20:30"),  # the day summer time begins
    ],
)
def test_the_first_time(now: str, weekday: int, at: time, first: str) -> None:
    assert local(first_at(datetime.fromisoformat(now).replace(tzinfo=HERE), weekday, at, ZONE)) == first


@given(moments, st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_it_lies_ahead_within_a_week(now: datetime, weekday: int, at: time) -> None:
    first = first_at(now, weekday, at, ZONE)

    assert now < first <= now + timedelta(days=7, hours=2)
    assert first.astimezone(HERE).weekday() == weekday


@given(moments, st.integers(0, 6), st.integers(5, 22), st.integers(0, 400))
def test_it_stays_at_the_same_time(now: datetime, weekday: int, hour: int, days_late: int) -> None:
    """However long the clock stood still, and whether or not summer time began meanwhile."""
    first = first_at(now, weekday, time(hour), ZONE)
    later = first + timedelta(days=days_late)
    again = next_at(first, later, ZONE).astimezone(HERE)

    assert (again.weekday(), again.hour, again.minute) == (weekday, hour, 0)
    assert later < again <= later + timedelta(days=7, hours=2)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        first_at(datetime(2026, 11, 23, 9), 0, time(9), ZONE)
