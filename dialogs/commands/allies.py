"""Allied collectives: sharing the work that nobody of our own can do (mission row C5)."""

from dialogs.commands.always import Undo
from dialogs.commands.base import Command
from dialogs.commands.deals import SettleClaim
from dialogs.commands.leads import (
    Choose,
    ChooseNobodyYet,
    CloseLead,
    OutcomeUnknown,
    ReportOutcome,
    ReportStart,
    ShowCandidates,
)
from dialogs.commands.payments import ConfirmPayment

# What a guest may do: say who gets the work they brought, how it went, and whether their share arrived.
GUESTS_MAY: tuple[type[Command], ...] = (
    Choose,
    ChooseNobodyYet,
    CloseLead,
    ConfirmPayment,
    OutcomeUnknown,
    ReportOutcome,
    ReportStart,
    SettleClaim,
    ShowCandidates,
    Undo,
)


class ProposeAlly(Command, frozen=True):
    """Shall we share work with the collective of this name?"""

    name: str


class AnswerAlly(Command, frozen=True):
    """The answer to another collective's proposal."""

    ally_id: int
    yes: bool


class EndAlly(Command, frozen=True):
    """No more leads to or from the collective of this name; what is under way goes on."""

    name: str


class ShowAllies(Command, frozen=True):
    """Which collectives do we share work with?"""


class AskAllies(Command, frozen=True):
    """May an allied collective see my lead? Without a number the last one that is open."""

    lead_id: int | None = None


class CrossLead(Command, frozen=True):
    """Yes, offer this lead to that allied collective."""

    lead_id: int
    ally_id: int
