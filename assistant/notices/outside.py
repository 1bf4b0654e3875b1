"""What is told when nobody in the collective fits: looking outside."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant.notices.base import Choice, Notice
from dialogs import commands as do
from nlu.meaning import Lead


def look_outside(lead_id: int, *, allies: bool = False) -> tuple[Choice, ...]:
    """Ask members whom they know, pass it on oneself, or ask an allied collective where there is one."""
    others = (Choice("ask_allies", do.AskAllies(lead_id)),) if allies else ()
    return (
        Choice("search_outside", do.SearchOutside(lead_id)),
        Choice("forward", do.ForwardLead(lead_id)),
        *others,
    )


@dataclass(frozen=True)
class RuledOut(Notice):
    """To the source: these are not asked for this lead. `asked` had been before; `unknown` are no members."""

    title: str
    names: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutsideSearching(Notice):
    """To the source: so many members are asked whom they know outside; 0: nobody whose work lies near can be asked.

    `first_at` None: now. `again`: others were asked before.
    """

    lead_id: int
    title: str
    asking: int
    first_at: datetime | None = None
    again: bool = False

    @property
    def variant(self) -> str:
        """Some are asked, or nobody (more)."""
        return "asking" if self.asking else "no_more" if self.again else "nobody"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The source may know somebody too."""
        return (Choice("forward", do.ForwardLead(self.lead_id)),)


@dataclass(frozen=True)
class OutsideImpossible(Notice):
    """This lead is not public yet, so it stays inside the group."""

    title: str


@dataclass(frozen=True)
class OutsideAsked(Notice):
    """To a member whose work lies near: nobody inside fits; do you know somebody outside? The client is not named."""

    lead_id: int
    lead: Lead

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A text to pass on, or no."""
        return Choice("know_somebody", do.ForwardLead(self.lead_id)), Choice(
            "know_nobody", do.Pleasantry("deny")
        )


@dataclass(frozen=True)
class ForwardText(Notice):
    """A text to pass on as it is.

    Its link (or code) works once and keeps the credit with who passed it on.
    """

    lead_id: int
    lead: Lead
    collective: str
    code: str
    link: str | None = None
    expires: date | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """For somebody else another one."""
        return (Choice("forward_again", do.ForwardLead(self.lead_id)),)


@dataclass(frozen=True)
class TooManyLinks(Notice):
    """You made as many links for this lead as there may be."""

    limit: int


@dataclass(frozen=True)
class FoundAfterAll(Notice):
    """To the source of a lead for which nobody was left: somebody who suits it can be asked after all."""

    title: str
