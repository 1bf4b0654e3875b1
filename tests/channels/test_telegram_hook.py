"""Telegram by webhook: what is brought is stored before it is acknowledged, handled once and in order, whoever has it."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from assistant.app import App
from assistant.channels import site
from assistant.channels.documents import PDF
from assistant.channels.telegram_hook import SECRET_HEADER, Seen, TelegramWebhook, look, point, secret_of
from assistant.errors import SettingsError
from assistant.founding import create_collective
from assistant.messages import Incoming
from db import tables
from tests.app.stage import Stage, staged
from tests.app.test_together import another
from tests.channels import stage as stage_of
from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.files import pdf_of
from tests.channels.stage import carried_out, until
from tests.channels.test_telegram_hears import LEAD, PHOTO, document

ANNA, WIM = 7, 8


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as made:
        yield made


@asynccontextmanager
async def hooked(app: App, telegram: FakeTelegram) -> AsyncIterator[int]:
    """The service at an address of its own, to which the fake brings its updates; its port."""
    port = stage_of.free_port()
    hook = TelegramWebhook(app, TOKEN, f"http://127.0.0.1:{port}/telegram", api_url=telegram.api_url)
    async with stage_of.hooked(app, hook, hook.routes, port):
        yield port


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Incoming]:
    """What was carried out, in that order: nothing of it stays in the inbox."""
    return carried_out(monkeypatch)


def texts(heard: list[Incoming]) -> list[tuple[str, str]]:
    return [(each.account, each.text) for each in heard]


def is_done(stage: Stage, count: int) -> bool:
    return stage.states().count("handled") == count


def test_what_is_brought_is_heard_once_and_answered(stage: Stage, heard: list[Incoming]) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram, hooked(stage.app, telegram):
            telegram.twice = True
            for number in range(3):
                await telegram.says(ANNA, f"a{number}")
                await telegram.says(WIM, f"w{number}")
            await until(lambda: is_done(stage, 6) and len(telegram.texts(ANNA)) == 3)

        assert [text for chat, text in texts(heard) if chat == str(ANNA)] == [f"a{n}" for n in range(3)]
        assert [text for chat, text in texts(heard) if chat == str(WIM)] == [f"w{n}" for n in range(3)]
        assert {status for _, status in telegram.brought} == {200}
        assert len(telegram.brought) == 12

    asyncio.run(story())


def test_documents_and_albums_come_whole_and_hold_their_place(stage: Stage, heard: list[Incoming]) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.files = {"pdf": pdf_of(LEAD)}
            code = create_collective(
                stage.app, "De Kring", "Anna", "nl", stage.now
            ).code  # strangers get few answers
            async with hooked(stage.app, telegram):
                await telegram.says(ANNA, f"/start {code}")
                await until(lambda: is_done(stage, 1))
                await telegram.says(ANNA, **document("x.pdf", PDF, "pdf"))
                await telegram.says(ANNA, "na het document")
                for caption in ("een", "twee"):
                    await telegram.says(ANNA, media_group_id="g", photo=PHOTO, caption=caption)
                await telegram.says(ANNA, "na het album")
                await until(lambda: is_done(stage, 6))

        said = [text for _, text in texts(heard)][-4:]
        assert said == [LEAD, "na het document", "een\n\ntwee", "na het album"]
        causes = [row.cause for row in stage.rows(tables.Message)]
        assert causes == [f"inbox:{number}" for number in (1, 2, 3, 4, 6)]

    asyncio.run(story())


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        (b"{}", "", 403),
        (b'{"update_id": 1}', "guessed", 403),
        (b"", secret_of(TOKEN), 200),
        (b"[" * 100_000, secret_of(TOKEN), 200),
        (b'{"update_id": "x"}', secret_of(TOKEN), 200),
        (b'{"update_id": 1, "message": {}}', secret_of(TOKEN), 200),
        (b"x" * 3_000_000, secret_of(TOKEN), 413),
    ],
    ids=lambda value: str(value)[:20],
)
def test_who_may_bring_and_what(body: bytes, secret: str, status: int, sqlite_url: str) -> None:
    async def asked(stage: Stage) -> int:
        hook = TelegramWebhook(stage.app, TOKEN, "https://seintje.example/telegram")
        transport = httpx.ASGITransport(app=Starlette(routes=hook.routes))
        async with httpx.AsyncClient(transport=transport, base_url="https://seintje.example") as client:
            return (await client.post("/telegram", content=body, headers={SECRET_HEADER: secret})).status_code

    with staged(sqlite_url) as stage:
        assert asyncio.run(asked(stage)) == status
        assert stage.rows(tables.Heard) == []


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (
            {"message": {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "group", "title": "x"}}},
            "handled",
        ),
        ({"message": {"chat": {"id": 7}, "text": "hallo"}}, "failed"),
        ({"poll": {"id": "1"}}, "failed"),
        ({"something_new": {}}, "handled"),
    ],
    ids=str,
)
def test_what_is_not_for_us_or_cannot_be_read_ends_somewhere(
    content: dict[str, Any], state: str, stage: Stage
) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram, hooked(stage.app, telegram) as port:
            headers = {SECRET_HEADER: secret_of(TOKEN)}
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
                await until(lambda: telegram.webhook.endswith("/telegram"))
                answer = await client.post("/telegram", content=json.dumps({"update_id": 3} | content))
                assert answer.status_code == 200
                await until(lambda: stage.states() == [state])

    asyncio.run(story())


@pytest.mark.parametrize(("locked", "answer"), [("seintje.db", 200), ("seintje.db-spool", 503)])
def test_a_long_turn_keeps_no_answer_waiting_and_what_cannot_be_kept_comes_again(
    locked: str, answer: int, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.BUSY_MS", 100)
    monkeypatch.setattr("db.spool.BUSY_MS", 100)

    async def story(stage: Stage) -> None:
        async with FakeTelegram() as telegram, hooked(stage.app, telegram):
            await until(lambda: telegram.webhook.startswith("http:"))
            other = sqlite3.connect(tmp_path / locked, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            await telegram.says(ANNA, "hallo")
            await until(lambda: (telegram.issued[0], answer) in telegram.brought, 15)
            other.close()
            await until(lambda: is_done(stage, 1))
            assert telegram.brought[-1] == (telegram.issued[0], 200)

    with staged(sqlite_url) as stage:
        asyncio.run(story(stage))


def test_what_one_process_stored_and_did_not_handle_another_does(
    stage: Stage, heard: list[Incoming], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.channels.hooks.SWEEP_S", 0.05)
    monkeypatch.setattr("assistant.channels.hooks.LEFT_S", 0.0)
    content = {"update_id": 1, "message": FakeTelegram().message(ANNA, "van wie er niet meer is")}
    secret = {SECRET_HEADER: secret_of(TOKEN)}

    async def story() -> None:
        async with FakeTelegram() as telegram:
            with another(stage) as gone:
                hook = TelegramWebhook(gone, TOKEN, "https://x.example/telegram", api_url=telegram.api_url)
                gone.keep(
                    "telegram", hook.brought(json.dumps(content).encode(), secret).events, gone.clock.now()
                )
            async with hooked(stage.app, telegram):
                await until(lambda: is_done(stage, 1))
        assert texts(heard) == [(str(ANNA), "van wie er niet meer is")]

    asyncio.run(story())


def test_one_command_sets_it_up_and_takes_it_away() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:

            def said(url: str | None, token: str = TOKEN) -> str:
                return str(point(token, telegram.api_url, url, None))

            assert "to https://x.example/telegram; 0" in await asyncio.to_thread(
                said, "https://x.example/telegram"
            )
            assert telegram.secret == secret_of(TOKEN)
            found = await asyncio.to_thread(look, TOKEN, telegram.api_url)
            assert found == Seen("seintje_test_bot", "https://x.example/telegram", 0)
            assert "asks for updates itself" in await asyncio.to_thread(said, None)
            with pytest.raises(SettingsError, match="TOKEN"):
                await asyncio.to_thread(said, None, "1:wrong")

    asyncio.run(story())


def test_health_is_seen_from_outside(stage: Stage) -> None:
    async def asked(path: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=site.build(stage.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get(path)

    assert asyncio.run(asked("/healthz")).text == "ok\n"
    assert asyncio.run(asked("/readyz")).status_code == 200
    stage.says("anna", "hallo")
    figures = asyncio.run(asked("/metrics")).text
    assert 'seintje_backlog{kind="waiting"} 0.0' in figures
    assert "hallo" not in figures
    assert "anna" not in figures
