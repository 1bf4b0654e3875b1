"""Makes the pictures of the README: `python -m tests.web.screenshots`. Needs an installed Chromium; look at each one."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.databases import migrate
from tests.web.conftest import FLAGS, ROOT, served
from tests.web.test_page import LEAD, chat, opened, person, press, say

FOLDER = ROOT / "docs" / "images"
WIDE: ViewportSize = {"width": 1440, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}


def main() -> None:
    """Play the story of the guide once, and take its picture by day, by night and on a phone."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium is installed (Debian: apt install chromium)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{Path(folder) / 'seintje.db'}"
        migrate(url)
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        with served(url) as site:
            page = visit(browser, site.address, WIDE)
            play(page)
            take(page, "playground-light")
            page.get_by_role("button", name="Donkere kleuren").click()
            take(page, "playground-dark")
            take(visit(browser, site.address, NARROW), "phone-list")
            phone = visit(browser, site.address, NARROW)
            opened(phone, "sanne")
            take(phone, "phone-chat")
        browser.close()


def visit(browser: Browser, address: str, size: ViewportSize) -> Page:
    """A first visit in a window of this size, everything at rest."""
    context = browser.new_context(
        viewport=size, device_scale_factor=2 if size == NARROW else 1, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    page.locator(".person").first.wait_for()
    return page


def play(page: Page) -> None:
    """Mieke shares a lead, Sanne gets it and is interested, Bram hears nothing."""
    mieke = opened(page, "mieke")
    say(mieke, LEAD)
    press(mieke, "Klopt")
    person(page, "sanne").locator(".badge").wait_for(timeout=15_000)
    bram, sanne = opened(page, "bram"), opened(page, "sanne")
    press(sanne, "Interesse")
    mieke.locator(".theirs", has_text="Sanne").first.wait_for(timeout=15_000)
    bram.locator(".empty").wait_for()
    chat(page, "sanne").locator("textarea").focus()


def take(page: Page, name: str) -> None:
    """Keep the picture, small enough for a README."""
    page.wait_for_timeout(400)  # the last card slides in
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT), f"{path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
