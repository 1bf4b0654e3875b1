"""How a card looks in WhatsApp: at most three short buttons under a text, or else a list to choose from. Pure.

The limits are those of the Cloud API: interactive body 1,024 characters, three reply buttons with different titles of
20, lists of ten rows with titles of 24 and a description of 72.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.channels.pieces import MAX_TEXT, parts, unbroken
from assistant.messages import Action, Card

Body = dict[str, Any]  # what the Cloud API calls a message, without who it is for

MAX_BODY = 1024
MAX_BUTTONS, MAX_TITLE = 3, 20
MAX_ROWS, MAX_ROW, MAX_DESCRIPTION = 10, 24, 72
WORDS: Mapping[str, tuple[str, str]] = {  # on the button that opens a list, and above the rest of a long one
    "nl": ("Kies", "Meer keuzes:"),
    "en": ("Choose", "More choices:"),
}


def bodies(card: Card) -> list[Body]:
    """The messages of a card, in order; buttons are under the last, or under the last few when there are many."""
    if not card.buttons:
        return [_text(piece) for piece in parts(unbroken(card.text), MAX_TEXT)]
    above, body = _split(unbroken(card.text))
    return [*(_text(piece) for piece in above), *_choices(body, card.buttons, card.language)]


def _text(text: str) -> Body:
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _split(text: str) -> tuple[Sequence[str], str]:
    """What goes before, and the end that stands with the buttons: whole paragraphs, as many as fit."""
    if len(text) <= MAX_BODY:
        return (), text
    paragraphs = text.split("\n\n")
    kept = len(paragraphs)
    while kept > 1 and len("\n\n".join(paragraphs[kept - 1 :])) <= MAX_BODY:
        kept -= 1
    end = "\n\n".join(paragraphs[kept:])
    if not end.strip():  # a last paragraph that is too long by itself
        pieces = parts(text, MAX_BODY)
        return parts("\n".join(pieces[:-1]), MAX_TEXT), pieces[-1]
    return parts("\n\n".join(paragraphs[:kept]), MAX_TEXT), end


def _choices(body: str, buttons: Sequence[Action], language: str) -> Iterator[Body]:
    titles = [button.label for button in buttons]
    if len(buttons) <= MAX_BUTTONS and max(map(len, titles)) <= MAX_TITLE and len(set(titles)) == len(titles):
        replies = [
            {"type": "reply", "reply": {"id": button.token, "title": button.label}} for button in buttons
        ]
        yield _interactive("button", body, {"buttons": replies})
        return
    opener, more = WORDS.get(language, WORDS["nl"])
    for first in range(0, len(buttons), MAX_ROWS):
        rows = [_row(button) for button in buttons[first : first + MAX_ROWS]]
        yield _interactive("list", more if first else body, {"button": opener, "sections": [{"rows": rows}]})


def _interactive(kind: str, body: str, action: Body) -> Body:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


def _row(button: Action) -> Body:
    """A label too long for a title is whole in the description under it."""
    row = {"id": button.token, "title": _clipped(button.label, MAX_ROW)}
    if len(button.label) > MAX_ROW:
        row["description"] = _clipped(button.label, MAX_DESCRIPTION)
    return row


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
