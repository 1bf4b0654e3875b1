"""The service: a database that is late is waited for, and nothing is asked of a platform before it is there."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from assistant.channels.service import serve
from assistant.channels.telegram import TelegramChannel
from assistant.cli.shared import migrated
from assistant.settings import Settings
from tests.app.stage import Stage, staged
from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.stage import until

ANNA = 7


@pytest.mark.parametrize("comes", [True, False])
def test_a_late_database_is_waited_for_until_it_comes_or_we_are_stopped(
    comes: bool,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("db.engine.BUSY_MS", 20)
    monkeypatch.setattr("assistant.channels.service.FIRST_WAIT_S", 0.02)

    async def story(stage: Stage) -> None:
        stop, away = asyncio.Event(), sqlite3.connect(tmp_path / "seintje.db", isolation_level=None)
        async with FakeTelegram() as telegram, asyncio.TaskGroup() as work:
            await telegram.says(ANNA, "hallo")
            away.execute("BEGIN IMMEDIATE")
            channel = TelegramChannel(stage.app, TOKEN, telegram.api_url)
            work.create_task(
                serve(stage.app, [channel], stop, prepare=lambda: migrated(Settings(sqlite_url)))
            )
            await until(lambda: caplog.text.count("waiting for it") > 1)
            assert telegram.polls == 0
            if comes:
                away.close()
                await until(lambda: telegram.texts(ANNA))
            stop.set()
        assert bool(telegram.polls) is comes
        away.close()

    with staged(sqlite_url) as stage:
        asyncio.run(story(stage))
