"""What is owed on work that was passed on, and how the pot is shared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.credit import (
    Contribution,
    CreditPolicy,
    Earned,
    Job,
    contribution_cents,
    contributions,
    counted_cents,
    counts_until,
    net_cents,
    pot_cents,
    quarters_due,
    shares,
    year_end,
)
from assistant.rules.policy import policy_of

CENTS = st.integers(0, 10**10)
PERCENT = st.integers(0, 100)
CAPS = st.sampled_from([None, 500_000, 750_000, 1_000_000])
JOBS = st.lists(st.builds(Job, CENTS, PERCENT, PERCENT, CAPS), max_size=6)
COINS = st.dictionaries(st.integers(1, 300), st.integers(-5, 60), max_size=40)


def euros(amount: float) -> int:
    return round(amount * 100)


# --- contributions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turnover", "tier_5000", "tier_7500", "tier_10000"),
    [  # mission row A3, in euros
        (0, 0, 0, 0),
        (12_000, 1_800, 1_800, 1_800),
        (33_333, 4_999.95, 4_999.95, 4_999.95),
        (33_333.34, 5_000, 5_000, 5_000),  # 5,000.001: a part of a cent is not asked
        (33_334, 5_000, 5_000.10, 5_000.10),
        (40_000, 5_000, 6_000, 6_000),
        (50_000, 5_000, 7_500, 7_500),
        (60_000, 5_000, 7_500, 9_000),
        (66_667, 5_000, 7_500, 10_000),
        (90_000, 5_000, 7_500, 10_000),
        (150_000, 5_000, 7_500, 10_000),
        (0.06, 0, 0, 0),
        (0.07, 0.01, 0.01, 0.01),
    ],
)
def test_contribution(turnover: float, tier_5000: float, tier_7500: float, tier_10000: float) -> None:
    found = [contribution_cents(euros(turnover), 15, cap) for cap in CreditPolicy().tiers]

    assert found == [euros(tier_5000), euros(tier_7500), euros(tier_10000)]


@pytest.mark.parametrize(
    ("jobs", "owed"),
    [
        pytest.param([], [], id="no job"),
        pytest.param([Job(5_400_000, 15, 50, 750_000)], [(375_000, 375_000)], id="60 days x 900, halves of 7,500"),
        pytest.param([Job(1_200_000, 15, 50, 500_000)], [(90_000, 90_000)], id="below the cap"),
        pytest.param([Job(1_200_000, 15, 0, 500_000)], [(0, 180_000)], id="all of it to the collective"),
        pytest.param([Job(1_200_000, 15, 100, 500_000)], [(180_000, 0)], id="all of it to the source"),
        pytest.param([Job(1_200_000, 15, 33, 500_000)], [(59_400, 120_600)], id="a third"),
        pytest.param([Job(20, 15, 50, 500_000)], [(1, 2)], id="the odd cent is the collective's"),
        pytest.param([Job(1_200_000, 15, 50, None)], [(0, 0)], id="no tier picked yet"),
        pytest.param([Job(1_200_000, 0, 50, 500_000)], [(0, 0)], id="own work"),
        pytest.param(
            [Job(3_000_000, 15, 50, 500_000), Job(3_000_000, 15, 50, 500_000)],
            [(225_000, 225_000), (25_000, 25_000)],
            id="a follow-up gets what the first left of the cap",
        ),
        pytest.param(
            [Job(9_000_000, 15, 50, 500_000), Job(3_000_000, 15, 50, 500_000)],
            [(250_000, 250_000), (0, 0)],
            id="nothing left",
        ),
        pytest.param(
            [Job(9_000_000, 15, 50, 500_000), Job(3_000_000, 15, 50, 750_000)],
            [(250_000, 250_000), (125_000, 125_000)],
            id="the follow-up under a higher cap",
        ),
    ],
)  # fmt: skip
def test_contributions(jobs: list[Job], owed: list[tuple[int, int]]) -> None:
    assert contributions(jobs) == [Contribution(*each) for each in owed]


@given(JOBS)
def test_no_contribution_above_its_cap_or_its_percentage(jobs: list[Job]) -> None:
    found = contributions(jobs)

    assert sum(each.total_cents for each in found) <= max([job.cap_cents or 0 for job in jobs], default=0)
    for job, each in zip(jobs, found, strict=True):
        assert 0 <= each.source_cents <= each.total_cents
        assert each.total_cents * 100 <= job.turnover_cents * job.percent
        assert each.total_cents <= (job.cap_cents or 0)
        assert each.source_cents * 100 <= each.total_cents * job.source_percent


@given(CENTS, CENTS, PERCENT, st.sampled_from([500_000, 750_000, 1_000_000]))
def test_more_turnover_never_asks_less(one: int, other: int, percent: int, cap: int) -> None:
    low, high = sorted((one, other))

    assert contribution_cents(low, percent, cap) <= contribution_cents(high, percent, cap)


# --- what counts ------------------------------------------------------------------------------------------------

MARCH, APRIL, JUNE = date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("settings", "starts", "ends", "until"),
    [
        pytest.param({}, MARCH, JUNE, None, id="everything counts"),
        pytest.param({"count_months": 3}, date(2026, 3, 15), None, date(2026, 5, 1), id="the first three months"),
        pytest.param({"count_months": 12}, date(2026, 3, 15), None, date(2027, 2, 1), id="the first year"),
        pytest.param({"count_months": 3}, None, None, None, id="no start known"),
        pytest.param({"count_extensions": False}, MARCH, date(2026, 6, 30), date(2026, 6, 30), id="no extension"),
        pytest.param({"count_extensions": False}, MARCH, None, None, id="no end known"),
        pytest.param(
            {"count_extensions": False, "count_months": 2}, MARCH, date(2026, 6, 30), APRIL, id="the first of both"
        ),
    ],
)  # fmt: skip
def test_counts_until(
    settings: dict[str, object], starts: date | None, ends: date | None, until: date | None
) -> None:
    policy = CreditPolicy(**settings)  # type: ignore[arg-type]

    assert counts_until(starts, ends, policy) == until


@pytest.mark.parametrize(
    ("until", "cents"),
    [
        (None, 60),
        (date(2026, 2, 28), 0),
        (MARCH, 10),
        (date(2026, 4, 30), 30),
        (JUNE, 60),
    ],
)
def test_counted(until: date | None, cents: int) -> None:
    reports = [Earned(MARCH, 10), Earned(APRIL, 20), Earned(JUNE, 30)]

    assert counted_cents(reports, until) == cents


def test_a_report_of_the_whole_job_counts() -> None:
    assert counted_cents([Earned(None, 70)], MARCH) == 70


@pytest.mark.parametrize(
    ("said", "said_with_vat", "counts_with_vat", "net"),
    [
        (12_100, True, False, 10_000),
        (12_100, False, False, 12_100),
        (10_000, False, True, 12_100),
        (10_000, True, True, 10_000),
        (1, True, False, 0),
    ],
)
def test_vat(said: int, said_with_vat: bool, counts_with_vat: bool, net: int) -> None:
    assert net_cents(said, said_with_vat, CreditPolicy(with_vat=counts_with_vat)) == net


# --- pot and year end -------------------------------------------------------------------------------------------


def test_year_end_of_the_mission() -> None:
    """Row A12: 24,000 received, pot 12,000, 300 coins: 40 a coin."""
    found = year_end(2_400_000, 50, {1: 100, 2: 150, 3: 50})

    assert (found.pot_cents, found.coins, found.coin_cents) == (1_200_000, 300, 4_000)
    assert [each.cents for each in found.payouts] == [400_000, 600_000, 200_000]


@pytest.mark.parametrize(
    ("received", "coins", "payouts", "carried"),
    [
        pytest.param(200, {1: 1, 2: 1, 3: 1}, {1: 34, 2: 33, 3: 33}, 0, id="between equals the lowest number"),
        pytest.param(200, {1: 1, 2: 2, 3: 4}, {1: 14, 2: 29, 3: 57}, 0, id="the largest remainder"),
        pytest.param(201, {1: 1}, {1: 100}, 0, id="the odd cent of the pot is the collective's"),
        pytest.param(4, {1: 1, 2: 999}, {1: 0, 2: 2}, 0, id="too little for everybody"),
        pytest.param(200, {1: 2, 2: 0, 3: -1}, {1: 100}, 0, id="no coins, or a debt of them"),
        pytest.param(200, {}, {}, 200, id="nobody has coins: it counts for the next year"),
        pytest.param(200, {1: -2}, {}, 200, id="nobody but a debtor"),
        pytest.param(1, {1: 2}, {}, 1, id="a pot of half a cent"),
        pytest.param(0, {1: 2}, {}, 0, id="nothing came in"),
        pytest.param(-500, {1: 2}, {}, -500, id="more was paid back than came in"),
    ],
)  # fmt: skip
def test_year_end(received: int, coins: dict[int, int], payouts: dict[int, int], carried: int) -> None:
    found = year_end(received, 50, coins)

    assert {each.member_id: each.cents for each in found.payouts} == payouts
    assert found.carried_cents == carried
    assert found.pot_cents == sum(payouts.values())


@given(st.integers(-(10**6), 10**10), PERCENT, COINS)
def test_a_year_end_conserves_every_cent(received: int, percent: int, coins: dict[int, int]) -> None:
    found = year_end(received, percent, coins)

    assert sum(each.cents for each in found.payouts) == found.pot_cents <= max(received, 0)
    assert sum(each.coins for each in found.payouts) == found.coins
    assert all(each.coins == coins[each.member_id] > 0 for each in found.payouts)
    assert (found.carried_cents == received) if not found.payouts else (found.carried_cents == 0)
    for each in found.payouts:  # nobody is more than a cent off their exact part
        assert abs(each.cents * found.coins - each.coins * found.pot_cents) < found.coins


@given(
    st.integers(0, 10**9), st.dictionaries(st.integers(1, 99), st.integers(1, 99), min_size=1, max_size=30)
)
def test_who_has_more_never_gets_less(total: int, weights: dict[int, int]) -> None:
    found = shares(total, weights)

    assert sum(found.values()) == total
    for one, other in zip(weights, list(weights)[1:], strict=False):
        if weights[one] > weights[other]:
            assert found[one] >= found[other]


@pytest.mark.parametrize(("total", "weights"), [(1, {}), (1, {1: 0}), (-1, {1: 1})])
def test_nothing_to_share(total: int, weights: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="nothing to divide"):
        shares(total, weights)


@pytest.mark.parametrize(("received", "pot"), [(2_400_000, 1_200_000), (3, 1), (0, 0), (-3, 0)])
def test_pot(received: int, pot: int) -> None:
    assert pot_cents(received, 50) == pot


# --- dues -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined", "today", "quarters"),
    [
        ("2026-02-10", "2026-03-31", ""),
        ("2026-02-10", "2026-04-01", "2026Q2"),
        ("2026-01-01", "2026-01-01", ""),
        ("2026-11-23", "2027-07-02", "2027Q1 2027Q2 2027Q3"),
        ("2027-01-01", "2026-12-31", ""),
    ],
)
def test_quarters_due(joined: str, today: str, quarters: str) -> None:
    found = quarters_due(date.fromisoformat(joined), date.fromisoformat(today))

    assert " ".join(f"{year}Q{quarter}" for year, quarter in found) == quarters


# --- settings ---------------------------------------------------------------------------------------------------


def test_settings_of_a_collective() -> None:
    policy = policy_of({"credit_tiers": [100_000], "credit_source_percent": 20}, "Europe/Amsterdam").credit

    assert (policy.tiers, policy.source_percent, policy.percent) == ((100_000,), 20, 15)


@pytest.mark.parametrize(
    "settings",
    [
        {"percent": 101},
        {"source_percent": -1},
        {"pot_percent": 150},
        {"tiers": ()},
        {"tiers": (0,)},
        {"dues_cents": -1},
        {"count_months": 0},
        {"coins_talks": -1},
    ],
)
def test_a_setting_that_cannot_be(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is"):
        CreditPolicy(**settings)  # type: ignore[arg-type]
