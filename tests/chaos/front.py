"""A small load balancer: what platforms bring goes to one process after another, sometimes twice, late, or not at all."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout, web

AGAIN = 0.05  # the share of requests that is brought once more, much later
LOST = 0.03  # whose answer never arrives
LATE_S = 3.0


class Front:
    """`async with Front(ports, chance) as front:` listens at `front.port`. A process that is gone is a 502."""

    def __init__(self, ports: Sequence[int], chance: Random) -> None:
        self._ports, self._chance, self._next = list(ports), chance, 0
        self._late: set[asyncio.Task[int]] = set()
        self.port = 0
        self.counts: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/{path}", self._brought)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self._client = ClientSession(timeout=ClientTimeout(20))
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*self._late, return_exceptions=True)
        await self._client.close()
        await self._runner.cleanup()

    async def _brought(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower().startswith("x-")}
        luck = self._chance.random()
        if luck < AGAIN:
            self._beside(request.path, body, headers)
        status = await self._passed(request.path, body, headers)
        if AGAIN <= luck < AGAIN + LOST and status == 200:
            self.counts["answers lost"] += 1
            return web.Response(status=504)
        return web.Response(status=status)

    def _beside(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        async def later() -> int:
            await asyncio.sleep(self._chance.uniform(0, LATE_S))
            return await self._passed(path, body, headers)

        self.counts["brought again"] += 1
        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _passed(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        self._next = (self._next + 1) % len(self._ports)
        try:
            address = f"http://127.0.0.1:{self._ports[self._next]}{path}"
            async with self._client.post(address, data=body, headers=headers) as answer:
                status = answer.status
        except (ClientError, TimeoutError):
            status = 502
        self.counts[f"answered {status}"] += 1
        return status
