"""Totals: told of enough members only, of the right month, and of the year that is meant."""

from datetime import date

import pytest

from assistant.rules.totals import month_after, month_before, statement_year, told_cents


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ({}, None),
        ({1: 100}, None),
        ({1: 100, 2: 200}, None),
        ({1: 100, 2: 200, 3: 0}, None),  # who reported nothing hides nobody
        ({1: 100, 2: 200, 3: 1}, 301),
    ],
)
def test_a_total_shows_nobodys_own_amount(amounts: dict[int, int], told: int | None) -> None:
    assert told_cents(amounts) == told


@pytest.mark.parametrize(
    ("today", "first", "after"),
    [
        (date(2026, 12, 3), date(2026, 11, 1), date(2026, 12, 1)),
        (date(2027, 1, 7), date(2026, 12, 1), date(2027, 1, 1)),
        (date(2027, 3, 31), date(2027, 2, 1), date(2027, 3, 1)),
    ],
)
def test_the_month_that_is_over(today: date, first: date, after: date) -> None:
    assert (month_before(today), month_after(first)) == (first, after)


@pytest.mark.parametrize(
    ("today", "joined_on", "year"),
    [
        (date(2027, 1, 5), date(2026, 3, 1), 2026),
        (date(2027, 3, 31), None, 2026),
        (date(2027, 4, 1), date(2026, 3, 1), 2027),
        (date(2027, 1, 5), date(2027, 1, 2), 2027),  # was not in the year before
    ],
)
def test_the_year_of_a_statement(today: date, joined_on: date | None, year: int) -> None:
    assert statement_year(today, joined_on) == year
