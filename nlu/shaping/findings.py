"""Everything that was found in one message, sorted by kind, and a record of which find filled which field."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from nlu.components.dates import CONTEXT
from nlu.components.intent import CONFIDENT, READINGS
from nlu.components.names import NOWHERE, Spans
from nlu.components.words import LANGUAGE
from nlu.finds import Find, in_order, noted
from nlu.meaning import Context, LanguageCode, Reading, Span
from nlu.tape import Tape, tape_of
from nlu.tokenizer import TEXT

LONGEST_CLAUSE = 200  # characters; so that a text without commas takes no longer
_CLAUSE_END = re.compile(r"[,.!?;\n]|\b(?:maar|dus|but|so)\b", re.IGNORECASE)


# Of a mail's head and small print only who wrote it counts; of its signature also what is asked or said in numbers.
LETTER = frozenset({"header", "sender", "disclaimer", "signature", "greeting"})
CONTACTS = frozenset({"contact", "contact_name", "phone", "email"})
PEOPLE = frozenset({"contact_name", "person", "profile_name"})  # "Jan Bakker" is no month
NAMES = frozenset(
    {
        "role",
        "role_again",
        "own_role",
        "skill",
        "place",
        "unknown_place",
        "stage",
        "sector",
        "remote",
        "presence",
        "person",
    }
)


def about_the_work(known: dict[str, list[Find]]) -> dict[str, list[Find]]:
    """The finds that do not stand in the parts of a mail that say nothing of the work; all of a plain message."""
    known = {kind: in_order(finds) for kind, finds in known.items()}
    names = _spans(known, PEOPLE)
    if names is not NOWHERE:
        for kind in ("dated", "problem"):
            _keep(known, kind, [f for f in known.get(kind, ()) if not names.hold(f.start, f.end)])
    signed = _spans(known, LETTER - {"greeting"})
    greeted = _spans(known, {"greeting"})
    small = _spans(known, LETTER - {"greeting", "signature"})
    if signed is not NOWHERE:
        for kind in known.keys() - CONTACTS - LETTER:
            aside = signed if kind in NAMES else small
            _keep(known, kind, [f for f in known[kind] if not aside.touch(f.start, f.end)])
    if greeted is not NOWHERE:
        _keep(known, "person", [f for f in known.get("person", ()) if not greeted.touch(f.start, f.end)])
    return known


def _spans(known: dict[str, list[Find]], kinds: AbstractSet[str]) -> Spans:
    """Where the finds of these kinds stand."""
    if kinds.isdisjoint(known):
        return NOWHERE
    return Spans((find.start, find.end) for kind in kinds for find in known.get(kind, ()))


def _keep(known: dict[str, list[Find]], kind: str, finds: list[Find]) -> None:
    """Only these finds of a kind; a kind of which nothing is left was not found."""
    if finds:
        known[kind] = finds
    else:
        known.pop(kind, None)


@dataclass(frozen=True, slots=True)
class Findings:
    """The finds of a text by kind, each list in the order of the text."""

    text: str
    context: Context
    tape: Tape
    language: LanguageCode
    readings: tuple[Reading, ...]
    intents: frozenset[str]  # what the message may be for: the likeliest and, when that is unsure, the next
    by_kind: dict[str, list[Find]]

    @classmethod
    def of(cls, doc: Doc) -> "Findings":
        """Gather what the components noted."""
        by_kind = about_the_work(noted(doc))
        known = doc.user_data
        readings: tuple[Reading, ...] = known[READINGS]
        likely = readings[:1] if readings[0].confidence > CONFIDENT else readings[:2]
        intents = frozenset([reading.intent for reading in likely])
        return cls(known[TEXT], known[CONTEXT], tape_of(doc), known[LANGUAGE], readings, intents, by_kind)

    def all(self, kind: str) -> list[Find]:
        """The finds of one kind."""
        return self.by_kind.get(kind, [])

    def first(self, kind: str) -> Find | None:
        """The first find of one kind."""
        finds = self.by_kind.get(kind)
        return finds[0] if finds else None

    def has(self, kind: str) -> bool:
        """Whether anything of this kind was found."""
        return kind in self.by_kind

    def clause(self, find: Find) -> tuple[int, int]:
        """Where the clause around a find begins and ends: between commas, full stops and line breaks."""
        first, last = max(0, find.start - LONGEST_CLAUSE), min(len(self.text), find.end + LONGEST_CLAUSE)
        start = max((m.end() for m in _CLAUSE_END.finditer(self.text, first, find.start)), default=first)
        end = _CLAUSE_END.search(self.text, find.end, last)
        return start, end.start() if end else last


@dataclass(slots=True)
class Slots:
    """Remembers which find filled which field, for the read-back."""

    text: str
    spans: list[Span] = field(default_factory=list)

    def take(self, name: str, find: Find | None) -> Any:
        """The value of a find, or None; its place is remembered under the field's name."""
        if find is None:
            return None
        self.spans.append(Span(name, find.start, find.end, self.text[find.start : find.end]))
        return find.value

    def take_all(self, name: str, finds: list[Find]) -> tuple[Any, ...]:
        """The different values of several finds, in the order of the text."""
        values: dict[Any, None] = {}
        for find in finds:
            if find.value not in values:
                values[self.take(name, find)] = None
        return tuple(values)
