"""When somebody is asked about the end of an assignment, and what they see there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.assignments import ask_end_at, ask_spot_at, last_day
from assistant.rules.quiet import QuietHours, next_open

HERE = ZoneInfo("Europe/Amsterdam")
QUIET = QuietHours()
NOW = datetime(2026, 12, 1, 11, tzinfo=HERE)
START = date(2026, 12, 1)


def local(moment: datetime | None) -> str | None:
    return moment.astimezone(HERE).strftime("%Y-%m-%d %a %H:%M") if moment else None


@pytest.mark.parametrize(
    ("start", "end", "months", "last"),
    [
        (START, date(2027, 3, 31), None, date(2027, 3, 31)),
        (START, None, 6, date(2027, 5, 31)),
        (date(2026, 8, 31), None, 6, date(2027, 2, 27)),
        (START, None, 1.5, date(2027, 1, 15)),
        (START, None, 12, date(2027, 11, 30)),
        (START, None, None, None),
        (None, None, 6, None),
    ],
)
def test_the_last_day(start: date | None, end: date | None, months: float | None, last: date | None) -> None:
    assert last_day(start, end, months) == last


@pytest.mark.parametrize(
    ("last", "at"),
    [
        (date(2027, 3, 31), "2027-03-01 Mon 09:30"),
        (date(2027, 2, 1), "2027-01-04 Mon 08:00"),  # thirty days before is Saturday 2 January
        (date(2026, 12, 10), "2026-12-01 Tue 11:00"),  # known late: at once
        (date(2026, 11, 30), None),
    ],
)
def test_a_month_before_the_end(last: date, at: str | None) -> None:
    assert local(ask_end_at(last, NOW, QUIET)) == at


@pytest.mark.parametrize(
    ("last", "at"),
    [
        (None, "2027-01-15 Fri 09:30"),
        (date(2027, 5, 31), "2027-01-15 Fri 09:30"),
        (date(2027, 1, 31), None),
    ],
)
def test_in_the_second_month_of_what_is_not_short(last: date | None, at: str | None) -> None:
    assert local(ask_spot_at(START, last, NOW, QUIET)) == at


@given(st.dates(date(2026, 12, 1), date(2029, 1, 1)))
def test_never_in_quiet_hours_nor_in_the_past(last: date) -> None:
    at = ask_end_at(last, NOW, QUIET)

    assert at is not None
    assert at >= NOW
    assert next_open(at, QUIET) == at
