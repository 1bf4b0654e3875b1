"""What every command is."""

import msgspec


class Command(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Something to do for a member."""


class TalkCommand(Command, frozen=True):
    """Belongs to the talk itself: says or asks something and stores nothing."""


class JoinCommand(Command, frozen=True):
    """Also for who is not a member yet, or about being one."""


class ClientCommand(Command, frozen=True):
    """For a client at the collective's own door, who is no member."""
