"""The push, and what is told about the answer to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.notices.base import Choice, Notice
from assistant.rules.matching import Band, Reason
from assistant.rules.policy import Chooser
from dialogs import commands as do
from dialogs.commands import Command
from nlu.meaning import Lead


def answers(offer_id: int) -> tuple[Choice, ...]:
    """What one can say to a push."""
    return (
        Choice("interested", do.ShowInterest(offer_id)),
        Choice("later", do.Decline(offer_id, "later")),
        Choice("not_for_me", do.Decline(offer_id, "no")),
    )


@dataclass(frozen=True)
class LeadOffered(Notice):
    """The push: role, terms, band, up to three true reasons, and doubts. `tipped_by`: a member thought of you.

    Says that a yes lets the source see your name and description. `answer_by` None: no hurry. `quote`: the
    member's own words that matched. `collective`: named only when the member is in several. `pool`: the member is in
    this pool of the client's, which set the rate. `team`: it is a seat in this team. `idea`: no work yet (row A21).
    `ally`: it comes from this allied collective.
    """

    offer_id: int
    lead: Lead
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    answer_by: datetime | None = None
    tipped_by: str | None = None
    quote: str | None = None
    collective: str | None = None
    chooser: Chooser = "source"
    pool: str | None = None
    team: str | None = None
    idea: bool = False
    ally: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Interest, not now, not for me, somebody else."""
        return (
            *answers(self.offer_id),
            Choice("tip", do.AskTip(self.offer_id)),
            Choice("why", do.ExplainOffer(self.offer_id)),
        )


@dataclass(frozen=True)
class TermsTold(Notice):
    """What is known of the work that was offered, asked for once more; `km` from the member's own place."""

    lead: Lead
    km: int | None = None


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One lead in a digest, with the reason that weighs most."""

    offer_id: int
    lead: Lead
    band: Band
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DigestReady(Notice):
    """Once a week, when there is something: what fits and was not worth a message of its own, best first."""

    lines: tuple[DigestLine, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Say yes to some of them, or to none."""
        yes = (
            Choice("interested_numbered", do.ShowInterest(line.offer_id, among=True), str(number))
            for number, line in enumerate(self.lines, 1)
        )
        return (*yes, Choice("none_of_these", do.DeclineAll(tuple(line.offer_id for line in self.lines))))


@dataclass(frozen=True)
class ClientReply(Notice):
    """To the source: a short answer to copy to the client. `name`: one colleague at most, who agreed."""

    lead_id: int
    title: str
    how: Literal["asking", "yes", "chosen", "nobody"]
    client: str | None = None
    name: str | None = None
    reasons: tuple[Reason, ...] = ()
    until: datetime | None = None

    @property
    def variant(self) -> str:
        """Per state of the lead."""
        return self.how


@dataclass(frozen=True)
class ThoughtOver(Notice):
    """Take your time: the lead stays with you. `answer_by` None: no hurry."""

    offer_id: int
    title: str
    answer_by: datetime | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The answers, at hand for when the thinking is done."""
        return answers(self.offer_id)


@dataclass(frozen=True)
class NothingOffered(Notice):
    """There is no lead with you (to answer, to explain, or to pass on)."""


@dataclass(frozen=True)
class LeadGone(Notice):
    """That lead is no longer open: to who was asked, or to who shared it (`own`; without a title: none is open)."""

    title: str | None
    own: bool = False

    @property
    def variant(self) -> str:
        """Who shared it misses nothing."""
        return "asked" if not self.own else "own" if self.title else "none"


@dataclass(frozen=True)
class AlreadyAnswered(Notice):
    """You answered this one already: this is what is noted. `state` is yes, later or no."""

    title: str
    state: Literal["yes", "later", "no"]

    @property
    def variant(self) -> str:
        """Per answer."""
        return self.state


@dataclass(frozen=True)
class InterestNoted(Notice):
    """Noted; who chooses now sees you, and you will hear how it ends either way.

    `queued`: one candidate is proposed at a time, and somebody else is before you.
    """

    title: str
    change_id: int
    chooser: Chooser = "source"
    queued: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class DeclineNoted(Notice):
    """Noted; no hard feelings."""

    title: str
    kind: Literal["later", "no"]
    change_id: int

    @property
    def variant(self) -> str:
        """Not now, or not for me."""
        return self.kind

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class AllDeclined(Notice):
    """Noted of all that had no answer yet; no hard feelings."""

    count: int


@dataclass(frozen=True)
class WhichOffer(Notice):
    """Several leads are with you: which one do you mean? `none`: these wait, and may all be let go at once.

    `by` number: none has the number that was said.
    """

    options: tuple[tuple[str, Command], ...]
    none: tuple[int, ...] = ()
    by: Literal["words", "number"] = "words"

    @property
    def variant(self) -> str:
        """How it was said which one is meant."""
        return self.by

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button a lead."""
        named = tuple(Choice("named", command, title) for title, command in self.options)
        return (*named, Choice("none_of_these", do.DeclineAll(self.none))) if self.none else named
