"""What may be told of a month or year to everybody: totals of enough members that nobody's own amount shows.

Sources: mission rows A12 (totals only) and B13 (jobs done, who left), and the house rule that nothing is told of
fewer than three people.
"""

from collections.abc import Mapping
from datetime import date

FEWEST = 3
NEW_YEAR_MONTHS = 3  # so long "my statement" means the year that has just ended


def told_cents(by_member: Mapping[int, int]) -> int | None:
    """The total of what members reported, in whole cents; None when fewer than three reported anything."""
    amounts = [cents for cents in by_member.values() if cents > 0]
    return sum(amounts) if len(amounts) >= FEWEST else None


def month_before(today: date) -> date:
    """The first day of the month that was over when this day came."""
    months = today.year * 12 + today.month - 2
    return date(months // 12, months % 12 + 1, 1)


def month_after(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def statement_year(today: date, joined_on: date | None) -> int:
    """Which year is meant when none is named: in the first months of a year the one before, if one was in then."""
    was_in = joined_on is None or joined_on.year < today.year
    return today.year - 1 if today.month <= NEW_YEAR_MONTHS and was_in else today.year
