"""Milestones of a job: months 5, 6, 9 and 11, and the day after the last."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.milestones import moment_of, months_after, months_lasted, next_rotation
from assistant.rules.quiet import QuietHours, next_open

START = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("ends_on", "after", "day"),
    [
        (None, "2026-11-01", "2027-04-01"),
        (None, "2027-03-31", "2027-04-01"),
        (None, "2027-04-01", "2027-05-01"),
        (None, "2027-05-01", "2027-08-01"),
        (None, "2027-08-20", "2027-10-01"),
        (None, "2027-10-01", None),  # after eleven months nothing more is said
        ("2027-03-31", "2026-11-01", None),  # over before the fifth month
        ("2027-04-30", "2027-04-01", None),
        ("2027-05-01", "2027-04-01", "2027-05-01"),
    ],
)
def test_months_five_six_nine_and_eleven(ends_on: str | None, after: str, day: str | None) -> None:
    last = date.fromisoformat(ends_on) if ends_on else None

    assert next_rotation(START, last, date.fromisoformat(after)) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("today", "months"),
    [("2026-12-01", 0), ("2027-03-31", 0), ("2027-04-01", 5), ("2027-05-02", 6), ("2028-05-01", 11)],
)
def test_how_long_it_has_lasted(today: str, months: int) -> None:
    assert months_lasted(START, date.fromisoformat(today)) == months


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"), ("2026-01-15", 11, "2026-12-15")],
)
def test_a_month_later(start: str, months: int, day: str) -> None:
    assert months_after(date.fromisoformat(start), months) == date.fromisoformat(day)


@given(
    st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
)
def test_it_is_asked_when_messages_may_go_out_and_never_in_the_past(day: date, now: datetime) -> None:
    at = moment_of(day, now, QuietHours())

    assert at >= now
    assert next_open(at, QuietHours()) == at
