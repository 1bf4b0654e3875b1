"""The lists somebody asks for: their leads, their work."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from dialogs import commands as do

RUNNING = frozenset(
    {"asking", "interested", "waiting", "nobody", "unasked", "team"}
)  # states of an open lead


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead of mine.

    `state`: asking, interested, waiting (for my choice), chosen, won, talks, nothing, closed, nobody, unasked,
    team.
    """

    lead_id: int
    title: str
    state: str
    asked: int
    yes: int
    chosen: str | None = None


@dataclass(frozen=True)
class MyLeads(Notice):
    """How the leads I shared are doing."""

    lines: tuple[LeadLine, ...]

    @property
    def variant(self) -> str:
        """None at all, or some."""
        return "some" if self.lines else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Open ones can be taken back."""
        running = [line for line in self.lines if line.state in RUNNING]
        return tuple(
            Choice("withdraw_named", do.WithdrawLead(line.lead_id), line.title) for line in running[:3]
        )


@dataclass(frozen=True)
class MyWork(Notice):
    """What is there for me: pushes not answered yet, and those I said yes to."""

    open: tuple[tuple[int, str], ...]
    waiting: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Nothing, or something."""
        return "some" if self.open or self.waiting else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Say yes to one of the open ones."""
        return tuple(
            Choice("interested_named", do.ShowInterest(offer), title) for offer, title in self.open[:4]
        )
