"""Whose week it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.duty import on_duty, week_of

MONDAY = date(2026, 11, 23)
ANNA, BRAM, CARLA = 1, 2, 3
ALL = (ANNA, BRAM, CARLA)


@pytest.mark.parametrize(
    ("order", "day", "away", "whose"),
    [
        pytest.param(ALL, MONDAY, (), ANNA, id="the first begins"),
        pytest.param(ALL, MONDAY + timedelta(days=6), (), ANNA, id="until Sunday"),
        pytest.param(ALL, MONDAY + timedelta(days=7), (), BRAM, id="then the next"),
        pytest.param(ALL, MONDAY + timedelta(days=21), (), ANNA, id="and round again"),
        pytest.param(ALL, MONDAY - timedelta(days=1), (), CARLA, id="before it began, backwards"),
        pytest.param(ALL, MONDAY, (ANNA,), BRAM, id="past who is away"),
        pytest.param(ALL, MONDAY + timedelta(days=14), (CARLA,), ANNA, id="past the last comes the first"),
        pytest.param(ALL, MONDAY, ALL, None, id="everybody is away"),
        pytest.param((), MONDAY, (), None, id="nobody takes turns"),
        pytest.param((ANNA,), MONDAY + timedelta(days=70), (), ANNA, id="one alone has every week"),
    ],
)
def test_whose_week(order: tuple[int, ...], day: date, away: tuple[int, ...], whose: int | None) -> None:
    assert on_duty(order, MONDAY, day, away) == whose


@given(
    st.lists(st.integers(1, 50), min_size=1, max_size=9, unique=True), st.integers(-99, 99), st.integers(0, 6)
)
def test_in_as_many_weeks_as_members_everybody_has_one(order: list[int], week: int, weekday: int) -> None:
    first = MONDAY + timedelta(weeks=week, days=weekday)
    weeks = [first + timedelta(weeks=number) for number in range(len(order))]

    assert sorted(on_duty(order, MONDAY, each) or 0 for each in weeks) == sorted(order)
    assert week_of(first).weekday() == 0
