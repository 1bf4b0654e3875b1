"""What is told about inquiries: to the client at the door, to who takes them up, and about the link itself."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Choice, Notice, ToClient, of_draft
from dialogs import commands as do
from nlu.meaning import Contact, Lead, Problem

InquiryState = Literal["none", "open", "taken", "asking", "interested", "chosen", "over"]

# --- to the client ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ClientWelcome(ToClient):
    """What Seintje is (a program), for which collective, what is kept and who sees it; and: what do you look for?"""

    collective: str


@dataclass(frozen=True)
class ClientTurnedAway(ToClient):
    """The link is closed, a member pressed it, or there are more questions than we keep for one client."""

    why: Literal["shut", "member", "many"]
    collective: str

    @property
    def variant(self) -> str:
        """Why not."""
        return self.why


@dataclass(frozen=True)
class InquiryReadBack(ToClient):
    """This is what I understood of what you look for, and pass on; right?"""

    collective: str
    draft: int
    lead: Lead
    problems: tuple[Problem, ...] = ()
    words: str | None = None  # where these say it all

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, change, or drop."""
        return of_draft(self.draft)


@dataclass(frozen=True)
class InquiryNoted(ToClient):
    """It lies with the collective; `reach`: we know how to reach you."""

    collective: str
    title: str
    reach: bool


@dataclass(frozen=True)
class InquiryStanding(ToClient):
    """How it is with a question, without anybody's name."""

    collective: str
    title: str
    state: InquiryState

    @property
    def variant(self) -> str:
        """How far it is."""
        return self.state


@dataclass(frozen=True)
class InquiryTold(ToClient):
    """Somebody took it up and gets in touch, or nobody here can help with it."""

    collective: str
    title: str
    declined: bool

    @property
    def variant(self) -> str:
        """Which of the two."""
        return "declined" if self.declined else "taken"


@dataclass(frozen=True)
class InquiryAmended(ToClient):
    """What was changed stands as it is now; `passed`: who took it up hears it."""

    title: str
    lead: Lead
    passed: bool


@dataclass(frozen=True)
class ReachNoted(ToClient):
    """Thank you: this is how we reach you."""

    contact: Contact


@dataclass(frozen=True)
class WithdrawInquiryAsked(ToClient):
    """Is it no longer needed? Others may be at it."""

    inquiry_id: int
    title: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes, or leave it."""
        return (
            Choice("withdraw_inquiry", do.WithdrawInquiry(self.inquiry_id)),
            Choice("keep_inquiry", do.WithdrawInquiry(self.inquiry_id, stays=True)),
        )


@dataclass(frozen=True)
class InquiryWithdrawn(ToClient):
    """It is withdrawn, or it stays."""

    title: str
    stays: bool

    @property
    def variant(self) -> str:
        """Which of the two."""
        return "stays" if self.stays else "gone"


@dataclass(frozen=True)
class ClientUnclear(ToClient):
    """That is for a person: shall it be passed on? Without an open question (no `words`): what do you look for?"""

    words: str | None

    @property
    def variant(self) -> str:
        """Whether there is somebody to pass it on to."""
        return "pass_on" if self.words else "ask"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Pass it on."""
        return (Choice("pass_on", do.TellInquirer(self.words)),) if self.words else ()


@dataclass(frozen=True)
class ClientPassedOn(ToClient):
    """It was passed on."""

    collective: str


@dataclass(frozen=True)
class ClientData(ToClient):
    """What is kept of a client, and a button to forget it."""

    collective: str
    name: str
    contact: Contact | None
    titles: tuple[str, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Forget it all."""
        return (Choice("forget_client", do.ForgetClient()),)


@dataclass(frozen=True)
class ClientForgotten(ToClient):
    """All of it is gone."""

    collective: str


# --- to members -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class InquiryCame(Notice):
    """To who is on duty, or a coordinator: a client asks this; will you take it up? `again`: nobody did so far.

    `changed`: the client changed it. Who the client is only who takes it hears.
    """

    inquiry_id: int
    lead: Lead
    words: str
    again: bool = False
    changed: bool = False

    @property
    def variant(self) -> str:
        """How it opens."""
        return "again" if self.again else "changed" if self.changed else "new"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it up, or let another."""
        return (
            Choice("take_inquiry", do.TakeInquiry(self.inquiry_id, self.lead)),
            Choice("pass_inquiry", do.PassInquiry(self.inquiry_id)),
        )


@dataclass(frozen=True)
class InquiryYours(Notice):
    """To who took it: this is the client. The read-back of the lead comes next."""

    inquiry_id: int
    title: str
    contact: Contact
    words: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Back to the others, or nothing for us."""
        return (
            Choice("release_inquiry", do.ReleaseInquiry(self.inquiry_id)),
            Choice("decline_inquiry", do.DeclineInquiry(self.inquiry_id)),
        )


@dataclass(frozen=True)
class InquiryGone(Notice):
    """Too late: somebody took it (`by`), the client withdrew it, or it is over."""

    title: str | None
    by: str | None

    @property
    def variant(self) -> str:
        """What is known of it."""
        return "taken" if self.by else "over" if self.title else "unknown"


@dataclass(frozen=True)
class InquiryPassed(Notice):
    """To who passed it by or gave it back: the coordinators are asked now (`names`); `alone`: there is nobody else."""

    title: str
    names: tuple[str, ...]
    alone: bool

    @property
    def variant(self) -> str:
        """Whether there is anybody else."""
        return "nobody" if self.alone else "others"


@dataclass(frozen=True)
class InquiryDeclined(Notice):
    """To who took it: the client hears that nobody can help."""

    title: str


@dataclass(frozen=True)
class ClientSays(Notice):
    """To who took it up: the client wrote this, changed the question (`lead`), withdrew it, or had us forget them."""

    kind: Literal["words", "changed", "withdrew", "forgot"]
    title: str
    words: str = ""
    lead: Lead | None = None
    lead_id: int | None = None

    @property
    def variant(self) -> str:
        """What they did."""
        return self.kind

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A lead that is out and no longer needed can be taken back."""
        if self.kind != "withdrew" or self.lead_id is None:
            return ()
        return (Choice("withdraw", do.WithdrawLead(self.lead_id)),)


# --- the link ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DoorShown(Notice):
    """The link for clients and how to use it; `fresh`: an older one no longer works."""

    collective: str
    code: str
    link: str | None
    can_change: bool
    fresh: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A coordinator can renew or close it."""
        if not self.can_change:
            return ()
        return Choice("renew_door", do.SetDoor("renew")), Choice("shut_door", do.SetDoor("shut"))


@dataclass(frozen=True)
class DoorShut(Notice):
    """There is no link, or no longer: with it nobody comes in."""

    can_change: bool
    was_open: bool = False

    @property
    def variant(self) -> str:
        """Whether it was shut just now."""
        return "now" if self.was_open else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A coordinator can make one."""
        return (Choice("open_door", do.SetDoor("renew")),) if self.can_change else ()
