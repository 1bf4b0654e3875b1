"""Coins, earned and looked at."""

from dialogs.commands.base import Command


class ShowCoins(Command, frozen=True):
    """How many coins do I have, and what for? (mission row A11)."""


class TellPublicity(Command, frozen=True):
    """I did something that makes the collective known: an article, a talk (mission row A11)."""

    words: str


class SettleCoins(Command, frozen=True):
    """A coordinator confirms publicity, or does not."""

    entry_id: int
    granted: bool
