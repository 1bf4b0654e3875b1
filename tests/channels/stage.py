"""A stage for stories with the service: it runs while a block runs, and waiting has an end."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from assistant.channels import Front
from assistant.channels.service import serve
from assistant.channels.telegram import TelegramChannel
from tests.channels.fake_telegram import TOKEN, FakeTelegram


@asynccontextmanager
async def serving(app: Front, telegram: FakeTelegram, token: str = TOKEN) -> AsyncIterator[None]:
    """The service with the Telegram channel, stopped gracefully at the end of the block."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as work:
        work.create_task(serve(app, [TelegramChannel(app, token, telegram.api_url)], stop))
        yield
        stop.set()


async def until(is_so: Callable[[], object], seconds: float = 8) -> None:
    """Wait until something is so; fail when it takes longer than this."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)
