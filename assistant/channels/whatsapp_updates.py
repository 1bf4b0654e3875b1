"""What a WhatsApp webhook says, in the words all channels share. Pure: a payload in, events and receipts out.

People are known by their business-scoped id; where the platform does not give one yet, by their number.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from assistant.channels.envelopes import (
    Enclosed,
    Json,
    MalformedError,
    checked,
    clean,
    decoded,
    document,
    name_of,
    reading,
    told,
)
from assistant.channels.porter import Brought
from assistant.messages import Arrived, Incoming, Kind, Media, Receipt, Unfetched

log = logging.getLogger(__name__)

CHANNEL = "whatsapp"

MEDIA: Mapping[str, Media] = {
    "image": "photo",
    "audio": "voice",
    "video": "video",
    "sticker": "sticker",
    "document": "document",
    "location": "location",
    "contacts": "contact",
    "order": "other",
    "unsupported": "other",
}
DIGITS = 19  # more than any row of ours has
WISHES: Mapping[str, Kind] = {"stop": "opted_out", "resume": "opted_in", "signup": "opted_in"}


Read = TypeVar("Read", Arrived, Receipt)


def brought(body: bytes, phone_id: str) -> Brought:
    """Everything in one request that concerns our number. Raises MalformedError for what is no webhook of WhatsApp.

    Of a batch what cannot be read is left out; the rest is heard.
    """
    events: list[Arrived] = []
    receipts: list[Receipt] = []
    with reading():
        payload = decoded(body)
        changes = [change for entry in payload["entry"] for change in entry["changes"]]
    for change in changes:
        with suppress(MalformedError), reading():
            field, value = change["field"], change["value"]
            if value.get("metadata", {}).get("phone_number_id", phone_id) != phone_id:
                continue
            if field == "messages":
                events += _each(value.get("messages", ()), partial(_message, value))
                receipts += _each(value.get("statuses", ()), _receipt)
            elif field == "user_preferences":
                events += _each(value["user_preferences"], partial(_wish, value))
    return Brought(sorted(events, key=lambda event: event.content["at"]), receipts)


def _each(contents: Sequence[Json], read_one: Callable[[Json], Read]) -> Iterator[Read]:
    for content in contents:
        try:
            with reading():
                found = read_one(content)
        except MalformedError:
            log.error("whatsapp: one of a request cannot be read")  # noqa: TRY400  no message text
        else:
            yield found


def read(content: Json) -> Incoming | Unfetched | None:
    """What an event says; a document that can be read has to be fetched first. Raises MalformedError."""
    with reading():
        if isinstance(document_in(content), Enclosed):
            return Unfetched()
        return checked(incoming(content))


def incoming(content: Json, words: str = "", unread: Media | None = None) -> Incoming | None:
    """What an event says; None when it says nothing to us. `words` are those of the document that came with it.

    A number that was changed and a reaction say nothing we act on.
    """
    if "wish" in content:
        return _from(content, WISHES[content["wish"]]) if content["wish"] in WISHES else None
    message = content["message"]
    if message["type"] == "edit":
        original = message["edit"]["original_message_id"]
        inner = _said(content, message["edit"]["message"], words, unread)
        return inner and replace(inner, edited=True, message_id=original)
    return _said(content, message, words, unread)


def document_in(content: Json) -> Enclosed | Media | None:
    """The document of a message if its kind can be read; else what stands in the way."""
    file = content.get("message", {}).get("document")
    return file and document(file["id"], file.get("filename", ""), file.get("mime_type"))


def sender_of(content: Json) -> str:
    """Who sent this, by the name their chat has here."""
    contact = content["contact"]
    return str(contact.get("user_id") or contact.get("wa_id") or content.get("message", {}).get("from", ""))


def _message(value: Json, message: Json) -> Arrived:
    contact = _contact(value, message.get("from"))
    account = message.get("from_user_id") or contact.get("user_id") or message["from"]
    content = {"message": message, "contact": contact, "at": int(message["timestamp"])}
    return Arrived(name_of(message["id"]), name_of(account), content)


def _wish(value: Json, wish: Json) -> Arrived:
    contact = _contact(value, wish.get("wa_id"))
    account = name_of(wish.get("user_id") or contact.get("user_id") or wish["wa_id"])
    content = {"wish": wish["value"], "contact": contact, "at": int(wish["timestamp"])}
    return Arrived(name_of(f"wish:{account}:{content['at']}:{wish['value']}"), account, content)


def _contact(value: Json, number: str | None) -> Json:
    """Who it is from. Without a number a request is about one person."""
    contacts: list[Json] = value.get("contacts", [])
    if number is None:
        return contacts[0] if len(contacts) == 1 else {}
    return next((each for each in contacts if each.get("wa_id", number) == number), {})


def _receipt(status: Json) -> Receipt:
    tracked = str(status.get("biz_opaque_callback_data", ""))
    errors = status.get("errors") or [{}]
    return Receipt(
        message_id=int(tracked) if tracked.isdecimal() and len(tracked) < DIGITS else None,
        platform_id=str(status["id"]),
        state=str(status["status"]),
        code=errors[0].get("code"),
        reason=errors[0].get("title"),
    )


def _said(content: Json, message: Json, words: str, unread: Media | None) -> Incoming | None:
    kind = message["type"]
    if kind == "text":
        return replace(_from(content), text=clean(message["text"]["body"]), **_marks(message))
    if kind == "interactive":
        answer = message["interactive"]
        chosen = answer.get("button_reply") or answer.get("list_reply")
        return chosen and replace(_from(content, "press"), token=clean(chosen["id"]), **_marks(message))
    if kind == "button":  # the one under our template: it only opens the window
        return _from(content, "unblocked")
    if kind not in MEDIA:
        return None
    said = (message.get(kind) or {}).get("caption", "") if isinstance(message.get(kind), dict) else ""
    what, text, media = told(said, words, unread, MEDIA[kind])
    return replace(_from(content, what), text=text, media=media, **_marks(message))


def _marks(message: Json) -> Json:
    """A forward is only a flag here: whose it was nobody says."""
    context = message.get("context", {})
    forwarded = context.get("forwarded") or context.get("frequently_forwarded")
    return {"message_id": str(message.get("id", "")) or None, "forwarded_from": "" if forwarded else None}


def _from(content: Json, kind: Kind = "text") -> Incoming:
    contact = content["contact"]
    number = contact.get("wa_id") or content.get("message", {}).get("from")
    return Incoming(
        channel=CHANNEL,
        account="",  # the inbox knows whose chat it is
        event_id="",
        kind=kind,
        display_name=clean(contact.get("profile", {}).get("name", "")),
        handle=f"+{number}" if number else None,
        sent_at=datetime.fromtimestamp(content["at"], UTC),
    )
