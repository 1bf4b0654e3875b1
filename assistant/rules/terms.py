"""What a job is expected to bring in, from what was agreed; and which agreements are so odd that we ask first.

Source: mission row A3 ("deal: 60 dagen x 900"). Money is whole cents.
"""

from collections.abc import Mapping
from typing import Literal

RateUnit = Literal["hour", "day", "month", "total"]
LoadUnit = Literal["hour", "day"]
Load = tuple[float, LoadUnit]  # so many hours or days

HOURS_A_DAY = 8
WEEKS_A_MONTH = 52 / 12
ESTIMATE = 100_00  # cents
# Outside these it is asked whether the price is right. No advice: a mistyped zero is all this is for.
USUAL: Mapping[RateUnit, tuple[int, int]] = {
    "hour": (10_00, 500_00),
    "day": (80_00, 4_000_00),
    "month": (100_00, 60_000_00),
    "total": (10_00, 1_000_000_00),
}
MOST_QUANTITY: Mapping[LoadUnit, int] = {"hour": 6_000, "day": 750}
MOST_PER_WEEK: Mapping[LoadUnit, int] = {"hour": 80, "day": 7}
MOST_EXPECTED = 2_000_000_00


def expected_cents(
    rate_cents: int,
    rate_unit: RateUnit,
    quantity: Load | None,
    per_week: Load | None,
    weeks: float | None,
) -> int | None:
    """What the job brings in, in whole cents; None when that does not follow from what was agreed.

    `quantity` counts all hours or days, `per_week` those of a week, for so many `weeks`. A day is eight hours. What
    follows from a number of weeks is an estimate, in whole hundreds of euros.
    """
    if rate_unit == "total":
        return rate_cents
    if rate_unit == "month":
        return None if weeks is None else estimate(rate_cents * weeks / WEEKS_A_MONTH)
    if quantity is not None:
        return round(rate_cents * _in(rate_unit, quantity))
    if per_week is None or weeks is None:
        return None
    return estimate(rate_cents * _in(rate_unit, per_week) * weeks)


def _in(unit: RateUnit, load: Load) -> float:
    amount, said = load
    if said == unit:
        return amount
    return amount * HOURS_A_DAY if said == "day" else amount / HOURS_A_DAY


def estimate(cents: float) -> int:
    """In whole hundreds of euros: more would pretend to know."""
    return round(cents / ESTIMATE) * ESTIMATE


def is_odd(
    rate_cents: int,
    rate_unit: RateUnit,
    quantity: Load | None,
    per_week: Load | None,
    expected: int | None,
) -> bool:
    """Whether this looks like a mistake: then we ask before anything follows from it."""
    low, high = USUAL[rate_unit]
    return (
        not low <= rate_cents <= high
        or (quantity is not None and not 0 < quantity[0] <= MOST_QUANTITY[quantity[1]])
        or (per_week is not None and not 0 < per_week[0] <= MOST_PER_WEEK[per_week[1]])
        or (expected is not None and expected > MOST_EXPECTED)
    )
