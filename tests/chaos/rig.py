"""The whole story: real processes on one database, two platforms, a crowd, and everything that can go wrong at once.

A process is killed at a random moment, again and again. Between the kills the database is stopped (as by a power cut, or
for an upgrade), clocks jump, platforms ask everybody for patience, lines are cut after a message was taken.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientError, ClientSession
from sqlalchemy import update

from assistant import demo
from db import Engine, open_database, spool
from db.accounts import Account
from db.collectives import Collective
from db.outbox import Message
from db.session import DatabaseError, transaction
from db.spool import SpoolError
from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.fake_whatsapp import APP_SECRET, PHONE_ID, TEMPLATE, VERIFY, FakeWhatsApp, bsuid
from tests.channels.fake_whatsapp import TOKEN as WHATSAPP_TOKEN
from tests.channels.stage import free_port, until
from tests.chaos.audit import Audit, audit, unsettled
from tests.chaos.crowd import Crowd
from tests.chaos.front import Front
from tests.chaos.sides import Side, Telegram, WhatsApp
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
ALWAYS_OPEN = {
    "quiet_from": "00:00",
    "quiet_until": "00:00",
    "quiet_weekends": False,
    "pushes_per_week": 10_000,
}
ALIVE_S = 1.0  # at most, between two kills
JUMPS_S = (90, -90, 3600, -3600, 6 * 3600, -1800, 20)
SHORT = 30  # kills: a run of no more does not wait until the claims of the dead end by themselves
SETTLE_S = 120.0
SOURCES = 4  # of the members pass work on, the others say when they are free


@dataclass
class Told:
    """What was done to it, and what was found at its end."""

    audit: Audit = field(default_factory=Audit)
    troubles: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def table(self, title: str) -> str:
        """For the report."""
        found = self.audit
        rows = {
            "kills": self.troubles["kills"],
            "accepted": found.accepted,
            "handled once": found.handled_once,
            "statements / leads / answers": f"{found.statements} / {found.leads} / {found.answers}",
            "owed": found.owed,
            "delivered": found.delivered,
            "twice on the platform: accepted, and the line cut": found.doubled_by_cut,
            "twice on the platform: killed before it was written down": found.doubled_by_kill,
            "twice for another reason": found.doubled,
            "out of order": found.out_of_order,
            "to the wrong person": found.to_the_wrong_person,
            **{name: count for name, count in sorted(self.troubles.items()) if name != "kills"},
            "seconds": round(self.seconds),
        }
        return "\n".join([f"\n{title}", *(f"  {name:<58}{value}" for name, value in rows.items())])


class Nursery:
    """The processes under test, one at each port."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.alive: dict[int, int] = {}

    async def start(self, port: int) -> None:
        """A new `seintje run`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{port}\n".encode())
        self.alive[port] = int(await self._process.stdout.readline())

    async def end(self, port: int, how: int = signal.SIGKILL) -> float:
        """End one, as a power cut would or kindly; the moment at which it was gone."""
        pid = self.alive.pop(port)
        with suppress(ProcessLookupError):
            os.kill(pid, how)
        await until(lambda: not is_alive(pid), 30)
        return time.monotonic()

    def is_gone(self, port: int) -> bool:
        """Whether it ended by itself."""
        return not is_alive(self.alive[port])

    async def close(self) -> None:
        """Leave nothing behind, also when a test fails halfway."""
        for port in list(self.alive):
            await self.end(port)
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
    command = (
        sys.executable,
        "-m",
        "tests.chaos.nursery",
        str(folder / "seintje.log"),
        str(folder / "clock"),
    )
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=folder, env=environ)
    processes = Nursery(process)
    try:
        yield processes
    finally:
        await processes.close()


def populate(engine: Engine, sides: tuple[Side, Side]) -> tuple[dict[str, Side], dict[str, Side]]:
    """The example collective, reachable at any hour, on two platforms in turn; its speakers and its sources."""

    class Opened:
        def __init__(self) -> None:
            self.engine = engine

    now = datetime.now(UTC)
    demo.fill(Opened(), now)
    handles = [handle for handle, _ in demo.roster()[: len(demo.example().members)]]
    chats: dict[str, Side] = {}
    with transaction(engine) as session:
        session.execute(update(Collective).values(policy=ALWAYS_OPEN))
        for n, handle in enumerate(handles):
            side = sides[n % 2]
            chat = str(100 + n) if side.channel == "telegram" else bsuid(f"316000001{n:02}")
            change = update(Account).where(Account.external_id == handle)
            session.execute(change.values(channel=side.channel, external_id=chat, heard_at=now))
            side.open(chat)
            chats[chat] = side
    every = list(chats.items())
    return dict(every[SOURCES:]), dict(every[:SOURCES])


class Rig:
    """One run: `processes` at a time, on the database of `url`; `server` is what runs it, or None for SQLite."""

    def __init__(
        self, url: str, folder: Path, processes: int, seed: int, server: Server | None = None
    ) -> None:
        self._url, self._folder, self._server = url, folder, server
        self._ports = [free_port() for _ in range(processes)]
        self._chance = random.Random(seed)
        self._off = self._furthest = 0.0
        self.told = Told()

    async def ride(self, times: int) -> Told:
        """Kill so many times; what was found."""
        begun = time.monotonic()
        engine = open_database(self._url)
        async with (
            FakeTelegram() as telegram,
            FakeWhatsApp() as whatsapp,
            Front(self._ports, self._chance) as front,
        ):
            whatsapp.webhook = f"http://127.0.0.1:{front.port}/whatsapp"
            if self._server is not None:
                telegram.door = f"http://127.0.0.1:{front.port}/telegram"
                telegram.shuffled = self._chance
            speakers, sources = populate(engine, (Telegram(telegram), WhatsApp(whatsapp)))
            engine.dispose()  # whoever restarts the server would cut it
            crowd, kills = Crowd(self._chance, speakers, sources), list[float]()
            self._set_clock(0.0)
            async with nursery(self._environ(telegram, whatsapp), self._folder) as processes:
                await self._live(processes, crowd, kills, times)
                await self._settle(processes, crowd, engine, kills, hurried=times <= SHORT)
            waits = self._server is not None and times > SHORT  # else the claims of the dead were let go
            self.told.audit = audit(engine, crowd, kills, in_order=self._server is None, claims=waits)
            self.told.troubles.update(front.counts)
            self.told.troubles["repeats dropped"] = telegram.given and telegram.given - len(telegram.issued)
        engine.dispose()
        self.told.seconds = time.monotonic() - begun
        return self.told

    async def _live(self, processes: Nursery, crowd: Crowd, kills: list[float], times: int) -> None:
        """The crowd lives while processes die."""
        for port in self._ports:
            await processes.start(port)
        quiet = asyncio.Event()
        async with asyncio.TaskGroup() as work:
            work.create_task(crowd.live(quiet))
            for turn in range(times):
                await self._trouble(turn, crowd)
                port = self._chance.choice(self._ports)
                if self._chance.random() < 0.8:  # else it may die while it is starting
                    await self._ready(processes, port)
                await asyncio.sleep(self._chance.uniform(0, ALIVE_S))
                self.told.troubles["ended by themselves"] += processes.is_gone(port)
                kills.append(await processes.end(port))
                await processes.start(port)
                self.told.troubles["kills"] += 1
            await self._ready(processes, self._ports[0])
            await until(lambda: crowd.confirmed, 60)
            quiet.set()

    async def _settle(
        self, processes: Nursery, crowd: Crowd, engine: Engine, kills: list[float], *, hurried: bool
    ) -> None:
        """Nothing goes wrong any more; the last process finishes what is left and is asked to stop."""
        for side in dict.fromkeys(crowd.everybody.values()):
            side.clear()
        self._set_clock(self._furthest)
        kills += [await processes.end(port) for port in self._ports]
        if hurried:
            with transaction(engine) as session:
                session.execute(update(Message).values(claimed_until=None))
        for port in self._ports:
            await processes.start(port)

        laid_by = spool.beside(engine)

        def left() -> list[str]:
            try:
                return ["the spool"] if laid_by is not None and laid_by.count() else unsettled(engine)
            except (DatabaseError, SpoolError) as fault:
                return [type(fault).__name__]

        end = time.monotonic() + SETTLE_S
        sides = set(crowd.everybody.values())
        while (
            waits := [f"{side.channel} has something to bring" for side in sides if not side.is_quiet()]
        ) or (waits := await asyncio.to_thread(left)):
            assert time.monotonic() < end, "\n".join(["it never settled:", *waits])
            await asyncio.sleep(0.2)
        for port in self._ports:
            await self._ready(processes, port)  # one that is only just starting cannot stop kindly yet
            await processes.end(port, signal.SIGTERM)
        log = (self._folder / "seintje.log").read_text(errors="replace").splitlines()
        endings = [line for line in log if line.startswith("ended")]
        assert endings[-len(self._ports) :] == ["ended 0"] * len(self._ports)

    async def _ready(self, processes: Nursery, port: int) -> None:
        """Wait until the process at this port takes requests; one that ended by itself is started again."""
        end = time.monotonic() + 90
        async with ClientSession() as client:
            while True:
                assert time.monotonic() < end, "it never came up"
                if processes.is_gone(port):
                    self.told.troubles["ended by themselves"] += 1
                    await processes.start(port)
                with suppress(ClientError, TimeoutError):
                    async with client.get(f"http://127.0.0.1:{port}/readyz") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)

    # --- troubles

    async def _trouble(self, turn: int, crowd: Crowd) -> None:
        """In turn, so that a short run meets each."""
        troubles: dict[int, Callable[[Crowd], Awaitable[None]]] = {
            1: self._jump,
            2: self._stop_database,
            3: self._storm,
            4: self._jump,
        }
        if (trouble := troubles.get(turn % 6)) is not None:
            await trouble(crowd)

    async def _jump(self, _crowd: Crowd) -> None:
        """The clocks of all processes, which are on one machine."""
        self._set_clock(0.0 if self._off else float(self._chance.choice(JUMPS_S)))
        self.told.troubles["clock jumps"] += 1

    def _set_clock(self, off: float) -> None:
        self._off, self._furthest = off, max(off, self._furthest)
        fresh = self._folder / "clock.new"
        fresh.write_text(str(off))
        fresh.replace(self._folder / "clock")

    async def _storm(self, crowd: Crowd) -> None:
        for side in dict.fromkeys(crowd.everybody.values()):
            side.storm([chat for chat, where in crowd.everybody.items() if where is side])
        self.told.troubles["storms of 429"] += 1

    async def _stop_database(self, _crowd: Crowd) -> None:
        """PostgreSQL goes down and comes back; of SQLite somebody else holds the file for a while."""
        away = self._chance.uniform(0.2, 1.5)
        if self._server is None:
            await asyncio.to_thread(_hold, self._url.removeprefix("sqlite:///"), away)
            self.told.troubles["database held by somebody else"] += 1
            return
        how = self._chance.choice(("immediate", "fast"))
        await asyncio.to_thread(self._server.stop, how)
        await asyncio.sleep(away)
        await asyncio.to_thread(self._server.start)
        self.told.troubles[f"database restarts, {how}"] += 1

    def _environ(self, telegram: FakeTelegram, whatsapp: FakeWhatsApp) -> dict[str, str]:
        ours = {
            "SEINTJE_DATABASE_URL": self._url,
            "SEINTJE_TELEGRAM_TOKEN": TOKEN,
            "SEINTJE_TELEGRAM_API_URL": telegram.api_url,
            "SEINTJE_WHATSAPP_TOKEN": WHATSAPP_TOKEN,
            "SEINTJE_WHATSAPP_PHONE_ID": PHONE_ID,
            "SEINTJE_WHATSAPP_APP_SECRET": APP_SECRET,
            "SEINTJE_WHATSAPP_VERIFY_TOKEN": VERIFY,
            "SEINTJE_WHATSAPP_TEMPLATE": TEMPLATE,
            "SEINTJE_WHATSAPP_API_URL": whatsapp.api_url,
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }
        if self._server is not None:
            ours["SEINTJE_TELEGRAM_WEBHOOK_URL"] = "https://chaos.example/telegram"
        return {name: value for name, value in os.environ.items() if not name.startswith("SEINTJE_")} | ours


def _hold(path: str, seconds: float) -> None:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()
