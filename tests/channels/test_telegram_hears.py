"""What people do in Telegram arrives as one Incoming: through the real client, over HTTP, from the fake server."""

import asyncio
import traceback
from dataclasses import asdict
from typing import Any

import pytest

from assistant.channels import telegram as module
from assistant.channels.documents import DOCX, MAX_BYTES, PDF
from assistant.channels.envelopes import clean
from assistant.channels.service import serve
from assistant.errors import SettingsError, UnreachableError
from assistant.messages import Incoming
from tests.channels.fake_telegram import TOKEN, FakeTelegram, Fault, people
from tests.channels.files import docx_of, pdf_of
from tests.channels.stage import serving, until
from tests.channels.standin import RememberingApp

ANNA = 7
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
FILE = {"file_id": "f", "file_unique_id": "f"}
PERSON = {"id": 5, "is_bot": False, "first_name": "Rita", "last_name": "Recruiter"}
CHANNEL = {"id": -5, "type": "channel", "title": "Opdrachten"}
GROUP = {"id": -9, "type": "group", "title": "Netwerk"}
LEAD = "Gezocht: projectleider"


def document(name: str, mime: str | None = None, file_id: str = "f", size: int = 1000) -> dict[str, Any]:
    return {
        "document": {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "mime_type": mime,
            "file_size": size,
        }
    }


def origin(kind: str, **who: Any) -> dict[str, Any]:
    return {"forward_origin": {"type": kind, "date": 1} | who}


async def heard(*contents: dict[str, Any], files: dict[str, bytes] | None = None) -> list[Incoming]:
    """What the app received of these messages, and of the last word that closes each story."""
    async with FakeTelegram() as telegram:
        telegram.files = files or {}
        for content in contents:
            await telegram.says(ANNA, **content)
        await telegram.says(ANNA, "slot")
        app = RememberingApp()
        async with serving(app, telegram):
            await until(
                lambda: app.inbox and app.inbox[-1].text == "slot" and len(app.handled) == len(app.inbox)
            )
        return app.inbox[:-1]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "Ik ben vrij 😀"}, {"text": "Ik ben vrij 😀"}),
        ({"text": "/start ABC123"}, {"text": "/start ABC123"}),
        ({"photo": PHOTO, "caption": LEAD}, {"text": LEAD, "media": "photo"}),
        ({"photo": PHOTO}, {"kind": "media", "media": "photo"}),
        ({"voice": FILE | {"duration": 3}}, {"kind": "media", "media": "voice"}),
        ({"audio": FILE | {"duration": 3}}, {"kind": "media", "media": "voice"}),
        ({"video": FILE | {"duration": 3, "width": 9, "height": 9}}, {"kind": "media", "media": "video"}),
        ({"video_note": FILE | {"duration": 3, "length": 9}}, {"kind": "media", "media": "video"}),
        (
            {"animation": FILE | {"duration": 3, "width": 9, "height": 9}} | document("x.pdf"),
            {"kind": "media", "media": "video"},
        ),
        (
            {
                "sticker": FILE
                | {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
            },
            {"kind": "media", "media": "sticker"},
        ),
        ({"location": {"latitude": 52.1, "longitude": 5.1}}, {"kind": "media", "media": "location"}),
        ({"contact": {"phone_number": "06", "first_name": "Kees"}}, {"kind": "media", "media": "contact"}),
        ({"dice": {"emoji": "🎲", "value": 3}}, {"kind": "media", "media": "other"}),
        (
            {"text": LEAD} | origin("user", sender_user=PERSON),
            {"text": LEAD, "forwarded_from": "Rita Recruiter"},
        ),
        (
            {"text": LEAD} | origin("hidden_user", sender_user_name="R."),
            {"text": LEAD, "forwarded_from": "R."},
        ),
        ({"text": LEAD} | origin("chat", sender_chat=GROUP), {"text": LEAD, "forwarded_from": "Netwerk"}),
        (
            {"text": LEAD} | origin("channel", chat=CHANNEL, message_id=3),
            {"text": LEAD, "forwarded_from": "Opdrachten"},
        ),
        (document("cv.doc", "application/msword"), {"kind": "media", "media": "document"}),
        (document("x.pdf", PDF, size=MAX_BYTES + 1), {"kind": "media", "media": "too_large"}),
        (document("x.pdf", PDF, "broken"), {"kind": "media", "media": "unreadable"}),
        (document("x.pdf", PDF, "nowhere"), {"kind": "media", "media": "unreadable"}),
        (document("x.pdf", PDF, "huge"), {"kind": "media", "media": "too_large"}),
        (document("x.pdf", PDF, "pdf"), {"text": LEAD}),
        (
            document("x.docx", DOCX, "docx") | {"caption": "Iets voor jullie?"},
            {"text": f"Iets voor jullie?\n\n{LEAD}"},
        ),
        (document("x.pdf", PDF, "broken") | {"caption": LEAD}, {"text": LEAD, "media": "unreadable"}),
        (
            document("x.pdf", PDF, "pdf") | origin("user", sender_user=PERSON),
            {"text": LEAD, "forwarded_from": "Rita Recruiter"},
        ),
    ],
    ids=str,
)
def test_every_kind_of_message(content: dict[str, Any], expected: dict[str, Any]) -> None:
    files = {"pdf": pdf_of(LEAD), "docx": docx_of(LEAD), "broken": b"%PDF-?", "huge": bytes(20_000_001)}

    (incoming,) = asyncio.run(heard(content, files=files))

    assert asdict(incoming) == asdict(
        Incoming(
            channel="telegram",
            account="7",
            event_id="5001",
            message_id="1",
            display_name="P7 Test",
            handle="@p7",
            language="nl",
            **expected,
        )
    )


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"message_id": 9, "date": 1, "chat": GROUP, "from": people(ANNA)["from"], "text": "hoi"}},
        {"channel_post": {"message_id": 9, "date": 1, "chat": CHANNEL, "text": "hoi"}},
        {
            "message": {"message_id": 9, "date": 1, "delete_chat_photo": True} | people(ANNA)
        },  # the service itself
        {"message": {"message_id": "nonsense"}},  # what the library cannot read
        {"poll": {}},
        {},
    ],
)
def test_what_is_not_said_to_us_is_passed_by(update: dict[str, Any]) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.update(**update)
            await telegram.says(ANNA, "hallo")
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: app.inbox)
                await until(lambda: not telegram.pending)
            assert [incoming.text for incoming in app.inbox] == ["hallo"]

    asyncio.run(story())


def test_a_group_is_left() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.changes_membership(-9, "member", kind="group")
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: telegram.left)
            assert telegram.left == [-9]
            assert app.inbox == []

    asyncio.run(story())


def test_an_edit_names_the_message_it_changes() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            number = await telegram.says(ANNA, "vrij vanaf maart")
            await telegram.update(
                edited_message=telegram.message(ANNA, "vrij vanaf april") | {"message_id": number}
            )
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: len(app.handled) == 2)
            first, second = app.inbox
            assert (first.edited, second.edited) == (False, True)
            assert first.message_id == second.message_id == str(number)
            assert first.event_id != second.event_id
            assert second.text == "vrij vanaf april"

    asyncio.run(story())


def test_a_press_brings_its_token_and_is_answered_at_once() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            app = RememberingApp()
            await telegram.says(ANNA, "hallo")
            app.owe(str(ANNA), "Klopt dit?", "Klopt", "Aanpassen")
            async with serving(app, telegram):
                await until(lambda: telegram.texts(ANNA)[:1] == ["Klopt dit?"])
                await telegram.presses(ANNA, "Aanpassen")
                await until(lambda: len(app.inbox) == 2 and telegram.made("answerCallbackQuery"))
                telegram.queries.clear()
                telegram.faults.append(
                    Fault("answerCallbackQuery", status=400, description="Bad Request: query is too old")
                )
                await telegram.presses(ANNA, "Klopt")
                await until(lambda: len(app.handled) == 3 and telegram.made("answerCallbackQuery", 400))
            pressed = app.inbox[1]
            assert (pressed.kind, pressed.token, pressed.account) == ("press", "t0-1", str(ANNA))
            assert pressed.message_id == str(telegram.chats[ANNA][0].message_id)

    asyncio.run(story())


def test_blocking_and_coming_back() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.changes_membership(ANNA, "kicked")
            await telegram.changes_membership(ANNA, "member")
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: len(app.handled) == 2)
            assert [(heard.kind, heard.account) for heard in app.inbox] == [
                ("blocked", "7"),
                ("unblocked", "7"),
            ]

    asyncio.run(story())


@pytest.mark.parametrize("late", [0, 1, 2], ids=["all at once", "one late", "two late"])
def test_an_album_is_one_message(late: int) -> None:
    """Parts that come a moment later still belong to it; a part that comes again after a restart is a repeat."""

    async def story() -> None:
        async with FakeTelegram() as telegram:
            parts = [
                telegram.message(ANNA, media_group_id="G", photo=PHOTO),
                telegram.message(ANNA, media_group_id="G", photo=PHOTO, caption=LEAD),
                telegram.message(ANNA, media_group_id="G", photo=PHOTO),
            ]
            for part in parts[: 3 - late]:
                await telegram.update(message=part)
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: telegram.made("getUpdates"))
                for part in parts[3 - late :]:
                    await telegram.update(message=part)
                await telegram.says(ANNA, "en?")
                await until(lambda: len(app.handled) == 2)
            for part in parts:
                await telegram.update(message=part)
            await telegram.says(ANNA, "daarna")
            async with serving(app, telegram):
                await until(lambda: len(app.handled) == 3)
            assert [incoming.text for incoming in app.inbox] == [LEAD, "en?", "daarna"]
            assert app.inbox[0].event_id == "album:G"
            assert app.inbox[0].message_id == str(parts[1]["message_id"])

    asyncio.run(story())


def test_an_album_of_documents_keeps_all_its_words() -> None:
    files = {"a": pdf_of("De opdracht"), "b": docx_of("De bijlage")}
    parts = [
        document("a.pdf", PDF, "a") | {"media_group_id": "G"},
        document("b.docx", DOCX, "b") | {"media_group_id": "G"},
    ]

    (incoming,) = asyncio.run(heard(*parts, files=files))

    assert incoming.text == "De opdracht\n\nDe bijlage"


def test_an_update_that_comes_again_is_handled_once() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.says(ANNA, "een")
            first = telegram.pending[0]
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: app.handled and not telegram.pending)
                telegram.pending.append(first)
                await telegram.says(ANNA, "twee")
                await until(lambda: len(app.handled) == 2)
            telegram.pending.append(first)
            await telegram.says(ANNA, "drie")
            async with serving(app, telegram):  # another process, the same inbox
                await until(lambda: telegram.texts(ANNA)[2:] == ["gehoord: drie"])
            assert [incoming.text for incoming in app.inbox] == ["een", "twee", "drie"]
            assert telegram.texts(ANNA) == ["gehoord: een", "gehoord: twee", "gehoord: drie"]

    asyncio.run(story())


def test_an_update_is_not_acknowledged_before_it_is_stored() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.says(ANNA, "bewaar mij")
            app = RememberingApp()
            app.faults = [("receive", UnreachableError())] * 2
            async with serving(app, telegram):
                await until(lambda: len(app.faults) < 2)
                assert telegram.pending != []
                assert app.inbox == []
                await until(lambda: telegram.texts(ANNA) and not telegram.pending)
            assert telegram.texts(ANNA) == ["gehoord: bewaar mij"]

    asyncio.run(story())


@pytest.mark.parametrize("call", ["receive", "handle"])
def test_a_bug_in_one_message_does_not_stop_the_next(call: str) -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.says(ANNA, "stuk")
            await telegram.says(8, "heel")
            app = RememberingApp()
            app.faults = [(call, ValueError("stuk"))]
            async with serving(app, telegram):
                await until(lambda: telegram.texts(8) == ["gehoord: heel"])
            assert telegram.texts(ANNA) == []

    asyncio.run(story())


def test_what_waited_at_the_start_goes_before_what_is_new() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            await telegram.says(ANNA, "eerst")
            app = RememberingApp()
            app.receive(Incoming("telegram", str(ANNA), "5001", text="eerst"), app.clock.now())
            app.faults = [("catch_up", UnreachableError())]
            await telegram.says(ANNA, "dan")
            async with serving(app, telegram):
                await until(lambda: telegram.texts(ANNA) == ["gehoord: eerst", "gehoord: dan"])
            assert app.handled == [0, 1]

    asyncio.run(story())


def test_a_document_is_fetched_again_when_the_line_drops() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.files["f"] = pdf_of(LEAD)
            telegram.faults = [Fault("getFile", status=502, description="Bad Gateway")]
            await telegram.says(ANNA, **document("x.pdf", PDF))
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: app.inbox)
            assert app.inbox[0].text == LEAD

    asyncio.run(story())


def test_the_menu_is_shown_in_both_languages_and_the_name_is_known() -> None:
    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.faults = [Fault("getMe", status=500, description="Internal Server Error")]
            app = RememberingApp()
            async with serving(app, telegram):
                await until(lambda: app.bot_name)
            assert app.bot_name == "seintje_test_bot"
            assert telegram.webhook == ""
            first = {code: menu[0]["description"] for code, menu in telegram.commands.items()}
            assert first == {
                "": "Wat ik voor je kan doen",
                "nl": "Wat ik voor je kan doen",
                "en": "What I can do for you",
            }

    asyncio.run(story())


def test_two_processes_with_one_token_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "CONFLICT_S", 0.2)

    async def story() -> None:
        async with FakeTelegram() as telegram:
            app = RememberingApp()
            async with serving(app, telegram), serving(app, telegram):
                await until(lambda: telegram.made("getUpdates", 409))
                await telegram.says(ANNA, "hallo")
                await until(lambda: app.handled)
            assert len(app.inbox) == 1

    asyncio.run(story())
    assert "another process listens with this token" in caplog.text


def test_a_refused_token_ends_the_service_without_showing_it(caplog: pytest.LogCaptureFixture) -> None:
    wrong = "4242:" + "not-the-token"

    async def story() -> None:
        async with FakeTelegram() as telegram:
            app = RememberingApp()
            channel = module.TelegramChannel(app, wrong, telegram.api_url)
            await serve(app, [channel], asyncio.Event())

    with pytest.raises(SettingsError, match="does not accept SEINTJE_TELEGRAM_TOKEN") as raised:
        asyncio.run(story())
    shown = "".join(traceback.format_exception(raised.value))
    assert wrong not in shown + caplog.text


def test_the_log_holds_no_token_and_no_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")

    async def story() -> None:
        async with FakeTelegram() as telegram:
            telegram.files["f"] = b"%PDF- geheim"
            telegram.faults = [
                Fault("getUpdates", status=502, description="Bad Gateway geheim"),
                Fault("sendMessage"),
                Fault("sendMessage", status=400, description=f"Bad Request: geheim? {TOKEN}"),
            ]
            await telegram.says(ANNA, "geheim")
            await telegram.says(8, **document("geheim.pdf"))
            await telegram.update(message={"text": "geheim"})
            app = RememberingApp()
            app.faults = [("handle", ValueError("geheim"))]
            app.owe(str(ANNA), "geheim een")
            app.owe("8", "geheim twee")
            async with serving(app, telegram):
                await until(lambda: len(app.handled) == 1 and len(telegram.made("sendMessage", 400)) == 1)
                await until(lambda: [row.state for row in app.outbox if row.outcomes].count("sent") == 1)

    asyncio.run(story())
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert any("ValueError" in line for line in ours)
    assert [line for line in ours if "geheim een" in line or TOKEN in line] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gewoon", "gewoon"),
        ("half \ud83d teken", "half \ufffd teken"),
        ("nul\x00teken", "nulteken"),
        ("😀", "😀"),
    ],
)
def test_text_is_what_every_database_takes(text: str, expected: str) -> None:
    assert clean(text) == expected
    clean(text).encode()
