"""What is told about coins: what earned them, what waits for a coordinator's word, and what they may become."""

from dataclasses import dataclass
from datetime import date

from assistant.notices.base import Choice, Notice
from assistant.notices.books import Euros
from dialogs import commands as do


@dataclass(frozen=True)
class CoinLine:
    """One act: what it was, about what, and how many coins it brought or (`less`) took."""

    act: str
    about: str
    coins: int
    on: date
    less: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class CoinsShown(Notice):
    """To a member: their coins, the newest acts, and the pot and all coins as totals that everybody may know."""

    held: int
    waiting: int
    lines: tuple[CoinLine, ...]
    pot: Euros | None
    coins_issued: int

    @property
    def variant(self) -> str:
        """Whether there is anything to show."""
        return "some" if self.lines else "none"


@dataclass(frozen=True)
class PublicityHeard(Notice):
    """To the member: a coordinator is asked. `coins` 0: this collective gives none for it."""

    coins: int
    by: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Whether it earns anything."""
        return "asked" if self.coins else "none"


@dataclass(frozen=True)
class PublicityKnown(Notice):
    """This was told before."""


@dataclass(frozen=True)
class PublicityAsked(Notice):
    """To a coordinator: a member did something for our publicity. Is it right?"""

    entry_id: int
    name: str
    words: str
    coins: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no."""
        return (
            Choice("coins_yes", do.SettleCoins(self.entry_id, granted=True)),
            Choice("coins_no", do.SettleCoins(self.entry_id, granted=False)),
        )


@dataclass(frozen=True)
class CoinsSettled(Notice):
    """To the coordinator: noted."""

    name: str
    coins: int
    granted: bool

    @property
    def variant(self) -> str:
        """Yes or no."""
        return "yes" if self.granted else "no"


@dataclass(frozen=True)
class CoinsRefused(Notice):
    """To the member: the coordinator did not confirm it."""

    words: str


@dataclass(frozen=True)
class CoinsAlreadySettled(Notice):
    """Somebody answered this before."""
