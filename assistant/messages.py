"""What comes in and what goes out, the same for every channel: an Incoming, a Card, and how a delivery ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

Kind = Literal[
    "text",  # words, typed or forwarded, or the text of a document
    "press",  # a button; `token` says which
    "media",  # something without usable words; `media` says what
    "blocked",  # the person no longer wants messages from the bot
    "unblocked",  # they came back
    "opted_in",  # they want to be written to first, also when they have not written lately
    "opted_out",  # they no longer want that
]
Media = Literal[
    "voice",
    "photo",
    "video",
    "sticker",
    "document",
    "unreadable",
    "too_large",
    "location",
    "contact",
    "other",
]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event as any channel hears it.

    `event_id` is unique within the channel: a repeat is dropped. `account` is the channel's own name for the
    person. `forwarded_from` is a name, or "" for a forward without one; None: typed by the person.
    `message_id` is the platform's name of the message; with `edited` it names a message heard before.
    `handle` is how another person reaches them on the platform ("@sanne"), `language` the platform's guess,
    if it has one. `sent_at` is when they sent it, on a platform that lets us answer for a while only.
    """

    channel: str
    account: str
    event_id: str
    kind: Kind = "text"
    text: str = ""
    token: str | None = None
    media: Media | None = None
    forwarded_from: str | None = None
    message_id: str | None = None
    edited: bool = False
    display_name: str = ""
    handle: str | None = None
    language: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """One event as the platform sent it, to be kept before anybody reads it; `account` is whose chat it belongs to."""

    event_id: str
    account: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message the platform took: "sent", "delivered", "read" or "failed", with its code and reason.

    `message_id` is our own, where the platform gives it back.
    """

    message_id: int | None
    platform_id: str
    state: str
    code: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Unfetched:
    """An event that cannot be read yet: a part of it has to be fetched from the platform first."""


Reading = Callable[[dict[str, Any]], Incoming | Unfetched | None]  # None: nothing was said to us


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its label, and the opaque token a press brings back (at most 32 URL-safe characters)."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture: a title and bars, each with a label and a whole number. Its words are in the reader's language."""

    title: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep: its name (ASCII, with an extension), its media type and its content."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """What a person sees: plain text without markup, and buttons, each on its own row unless short.

    `picture` says nothing that the text does not say: a channel that shows no pictures loses nothing. A card with
    a picture or a `document` has no buttons, so it is never edited. `language` is that of the text. `knocks`: it only
    asks somebody we may not write to freely to write to us; the platform shows a text of its own that it approved.
    """

    text: str
    buttons: tuple[Action, ...] = ()
    picture: Bars | None = None
    document: Document | None = None
    language: str = "nl"
    knocks: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody without an account sees on the web: plain text, and buttons with the id of a member each.

    `found` is False when there is nothing to choose (any more).
    """

    text: str
    language: str
    options: tuple[tuple[str, int], ...] = ()
    found: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """A card to deliver now. With `edits` it replaces the message the platform knows by that name.

    `attempts` is how often it was tried before.
    """

    message_id: int
    account: str
    card: Card
    edits: str | None = None
    created_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a platform takes messages.

    So many a second in all, for so long after somebody wrote, and so many knocks a day on the doors of who did not.
    """

    per_s: float | None = None
    window: timedelta | None = None
    knocks_per_day: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it, and calls it `platform_id`."""

    platform_id: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now (429, 5xx, no network): try again after so many seconds, or when the sender thinks best.

    `fault` names what went wrong when that may be this message's own doing, such as "BadGateway".
    """

    after_s: float | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked us or the chat no longer exists: keep what is owed until they are back."""

    reason: str


@dataclass(frozen=True, slots=True)
class Shut:
    """They have not written lately, and until they do the platform takes only a knock from us: keep what is owed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take this message: set it aside, and say why in the log."""

    reason: str


Outcome = Sent | Retry | Gone | Shut | Refused


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show, as numbers. `window`: how long after somebody wrote we may write freely; None: always.

    `knocks_per_day` is to how many people we may then write first.
    """

    max_text: int = 4096
    max_buttons: int = 8
    max_label: int = 60
    can_edit: bool = True
    window: timedelta | None = None
    knocks_per_day: int = 0


class Channel(Protocol):
    """What the sender asks of a channel. `name` is the first half of every address on it."""

    name: str
    capabilities: Capabilities

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Hand one card to the platform. Raises nothing: every fault is an Outcome."""
        ...
