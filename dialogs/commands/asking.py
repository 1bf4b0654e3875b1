"""What Seintje asks by itself, answered."""

from dialogs.commands.base import Command
from nlu.meaning import Weekday


class KeepAvailability(Command, frozen=True):
    """ "Klopt nog": what I said of when I can work still holds."""


class AskEvery(Command, frozen=True):
    """Ask me every week at this moment whether my availability still holds; without a day: ask which."""

    weekday: Weekday | None = None
    hour: int = 9
    minute: int = 0


class StopAsking(Command, frozen=True):
    """Do not ask me every week any more."""


class SetRoom(Command, frozen=True):
    """So many days a week of room in the coming six weeks: private (mission rows C11, C12).

    `agreed`: the member answers a question that said what the answer is for.
    """

    days: float
    agreed: bool = False


class StopRoom(Command, frozen=True):
    """Do not ask about room any more, and forget what was answered."""
