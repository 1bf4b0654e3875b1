"""What is told about payments on contributions: said to be paid, confirmed by who received it, and what is open."""

from dataclasses import dataclass

from assistant.notices.base import MOST_BUTTONS, Choice, Notice, first_name
from assistant.notices.books import Euros
from dialogs import commands as do
from dialogs.commands import Command


@dataclass(frozen=True)
class PaymentUnclear(Notice):
    """More was said to be paid than is open: perhaps a typing error. Nothing is booked."""

    amount: Euros
    open: Euros
    about: str


@dataclass(frozen=True)
class NothingToPay(Notice):
    """There is nothing open that this payment can be for. `name`: of somebody else."""

    name: str | None
    to: str | None = None


@dataclass(frozen=True)
class WhichPayment(Notice):
    """Several things are open: what was this payment for? An option without a title is dues."""

    amount: Euros
    options: tuple[tuple[str, Command], ...]
    name: str | None = None
    dues: Command | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each."""
        named = [Choice("named", command, title) for title, command in self.options]
        return (*named, *((Choice("pays_dues", self.dues),) if self.dues else ()))


@dataclass(frozen=True)
class PaymentNoted(Notice):
    """To who paid: noted; it counts when `by` confirms it."""

    amount: Euros
    about: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class PaymentAsked(Notice):
    """To who received it: a member says to have paid this. Is it there?"""

    entry_id: int
    name: str
    amount: Euros
    about: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no."""
        return (
            Choice("payment_in", do.ConfirmPayment(self.entry_id, received=True)),
            Choice("payment_not_in", do.ConfirmPayment(self.entry_id, received=False)),
        )


@dataclass(frozen=True)
class PaymentKept(Notice):
    """To who recorded or confirmed it: noted. `open` is what is still to come; `to` somebody else received it."""

    name: str
    amount: Euros
    about: str
    open: Euros | None
    to: str | None = None


@dataclass(frozen=True)
class PaymentDenied(Notice):
    """To who said it did not come in: noted."""

    name: str
    amount: Euros


@dataclass(frozen=True)
class PaymentAnswered(Notice):
    """To who paid: it came in, or it did not."""

    by: str
    amount: Euros
    about: str
    received: bool
    open: Euros | None = None

    @property
    def variant(self) -> str:
        """Yes or no."""
        return "yes" if self.received else "no"


@dataclass(frozen=True)
class PaymentToYou(Notice):
    """To who passed the work on: the treasurer noted that this was paid to you."""

    name: str
    amount: Euros
    about: str
    by: str


@dataclass(frozen=True)
class PaymentSettled(Notice):
    """Somebody answered this before."""


@dataclass(frozen=True)
class OpenLine:
    """What one member still has to pay: contribution and dues to the collective, and to who passed work on."""

    name: str
    contribution: Euros | None
    dues: Euros | None
    sources: Euros | None
    waiting: Euros | None
    payout: Euros | None


@dataclass(frozen=True)
class OpenListed(Notice):
    """To who keeps the money: what is open, a line each, and together for the collective."""

    lines: tuple[OpenLine, ...]
    total: Euros | None
    payouts: tuple[tuple[str, int], ...] = ()  # names and ids of who gets something from the pot

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A share of the pot that was transferred."""
        return tuple(
            Choice("paid_out_to", do.PayOut(member_id=who), first_name(name))
            for name, who in self.payouts[:MOST_BUTTONS]
        )

    @property
    def variant(self) -> str:
        """Whether anything is."""
        return "some" if self.lines else "none"
