"""What is told when somebody wants to be forgotten: "verwijder mij"."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class DeleteAsked(Notice):
    """What goes now, what stays without your name and why; are you sure? `owes`: money is open, so the name waits."""

    collective: str
    leads: int
    owes: bool

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Sure, or stay."""
        return Choice("delete_me", do.DeleteMe()), Choice("stay", do.Pleasantry("stay"))


@dataclass(frozen=True)
class Deleted(Notice):
    """It is done: what went, and what stays. `elsewhere`: other collectives you are still in."""

    collective: str
    owes: bool
    elsewhere: tuple[str, ...]
