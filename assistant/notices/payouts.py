"""What is told about paying out a share of the pot."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Choice, Notice
from assistant.notices.books import Euros
from dialogs import commands as do


@dataclass(frozen=True)
class PayoutAsked(Notice):
    """To who keeps the money: this is the share that is open; was it transferred? `said`: another amount was named."""

    name: str
    amount: Euros
    who: int
    said: Euros | None = None

    @property
    def variant(self) -> str:
        """Whether what was named is not what is open."""
        return "differs" if self.said else "same"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It was, or not yet."""
        return (
            Choice("paid_out", do.PayOut(member_id=self.who, cents=self.amount.cents)),
            Choice("not_paid_out", do.ListOpen()),
        )


@dataclass(frozen=True)
class PayoutKept(Notice):
    """To who keeps the money: noted; `name` gets nothing more from the pot."""

    name: str
    amount: Euros


@dataclass(frozen=True)
class PayoutMade(Notice):
    """To the member: your share of the pot was transferred."""

    amount: Euros
    by: str


@dataclass(frozen=True)
class NoPayout(Notice):
    """Nothing of the pot is open for this member, or it changed since it was asked."""

    name: str
    why: Literal["none", "changed"]

    @property
    def variant(self) -> str:
        """Which of them."""
        return self.why
