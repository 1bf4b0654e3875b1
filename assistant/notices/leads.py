"""What the source is told while a lead is told, shared and amended."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant.notices.base import Choice, Notice, of_draft
from assistant.notices.outside import look_outside
from assistant.rules.policy import Chooser
from dialogs import commands as do
from nlu.meaning import Form, Lead, Problem


@dataclass(frozen=True)
class Question(Notice):
    """One missing field of a form. `again`: the answer was not understood, so with an example. `problem`: why not.

    `title`: what it is about, when something else came in between or it is the `nth` of `of` leads in one message.
    """

    form: Form
    field: str
    draft: int
    again: bool = False
    problem: Problem | None = None
    title: str | None = None
    nth: int = 0
    of: int = 0

    @property
    def variant(self) -> str:
        """Each field has its own question; texts exist for lead.{roles,start,place}, profile.{about,roles,place}."""
        return f"{self.form}.{self.field}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A question that can be skipped offers that; a lead can be dropped."""
        skip = Choice("skip", do.SkipField(self.draft, self.field))
        cancel = Choice("cancel", do.CancelDraft(self.draft))
        if self.form == "profile":
            return () if self.field in ("about", "roles") else (skip,)
        return (cancel,) if self.field == "roles" else (skip, cancel)


@dataclass(frozen=True)
class LeadReadBack(Notice):
    """The card: what was understood and what is not known; right?

    Third parties are not shown, only that they are kept apart. It may be the `nth` of `of` leads in one message.
    """

    draft: int
    lead: Lead
    tips: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ruled_out: tuple[str, ...] = ()
    nth: int = 0
    of: int = 0

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, change, or drop."""
        return of_draft(self.draft)


@dataclass(frozen=True)
class WhatIsWrong(Notice):
    """What should be different? Just say it ("nee, 24 uur", "tarief is 95")."""

    form: Form

    @property
    def variant(self) -> str:
        """Examples differ per form."""
        return self.form


@dataclass(frozen=True)
class DraftWaiting(Notice):
    """Back to the read-back that still waits: was it right?"""

    draft: int
    form: Form
    title: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, or drop."""
        return Choice("confirm", do.ConfirmDraft(self.draft)), Choice("cancel", do.CancelDraft(self.draft))


@dataclass(frozen=True)
class LeadShared(Notice):
    """Thank you; so many members fit, and this is when the first hear of it. Your name stays with it.

    `first_at` None: at once. `tips` are members asked first; `unknown_tips` names that are no members;
    `several_tips` names that more than one member has. `ruled_out` names are not asked, `unknown_ruled_out` are no
    members. `allies`: nobody of ours fits, and an allied collective may be asked.
    """

    lead_id: int
    title: str
    fitting: int
    first_wave: int
    first_at: datetime | None = None
    tips: tuple[str, ...] = ()
    unknown_tips: tuple[str, ...] = ()
    several_tips: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    unknown_ruled_out: tuple[str, ...] = ()
    chooser: Chooser = "source"
    allies: bool = False

    @property
    def variant(self) -> str:
        """Nobody fits; nobody of who does can be reached yet; all who do hear of it at once, or some of them do."""
        if self.fitting == 0:
            return "none"
        if self.first_wave == 0:
            return "unreached"
        return "all" if self.fitting in (1, self.first_wave) else "many"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back; when nobody fits, look outside."""
        further = () if self.fitting or self.tips else look_outside(self.lead_id, allies=self.allies)
        return (*further, Choice("withdraw", do.WithdrawLead(self.lead_id)))


@dataclass(frozen=True)
class LeadAmended(Notice):
    """To the source: the lead as it stands now; `told` members who were asked hear of it."""

    lead: Lead
    told: int


@dataclass(frozen=True)
class OfferAmended(Notice):
    """To who was asked and did not say no: the source corrected the lead, this is how it stands now."""

    offer_id: int
    title: str
    lead: Lead
    answered_yes: bool

    @property
    def variant(self) -> str:
        """Who said yes keeps it unless they say otherwise."""
        return "yes" if self.answered_yes else "open"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no, as before."""
        no = Choice("not_for_me", do.Decline(self.offer_id, "no"))
        return (no,) if self.answered_yes else (Choice("interested", do.ShowInterest(self.offer_id)), no)


@dataclass(frozen=True)
class LeadNeedsRole(Notice):
    """Without knowing what kind of person is wanted, nobody can be asked."""


@dataclass(frozen=True)
class LeadKnown(Notice):
    """This lead was told before, by you or by another member (not named), who keeps the credit.

    Or is it another one after all?
    """

    title: str
    on: date
    mine: bool
    again: do.ShareLead

    @property
    def variant(self) -> str:
        """Your own, or somebody else's."""
        return "mine" if self.mine else "other"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It is another lead."""
        return (Choice("another_lead", self.again),)
