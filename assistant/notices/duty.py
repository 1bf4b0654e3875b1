"""What is told about whose week it is to take up what clients ask."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from assistant.notices.base import Choice, Notice, Row
from dialogs import commands as do


@dataclass(frozen=True)
class DutyLine(Row):
    """A week and whose it is."""

    row: ClassVar[str] = "duty_line"
    week_on: date
    name: str


@dataclass(frozen=True)
class DutyShown(Notice):
    """The weeks that come and whose they are; without a rotation it is for the coordinators."""

    lines: tuple[DutyLine, ...]
    mine: bool

    @property
    def variant(self) -> str:
        """Whether there is a rotation."""
        return "some" if self.lines else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Who has a week may ask whether somebody takes it over."""
        return (Choice("ask_swap", do.AskSwap()),) if self.mine else ()


@dataclass(frozen=True)
class DutyYours(Notice):
    """It is your week: what clients ask comes to you first. `by`: who put you in the rotation."""

    week_on: date
    by: str | None

    @property
    def variant(self) -> str:
        """The week begins, or the rotation did."""
        return "placed" if self.by else "begins"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It can be handed over."""
        return (Choice("ask_swap", do.AskSwap()),)


@dataclass(frozen=True)
class SwapAsked(Notice):
    """To the others in the rotation: will you take over this week?"""

    name: str
    week_on: date
    for_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes; who can't need not answer."""
        return (Choice("take_week", do.TakeWeek(self.week_on, self.for_id)),)


@dataclass(frozen=True)
class SwapTold(Notice):
    """How it is with handing over a week: asked, done, already done, or there is nobody to ask."""

    done: Literal["asked", "yours", "theirs", "gone", "nobody", "no_week", "given_back", "back", "not_taken"]
    week_on: date | None = None
    name: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Who took a week over can give it back."""
        is_mine = self.done == "yours" and self.week_on is not None
        return (Choice("give_week_back", do.GiveWeekBack(self.week_on)),) if is_mine else ()

    @property
    def variant(self) -> str:
        """Which of them."""
        return self.done
