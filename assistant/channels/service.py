"""The service: one process that listens, does the clock's jobs and delivers, until it is told to stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

from assistant.channels import Front, Listener, sender
from assistant.channels.patience import FAULT_S, patiently, pause, where
from assistant.errors import SettingsError, StoppedError, UnreachableError
from assistant.messages import Channel

log = logging.getLogger(__name__)

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 10.0  # for a database that is not there when we start
TICK_S = 0.25  # how often we look whether the clock's jobs are due: another process may have planned one


Beside = Callable[
    [asyncio.Event], Coroutine[Any, Any, None]
]  # runs until the event is set, as a web server does


async def serve(
    app: Front,
    channels: Sequence[Channel],
    stop: asyncio.Event,
    wake: asyncio.Event | None = None,
    beside: Beside | None = None,
    prepare: Callable[[], object] | None = None,
) -> None:
    """Run until `stop`: first what a former run left undone, then listen, tick and deliver side by side.

    `prepare` comes before all that, again and again while it raises UnreachableError: a database may be later than we
    are. `beside` does not wait for it. `wake` may be set by whoever makes the app owe something outside a listener.
    Raises SettingsError when a listener cannot go on with these settings, as with a refused token, StoppedError when
    what serves beside it has ended; everything else is retried.
    """
    wake = wake or asyncio.Event()
    listeners = [channel for channel in channels if isinstance(channel, Listener)]
    try:
        async with asyncio.TaskGroup() as work:
            door = work.create_task(beside(stop)) if beside else None
            hearing: asyncio.Task[None] | None = None
            if prepare is None or await _prepared(prepare, stop):
                hearing = work.create_task(_hear(app, listeners, wake))
                work.create_task(sender.run(app, channels, app.clock, wake, stop))
            await stop.wait()
            if door is not None:  # who is at the door is still let in, and then nobody comes any more
                await door
            if hearing is not None:
                hearing.cancel()
    except ExceptionGroup as faults:
        for fault in _leaves(faults):
            if isinstance(fault, SettingsError | StoppedError):
                raise type(fault)(*fault.args) from None
        raise
    finally:
        for listener in listeners:
            await listener.close()


async def _prepared(prepare: Callable[[], object], stop: asyncio.Event) -> bool:
    """Whether it is done; not when we are told to stop before it could be."""
    wait_s = FIRST_WAIT_S
    while not stop.is_set():
        try:
            await asyncio.to_thread(prepare)
        except UnreachableError as fault:
            log.warning("the database cannot be reached (%s): waiting for it", fault)
        else:
            return True
        await pause(wait_s, stop)
        wait_s = min(wait_s * 2, LONGEST_WAIT_S)
    return False


async def serve_until_stopped(
    app: Front,
    channels: Sequence[Channel],
    beside: Beside | None = None,
    prepare: Callable[[], object] | None = None,
) -> None:
    """`serve` until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    await serve(app, channels, stop, beside=beside, prepare=prepare)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Let SIGTERM and SIGINT end the service gracefully: what is under way is finished and recorded."""
    for name in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises there
            asyncio.get_running_loop().add_signal_handler(name, stop.set)


async def _hear(app: Front, listeners: Sequence[Listener], wake: asyncio.Event) -> None:
    try:
        await patiently(lambda: app.catch_up(app.clock.now()))  # before anything newer of the same chat
    except Exception as fault:  # noqa: BLE001  what cannot be handled now must not keep the service from starting
        log.error("catching up: %s", where(fault))  # noqa: TRY400  no message text in the log
    wake.set()
    async with asyncio.TaskGroup() as work:
        work.create_task(_keep_time(app, wake))
        for listener in listeners:
            work.create_task(listener.listen(wake))


def _leaves(faults: ExceptionGroup[Exception]) -> Iterator[Exception]:
    for fault in faults.exceptions:
        yield from _leaves(fault) if isinstance(fault, ExceptionGroup) else (fault,)


async def _keep_time(app: Front, wake: asyncio.Event) -> None:
    while True:
        try:
            if await patiently(lambda: _tick_if_due(app)):
                wake.set()
        except Exception as fault:  # noqa: BLE001  a job that fails must not silence every chat
            log.error("a job of the clock: %s", where(fault))  # noqa: TRY400  no message text in the log
            await asyncio.sleep(FAULT_S)
        await asyncio.sleep(TICK_S)


def _tick_if_due(app: Front) -> bool:
    now = app.clock.now()
    due = app.next_due()
    if due is None or due > now:
        return False
    app.tick(now)
    return True
