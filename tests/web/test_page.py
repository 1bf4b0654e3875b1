"""The playground in a real browser: what one person sees who plays them all."""

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.conftest import Site

pytestmark = pytest.mark.browser

LEAD = (
    "Heb een opdracht: projectleider in Utrecht, 32 uur p/w, vanaf volgende maand, 6 maanden, max 105 per uur"
)
MARKUP = (
    '<img src=x onerror="window.broken=1"><script>window.broken=1</script> {{ 1+1 }} `${1}` &amp; <b>vet</b>'
)
SLOW_MS = 15_000  # a busy machine is no bug


def person(page: Page, handle: str) -> Locator:
    return page.locator(f".person[data-handle={handle}]")


def chat(page: Page, handle: str) -> Locator:
    return page.locator(f".chat[data-handle={handle}]")


def opened(page: Page, handle: str) -> Locator:
    person(page, handle).click()
    window = chat(page, handle)
    expect(window).to_be_visible()
    return window


def say(window: Locator, text: str) -> None:
    """Type, send, and wait for the answer."""
    before = window.locator(".theirs").count()
    window.locator("textarea").fill(text)
    window.locator("textarea").press("Enter")
    expect(window.locator(".theirs")).not_to_have_count(before, timeout=SLOW_MS)


def press(window: Locator, label: str) -> None:
    window.locator(".choice:enabled", has_text=label).last.click()


def test_a_lead_reaches_whom_it_suits_and_nobody_else(desktop: Page) -> None:
    mieke = opened(desktop, "mieke")
    say(mieke, LEAD)
    press(mieke, "Klopt")
    expect(person(desktop, "sanne").locator(".badge")).to_be_visible(timeout=SLOW_MS)
    sanne, bram = opened(desktop, "sanne"), opened(desktop, "bram")
    expect(sanne.locator(".theirs").last).to_contain_text("rojectleider")
    expect(person(desktop, "sanne").locator(".badge")).to_have_count(0)  # it has been seen
    press(sanne, "Interesse")
    expect(mieke.locator(".theirs", has_text="Sanne")).not_to_have_count(0, timeout=SLOW_MS)
    expect(bram.locator(".message")).to_have_count(0)
    expect(person(desktop, "bram").locator(".badge")).to_have_count(0)


def test_a_pressed_button_works_once(desktop: Page) -> None:
    window = opened(desktop, "kees")
    say(window, LEAD.replace("Utrecht", "Breda"))
    press(window, "Klopt")
    expect(window.locator(".press .text")).to_have_text("Klopt", timeout=SLOW_MS)
    expect(window.locator(".choice", has_text="Klopt")).to_be_disabled(timeout=SLOW_MS)


def test_a_forward_says_from_whom(desktop: Page) -> None:
    window = opened(desktop, "lotte")
    window.get_by_role("button", name="Doorgestuurd").click()
    desktop.keyboard.type("Recruiter Xander")
    desktop.keyboard.press("Enter")
    desktop.keyboard.type("Wij zoeken een tester in Assen")
    desktop.keyboard.press("Enter")
    expect(window.locator(".mine .forwarded")).to_have_text("Doorgestuurd van Recruiter Xander")
    expect(window.locator(".from")).to_have_count(0)  # the next one is not forwarded


def test_markup_stays_text(desktop: Page) -> None:
    window = opened(desktop, "daan")
    window.get_by_role("button", name="Doorgestuurd").click()
    window.locator(".from").fill(MARKUP[:80])
    say(window, MARKUP)
    expect(window.locator(".mine .text").last).to_have_text(MARKUP)
    desktop.reload()
    expect(chat(desktop, "daan").locator(".mine .text").last).to_have_text(MARKUP)
    assert desktop.evaluate("window.broken") is None
    assert window.locator(".log img, .log script, .log b").count() == 0


def test_a_long_message_wraps_and_folds(desktop: Page) -> None:
    window = opened(desktop, "ruben")
    say(window, "w" * 50_000)
    text = window.locator(".mine .text")
    assert len(text.inner_text()) < 2_000
    window.get_by_role("button", name="meer").click()
    assert len(text.inner_text()) == 50_000
    window.get_by_role("button", name="minder").click()
    assert len(text.inner_text()) < 2_000
    assert window.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth")


def test_what_was_being_written_is_kept(desktop: Page) -> None:
    window = opened(desktop, "anke")
    window.locator("textarea").fill("Ik dacht net")
    window.get_by_role("button", name="Sluit").click()
    expect(opened(desktop, "anke").locator("textarea")).to_have_value("Ik dacht net")
    desktop.reload()
    expect(chat(desktop, "anke").locator("textarea")).to_have_value("Ik dacht net")


def test_what_is_far_too_long_stays_where_it_is(desktop: Page) -> None:
    window = opened(desktop, "anke")
    window.locator("textarea").fill("é" * 500_000)
    expect(window.get_by_role("status")).to_have_text(
        "Dat is te lang om te versturen. Stuur het in delen, of als bestand."
    )
    expect(window.get_by_role("button", name="Verstuur")).to_be_disabled()


def test_enter_sends_and_shift_enter_breaks_the_line(desktop: Page) -> None:
    window = opened(desktop, "joanna")
    box = window.locator("textarea")
    low = box.bounding_box()
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    high = box.bounding_box()
    assert low is not None
    assert high is not None
    assert high["height"] > low["height"]
    box.press("Enter")
    expect(window.locator(".mine .text")).to_have_text("one\ntwo", use_inner_text=True)
    expect(box).to_have_value("")


def test_a_document_is_read(desktop: Page, tmp_path: Path) -> None:
    letter = docx.Document()
    letter.add_paragraph("Gevraagd: een vertaler Pools, 16 uur per week")
    letter.save(str(tmp_path / "vraag.docx"))
    (tmp_path / "kapot.pdf").write_bytes(b"%PDF-1.7 not really")
    window = opened(desktop, "eva")
    window.locator("input[type=file]").set_input_files(tmp_path / "vraag.docx")
    expect(window.locator(".mine .text")).to_have_text(
        "Gevraagd: een vertaler Pools, 16 uur per week", timeout=SLOW_MS
    )
    window.locator("input[type=file]").set_input_files(tmp_path / "kapot.pdf")
    expect(window.locator(".mine.media .text")).to_have_text("Een bestand", timeout=SLOW_MS)


def test_examples_fill_the_input_in_the_language_of_the_page(desktop: Page) -> None:
    window = opened(desktop, "youssef")
    window.get_by_role("button", name="Voorbeelden").click()
    window.locator(".chip", has_text="Wat is er voor mij?").click()
    expect(window.locator("textarea")).to_have_value("Wat is er voor mij?")
    desktop.get_by_role("button", name="English").click()
    window.get_by_role("button", name="Examples").click()
    expect(window.locator(".chip", has_text="What is there for me?")).to_be_visible()
    expect(desktop.locator("html")).to_have_attribute("lang", "en")


def test_choices_are_remembered(desktop: Page) -> None:
    opened(desktop, "fatima")
    desktop.get_by_role("button", name="English").click()
    desktop.get_by_role("button", name="Dark colours").click()
    desktop.get_by_role("button", name="Close the explanation").click()
    expect(desktop.locator(".guide")).to_be_hidden()
    desktop.reload()
    expect(chat(desktop, "fatima").locator("h2")).to_have_text("Fatima Yılmaz-van der Heijden")
    expect(desktop.locator("html")).to_have_attribute("data-theme", "dark")
    expect(desktop.locator(".people-lead")).to_contain_text("You play everybody")
    expect(desktop.locator(".guide")).to_be_hidden()


def test_there_is_room_for_a_few_chats(desktop: Page) -> None:
    for handle in ("anke", "lotte", "kees", "noor", "joris"):
        opened(desktop, handle)
    assert desktop.locator(".chat").evaluate_all("chats => chats.map(chat => chat.dataset.handle)") == [
        "kees",
        "noor",
        "joris",
    ]
    desktop.set_viewport_size({"width": 1000, "height": 800})
    expect(desktop.locator(".chat")).to_have_count(2)
    chat(desktop, "noor").get_by_role("button", name="Sluit").click()
    expect(desktop.locator(".chat")).to_have_count(1)


def test_the_guide_prepares_each_step(desktop: Page) -> None:
    desktop.get_by_role("button", name="Zet het bericht klaar").click()
    expect(chat(desktop, "mieke").locator("textarea")).to_have_value(re.compile("projectleider"))
    desktop.get_by_role("button", name="Leg Sanne en Bram ernaast").click()
    for handle in ("mieke", "bram", "sanne"):
        expect(chat(desktop, handle)).to_be_visible()


def test_the_clock_moves_on(desktop: Page) -> None:
    now = desktop.locator(".clock-now time .long")
    expect(now).to_contain_text("23 november 2026")
    desktop.get_by_role("button", name="volgende ochtend").click()
    expect(now).to_have_text("Dinsdag 24 november 2026, 09:00", timeout=SLOW_MS)
    desktop.get_by_role("button", name="een uur vooruit").click()
    expect(now).to_have_text("Dinsdag 24 november 2026, 10:00", timeout=SLOW_MS)
    desktop.get_by_role("button", name="een week vooruit").click()
    expect(now).to_have_text("Dinsdag 1 december 2026, 10:00", timeout=SLOW_MS)


def test_on_a_phone_one_goes_from_list_to_chat_and_back(phone: Page) -> None:
    person(phone, "noor").tap()
    expect(phone.locator(".people")).to_be_hidden()
    window = chat(phone, "noor")
    say(window, "Hallo")
    expect(window.locator(".theirs")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("button", name="Terug naar de lijst").tap()
    expect(phone.locator(".people")).to_be_visible()
    expect(person(phone, "noor").locator(".person-last")).not_to_be_empty()


def test_on_a_phone_the_guide_makes_room_for_what_it_opens(phone: Page) -> None:
    phone.get_by_role("button", name="Uitleg").tap()
    phone.get_by_role("button", name="Zet het bericht klaar").tap()
    expect(phone.locator(".guide")).to_be_hidden()
    expect(chat(phone, "mieke").locator("textarea")).to_have_value(re.compile("projectleider"))


def test_with_the_keyboard_alone(desktop: Page) -> None:
    person(desktop, "anke").focus()
    for key in ("End", "Home", "ArrowDown", "ArrowDown", "ArrowUp"):
        desktop.keyboard.press(key)
    expect(person(desktop, "mieke")).to_be_focused()
    desktop.keyboard.press("End")
    desktop.keyboard.press("Enter")  # Joris, who is last
    expect(chat(desktop, "joris").locator("textarea")).to_be_focused()
    desktop.keyboard.type("Hoi, wie ben jij?")
    desktop.keyboard.press("Enter")
    expect(chat(desktop, "joris").locator(".theirs").first).to_be_visible(timeout=SLOW_MS)
    desktop.keyboard.press("Escape")
    expect(chat(desktop, "joris")).to_have_count(0)
    expect(person(desktop, "joris")).to_be_focused()


def test_what_has_the_focus_shows_it(desktop: Page) -> None:
    expect(desktop.locator(".guide")).to_be_visible()
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Naar de gesprekken")).to_be_focused()
    for _ in range(12):
        desktop.keyboard.press("Tab")
        ring = desktop.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid", desktop.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_reader_hears_new_messages_and_knows_each_control(desktop: Page) -> None:
    window = opened(desktop, "lotte")
    expect(window.locator(".log")).to_have_attribute("aria-live", "polite")
    nameless = desktop.locator("button, input:not([hidden]), textarea").evaluate_all(
        """all => all.filter(one => !(one.innerText || '').trim() && !one.ariaLabel && !one.labels?.length)
                     .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_two_windows_show_the_same_chat(browser: Browser, site: Site, desktop: Page) -> None:
    here = opened(desktop, "kees")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    there = context.new_page()
    there.goto(site.address)
    window = opened(there, "kees")
    say(here, "Help")
    expect(window.locator(".mine .text").last).to_have_text("Help")
    expect(window.locator(".message")).to_have_count(here.locator(".message").count())
    context.close()


def test_the_newest_message_stays_in_sight_unless_one_reads_back(desktop: Page) -> None:
    window = opened(desktop, "ruben")
    for _ in range(3):
        say(window, "Help")
    newest, log = window.locator(".message").last, window.locator(".log")
    expect(newest).to_be_in_viewport()
    opened(desktop, "anke")
    opened(desktop, "noor")  # narrower now
    expect(newest).to_be_in_viewport()
    log.evaluate("log => log.scrollTo(0, 0)")
    expect(newest).not_to_be_in_viewport()
    chat(desktop, "noor").get_by_role("button", name="Sluit").click()  # wider again
    expect(newest).not_to_be_in_viewport()


def test_who_left_can_still_take_their_data_along(desktop: Page) -> None:
    window = opened(desktop, "eva")
    say(window, "ik wil stoppen als lid")
    press(window, "Stoppen als lid")
    expect(window.locator(".theirs").last).to_contain_text("geen lid meer", timeout=SLOW_MS)
    press(window, "Neem mijn gegevens mee")
    expect(window.locator(".theirs a", has_text="json")).to_be_visible(timeout=SLOW_MS)
