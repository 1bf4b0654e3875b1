"""What is told when somebody wants a human."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class AskHumanWords(Notice):
    """What should I pass on to the coordinator?"""

    coordinator: str


@dataclass(frozen=True)
class HumanTold(Notice):
    """Passed on."""

    coordinator: str


@dataclass(frozen=True)
class HumanWanted(Notice):
    """To the coordinator: this member wants to talk, with their own words and how to reach them."""

    name: str
    words: str
    reach: str | None
    of_member_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Taken up."""
        return (Choice("take_up", do.Answered(self.of_member_id)),)


@dataclass(frozen=True)
class HumanComing(Notice):
    """To the member: the coordinator saw it and will be in touch."""

    coordinator: str


@dataclass(frozen=True)
class TakenUp(Notice):
    """To the coordinator: the member was told that you will be in touch."""

    name: str


@dataclass(frozen=True)
class NoCoordinator(Notice):
    """There is no coordinator to pass it on to; `alone` when the member is the only one."""

    alone: bool = False

    @property
    def variant(self) -> str:
        """Whether there is one at all."""
        return "alone" if self.alone else "none"
