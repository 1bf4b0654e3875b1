"""Credit: what is owed on work that came through the collective, and how the pot is shared at the end of a year.

Sources: mission rows A3 and A4 (15% of turnover, up to the cap the member picks), A11 (coins), A12 (half of what
the collective receives is shared by coins), A17 (dues), A18 (leaving), and list F: what the sources leave open is
a setting. Every amount is in whole cents; a part of a cent is never asked of a member.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

CoinAct = Literal["newcomer", "publicity", "talks"]
CapPer = Literal["job", "client"]
ReportEvery = Literal["month", "end"]
LeaverCoins = Literal["keep", "lapse"]

QUARTER = 3  # months


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """The settings of list F. Percentages are whole, 0 to 100; amounts whole cents; coins whole.

    `source_percent` is the part of a contribution that goes to who passed the work on; the rest goes to the
    collective. `count_months` limits turnover to the first months of a job (None: all of it). `caps_per` "client":
    jobs for one client that followed each other share one cap. Raises ValueError for a setting that cannot be.
    """

    percent: int = 15
    source_percent: int = 50
    tiers: tuple[int, ...] = (500_000, 750_000, 1_000_000)
    report_every: ReportEvery = "month"
    count_months: int | None = None
    count_extensions: bool = True
    count_followups: bool = True
    caps_per: CapPer = "client"
    with_vat: bool = False
    vat_percent: int = 21
    coins_newcomer: int = 2
    coins_publicity: int = 1
    coins_talks: int = 1
    leaver_coins: LeaverCoins = "keep"
    pot_percent: int = 50
    dues_in_pot: bool = False
    dues_cents: int = 5_000
    entry_cents: int = 5_000

    def __post_init__(self) -> None:
        percentages = (self.percent, self.source_percent, self.vat_percent, self.pot_percent)
        if not all(0 <= each <= 100 for each in percentages):
            raise ValueError("a percentage is 0 to 100")
        counts = (
            self.coins_newcomer,
            self.coins_publicity,
            self.coins_talks,
            self.dues_cents,
            self.entry_cents,
        )
        if min(counts) < 0 or (self.count_months is not None and self.count_months < 1):
            raise ValueError("an amount is not below zero")
        if not self.tiers or min(self.tiers) <= 0:
            raise ValueError("a tier is an amount above zero")

    def coins(self, act: CoinAct) -> int:
        """What an act for the collective earns, in whole coins (mission row A11)."""
        return {
            "newcomer": self.coins_newcomer,
            "publicity": self.coins_publicity,
            "talks": self.coins_talks,
        }[act]


# --- contributions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """What a contribution follows from: turnover that counts, and the terms. No cap: none was picked yet."""

    turnover_cents: int
    percent: int
    source_percent: int
    cap_cents: int | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What is owed on one job, in whole cents: to who passed it on, and to the collective."""

    source_cents: int = 0
    collective_cents: int = 0

    @property
    def total_cents(self) -> int:
        """Both together: never above the cap."""
        return self.source_cents + self.collective_cents


def contribution_cents(turnover_cents: int, percent: int, cap_cents: int) -> int:
    """A percentage of turnover, up to the cap; a part of a cent is not asked (mission row A3)."""
    return min(turnover_cents * percent // 100, cap_cents)


def contributions(jobs: Sequence[Job]) -> list[Contribution]:
    """What is owed on each of the jobs that share a cap, the first job first.

    A later job asks what its own cap leaves after the earlier ones. Without a cap nothing is owed yet. The odd
    cent of a split is the collective's.
    """
    found: list[Contribution] = []
    before = 0
    for job in jobs:
        room = max((job.cap_cents or 0) - before, 0)
        total = contribution_cents(job.turnover_cents, job.percent, room)
        source = total * job.source_percent // 100
        found.append(Contribution(source, total - source))
        before += total
    return found


@dataclass(frozen=True, slots=True)
class Earned:
    """One report of turnover: the first day of the month it is about (None: the whole job), and whole cents."""

    month: date | None
    cents: int


def counted_cents(reports: Sequence[Earned], counts_until: date | None) -> int:
    """The turnover that asks a contribution: all of it, or that of months up to `counts_until`."""
    return sum(
        each.cents
        for each in reports
        if counts_until is None or each.month is None or each.month <= counts_until
    )


def counts_until(starts_on: date | None, ends_on: date | None, policy: CreditPolicy) -> date | None:
    """The last day whose turnover counts, as the settings are on the day of the deal; None: there is none.

    The first months only, or not beyond the first agreed end, whichever comes first.
    """
    days = []
    if policy.count_months is not None and starts_on is not None:
        months = starts_on.year * 12 + starts_on.month - 1 + policy.count_months - 1
        days.append(date(months // 12, months % 12 + 1, 1))  # the first day of the last month that counts
    if not policy.count_extensions and ends_on is not None:
        days.append(ends_on)
    return min(days, default=None)


def net_cents(said_cents: int, said_with_vat: bool, policy: CreditPolicy) -> int:  # noqa: FBT001 - a fact of what was said
    """Turnover as the collective counts it (list F5), from an amount said with or without VAT; rounded down."""
    if said_with_vat == policy.with_vat:
        return said_cents
    if policy.with_vat:
        return said_cents * (100 + policy.vat_percent) // 100
    return said_cents * 100 // (100 + policy.vat_percent)


# --- pot and year end -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Payout:
    """What a member gets from the pot: their coins, and whole cents."""

    member_id: int
    coins: int
    cents: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """How a year is shared, in whole cents. The payouts add up to the pot, to the cent.

    `received_cents` is what the pot is a share of. With nothing to share or nobody to share with the pot is zero and
    `carried_cents` counts for the next year (below zero when more was paid back than came in).
    """

    received_cents: int
    pot_percent: int
    pot_cents: int
    coins: int
    payouts: tuple[Payout, ...]
    carried_cents: int = 0

    @property
    def coin_cents(self) -> float:
        """The value of one coin in cents: for people to read; nothing is computed with it."""
        return self.pot_cents / self.coins if self.coins else 0.0


def pot_cents(received_cents: int, pot_percent: int) -> int:
    """The members' share of what the collective received; the odd cent is the collective's (mission row A12)."""
    return max(received_cents, 0) * pot_percent // 100


def year_end(received_cents: int, pot_percent: int, coins: Mapping[int, int]) -> YearEnd:
    """Share the pot by coins. `coins` is what each member holds; who holds none or a debt gets nothing.

    When more was paid back than came in, or nobody holds a coin, nothing is shared: money and coins then count for
    the next year.
    """
    holders = {member_id: held for member_id, held in coins.items() if held > 0}
    pot = pot_cents(received_cents, pot_percent)
    if not holders or pot == 0:
        return YearEnd(received_cents, pot_percent, 0, 0, (), received_cents)
    cents = shares(pot, holders)
    payouts = tuple(Payout(member_id, held, cents[member_id]) for member_id, held in sorted(holders.items()))
    return YearEnd(received_cents, pot_percent, pot, sum(holders.values()), payouts)


def shares(total_cents: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Divide cents in proportion, losing none: the largest remainder method.

    Everybody first gets their whole cents; the cents that are left go one each to the largest parts of a cent
    that were cut off, and between equals to the lowest member number. Weights are above zero (ValueError).
    """
    if not weights or min(weights.values()) <= 0 or total_cents < 0:
        raise ValueError("there is nothing to divide, or nobody to divide it over")
    whole = sum(weights.values())
    found = {each: total_cents * weight // whole for each, weight in weights.items()}
    left = total_cents - sum(found.values())
    by_remainder = sorted(weights, key=lambda each: (-(total_cents * weights[each] % whole), each))
    for each in by_remainder[:left]:
        found[each] += 1
    return found


# --- dues -------------------------------------------------------------------------------------------------------


def quarter_of(day: date) -> tuple[int, int]:
    """The (year, quarter) of a day."""
    return day.year, (day.month - 1) // QUARTER + 1


def quarters_due(joined_on: date, today: date) -> list[tuple[int, int]]:
    """(year, quarter) of each quarter that a member owes dues for: those begun since the day they came in.

    The quarter they came in is covered by the entrance fee (mission row A17), also when that is its first day.
    """
    year, quarter = quarter_of(joined_on)
    found = []
    while (year, quarter) < quarter_of(today):
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
        found.append((year, quarter))
    return found
