"""Who is in the collective."""

from dialogs.commands.base import Command


class ShowMembers(Command, frozen=True):
    """Who is in, and how many are we? Names for who runs the collective, a number for everybody."""


class PutOut(Command, frozen=True):
    """Put somebody out: Seintje does not, and says how it goes instead."""

    name: str
