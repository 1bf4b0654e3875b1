"""What a deal brought in, and corrections of it."""

from datetime import date
from typing import Literal

from dialogs.commands.base import Command
from nlu.deals import Doubt


class AskTurnover(Command, frozen=True):
    """How much did you earn with this job in a month, or (None) with all of it? `mend`: instead of what was told."""

    deal_id: int
    month: date | None = None
    mend: bool = False


class TellTurnover(Command, frozen=True):
    """What was earned with a job, in whole cents: of a month (its first day), or of the whole job (mission row A3).

    Without an id: the only job that is running, or ask which. `instead_cents` stood there before; `existing` says what
    to do with what was told of that month before. `sure`: what seemed too much is right.
    """

    cents: int | None = None
    month: date | None = None
    whole: bool = False
    deal_id: int | None = None
    vat: Literal["excl", "incl"] | None = None
    instead_cents: int | None = None
    existing: Literal["ask", "replace", "add"] = "ask"
    sure: bool = False
    words: str = ""
    why: str | None = None
    doubts: tuple[Doubt, ...] = ()


class SameTurnover(Command, frozen=True):
    """ "Zelfde als vorige maand": the last amount again, for the month that was asked about."""

    deal_id: int | None = None


class KeepCorrection(Command, frozen=True):
    """What this message was meant for, without names and numbers: to learn from, with consent.

    Never under a button: it is carried out in the turn that makes it.
    """

    language: str
    intent: str
    text: str


class AllowCorrections(Command, frozen=True):
    """May what was read wrongly be kept to learn from?"""

    allowed: bool
