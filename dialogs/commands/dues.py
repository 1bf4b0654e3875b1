"""What members pay to belong."""

from dialogs.commands.base import Command


class ShowDues(Command, frozen=True):
    """What do I owe in dues (mission row A17)?"""


class ClaimDues(Command, frozen=True):
    """I have paid my dues: whoever keeps the money is asked whether they came in."""


class ListDues(Command, frozen=True):
    """Who still owes dues? For whoever keeps the money."""


class MarkDues(Command, frozen=True):
    """Somebody's dues came in: all that is open. By whoever keeps the money, by name or under a button."""

    name: str = ""
    member_id: int | None = None


class ConfirmDues(Command, frozen=True):
    """Whether the dues that a member says to have paid came in."""

    entry_id: int
    received: bool
