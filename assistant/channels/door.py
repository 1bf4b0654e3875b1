"""The door: a process of its own that takes in what platforms bring, so that no turn keeps an answer waiting.

Python does one thing at a time in one process, and a turn may take longer than a platform should wait. So `seintje run`
is two as soon as platforms come to us: this one stands at the public port, checks, stores and answers, and passes every
other request on to the first, which reads and carries out. Whichever ends, the other ends with it.
"""

import asyncio
import gc
import logging
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import httpx
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.app import App
from assistant.channels import site
from assistant.channels.hooks import Mailroom
from assistant.channels.patience import AGAIN_S, patiently, where
from assistant.channels.porter import Porter, Taken
from assistant.errors import SettingsError, StoppedError
from assistant.settings import Settings

log = logging.getLogger(__name__)

HEAD_BYTES = 4  # of what is told comes its length first
READY = "/readyz"
OPEN = b"o"  # the database is there: from here on platforms are let in
AFTER = (
    5  # how much the first process gives way to the door where both want the machine: answers go before turns
)
LEAVING_TRIES, LEAVING_S = 20, 0.1
HOPS = frozenset({"connection", "content-length", "transfer-encoding", "date", "server"})  # of one line only


class Hooked(Protocol):
    """A channel to which its platform comes."""

    name: str
    mailroom: Mailroom

    @property
    def routes(self) -> Sequence[Route]:
        """Where the platform posts."""
        ...


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of what connects the processes, and where the first serves what is not for the door."""

    ours: socket.socket
    theirs: socket.socket
    inside: socket.socket


def opened(app: App, channels: Sequence[Hooked], settings: Settings) -> "Door":
    """Begin the second process, before anything else is begun. Raises SettingsError when the address cannot be used."""
    outside = _listening(settings)
    ends = Ends(*socket.socketpair(), site.listening("127.0.0.1", 0))
    if os.fork() == 0:
        _be_door(app, channels, outside, ends)
    outside.close()
    ends.theirs.close()
    os.nice(AFTER)
    return Door(app, channels, ends)


def _listening(settings: Settings) -> socket.socket:
    """The door of who was here before us may need a moment to notice that it is alone."""
    for _ in range(LEAVING_TRIES):
        try:
            return site.listening(settings.web_host, settings.web_port)
        except SettingsError:
            time.sleep(LEAVING_S)
    return site.listening(settings.web_host, settings.web_port)


class Door:
    """The door as the first process sees it."""

    def __init__(self, app: App, channels: Sequence[Hooked], ends: Ends) -> None:
        self._app, self._ends = app, ends
        self._mailrooms = {channel.name: channel.mailroom for channel in channels}

    async def attend(self, built: Starlette, stop: asyncio.Event) -> None:
        """Serve what is passed on, and take over what was stored, until `stop`. Raises StoppedError."""
        reader, writer = await asyncio.open_connection(sock=self._ends.ours)
        over = asyncio.Event()
        async with asyncio.TaskGroup() as work:
            work.create_task(site.serve_at(built, self._ends.inside, over))
            opening = work.create_task(self._open(writer))
            ending = work.create_task(_close(writer, stop))
            while (told := await _read(reader)) is not None:
                name, taken = msgspec.json.decode(told, type=tuple[str, Taken])
                self._mailrooms[name].take(taken)
            over.set()
            opening.cancel()
            ending.cancel()
            writer.close()
            if not stop.is_set():
                raise StoppedError("the process that takes messages in has ended, and so do we")

    async def _open(self, writer: asyncio.StreamWriter) -> None:
        while True:
            if await patiently(self._app.is_ready):
                writer.write(OPEN)
                return
            await asyncio.sleep(AGAIN_S)


async def _close(writer: asyncio.StreamWriter, stop: asyncio.Event) -> None:
    await stop.wait()
    writer.write_eof()


async def _read(reader: asyncio.StreamReader) -> bytes | None:
    """What is told next; None when the other process is gone, maybe in the middle of a word: it stored that before."""
    try:
        return await reader.readexactly(int.from_bytes(await reader.readexactly(HEAD_BYTES)))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


# --- the second process -----------------------------------------------------------------------------------------


def _be_door(app: App, channels: Sequence[Hooked], outside: socket.socket, ends: Ends) -> None:
    """Never returns."""
    status = 1
    try:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)  # the first process says when it is over
        gc.freeze()
        app.forked()
        ends.ours.close()
        port = ends.inside.getsockname()[1]
        ends.inside.close()
        asyncio.run(_stand(channels, outside, ends.theirs, port))
        status = 0
    except BaseException as bug:  # noqa: BLE001  nothing of the first process may run here
        log.error("the door: %s", where(bug))  # noqa: TRY400
    finally:
        logging.shutdown()
        os._exit(status)


async def _stand(channels: Sequence[Hooked], outside: socket.socket, line: socket.socket, port: int) -> None:
    reader, writer = await asyncio.open_connection(sock=line)
    porters = [channel.mailroom.porter for channel in channels]
    for channel, porter in zip(channels, porters, strict=True):
        porter.is_open, porter.tell = False, partial(_tell, writer, channel.name)
    over = asyncio.Event()
    async with _inner(port, porters) as pass_on:
        routes = [route for channel in channels for route in channel.routes]
        other = Route("/{path:path}", pass_on, methods=["GET", "POST", "HEAD"])
        listening = asyncio.create_task(_listen(reader, porters, over))
        await site.serve_at(Starlette(routes=[*routes, other]), outside, over)
        listening.cancel()
        with suppress(ConnectionError):
            await writer.drain()
        writer.close()


def _tell(writer: asyncio.StreamWriter, name: str, taken: Taken) -> None:
    said = msgspec.json.encode((name, taken))
    writer.write(len(said).to_bytes(HEAD_BYTES) + said)


async def _listen(reader: asyncio.StreamReader, porters: Sequence[Porter], over: asyncio.Event) -> None:
    """Open when we are told to; close when the first process says so, or is gone."""
    with suppress(ConnectionError):  # that is how it ends when the other did not live to read all
        while await reader.read(1) == OPEN:
            for porter in porters:
                porter.is_open = True
    over.set()


@asynccontextmanager
async def _inner(
    port: int, porters: Sequence[Porter]
) -> AsyncIterator[Callable[[Request], Awaitable[Response]]]:
    """How a request that is not for the door is answered: by the first process."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:

        async def pass_on(request: Request) -> Response:
            if request.url.path == READY and not all(porter.is_open for porter in porters):
                return PlainTextResponse("starting\n", 503)
            try:
                answer = await client.request(
                    request.method,
                    request.url.path,
                    params=request.query_params,
                    content=await request.body(),
                    headers=_end_to_end(request.headers),
                )
            except httpx.HTTPError:
                return PlainTextResponse("starting\n", 503)
            return Response(answer.content, answer.status_code, _end_to_end(answer.headers))

        yield pass_on


def _end_to_end(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in HOPS}
