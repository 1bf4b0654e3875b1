"""Calendar arithmetic: the next such day, week, quarter or feast, whatever today is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import calendar

DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_the_next_one(today: date, month: int, number: int) -> None:
    found = calendar.day(month, number, None, today).first
    assert (found.month, found.day) == (month, number)
    assert today <= found < today + timedelta(367)


@given(DAYS, st.integers(1, 52))
def test_a_week_runs_from_monday_to_sunday_and_is_not_over(today: date, number: int) -> None:
    week = calendar.week(number, None, today)
    assert (week.first.isocalendar()[1:], week.last.isocalendar()[1:]) == ((number, 1), (number, 7))
    assert today <= week.last < today + timedelta(378)


@given(DAYS, st.integers(1, 7))
def test_a_weekday_is_within_the_coming_week(today: date, number: int) -> None:
    found = calendar.weekday(number, today).first
    assert found.isoweekday() == number
    assert today < found <= today + timedelta(7)


@given(DAYS, st.integers(1, 4))
def test_a_quarter_is_three_months_and_not_over(today: date, number: int) -> None:
    quarter = calendar.quarter(number, None, today)
    assert (quarter.first.day, quarter.first.month) == (1, 3 * number - 2)
    assert quarter.last >= today
    assert 90 <= (quarter.last - quarter.first).days + 1 <= 92


@given(DAYS, st.integers(-30, 30))
def test_months_forth_and_back_stay_in_the_month(moment: date, months: int) -> None:
    moved = calendar.add_months(moment, months)
    assert (moved.year * 12 + moved.month) - (moment.year * 12 + moment.month) == months
    assert moved.day <= moment.day


@given(DAYS, DAYS)
def test_an_end_without_a_year_comes_after_its_start(end: date, start: date) -> None:
    assert calendar.ending_after(calendar.one(end), start).last >= start
    assert calendar.ending_after(calendar.one(end, yearless=False), start).last == end


@pytest.mark.parametrize(
    ("year", "feast"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, feast: date) -> None:
    assert calendar.easter(year) == feast


@pytest.mark.parametrize(
    ("month", "number", "year"), [(2, 31, None), (4, 31, None), (2, 29, 2027), (13, 1, None), (1, 1, 1200)]
)
def test_no_such_day(month: int, number: int, year: int | None) -> None:
    with pytest.raises(ValueError, match=r".+"):
        calendar.day(month, number, year, date(2026, 11, 21))
