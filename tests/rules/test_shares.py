"""Shares per client: whole percentages of what was told, the largest first."""

from datetime import date

import pytest

from assistant.rules.shares import shares, since


@pytest.mark.parametrize(
    ("cents", "found"),
    [
        ({}, []),
        ({"KPN": 0}, []),
        ({"KPN": 700}, [("KPN", 100)]),
        ({"KPN": 300, "Philips": 700}, [("Philips", 70), ("KPN", 30)]),
        ({"a": 100, "b": 100, "c": 100}, [("a", 33), ("b", 33), ("c", 33)]),
        ({"a": 2, "b": 1}, [("a", 67), ("b", 33)]),
        ({"a": 995, "b": 5}, [("a", 100), ("b", 1)]),  # halves go up: together it may be a hundred and one
    ],
)
def test_shares(cents: dict[str, int], found: list[tuple[str, int]]) -> None:
    assert [(each.client, each.percent) for each in shares(cents)] == found


def test_twelve_months_back() -> None:
    assert since(date(2027, 2, 28)) == date(2026, 2, 1)
