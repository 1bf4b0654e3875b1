"""What a coordinator asks about who does what in the collective."""

from typing import Literal

from dialogs.commands.base import Command

Role = Literal["coordinator", "treasurer", "intake"]


class GiveRole(Command, frozen=True):
    """Give a member a role in keeping the collective."""

    role: Role
    name: str


class EndRole(Command, frozen=True):
    """End a role of a member; without a name one's own."""

    role: Role
    name: str | None = None


class ShowRoles(Command, frozen=True):
    """Who does what."""
