"""Whose week it is to take up what clients ask (mission row C2)."""

from datetime import date

from dialogs.commands.base import Command


class SetDuty(Command, frozen=True):
    """These members take turns, a week each, beginning with the first this week; nobody: no rotation."""

    names: tuple[str, ...] = ()


class ShowDuty(Command, frozen=True):
    """Whose week is it, and who comes next?"""


class AskSwap(Command, frozen=True):
    """Can somebody take over my week?"""


class GiveWeekBack(Command, frozen=True):
    """The week I took over goes back to whose it was; without a day (its Monday) the first one that I have so."""

    week_on: date | None = None


class TakeWeek(Command, frozen=True):
    """I take over this week (its Monday) of `for_id`."""

    week_on: date
    for_id: int
