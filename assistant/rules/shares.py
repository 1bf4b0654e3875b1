"""Which part of somebody's turnover comes from which client: for that member only (mission rows C14, D25)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

HIGH_PERCENT = 70  # mission row C14: from so much of one's income by one client to many short jobs
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Share:
    """A client, whole cents, and a whole percentage of the total, rounded."""

    client: str
    cents: int
    percent: int


def shares(cents: Mapping[str, int]) -> list[Share]:
    """The largest first; clients of which nothing was told are left out."""
    total = sum(each for each in cents.values() if each > 0)
    found = [
        Share(client, amount, (200 * amount + total) // (2 * total))
        for client, amount in cents.items()
        if amount > 0
    ]
    return sorted(found, key=lambda each: (-each.cents, each.client))


def since(today: date) -> date:
    """The first day of the twelve whole months before this one, and this one itself."""
    return date(today.year - 1, today.month, 1)
