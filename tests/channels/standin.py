"""A stand-in for the app that remembers: an inbox, an outbox, and faults when a test asks for them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from assistant.messages import (
    Action,
    Arrived,
    Bars,
    Card,
    Delivery,
    Document,
    Gone,
    Incoming,
    Outcome,
    Reading,
    Refused,
    Retry,
    Sent,
    Shut,
    Terms,
)


class RealClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Owed:
    """A row of the outbox."""

    delivery: Delivery
    channel: str
    state: str = "owed"
    retry_at: datetime | None = None
    platform_id: str | None = None
    outcomes: list[Outcome] = field(default_factory=list)


class RememberingApp:
    """Answers each text with "gehoord: ..." in the chat it came from; `faults` are raised, in order, by the call they name."""

    def __init__(self) -> None:
        self.clock = RealClock()
        self.inbox: list[Incoming] = []
        self.handled: list[int] = []
        self.outbox: list[Owed] = []
        self.ticks: list[datetime] = []
        self.due: datetime | None = None
        self.bot_name = ""
        self.faults: list[tuple[str, Exception]] = []
        self._lock = threading.Lock()

    def receive(self, heard: Incoming, now: datetime) -> int | None:  # noqa: ARG002
        self._fail("receive")
        with self._lock:
            if any((heard.channel, heard.event_id) == (old.channel, old.event_id) for old in self.inbox):
                return None
            self.inbox.append(heard)
            return len(self.inbox) - 1

    def receive_unread(self, channel: str, arrived: Arrived, now: datetime) -> int | None:
        return self.receive(Incoming(channel, arrived.account, arrived.event_id, kind="media"), now)

    def read_with(self, channel: str, reading: Reading) -> None:
        """Nothing is read here."""

    def handle(self, heard_id: int, now: datetime) -> None:  # noqa: ARG002
        self._fail("handle")
        self.handled.append(heard_id)
        heard = self.inbox[heard_id]
        if heard.kind == "text":
            self.owe(heard.account, f"gehoord: {heard.text}", channel=heard.channel)

    def handle_all(self, heard_ids: Sequence[int], now: datetime) -> None:
        for heard_id in heard_ids:
            self.handle(heard_id, now)

    def catch_up(self, now: datetime) -> int:
        self._fail("catch_up")
        waiting = [n for n in range(len(self.inbox)) if n not in self.handled]
        for heard_id in waiting:
            self.handle(heard_id, now)
        return len(waiting)

    def tick(self, now: datetime) -> None:
        self._fail("tick")
        self.ticks.append(now)
        self.due = None

    def next_due(self) -> datetime | None:
        return self.due

    def owed(self, channel: str, now: datetime, terms: Terms | None = None) -> list[Delivery]:  # noqa: ARG002
        self._fail("owed")
        with self._lock:
            first: dict[str, Owed] = {}
            for row in self.outbox:
                if row.state == "owed" and row.channel == channel:
                    first.setdefault(row.delivery.account, row)
            return [
                replace(row.delivery, attempts=len(row.outcomes))
                for row in first.values()
                if row.retry_at is None or row.retry_at <= now
            ]

    def delivered(self, message_id: int, outcome: Outcome, now: datetime) -> None:
        self._fail("delivered")
        with self._lock:
            row = self.outbox[message_id]
            row.outcomes.append(outcome)
            match outcome:
                case Sent():
                    row.state, row.platform_id = "sent", outcome.platform_id
                case Retry():
                    row.retry_at = now + timedelta(seconds=outcome.after_s or 0)
                case Gone():
                    row.state = "held"
                case Shut():
                    row.state = "shut"
                case Refused():
                    row.state = "failed"

    def set_bot_name(self, name: str) -> None:
        self.bot_name = name

    def owe(
        self,
        account: str,
        text: str,
        *labels: str,
        edits: str | None = None,
        channel: str = "telegram",
        picture: Bars | None = None,
        document: Document | None = None,
    ) -> Owed:
        """Owe a card with these buttons to an account."""
        with self._lock:
            number = len(self.outbox)
            buttons = tuple(Action(label, f"t{number}-{n}") for n, label in enumerate(labels))
            row = Owed(
                Delivery(number, account, Card(text, buttons, picture, document), edits=edits), channel
            )
            self.outbox.append(row)
            return row

    def _fail(self, call: str) -> None:
        with self._lock:
            for fault in self.faults:
                if fault[0] == call:
                    self.faults.remove(fault)
                    raise fault[1]
