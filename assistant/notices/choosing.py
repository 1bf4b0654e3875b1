"""What is told around the choice: who is interested, who was introduced, who was not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.notices.base import Choice, Notice, first_name
from assistant.notices.outside import look_outside
from assistant.rules.matching import Band, Reason
from assistant.rules.policy import Chooser
from dialogs import commands as do
from nlu.meaning import Contact


@dataclass(frozen=True, slots=True)
class Interested:
    """One member who said yes, as the source sees them. `drive`: what gives them energy, if they want that seen."""

    member_id: int
    name: str
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    words: str | None = None
    drive: str | None = None


@dataclass(frozen=True)
class CandidatesReady(Notice):
    """To who chooses: who said yes, with reasons. `waiting` were asked and have until `until`.

    `reminder`: said before. `source`: who brought it, for a coordinator who chooses. `one`: this is the one candidate.
    """

    lead_id: int
    title: str
    candidates: tuple[Interested, ...]
    waiting: int = 0
    until: datetime | None = None
    reminder: bool = False
    source: str | None = None
    one: bool = False

    @property
    def variant(self) -> str:
        """The first word of it, or a reminder; or the one candidate there is."""
        return "reminder" if self.reminder else "one" if self.one else "new"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Introduce one of them, look further, or stop."""
        first = [first_name(each.name) for each in self.candidates]
        one_each = tuple(
            Choice(
                "choose",
                do.Choose(self.lead_id, each.member_id),
                name if first.count(name) == 1 else each.name,
            )
            for each, name in zip(self.candidates, first, strict=True)
        )
        return (
            *one_each,
            Choice("another" if self.one else "nobody_yet", do.ChooseNobodyYet(self.lead_id)),
            Choice("close_lead", do.CloseLead(self.lead_id)),
        )


@dataclass(frozen=True)
class InterestGone(Notice):
    """To the source: a member took their yes back."""

    name: str
    title: str


@dataclass(frozen=True)
class WaveOver(Notice):
    """To the source: nobody said yes, or not the right one. `asking` more are asked now; 0: nobody is left to ask.

    `over`: nobody was asked, since whoever fitted no longer did when the moment came; or all who can be reached said
    no; or somebody did not answer, and still can ("none_yet"). `digest` read of it in their
    weekly digest. `full`: there are as many candidates as may be at a time. `allies`: an allied collective may
    be asked.
    """

    lead_id: int
    title: str
    asking: int
    yes: int = 0
    over: Literal["unasked", "none", "none_yet"] = "none"
    digest: int = 0
    full: bool = False
    allies: bool = False

    @property
    def variant(self) -> str:
        """Others are being asked, or there is nobody left; who said yes stays available."""
        if self.full:
            return "full"
        if self.asking:
            return "further" if self.yes else "more"
        if self.digest:
            return "digest_beside_yes" if self.yes else "digest"
        if self.yes:
            return "yes_only"
        return self.over

    @property
    def choices(self) -> tuple[Choice, ...]:
        """When nobody is left the source may look outside, or close it."""
        if self.asking or self.digest:
            return ()
        further = () if self.yes else look_outside(self.lead_id, allies=self.allies)
        return (*further, Choice("close_lead", do.CloseLead(self.lead_id)))


@dataclass(frozen=True)
class Introduced(Notice):
    """To the chosen: the source and, if known, the client's person, with how to reach them. What to do first.

    `ally`: the allied collective the source is of.
    """

    title: str
    source: str
    source_reach: str | None
    client: str | None = None
    contact: Contact | None = None
    ally: str | None = None


@dataclass(frozen=True)
class IntroductionMade(Notice):
    """To the source.

    The chosen one, how to reach them, and a ready line for the client that names where the data comes from.
    `passed_on`: the chosen one has the details of the client's person.
    """

    title: str
    name: str
    reach: str | None
    client: str | None = None
    passed_on: bool = False
    change_id: int | None = None
    chooser: Chooser | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The one who chose can take it back."""
        return (Choice("not_after_all", do.Undo(self.change_id)),) if self.change_id is not None else ()


@dataclass(frozen=True)
class ChoiceNoted(Notice):
    """To a coordinator who chose: both sides were introduced."""

    name: str
    title: str
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("not_after_all", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class ClientLink(Notice):
    """To the source: a page on which the client chooses among who said yes; works for one choice, until `expires`."""

    title: str
    address: str
    expires: date


@dataclass(frozen=True)
class ClientChoice(Notice):
    """On that page: who said yes, by first name, with what fits."""

    lead_id: int
    title: str
    collective: str
    candidates: tuple[Interested, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One of them."""
        return tuple(
            Choice("meet", do.Choose(self.lead_id, each.member_id), each.name) for each in self.candidates
        )


@dataclass(frozen=True)
class ClientThanked(Notice):
    """On that page: the choice is made, and `source` brings both together."""

    name: str
    source: str


@dataclass(frozen=True)
class ClientTooLate(Notice):
    """On that page: there is nothing to choose (any more), and who to ask."""


@dataclass(frozen=True)
class ChoiceUndone(Notice):
    """To who was chosen: the choice was taken back; your yes stands, what you know of the client stays with you."""

    title: str


@dataclass(frozen=True)
class Reopened(Notice):
    """To who had said yes: the lead is open after all, and your yes stands."""

    title: str


@dataclass(frozen=True)
class ChosenLeft(Notice):
    """To who chooses: the one they chose left the collective, so the lead is open again. `others` said yes too."""

    name: str
    title: str
    others: bool

    @property
    def variant(self) -> str:
        """Whether there is somebody else to choose from."""
        return "others" if self.others else "none"


@dataclass(frozen=True)
class ChoiceOverdue(Notice):
    """To the coordinator: `yes` members wait for a choice that the source does not make, after two reminders."""

    lead_id: int
    title: str
    source: str
    yes: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Choose in their place."""
        return (Choice("take_over", do.TakeOver(self.lead_id)),)


@dataclass(frozen=True)
class TakenOver(Notice):
    """To the source: `by` chooses now, so that nobody has to wait; the credit stays yours."""

    by: str
    title: str


Stuck = Literal["asking", "nobody", "choosing", "starting"]


@dataclass(frozen=True)
class NotChosen(Notice):
    """To who answered: how it ended, with one true reason, and thanks. `answer` is what they had said."""

    title: str
    answer: Literal["yes", "later", "no"]
    why: Literal["chosen", "closed", "withdrawn", "further"]
    chooser: Chooser = "source"

    @property
    def variant(self) -> str:
        """Somebody else was chosen, it ended without a choice, or it was taken back; shorter for who had said no."""
        return self.why if self.answer == "yes" or self.why == "further" else f"{self.why}_short"


@dataclass(frozen=True)
class LeadEnded(Notice):
    """To the source: the lead is closed or taken back, and who answered was told."""

    title: str
    told: int
    withdrawn: bool = False
    overdue: bool = False

    @property
    def variant(self) -> str:
        """Taken back, closed, or closed by itself because no choice was made."""
        return "withdrawn" if self.withdrawn else "overdue" if self.overdue else "closed"
