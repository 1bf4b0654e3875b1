"""What is told about turnover: asked every month, read back with what follows, and asked about when it is unclear."""

from dataclasses import dataclass
from datetime import date

from msgspec import structs

from assistant.notices.base import Choice, Notice
from assistant.notices.books import Euros
from dialogs import commands as do


@dataclass(frozen=True)
class TurnoverAsked(Notice):
    """What did this job bring in? `month` None: all of it. `before` is what the last month did: one tap repeats it."""

    title: str
    deal_id: int
    month: date | None
    before: Euros | None = None
    clock: bool = False

    @property
    def variant(self) -> str:
        """Of a month or of the whole job."""
        return "whole" if self.month is None else "month"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The same again, nothing, or another amount."""
        if not self.clock:
            return ()
        told = do.TellTurnover(0, self.month, self.month is None, self.deal_id)
        same = (
            (
                Choice(
                    "same_turnover", structs.replace(told, cents=self.before.cents), amount=self.before.cents
                ),
            )
            if self.before
            else ()
        )
        nothing = (Choice("no_turnover", told),) if self.month else ()
        return (*same, *nothing, Choice("other_turnover", do.AskTurnover(self.deal_id, self.month)))


@dataclass(frozen=True)
class TurnoverMonthAsked(Notice):
    """Which month is this about? `wrong`: the one that was said lies ahead, or before the job began.

    `by_month`: months were told before, so that it cannot be the whole job.
    """

    title: str
    told: do.TellTurnover
    months: tuple[date, ...]
    wrong: date | None = None
    by_month: bool = False

    @property
    def variant(self) -> str:
        """What is wrong."""
        return "wrong" if self.wrong else "which"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The latest months, or the whole job."""
        whole = structs.replace(self.told, month=None, whole=True)
        return (
            *(
                Choice("month", structs.replace(self.told, month=month, whole=False), month=month)
                for month in self.months
            ),
            *(() if self.by_month else (Choice("whole_job", whole),)),
        )


@dataclass(frozen=True)
class TurnoverKnown(Notice):
    """Something was told of this month before: does the new amount take its place, or come on top of it?"""

    title: str
    month: date | None
    before: Euros
    amount: Euros
    together: Euros
    told: do.TellTurnover

    @property
    def variant(self) -> str:
        """Of a month or of the whole job."""
        return "whole" if self.month is None else "month"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """In its place, or on top."""
        replace = structs.replace(self.told, existing="replace")
        add = structs.replace(self.told, cents=self.together.cents, existing="replace")
        return (
            Choice("in_its_place", replace, amount=self.amount.cents),
            Choice("on_top", add, amount=self.together.cents),
        )


@dataclass(frozen=True)
class TurnoverOdd(Notice):
    """More than was expected of the job (`expected`), or a month that looks mistyped: is it right?"""

    title: str
    amount: Euros
    total: Euros
    expected: Euros | None
    told: do.TellTurnover

    @property
    def variant(self) -> str:
        """Why it is asked."""
        return "above" if self.expected else "much"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes, or say it anew."""
        again = do.AskTurnover(self.told.deal_id or 0, self.told.month)
        return (Choice("it_is_right", structs.replace(self.told, sure=True)), Choice("not_right", again))


@dataclass(frozen=True)
class TurnoverOtherwise(Notice):
    """Months were told before and now the whole job, or the other way round: that cannot both count."""

    title: str
    total: Euros
    months: bool

    @property
    def variant(self) -> str:
        """What was told before."""
        return "months" if self.months else "whole"


@dataclass(frozen=True)
class TurnoverKept(Notice):
    """Kept, and what follows: the contribution so far, its cap (None: not picked), what is open and who gets it.

    `before` is what stood there; `closed` is a year that takes no more lines, so it counts in `counts_in`.
    """

    title: str
    month: date | None
    amount: Euros
    before: Euros | None
    so_far: Euros
    cap: Euros | None
    open: Euros | None
    source: str | None
    to_source: Euros | None
    to_collective: Euros | None
    closed: int | None = None
    counts_in: int | None = None
    full: bool = False
    free: bool = False
    deal_id: int = 0
    caps: tuple[int, ...] = ()

    @property
    def variant(self) -> str:
        """What follows from it."""
        if self.free:
            return "free"
        return "no_cap" if self.cap is None else "counted"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The caps there are to pick (`caps`, in cents), while none is; else to mend what was told."""
        if self.variant == "no_cap":
            return tuple(
                Choice("tier", do.PickTier(self.deal_id, cents), amount=cents) for cents in self.caps
            )
        return (Choice("not_right", do.AskTurnover(self.deal_id, self.month, mend=True)),)


@dataclass(frozen=True)
class ShareGrew(Notice):
    """To who passed the work on: this came to you by it, or (`less`) was taken off after a correction.

    Never turnover or rate.
    """

    title: str
    by: str
    amount: Euros
    total: Euros
    less: bool = False
    why: str | None = None

    @property
    def variant(self) -> str:
        """More or less."""
        return "less" if self.less else "more"
