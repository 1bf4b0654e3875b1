"""Carrying out what was stored: what waits by now is handed over together, which is done sooner than one by one."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from assistant.channels import Front
from assistant.channels.patience import patiently, where

log = logging.getLogger(__name__)

Item = TypeVar("Item")
MOST = 1000  # in one go: enough for many chats of one collective to be among them


async def waiting(queue: asyncio.Queue[Item]) -> list[Item]:
    """All that waits in the queue, in order; as soon as there is anything."""
    first = await queue.get()
    return [first, *(queue.get_nowait() for _ in range(min(queue.qsize(), MOST - 1)))]


async def carry_out(app: Front, channel: str, heard_ids: Sequence[int]) -> None:
    """Have what waits in these chats handled. A bug in one turn must not silence the rest."""
    try:
        await patiently(partial(_handle, app, heard_ids))
    except Exception as fault:  # noqa: BLE001
        if len(heard_ids) == 1:
            log.error("%s: inbox %s: %s", channel, heard_ids[0], where(fault))  # noqa: TRY400
            return
        for each in heard_ids:
            await carry_out(app, channel, [each])


def _handle(app: Front, heard_ids: Sequence[int]) -> None:
    app.handle_all(heard_ids, app.clock.now())
