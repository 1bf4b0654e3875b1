"""What a WhatsApp webhook says, in the words all channels share. Pure: a payload in, events and receipts out.

People are known by their business-scoped id; where the platform does not give one yet, by their number.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from assistant.channels.documents import takes
from assistant.channels.hooks import Brought, MalformedError
from assistant.channels.telegram_updates import clean
from assistant.messages import Arrived, Incoming, Kind, Media, Receipt, Unfetched

CHANNEL = "whatsapp"
Json = dict[str, Any]

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
WISHES: Mapping[str, Kind] = {"stop": "opted_out", "resume": "opted_in", "signup": "opted_in"}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document that came with a message: how to fetch it."""

    media_id: str
    name: str
    mime: str | None


def brought(body: bytes, phone_id: str) -> Brought:
    """Everything in one request that concerns our number. Raises MalformedError for what is no webhook of WhatsApp."""
    try:
        payload = json.loads(body)
        values = [
            (change["field"], change["value"]) for entry in payload["entry"] for change in entry["changes"]
        ]
        events: list[Arrived] = []
        receipts: list[Receipt] = []
        for field, value in values:
            if value.get("metadata", {}).get("phone_number_id", phone_id) != phone_id:
                continue
            if field == "messages":
                events += _messages(value)
                receipts += map(_receipt, value.get("statuses", ()))
            elif field == "user_preferences":
                events += _wishes(value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise MalformedError from None
    return Brought(sorted(events, key=lambda event: event.content["at"]), receipts)


def read(content: Json) -> Incoming | Unfetched | None:
    """What an event says; a document that can be read has to be fetched first."""
    if isinstance(document_in(content), Enclosed):
        return Unfetched()
    return incoming(content)


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
    document = content.get("message", {}).get("document")
    if document is None:
        return None
    name, mime = document.get("filename", ""), document.get("mime_type")
    return Enclosed(document["id"], name, mime) if takes(name, mime) else "document"


def sender_of(content: Json) -> str:
    """Who sent this, by the name their chat has here."""
    contact = content["contact"]
    return str(contact.get("user_id") or contact.get("wa_id") or content.get("message", {}).get("from", ""))


def _messages(value: Json) -> Iterator[Arrived]:
    for message in value.get("messages", ()):
        contact = _contact(value, message.get("from"))
        account = message.get("from_user_id") or contact.get("user_id") or message["from"]
        content = {"message": message, "contact": contact, "at": int(message["timestamp"])}
        yield Arrived(str(message["id"]), str(account), content)


def _wishes(value: Json) -> Iterator[Arrived]:
    for wish in value["user_preferences"]:
        contact = _contact(value, wish.get("wa_id"))
        account = wish.get("user_id") or contact.get("user_id") or wish["wa_id"]
        content = {"wish": wish["value"], "contact": contact, "at": int(wish["timestamp"])}
        yield Arrived(f"wish:{account}:{wish['timestamp']}:{wish['value']}", str(account), content)


def _contact(value: Json, number: str | None) -> Json:
    """Who it is from. Without a number a request is about one person."""
    contacts: list[Json] = value.get("contacts", [])
    if number is None:
        return contacts[0] if len(contacts) == 1 else {}
    return next((each for each in contacts if each.get("wa_id", number) == number), {})


def _receipt(status: Json) -> Receipt:
    tracked = status.get("biz_opaque_callback_data", "")
    errors = status.get("errors") or [{}]
    return Receipt(
        message_id=int(tracked) if str(tracked).isdecimal() else None,
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
    text = clean("\n\n".join(filter(None, (said, words))))
    media = None if words else unread or MEDIA[kind]
    return replace(_from(content, "text" if text else "media"), text=text, media=media, **_marks(message))


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
