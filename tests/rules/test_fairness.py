"""How fairly work is shared, and who is free in which field: numbers about the group, none below three."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.fairness import Tally, fairness, gini
from assistant.rules.spotting import Worker, for_colleague, free_by_field

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
counts = st.lists(st.integers(0, 30), max_size=40)


@pytest.mark.parametrize(
    ("pushes", "index"),
    [
        ([], 0.0),
        ([0, 0, 0], 0.0),
        ([2, 2, 2, 2], 0.0),
        ([0, 0, 0, 4], 0.75),
        ([1, 2, 3, 4], 0.25),
        ([0, 1], 0.5),
    ],
)
def test_gini(pushes: list[int], index: float) -> None:
    assert gini(pushes) == pytest.approx(index)


@given(counts)
def test_gini_lies_between_equal_and_all_to_one(pushes: list[int]) -> None:
    assert -1e-9 <= gini(pushes) < 1
    assert gini(pushes) == pytest.approx(gini(pushes[::-1]))


@given(counts, st.integers(2, 5))
def test_gini_does_not_depend_on_the_scale(pushes: list[int], times: int) -> None:
    assert gini([each * times for each in pushes]) == pytest.approx(gini(pushes))


@given(counts, st.integers(0, 9))
def test_no_count_of_one_or_two_is_told(pushes: list[int], mutes: int) -> None:
    told = fairness(pushes, [], mutes)

    small = {1, 2}
    assert told.members not in small
    assert told.mutes not in small
    assert small.isdisjoint(count for _name, count in told.bins)
    none = sum(each == 0 for each in pushes)
    if none in small or len(pushes) - none in small:
        assert told.none_percent is None


def test_a_quarter() -> None:
    leads = [
        Tally(NOW, NOW + timedelta(minutes=30), answers=3, heard=3),
        Tally(NOW, NOW + timedelta(hours=2), answers=2, heard=0),
        Tally(NOW, None, answers=1, heard=1),
        Tally(),
    ]
    told = fairness([0, 0, 0, 1, 2, 6, 7, 8], leads, 4)

    assert (told.members, told.none_percent, told.leads, told.without) == (8, 38, 4, 1)
    assert (told.minutes, told.mutes, told.heard_percent) == (75, 4, 67)
    assert told.bins == ()
    assert fairness([0, 0, 0, 1, 2, 2], leads, 4).bins == (("0", 3), ("1-2", 3), ("3-5", 0), ("6+", 0))


def worker(number: int, *fields: str, is_free: bool = True) -> Worker:
    return Worker(number, frozenset(fields), is_free)


def test_fields_with_fewer_than_three_are_left_out() -> None:
    workers = [
        *(worker(number, "communication") for number in (1, 2, 3)),
        *(worker(number, "finance") for number in (4, 5)),
        worker(6, "finance", is_free=False),
    ]

    assert free_by_field(workers) == {"communication": 3}


def test_one_hears_of_other_fields_only() -> None:
    free = {"communication": 3, "finance": 5, "legal": 3, "design": 9, "data": 4}

    assert for_colleague(free, frozenset({"design"})) == (("finance", 5), ("data", 4), ("communication", 3))
