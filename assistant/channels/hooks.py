"""Webhooks: platforms bring us what people say. It is stored as it came, acknowledged, and only then read.

Whatever ends this process, an event is in our inbox or comes again, and the inbox drops what comes again. Any number
of processes may take events in: each chat is handled in its order, whoever has it.
"""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from assistant.channels import Front, carrying, metrics
from assistant.channels.patience import FAULT_S, patiently, pause, where
from assistant.channels.porter import Keeper, Platform, Porter, Taken
from assistant.messages import Arrived, Incoming

log = logging.getLogger(__name__)

SWEEP_S = 10.0  # how often we look for what another process left behind
LEFT_S = 20.0  # how old that is


class HookFront(Front, Keeper, Protocol):
    """What webhooks ask of the app beside what all channels ask."""

    def set_number(self, number: str) -> None:
        """The number people see on WhatsApp, for invitation links."""
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

    def give_up(self, heard_id: int, error: str, now: datetime) -> None:
        """Say sorry for an event that cannot be fetched or read, and go on without it."""
        ...

    def left_behind(
        self, channel: str | None = None, before: datetime | None = None, after: datetime | None = None
    ) -> Sequence[int]:
        """Events nobody handled yet, oldest first."""
        ...


class Hook(Platform, Protocol):
    """What a platform's own file knows of its webhook."""

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
    """Has what one platform brought carried out, in each chat in its order. `porter` takes it in."""

    def __init__(self, app: HookFront, hook: Hook) -> None:
        self._app, self._hook = app, hook
        self.porter = Porter(app, hook, self.take)
        self._to_handle: asyncio.Queue[tuple[int, float | None]] = asyncio.Queue()
        self._fetching: set[asyncio.Task[None]] = set()
        self._laid_by = asyncio.Event()  # something is kept that has no place in the inbox yet

    def take(self, taken: Taken) -> None:
        """What has a place in the inbox is handled, what has none gets one; a repeat needs neither."""
        metrics.ARRIVED.labels(self._hook.name).inc(len(taken.events))
        for seconds in taken.seconds:
            metrics.ANSWERED.labels(self._hook.name).observe(seconds)
        self._hook.welcome(taken.events)
        for each in taken.events:
            if each.event_id in taken.kept:
                self._to_handle.put_nowait((taken.kept[each.event_id], self._fetches_after(each.content)))
        if not taken.events or len(taken.kept) < len(taken.events):
            self._laid_by.set()

    async def work(self, wake: asyncio.Event) -> None:
        """Read and carry out until cancelled; `wake` is set whenever something may be owed."""
        try:
            async with asyncio.TaskGroup() as work:
                work.create_task(self._unpacking())
                work.create_task(self._sweeping())
                work.create_task(self._handling(wake))
        finally:
            for task in self._fetching:
                task.cancel()

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
            ready = []
            for heard_id, fetches_after in await carrying.waiting(self._to_handle):
                if fetches_after is None:
                    ready.append(heard_id)
                else:
                    task = asyncio.create_task(
                        self._fetch(heard_id, fetches_after)
                    )  # nobody else waits for it
                    self._fetching.add(task)
                    task.add_done_callback(self._fetching.discard)
            if ready:
                begun = time.perf_counter()
                await carrying.carry_out(self._app, self._hook.name, ready)
                each_s = (time.perf_counter() - begun) / len(ready)
                for _turn in ready:
                    metrics.TURNS.labels(self._hook.name).observe(each_s)
                wake.set()

    async def _fetch(self, heard_id: int, after_s: float) -> None:
        """Then it can be carried out. A bug in one must not stop the others, nor what the same person wrote next."""
        await asyncio.sleep(after_s)
        try:
            unread = await patiently(lambda: self._app.unread(heard_id))
            if unread:
                read = await self._hook.fetched(heard_id, unread)
                await patiently(lambda: self._app.understand(read))
        except Exception as bug:  # noqa: BLE001
            log.error("%s: inbox %s: %s", self._hook.name, heard_id, where(bug))  # noqa: TRY400
            error = type(bug).__name__
            await patiently(lambda: self._app.give_up(heard_id, error, self._app.clock.now()))
        self._to_handle.put_nowait((heard_id, None))
