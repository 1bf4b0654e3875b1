"""What a component found in a text, before it is decided to which field of which form it belongs.

Finding and writing are two steps: a component's `find(doc)` returns finds and changes nothing; they are kept on
`doc.user_data["finds"]`, and `nlu/shaping` turns them into a Lead, an Availability or a Profile. A component that says
which `kinds` it finds looks for them when one of these is first asked for: "bedankt!" holds no client, and nobody asks.
"""

from typing import Any, Final, NamedTuple, Protocol

from spacy.tokens import Doc

FINDS: Final = "finds"
WAITING: Final = "waiting"


class Find(NamedTuple):
    """One thing found: its `kind` ("date", "money", "place", "role", ...), its value, and where it stands.

    `start` and `end` count characters of the original text. `value` has the type its component documents.
    """

    kind: str
    value: Any
    start: int
    end: int


class Finder(Protocol):
    """A component that need not look before somebody asks: it reads the text, and finds of other kinds, only."""

    kinds: tuple[str, ...]

    def find(self, doc: Doc) -> list[Find]:
        """Everything of these kinds in a text."""
        ...


def note(doc: Doc, finds: list[Find]) -> Doc:
    """Add finds to what is already known of this text."""
    if finds:
        known: dict[str, list[Find]] = doc.user_data.setdefault(FINDS, {})
        for find in finds:
            known.setdefault(find.kind, []).append(find)
    return doc


def noted(doc: Doc, kind: str) -> list[Find]:
    """Everything of one kind in the order in which it is found; what finds it looks now, if it did not yet."""
    known = doc.user_data
    waiting: dict[str, Finder] | None = known.get(WAITING)
    if waiting and kind in waiting:
        _look(doc, waiting, kind)
    finds: dict[str, list[Find]] = known.get(FINDS, {})
    return finds.get(kind, [])


def all_noted(doc: Doc, kinds: tuple[str, ...]) -> dict[str, list[Find]]:
    """Everything that is known by its kind, these kinds among it."""
    known = doc.user_data
    waiting: dict[str, Finder] | None = known.get(WAITING)
    if waiting and not waiting.keys().isdisjoint(kinds):
        for kind in kinds:
            if kind in waiting:
                _look(doc, waiting, kind)
    finds: dict[str, list[Find]] = known.get(FINDS, {})
    return finds


def _look(doc: Doc, waiting: dict[str, Finder], kind: str) -> None:
    """Let what finds this kind look; it waits no more, also while it asks for other kinds itself."""
    finder = waiting[kind]
    for other in finder.kinds:
        del waiting[other]
    note(doc, finder.find(doc))


def find_all(doc: Doc) -> None:
    """Let everything look that waits to be asked."""
    all_noted(doc, tuple(doc.user_data.get(WAITING, ())))


def found(doc: Doc, kind: str) -> list[Find]:
    """Everything of one kind, in the order of the text."""
    return in_order(noted(doc, kind))


def in_order(finds: list[Find]) -> list[Find]:
    """The finds in the order of the text; of those that begin together the longest first."""
    return sorted(finds, key=_place) if len(finds) > 1 else finds


def _place(find: Find) -> tuple[int, int]:
    return find.start, -find.end
