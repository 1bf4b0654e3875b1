"""What we owe appears in the right Telegram chat: through the real client, over HTTP, on the fake server."""

import asyncio
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels import sender
from assistant.channels import telegram as module
from assistant.channels.pieces import MAX_TEXT, parts, unbroken, units
from assistant.channels.telegram_cards import keyboard, menu
from assistant.messages import Action, Bars, Document, Gone, Outcome, Refused, Retry, Sent
from dialogs.shortcuts import SHORTCUTS
from tests.channels.fake_telegram import FakeTelegram, Fault
from tests.channels.stage import serving, until
from tests.channels.standin import Owed, RememberingApp

ANNA, BRAM = 7, 8


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backoff of a moment instead of a second."""
    monkeypatch.setattr(module, "_backoff_s", lambda tries: 0.01 * tries)
    monkeypatch.setattr(sender, "LOOK_AGAIN_S", 0.05)


async def written(
    *owed: str, faults: list[Fault], chats: tuple[int, ...] = (ANNA,)
) -> tuple[FakeTelegram, list[Owed]]:
    """What became of these messages to Anna."""
    async with FakeTelegram() as telegram:
        for chat in chats:
            telegram.chats[chat] = []
        telegram.faults = faults
        app = RememberingApp()
        rows = [app.owe(str(ANNA), text) for text in owed]
        async with serving(app, telegram):
            await until(lambda: all(row.state != "owed" for row in rows))
        return telegram, rows


@pytest.mark.parametrize(
    ("faults", "outcomes"),
    [
        ([], [Sent]),
        ([Fault("sendMessage", status=502, description="Bad Gateway")], [Retry, Sent]),
        ([Fault("sendMessage")] * 3, [Retry, Retry, Retry, Sent]),  # the line drops
        ([Fault("sendMessage", status=429, description="Too Many Requests", retry_after=1)], [Retry, Sent]),
        ([Fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user")], [Gone]),
        ([Fault("sendMessage", status=403, description="Forbidden: user is deactivated")], [Gone]),
        ([Fault("sendMessage", status=400, description="Bad Request: chat not found")], [Gone]),
        ([Fault("sendMessage", status=400, description="Bad Request: BUTTON_DATA_INVALID")], [Refused]),
    ],
)
def test_how_a_delivery_ends(faults: list[Fault], outcomes: list[type[Outcome]]) -> None:
    telegram, (row,) = asyncio.run(written("hallo", faults=list(faults)))

    assert [type(outcome) for outcome in row.outcomes] == outcomes
    assert telegram.texts(ANNA) == (["hallo"] if outcomes[-1] is Sent else [])


@pytest.mark.parametrize("faults", [[], [Fault("sendPhoto", status=502, description="Bad Gateway")]])
def test_a_picture_follows_its_words_which_are_not_said_twice(faults: list[Fault]) -> None:
    async def story() -> list[str]:
        async with FakeTelegram() as telegram:
            telegram.chats[ANNA] = []
            telegram.faults = list(faults)
            app = RememberingApp()
            row = app.owe(str(ANNA), "hallo", picture=Bars("Leden", (("0", 4), ("1-2", 3))))
            async with serving(app, telegram):
                await until(lambda: row.state != "owed")
            return telegram.texts(ANNA)

    assert asyncio.run(story()) == ["hallo", "[photo]"]


@pytest.mark.parametrize("faults", [[], [Fault("sendDocument", status=502, description="Bad Gateway")]])
def test_a_file_follows_its_words_which_are_not_said_twice(faults: list[Fault]) -> None:
    async def story() -> list[str]:
        async with FakeTelegram() as telegram:
            telegram.chats[ANNA] = []
            telegram.faults = list(faults)
            app = RememberingApp()
            file = Document("mijn-gegevens.json", "application/json", b"{}")
            row = app.owe(str(ANNA), "hallo", document=file)
            async with serving(app, telegram):
                await until(lambda: row.state != "owed")
            return telegram.texts(ANNA)

    assert asyncio.run(story()) == ["hallo", "<mijn-gegevens.json>"]


def test_a_chat_that_never_opened_is_gone() -> None:
    _, (row,) = asyncio.run(written("hallo", faults=[], chats=()))

    assert row.outcomes == [Gone("no such chat")]


def test_a_message_of_which_the_answer_was_lost_may_appear_twice() -> None:
    telegram, (row,) = asyncio.run(written("hallo", faults=[Fault("sendMessage", taken=True)]))

    assert telegram.texts(ANNA) == ["hallo", "hallo"]
    assert row.platform_id == str(telegram.chats[ANNA][1].message_id)


def test_a_halt_of_one_chat_is_obeyed_and_does_not_stop_another() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.chats |= {ANNA: [], BRAM: []}
            telegram.faults = [
                Fault("sendMessage", ANNA, 429, "Too Many Requests: retry after 2", retry_after=2)
            ]
            app = RememberingApp()
            for text in ("een", "twee"):
                app.owe(str(ANNA), text)
                app.owe(str(BRAM), text)
            async with serving(app, telegram):
                await until(lambda: telegram.texts(BRAM) == ["een", "twee"])
                assert telegram.texts(ANNA) == []
                await until(lambda: telegram.texts(ANNA) == ["een", "twee"])
            (halted,) = telegram.made("sendMessage", 429)
            assert telegram.chats[ANNA][0].at - halted.at >= 2

    asyncio.run(story())


def test_a_chat_gets_about_one_message_a_second() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.chats |= {ANNA: [], BRAM: []}
            app = RememberingApp()
            for n in range(5):
                app.owe(str(ANNA), str(n))
            app.owe(str(BRAM), "hallo")
            async with serving(app, telegram):
                await until(lambda: len(telegram.texts(ANNA)) == 5)
            times = [shown.at for shown in telegram.chats[ANNA]]
            assert telegram.texts(ANNA) == ["0", "1", "2", "3", "4"]
            assert times[4] - times[0] > 1.8  # three at once, then one a second
            assert telegram.chats[BRAM][0].at < times[3]

    asyncio.run(story())


@pytest.mark.parametrize(
    ("fault", "texts", "same_message"),
    [
        (None, ["nieuw"], True),
        ("Bad Request: message is not modified: specified new message content", ["oud"], True),
        ("Bad Request: message can't be edited", ["oud", "nieuw"], False),
        ("Bad Request: message to edit not found", ["oud", "nieuw"], False),
    ],
)
def test_an_earlier_message_is_changed_or_else_a_new_one_is_sent(
    fault: str | None, texts: list[str], same_message: bool
) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.chats[ANNA] = []
            telegram.faults = [Fault("editMessageText", status=400, description=fault)] if fault else []
            app = RememberingApp()
            first = app.owe(str(ANNA), "oud", "Klopt")
            async with serving(app, telegram):
                await until(lambda: first.platform_id)
                second = app.owe(str(ANNA), "nieuw", edits=first.platform_id)
                await until(lambda: second.platform_id)
            assert telegram.texts(ANNA) == texts
            assert (second.platform_id == first.platform_id) is same_message
            assert fault or telegram.chats[ANNA][0].buttons == []

    asyncio.run(story())


def test_a_change_that_telegram_refuses_is_set_aside() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.chats[ANNA] = []
            telegram.faults = [
                Fault("editMessageText", status=400, description="Bad Request: BUTTON_DATA_INVALID")
            ]
            app = RememberingApp()
            row = app.owe(str(ANNA), "nieuw", edits="1")
            async with serving(app, telegram):
                await until(lambda: row.state == "failed")
            assert telegram.texts(ANNA) == []

    asyncio.run(story())


def test_a_long_text_goes_in_parts_and_none_goes_twice() -> None:
    """The line drops at the second part; the first is not sent again. The buttons hang under the last."""

    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.chats[ANNA] = []
            telegram.faults = [Fault("sendMessage", skip=1)]
            app = RememberingApp()
            app.owe(str(ANNA), "\n".join(["opdracht 😀"] * 500), "Klopt")
            async with serving(app, telegram):
                await until(lambda: app.outbox[0].state == "sent")
            shown = telegram.chats[ANNA]
            assert telegram.faults == []
            assert "\n".join(message.text for message in shown) == "\n".join(["opdracht 😀"] * 500)
            assert [len(message.buttons) for message in shown] == [0, 1]

    asyncio.run(story())


def test_a_graceful_stop_records_what_is_under_way() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            app = RememberingApp()
            for chat in range(1, 40):
                telegram.chats[chat] = []
                app.owe(str(chat), "hallo")
            async with serving(app, telegram):
                await until(lambda: telegram.made("sendMessage"))
            sent = [row for row in app.outbox if row.state == "sent"]
            assert len(sent) == len(telegram.made("sendMessage")) < 39

    asyncio.run(story())


@given(st.text(st.sampled_from("a é😀\n\t"), min_size=1), st.integers(4, 40))
def test_parts_hold_every_word_within_the_limit(text: str, most: int) -> None:
    found = parts(text, most)

    assert all(units(part) <= most for part in found) or not text.strip()
    assert "".join("".join(found).split()) == "".join(text.split())
    assert len(found) == 1 or all(part.strip() for part in found)


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([], None),
        (["Klopt"], [1]),
        (["Klopt", "Aanpassen"], [2]),
        (["Interesse", "Nu niet", "Niets voor mij", "Tip iemand"], [2, 2]),
        (["Een heel lang antwoord op een vraag", "Ja"], [1, 1]),
        (["Ja", "Een heel lang antwoord op een vraag", "Nee", "Later"], [1, 1, 2]),
    ],
)
def test_short_buttons_stand_side_by_side(labels: list[str], rows: list[int] | None) -> None:
    found = keyboard([Action(label, f"t{n}") for n, label in enumerate(labels)])

    assert (found and [len(row) for row in found.inline_keyboard]) == rows


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_command_in_the_menu_is_understood(language: Literal["nl", "en"]) -> None:
    assert {f"/{command.command}" for command in menu(language)} <= set(SHORTCUTS)


def test_the_fake_counts_as_telegram_does() -> None:
    assert units("😀" * (MAX_TEXT // 2)) == MAX_TEXT


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("max € 105 per uur", "max €\N{NO-BREAK SPACE}105 per uur"),
        ("€ 5.000 of € 7.500", "€\N{NO-BREAK SPACE}5.000 of €\N{NO-BREAK SPACE}7.500"),
        ("€50 a quarter", "€50 a quarter"),
        ("in € of in $", "in € of in $"),
    ],
)
def test_an_amount_stays_on_one_line(text: str, shown: str) -> None:
    assert unbroken(text) == shown
