"""The door: a real `seintje run` is two processes when platforms come to it; either ends with the other."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.stage import free_port, until

ROOT = Path(__file__).parents[2]
SEINTJE = Path(sys.executable).with_name("seintje")
ANNA = 7

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="children are found in /proc")


@asynccontextmanager
async def running(
    telegram: FakeTelegram, url: str, folder: Path, port: int
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`seintje run` behind a webhook, ready; killed at the end of the block if it is still there."""
    telegram.door = f"http://127.0.0.1:{port}/telegram"
    ours = {
        "SEINTJE_DATABASE_URL": url,
        "SEINTJE_TELEGRAM_TOKEN": TOKEN,
        "SEINTJE_TELEGRAM_API_URL": telegram.api_url,
        "SEINTJE_TELEGRAM_WEBHOOK_URL": "https://door.example/telegram",
        "SEINTJE_WEB_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            SEINTJE, "run", cwd=folder, env=os.environ | ours, stdout=log, stderr=log
        )
    try:
        await ready(port, process)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def ready(port: int, process: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            assert process.returncode is None, "it ended by itself"
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.05)


def door_of(process: asyncio.subprocess.Process) -> int:
    """The process id of the door."""
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


def test_what_comes_is_carried_out_and_neither_process_lives_on_alone(
    sqlite_url: str, tmp_path: Path
) -> None:
    async def story() -> None:
        port = free_port()
        async with FakeTelegram() as telegram:
            async with running(telegram, sqlite_url, tmp_path, port) as process:
                await telegram.says(ANNA, "hallo")
                await until(lambda: telegram.texts(ANNA), 20)
                async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
                    figures = (await client.get("/metrics")).text
                    assert (await client.get("/kies/x")).status_code == 404
                assert 'seintje_arrived_total{channel="telegram"} 1.0' in figures
                assert telegram.brought == [(telegram.issued[0], 200)]
                os.kill(door_of(process), signal.SIGKILL)
                assert await asyncio.wait_for(process.wait(), 20) == 1

            await telegram.says(ANNA, "hallo?")  # nobody is there
            async with running(telegram, sqlite_url, tmp_path, port) as process:  # and the port is free
                await until(lambda: len(telegram.texts(ANNA)) == 2, 20)
                door = door_of(process)
                process.kill()
                await process.wait()
                await until(lambda: is_gone(door), 20)

    asyncio.run(story())


def is_gone(pid: int) -> bool:
    """Dead, if perhaps not buried by whoever adopted it."""
    line = Path(f"/proc/{pid}/cmdline")
    return not line.exists() or not line.read_bytes()
