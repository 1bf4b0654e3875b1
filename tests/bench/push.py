"""How soon the first member hears of a lead: from the source's yes to a message delivered, through the running service."""

import asyncio
import time
from datetime import UTC, datetime

from assistant.app import App, Clock
from assistant.channels.service import serve
from assistant.messages import Capabilities, Delivery, Incoming, Outcome, Sent
from nlu import Reader
from tests.bench import turn
from tests.bench.measure import Figures
from tests.databases import migrated

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # in the morning, so that a wave may go out at once
LEADS = 12  # the slowest of these is told: when the clock looks is a matter of luck
PLACES = [
    "Utrecht",
    "Zwolle",
    "Amsterdam",
    "Rotterdam",
    "Arnhem",
    "Breda",
    "Delft",
    "Groningen",
    "Leiden",
    "Haarlem",
    "Tilburg",
    "Assen",
]


class Watching:
    """A channel that notes when it delivered to anybody but the source."""

    name = turn.CHANNEL
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.pushed = asyncio.Event()

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Take it at once."""
        if delivery.account != turn.who(0):
            self.pushed.set()
        return Sent(str(delivery.message_id))


class Script:
    """The source: tells a lead, then says yes."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._number = 0

    async def hears(self, text: str) -> None:
        """Through the front door, as a channel does it."""
        self._number += 1
        heard = Incoming(turn.CHANNEL, turn.who(0), f"push-{self._number}", text=text)
        await asyncio.to_thread(self._app.hear, heard, self._app.clock.now())


def measure() -> Figures:
    """The slowest of a dozen leads, on SQLite."""
    clock = Clock(MONDAY - datetime.now(UTC))
    with migrated("sqlite") as url, turn.opened(url, Reader(), clock) as app:
        return {"push.first_s": max(asyncio.run(pushes(app)))}


async def pushes(app: App) -> list[float]:
    """Seconds from each yes to the first push."""
    stop, wake, channel, source = asyncio.Event(), asyncio.Event(), Watching(), Script(app)
    seconds = []
    async with asyncio.TaskGroup() as work:
        work.create_task(serve(app, [channel], stop, wake))
        for number, place in enumerate(PLACES[:LEADS]):
            await source.hears(
                f"Heb een opdracht: {turn.ROLES[number % 5]}, {place}, 8 uur p/w, vanaf 1 april, max 110"
            )
            channel.pushed.clear()
            begun = time.perf_counter()
            await source.hears("ja")
            wake.set()
            await asyncio.wait_for(channel.pushed.wait(), 60)
            seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(0.1 * number)  # another moment of the clock's second each time
        stop.set()
    return seconds
