"""What every platform's envelope has in common: data from outside, text as databases take it, a document with it.

An envelope is JSON that somebody else made. What cannot be read of it is said to be so (MalformedError), and costs
nobody else a message.
"""

import json
import math
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from assistant.channels.documents import MAX_BYTES, Readers, TooLargeError, UnreadableError, takes
from assistant.messages import Incoming, Media

Json = dict[str, Any]
MAX_NAME = 256  # characters of a name that a platform gives to an account or an event
STRANGE = (
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
    ArithmeticError,
    OSError,
    RecursionError,
    msgspec.ValidationError,
)


class MalformedError(Exception):
    """Something from the platform that nobody can make sense of, now or later."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document that came with a message: how to fetch it."""

    file_id: str
    name: str
    mime: str | None


@contextmanager
def reading() -> Iterator[None]:
    """Whatever a missing or strange field makes us stumble over is one error: MalformedError."""
    try:
        yield
    except STRANGE:
        raise MalformedError from None


def checked(heard: Incoming | None) -> Incoming | None:
    """The same, if each field holds what it should: libraries look at what is there, not at what it is."""
    return heard and msgspec.convert(msgspec.to_builtins(heard), Incoming)


def decoded(body: bytes) -> Any:
    """The JSON of a request. Raises ValueError, also for numbers that JSON does not have and a database refuses."""
    return json.loads(body, parse_constant=_refused, parse_float=_finite)


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number


def name_of(value: object) -> str:
    """What a platform calls an account or an event, in characters that every database keeps. Raises ValueError."""
    name = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not 0 < len(name) <= MAX_NAME or clean(name) != name:
        raise ValueError("no name")
    return name


def clean(text: str) -> str:
    """Text as every database takes it: without half characters and without the null character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def document(file_id: str, name: str, mime: str | None, size: int = 0) -> Enclosed | Media:
    """A document if its kind and size can be read; else what stands in the way."""
    if not takes(name, mime):
        return "document"
    return Enclosed(file_id, name, mime) if size <= MAX_BYTES else "too_large"


async def words_in(
    readers: Readers, sender: str, enclosed: Enclosed, fetch: Callable[[str], Awaitable[bytes]]
) -> tuple[str, Media | None]:
    """The words in a document, fetched by its id, or what stands in the way of reading it."""

    async def fetched() -> bytes:
        return await fetch(enclosed.file_id)

    try:
        return await readers.read(sender, fetched, enclosed.name, enclosed.mime), None
    except UnreadableError:
        return "", "unreadable"
    except TooLargeError:
        return "", "too_large"


def told(
    said: str, words: str, unread: Media | None, media: Media | None
) -> tuple[Literal["text", "media"], str, Media | None]:
    """Kind, text and medium of a message: what was typed, and the `words` of the document that came with it.

    `unread` is what stood in the way of those words, `media` what came with the message at all.
    """
    text = clean("\n\n".join(filter(None, (said, words))))
    return ("text" if text else "media"), text, (None if words else unread or media)
