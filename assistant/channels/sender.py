"""The sender: brings every message we owe to its chat, each chat in order, no chat waiting for another."""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from assistant.channels import Clocked, Front, Pace, Paced, metrics
from assistant.channels.patience import FAULT_S, patiently, pause, where
from assistant.errors import UnreachableError
from assistant.messages import Channel, Delivery, Gone, Outcome, Refused, Retry, Sent, Terms

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 1.0  # also without a wake: for a retry that falls due, and for what another process wrote
SETTLE_S = 0.05  # how long a round waits for the slow before it looks for new work
FINISH_S = 10.0  # how long a stop waits for deliveries under way
DELIVER_S = 30.0  # how long a platform may take over one message; a claim on it lasts longer
LONGEST_PAUSE_S = 60.0  # between two tries: when a platform is back we notice within a minute
STRIKES = 8  # tries of a message that fails while others go through, over some four minutes
Address = tuple[str, str]  # a channel, and an account on it


class Bucket:
    """A token bucket: `rate` a second in the long run, `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._booked_until = 0.0

    def book(self, at: float) -> float:
        """Take the next place; the seconds to wait for it. `at` is a moment in seconds."""
        self._booked_until = max(self._booked_until, at) + 1 / self._rate
        return max(0.0, self._booked_until - at - self._burst / self._rate)

    def is_full(self, at: float) -> bool:
        """Whether nothing of it is in use."""
        return self._booked_until <= at


class Limiter:
    """Holds a channel to the pace of its platform: first the chat's turn, then a place among all."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._all = Bucket(pace.overall, burst=1)
        self._chats: dict[str, Bucket] = {}

    async def turn(self, account: str) -> None:
        """Wait until this chat may get its next message."""
        at = time.monotonic()
        if len(self._chats) > 1000:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.is_full(at)}
        await asyncio.sleep(
            self._chats.setdefault(account, Bucket(self._pace.per_chat, self._pace.burst)).book(at)
        )
        await asyncio.sleep(self._all.book(time.monotonic()))


class Sender:
    """Delivers what is owed on a few channels. One message per account is under way at any time.

    `sent` counts what platforms took; `progress` is set whenever a delivery ended. `chance` spreads retries.
    """

    def __init__(
        self,
        app: Front,
        channels: Sequence[Channel],
        now: Callable[[], datetime],
        chance: random.Random | None = None,
    ) -> None:
        self._app, self._now = app, now
        self._channels = {channel.name: channel for channel in channels}
        self._limiters = {
            channel.name: Limiter(channel.pace) for channel in channels if isinstance(channel, Paced)
        }
        self._setbacks = Setbacks(chance or random.Random())  # noqa: S311  a spread, no secret
        self._under_way: dict[Address, asyncio.Task[None]] = {}
        self._in_hand: set[int] = set()
        self._stopping = False
        self.sent = 0
        self.progress = asyncio.Event()

    async def start(self) -> bool:
        """Begin what is owed to accounts with nothing under way; whether there is more to come."""
        self.progress.clear()
        for name, channel in self._channels.items():
            before = set(self._in_hand)  # what ends while we ask may still look owed in the answer
            for delivery in await asyncio.to_thread(self._app.owed, name, self._now(), _terms(channel)):
                if delivery.message_id not in before:
                    self._begin(name, delivery)
        return bool(self._under_way) or self.progress.is_set()

    async def settle(self) -> None:
        """Give a round a moment to end together: one query for many messages, not one each."""
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=SETTLE_S)

    async def finish(self) -> None:
        """Let deliveries end that a platform may already have accepted, and begin no others."""
        self._stopping = True
        if self._under_way:
            _, slow = await asyncio.wait(self._under_way.values(), timeout=FINISH_S)
            for task in slow:
                task.cancel()

    def _begin(self, name: str, delivery: Delivery) -> None:
        address = (name, delivery.account)
        self._in_hand.add(delivery.message_id)
        bringing = self._bring(name, delivery, self._under_way.get(address))
        self._under_way[address] = asyncio.create_task(bringing)

    async def _bring(self, name: str, delivery: Delivery, before: asyncio.Task[None] | None) -> None:
        address = (name, delivery.account)
        try:
            if before is not None:  # recorded, or this one would not be owed yet; it only has to end
                await asyncio.wait([before])
            if name in self._limiters:
                await self._limiters[name].turn(delivery.account)
            if not self._stopping:
                await self._record(name, delivery, await self._handed_over(name, delivery))
        finally:
            self._in_hand.discard(delivery.message_id)
            if self._under_way.get(address) is asyncio.current_task():
                del self._under_way[address]
            self.progress.set()

    async def _handed_over(self, name: str, delivery: Delivery) -> Outcome:
        outcome: Outcome
        try:
            async with asyncio.timeout(DELIVER_S):
                outcome = await self._channels[name].deliver(delivery)
        except Exception as fault:  # noqa: BLE001  a channel promises not to raise; a broken promise stops nobody else
            log.error("%s: message %s: %s", name, delivery.message_id, where(fault))  # noqa: TRY400  no message text
            outcome = Retry(fault=type(fault).__name__)
        outcome = self._setbacks.judged(name, delivery, outcome)
        if isinstance(outcome, Gone | Refused):
            log.warning("%s: message %s was not taken: %s", name, delivery.message_id, outcome.reason)
        return outcome

    async def _record(self, name: str, delivery: Delivery, outcome: Outcome) -> None:
        """Write down how it ended, however long that takes: what is forgotten would be sent again."""
        try:
            await patiently(lambda: self._app.delivered(delivery.message_id, outcome, self._now()))
            metrics.DELIVERED.labels(name, type(outcome).__name__.lower()).inc()
            self.sent += isinstance(outcome, Sent)
        except Exception as fault:  # noqa: BLE001  a bug: this account waits, or it would get the same message for ever
            log.error("%s: message %s: %s", name, delivery.message_id, where(fault))  # noqa: TRY400
            await asyncio.sleep(FAULT_S)


def _terms(channel: Channel) -> Terms:
    per_s = channel.pace.overall if isinstance(channel, Paced) else None
    return Terms(per_s, channel.capabilities.window, channel.capabilities.knocks_per_day)


class Setbacks:
    """What becomes of messages a platform did not take now: they wait longer each time, or are set aside."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._taken: Counter[str] = Counter()
        self._strikes: dict[int, tuple[int, int]] = {}

    def judged(self, channel: str, delivery: Delivery, outcome: Outcome) -> Outcome:
        """The same outcome, with a pause where the platform named none.

        During an outage everything waits. A message that fails again and again while others go through has itself
        to blame: it is refused, so that it does not hold up its chat for ever.
        """
        if isinstance(outcome, Sent):
            self._taken[channel] += 1
        if not isinstance(outcome, Retry):
            self._strikes.pop(delivery.message_id, None)
            return outcome
        if outcome.after_s is not None:
            return outcome
        count, taken = self._strikes.get(delivery.message_id, (0, 0))
        count += self._taken[channel] > taken
        if count >= STRIKES:
            self._strikes.pop(delivery.message_id, None)
            return Refused(f"{outcome.fault}, {count} times while others went through")
        self._strikes[delivery.message_id] = count, self._taken[channel]
        return Retry(self._pause_s(delivery.attempts), outcome.fault)

    def _pause_s(self, attempts: int) -> float:
        """About 1, 2, 4, ... seconds: never the same for all, or they would all be back at the same moment."""
        return min(LONGEST_PAUSE_S, 2.0 ** min(attempts, 10)) * self._chance.uniform(0.5, 1)


async def drain(app: Front, channels: Sequence[Channel], now: Callable[[], datetime]) -> int:
    """Deliver until nothing is owed now; how many messages a platform took. Raises UnreachableError."""
    sender = Sender(app, channels, now)
    while await sender.start():
        await sender.settle()
        if not sender.progress.is_set():
            await sender.progress.wait()
    return sender.sent


async def run(
    app: Front, channels: Sequence[Channel], clock: Clocked, wake: asyncio.Event, stop: asyncio.Event
) -> None:
    """Deliver until `stop`, at once after each `wake`; what is under way at `stop` is finished first."""
    sender = Sender(app, channels, clock.now)
    while not stop.is_set():
        wake.clear()
        try:
            await sender.start()
        except UnreachableError:
            log.warning("the database is locked or gone; trying again")
        await sender.settle()
        await pause(LOOK_AGAIN_S, wake, stop, sender.progress)
    await sender.finish()
