"""Patience: waiting, trying again, and saying in the log what went wrong without quoting anybody."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

from assistant.errors import UnreachableError

log = logging.getLogger(__name__)

Found = TypeVar("Found")
AGAIN_S = 1.0  # the database is locked or gone
FAULT_S = 30.0  # a bug of ours: the same work will hardly go better at once


async def patiently(work: Callable[[], Found]) -> Found:
    """Do a piece of work in a thread; again, as long as it takes, while the database is locked or gone."""
    while True:
        try:
            return await asyncio.to_thread(work)
        except UnreachableError:
            log.warning("the database is locked or gone; trying again")
            await asyncio.sleep(AGAIN_S)


async def pause(seconds: float, *events: asyncio.Event) -> None:
    """Sleep, or be woken by the first of these events."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


def where(fault: BaseException) -> str:
    """An error as the log may show it: its kind and place. Its text may quote a message or a secret."""
    last = traceback.extract_tb(fault.__traceback__)[-1:]
    return " at ".join([type(fault).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in last)])
