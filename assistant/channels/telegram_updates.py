"""What a Telegram update says, in the words all channels share. Pure: an update in, an Incoming out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
    User,
)

from assistant.channels.envelopes import Enclosed, checked, clean, document, reading, told
from assistant.messages import Incoming, Kind, Media, Unfetched

CHANNEL = "telegram"
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]  # the updates we ask Telegram for

# In this order: an animation is also sent as a document, for old clients.
MEDIA: Mapping[str, Media] = {
    "animation": "video",
    "document": "document",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "photo": "photo",
    "sticker": "sticker",
    "venue": "location",
    "location": "location",
    "contact": "contact",
    **dict.fromkeys(("dice", "game", "poll", "story", "paid_media", "checklist"), "other"),
}
MEMBERSHIP: Mapping[str, Kind] = {"kicked": "blocked", "left": "blocked", "member": "unblocked"}


def incoming(update: Update, words: str = "", unread: Media | None = None) -> Incoming | None:
    """What an update says; None when it is not said to us in private, or says nothing.

    `words` is the text taken from the document that `document_in` named; `unread` is what stood in the way.
    """
    message = update.message or update.edited_message
    if update.effective_chat is None or update.effective_chat.type != Chat.PRIVATE:
        return None
    if message is not None:
        return _said(update, message, words, unread)
    if update.callback_query is not None:
        return _pressed(update, update.callback_query)
    if update.my_chat_member is not None:
        return _changed(update, update.my_chat_member)
    return None


def read(content: dict[str, Any]) -> Incoming | Unfetched | None:
    """What an update says, if nothing has to be fetched for it and it is no part of an album. Raises MalformedError."""
    with reading():
        update = Update.de_json(content, None)
        document = document_in(update)
        if isinstance(document, Enclosed) or album_of(update):
            return Unfetched()
        return checked(incoming(update, "", document))


def chat_of(content: dict[str, Any]) -> str:
    """Whose chat it is about; of an update of another kind nobody's."""
    for kind in ("message", "edited_message", "my_chat_member"):
        if kind in content:
            return str(int(content[kind]["chat"]["id"]))
    if "callback_query" in content:
        return str(int(content["callback_query"]["from"]["id"]))
    return ""


def document_in(update: Update) -> Enclosed | Media | None:
    """The document of a message if its kind and size can be read; else what stands in the way."""
    message = update.message or update.edited_message
    if message is None or message.document is None or message.animation is not None:
        return None
    file = message.document
    return document(file.file_id, file.file_name or "", file.mime_type, file.file_size or 0)


def album_of(update: Update) -> str | None:
    """The album this update is a part of. An edit of a part stands by itself."""
    return update.message.media_group_id if update.message is not None else None


def name_of(update: Update) -> str:
    """What the event is called: all parts of an album are one."""
    album = album_of(update)
    return f"album:{album}" if album else str(update.update_id)


def in_order(batch: Sequence[Update], understood: Sequence[Incoming | None]) -> list[Incoming]:
    """What these updates say, an album as one message in the place of its first part."""
    together: dict[str, list[Incoming]] = {}
    for update, heard in zip(batch, understood, strict=True):
        if heard is not None:
            together.setdefault(name_of(update), []).append(heard)
    return [_as_one(event_id, parts) for event_id, parts in together.items()]


def _as_one(event_id: str, parts: Sequence[Incoming]) -> Incoming:
    """All the words of an album, and the number of the part that carries the first of them.

    Its event is named after the album, so a part that comes later, or again after a restart, is a repeat.
    """
    worded = [part for part in parts if part.text]
    head = (worded or parts)[0]
    return replace(head, event_id=event_id, text="\n\n".join(part.text for part in worded))


def _said(update: Update, message: Message, words: str, unread: Media | None) -> Incoming | None:
    kind, text, media = told(message.text or message.caption or "", words, unread, _media(message))
    if not text and media is None:
        return None  # a message of the service itself: a pin, a changed photo
    return replace(
        _from(update, kind, message.from_user),
        text=text,
        media=media,
        forwarded_from=None if message.forward_origin is None else clean(_author(message.forward_origin)),
        message_id=str(message.message_id),
        edited=update.edited_message is not None,
    )


def _pressed(update: Update, query: CallbackQuery) -> Incoming | None:
    if query.data is None or query.message is None:
        return None
    heard = _from(update, "press", query.from_user)
    return replace(heard, token=clean(query.data), message_id=str(query.message.message_id))


def _changed(update: Update, change: ChatMemberUpdated) -> Incoming | None:
    kind = MEMBERSHIP.get(change.new_chat_member.status)
    return None if kind is None else _from(update, kind, change.from_user)


def _from(update: Update, kind: Kind, user: User | None) -> Incoming:
    assert update.effective_chat is not None  # noqa: S101  `incoming` looked
    return Incoming(
        channel=CHANNEL,
        account=str(update.effective_chat.id),
        event_id=str(update.update_id),
        kind=kind,
        display_name=clean(user.full_name) if user else "",
        handle=f"@{user.username}" if user and user.username else None,
        language=user.language_code[:2] if user and user.language_code else None,
    )


def _media(message: Message) -> Media | None:
    return next((media for name, media in MEDIA.items() if getattr(message, name)), None)


def _author(origin: MessageOrigin) -> str:
    match origin:
        case MessageOriginUser():
            return origin.sender_user.full_name
        case MessageOriginHiddenUser():
            return origin.sender_user_name
        case MessageOriginChat():
            return origin.sender_chat.title or ""
        case MessageOriginChannel():
            return origin.chat.title or ""
        case _:
            return ""
