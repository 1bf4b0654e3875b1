"""What gives somebody energy: asked, in their own words, and shown only when they want it (mission row E7)."""

from dialogs.commands.base import Command


class AskDrive(Command, frozen=True):
    """What gives you energy? Of who chooses: asked of those who said yes; of anybody else: what is kept of them."""


class AskDriveWords(Command, frozen=True):
    """I will tell it: what I type next is it."""


class SetDrive(Command, frozen=True):
    """This gives me energy, in my own words; empty: forget it."""

    words: str


class ShareDrive(Command, frozen=True):
    """Whether who chooses may see it when I say yes."""

    shown: bool
