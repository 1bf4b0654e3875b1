"""What is told of a job that lasts: whether to go on, the nine points of case law, and one's share per client."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.notices.base import Choice, Notice, Row
from assistant.notices.books import Euros
from dialogs import commands as do

Colour = Literal["green", "amber", "ask"]


@dataclass(frozen=True)
class RotationDue(Notice):
    """To who does a job: it lasts so many months. Go on, swap or stop? The client decides; here is a check."""

    title: str
    months: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The check."""
        return (Choice("check_work", do.CheckWork()),)


@dataclass(frozen=True)
class RotationNoted(Notice):
    """To the coordinators: somebody's job lasts so many months; swapping only if the client wants it."""

    name: str
    title: str
    months: int


@dataclass(frozen=True)
class PointAsked(Notice):
    """One of the nine points, as a question. `answers` are those given so far, a letter each."""

    number: Literal[1, 2, 3, 4, 5, 6, 7, 8, 9]
    answers: str = ""

    @property
    def variant(self) -> str:
        """Which point."""
        return str(self.number)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes, no, I don't know."""
        return tuple(
            Choice(key, do.CheckWork(self.answers + letter))
            for key, letter in (("point_yes", "g"), ("point_no", "a"), ("point_unknown", "q"))
        )


@dataclass(frozen=True)
class PointLine(Row):
    """One point, and how it came out."""

    row: ClassVar[str] = "point_line"
    point: str
    colour: str


@dataclass(frozen=True)
class PointsShown(Notice):
    """How the nine points came out: never "safe", and for nobody else."""

    lines: tuple[PointLine, ...]
    amber: int
    ask: int

    @property
    def variant(self) -> str:
        """Whether anything stands out."""
        return "some" if self.amber or self.ask else "none"


@dataclass(frozen=True)
class ShareLine(Row):
    """One client, and which part of somebody's turnover comes from there."""

    row: ClassVar[str] = "share_line"
    client: str
    percent: int
    amount: Euros


@dataclass(frozen=True)
class SharesShown(Notice):
    """To one member: of the turnover told here in twelve months, what came from which client.

    `asked` is the client they asked about, `percent` its part; `high` when one client is most of it.
    """

    lines: tuple[ShareLine, ...]
    total: Euros | None
    asked: str | None
    percent: int
    high: bool

    @property
    def variant(self) -> str:
        """Whether there is anything to tell, and of whom."""
        return "none" if not self.lines else "one" if self.asked else "all"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The check, when one client is most of it."""
        return (Choice("check_work", do.CheckWork()),) if self.high and self.lines else ()
