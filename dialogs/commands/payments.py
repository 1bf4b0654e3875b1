"""Payments to and from the collective, and how a member stands."""

from typing import Literal

from dialogs.commands.base import Command
from nlu.deals import Doubt


class RecordPayment(Command, frozen=True):
    """Somebody paid, in whole cents: `name` None is the writer, `to` None the collective.

    `what` and `deal_id` say what for, `of_cents` how much of it was open; without them it is what is open, or asked.
    """

    cents: int | None
    name: str | None = None
    to: str | None = None
    what: Literal["dues", "contribution"] | None = None
    member_id: int | None = None
    to_id: int | None = None
    deal_id: int | None = None
    of_cents: int | None = None
    doubts: tuple[Doubt, ...] = ()


class ConfirmPayment(Command, frozen=True):
    """Who should have received a payment says whether it is there."""

    entry_id: int
    received: bool


class ListOpen(Command, frozen=True):
    """What do members still have to pay? For who keeps the money."""


class ShowStanding(Command, frozen=True):
    """How do I stand? What I owe, what is owed to me, my coins, and what is in the pot (mission rows A3, A11, A12)."""


class PayOut(Command, frozen=True):
    """A member's share of the pot was transferred: all that is open, once `cents` was looked at (mission row A12).

    `said_cents`: the amount that was named, which may be another one than is open.
    """

    name: str = ""
    member_id: int | None = None
    cents: int | None = None
    said_cents: int | None = None
