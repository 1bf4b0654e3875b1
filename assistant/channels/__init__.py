"""Channels: where people talk with Seintje. The only asynchronous code; one file per outside world."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from assistant.messages import Arrived, Channel, Delivery, Incoming, Outcome, Reading, Terms

__all__ = ["Clocked", "Front", "Listener", "Pace", "Paced"]


class Clocked(Protocol):
    """The one reader of the real clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class Front(Protocol):
    """What channels ask of the app. Every call is synchronous and short; channels call it from a thread.

    Each may raise `assistant.errors.UnreachableError`: the database is locked or gone, try again.
    """

    @property
    def clock(self) -> Clocked:
        """The clock everything runs by."""
        ...

    def receive(self, heard: Incoming, now: datetime) -> int | None:
        """Store one event durably; its id in the inbox, or None for a repeat."""
        ...

    def receive_unread(self, channel: str, arrived: Arrived, now: datetime) -> int | None:
        """As `receive`, of an event as it came: it is read when it is handled, or apologised for."""
        ...

    def read_with(self, channel: str, reading: Reading) -> None:
        """How events of a channel that are kept as they came are read."""
        ...

    def handle_all(self, heard_ids: Sequence[int], now: datetime) -> None:
        """As `handle`, for the chats of all these events; some of them may share a transaction."""
        ...

    def handle(self, heard_id: int, now: datetime) -> None:
        """Carry out one stored event in one transaction."""
        ...

    def catch_up(self, now: datetime) -> int:
        """Handle everything that waits in the inbox, oldest first; how many there were."""
        ...

    def tick(self, now: datetime) -> None:
        """Do the clock's jobs that are due."""
        ...

    def next_due(self) -> datetime | None:
        """When the clock's jobs need us next."""
        ...

    def owed(self, channel: str, now: datetime, terms: Terms | None = None) -> list[Delivery]:
        """What we are to deliver now, on these terms: per account only the oldest, so that order holds."""
        ...

    def delivered(self, message_id: int, outcome: Outcome, now: datetime) -> None:
        """Record how a delivery ended."""
        ...

    def set_bot_name(self, name: str) -> None:
        """The name under which the bot can be opened, for invitation links."""
        ...


@runtime_checkable
class Listener(Channel, Protocol):
    """A channel that hears by itself (a poll, a socket) for as long as the service runs."""

    async def listen(self, wake: asyncio.Event) -> None:
        """Hear until cancelled; set `wake` whenever something may be owed."""
        ...

    async def close(self) -> None:
        """Let go of connections, after the last delivery."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform lets us write: messages a second for one chat and for all chats together.

    `burst` is how many a chat may get at once before its pace holds: a question and its answer never wait.
    """

    per_chat: float
    overall: float
    burst: int = 3


@runtime_checkable
class Paced(Channel, Protocol):
    """A channel whose platform sets a pace."""

    pace: Pace
