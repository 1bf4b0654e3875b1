"""What a member tells of themself, and what they follow."""

from dialogs.commands.base import Command, TalkCommand
from nlu.meaning import Profile


class UpdateProfile(Command, frozen=True):
    """Change parts of one's description."""

    profile: Profile


class AskProfile(TalkCommand, frozen=True):
    """A change of profile without saying what: ask."""


class CheckTitle(Command, frozen=True):
    """A coordinator looked up whether a member is in the register of a regulated profession (mission row D4)."""

    member_id: int
    role: str
    found: bool


class Follow(Command, frozen=True):
    """Tell me of this client or theme (mission row E3)."""

    topic: str


class AskFollow(TalkCommand, frozen=True):
    """Follow what? A client or a theme."""


class Unfollow(Command, frozen=True):
    """No longer follow this. `ruled_out`: it was not followed but ruled out ("geen banken"), and may come again."""

    topic: str = ""
    ruled_out: bool = False


class ShowFollows(Command, frozen=True):
    """What do I follow?"""
