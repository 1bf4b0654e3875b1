"""What became of the work, and the deal that was made."""

from datetime import date

from dialogs.commands.base import Command
from nlu.deals import Doubt, Terms


class AskDeal(Command, frozen=True):
    """Work was won, by an introduction or after the job `follows_id`: ask what was agreed."""

    introduction_id: int | None = None
    follows_id: int | None = None


class TellDeal(Command, frozen=True):
    """What was agreed for work that was won: read back with what follows, before anything is kept (rows A3, A4).

    Without an id: the only introduction that is open, or ask which. `follows`: work that came after a job for the same
    client, `follows_id`. `words` may name the job, `doubts` are asked about; `sure`: what seemed odd is right.
    """

    terms: Terms
    introduction_id: int | None = None
    follows: bool = False
    follows_id: int | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()
    sure: bool = False


class KeepDeal(Command, frozen=True):
    """That is right, and this is the most I contribute; `cap_cents` None: not picked yet, or nothing is asked.

    `words` and `doubts` were not understood in what was told: unless the words name the job, nothing is kept.
    """

    terms: Terms
    introduction_id: int | None = None
    follows_id: int | None = None
    cap_cents: int | None = None
    why: str | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()


class PickTier(Command, frozen=True):
    """The most the member contributes on a job, own judgement (mission row A4). Without an id: the only job, or ask."""

    deal_id: int | None
    cap_cents: int
    why: str | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()


class AskTierReason(Command, frozen=True):
    """Why this cap? It may be told, and need not."""

    deal_id: int


class ExplainTier(Command, frozen=True):
    """Why the member picked this cap."""

    deal_id: int
    why: str


class OwnWork(Command, frozen=True):
    """The work that was won came through nobody here: nothing is asked."""


class ClaimWork(Command, frozen=True):
    """The work that was won came from this lead, though somebody else was introduced, or nobody."""

    lead_id: int
    terms: Terms = Terms()


class SettleClaim(Command, frozen=True):
    """The source says whether this member won their lead."""

    lead_id: int
    member_id: int
    granted: bool


class ChangeLead(Command, frozen=True):
    """The job is gone, but the client wants something else: the credit goes along (mission row A7)."""

    introduction_id: int | None = None


class ExtendDeal(Command, frozen=True):
    """A running job goes on: until a day, or so many months longer."""

    deal_id: int | None = None
    until: date | None = None
    months: float | None = None
    words: str = ""


class EndDeal(Command, frozen=True):
    """A running job ended, early or as agreed; without a day: today."""

    deal_id: int | None = None
    on: date | None = None
    words: str = ""


class ShowDeal(Command, frozen=True):
    """How does this job stand, and what can I tell about it?"""

    deal_id: int


class AskExtend(Command, frozen=True):
    """Until when does this job go on?"""

    deal_id: int
