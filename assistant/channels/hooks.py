"""Webhooks: platforms bring us what people say. It is stored as it came, acknowledged, and only then read.

Whatever ends this process, an event is in our inbox or comes again, and the inbox drops what comes again. Any number
of processes may take events in: each chat is handled in its order, whoever has it.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.channels import Front, metrics
from assistant.channels.envelopes import MalformedError
from assistant.channels.patience import FAULT_S, patiently, pause, where
from assistant.errors import UnreachableError
from assistant.messages import Arrived, Incoming, Reading, Receipt

log = logging.getLogger(__name__)

LARGEST = (
    2_000_000  # bytes of one request; a batch of WhatsApp's is at most 3 MB on paper and a few KB in life
)
BATCH = 50  # events stored in one transaction, when so many come at once
SWEEP_S = 10.0  # how often we look for what another process left behind
LEFT_S = 20.0  # how old that is


class ForgedError(Exception):
    """A request that does not come from the platform."""


class HookFront(Front, Protocol):
    """What webhooks ask of the app beside what all channels ask."""

    def read_with(self, channel: str, reading: Reading) -> None:
        """How events of a channel that are kept as they came are read."""
        ...

    def keep(self, channel: str, arrived: Sequence[Arrived], now: datetime) -> dict[str, int]:
        """Store events as they came, durably: event_id to id, of those that can be handled at once."""
        ...

    def unpack(self, channel: str | None = None) -> dict[int, dict[str, Any]]:
        """What was kept and got no id: id and content, in order, of those that are no repeat."""
        ...

    def unread(self, heard_id: int) -> dict[int, dict[str, Any]]:
        """What waits to be read in the chat of this event, in order; nothing when this one has been read."""
        ...

    def understand(self, read: Mapping[int, Incoming | None]) -> None:
        """What was fetched and read of events that were kept as they came."""
        ...

    def confirm(self, channel: str, receipts: Sequence[Receipt], now: datetime) -> None:
        """What became of messages the platform took."""
        ...

    def left_behind(
        self, channel: str | None = None, before: datetime | None = None, after: datetime | None = None
    ) -> Sequence[int]:
        """Events nobody handled yet, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Brought:
    """What one request brings: events to be handled, and receipts for what we sent."""

    events: Sequence[Arrived]
    receipts: Sequence[Receipt] = ()


class Hook(Protocol):
    """What a platform's own file knows of its webhook."""

    name: str

    def brought(self, body: bytes, headers: Mapping[str, str]) -> Brought:
        """What is in one request. Raises ForgedError, MalformedError."""
        ...

    def fetches_after(self, content: dict[str, Any]) -> float | None:
        """Whether a part of this event has to be fetched first: after so many seconds. None: read it as it is."""
        ...

    async def fetched(
        self, heard_id: int, unread: Mapping[int, dict[str, Any]]
    ) -> Mapping[int, Incoming | None]:
        """What this event says, with what was fetched for it; `unread` is all that waits to be read in its chat."""
        ...

    def welcome(self, arrived: Sequence[Arrived]) -> None:
        """Courtesies that must not wait, such as ending the spinner on a button. Begins them, raises nothing."""
        ...


class Mailroom:
    """Takes events in for one platform, stores them, and has them carried out. `work` runs beside `post`."""

    def __init__(self, app: HookFront, hook: Hook) -> None:
        self._app, self._hook = app, hook
        self._to_store: asyncio.Queue[tuple[Sequence[Arrived], asyncio.Future[None]]] = asyncio.Queue()
        self._to_handle: asyncio.Queue[tuple[int, float | None]] = asyncio.Queue()
        self._fetching: set[asyncio.Task[None]] = set()
        self._laid_by = asyncio.Event()  # something is kept that has no place in the inbox yet
        # a thread of its own: an answer must not wait behind deliveries that wait for the database
        self._door = ThreadPoolExecutor(1, "door")

    def route(self, path: str) -> Route:
        """Where the platform posts."""
        return Route(path, self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        """200 once it is stored; 503 makes the platform bring it again."""
        with metrics.ANSWERED.labels(self._hook.name).time():
            return Response(status_code=await self._taken(request))

    async def _taken(self, request: Request) -> int:
        body = await _body(request)
        if body is None:
            return 413
        try:
            brought = self._hook.brought(body, request.headers)
        except ForgedError:
            log.warning("%s: a request that does not come from the platform", self._hook.name)
            return 403
        except MalformedError:
            log.error("%s: a request that cannot be read", self._hook.name)  # noqa: TRY400  no message text
            return 200  # it would come again for ever
        try:
            if brought.receipts:
                await asyncio.to_thread(
                    self._app.confirm, self._hook.name, brought.receipts, self._app.clock.now()
                )
            if brought.events:
                metrics.ARRIVED.labels(self._hook.name).inc(len(brought.events))
                await self._store(brought.events)
        except UnreachableError:
            return 503
        return 200

    async def _store(self, arrived: Sequence[Arrived]) -> None:
        """Returns when it is durable. Raises UnreachableError."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._to_store.put_nowait((arrived, stored))
        await stored

    async def work(self, wake: asyncio.Event) -> None:
        """Store, read and carry out until cancelled; `wake` is set whenever something may be owed."""
        try:
            async with asyncio.TaskGroup() as work:
                work.create_task(self._storing())
                work.create_task(self._unpacking())
                work.create_task(self._sweeping())
                work.create_task(self._handling(wake))
        finally:
            for task in self._fetching:
                task.cancel()
            self._door.shutdown(wait=False)

    async def _storing(self) -> None:
        """What comes at the same time is stored in one transaction: a commit costs more than an insert."""
        while True:
            batch = [await self._to_store.get()]
            while len(batch) < BATCH and not self._to_store.empty():
                batch.append(self._to_store.get_nowait())
            try:
                kept = await self._kept([each for events, _stored in batch for each in events])
            except UnreachableError as fault:
                for _events, stored in batch:
                    if not stored.cancelled():
                        stored.set_exception(fault)
                continue
            for _events, stored in batch:
                if not stored.cancelled():
                    stored.set_result(None)
            await asyncio.sleep(0)  # the answers go out first
            for events, _stored in batch:
                self._pass_on(events, kept)

    def _pass_on(self, events: Sequence[Arrived], kept: dict[str, int]) -> None:
        """What has a place in the inbox is handled, what has none gets one; a repeat needs neither."""
        self._hook.welcome(events)
        for each in events:
            if (heard_id := kept.pop(each.event_id, None)) is not None:
                self._to_handle.put_nowait((heard_id, self._fetches_after(each.content)))
            else:
                self._laid_by.set()

    async def _unpacking(self) -> None:
        """What is kept without a place in the inbox gets one: first what a former run left."""
        while True:
            self._laid_by.clear()
            try:
                found = await patiently(partial(self._app.unpack, self._hook.name))
            except Exception as bug:  # noqa: BLE001  a bug must not silence the rest
                log.error("%s: unpacking: %s", self._hook.name, where(bug))  # noqa: TRY400
                await asyncio.sleep(FAULT_S)
                continue
            for heard_id, content in found.items():
                self._to_handle.put_nowait((heard_id, self._fetches_after(content)))
            await pause(SWEEP_S, self._laid_by)

    async def _kept(self, arrived: Sequence[Arrived]) -> dict[str, int]:
        """What was stored. Raises UnreachableError: whoever brought it is told, and brings it again.

        What no database takes would come again for ever, and keep out what came with it: it is set aside by itself.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._door, self._app.keep, self._hook.name, arrived, self._app.clock.now()
            )
        except UnreachableError:
            log.warning("%s: the database is locked or gone", self._hook.name)
            raise
        except Exception as bug:  # noqa: BLE001
            if len(arrived) == 1:
                log.error("%s: an event is set aside: %s", self._hook.name, where(bug))  # noqa: TRY400
                return {}
        kept: dict[str, int] = {}
        for each in arrived:
            kept |= await self._kept([each])
        return kept

    def _fetches_after(self, content: dict[str, Any]) -> float | None:
        try:
            return self._hook.fetches_after(content)
        except Exception:  # noqa: BLE001  what cannot be read is set aside where it is handled
            return None

    async def _sweeping(self) -> None:
        """What a process stored and did not live to handle is handled by another."""
        while True:
            await asyncio.sleep(SWEEP_S)
            now = self._app.clock.now()
            before, after = now - timedelta(seconds=LEFT_S), now + timedelta(seconds=LEFT_S)
            if self._to_handle.empty():
                for heard_id in await patiently(
                    partial(self._app.left_behind, self._hook.name, before, after)
                ):
                    self._to_handle.put_nowait((heard_id, 0.0))

    async def _handling(self, wake: asyncio.Event) -> None:
        while True:
            heard_id, fetches_after = await self._to_handle.get()
            if fetches_after is not None:
                task = asyncio.create_task(self._fetch(heard_id, fetches_after))  # nobody else waits for it
                self._fetching.add(task)
                task.add_done_callback(self._fetching.discard)
                continue
            try:
                with metrics.TURNS.labels(self._hook.name).time():
                    await patiently(partial(self._carry_out, heard_id))
            except Exception as fault:  # noqa: BLE001  a bug in one turn must not silence the rest
                log.error("%s: inbox %s: %s", self._hook.name, heard_id, where(fault))  # noqa: TRY400
            wake.set()

    async def _fetch(self, heard_id: int, after_s: float) -> None:
        """Then it can be carried out. What cannot be fetched now is left for the sweep."""
        await asyncio.sleep(after_s)
        try:
            unread = await patiently(lambda: self._app.unread(heard_id))
            if unread:
                read = await self._hook.fetched(heard_id, unread)
                await patiently(lambda: self._app.understand(read))
        except Exception as fault:  # noqa: BLE001  a bug in one must not stop the others
            log.error("%s: inbox %s: %s", self._hook.name, heard_id, where(fault))  # noqa: TRY400
        else:
            self._to_handle.put_nowait((heard_id, None))

    def _carry_out(self, heard_id: int) -> None:
        self._app.handle(heard_id, self._app.clock.now())


async def _body(request: Request) -> bytes | None:
    """All of it; None when it is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
