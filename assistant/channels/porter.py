"""The porter: takes in what a platform brings. It is checked, stored as it came, and acknowledged; nothing more.

A platform that waits too long for its answer brings everything again, so nothing else is done before it.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.channels import Clocked
from assistant.channels.envelopes import MalformedError
from assistant.channels.patience import where
from assistant.errors import UnreachableError
from assistant.messages import Arrived, Receipt

log = logging.getLogger(__name__)

Result = TypeVar("Result")

LARGEST = (
    2_000_000  # bytes of one request; a batch of WhatsApp's is at most 3 MB on paper and a few KB in life
)
BATCH = 50  # events stored in one transaction, when so many come at once


class ForgedError(Exception):
    """A request that does not come from the platform."""


class Keeper(Protocol):
    """What a porter asks of the app. Each call may raise UnreachableError."""

    @property
    def clock(self) -> Clocked:
        """The clock everything runs by."""
        ...

    @property
    def keeps_at_once(self) -> int:
        """How many may keep something side by side without waiting for each other."""
        ...

    def keep(self, channel: str, arrived: Sequence[Arrived], now: datetime) -> dict[str, int]:
        """Store events as they came, durably: event_id to id, of those that can be handled at once."""
        ...

    def confirm(self, channel: str, receipts: Sequence[Receipt], now: datetime) -> None:
        """What became of messages the platform took; durably."""
        ...


@dataclass(frozen=True, slots=True)
class Brought:
    """What one request brings: events to be handled, and receipts for what we sent."""

    events: Sequence[Arrived]
    receipts: Sequence[Receipt] = ()


class Platform(Protocol):
    """What a porter asks of a platform's own file."""

    name: str

    def brought(self, body: bytes, headers: Mapping[str, str]) -> Brought:
        """What is in one request. Raises ForgedError, MalformedError."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What was stored, without receipts. `kept`: event_id to id in the inbox, of what has its place there already.

    `seconds`: how long each answer took since the last time.
    """

    events: list[Arrived]
    kept: dict[str, int]
    seconds: list[float]


class Porter:
    """Stands at the door of one platform. `tell` hears of whatever was stored, after it was acknowledged."""

    def __init__(self, app: Keeper, platform: Platform, tell: Callable[[Taken], None]) -> None:
        self._app, self._platform, self.tell = app, platform, tell
        self.is_open = True  # else platforms are asked to come again
        self._waiting: list[tuple[Sequence[Arrived], asyncio.Future[None]]] = []
        self._storing: set[asyncio.Task[None]] = set()
        self._seconds: list[float] = []
        # threads of its own: an answer must not wait behind others that wait for the database
        self._threads = ThreadPoolExecutor(app.keeps_at_once, "porter")

    def route(self, path: str) -> Route:
        """Where the platform posts."""
        return Route(path, self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        """200 once it is stored; 503 makes the platform bring it again."""
        begun = time.perf_counter()
        status = await self._answer(request) if self.is_open else 503
        self._seconds.append(time.perf_counter() - begun)
        return Response(status_code=status)

    async def _answer(self, request: Request) -> int:
        name = self._platform.name
        body = await _body(request)
        if body is None:
            return 413
        try:
            brought = self._platform.brought(body, request.headers)
        except ForgedError:
            log.warning("%s: a request that does not come from the platform", name)
            return 403
        except MalformedError:
            log.error("%s: a request that cannot be read", name)  # noqa: TRY400  no message text
            return 200  # it would come again for ever
        try:
            if brought.receipts:
                await self._beside(self._app.confirm, name, brought.receipts, self._app.clock.now())
                self._tell([], {})
            if brought.events:
                await self._stored(brought.events)
        except UnreachableError:
            log.warning("%s: the database is locked or gone", name)
            return 503
        return 200

    async def _stored(self, arrived: Sequence[Arrived]) -> None:
        """Returns when it is durable. Raises UnreachableError."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrived, stored))
        # counted by who is done, not by who was taken off a list: that happens later, and nobody would store this
        self._storing = {each for each in self._storing if not each.done()}
        if len(self._storing) < self._app.keeps_at_once:
            self._storing.add(asyncio.create_task(self._store()))
        await stored

    async def _store(self) -> None:
        """What comes at the same time is stored in one transaction: a commit costs more than an insert."""
        while self._waiting:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            events = [each for arrived, _stored in batch for each in arrived]
            try:
                kept = await self._kept(events)
            except UnreachableError as fault:
                for _arrived, stored in batch:
                    if not stored.cancelled():
                        stored.set_exception(fault)
                continue
            for _arrived, stored in batch:
                if not stored.cancelled():
                    stored.set_result(None)
            await asyncio.sleep(0)  # the answers go out first
            self._tell(events, kept)

    async def _kept(self, arrived: list[Arrived]) -> dict[str, int]:
        """What was stored. Raises UnreachableError: whoever brought it is told, and brings it again.

        What no database takes would come again for ever, and keep out what came with it: it is set aside by itself.
        """
        name = self._platform.name
        try:
            return await self._beside(self._app.keep, name, arrived, self._app.clock.now())
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001
            if len(arrived) == 1:
                log.error("%s: an event is set aside: %s", name, where(bug))  # noqa: TRY400
                return {}
        kept: dict[str, int] = {}
        for each in arrived:
            kept |= await self._kept([each])
        return kept

    async def _beside(self, work: Callable[..., Result], *arguments: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def _tell(self, events: list[Arrived], kept: dict[str, int]) -> None:
        seconds, self._seconds = self._seconds, []
        self.tell(Taken(events, kept, seconds))


async def _body(request: Request) -> bytes | None:
    """All of it; None when it is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
