"""What is told about naming a colleague for a lead."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Notice


@dataclass(frozen=True)
class AskTipName(Notice):
    """Whom do you have in mind?"""

    title: str


@dataclass(frozen=True)
class TipNoted(Notice):
    """Thank you: that member is asked, privately, with your name."""

    name: str
    title: str


@dataclass(frozen=True)
class TipImpossible(Notice):
    """Why that member cannot be asked.

    Unknown (invite them?), several of that name, yourself, your own earlier tip, or not now: which hides whether they
    shared the lead, were asked, or are quiet.
    """

    name: str
    why: Literal["unknown", "several", "self", "asked", "quiet"]

    @property
    def variant(self) -> str:
        """Each has its own way on."""
        return self.why
