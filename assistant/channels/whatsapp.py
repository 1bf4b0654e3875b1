"""WhatsApp, one to one: hears by webhook and writes through the Cloud API. What may not be said freely is held."""

import asyncio
import hashlib
import hmac
import itertools
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.channels import Pace
from assistant.channels import whatsapp_updates as updates
from assistant.channels.documents import MAX_BYTES, Readers, TooLargeError, UnreadableError
from assistant.channels.envelopes import Enclosed, Json, checked, reading, words_in
from assistant.channels.hooks import HookFront, Mailroom
from assistant.channels.porter import Brought, ForgedError
from assistant.channels.whatsapp_cards import Body, bodies
from assistant.errors import SettingsError
from assistant.messages import (
    Arrived,
    Capabilities,
    Delivery,
    Gone,
    Incoming,
    Media,
    Outcome,
    Refused,
    Retry,
    Sent,
    Shut,
)
from assistant.pictures import png
from assistant.settings import WhatsApp

log = logging.getLogger(__name__)

SIGNATURE_HEADER = "x-hub-signature-256"
WINDOW = timedelta(hours=24) - timedelta(minutes=2)  # a message that is under way when it shuts would be lost
KNOCKS_PER_DAY = 250  # people a new business may write to first; the platform raises it by itself
TRIES = 3  # of a download
PNG = "image/png"

# Codes of the Cloud API, https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
SHUT = {131047}
GONE = {131026, 131030, 131050}
TOO_FAST: Mapping[int, float] = {4: 60.0, 80007: 60.0, 130429: 2.0, 131048: 60.0, 131056: 6.0, 133016: 60.0}
OURS_TO_MEND = {
    0,
    3,
    10,
    190,
    131005,
    131031,
    131042,
}  # a token that ended, a bill: nothing is lost meanwhile
OURS_S = 60.0
NUMBER = {"fields": "display_phone_number"}


class WhatsAppChannel:
    """One business number. `listen` and `deliver` run side by side; `close` when both are done."""

    name = updates.CHANNEL
    capabilities = Capabilities(
        max_text=4096,
        max_buttons=10,
        max_label=72,
        can_edit=False,
        window=WINDOW,
        knocks_per_day=KNOCKS_PER_DAY,
    )
    pace = Pace(per_chat=1 / 6, overall=80, burst=20)  # the platform lets up to 45 at once run ahead

    def __init__(self, app: HookFront, settings: WhatsApp) -> None:
        """`settings` as read from the environment."""
        self._app, self._settings = app, settings
        self._client = httpx.AsyncClient(
            base_url=f"{settings.api_url.rstrip('/')}/",
            headers={"Authorization": f"Bearer {settings.token}"},
            timeout=httpx.Timeout(20, connect=10),
        )
        self._parts_sent: dict[
            int, tuple[int, str]
        ] = {}  # of a card in parts: how many were taken, and the last
        self._readers = Readers()
        self.mailroom = Mailroom(app, self)
        app.read_with(self.name, updates.read)

    @property
    def routes(self) -> Sequence[Route]:
        """Where the platform shakes hands, and posts."""
        path = "/whatsapp"
        return [Route(path, self._shake_hands, methods=["GET"]), self.mailroom.porter.route(path)]

    async def listen(self, wake: asyncio.Event) -> None:
        """Carry out what comes until cancelled."""
        async with asyncio.TaskGroup() as work:
            work.create_task(self._introduce())
            work.create_task(self.mailroom.work(wake))

    async def _introduce(self) -> None:
        """Learn the number people see, from which invitation links are made; nothing else waits for it."""
        for tries in itertools.count(1):
            try:
                answer = await self._client.get(self._settings.phone_id, params=NUMBER)
                self._app.set_number(_number_in(answer))
            except SettingsError as fault:
                log.warning("whatsapp: %s; until then invitations carry no link", fault)
                await asyncio.sleep(OURS_S)
            except httpx.HTTPError:
                await asyncio.sleep(min(2.0**tries, OURS_S))
            else:
                return

    async def close(self) -> None:
        """End the connections."""
        await self._client.aclose()

    # --- writing

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Write one card to a person. Every fault is an Outcome. What was sent cannot be changed: it stays as it is."""
        if delivery.edits is not None:
            return Sent(delivery.edits)
        try:
            return await self._write(delivery)
        except httpx.HTTPError as fault:
            kind = type(fault).__name__
            log.warning("whatsapp: message %s, try %s: %s", delivery.message_id, delivery.attempts + 1, kind)
            return Retry(fault=kind)

    async def _write(self, delivery: Delivery) -> Outcome:
        card = delivery.card
        parts = [self._knock(card.language)] if card.knocks else bodies(card)
        if card.picture is not None:
            drawn = await asyncio.to_thread(png, card.picture)
            parts.append({"type": "image", "image": {"id": await self._uploaded("beeld.png", PNG, drawn)}})
        if (file := card.document) is not None:
            media_id = await self._uploaded(file.name, file.mime, file.data)
            parts.append({"type": "document", "document": {"id": media_id, "filename": file.name}})
        done, name = self._parts_sent.get(delivery.message_id, (0, ""))
        for part in parts[done:]:
            answer = await self._client.post(
                f"{self._settings.phone_id}/messages", json=_addressed(delivery) | part
            )
            if answer.status_code != httpx.codes.OK:
                return _refusal(answer)
            done, name = done + 1, str(answer.json()["messages"][0]["id"])
            self._parts_sent[delivery.message_id] = done, name
        self._parts_sent.pop(delivery.message_id, None)
        return Sent(name)

    def _knock(self, language: str) -> Body:
        """The template that was approved; its own button opens the window again."""
        return {
            "type": "template",
            "template": {"name": self._settings.template, "language": {"code": language}},
        }

    async def _uploaded(self, name: str, mime: str, data: bytes) -> str:
        """The platform's id for a file or picture, which goes there before the message does. Raises httpx.HTTPError."""
        answer = await self._client.post(
            f"{self._settings.phone_id}/media",
            data={"messaging_product": "whatsapp", "type": mime},
            files={"file": (name, data, mime)},
        )
        answer.raise_for_status()
        return str(answer.json()["id"])

    # --- hearing

    async def _shake_hands(self, request: Request) -> Response:
        """The platform asks once, when the webhook is set up, whether the address is ours."""
        asked = request.query_params
        known = hmac.compare_digest(
            asked.get("hub.verify_token", "").encode(), self._settings.verify_token.encode()
        )
        if asked.get("hub.mode") != "subscribe" or not known:
            return PlainTextResponse("", 403)
        return PlainTextResponse(asked.get("hub.challenge", ""))

    def brought(self, body: bytes, headers: Mapping[str, str]) -> Brought:
        """Events and receipts. Raises ForgedError without the right signature over the raw bytes, MalformedError."""
        expected = hmac.new(self._settings.app_secret.encode(), body, hashlib.sha256).hexdigest()
        given = headers.get(SIGNATURE_HEADER, "").removeprefix("sha256=")
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise ForgedError
        return updates.brought(body, self._settings.phone_id)

    def fetches_after(self, content: dict[str, Any]) -> float | None:
        """A document that can be read is fetched at once."""
        return 0.0 if isinstance(updates.document_in(content), Enclosed) else None

    async def fetched(
        self, heard_id: int, unread: Mapping[int, dict[str, Any]]
    ) -> Mapping[int, Incoming | None]:
        """This event with the words of its document."""
        content = unread[heard_id]
        words, unreadable = await self._enclosed(content)
        with reading():
            return {heard_id: checked(updates.incoming(content, words, unreadable))}

    def welcome(self, arrived: Sequence[Arrived]) -> None:
        """Nothing waits here for a courtesy."""

    async def _enclosed(self, content: Json) -> tuple[str, Media | None]:
        document = updates.document_in(content)
        if not isinstance(document, Enclosed):
            return "", document
        return await words_in(self._readers, updates.sender_of(content), document, self._downloaded)

    async def _downloaded(self, media_id: str) -> bytes:
        """Raises UnreadableError, TooLargeError."""
        for tries in range(1, TRIES + 1):
            try:
                found = (await self._client.get(media_id)).raise_for_status().json()
                if int(found.get("file_size", 0)) > MAX_BYTES:
                    raise TooLargeError
                return (await self._client.get(found["url"])).raise_for_status().content
            except (httpx.HTTPError, KeyError, ValueError) as fault:
                if (
                    isinstance(fault, httpx.HTTPStatusError)
                    and fault.response.status_code == httpx.codes.NOT_FOUND
                ):
                    break  # it is gone, and will be
                log.warning("whatsapp: a document, try %s: %s", tries, type(fault).__name__)
                await asyncio.sleep(2.0 ** (tries - 1))
        raise UnreadableError


def number_of(settings: WhatsApp) -> str:
    """The number people see. Raises SettingsError when the platform does not accept us or cannot be asked."""
    try:
        answer = httpx.get(
            f"{settings.api_url.rstrip('/')}/{settings.phone_id}",
            params=NUMBER,
            headers={"Authorization": f"Bearer {settings.token}"},
        )
    except httpx.HTTPError:
        raise SettingsError("WhatsApp cannot be asked now") from None
    return _number_in(answer)


def _number_in(answer: httpx.Response) -> str:
    """The number in the platform's answer. Raises SettingsError when it gives none."""
    if answer.is_error:
        raise SettingsError(
            f"WhatsApp does not accept SEINTJE_WHATSAPP_TOKEN for this number (status {answer.status_code})"
        )
    try:
        return str(answer.json()["display_phone_number"])
    except (ValueError, KeyError):
        raise SettingsError("WhatsApp cannot be asked now") from None


def _addressed(delivery: Delivery) -> Body:
    """Who it is for: a number, or the business-scoped id of who shows none. Receipts bring our own number back."""
    to = {"to": delivery.account} if delivery.account.isdecimal() else {"recipient": delivery.account}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": str(delivery.message_id),
    } | to


def _refusal(answer: httpx.Response) -> Outcome:
    """What an answer other than 200 means for this message."""
    try:
        error = answer.json()["error"]
        code, text = int(error["code"]), str(error.get("message", ""))
    except (ValueError, KeyError, TypeError):
        return Retry(fault=f"status {answer.status_code}")
    if code in SHUT:
        return Shut()
    if code in GONE:
        return Gone(f"{code} {text}")
    if code in TOO_FAST:
        return Retry(float(answer.headers.get("retry-after", TOO_FAST[code])))
    if code in OURS_TO_MEND or answer.status_code in (401, 403):
        log.error("whatsapp: %s: nothing can be sent until this is mended", code)
        return Retry(OURS_S)
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Retry(fault=f"code {code}")
    return Refused(f"{code} {text}")
