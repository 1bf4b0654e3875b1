"""What is told about somebody's own availability and pauses."""

from dataclasses import dataclass
from datetime import date

from assistant.notices.base import Choice, Notice
from assistant.rules.availability import Period
from dialogs import commands as do


@dataclass(frozen=True)
class AvailabilitySaved(Notice):
    """In one line: when and how much you can work, as it stands now (only periods from today on, earliest first).

    `tentative`: you said "misschien", so it is repeated as such and may still change.
    """

    periods: tuple[Period, ...]
    change_id: int
    tentative: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class AvailabilityShown(Notice):
    """When you are free, as it is noted now."""

    periods: tuple[Period, ...]


@dataclass(frozen=True)
class AskAvailability(Notice):
    """From when, and how many days or hours a week?"""


@dataclass(frozen=True)
class Paused(Notice):
    """No pushes up to and including `until`; None: until you say so."""

    until: date | None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Messages on again."""
        return (Choice("resume", do.Resume()),)

    @property
    def variant(self) -> str:
        """With or without a last day."""
        return "until" if self.until else "open"


@dataclass(frozen=True)
class Resumed(Notice):
    """Messages are on again."""
