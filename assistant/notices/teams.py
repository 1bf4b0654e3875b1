"""What is told about a team: its seats, who leads, and what each brings."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.notices.base import MOST_BUTTONS, Choice, Notice, Row
from dialogs import commands as do
from dialogs.commands import ShareLead
from nlu.meaning import Contact

SeatState = Literal["taken", "interested", "asking", "nobody", "ended"]


@dataclass(frozen=True)
class SeatLine(Row):
    """One seat of a team; `name` of who has it, for those in the team only."""

    row: ClassVar[str] = "seat_line"
    role: str
    state: SeatState
    name: str | None
    count: int


def outside_for(gaps: tuple[tuple[int, str], ...]) -> tuple[Choice, ...]:
    """For a seat that nobody inside fits: first inside, then outside (mission row C5)."""
    return tuple(
        Choice("outside_for", do.SearchOutside(number), role) for number, role in gaps[:MOST_BUTTONS]
    )


def seats_told(lead_id: int, gaps: tuple[tuple[int, str], ...]) -> tuple[Choice, ...]:
    """Under a team or an idea that is told: look outside for a gap, or take it back."""
    return (*outside_for(gaps), Choice("withdraw", do.WithdrawLead(lead_id)))


@dataclass(frozen=True)
class TeamAsked(Notice):
    """The lead names several roles: one person who does one of them, or a team?"""

    roles: tuple[str, ...]
    one: ShareLead
    team: ShareLead

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A team, or one."""
        return Choice("a_team", self.team), Choice("one_person", self.one)


@dataclass(frozen=True)
class TeamShared(Notice):
    """To the source: the team is stored, and so many fit each seat."""

    lead_id: int
    title: str
    lines: tuple[SeatLine, ...]
    gaps: tuple[tuple[int, str], ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Lead it oneself; look outside for a gap; take it back."""
        return (Choice("i_lead", do.LeadTeam(self.lead_id)), *seats_told(self.lead_id, self.gaps))


@dataclass(frozen=True)
class TeamShown(Notice):
    """To the source, the one who leads and those in it: how the team stands. `contractor`: who leads."""

    title: str
    contractor: str | None
    lines: tuple[SeatLine, ...]
    lead_id: int
    gaps: tuple[tuple[int, str], ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Lead it, as long as nobody does; look outside for a gap."""
        lead = () if self.contractor else (Choice("i_lead", do.LeadTeam(self.lead_id)),)
        return (*lead, *outside_for(self.gaps))


@dataclass(frozen=True)
class ContractorOffered(Notice):
    """To the source: somebody wants to lead the team."""

    lead_id: int
    who: int
    name: str
    title: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Let them, or not."""
        return (
            Choice("let_lead", do.AppointContractor(self.lead_id, self.who), self.name),
            Choice("not_lead", do.AppointContractor(self.lead_id, self.who, refused=True)),
        )


@dataclass(frozen=True)
class ContractorNoted(Notice):
    """To who wants to lead: passed on to the source; or not this time."""

    title: str
    refused: bool

    @property
    def variant(self) -> str:
        """Passed on, or not this time."""
        return "refused" if self.refused else "asked"


@dataclass(frozen=True)
class ContractorNamed(Notice):
    """Somebody leads the team now: to themself (with the client's contact), to the source, to the others in it."""

    title: str
    name: str
    role: Literal["self", "source", "member"]
    reach: str | None
    client: str | None
    contact: Contact | None

    @property
    def variant(self) -> str:
        """Who reads it."""
        return self.role


@dataclass(frozen=True)
class SeatTaken(Notice):
    """To who was chosen for a seat: who leads, and how to reach them; the client, unless it is an idea, hears one."""

    title: str
    team: str
    contractor: str
    reach: str | None
    idea: bool = False


@dataclass(frozen=True)
class SeatFilled(Notice):
    """To who leads, or to the source (`by`: who chose): somebody has a seat."""

    title: str
    name: str
    reach: str | None
    by: str | None
    change_id: int | None = None
    own: bool = False

    @property
    def variant(self) -> str:
        """Who reads it, and whether who leads has the seat themself."""
        return f"{'source' if self.by else 'contractor'}{'_own' if self.own else ''}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Not after all."""
        return (Choice("not_after_all", do.Undo(self.change_id)),) if self.change_id else ()


@dataclass(frozen=True)
class BringAsked(Notice):
    """To who said yes to a seat without a word: what do you bring (mission row C4)?"""

    title: str


@dataclass(frozen=True)
class BringNoted(Notice):
    """What they bring is passed on to who chooses."""

    title: str
    words: str


@dataclass(frozen=True)
class NoTeam(Notice):
    """There is no team that this can be about."""
