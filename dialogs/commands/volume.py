"""How much of Seintje a member wants, and when."""

from typing import Literal

from dialogs.commands.base import Command


class SetVolume(Command, frozen=True):
    """How much one wants to hear (mission row C10); silence is a pause."""

    volume: Literal["all", "fitting", "digest"]


class AskVolume(Command, frozen=True):
    """Fewer or more messages: ask how much."""


class SetDigest(Command, frozen=True):
    """When one reads the weekly digest: 0 is Monday; without an hour at the usual one."""

    weekday: Literal[0, 1, 2, 3, 4, 5, 6]
    hour: int | None = None


class SetZone(Command, frozen=True):
    """The clock one lives by, as the time zone database calls it."""

    zone: str


class Pause(Command, frozen=True):
    """No pushes up to and including a day (ISO); None: until told otherwise."""

    until: str | None = None
