"""How fairly a group shares its work over a quarter, as numbers for the coordinator: about the group, never a person.

Source: the fairness figures of the design (Gini of pushes over available members, share of members with none) and
mission row A2 (who answers hears how it ended). A count of fewer than three members is not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from assistant.rules.room import FEWEST_SHOWN, shown

BINS: tuple[tuple[str, int, int | None], ...] = (("0", 0, 0), ("1-2", 1, 2), ("3-5", 3, 5), ("6+", 6, None))


@dataclass(frozen=True, slots=True)
class Tally:
    """One lead of the quarter.

    `asked_at` is when the first member was asked, `yes_at` when the first said yes; None: not. `answers` were given,
    `heard` of them by members who were told how it ended.
    """

    asked_at: datetime | None = None
    yes_at: datetime | None = None
    answers: int = 0
    heard: int = 0


@dataclass(frozen=True, slots=True)
class Fairness:
    """A quarter in numbers; None is: too few to tell, or nothing to tell of.

    `gini` of the pushes over available members: 0 everyone as many, near 1 all to one. `none_percent` of them had no
    push. `bins` is how many members had so many pushes; empty when any of these is one or two, since the rest would
    tell it. `minutes` is the median between the first push of a lead and the first yes. `heard_percent` of those who
    answered know how it ended.
    """

    members: int | None
    gini: float | None
    none_percent: int | None
    bins: tuple[tuple[str, int], ...]
    leads: int
    without: int
    minutes: int | None
    mutes: int | None
    heard_percent: int | None


def gini(counts: Sequence[int]) -> float:
    """How unevenly these are spread, 0 to 1: the mean difference between any two, over twice the mean."""
    total, number = sum(counts), len(counts)
    if not total:
        return 0.0
    weighted = sum(place * count for place, count in enumerate(sorted(counts), start=1))
    return 2 * weighted / (number * total) - (number + 1) / number


def fairness(pushes: Sequence[int], leads: Sequence[Tally], mutes: int) -> Fairness:
    """The report. `pushes` has one number for each available member, also when that is 0."""
    enough = len(pushes) >= FEWEST_SHOWN
    none = sum(count == 0 for count in pushes)
    hides_none = 0 < none < FEWEST_SHOWN or 0 < len(pushes) - none < FEWEST_SHOWN
    return Fairness(
        members=shown(len(pushes)),
        gini=round(gini(pushes), 2) if enough else None,
        none_percent=round(100 * none / len(pushes)) if enough and not hides_none else None,
        bins=_bins(pushes) if enough else (),
        leads=len(leads),
        without=sum(lead.asked_at is None for lead in leads),
        minutes=_minutes(leads),
        mutes=shown(mutes),
        heard_percent=_heard(leads),
    )


def _bins(pushes: Sequence[int]) -> tuple[tuple[str, int], ...]:
    counts = [
        (name, sum(low <= each and (high is None or each <= high) for each in pushes))
        for name, low, high in BINS
    ]
    return () if any(0 < count < FEWEST_SHOWN for _name, count in counts) else tuple(counts)


def _heard(leads: Sequence[Tally]) -> int | None:
    answers = sum(lead.answers for lead in leads)
    return round(100 * sum(lead.heard for lead in leads) / answers) if answers >= FEWEST_SHOWN else None


def _minutes(leads: Sequence[Tally]) -> int | None:
    took = [
        (lead.yes_at - lead.asked_at).total_seconds() / 60 for lead in leads if lead.asked_at and lead.yes_at
    ]
    return round(median(took)) if took else None
