"""What is told about dues: what is asked of a member, who still owes them, and that they came in."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.notices.base import MOST_BUTTONS, Choice, Notice, Row, first_name
from assistant.notices.books import Euros
from dialogs import commands as do

CLAIM = (Choice("paid", do.ClaimDues()),)


@dataclass(frozen=True)
class DuesLine(Row):
    """What one member still owes. `waiting`: they say to have paid it."""

    row: ClassVar[str] = "dues_line"
    name: str
    open: Euros
    waiting: Euros | None


@dataclass(frozen=True)
class DuesCharged(Notice):
    """To a member: these dues are asked of you. `open` when something was open already: that and this together."""

    collective: str
    entry: Euros | None
    dues: Euros | None
    open: Euros | None
    treasurers: tuple[str, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """I have paid."""
        return CLAIM


@dataclass(frozen=True)
class DuesReminder(Notice):
    """To a member, once: these dues are still open."""

    collective: str
    open: Euros
    treasurers: tuple[str, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """I have paid."""
        return CLAIM


@dataclass(frozen=True)
class DuesShown(Notice):
    """What you owe in dues, what waits to be confirmed, and what the collective asks."""

    collective: str
    open: Euros | None
    waiting: Euros | None
    quarter: Euros | None
    entry: Euros | None
    treasurers: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Whether something is open; or nothing is ever asked."""
        if self.open:
            return "open"
        return "settled" if self.quarter or self.entry or self.waiting else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """I have paid."""
        return CLAIM if self.open else ()


@dataclass(frozen=True)
class DuesClaimed(Notice):
    """To who keeps the money: a member says to have paid. Did it come in?"""

    entry_id: int
    name: str
    amount: Euros

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It did, or it did not."""
        return (
            Choice("received", do.ConfirmDues(self.entry_id, received=True)),
            Choice("not_received", do.ConfirmDues(self.entry_id, received=False)),
        )


@dataclass(frozen=True)
class DuesClaimNoted(Notice):
    """To the member: noted that you paid; who keeps the money looks whether it came in."""

    amount: Euros
    treasurers: tuple[str, ...]


@dataclass(frozen=True)
class DuesConfirmed(Notice):
    """To the member: your dues came in, or were not seen."""

    collective: str
    amount: Euros
    received: bool

    @property
    def variant(self) -> str:
        """Whether they came in."""
        return "received" if self.received else "missing"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Once more, after looking it up."""
        return () if self.received else CLAIM


@dataclass(frozen=True)
class DuesMarked(Notice):
    """To who keeps the money: somebody's dues are settled, or still open."""

    name: str
    amount: Euros
    received: bool

    @property
    def variant(self) -> str:
        """Whether they came in."""
        return "received" if self.received else "missing"


@dataclass(frozen=True)
class DuesListed(Notice):
    """To who keeps the money: who still owes dues. `members` go with the lines, for the buttons."""

    lines: tuple[DuesLine, ...]
    total: Euros
    members: tuple[int, ...]

    @property
    def variant(self) -> str:
        """Nobody, or some."""
        return "some" if self.lines else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It came in; for the first few, the others by name."""
        pairs = zip(self.members, self.lines, strict=False)
        shown = [(number, line) for number, line in pairs][:MOST_BUTTONS]
        return tuple(
            Choice("paid_named", do.MarkDues(member_id=number), first_name(line.name))
            for number, line in shown
        )


@dataclass(frozen=True)
class DuesSettled(Notice):
    """There is nothing open. `name` None: of yourself."""

    name: str | None
