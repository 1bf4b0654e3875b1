"""Strange payloads through the front door, with members' own messages in between: those are heard, whatever comes beside them."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import httpx
from sqlalchemy import select
from starlette.applications import Starlette

from assistant.app import App
from assistant.channels import Listener
from assistant.channels.telegram_hook import SECRET_HEADER, TelegramWebhook, secret_of
from assistant.channels.whatsapp import WhatsAppChannel
from assistant.founding import create_collective
from assistant.notices import HERE, Sorry
from assistant.settings import WhatsApp
from assistant.words import say
from db.inbox import Heard
from db.outbox import Message
from db.session import open_database, transaction
from nlu import Reader
from tests.channels.fake_telegram import TOKEN, FakeTelegram, people
from tests.channels.fake_whatsapp import APP_SECRET, PHONE_ID, TEMPLATE, VERIFY, FakeWhatsApp, bsuid, signed
from tests.channels.fake_whatsapp import TOKEN as WHATSAPP_TOKEN
from tests.fuzzing.payloads import Json, Mutator, request

Event = tuple[str, str]  # channel and event_id
SECRET = {SECRET_HEADER: secret_of(TOKEN)}
EVERY = 20  # payloads, and then somebody says something sensible
SIDE_BY_SIDE = 10  # requests at once
ANNA, WIM = 900, "31699999999"  # who are members, and say what they mean
TEXT = "Ik ben vrij vanaf {} maart"


async def walk_in(url: str, reader: Reader, count: int, seed: int) -> Counter[str]:
    """What the requests were answered, and what became of the events. Raises AssertionError for what should not be."""
    app = App(open_database(url), reader)
    found = Counter[str]()
    async with FakeTelegram() as telegram, FakeWhatsApp() as whatsapp:
        settings = WhatsApp(WHATSAPP_TOKEN, PHONE_ID, APP_SECRET, VERIFY, TEMPLATE, whatsapp.api_url)
        hook = TelegramWebhook(app, TOKEN, "https://x.example/telegram", api_url=telegram.api_url)
        channels: Sequence[Listener] = (hook, WhatsAppChannel(app, settings))
        site = Starlette(routes=[*hook.routes, *channels[1].routes])  # type: ignore[attr-defined]
        transport = httpx.ASGITransport(app=site)
        wake = asyncio.Event()
        listening = [asyncio.create_task(channel.listen(wake)) for channel in channels]
        async with httpx.AsyncClient(transport=transport, base_url="http://seintje") as client:
            said = await _join(app, client)
            said += await _bring(client, Mutator(seed), count, found)
            await _handled(app)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        for channel in channels:
            await channel.close()
    try:
        _judge(app, said, found)
    finally:
        app.engine.dispose()  # a connection left open would fail whatever test comes next
    return found


async def _join(app: App, client: httpx.AsyncClient) -> list[Event]:
    """Two members, each by an invitation; the names of what they said."""
    code = create_collective(app, "De Kring", "Anna", "nl", app.clock.now()).code
    await _post(client, "/telegram", _said(0, ANNA, f"/start {code}"))
    code = create_collective(app, "De Band", "Wim", "nl", app.clock.now()).code
    await _post(client, "/whatsapp", _written("wamid.first", f"/start {code}"))
    return [("telegram", "0"), ("whatsapp", "wamid.first")]


async def _bring(client: httpx.AsyncClient, mutator: Mutator, count: int, found: Counter[str]) -> list[Event]:
    said: list[Event] = []
    for first in range(1, count + 1, SIDE_BY_SIDE):
        bodies: list[tuple[str, bytes]] = []
        for number in range(first, min(first + SIDE_BY_SIDE, count + 1)):
            if number % 2:
                bodies.append(("/telegram", mutator.body(mutator.telegram(number))))
            else:
                bodies.append(("/whatsapp", mutator.body(mutator.whatsapp(number))))
            if number % EVERY == 0:
                text = TEXT.format(1 + number % 28)
                bodies.append(("/telegram", json.dumps(_said(10**6 + number, ANNA, text)).encode()))
                bodies.append(("/whatsapp", json.dumps(_written(f"wamid.own{number}", text)).encode()))
                said += [("telegram", str(10**6 + number)), ("whatsapp", f"wamid.own{number}")]
        for status in await asyncio.gather(*(_sent(client, path, body) for path, body in bodies)):
            found[f"answered {status}"] += 1
    return said


async def _post(client: httpx.AsyncClient, path: str, content: Json) -> None:
    assert await _sent(client, path, json.dumps(content).encode()) == 200


async def _sent(client: httpx.AsyncClient, path: str, body: bytes) -> int:
    headers = SECRET if path == "/telegram" else signed(body)
    status = 503
    while status == 503:  # the database is busy: a platform brings it again
        status = (await client.post(path, content=body, headers=headers)).status_code
    return status


def _said(number: int, chat: int, text: str) -> Json:
    message = {"message_id": number + 1, "date": int(_now().timestamp()), "text": text} | people(chat)
    return {"update_id": number, "message": message}


def _written(name: str, text: str) -> Json:
    message = {
        "from": WIM,
        "id": name,
        "timestamp": str(int(_now().timestamp())),
        "type": "text",
        "text": {"body": text},
    }
    contact = {"profile": {"name": "Wim"}, "wa_id": WIM, "user_id": bsuid(WIM)}
    value = {"metadata": {"phone_number_id": PHONE_ID}, "contacts": [contact], "messages": [message]}
    return request({"field": "messages", "value": value})


def _now() -> datetime:
    return datetime.now(UTC)


async def _handled(app: App) -> None:
    is_done = False
    while not is_done:
        await asyncio.sleep(0.05)
        is_done = not (await asyncio.to_thread(app.backlog, _now()))["waiting"]


def _judge(app: App, said: Sequence[Event], found: Counter[str]) -> None:
    with transaction(app.engine) as session:
        events = session.scalars(select(Heard)).all()
        cards = session.scalars(select(Message)).all()
    states = {(event.channel, event.event_id): event for event in events}
    found.update(event.error or event.state for event in events)
    sorry = {say(Sorry(HERE), language, "Europe/Amsterdam").text for language in ("nl", "en")}
    caused = {card.cause for card in cards}

    assert {each for each in found if each.startswith("answered")} <= {"answered 200", "answered 413"}
    lost = {each: states.get(each) for each in said if each not in states or states[each].state != "handled"}
    assert {name: event and (event.state, event.error) for name, event in lost.items()} == {}
    unanswered = [each for each in said[:60] if f"inbox:{states[each].id}" not in caused]
    assert unanswered == []  # later ones come faster than one person may write
    assert {event.error for event in events} <= {None, "MalformedError"}
    unreadable = {f"inbox:{event.id}" for event in events if event.error}
    assert {card.cause for card in cards if card.card["text"] in sorry} <= unreadable
