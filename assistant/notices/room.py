"""What is told about the private question how much room somebody has."""

from dataclasses import dataclass
from datetime import date

from assistant.notices.base import Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class RoomAsked(Notice):
    """How much room do you have in the coming six weeks? The same to everyone (mission row C12).

    `first`: not answered before, so it says what an answer is for, who sees it (nobody) and when it ends.
    """

    first: bool

    @property
    def variant(self) -> str:
        """With or without what it is for."""
        return "first" if self.first else "again"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """None, a little, much; or do not ask this."""
        return (
            Choice("room_none", do.SetRoom(0, agreed=True)),
            Choice("room_some", do.SetRoom(1.5, agreed=True)),
            Choice("room_much", do.SetRoom(3, agreed=True)),
            Choice("stop_room", do.StopRoom()),
        )


@dataclass(frozen=True)
class AskRoomConsent(Notice):
    """You say how much room you have: may I remember that for six weeks? What for, and that nobody sees it."""

    days: float

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes, or not."""
        return Choice("remember", do.SetRoom(self.days, agreed=True)), Choice(
            "rather_not", do.Pleasantry("deny")
        )


@dataclass(frozen=True)
class RoomNoted(Notice):
    """Noted, between us, up to and including `until`: the same words whatever was answered."""

    until: date
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class RoomStopped(Notice):
    """I do not ask about room any more, and nothing of it is kept."""


@dataclass(frozen=True)
class RoomCount(Notice):
    """To the coordinator: so many members have much room now. Never fewer than three, never who."""

    count: int
