"""A webhook's answer: two hundred updates a second for some seconds, to a real `seintje run` that also carries them out.

Three processes of their own: `seintje run`, the platform it answers on, and here who brings and measures.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select, update

from assistant.channels.telegram_hook import SECRET_HEADER, secret_of
from db.accounts import Account
from db.inbox import Heard
from db.session import open_database, transaction
from tests.bench.measure import Figures, percentile, short_messages, varied
from tests.bench.turn import MEMBERS, fill, who
from tests.channels.fake_telegram import TOKEN, FakeTelegram, people
from tests.channels.stage import free_port, until
from tests.databases import ENGINES, migrated

PER_S, SECONDS = 200, 10
WARM_UP = 300
LINES = 40  # connections that stay open, as many as we allow Telegram
FIRST_CHAT = 1000
ROOT = Path(__file__).parents[2]
SEINTJE = Path(sys.executable).with_name("seintje")


def measure() -> Figures:
    """Milliseconds from the moment an update should be brought until it is acknowledged, which is after its commit.

    `turns_per_s` is what was carried out in the meantime: answers go first, but nobody may be forgotten over them.
    """
    figures: Figures = {}
    for engine in ENGINES:
        with migrated(engine) as url:
            taken, turns_per_s = asyncio.run(_measured(url))
        figures[f"webhook.{engine}.p50_ms"] = percentile(taken, 50)
        figures[f"webhook.{engine}.p99_ms"] = percentile(taken, 99)
        figures[f"webhook.{engine}.turns_per_s"] = turns_per_s
    figures["webhook.p99_ms"] = figures["webhook.postgresql.p99_ms"]
    return figures


async def _measured(url: str) -> tuple[list[float], float]:
    _populate(url)
    port = free_port()
    async with _platform() as api_url:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("SEINTJE_")} | {
            "SEINTJE_DATABASE_URL": url,
            "SEINTJE_TELEGRAM_TOKEN": TOKEN,
            "SEINTJE_TELEGRAM_API_URL": api_url,
            "SEINTJE_TELEGRAM_WEBHOOK_URL": "https://bench.example/telegram",
            "SEINTJE_WEB_PORT": str(port),
            "PYTHONPATH": str(ROOT),
        }
        with tempfile.TemporaryDirectory() as folder:
            log = (Path(folder) / "log").open("wb")
            process = await asyncio.create_subprocess_exec(
                SEINTJE, "run", cwd=folder, env=environ, stdout=log, stderr=log
            )
            try:
                await _ready(port)
                await _load(port, WARM_UP, 1)
                await until(lambda: _handled(url) >= WARM_UP, 120)
                before = _handled(url)
                taken = await _load(port, PER_S * SECONDS, 10_000)
                return taken, (_handled(url) - before) / SECONDS
            finally:
                process.terminate()
                await process.wait()
                log.close()


def _populate(url: str) -> None:
    """The collective of the turn's benchmark, reachable on Telegram."""
    engine = open_database(url)
    with transaction(engine) as session:
        fill(session)
    with transaction(engine) as session:
        for number in range(MEMBERS):
            change = update(Account).where(Account.external_id == who(number))
            session.execute(change.values(channel="telegram", external_id=str(FIRST_CHAT + number)))
    engine.dispose()


def _handled(url: str) -> int:
    engine = open_database(url)
    with transaction(engine) as session:
        count = session.scalars(select(func.count(Heard.id)).where(Heard.state == "handled")).one()
    engine.dispose()
    return count


@asynccontextmanager
async def _platform() -> AsyncIterator[str]:
    """A fake Telegram in a process of its own, in which every member has opened a chat; where it is."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.webhook", str(port), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def _be_platform(port: int) -> None:
    async with FakeTelegram(port) as telegram:
        telegram.chats = {FIRST_CHAT + number: [] for number in range(MEMBERS)}
        print(telegram.api_url, flush=True)
        await asyncio.Event().wait()


async def _ready(port: int) -> None:
    while True:
        try:
            async with _line(port) as line:
                if await line.asked(b"GET /readyz HTTP/1.1\r\nhost: bench\r\n\r\n") == b"200":
                    return
        except OSError:
            pass
        await asyncio.sleep(0.1)


class Line:
    """A connection that stays open: one request after another, with as little of our own time as can be."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self.writer = reader, writer

    async def asked(self, request: bytes) -> bytes:
        """The status of the answer."""
        self.writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        await self._reader.readexactly(length)
        return head.split(b" ", 2)[1]


@asynccontextmanager
async def _line(port: int) -> AsyncIterator[Line]:
    line = Line(*await asyncio.open_connection("127.0.0.1", port))
    try:
        yield line
    finally:
        line.writer.close()


async def _load(port: int, count: int, first: int) -> list[float]:
    """Each at its own moment, whether or not those before it were answered."""
    free: asyncio.Queue[Line] = asyncio.Queue()
    lines = [Line(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(LINES)]
    for line in lines:
        free.put_nowait(line)
    requests = [_request(first + number, text) for number, text in enumerate(varied(short_messages(), count))]
    begun = time.perf_counter()
    asked = []
    for number, request in enumerate(requests):
        at = begun + number / PER_S
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        asked.append(asyncio.create_task(_posted(free, request, at)))
    taken = list(await asyncio.gather(*asked))
    for line in lines:
        line.writer.close()
    return taken


def _request(number: int, text: str) -> bytes:
    message = {"message_id": number, "date": int(time.time()), "text": text} | people(
        FIRST_CHAT + number % MEMBERS
    )
    body = json.dumps({"update_id": number, "message": message}).encode()
    head = (
        "POST /telegram HTTP/1.1",
        "host: bench",
        "content-type: application/json",
        f"content-length: {len(body)}",
        f"{SECRET_HEADER}: {secret_of(TOKEN)}",
    )
    return "\r\n".join([*head, "", ""]).encode() + body


async def _posted(free: asyncio.Queue[Line], request: bytes, at: float) -> float:
    line = await free.get()
    assert await line.asked(request) == b"200"
    free.put_nowait(line)
    return (time.perf_counter() - at) * 1000


if __name__ == "__main__":
    asyncio.run(_be_platform(int(sys.argv[1])))
