"""Starts the playground: a page on this computer only, before the same service as every other channel has."""

import asyncio
import socket
import sys
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response
from nicegui import app as site
from nicegui import ui

from assistant import demo
from assistant.app import App
from assistant.channels import service
from assistant.channels.documents import MAX_BYTES
from assistant.channels.web import choosing, page
from assistant.channels.web.channel import WebChannel
from assistant.channels.web.guard import KEY, LOOPBACK, Guard, Key
from assistant.channels.web.playground import Playground
from assistant.errors import SettingsError
from assistant.settings import Settings

OUR_HEADER = "X-Seintje"  # a page of another site cannot send it without asking, and we never say yes


def run(app: App, settings: Settings) -> None:
    """Serve the playground until Ctrl-C or SIGTERM. Raises SettingsError when the address cannot be used."""
    host, port = settings.web_host, settings.web_port
    _refuse_taken(host, port)
    _go_on_from_last_time(app)
    wake, stop = asyncio.Event(), asyncio.Event()
    channel = WebChannel(app, wake)
    playground = Playground(app, channel, demo.roster(), demo.example().guests)
    _serve_beside(app, channel, wake, stop)
    _take_documents(playground)
    app.set_public_url(settings.public_url or f"http://{host}:{port}")
    key = None if host in LOOPBACK else Key()
    site.add_middleware(Guard, names=_names(settings), key=key)
    site.include_router(choosing.routes(app))
    link = f"/?{KEY}={key.link}" if key else ""
    site.on_startup(lambda: _say(f"Seintje: http://{host}:{port}{link}   (Ctrl-C: stop)"))
    ui.run(
        lambda: page.build(playground),
        host=host,
        port=port,
        title="Seintje",
        favicon=page.ICON,
        dark=False,
        language="nl",
        reload=False,
        show=False,
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=30.0,
    )


def _names(settings: Settings) -> set[str]:
    """The names by which a browser may ask for the page."""
    public = urlsplit(settings.public_url).hostname if settings.public_url else None
    return {name for name in (settings.web_host, public, socket.gethostname()) if name}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _refuse_taken(host: str, port: int) -> None:
    """Say so before anything starts, in words that help."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise SettingsError(
                f"http://{host}:{port} cannot be used ({fault.strerror}). "
                "Is Seintje running already? Choose another port with SEINTJE_WEB_PORT."
            ) from fault


def _go_on_from_last_time(app: App) -> None:
    """A clock that was moved on last time never runs back: a message would answer one from its future."""
    last = app.last_moment()
    if last is not None:
        app.clock.offset += max(last - app.clock.now(), timedelta(0))


def _serve_beside(app: App, channel: WebChannel, wake: asyncio.Event, stop: asyncio.Event) -> None:
    """Run the sender and the clock's jobs for as long as the page is served."""
    serving: list[asyncio.Task[None]] = []

    async def start() -> None:
        serving.append(asyncio.create_task(service.serve(app, [channel], stop, wake)))

    async def end() -> None:
        stop.set()
        for task in serving:
            with suppress(asyncio.CancelledError):
                await task

    site.on_startup(start)
    site.on_shutdown(end)


def _take_documents(playground: Playground) -> None:
    @site.post("/document/{handle}", status_code=204)
    async def take(handle: str, request: Request) -> Response:
        if OUR_HEADER not in request.headers:
            raise HTTPException(403)
        if handle not in playground.people:
            raise HTTPException(404)
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > MAX_BYTES:
                break  # enough to know that it is too large
        query = request.query_params
        await playground.attach(handle, bytes(data), query.get("name", ""), query.get("from"))
        return Response(status_code=204)
