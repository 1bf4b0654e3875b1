"""What every notice is: a fact for exactly one member, with its buttons."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from dialogs import commands as do
from dialogs.commands import Command

MOST_BUTTONS = 4  # of one kind under a card: more is no choice but a search


HERE = 0  # whoever this turn is with


def first_name(name: str) -> str:
    """How a member is called in a button."""
    return name.split(maxsplit=1)[0] if name.split() else name


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: `key` names its label; `name` ("Stel {name} voor"), an amount in whole cents or a month fill it in."""

    key: str
    command: Command
    name: str = ""
    amount: int | None = None
    month: date | None = None


def of_draft(draft: int) -> tuple[Choice, ...]:
    """What one can say to a read-back: right, change, or drop."""
    return (
        Choice("confirm", do.ConfirmDraft(draft)),
        Choice("edit", do.EditDraft(draft)),
        Choice("cancel", do.CancelDraft(draft)),
    )


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a notice: its name (ASCII, with an extension), its media type and its content."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Row:
    """One line of a list in a notice: `blocks.<row>` words it, the fields of the subclass fill it in."""

    row: ClassVar[str]


@dataclass(frozen=True)
class Notice:
    """A fact for one member; the subclass names the text, its fields fill it in."""

    member_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The buttons under it, in order."""
        return ()

    @property
    def variant(self) -> str:
        """Which of the texts of this notice; "" when there is only one."""
        return ""

    @property
    def awaited(self) -> bool:
        """Whether the member chose this moment for it: then it comes in quiet hours too."""
        return False

    @property
    def attached(self) -> Attached | None:
        """The file that goes with it. Such a notice has no buttons."""
        return None


@dataclass(frozen=True)
class ToClient(Notice):
    """A fact for a client, who is no member: who writes now, or (`account_id`) whoever wrote from that account."""

    member_id: int = field(default=HERE, kw_only=True)
    account_id: int = field(default=0, kw_only=True)
