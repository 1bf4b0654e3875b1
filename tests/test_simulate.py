"""The made-up year keeps to the rules, and is the same year every time."""

from datetime import timedelta

import pytest

from assistant.rules.policy import Policy
from tests.simulate import START, WAYS, Way, Year, most_in_a_week

WEEKS = [
    # days of pushes, the most in any seven days
    ([], 0),
    ([0, 3, 6], 3),
    ([0, 7], 1),
    ([9, 1, 2, 10], 2),
]


@pytest.mark.parametrize(("days", "most"), WEEKS)
def test_the_most_in_a_week(days: list[int], most: int) -> None:
    assert most_in_a_week([START + timedelta(days=day) for day in days]) == most


@pytest.mark.parametrize("per_week", [1, 2])
def test_nobody_is_over_budget(per_week: int) -> None:
    year = Year("seintje", Policy(pushes_per_week=per_week), leads_a_year=60).run()

    assert 0 < year.busiest_week <= per_week
    assert year.over_budget == 0


@pytest.mark.parametrize("way", WAYS)
def test_the_same_seed_is_the_same_year(way: Way) -> None:
    assert Year(way, Policy(), leads_a_year=10).run() == Year(way, Policy(), leads_a_year=10).run()
