"""A newcomer's first quarter of an hour in Telegram, through the real app: join, be free, pass work on, leave and return."""

import asyncio
from collections.abc import Iterator

import pytest

from assistant.app import App, build
from assistant.channels.documents import PDF
from assistant.founding import create_collective
from assistant.settings import Settings
from db import accounts
from db.session import transaction
from tests.channels.fake_telegram import FakeTelegram
from tests.channels.files import pdf_of
from tests.channels.stage import serving, until

ANNA, WIM = 7, 8


@pytest.fixture
def app(database_url: str) -> Iterator[App]:
    opened = build(Settings(database_url))
    yield opened
    opened.engine.dispose()


async def answer(telegram: FakeTelegram, chat: int, words: str) -> None:
    """Wait until the newest message in a chat holds these words, in its text or on a button."""

    def holds() -> bool:
        if not telegram.chats[chat]:
            return False
        newest = telegram.chats[chat][-1]
        return words in newest.text or any(words in label for label, _ in newest.buttons)

    try:
        await until(holds, 15)
    except AssertionError:
        pytest.fail(f"waited for {words!r}, the chat reads {telegram.texts(chat)[-2:]}")


def is_blocked(app: App, chat: int) -> bool:
    with transaction(app.engine) as session:
        account = accounts.at(session, "telegram", str(chat))
    return account is not None and account.blocked


async def joins(telegram: FakeTelegram, app: App) -> None:
    code = create_collective(app, "De Kring", "Anna", "nl", app.clock.now()).code
    await telegram.says(ANNA, f"/start {code}")
    await answer(telegram, ANNA, "Ja, akkoord")
    await telegram.presses(ANNA, "Ja, akkoord")
    await until(lambda: "✓ Ja, akkoord" in telegram.texts(ANNA)[0])
    await until(lambda: len(telegram.texts(ANNA)) == 2)


def test_a_first_quarter_of_an_hour(app: App) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram, serving(app, telegram):
            telegram.files["lead"] = pdf_of(
                "Opdracht: projectleider in Utrecht, 32 uur per week, vanaf 1 april, max 105"
            )
            await telegram.says(WIM, "hallo")
            await answer(telegram, WIM, "uitnodiging")

            await joins(telegram, app)
            await telegram.says(
                ANNA, "Compliance officer, 12 jaar banken, Utrecht, max 40 km of op afstand, 105 per uur"
            )
            await answer(telegram, ANNA, "Klopt")
            token = telegram.chats[ANNA][-1].buttons[0][1]
            await telegram.presses_data(WIM, token, 1)  # somebody else's button
            await until(lambda: len(telegram.texts(WIM)) == 2)
            await telegram.presses(ANNA, "Klopt")
            await until(lambda: any("✓ Klopt" in text for text in telegram.texts(ANNA)))

            number = await telegram.says(ANNA, "Vanaf 1 maart 3 dagen per week vrij")
            await answer(telegram, ANNA, "1 maart")
            edited = telegram.message(ANNA, "Vanaf 1 april 3 dagen per week vrij") | {"message_id": number}
            await telegram.update(edited_message=edited)
            await answer(telegram, ANNA, "1 april")

            await telegram.says(
                ANNA,
                document={
                    "file_id": "lead",
                    "file_unique_id": "lead",
                    "file_name": "vraag.pdf",
                    "mime_type": PDF,
                    "file_size": 900,
                },
            )
            await answer(telegram, ANNA, "Klopt")
            assert "rojectleider" in telegram.texts(ANNA)[-1]
            await telegram.presses(ANNA, "Klopt")
            await until(lambda: not any("Klopt" in label for label, _ in telegram.chats[ANNA][-1].buttons))

            before = len(telegram.texts(ANNA))
            await telegram.says(
                ANNA, sticker={"file_id": "s", "file_unique_id": "s", "type": "regular"} | SIZE
            )
            await until(lambda: len(telegram.texts(ANNA)) > before)
            await telegram.says(ANNA, "/help")
            await answer(telegram, ANNA, "Seintje")

    asyncio.run(story())


def test_who_blocks_us_gets_it_all_on_coming_back(app: App) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram, serving(app, telegram):
            await joins(telegram, app)
            telegram.blocked.add(ANNA)
            await telegram.says(ANNA, "help")  # typed just before; the answer meets a closed door
            await until(lambda: telegram.made("sendMessage", 403))
            await until(lambda: is_blocked(app, ANNA))
            shown = len(telegram.texts(ANNA))
            await telegram.changes_membership(ANNA, "member")
            await until(lambda: len(telegram.texts(ANNA)) > shown)
            assert not is_blocked(app, ANNA)

    asyncio.run(story())


SIZE = {"width": 9, "height": 9, "is_animated": False, "is_video": False}


def test_what_the_library_cannot_read_is_apologised_for_to_who_is_known(app: App) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram, serving(app, telegram):
            await joins(telegram, app)
            for chat in (WIM, ANNA):
                strange = telegram.message(chat, "hallo")
                del strange["date"]
                await telegram.update(message=strange)
            await answer(telegram, ANNA, "er ging iets mis")
            await telegram.says(WIM, "hallo")
            await until(lambda: telegram.texts(WIM))
            assert len(telegram.texts(WIM)) == 1

    asyncio.run(story())
