"""`kill -9` at any moment loses nothing and repeats no effect: done to real processes under load, and counted.

`make chaos` does it five hundred times and shows a table; the seed of a run stands above it.
"""

import asyncio
import os
import random
from pathlib import Path

import pytest

from tests import postgres
from tests.chaos.rig import Rig, Told
from tests.conftest import cannot_run
from tests.databases import migrate

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]


def test_nothing_is_lost_and_nothing_done_twice(sqlite_url: str, kills: int, tmp_path: Path) -> None:
    """One process that polls Telegram and takes WhatsApp's webhooks, on SQLite."""
    judge(Rig(sqlite_url, tmp_path, 1, seed()), kills, tmp_path, "SQLite, one process")


def test_three_processes_lose_nothing_either(kills: int, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Webhooks of both platforms, behind a balancer, on a server of its own: it is stopped now and then."""
    try:
        with postgres.running(postgres.DURABLE) as server:
            url = server.create("seintje")
            migrate(url)
            judge(Rig(url, tmp_path, 3, seed(), server), kills, tmp_path, "PostgreSQL, three processes")
    except postgres.CannotRunError as reason:
        cannot_run(pytestconfig, f"no PostgreSQL: {reason}")


def seed() -> int:
    """Another one each time, shown so that what went wrong can be looked for again."""
    chosen = random.SystemRandom().randrange(10**6)
    print(f"\nseed {chosen}")
    return chosen


def judge(rig: Rig, kills: int, folder: Path, title: str) -> None:
    """Ride, show the table, and refuse anything wrong."""
    try:
        told: Told = asyncio.run(rig.ride(kills))
    except BaseException:
        print(
            (folder / "seintje.log").read_text(errors="replace")[-3000:]
        )  # a process that ended says why here
        raise

    print(told.table(title))
    if told.audit.wrong:  # what went wrong inside may say why
        log = (folder / "seintje.log").read_text(errors="replace").splitlines()
        print(*[line for line in log if " ERROR " in line], sep="\n")
    assert told.audit.wrong == []
    assert told.audit.handled_once == told.audit.accepted > kills
    assert told.audit.delivered == told.audit.owed > kills
    assert told.audit.leads > 0
