"""What a chat window shows: everything one person said and got, in order, with the state of each button."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import msgspec

from assistant.messages import Bars, Card, Delivery, Document, Incoming
from db.inbox import Heard
from db.outbox import Message

ButtonState = Literal["open", "pressed", "stale"]
BubbleKind = Literal["text", "press", "media"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a card. "stale": another one was pressed, or the card has moved on."""

    label: str
    token: str
    state: ButtonState = "open"


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message in a chat.

    `mine`: from the person; otherwise from Seintje. `forwarded_from` "" is a forward without a name.
    """

    id: str
    mine: bool
    kind: BubbleKind
    text: str
    at: datetime
    forwarded_from: str | None = None
    edited: bool = False
    buttons: tuple[Button, ...] = ()
    picture: Bars | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Something the person typed, forwarded or pressed."""

    id: int
    incoming: Incoming
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A card that was delivered to the person."""

    delivery: Delivery
    at: datetime


Chat = tuple[Bubble, ...]


def of_rows(heard: Iterable[Heard], messages: Iterable[Message]) -> Chat:
    """The chat of one account as the database remembers it: the same as in a page that stayed open."""
    events: list[Said | Told] = [
        Said(row.id, msgspec.convert(row.payload, Incoming), row.received_at) for row in heard if row.payload
    ]
    events += [Told(_delivery(row), row.created_at) for row in messages]
    chat: Chat = ()
    for event in sorted(events, key=_moment):
        chat = after(chat, event)
    return chat


def after(chat: Chat, event: Said | Told) -> Chat:
    """The chat once this has happened. The same event twice changes nothing."""
    if isinstance(event, Told):
        return _told(chat, event)
    if event.incoming.kind == "press":
        chat = tuple(_pressed(bubble, event.incoming.token) for bubble in chat)
    return _put(chat, _said(chat, event))


def _moment(event: Said | Told) -> tuple[datetime, bool, int]:
    """At the same moment what was said comes before what was answered."""
    if isinstance(event, Told):
        return event.at, True, event.delivery.message_id
    return event.at, False, event.id


def _delivery(row: Message) -> Delivery:
    edits = None if row.edits_id is None else str(row.edits_id)
    return Delivery(row.id, "", msgspec.convert(row.card, Card), edits, row.created_at)


def _said(chat: Chat, said: Said) -> Bubble:
    heard = said.incoming
    if heard.kind == "press":
        label = next((b.label for bubble in chat for b in bubble.buttons if b.token == heard.token), "…")
        return Bubble(f"in-{said.id}", mine=True, kind="press", text=label, at=said.at)
    kind: BubbleKind = "media" if heard.kind == "media" else "text"
    return Bubble(f"in-{said.id}", True, kind, heard.text, said.at, heard.forwarded_from)  # noqa: FBT003  # `mine`


def _told(chat: Chat, told: Told) -> Chat:
    delivery = told.delivery
    buttons = tuple(Button(action.label, action.token) for action in delivery.card.buttons)
    fresh = Bubble(
        f"out-{delivery.message_id}",
        mine=False,
        kind="text",
        text=delivery.card.text,
        at=told.at,
        buttons=buttons,
        picture=delivery.card.picture,
        document=delivery.card.document,
    )
    replaced = next((bubble for bubble in chat if bubble.id == f"out-{delivery.edits}"), None)
    if replaced is None:
        return _put(chat, fresh)
    edited = replaced.edited or not fresh.text.startswith(replaced.text)  # a line added is no new text
    kept = buttons or tuple(_settled(button) for button in replaced.buttons)
    text = replaced.text if fresh.text in _marked(replaced) else fresh.text
    edited = replaced.edited or text != replaced.text
    return _put(chat, replace(replaced, text=text, edited=edited, buttons=kept))


def _marked(bubble: Bubble) -> list[str]:
    """A card's text with the choice written below it: the page need not, for it shows which button was pressed."""
    return [f"{bubble.text}\n\n✓ {button.label}" for button in bubble.buttons if button.state == "pressed"]


def _put(chat: Chat, bubble: Bubble) -> Chat:
    """In its own place when it is there already, at the end otherwise."""
    if any(other.id == bubble.id for other in chat):
        return tuple(bubble if other.id == bubble.id else other for other in chat)
    return (*chat, bubble)


def _pressed(bubble: Bubble, token: str | None) -> Bubble:
    buttons = tuple(replace(b, state="pressed") if b.token == token else b for b in bubble.buttons)
    return replace(bubble, buttons=buttons)


def _settled(button: Button) -> Button:
    return button if button.state == "pressed" else replace(button, state="stale")
