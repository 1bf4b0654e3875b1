"""How a collective is run, and who does so."""

from dialogs.commands.base import Command


class SetPolicy(Command, frozen=True):
    """Change a setting of the collective; `value` as it was read."""

    name: str
    value: str


class ShowPolicy(Command, frozen=True):
    """How is the collective set?"""


class ShowCredit(Command, frozen=True):
    """What is asked and given in money and coins? (list F, mission row D28)."""
