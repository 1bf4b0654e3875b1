"""What is told about allied collectives, to coordinators and to who brings a lead."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.notices.base import Choice, Notice, Row
from dialogs import commands as do
from nlu.meaning import Lead


@dataclass(frozen=True)
class AllyProposed(Notice):
    """To who proposed it: the other side hears of it, if it is there; whether it is, is not said."""

    name: str


@dataclass(frozen=True)
class AllyAsked(Notice):
    """To a coordinator: another collective proposes to share work; what that means."""

    ally_id: int
    name: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no."""
        return (
            Choice("ally_yes", do.AnswerAlly(self.ally_id, yes=True)),
            Choice("ally_no", do.AnswerAlly(self.ally_id, yes=False)),
        )


@dataclass(frozen=True)
class AllyChanged(Notice):
    """To a coordinator: how it now stands with another collective. `ours`: by our own word, said by `by`."""

    name: str
    how: Literal["allied", "refused", "ended"]
    ours: bool = False
    by: str | None = None

    @property
    def variant(self) -> str:
        """What happened, and on which side."""
        return f"{self.how}_ours" if self.ours else self.how


@dataclass(frozen=True)
class AllyRefused(Notice):
    """To a coordinator: why nothing changed."""

    why: Literal["own", "already", "unknown", "answered"]
    name: str = ""

    @property
    def variant(self) -> str:
        """Per reason."""
        return self.why


@dataclass(frozen=True)
class AllyLine(Row):
    """One collective, and how it stands."""

    row: ClassVar[str] = "ally_line"
    name: str
    state: str


@dataclass(frozen=True)
class AlliesShown(Notice):
    """The collectives we share work with; a coordinator also sees what is proposed."""

    lines: tuple[AllyLine, ...]

    @property
    def variant(self) -> str:
        """Whether there are any."""
        return "some" if self.lines else "none"


@dataclass(frozen=True)
class CrossingAsked(Notice):
    """To the source: what an allied collective would see, and what not; to which of them?"""

    lead_id: int
    title: str
    lead: Lead
    options: tuple[tuple[str, int], ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One of them, or none."""
        one_each = tuple(
            Choice("cross", do.CrossLead(self.lead_id, number), name) for name, number in self.options
        )
        return (*one_each, Choice("no_crossing", do.Pleasantry("deny")))


@dataclass(frozen=True)
class CrossingImpossible(Notice):
    """To the source: why this lead stays with us."""

    title: str
    why: Literal["not_public", "seat", "asking", "yes", "no_allies"]

    @property
    def variant(self) -> str:
        """Per reason."""
        return self.why


@dataclass(frozen=True)
class CrossingNews(Notice):
    """To the source: how it goes with their lead at an allied collective. `count` members there fit."""

    title: str
    name: str
    how: Literal["sent", "asking", "nobody", "not_now", "taken"]
    count: int = 0

    @property
    def variant(self) -> str:
        """Per step."""
        return self.how
