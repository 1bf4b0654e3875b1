"""What is told about where a lead came from: a member's own network, or the collective itself."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class OriginNoted(Notice):
    """To who passed it on: it came to the collective, so its contribution is for all; or it is theirs after all."""

    lead_id: int
    title: str
    collective: bool

    @property
    def variant(self) -> str:
        """Whose it is."""
        return "collective" if self.collective else "own"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The other way round."""
        key = "own_after_all" if self.collective else "collective_after_all"
        return (Choice(key, do.MarkOrigin(self.lead_id, not self.collective)),)


@dataclass(frozen=True)
class OriginSettled(Notice):
    """Work was won with it, or it came in by the collective's own link: whose credit it is stands."""

    title: str
    why: Literal["won", "door"]

    @property
    def variant(self) -> str:
        """Why it stands."""
        return self.why
