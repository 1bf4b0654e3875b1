"""What is told about pools: who is in one, and the rate that its client set."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.notices.base import Choice, Notice, Row
from dialogs import commands as do
from nlu.meaning import Rate


@dataclass(frozen=True)
class PoolMade(Notice):
    """To the coordinator: there is a pool now."""

    pool: str
    client: str


@dataclass(frozen=True)
class PoolRateAsked(Notice):
    """To the coordinator: did the client itself set this rate? Only then is it shown."""

    pool: str
    client: str
    rate: Rate
    cents: int
    unit: Literal["hour", "day"]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The client did, or not."""
        return (
            Choice("client_set_it", do.SetPoolRate(self.pool, self.cents, self.unit, by_client=True)),
            Choice("we_set_it", do.KeepPrivate("agree")),
        )


@dataclass(frozen=True)
class PoolRateSet(Notice):
    """To a coordinator or a member of the pool: this is the rate that its client set."""

    pool: str
    client: str
    rate: Rate


@dataclass(frozen=True)
class PoolContractSet(Notice):
    """To the coordinator: this is where the client's standard contract is; None: it is taken away."""

    pool: str
    client: str
    link: str | None

    @property
    def variant(self) -> str:
        """Whether there is one."""
        return "one" if self.link else "none"


@dataclass(frozen=True)
class StandardContract(Notice):
    """To who was chosen for work of this client, and to who introduces them: the contract to use (mission row B10)."""

    title: str
    client: str
    link: str


@dataclass(frozen=True)
class PoolJoined(Notice):
    """To the coordinator (`name`), or to the member: in a pool now, or out of it."""

    pool: str
    client: str
    rate: Rate | None
    name: str | None
    out: bool

    @property
    def variant(self) -> str:
        """Who reads it, and which way."""
        return f"{'them' if self.name else 'you'}_{'out' if self.out else 'in'}"


@dataclass(frozen=True)
class PoolLine(Row):
    """One pool; `members` for the coordinator only."""

    row: ClassVar[str] = "pool_line"
    pool: str
    client: str
    rate: Rate | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class PoolsShown(Notice):
    """The pools a member is in; to a coordinator all of them."""

    lines: tuple[PoolLine, ...]
    all: bool

    @property
    def variant(self) -> str:
        """Whether there are any."""
        return "some" if self.lines else "all_none" if self.all else "none"


@dataclass(frozen=True)
class PoolRemoveAsked(Notice):
    """To the coordinator: so many members are in it; shall it go?"""

    pool: str
    client: str
    members: tuple[str, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes; or leave it."""
        return Choice("remove_pool", do.RemovePool(self.pool, sure=True)), Choice("keep_pool", do.ShowPools())


@dataclass(frozen=True)
class PoolRemoved(Notice):
    """To the coordinator and who was in it (`yours`): it is over."""

    pool: str
    client: str
    yours: bool

    @property
    def variant(self) -> str:
        """Who reads it."""
        return "yours" if self.yours else "gone"


@dataclass(frozen=True)
class PoolRenamed(Notice):
    """To the coordinator: its new name."""

    pool: str
    name: str


@dataclass(frozen=True)
class PoolRefused(Notice):
    """No such pool, one that is there already, an amount or address that cannot be, or somebody who is not in it."""

    why: Literal["unknown", "known", "amount", "not_in", "link"]
    pool: str

    @property
    def variant(self) -> str:
        """Why not."""
        return self.why
