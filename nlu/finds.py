"""What a component found in a text, before it is decided to which field of which form it belongs.

Finding and writing are two steps: a component's `find(doc)` returns finds and changes nothing; the reader collects
them on `doc.user_data["finds"]`, and `nlu/shaping.py` turns them into a Lead, an Availability or a Profile.
"""

from typing import Any, NamedTuple

from spacy.tokens import Doc

FINDS = "finds"


class Find(NamedTuple):
    """One thing found: its `kind` ("date", "money", "place", "role", ...), its value, and where it stands.

    `start` and `end` count characters of the original text. `value` has the type its component documents.
    """

    kind: str
    value: Any
    start: int
    end: int


def note(doc: Doc, finds: list[Find]) -> Doc:
    """Add finds to what is already known of this text."""
    if finds:
        known = noted(doc)
        for find in finds:
            known.setdefault(find.kind, []).append(find)
    return doc


def noted(doc: Doc) -> dict[str, list[Find]]:
    """Everything found so far by its kind, in the order in which it was found."""
    known: dict[str, list[Find]] = doc.user_data.setdefault(FINDS, {})
    return known


def found(doc: Doc, kind: str) -> list[Find]:
    """Everything of one kind that was found so far, in the order of the text."""
    return in_order(noted(doc).get(kind, []))


def in_order(finds: list[Find]) -> list[Find]:
    """The finds in the order of the text; of those that begin together the longest first."""
    return sorted(finds, key=_place) if len(finds) > 1 else finds


def _place(find: Find) -> tuple[int, int]:
    return find.start, -find.end
