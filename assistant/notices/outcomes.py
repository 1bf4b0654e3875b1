"""What is told after an introduction: did it start, what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.notices.base import Choice, Notice
from assistant.notices.choosing import Stuck
from dialogs import commands as do
from dialogs.commands import Command


@dataclass(frozen=True)
class StartNudge(Notice):
    """To who chooses: `days` after the request work has not begun, and this is where it is stuck."""

    title: str
    days: int
    stuck: Stuck
    introduction_id: int | None = None
    name: str | None = None

    @property
    def variant(self) -> str:
        """Where it is stuck."""
        return self.stuck

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It has begun after all."""
        if self.introduction_id is None:
            return ()
        return (Choice("started", do.ReportStart(self.introduction_id)),)


@dataclass(frozen=True)
class StartNoted(Notice):
    """The work has begun: noted."""

    title: str


@dataclass(frozen=True)
class AskOutcome(Notice):
    """After 7 and 21 days: how did it go? To the source with the `name` of who was chosen, and to who was chosen."""

    introduction_id: int
    title: str
    name: str | None = None

    @property
    def variant(self) -> str:
        """Who is asked."""
        return "source" if self.name else "chosen"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Won, talks only, nothing, too early."""
        return (
            Choice("won", do.ReportOutcome("won", self.introduction_id)),
            Choice("talks", do.ReportOutcome("talks", self.introduction_id)),
            Choice("nothing", do.ReportOutcome("nothing", self.introduction_id)),
            Choice("too_early", do.OutcomeUnknown(self.introduction_id)),
        )


@dataclass(frozen=True)
class OutcomeStored(Notice):
    """Thank you for telling how it went. `introduction_id`: you do the work, and did not tell yet what was agreed."""

    outcome: Literal["won", "talks", "nothing"]
    title: str
    introduction_id: int | None = None

    @property
    def variant(self) -> str:
        """Per outcome; of work you won yourself, what was agreed is asked."""
        return "won_self" if self.outcome == "won" and self.introduction_id is not None else self.outcome

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The job is gone, and yet the client may want something else (mission row A7)."""
        if self.outcome != "nothing" or self.introduction_id is None:
            return ()
        return (Choice("something_else", do.ChangeLead(self.introduction_id)),)


@dataclass(frozen=True)
class OutcomeHeard(Notice):
    """To the other side of an introduction: this is what was told about it."""

    outcome: Literal["won", "talks", "nothing"]
    title: str
    by: str
    introduction_id: int | None = None

    @property
    def variant(self) -> str:
        """Per outcome."""
        return self.outcome

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Tell what was agreed, when you do the work."""
        if self.outcome != "won" or self.introduction_id is None:
            return ()
        return (Choice("tell_deal", do.AskDeal(self.introduction_id)),)


@dataclass(frozen=True)
class OutcomeLater(Notice):
    """Fine, I will ask again on `on` (None: not again)."""

    on: date | None


@dataclass(frozen=True)
class NoIntroduction(Notice):
    """You report how something went, but no introduction of yours is open; it is noted as a wish."""


@dataclass(frozen=True)
class WhichIntroduction(Notice):
    """Several introductions are open: which one do you mean?"""

    options: tuple[tuple[str, Command], ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each."""
        return tuple(Choice("named", command, title) for title, command in self.options)
