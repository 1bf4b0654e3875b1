"""Whom to ask for somebody outside, and what the group lacks."""

from datetime import UTC, datetime

import pytest

from assistant.rules.missing import Asked, Missing, missing
from assistant.rules.outside import Knower, whom_to_ask

LONG_AGO, LATELY = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("people", "asked"),
    [
        ([], ()),
        ([Knower(1, 0.0)], ()),
        ([Knower(1, 0.3), Knower(2, 0.8)], (2, 1)),
        ([Knower(1, 0.8, LATELY), Knower(2, 0.8, LONG_AGO), Knower(3, 0.8)], (3, 2, 1)),
        ([Knower(number, 0.5) for number in range(1, 9)], (1, 2, 3)),
    ],
)
def test_a_few_whose_work_lies_near(people: list[Knower], asked: tuple[int, ...]) -> None:
    assert whom_to_ask(people) == asked


def lead(*terms: str, had_candidate: bool = False) -> Asked:
    return Asked(frozenset(terms), had_candidate)


@pytest.mark.parametrize(
    ("leads", "present", "found"),
    [
        ([], set(), Missing(0, 0, ())),
        ([lead("tester", had_candidate=True)], {"tester"}, Missing(1, 0, ())),
        (
            [lead("tester", "sql"), lead("sql"), lead("kok", had_candidate=True)],
            {"tester"},
            Missing(3, 2, (("sql", 2), ("kok", 1))),
        ),
        ([lead(*"abcdefgh")], set(), Missing(1, 1, tuple((letter, 1) for letter in "abcdef"))),
    ],
)
def test_what_is_missing(leads: list[Asked], present: set[str], found: Missing) -> None:
    assert missing(leads, present) == found
