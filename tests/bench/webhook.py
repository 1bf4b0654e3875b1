"""A webhook's answer: two hundred updates a second for some seconds, to a real `seintje run` that also carries them out."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from aiohttp import ClientError, ClientSession
from sqlalchemy import update

from assistant.channels.telegram_hook import SECRET_HEADER, secret_of
from db.accounts import Account
from db.session import open_database, transaction
from tests.bench.measure import Figures, percentile, short_messages, varied
from tests.bench.turn import MEMBERS, fill, who
from tests.channels.fake_telegram import TOKEN, FakeTelegram, people
from tests.channels.stage import free_port
from tests.databases import ENGINES, migrated

PER_S, SECONDS = 200, 5
ROOT = Path(__file__).parents[2]
SEINTJE = Path(sys.executable).with_name("seintje")


def measure() -> Figures:
    """Milliseconds from the moment an update should be brought until it is acknowledged, which is after its commit."""
    figures: Figures = {}
    for engine in ENGINES:
        with migrated(engine) as url:
            taken = asyncio.run(_measured(url))
        figures[f"webhook.{engine}.p50_ms"] = percentile(taken, 50)
        figures[f"webhook.{engine}.p99_ms"] = percentile(taken, 99)
    figures["webhook.p99_ms"] = figures["webhook.postgresql.p99_ms"]
    return figures


async def _measured(url: str) -> list[float]:
    _populate(url)
    port = free_port()
    async with FakeTelegram() as telegram:
        telegram.chats = {1000 + number: [] for number in range(MEMBERS)}
        environ = {name: value for name, value in os.environ.items() if not name.startswith("SEINTJE_")} | {
            "SEINTJE_DATABASE_URL": url,
            "SEINTJE_TELEGRAM_TOKEN": TOKEN,
            "SEINTJE_TELEGRAM_API_URL": telegram.api_url,
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
                async with ClientSession(headers={SECRET_HEADER: secret_of(TOKEN)}) as client:
                    await _ready(client, port)
                    await _load(client, port, 50, 1)  # warm
                    return await _load(client, port, PER_S * SECONDS, 10_000)
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
            session.execute(change.values(channel="telegram", external_id=str(1000 + number)))
    engine.dispose()


async def _ready(client: ClientSession, port: int) -> None:
    while True:
        try:
            async with client.get(f"http://127.0.0.1:{port}/readyz") as answer:
                if answer.status == 200:
                    return
        except ClientError:
            pass
        await asyncio.sleep(0.1)


async def _load(client: ClientSession, port: int, count: int, first: int) -> list[float]:
    """Each at its own moment, whether or not those before it were answered."""
    begun = time.perf_counter()
    asked = []
    for number, text in enumerate(varied(short_messages(), count)):
        at = begun + number / PER_S
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        asked.append(asyncio.create_task(_posted(client, port, first + number, text, at)))
    return list(await asyncio.gather(*asked))


async def _posted(client: ClientSession, port: int, number: int, text: str, at: float) -> float:
    message = {"message_id": number, "date": int(time.time()), "text": text} | people(1000 + number % MEMBERS)
    content = {"update_id": number, "message": message}
    async with client.post(f"http://127.0.0.1:{port}/telegram", json=content) as answer:
        assert answer.status == 200
    return (time.perf_counter() - at) * 1000
