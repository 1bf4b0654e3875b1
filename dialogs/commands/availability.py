"""When a member is free."""

from dialogs.commands.base import Command, TalkCommand
from nlu.meaning import Availability


class SetAvailability(Command, frozen=True):
    """Say when and how much one can work. `correcting` changes the last statement instead of adding one.

    `postponing` ends what was free before its first day ("toch vrij vanaf 15 april", "kan pas vanaf maart").

    `also` are later statements of the same message ("vanaf 1 mei 2 dagen, vanaf 1 juni 4"): one change with the first.
    """

    availability: Availability
    correcting: bool = False
    also: tuple[Availability, ...] = ()
    postponing: bool = False


class ShowAvailability(Command, frozen=True):
    """When the member is free, as it is noted now."""


class AskAvailability(TalkCommand, frozen=True):
    """An availability without any date, time or state: ask."""
