"""The web server beside the channels: where platforms bring what people say, clients choose, and operators look."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.app import App
from assistant.channels import metrics
from assistant.channels.web import choosing
from assistant.errors import SettingsError, UnreachableError
from assistant.settings import Settings

log = logging.getLogger(__name__)

STOP_S = 5  # how long a stop waits for requests under way


class Server(uvicorn.Server):
    """Leaves the signals to the service, which ends everything in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def build(app: App, hooks: Sequence[BaseRoute] = (), *, pages: bool = False) -> FastAPI:
    """Every route: the hooks, the page of a client when there is a public address for it, and health."""
    site = FastAPI(openapi_url=None)
    site.router.routes.extend([*hooks, *_health(app)])
    if pages:
        site.include_router(choosing.routes(app))
    return site


async def serve(site: FastAPI, settings: Settings, stop: asyncio.Event) -> None:
    """Serve until `stop`, then end what is under way. Raises SettingsError when the address cannot be used."""
    with listening(settings.web_host, settings.web_port) as door:
        await serve_at(site, door, stop)


async def serve_at(site: Starlette, door: socket.socket, stop: asyncio.Event) -> None:
    """The same, where somebody listens already."""
    config = uvicorn.Config(
        site,
        access_log=False,
        log_level="warning",
        log_config=None,
        timeout_graceful_shutdown=STOP_S,
    )
    server = Server(config)

    async def end() -> None:
        await stop.wait()
        server.should_exit = True

    ending = asyncio.create_task(end())
    try:
        await server.serve(sockets=[door])
    finally:
        ending.cancel()


def listening(host: str, port: int) -> socket.socket:
    """The door itself, so that one that is taken is told of in words that help. Raises SettingsError."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as fault:
        raise SettingsError(
            f"http://{host}:{port} cannot be used ({fault.strerror}). Choose another port with SEINTJE_WEB_PORT."
        ) from fault


def _health(app: App) -> Sequence[Route]:
    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        return await _answered(lambda: b"ready\n" if app.is_ready() else None)

    async def figures(_request: Request) -> Response:
        return await _answered(lambda: metrics.page(lambda: app.backlog(app.clock.now())))

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", figures)]


async def _answered(work: Callable[[], bytes | None]) -> Response:
    """503 while the database is away, or not of the shape we know."""
    try:
        found = await asyncio.to_thread(work)
    except UnreachableError:
        found = None
    if found is None:
        return PlainTextResponse("the database is away\n", 503)
    return Response(found, media_type="text/plain; version=0.0.4; charset=utf-8")
