"""`kill -9` at any moment loses nothing and repeats no effect: done to a real process under load, and counted.

`pytest -m chaos --kills 100 -s` shows the figures; the seed of a run is in its first line.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assistant import demo
from db import Engine, open_database
from db.accounts import Account
from db.collectives import Collective
from db.leads import Lead
from db.session import transaction
from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.stage import until
from tests.chaos.audit import Audit, audit, is_settled
from tests.chaos.crowd import Crowd

ROOT = Path(__file__).parents[2]
ALWAYS_OPEN = {
    "quiet_from": "00:00",
    "quiet_until": "00:00",
    "quiet_weekends": False,
    "pushes_per_week": 10_000,
}
ALIVE_S = 0.8  # at most, from its first poll or its start
PATIENCE = 5  # on a busy machine a life is short: so many times the kills until somebody has shared a lead
SEINTJE = Path(sys.executable).with_name("seintje")


def has_polled(telegram: FakeTelegram, since: int) -> bool:
    return telegram.polls > since


class Nursery:
    """The processes under test: one at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._alive: set[int] = set()

    async def start(self) -> int:
        """A new `seintje run`; its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"one\n")
        pid = int(await self._process.stdout.readline())
        self._alive.add(pid)
        return pid

    async def kill(self, pid: int) -> float:
        """End it as a power cut would; the moment at which it was gone."""
        self._alive.discard(pid)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: not is_alive(pid))
        return time.monotonic()

    async def close(self) -> None:
        """Leave nothing behind, also when a test fails halfway."""
        for pid in list(self._alive):
            with suppress(ProcessLookupError):
                await self.kill(pid)
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


def is_alive(pid: int) -> bool:
    """Whether there is a process of this number; the nursery buries its dead at once."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@asynccontextmanager
async def nursery(environ: dict[str, str], folder: Path) -> AsyncIterator[Nursery]:
    """Ready once its imports are done; ends with the block."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.chaos.nursery", str(folder / "seintje.log"))
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=folder, env=environ)
    processes = Nursery(process)
    try:
        yield processes
    finally:
        await processes.close()


def populate(engine: Engine) -> tuple[int, ...]:
    """The example collective, reachable on Telegram at any hour; its chats."""

    class Opened:
        def __init__(self) -> None:
            self.engine = engine

    demo.fill(Opened(), datetime.now(UTC))
    chats = {handle: 100 + n for n, (handle, _) in enumerate(demo.roster()[: len(demo.example().members)])}
    with transaction(engine) as session:
        session.execute(update(Collective).values(policy=ALWAYS_OPEN))
        for handle, chat in chats.items():
            change = update(Account).where(Account.external_id == handle)
            session.execute(change.values(channel="telegram", external_id=str(chat)))
    return tuple(chats.values())


def has_lead(engine: Engine) -> bool:
    """Whether the crowd got as far as sharing one."""
    with transaction(engine) as session:
        return session.scalars(select(Lead.id).limit(1)).first() is not None


async def live_and_stop(environ: dict[str, str], folder: Path, is_done: Callable[[], bool]) -> None:
    """One more, by its own command this time, that may finish what is left and is then asked to stop."""
    with (folder / "seintje.log").open("ab") as log:
        last = await asyncio.create_subprocess_exec(
            SEINTJE, "run", cwd=folder, env=environ, stdout=log, stderr=log
        )
    try:
        await until(is_done, 60)
        last.terminate()
        assert await last.wait() == 0
    finally:
        if last.returncode is None:
            last.kill()
            await last.wait()


async def kill_often(url: str, times: int, seed: int, folder: Path) -> Audit:
    """The whole story; what was found at its end."""
    engine, chance = open_database(url), random.Random(seed)
    chats = populate(engine)
    async with FakeTelegram() as telegram:
        telegram.chats = {chat: [] for chat in chats}
        environ = {name: value for name, value in os.environ.items() if not name.startswith("SEINTJE_")} | {
            "SEINTJE_DATABASE_URL": url,
            "SEINTJE_TELEGRAM_TOKEN": TOKEN,
            "SEINTJE_TELEGRAM_API_URL": telegram.api_url,
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }
        crowd, quiet = Crowd(telegram, chance, chats[4:], chats[:4]), asyncio.Event()
        kills: list[float] = []
        async with nursery(environ, folder) as processes, asyncio.TaskGroup() as work:
            work.create_task(crowd.live(quiet))
            while len(kills) < times or (len(kills) < PATIENCE * times and not has_lead(engine)):
                asked = telegram.polls
                pid = await processes.start()
                if chance.random() < 0.8:  # else it dies while it is starting
                    await until(partial(has_polled, telegram, asked), 60)
                await asyncio.sleep(chance.uniform(0, ALIVE_S))
                kills.append(await processes.kill(pid))
            quiet.set()
        telegram.faults.clear()
        telegram.polls = 0
        await live_and_stop(
            environ, folder, lambda: telegram.polls > 0 and not telegram.pending and is_settled(engine)
        )
        found = audit(engine, telegram, crowd, telegram.issued, kills)
        found.repeats_dropped = telegram.given - len(telegram.issued)
    engine.dispose()
    return found


@pytest.mark.chaos
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_nothing_is_lost_and_nothing_done_twice(sqlite_url: str, kills: int, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"\nseed {seed}")
    started = time.monotonic()

    try:
        found = asyncio.run(kill_often(sqlite_url, kills, seed, tmp_path))
    except BaseException:
        print((tmp_path / "seintje.log").read_text()[-3000:])  # a process that ended by itself says why here
        raise

    print(f"{kills} kills in {time.monotonic() - started:.0f} s: {asdict(found)}")
    assert found.wrong == []
    assert found.statements > kills
    assert found.leads > 0
