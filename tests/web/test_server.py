"""Starting and stopping: a taken port is said, and nothing that was said is lost by a restart."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import demo
from assistant.app import App
from assistant.channels.web import server
from assistant.errors import SettingsError
from assistant.messages import Card, Incoming
from assistant.settings import Settings
from db import accounts
from db.inbox import Heard
from db.outbox import Message
from db.session import open_database, transaction
from nlu import Reader
from tests.web.conftest import served
from tests.web.test_page import SLOW_MS, chat, opened, person, say

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MANY = 200


@pytest.fixture
def app(sqlite_url: str) -> Iterator[App]:
    """The real app, with nothing serving it."""
    engine = open_database(sqlite_url)
    yield App(engine, Reader())
    engine.dispose()


def test_a_taken_port_is_said_before_anything_starts(app: App, sqlite_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{port} cannot be used.*SEINTJE_WEB_PORT"):
            server.run(app, Settings(database_url=sqlite_url, web_port=port))


@pytest.mark.browser
def test_a_restart_keeps_every_chat(sqlite_url: str, browser: Browser) -> None:
    with served(sqlite_url) as site:
        page = visit(browser, site.address)
        say(opened(page, "lotte"), "Help")
        before = chat(page, "lotte").locator(".log").inner_text()
        page.context.close()
    with served(sqlite_url) as site:
        page = visit(browser, site.address)
        assert opened(page, "lotte").locator(".log").inner_text() == before
        expect(person(page, "lotte").locator(".badge")).to_have_count(0)
        page.context.close()


@pytest.mark.browser
def test_full_chats_open_quickly_and_give_their_past_in_parts(
    app: App, sqlite_url: str, browser: Browser
) -> None:
    fill_chats(app)
    with served(sqlite_url) as site:
        page = visit(browser, site.address)
        shown = page.evaluate("performance.now()")
        page.locator(".person[data-handle=mieke]").click()
        chat(page, "mieke").locator(".message").first.wait_for()
        opening = page.evaluate("performance.now()") - shown
        assert (shown, opening) < (5_000, 5_000)
        expect(chat(page, "mieke").locator(".message")).to_have_count(60)
        chat(page, "mieke").get_by_role("button", name="Eerdere berichten").click()
        expect(chat(page, "mieke").locator(".message")).to_have_count(120)
        page.context.close()


@pytest.mark.browser
def test_a_locked_database_loses_nothing(app: App, sqlite_url: str, browser: Browser) -> None:
    with served(sqlite_url) as site:
        page = visit(browser, site.address)
        window = opened(page, "kees")
        with transaction(app.engine) as session:
            assert accounts.at(session, "web", "kees") is not None  # from here on it holds the lock
            window.locator("textarea").fill("Help")
            window.locator("textarea").press("Enter")
            expect(window.get_by_role("status")).to_contain_text("Dit duurt langer", timeout=SLOW_MS)
        expect(window.locator(".theirs")).to_have_count(1, timeout=SLOW_MS)
        expect(window.get_by_role("status")).to_have_count(0)
        page.context.close()


def visit(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    page.locator(".person").first.wait_for(timeout=SLOW_MS)
    return page


def fill_chats(app: App) -> None:
    """Two hundred messages in every chat, half of them heard and half told."""
    demo.fill(app, NOW)
    with transaction(app.engine) as session:
        for handle, _ in demo.roster():
            account = accounts.known(session, "web", handle, handle)
            for number in range(MANY // 2):
                event = f"{handle}-{number}"
                incoming = Incoming("web", handle, event, text=f"Bericht {number} " + "woord " * 20)
                session.add(
                    Heard(
                        channel="web",
                        event_id=event,
                        external_id=handle,
                        payload=msgspec.to_builtins(incoming),
                        received_at=NOW,
                        state="handled",
                    )
                )
                session.add(
                    Message(
                        account_id=account.id,
                        cause=event,
                        position=0,
                        card=msgspec.to_builtins(Card("Antwoord " + "woord " * 30)),
                        created_at=NOW,
                        state="sent",
                        sent_at=NOW,
                    )
                )
