"""What a job brings in follows from what was agreed; what looks mistyped is asked about."""

import pytest

from assistant.rules.terms import Load, RateUnit, expected_cents, is_odd

DAYS, HOURS, WEEKLY = (60.0, "day"), (400.0, "hour"), (32.0, "hour")


@pytest.mark.parametrize(
    ("rate", "per", "quantity", "per_week", "weeks", "expected"),
    [
        (900, "day", DAYS, None, None, 54_000),
        (87.5, "hour", HOURS, None, None, 35_000),
        (95, "hour", DAYS, None, None, 45_600),  # a day is eight hours
        (800, "day", HOURS, None, None, 40_000),
        (95, "hour", None, WEEKLY, 10.0, 30_400),
        (95, "hour", None, WEEKLY, 43.4, 131_900),  # an estimate, in whole hundreds
        (900, "day", None, (3.0, "day"), 20.0, 54_000),
        (8_000, "month", None, None, 26.0, 48_000),
        (12_500, "total", None, None, None, 12_500),
        (900, "day", None, None, 20.0, None),  # how much work was not said
        (95, "hour", None, WEEKLY, None, None),  # nor how long
        (8_000, "month", None, None, None, None),
    ],
)
def test_what_a_job_brings_in(
    rate: float,
    per: RateUnit,
    quantity: Load | None,
    per_week: Load | None,
    weeks: float | None,
    expected: int | None,
) -> None:
    found = expected_cents(round(rate * 100), per, quantity, per_week, weeks)

    assert found == (None if expected is None else expected * 100)


@pytest.mark.parametrize(
    ("rate", "per", "quantity", "per_week", "expected", "odd"),
    [
        (900, "day", DAYS, None, 54_000, False),
        (9_000, "day", DAYS, None, 540_000, True),  # a zero too many
        (9, "hour", HOURS, None, 3_600, True),
        (95, "hour", None, WEEKLY, None, False),
        (95, "hour", None, (320.0, "hour"), None, True),
        (900, "day", (6_000.0, "day"), None, 5_400_000, True),
        (900, "day", (0.0, "day"), None, 0, True),
        (4_000, "day", (700.0, "day"), None, 2_800_000, True),
        (5, "total", None, None, 5, True),
    ],
)
def test_what_looks_mistyped(
    rate: int, per: RateUnit, quantity: Load | None, per_week: Load | None, expected: int | None, odd: bool
) -> None:
    assert is_odd(rate * 100, per, quantity, per_week, expected and expected * 100) is odd
