"""What is told about deals, coins, the pot and the year end."""

from dataclasses import dataclass
from datetime import date

from assistant.notices.base import MOST_BUTTONS, Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class Euros:
    """An amount, in whole cents."""

    cents: int


@dataclass(frozen=True)
class Mended:
    """The last correction of turnover: of which month (None: all of it), from what to what, by whom and why."""

    month: date | None
    was: Euros
    now: Euros
    by: str
    why: str | None = None


@dataclass(frozen=True)
class DealLine:
    """One job: the contribution so far, at most (None: not picked yet), and what of it is still to be paid."""

    title: str
    so_far: Euros
    cap: Euros | None
    open: Euros
    mended: Mended | None = None
    deal_id: int | None = None


@dataclass(frozen=True)
class Standing(Notice):
    """How a member stands: jobs, dues, what others owe them, coins, and the totals of the pot that all may know.

    None is an amount of nothing.
    """

    deals: tuple[DealLine, ...]
    dues: Euros | None
    source_share: Euros | None
    payout: Euros | None
    coins: int
    pot: Euros | None
    coins_issued: int

    @property
    def variant(self) -> str:
        """Whether there is anything to tell."""
        return "some" if self.deals or self.dues or self.source_share or self.payout or self.coins else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One job each, to tell more about it."""
        shown = [each for each in self.deals if each.deal_id is not None][-MOST_BUTTONS:]
        return tuple(Choice("named", do.ShowDeal(each.deal_id or 0), each.title) for each in shown)


@dataclass(frozen=True)
class PayoutLine:
    """What one member gets from the pot."""

    name: str
    coins: int
    amount: Euros


@dataclass(frozen=True)
class YearPreviewed(Notice):
    """To who keeps the money: what closing this year would do. `unconfirmed` is paid, they say, and counts not."""

    year: int
    received: Euros | None
    pot: Euros | None
    coins: int
    payouts: tuple[PayoutLine, ...]
    unconfirmed: Euros | None

    @property
    def variant(self) -> str:
        """Whether there is anything to share."""
        return "shared" if self.payouts else "nothing"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Only a button closes a year: no word is clear enough."""
        return (Choice("close_year", do.CloseYear(self.year), str(self.year)),)


@dataclass(frozen=True)
class YearClosed(Notice):
    """To who keeps the money: the year is closed, and who is to be paid what."""

    year: int
    pot: Euros | None
    payouts: tuple[PayoutLine, ...]

    @property
    def variant(self) -> str:
        """Whether anything was shared."""
        return "shared" if self.payouts else "nothing"


@dataclass(frozen=True)
class PayoutDue(Notice):
    """To an earner, privately: your part of the pot of a year."""

    collective: str
    year: int
    coins: int
    pot: Euros
    coins_issued: int
    amount: Euros


@dataclass(frozen=True)
class NoYearToClose(Notice):
    """Every year that is over is closed."""


@dataclass(frozen=True)
class TreasurerOnly(Notice):
    """Only who keeps the money can do this."""
