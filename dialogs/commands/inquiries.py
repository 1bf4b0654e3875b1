"""Clients at the collective's own door, and who takes up what they ask (mission row C2)."""

from typing import Literal

from dialogs.commands.base import ClientCommand, Command
from nlu.meaning import Lead


class SetDoor(Command, frozen=True):
    """The link for clients: show it, make a new one instead, or shut it."""

    how: Literal["show", "renew", "shut"] = "show"


class TakeInquiry(Command, frozen=True):
    """I take up what a client asked: the first who says so. The lead is read back, to be shared when it is right."""

    inquiry_id: int
    lead: Lead


class PassInquiry(Command, frozen=True):
    """I can't take it up: ask the coordinators."""

    inquiry_id: int


class ReleaseInquiry(Command, frozen=True):
    """I took it, and give it back."""

    inquiry_id: int


class DeclineInquiry(Command, frozen=True):
    """This is nothing for us: the client hears it."""

    inquiry_id: int


class InquiryStatus(ClientCommand, frozen=True):
    """A client: is there anybody yet?"""


class AmendInquiry(ClientCommand, frozen=True):
    """A client changes what they asked; `words` as they said it."""

    lead: Lead
    words: str


class WithdrawInquiry(ClientCommand, frozen=True):
    """A client no longer needs it. Without an id: ask; `stays`: it is still needed after all."""

    inquiry_id: int | None = None
    stays: bool = False


class TellInquirer(ClientCommand, frozen=True):
    """A client wants this passed on to who took up their question."""

    words: str


class AskPassOn(ClientCommand, frozen=True):
    """We did not understand a client: shall it be passed on? None: there is nobody to pass it on to yet."""

    words: str | None


class ShowClientData(ClientCommand, frozen=True):
    """A client: what do you keep of me?"""


class ForgetClient(ClientCommand, frozen=True):
    """A client: forget me."""
