"""A stage for stories with the service: it runs while a block runs, and waiting has an end."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

import pytest
from starlette.routing import BaseRoute

from assistant.app import App
from assistant.channels import Front, site
from assistant.channels.service import serve
from assistant.channels.telegram import TelegramChannel
from assistant.messages import Channel, Incoming
from assistant.settings import Settings
from assistant.turn import House, take_turn
from db.session import Session
from tests.channels.fake_telegram import TOKEN, FakeTelegram


@asynccontextmanager
async def serving(app: Front, telegram: FakeTelegram, token: str = TOKEN) -> AsyncIterator[None]:
    """The service with the Telegram channel, stopped gracefully at the end of the block."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as work:
        work.create_task(serve(app, [TelegramChannel(app, token, telegram.api_url)], stop))
        yield
        stop.set()


@asynccontextmanager
async def hooked(app: App, channel: Channel, routes: Sequence[BaseRoute], port: int) -> AsyncIterator[None]:
    """The service with a channel that hears by webhook, at this port, stopped gracefully at the end of the block."""
    door = partial(site.serve, site.build(app, routes), Settings("sqlite://", web_port=port))
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as work:
        work.create_task(serve(app, [channel], stop, beside=door))
        yield
        stop.set()


def carried_out(monkeypatch: pytest.MonkeyPatch) -> list[Incoming]:
    """Everything that is carried out from here on, in that order."""
    heard: list[Incoming] = []

    def remembered(session: Session, house: House, said: Incoming, cause: str, now: datetime) -> None:
        heard.append(said)
        take_turn(session, house, said, cause, now)

    monkeypatch.setattr("assistant.app.take_turn", remembered)
    return heard


def free_port() -> int:
    """A port nobody uses now."""
    with site.listening("127.0.0.1", 0) as free:
        return int(free.getsockname()[1])


async def until(is_so: Callable[[], object], seconds: float = 8) -> None:
    """Wait until something is so; fail when it takes longer than this."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)
