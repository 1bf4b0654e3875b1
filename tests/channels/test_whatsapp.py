"""WhatsApp, one to one: what people send is heard, what we send keeps to the limits, and a shut window holds nothing back for ever."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from assistant.app import App
from assistant.channels import whatsapp_updates as updates
from assistant.channels.documents import PDF
from assistant.channels.envelopes import MalformedError
from assistant.channels.porter import ForgedError
from assistant.channels.whatsapp import SIGNATURE_HEADER, WhatsAppChannel, number_of
from assistant.errors import SettingsError
from assistant.founding import create_collective
from assistant.loading import plain
from assistant.messages import Bars, Card, Document, Incoming, Unfetched
from assistant.notices import HERE, Knocking, Sorry
from assistant.settings import WhatsApp
from db import opt_ins, outbox, tables
from db.accounts import Account
from db.outbox import Message, NewMessage
from db.session import transaction
from tests.app.stage import NOW, Stage, staged, words
from tests.channels import stage as stage_of
from tests.channels.fake_whatsapp import (
    APP_SECRET,
    PHONE_ID,
    TEMPLATE,
    TOKEN,
    VERIFY,
    FakeWhatsApp,
    Fault,
    bsuid,
    signed,
)
from tests.channels.files import pdf_of
from tests.channels.stage import carried_out, until

ANNA, WIM = "31611111111", "31622222222"
SETTINGS = WhatsApp(TOKEN, PHONE_ID, APP_SECRET, VERIFY, TEMPLATE)
DAY = timedelta(days=1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as made:
        made.app.clock.stand_at(NOW)
        yield made


@asynccontextmanager
async def on_whatsapp(app: App, **how: Any) -> AsyncIterator[FakeWhatsApp]:
    """The fake platform and the service, each at its own address, at the same moment."""
    port = stage_of.free_port()
    async with FakeWhatsApp(f"http://127.0.0.1:{port}/whatsapp", **how) as whatsapp:
        whatsapp.now = app.clock.now().timestamp()
        channel = WhatsAppChannel(
            app, WhatsApp(TOKEN, PHONE_ID, APP_SECRET, VERIFY, TEMPLATE, whatsapp.api_url)
        )
        async with stage_of.hooked(app, channel, channel.routes, port):
            yield whatsapp


async def joined(app: App, whatsapp: FakeWhatsApp) -> None:
    code = create_collective(app, "De Kring", "Anna", "nl", app.clock.now()).code
    await whatsapp.says(ANNA, f"/start {code}")
    await until(lambda: len(whatsapp.texts(ANNA)) == 1)
    await whatsapp.presses(ANNA, "Ja, akkoord")
    await until(lambda: len(whatsapp.texts(ANNA)) == 2)


def passes(app: App, whatsapp: FakeWhatsApp, time: timedelta) -> None:
    app.clock.stand_at(app.clock.now() + time)
    whatsapp.now = app.clock.now().timestamp()


def owe(app: App, who: str, *texts: str) -> None:
    with transaction(app.engine) as session:
        account = session.scalars(select(Account).where(Account.external_id == who)).one()
        for text in texts:
            message = NewMessage(
                account_id=account.id,
                collective_id=None,
                cause=f"test:{text}",
                position=0,
                card=plain(Card(text)),
                edits_id=None,
                created_at=app.clock.now(),
                retry_at=None,
            )
            outbox.put(session, [message])


def test_a_newcomer_joins_and_every_message_is_accounted_for(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            await whatsapp.says(WIM, "hallo")
            await until(lambda: len(whatsapp.texts(WIM)) == 1)
            await joined(stage.app, whatsapp)
            await until(
                lambda: all(row.receipt == "read" for row in stage.rows(Message) if row.edits_id is None)
            )

        accounts = {row.external_id: row for row in stage.rows(Account)}
        assert set(accounts) == {bsuid(ANNA), bsuid(WIM)}
        assert accounts[bsuid(ANNA)].handle == f"+{ANNA}"
        assert {row.state for row in stage.rows(Message)} == {"sent"}
        assert [(row.given, row.source) for row in stage.rows(tables.OptIn)] == [(True, "agreed")]
        assert whatsapp.refused == []

    asyncio.run(story())


def test_who_shows_no_number_is_known_and_answered_all_the_same(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app, numbered=False) as whatsapp:
            await joined(stage.app, whatsapp)
        (account,) = stage.rows(Account)
        assert (account.external_id, account.handle) == (bsuid(ANNA), None)

    asyncio.run(story())


def test_invitations_carry_the_number_the_platform_told(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app):
            await until(lambda: stage.app.apps.number)

    asyncio.run(story())
    founded = create_collective(stage.app, "De Kring", "Anna", "nl", stage.app.clock.now())
    assert founded.link == f"https://wa.me/31200000000?text=%2Fstart%20{founded.code}"


def test_after_a_day_one_knock_and_then_all_that_was_kept_in_order(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            await joined(stage.app, whatsapp)
            passes(stage.app, whatsapp, 3 * DAY)
            owe(stage.app, bsuid(ANNA), "een", "twee")
            await until(lambda: whatsapp.texts(ANNA)[2:] == [f"[{TEMPLATE}]"])
            passes(stage.app, whatsapp, 3 * DAY)
            owe(stage.app, bsuid(ANNA), "drie")
            await until(lambda: len([row for row in stage.rows(Message) if row.state == "owed"]) == 3)
            await whatsapp.presses_template(ANNA)
            await until(lambda: whatsapp.texts(ANNA)[3:] == ["een", "twee", "drie"], 15)

        assert whatsapp.refused == []
        assert whatsapp.chats[ANNA][2]["template"]["language"] == {"code": "nl"}

    asyncio.run(story())


def test_a_document_of_a_shape_we_do_not_know_holds_up_nothing(stage: Stage) -> None:
    strange = {"id": "1", "filename": "x.pdf", "mime_type": PDF, "caption": {"body": "lees"}}

    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            await joined(stage.app, whatsapp)
            await whatsapp.sends(ANNA, {"type": "document", "document": strange})
            await whatsapp.sends(WIM, {"type": "document", "document": strange})
            await whatsapp.says(ANNA, "hulp")
            await until(lambda: len(whatsapp.texts(ANNA)) == 4)
            await until(lambda: stage.states().count("failed") == 2)

            assert whatsapp.texts(ANNA)[2] == words(Sorry(HERE), "nl")
            assert whatsapp.texts(WIM) == []  # whom we do not know

    asyncio.run(story())


def test_who_does_not_want_to_be_written_to_first_is_not(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            await joined(stage.app, whatsapp)
            await whatsapp.wishes(ANNA, "stop")
            await until(lambda: len(stage.rows(tables.OptIn)) == 2)
            passes(stage.app, whatsapp, 3 * DAY)
            owe(stage.app, bsuid(ANNA), "een")
            await whatsapp.wishes(ANNA, "resume")
            await until(lambda: whatsapp.texts(ANNA)[2:] == [f"[{TEMPLATE}]"])
            await whatsapp.says(ANNA, "ik ben er")
            await until(lambda: "een" in whatsapp.texts(ANNA))

        with transaction(stage.app.engine) as session:
            assert opt_ins.is_given(session, 1)

    asyncio.run(story())


def test_whose_window_is_shut_hears_it_on_another_channel(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            await joined(stage.app, whatsapp)
            with transaction(stage.app.engine) as session:
                (account,) = session.scalars(select(Account)).all()
                session.add(
                    Account(channel="test", external_id="anna", display_name="", person_id=account.person_id)
                )
            passes(stage.app, whatsapp, 3 * DAY)
            owe(stage.app, bsuid(ANNA), "een", "twee")
            heard: list[str] = []
            while len(heard) < 2:
                await asyncio.sleep(0.01)
                heard += [text for _, text in await asyncio.to_thread(stage.deliver)]

            assert heard == ["een", "twee"]
            assert len(whatsapp.texts(ANNA)) == 2

    asyncio.run(story())


def test_a_window_that_shut_on_the_way_loses_nothing(stage: Stage) -> None:
    """By the platform's clock it was shut, or it said so only in a receipt."""

    async def story() -> None:
        async with on_whatsapp(stage.app, receipts=False) as whatsapp:
            await joined(stage.app, whatsapp)
            whatsapp.heard[ANNA] -= 2 * DAY.total_seconds()
            owe(stage.app, bsuid(ANNA), "een")
            await until(lambda: whatsapp.texts(ANNA)[2:] == [f"[{TEMPLATE}]"])
            assert whatsapp.refused == [131047]
            passes(stage.app, whatsapp, timedelta(minutes=1))
            await whatsapp.presses_template(ANNA)
            await until(lambda: whatsapp.texts(ANNA)[3:] == ["een"])
            number = next(row.id for row in stage.rows(Message) if row.card["text"] == "een")
            await until(lambda: stage.rows(Message)[-2].state == "sent")
            errors = [{"code": 131047, "title": "Re-engagement message"}]
            await whatsapp.reports(ANNA, "x", "failed", str(number), errors=errors)
            await until(lambda: stage.rows(Message)[number - 1].state == "owed")
            assert len(whatsapp.texts(ANNA)) == 4  # one knock is enough
            await whatsapp.says(ANNA, "ja?")
            await until(lambda: "een" in whatsapp.texts(ANNA)[4:])

    asyncio.run(story())


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        (Fault(ANNA, 400, 131056), 1),
        (Fault(ANNA, 500, 131000), 1),
        (Fault(ANNA), 1),
        (Fault(ANNA, taken=True), 2),  # nobody can know that it was accepted
    ],
    ids=str,
)
def test_what_goes_wrong_is_tried_again(
    fault: Fault, sent: int, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.channels.whatsapp.TOO_FAST", {131056: 0.1})
    monkeypatch.setattr("assistant.channels.sender.LONGEST_PAUSE_S", 0.1)
    monkeypatch.setattr("assistant.channels.sender.LOOK_AGAIN_S", 0.05)

    async def story() -> None:
        async with on_whatsapp(stage.app, receipts=False, faults=[fault]) as whatsapp:
            await whatsapp.says(ANNA, "hallo")
            await until(lambda: {row.attempts for row in stage.rows(Message)} == {1})
            passes(stage.app, whatsapp, timedelta(minutes=2))
            await until(lambda: [row.state for row in stage.rows(Message)] == ["sent"])
            assert len(whatsapp.texts(ANNA)) == sent

    asyncio.run(story())


def test_what_the_platform_never_takes_is_set_aside_and_who_is_gone_is_kept(stage: Stage) -> None:
    async def story() -> None:
        faults = [Fault(ANNA, 400, 131009), Fault(WIM, 400, 131026)]
        async with on_whatsapp(stage.app, receipts=False, faults=faults) as whatsapp:
            await whatsapp.says(ANNA, "hallo")
            await whatsapp.says(WIM, "hallo")
            await until(lambda: sorted(whatsapp.refused) == [131009, 131026])
            await until(lambda: [row.note for row in stage.rows(Message)].count(None) == 0)
            await whatsapp.says(WIM, "ik ben terug")
            await until(lambda: len(whatsapp.texts(WIM)) == 2)
        notes = {row.account_id: row.state for row in stage.rows(Message)}
        assert set(notes.values()) == {"failed", "sent"}

    asyncio.run(story())


def test_a_picture_goes_up_first_and_comes_after_its_words(stage: Stage) -> None:
    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            await joined(stage.app, whatsapp)
            card = plain(Card("Zo verdelen we.", picture=Bars("Seintjes per lid", (("0", 3), ("1", 2)))))
            with transaction(stage.app.engine) as session:
                (account,) = session.scalars(select(Account)).all()
                message = NewMessage(
                    account_id=account.id,
                    collective_id=None,
                    cause="test",
                    position=0,
                    card=card,
                    edits_id=None,
                    created_at=stage.app.clock.now(),
                    retry_at=None,
                )
                outbox.put(session, [message])
            await until(lambda: whatsapp.texts(ANNA)[2:] == ["Zo verdelen we.", "[image]"])
            assert [data[:4] for data in whatsapp.uploaded.values()] == [b"\x89PNG"]

    asyncio.run(story())


def test_documents_go_both_ways(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = carried_out(monkeypatch)

    async def story() -> None:
        async with on_whatsapp(stage.app) as whatsapp:
            whatsapp.files = {"m1": pdf_of("Gezocht: projectleider")}
            document = {"id": "m1", "filename": "vraag.pdf", "mime_type": PDF, "caption": "iets?"}
            await whatsapp.sends(ANNA, {"type": "document", "document": document})
            await until(lambda: len(whatsapp.texts(ANNA)) == 1, 15)
            assert [each.text for each in heard] == ["iets?\n\nGezocht: projectleider"]

            card = plain(Card("Je overzicht.", document=Document("2026.pdf", PDF, b"%PDF")))
            owe(stage.app, bsuid(ANNA), "x")
            with transaction(stage.app.engine) as session:
                session.scalars(select(Message).where(Message.cause == "test:x")).one().card = card
            await until(lambda: whatsapp.texts(ANNA)[1:] == ["Je overzicht.", "[2026.pdf]"])
            assert list(whatsapp.uploaded.values()) == [b"%PDF"]

    asyncio.run(story())


# --- the door ---------------------------------------------------------------------------------------------------


def asked(stage: Stage, method: str, **how: Any) -> httpx.Response:
    async def story() -> httpx.Response:
        app = Starlette(routes=WhatsAppChannel(stage.app, SETTINGS).routes)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as client:
            return await client.request(method, "/whatsapp", **how)

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("mode", "token", "status", "text"),
    [
        ("subscribe", VERIFY, 200, "12345"),
        ("subscribe", "guess", 403, ""),
        ("other", VERIFY, 403, ""),
        ("subscribe", "", 403, ""),
    ],
)
def test_the_handshake(mode: str, token: str, status: int, text: str, sqlite_url: str) -> None:
    with staged(sqlite_url) as stage:
        answer = asked(
            stage,
            "GET",
            params={"hub.mode": mode, "hub.verify_token": token, "hub.challenge": "12345"},
        )
    assert (answer.status_code, answer.text) == (status, text)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {}, 403),
        (b"{}", signed(b"{} "), 403),  # one byte differs
        (b"{}", signed(b"{}", "guess"), 403),
        (b"{}", signed(b"{}"), 200),  # no webhook of ours: it would come again for ever
        (b"[" * 99_999, signed(b"[" * 99_999), 200),
        (b'{"entry": [{"changes": [{"field": "account_update", "value": {}}]}]}', None, 200),
    ],
    ids=lambda value: str(value)[:30],
)
def test_who_may_knock(body: bytes, headers: dict[str, str] | None, status: int, sqlite_url: str) -> None:
    with staged(sqlite_url) as stage:
        given = signed(body) if headers is None else headers
        assert asked(stage, "POST", content=body, headers=given).status_code == status
        assert stage.rows(tables.Heard) == []


# --- what payloads say ------------------------------------------------------------------------------------------

CONTACT = {"profile": {"name": "Anna"}, "wa_id": ANNA, "user_id": bsuid(ANNA)}
AT = 1_795_424_400
ME: dict[str, Any] = {
    "channel": "whatsapp",
    "account": "",
    "event_id": "",
    "display_name": "Anna",
    "handle": f"+{ANNA}",
}


def content(**message: Any) -> dict[str, Any]:
    return {
        "message": {"from": ANNA, "id": "wamid.1", "timestamp": str(AT)} | message,
        "contact": CONTACT,
        "at": AT,
    }


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"type": "text", "text": {"body": "ik ben vrij"}}, {"text": "ik ben vrij"}),
        (
            {"type": "text", "text": {"body": "x"}, "context": {"forwarded": True}},
            {"text": "x", "forwarded_from": ""},
        ),
        (
            {"type": "text", "text": {"body": "x"}, "context": {"frequently_forwarded": True}},
            {"text": "x", "forwarded_from": ""},
        ),
        ({"type": "text", "text": {"body": "x"}, "context": {"id": "wamid.0"}}, {"text": "x"}),
        (
            {
                "type": "interactive",
                "interactive": {"type": "button_reply", "button_reply": {"id": "t", "title": "Ja"}},
            },
            {"kind": "press", "token": "t"},
        ),
        (
            {
                "type": "interactive",
                "interactive": {"type": "list_reply", "list_reply": {"id": "t", "title": "Ja"}},
            },
            {"kind": "press", "token": "t"},
        ),
        (
            {"type": "button", "button": {"payload": "x", "text": "Ja"}},
            {"kind": "unblocked", "message_id": None},
        ),
        ({"type": "image", "image": {"id": "1"}}, {"kind": "media", "media": "photo"}),
        ({"type": "image", "image": {"id": "1", "caption": "x"}}, {"text": "x", "media": "photo"}),
        ({"type": "audio", "audio": {"id": "1", "voice": True}}, {"kind": "media", "media": "voice"}),
        ({"type": "video", "video": {"id": "1"}}, {"kind": "media", "media": "video"}),
        ({"type": "sticker", "sticker": {"id": "1"}}, {"kind": "media", "media": "sticker"}),
        (
            {"type": "location", "location": {"latitude": 1, "longitude": 1}},
            {"kind": "media", "media": "location"},
        ),
        ({"type": "contacts", "contacts": [{"name": {}}]}, {"kind": "media", "media": "contact"}),
        ({"type": "order", "order": {}}, {"kind": "media", "media": "other"}),
        ({"type": "unsupported", "errors": []}, {"kind": "media", "media": "other"}),
        (
            {"type": "document", "document": {"id": "1", "filename": "x.exe"}},
            {"kind": "media", "media": "document"},
        ),
        (
            {
                "type": "edit",
                "edit": {
                    "original_message_id": "wamid.0",
                    "message": {"type": "text", "text": {"body": "x"}},
                },
            },
            {"text": "x", "edited": True, "message_id": "wamid.0"},
        ),
    ],
    ids=lambda value: str(value.get("type", ""))[:20] if isinstance(value, dict) else "",
)
def test_what_a_message_says(message: dict[str, Any], expected: dict[str, Any]) -> None:
    heard = updates.read(content(**message))

    assert heard == Incoming(
        **(ME | {"message_id": "wamid.1", "sent_at": datetime.fromtimestamp(AT, UTC)} | expected)
    )


@pytest.mark.parametrize("kind", ["reaction", "revoke", "system", "request_welcome", "something_new"])
def test_what_says_nothing(kind: str) -> None:
    assert updates.read(content(type=kind)) is None


def test_a_document_that_can_be_read_is_fetched_first() -> None:
    document = {"id": "1", "filename": "x.pdf", "mime_type": PDF}
    assert updates.read(content(type="document", document=document)) == Unfetched()


def webhook(**value: Any) -> bytes:
    metadata = {"metadata": {"phone_number_id": PHONE_ID}}
    return json.dumps({"entry": [{"changes": [{"field": "messages", "value": metadata | value}]}]}).encode()


def test_a_batch_is_told_in_the_order_it_was_said() -> None:
    messages = [
        {"from": ANNA, "id": f"wamid.{n}", "timestamp": str(AT + at), "type": "text", "text": {"body": "x"}}
        for n, at in ((1, 5), (2, 3), (3, 4))
    ]
    found = updates.brought(webhook(contacts=[CONTACT], messages=messages), PHONE_ID)

    assert [event.event_id for event in found.events] == ["wamid.2", "wamid.3", "wamid.1"]
    assert {event.account for event in found.events} == {bsuid(ANNA)}


@pytest.mark.parametrize(
    ("contacts", "message", "account"),
    [
        ([CONTACT], {"from": ANNA}, bsuid(ANNA)),
        ([CONTACT], {"from_user_id": bsuid(ANNA)}, bsuid(ANNA)),
        ([], {"from": ANNA}, ANNA),
        ([{"wa_id": ANNA}], {"from": ANNA}, ANNA),
        ([{"wa_id": WIM, "user_id": bsuid(WIM)}, CONTACT], {"from": ANNA}, bsuid(ANNA)),
        ([{"user_id": bsuid(WIM)}, {"user_id": bsuid(ANNA)}], {"from_user_id": bsuid(ANNA)}, bsuid(ANNA)),
    ],
)
def test_who_it_is_from(contacts: list[Any], message: dict[str, Any], account: str) -> None:
    said = {"id": "1", "timestamp": "1", "type": "text", "text": {"body": "x"}} | message
    (event,) = updates.brought(webhook(contacts=contacts, messages=[said]), PHONE_ID).events

    assert event.account == account


def test_what_is_for_another_number_is_not_ours() -> None:
    found = updates.brought(webhook(messages=[{"from": ANNA, "id": "1", "timestamp": "1"}]), "999")

    assert (found.events, found.receipts) == ([], [])


def test_a_signature_is_over_the_raw_bytes(sqlite_url: str) -> None:
    with staged(sqlite_url) as stage:
        channel = WhatsAppChannel(stage.app, SETTINGS)
        body = webhook(statuses=[{"id": "x", "status": "read", "biz_opaque_callback_data": "7"}])
        given = {SIGNATURE_HEADER: signed(body)["X-Hub-Signature-256"]}

        (receipt,) = channel.brought(body, given).receipts
        assert (receipt.message_id, receipt.state) == (7, "read")
        with pytest.raises(ForgedError):
            channel.brought(body.replace(b"7", b"8"), given)
        with pytest.raises(MalformedError):
            channel.brought(b"7", {SIGNATURE_HEADER: signed(b"7")["X-Hub-Signature-256"]})


def test_the_operator_has_the_text_that_is_knocked_with_approved() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")

    for language in ("nl", "en"):
        assert words(Knocking(HERE), language) in page
    assert TEMPLATE in page


def test_the_doctor_asks_for_the_number() -> None:
    async def story() -> None:
        async with FakeWhatsApp() as whatsapp:
            known = replace(SETTINGS, api_url=whatsapp.api_url)
            assert await asyncio.to_thread(number_of, known) == "+31 20 000 00 00"
            with pytest.raises(SettingsError, match="WHATSAPP_TOKEN"):
                await asyncio.to_thread(number_of, replace(known, token="wrong"))
        with pytest.raises(SettingsError, match="cannot be asked"):
            await asyncio.to_thread(number_of, known)

    asyncio.run(story())
