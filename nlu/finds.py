"""What a component found in a text, before it is decided to which field of which form it belongs.

Finding and writing are two steps: a component's `find(doc)` returns finds and changes nothing; the reader collects
them on `doc.user_data["finds"]`, and `nlu/shaping.py` turns them into a Lead, an Availability or a Profile.
"""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

FINDS = "finds"


@dataclass(frozen=True, slots=True)
class Find:
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
        doc.user_data.setdefault(FINDS, []).extend(finds)
    return doc


def found(doc: Doc, kind: str | None = None) -> list[Find]:
    """Everything found so far, of one kind or of all, in the order of the text."""
    finds: list[Find] = doc.user_data.get(FINDS, [])
    return sorted((f for f in finds if kind in (None, f.kind)), key=lambda f: (f.start, -f.end))
