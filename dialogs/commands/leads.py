"""Work: shared, offered, chosen, begun and ended."""

from typing import Literal

from dialogs.commands.base import Command
from nlu.meaning import Lead


class ShareLead(Command, frozen=True):
    """Pass work on to the collective.

    `tips` are names that go first, `ruled_out` names that are not asked.
    `text` is only used to recognise a second telling; under a button stand its `words` instead, made unreadable.
    """

    lead: Lead
    text: str
    tips: tuple[str, ...] = ()
    forwarded_from: str | None = None
    is_new: bool = False  # the member said that it is not the lead it looks like
    ruled_out: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    team: bool | None = None  # of several roles: one person for each, or one for any; None: not asked yet
    inquiry_id: int | None = None  # what a client asked at the collective's own door
    idea: str | None = None  # no work yet but an idea, with a seat for each role (mission row A21)


class MarkOrigin(Command, frozen=True):
    """My lead came to the collective itself, or to me after all (mission row C2). Without an id: my newest."""

    lead_id: int | None = None
    collective: bool = True


class LeadTeam(Command, frozen=True):
    """ "Ik wil trekken" (mission row C3). Without an id: the newest team one has to do with."""

    lead_id: int | None = None


class AppointContractor(Command, frozen=True):
    """The source lets somebody lead the team, or not."""

    lead_id: int
    member_id: int
    refused: bool = False


class ShowTeam(Command, frozen=True):
    """Who leads, and who is in the team?"""

    lead_id: int | None = None


class AmendLead(Command, frozen=True):
    """Change what was said of one's last open lead ("nee, 24 uur", after it was shared; mission row D35)."""

    lead: Lead


class RuleOut(Command, frozen=True):
    """Not to be asked for one's last open lead, for instance over a conflict of interest."""

    names: tuple[str, ...]


class SearchOutside(Command, frozen=True):
    """Nobody inside fits: ask a few members whom they know outside the group (mission row C5)."""

    lead_id: int


class ForwardLead(Command, frozen=True):
    """A text about this lead to pass on to somebody outside, with a code that keeps the credit."""

    lead_id: int


class ShowFairness(Command, frozen=True):
    """How fairly do we share? For the coordinator."""


class ShowMissing(Command, frozen=True):
    """Which skills do we lack? For the coordinator (mission row A20)."""


class WithdrawLead(Command, frozen=True):
    """Take a lead back."""

    lead_id: int


class ShowMyLeads(Command, frozen=True):
    """How are the leads I shared?"""


class ShowWork(Command, frozen=True):
    """What is there for me?"""


class ShowInterest(Command, frozen=True):
    """Yes to a push. Without an id: the only one that is open, or ask which. `among`: others are on the same card.

    `nth`: the one at this number, from 1, in the digest they had last.
    """

    offer_id: int | None = None
    words: str | None = None
    among: bool = False
    nth: int | None = None


class ThinkOver(Command, frozen=True):
    """No answer yet: the member wants to think about what was offered."""


class Decline(Command, frozen=True):
    """No to a push: not now, or not for me. `offhand`: "toch niet", which may be about something else."""

    offer_id: int | None = None
    kind: Literal["later", "no"] = "no"
    words: str | None = None
    offhand: bool = False


class DeclineAll(Command, frozen=True):
    """Not now to what is left of several, such as those of a digest."""

    offer_ids: tuple[int, ...]


class Tip(Command, frozen=True):
    """This is something for somebody else."""

    name: str
    offer_id: int | None = None


class ExplainOther(Command, frozen=True):
    """Why did somebody else get it?"""

    name: str


class ExplainWhyNot(Command, frozen=True):
    """Why did I not get it, or so little?"""


class AskTerms(Command, frozen=True):
    """What are the terms of the work that was offered last: the client, the rate, how far it is?"""


class ExplainOffer(Command, frozen=True):
    """Why did I get this? Without an id: the push seen last."""

    offer_id: int | None = None


class Choose(Command, frozen=True):
    """The source introduces one of the interested to the client."""

    lead_id: int
    member_id: int


class ShowCandidates(Command, frozen=True):
    """Who said yes to my leads? Shown again, with the buttons to choose."""


class ChooseNobodyYet(Command, frozen=True):
    """ "Nog geen keuze": ask the next wave."""

    lead_id: int


class TakeOver(Command, frozen=True):
    """A coordinator chooses in the place of a source who does not."""

    lead_id: int


class ReportStart(Command, frozen=True):
    """The work that somebody was introduced to has begun (mission row B10)."""

    introduction_id: int


class CloseLead(Command, frozen=True):
    """The source ends a lead without a choice."""

    lead_id: int


class ReportOutcome(Command, frozen=True):
    """How it went after an introduction. Without an id: the only one that is open, or ask which."""

    outcome: Literal["won", "talks", "nothing"]
    introduction_id: int | None = None
    words: str | None = None


class OutcomeUnknown(Command, frozen=True):
    """Too early to say: ask again later."""

    introduction_id: int
