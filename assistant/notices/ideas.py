"""What is told about an idea: whom is sought for it, and that it is asked (mission row A21)."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice, of_draft
from assistant.notices.teams import SeatLine, seats_told
from dialogs import commands as do


@dataclass(frozen=True)
class IdeaAsked(Notice):
    """Whom do you need for it? `again`: that was no answer we understood."""

    draft: int
    idea: str
    again: bool

    @property
    def variant(self) -> str:
        """The first time or not."""
        return "again" if self.again else "first"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Drop it."""
        return (Choice("cancel", do.CancelDraft(self.draft)),)


@dataclass(frozen=True)
class IdeaReadBack(Notice):
    """This is the idea, and whom is asked; right?"""

    draft: int
    idea: str
    roles: tuple[str, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, change, or drop."""
        return of_draft(self.draft)


@dataclass(frozen=True)
class IdeaShared(Notice):
    """To who has the idea: it is stored, and so many are asked for each seat."""

    lead_id: int
    title: str
    lines: tuple[SeatLine, ...]
    gaps: tuple[tuple[int, str], ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Look outside for a gap; take it back."""
        return seats_told(self.lead_id, self.gaps)
