"""A served playground and a real browser to use it with. The browser is local and talks to loopback only."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
MONDAY = "2026-11-23T08:30:00+00:00"  # half past nine in Amsterdam: a push may go out
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running playground: where it is, and the database behind it."""

    address: str
    url: str


@contextmanager
def served(url: str, start: str = MONDAY) -> Iterator[Site]:
    """Run the playground in a process of its own until the block ends; it must then stop by itself, quietly."""
    port = free_port()
    command = [sys.executable, "-W", "error", "-m", "tests.web.serve", url, str(port), start]
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "NICEGUI"))
    }
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert str(port) in line, f"the playground did not start: {line!r}"
            _wait_for(port)
            yield Site(f"http://127.0.0.1:{port}/", url)
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert process.returncode in (0, -15)


def _wait_for(port: int) -> None:
    """It tells its address a moment before it listens there, and on a busy machine that moment is long."""
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=20).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
        else:
            return


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Path) -> Iterator[Site]:
    """One playground for the tests of a file; each test plays other people."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("web") / "seintje.db")
    with served(f"sqlite:///{path}") as running:
        yield running


@pytest.fixture(scope="module")  # while it runs so does its event loop, and no other test may start one
def browser(chromium: Path) -> Iterator[Browser]:
    """Debian's own Chromium, with a profile that is thrown away."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def desktop(browser: Browser, site: Site) -> Iterator[Page]:
    """A wide window, at its first visit."""
    yield from _visit(browser, site, width=1680, height=950)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A narrow window that is touched."""
    yield from _visit(browser, site, width=390, height=844, is_mobile=True)


def _visit(
    browser: Browser, site: Site, *, width: int, height: int, is_mobile: bool = False
) -> Iterator[Page]:
    """Open the page; afterwards: no fault in its scripts, and nothing was asked of any other machine."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=is_mobile,
        has_touch=is_mobile,
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    page.goto(site.address)
    page.locator(".person").first.wait_for()
    yield page
    context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((site.address, "data:", "blob:"))] == []
