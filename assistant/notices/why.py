"""What is told when somebody asks why they were asked, or were not."""

from dataclasses import dataclass

from assistant.notices.base import Notice
from assistant.rules.matching import Band, Gate, Reason
from assistant.rules.policy import Chooser


@dataclass(frozen=True)
class OfferExplained(Notice):
    """Why you got this, from what was recorded when it was decided. `passed`: the source chose somebody else."""

    title: str
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    tipped_by: str | None = None
    passed: bool = False
    chooser: Chooser = "source"


@dataclass(frozen=True, slots=True)
class WhyNotLine:
    """A rule that kept a member from being asked, and for how many leads."""

    gate: Gate
    count: int


@dataclass(frozen=True)
class WhyNot(Notice):
    """Why you were not asked lately, counted by rule, each with what would change it; no lead is named."""

    lines: tuple[WhyNotLine, ...]

    @property
    def variant(self) -> str:
        """There were such leads, or none."""
        return "some" if self.lines else "none"


@dataclass(frozen=True)
class WhyOther(Notice):
    """Of another member nothing is told, as nothing of you is told to them."""

    name: str
