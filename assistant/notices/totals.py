"""What is told of a month or a year: totals that everybody may know, and one's own figures to oneself only."""

from dataclasses import dataclass

from assistant.notices.base import Notice
from assistant.notices.books import Euros


@dataclass(frozen=True)
class MonthTotals(Notice):
    """What the collective did in a month, and `own...`: how this member stands, told to nobody else.

    `month` is its number. `turnover` None: too few members reported to tell it without showing whose it is.
    """

    collective: str
    month: int
    jobs: int
    turnover: Euros | None
    pot: Euros | None
    coins_issued: int
    own_turnover: Euros | None
    own_open: Euros | None
    own_coins: int

    @property
    def variant(self) -> str:
        """Whether anything came of it."""
        return "some" if self.jobs or self.turnover or self.own_turnover else "none"


@dataclass(frozen=True)
class YearTotals(Notice):
    """What the collective did in a year, and what this member brought and got (mission rows B13, E8)."""

    collective: str
    year: int
    jobs: int
    turnover: Euros | None
    members: int
    joined: int
    left: int
    brought: int
    got: int

    @property
    def variant(self) -> str:
        """Whether this member brought or got anything."""
        return "some" if self.brought or self.got else "none"


@dataclass(frozen=True)
class GivingShown(Notice):
    """To a member only: leads passed on and introductions received in a year, and how many of each became work."""

    year: int
    brought: int
    brought_won: int
    got: int
    got_won: int
