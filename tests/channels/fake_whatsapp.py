"""A small Cloud API for tests: one business number, people one to one, strict about limits and the 24-hour window.

It does what the documentation promises: outside the window only an approved template is taken, limits are refused with
the API's own codes, statuses follow, webhooks are signed over their raw bytes and come again until they are taken.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Self

from aiohttp import ClientError, ClientSession, web

from tests.channels.fake_telegram import was_told

Json = dict[str, Any]

PHONE_ID, TOKEN, APP_SECRET, VERIFY = "1122334455", "fake-whatsapp-token", "fake-app-secret", "fake-verify"
TEMPLATE = "seintje_bericht"


class RefusalError(Exception):
    """An answer other than 200: a status, and the API's own code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.code, self.message = status, code, message


@dataclass
class Fault:
    """What a scripted call to send meets. With code 0 the connection is cut; `taken`: after it was accepted."""

    to: str
    status: int = 0
    code: int = 0
    taken: bool = False

    def refuse(self) -> None:
        """Raises RefusalError where one is scripted."""
        if self.code:
            raise RefusalError(self.status, self.code, "scripted")


@dataclass(frozen=True)
class Accepted:
    """A message the platform took, at a moment of the monotonic clock; `cut`: and never said so."""

    who: str
    name: str
    body: Json
    at: float
    cut: bool


@dataclass
class FakeWhatsApp:
    """`async with FakeWhatsApp() as whatsapp:` serves at `whatsapp.api_url` until the block ends.

    People are known by their number. `chats` holds what each was sent, `heard` when they last wrote, in the seconds
    of `now`, which a test may move.
    """

    webhook: str = ""
    numbered: bool = True  # whether payloads and chats show numbers, or business-scoped ids alone
    now: float = field(default_factory=time.time)
    chats: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    heard: dict[str, float] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)  # who stopped marketing messages
    faults: list[Fault] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)  # codes
    accepted: list[Accepted] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)  # ids of all that people sent
    files: dict[str, bytes] = field(default_factory=dict)
    uploaded: dict[str, bytes] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)  # what our webhook answered
    receipts: bool = True
    under_way: int = 0  # webhooks that are not taken yet

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v23.0/{phone}/messages", self._send)
        app.router.add_post("/v23.0/{phone}/media", self._upload)
        app.router.add_get("/v23.0/{media}", self._media)
        app.router.add_get("/file/{media}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v23.0"

    # --- what people do

    async def says(self, who: str, text: str, **more: Any) -> str:
        """A text message; its id."""
        return await self.sends(who, {"type": "text", "text": {"body": text}} | more)

    async def presses(self, who: str, label: str) -> None:
        """The newest button or row whose words contain this."""
        body, title, token = next(
            (body, title, token)
            for body in reversed(self.chats[who])
            for title, token in shown(body)
            if label in title
        )
        await self.presses_data(who, body, title, token)

    async def presses_data(self, who: str, body: Json, title: str, token: str) -> None:
        """A button or row by what it carries."""
        kind = "button_reply" if body["interactive"]["type"] == "button" else "list_reply"
        await self.sends(
            who, {"type": "interactive", "interactive": {"type": kind, kind: {"id": token, "title": title}}}
        )

    async def presses_template(self, who: str) -> None:
        """The button under the knock."""
        await self.sends(who, {"type": "button", "button": {"payload": "x", "text": "Laat maar zien"}})

    async def sends(self, who: str, content: Json) -> str:
        """Any message; its id."""
        message = {"id": f"wamid.in{next(self._numbers)}", "timestamp": str(int(self.now))} | content
        message |= {"from": who} if self.numbered else {"from_user_id": bsuid(who)}
        self.heard[who] = self.now
        self.blocked.discard(who)
        self.brought.append(message["id"])
        await self.post({"contacts": [self._contact(who)], "messages": [message]})
        return str(message["id"])

    async def wishes(self, who: str, value: str) -> None:
        """The person stops or resumes marketing messages, in the app itself."""
        (self.unwanted.add if value == "stop" else self.unwanted.discard)(who)
        wish = {"wa_id": who, "category": "marketing_messages", "value": value, "timestamp": int(self.now)}
        await self.post({"contacts": [self._contact(who)], "user_preferences": [wish]}, "user_preferences")

    async def post(self, value: Json, kind: str = "messages") -> None:
        """One webhook, again until it is taken."""
        metadata = {"display_phone_number": "31200000000", "phone_number_id": PHONE_ID}
        change = {"field": kind, "value": {"messaging_product": "whatsapp", "metadata": metadata} | value}
        body = json.dumps(
            {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
        )
        self.under_way += 1
        async with ClientSession() as client:
            while True:
                try:
                    async with client.post(
                        self.webhook, data=body.encode(), headers=signed(body.encode())
                    ) as answer:
                        self.statuses.append(answer.status)
                        if answer.status == 200:
                            self.under_way -= 1
                            return
                except ClientError:
                    self.statuses.append(0)
                await asyncio.sleep(0.05)

    def _contact(self, who: str) -> Json:
        named: Json = {"profile": {"name": f"Naam {who[-2:]}"}, "user_id": bsuid(who)}
        return named | ({"wa_id": who} if self.numbered else {})

    # --- what tests look at

    def texts(self, who: str) -> list[str]:
        """What the person reads, top to bottom; a template by its name in brackets."""
        return [said(body) for body in self.chats[who]]

    # --- what the business asks

    async def _send(self, request: web.Request) -> web.Response:
        try:
            self._authorised(request)
            body = await request.json()
            who = self._recipient(body)
            fault = next((each for each in self.faults if each.to == who), None)
            if fault is not None:
                self.faults.remove(fault)
                fault.refuse()
                if not fault.taken and request.transport is not None:
                    request.transport.abort()
                    return web.Response()
            name, at = self._taken(who, body), time.monotonic()
            self.accepted.append(Accepted(who, name, body, at, fault is not None))
            if fault is not None and request.transport is not None:
                request.transport.abort()
        except RefusalError as refusal:
            self.refused.append(refusal.code)
            error = {"message": refusal.message, "type": "OAuthException", "code": refusal.code}
            return web.json_response({"error": error}, status=refusal.status)
        contacts = [{"input": who, "wa_id": who}]
        answer = web.json_response(
            {"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": name}]}
        )
        if not await was_told(request, answer):  # whoever asked gave up meanwhile, or is gone
            self.accepted = [replace(each, cut=True) if each.name == name else each for each in self.accepted]
        return answer

    def _recipient(self, body: Json) -> str:
        if body.get("messaging_product") != "whatsapp" or body.get("recipient_type") != "individual":
            raise RefusalError(400, 100, "(#100) The parameter messaging_product is required.")
        _only(
            body,
            {"messaging_product", "recipient_type", "to", "recipient", "biz_opaque_callback_data", "type"}
            | {body["type"]},
        )
        if len(str(body.get("biz_opaque_callback_data", ""))) > 512:
            raise RefusalError(400, 100, "(#100) biz_opaque_callback_data is too long")
        to = str(body.get("to") or body.get("recipient", "")).removeprefix("NL.")
        if not to.isdecimal():
            raise RefusalError(400, 100, "(#100) no recipient")
        return to

    def _taken(self, who: str, body: Json) -> str:
        content = checked(body)
        if body["type"] in ("image", "document") and content["id"] not in self.uploaded:
            raise RefusalError(400, 131053, "(#131053) Media upload error")
        template = body["type"] == "template"
        if template and content["name"] != TEMPLATE:
            raise RefusalError(404, 132001, "(#132001) Template name does not exist in the translation")
        if template and who in self.unwanted:
            raise RefusalError(400, 131050, "(#131050) User has stopped marketing messages")
        if not template and self.now - self.heard.get(who, 0) > 24 * 3600:
            raise RefusalError(400, 131047, "(#131047) Re-engagement message")
        if who in self.blocked:
            raise RefusalError(400, 131026, "(#131026) Message undeliverable")
        name = f"wamid.out{next(self._numbers)}"
        self.chats[who].append(body)
        if self.receipts and self.webhook:
            for state in ("sent", "delivered", "read"):
                self._beside(self.reports(who, name, state, str(body["biz_opaque_callback_data"])))
        return name

    async def reports(self, who: str, name: str, state: str, tracked: str, **more: Any) -> None:
        """A receipt."""
        status = {"id": name, "status": state, "timestamp": str(int(self.now)), "recipient_id": who}
        await self.post({"statuses": [status | {"biz_opaque_callback_data": tracked} | more]})

    def _beside(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _upload(self, request: web.Request) -> web.Response:
        self._authorised(request)
        form = await request.post()
        name = f"media{next(self._numbers)}"
        self.uploaded[name] = form["file"].file.read()  # type: ignore[union-attr]
        return web.json_response({"id": name})

    async def _media(self, request: web.Request) -> web.Response:
        self._authorised(request)
        name = request.match_info["media"]
        if name == PHONE_ID:
            return web.json_response({"display_phone_number": "+31 20 000 00 00", "id": PHONE_ID})
        if name not in self.files:
            return web.json_response({"error": {"code": 100, "message": "no such object"}}, status=404)
        url = f"http://127.0.0.1:{self._port}/file/{name}"
        return web.json_response({"url": url, "file_size": len(self.files[name]), "id": name})

    async def _file(self, request: web.Request) -> web.Response:
        self._authorised(request)
        return web.Response(body=self.files[request.match_info["media"]])

    def _authorised(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise web.HTTPUnauthorized


def bsuid(who: str) -> str:
    """The business-scoped id of a person."""
    return f"NL.{who}"


def signed(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    """The headers of a webhook."""
    return {"X-Hub-Signature-256": f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"}


def said(body: Json) -> str:
    """The words of a message."""
    match body["type"]:
        case "text":
            return str(body["text"]["body"])
        case "interactive":
            return str(body["interactive"]["body"]["text"])
        case kind:
            return f"[{body[kind].get('name') or body[kind].get('filename') or kind}]"


def checked(body: Json) -> Json:
    """The content of a message, when the API would take it; else RefusalError 100 or 131009."""
    kind = body.get("type")
    match kind:
        case "text":
            _length(body["text"], "body", 1, 4096)
            _only(body["text"], {"body", "preview_url"})
        case "interactive":
            _interactive(body["interactive"])
        case "document":
            _only(body["document"], {"id", "filename", "caption"})
        case "image":
            _only(body["image"], {"id", "caption"})
        case "template":
            _only(body["template"], {"name", "language", "components"})
        case _:
            raise RefusalError(400, 100, f"(#100) Invalid parameter: type {kind!r}")
    return dict(body[kind])


def shown(body: Json) -> list[tuple[str, str]]:
    """What a person can press under a message: what they read on it, and the id it sends."""
    content = body.get("interactive")
    if content is None:
        return []
    if content["type"] == "button":
        return [(each["reply"]["title"], each["reply"]["id"]) for each in content["action"]["buttons"]]
    rows = [row for section in content["action"]["sections"] for row in section["rows"]]
    return [(row.get("description", row["title"]), row["id"]) for row in rows]


def _interactive(content: Json) -> None:
    _only(content, {"type", "body", "action"})
    _length(content["body"], "text", 1, 1024)
    action = content["action"]
    match content["type"]:
        case "button":
            _count(action["buttons"], 3, "buttons")
            replies = [each["reply"] for each in action["buttons"] if each["type"] == "reply"]
            _count(replies, len(action["buttons"]), "buttons")
            for reply in replies:
                _length(reply, "title", 1, 20)
                _length(reply, "id", 1, 256)
            _unique([reply["title"] for reply in replies], "titles")
            _unique([reply["id"] for reply in replies], "ids")
        case "list":
            _length(action, "button", 1, 20)
            rows = [row for section in action["sections"] for row in section["rows"]]
            _count(rows, 10, "rows")
            for row in rows:
                _only(row, {"id", "title", "description"})
                _length(row, "title", 1, 24)
                _length(row, "id", 1, 200)
                if "description" in row:
                    _length(row, "description", 1, 72)
            _unique([row["id"] for row in rows], "ids")
        case other:
            raise RefusalError(400, 131009, f"(#131009) Parameter value is not valid: {other!r}")


def _length(holder: Mapping[str, Any], name: str, least: int, most: int) -> None:
    value = holder.get(name)
    if not isinstance(value, str) or not value.strip() or not least <= len(value) <= most:
        raise RefusalError(400, 131009, f"(#131009) {name} should be {least} to {most} characters")


def _count(values: Sequence[Any], most: int, name: str) -> None:
    if not 1 <= len(values) <= most:
        raise RefusalError(400, 131009, f"(#131009) {len(values)} {name}, at most {most}")


def _unique(values: Sequence[str], name: str) -> None:
    if len(set(values)) != len(values):
        raise RefusalError(400, 131009, f"(#131009) {name} should differ")


def _only(holder: Mapping[str, Any], names: set[str]) -> None:
    if unknown := set(holder) - names:
        raise RefusalError(400, 100, f"(#100) unexpected {sorted(unknown)}")
