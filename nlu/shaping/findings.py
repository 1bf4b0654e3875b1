"""Everything that was found in one message, sorted by kind, and a record of which find filled which field."""

import re
from typing import Any, Final

from spacy.tokens import Doc

from nlu.components.dates import CONTEXT
from nlu.components.intent import CONFIDENT, READINGS
from nlu.components.names import NOWHERE, Spans, spans_of, words_of
from nlu.components.words import LANGUAGE
from nlu.finds import FINDS, WAITING, Find, Finder, found
from nlu.lexicon import Words
from nlu.meaning import Context, LanguageCode, Reading, Span
from nlu.tape import Tape, tape_of
from nlu.tokenizer import TEXT

LONGEST_CLAUSE: Final = 200  # characters; so that a text without commas takes no longer
_CLAUSE_END: Final = re.compile(r"[,.!?;\n]|\b(?:maar|dus|but|so)\b", re.IGNORECASE)


# Of a mail's head and small print only who wrote it counts; of its signature also what is asked or said in numbers.
UNSIGNED: Final = ("header", "sender", "disclaimer")
SIGNED: Final = (*UNSIGNED, "signature")
CONTACTS: Final = ("contact", "contact_name", "phone", "email")
ANYWHERE: Final = frozenset({*SIGNED, "greeting", *CONTACTS})
DATES: Final = frozenset({"dated", "problem"})
PEOPLE: Final = ("contact_name", "person", "profile_name")  # "Jan Bakker" is no month
NAMES: Final = frozenset(
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


class Findings:
    """What a text holds by kind, each kind in the order of the text, and what the message may be for.

    A kind is looked for when it is first asked for (`nlu.finds`).
    """

    __slots__ = (
        "_by_kind",
        "_doc",
        "_letter",
        "_noted",
        "_waiting",
        "context",
        "intents",
        "language",
        "readings",
        "tape",
        "text",
    )

    def __init__(self, doc: Doc) -> None:
        known = doc.user_data
        self._doc = doc
        self._noted: dict[str, list[Find]] = known.setdefault(FINDS, {})
        self._waiting: dict[str, Finder] = known.get(WAITING, {})
        self._by_kind: dict[str, list[Find]] = {}
        self._letter: tuple[Spans, Spans] | None = None
        self.text: str = known[TEXT]
        self.context: Context = known[CONTEXT]
        self.language: LanguageCode = known[LANGUAGE]
        self.tape: Tape = tape_of(doc)
        self.readings: tuple[Reading, ...] = known[READINGS]
        # the likeliest and, when that is unsure, the next
        likely = self.readings[:1] if self.readings[0].confidence > CONFIDENT else self.readings[:2]
        self.intents = frozenset([reading.intent for reading in likely])

    def all(self, kind: str) -> list[Find]:
        """The finds of one kind, but for those that stand where a mail says nothing of the work."""
        known = self._by_kind.get(kind)
        if known is not None:
            return known
        if kind not in self._noted and kind not in self._waiting:  # the most common answer by far
            return []
        finds = self._by_kind[kind] = self._about_the_work(kind, found(self._doc, kind))
        return finds

    def first(self, kind: str) -> Find | None:
        """The first find of one kind."""
        finds = self.all(kind)
        return finds[0] if finds else None

    def has(self, kind: str) -> bool:
        """Whether anything of this kind was found."""
        return (kind in self._noted or kind in self._waiting) and bool(self.all(kind))

    def words(self, most: int) -> Words:
        """The words of the first so many characters; a shorter text was cut into its words before."""
        return words_of(self._doc) if len(self.text) <= most else Words(self.text[:most])

    def clause(self, find: Find) -> tuple[int, int]:
        """Where the clause around a find begins and ends: between commas, full stops and line breaks."""
        first, last = max(0, find.start - LONGEST_CLAUSE), min(len(self.text), find.end + LONGEST_CLAUSE)
        start = max((m.end() for m in _CLAUSE_END.finditer(self.text, first, find.start)), default=first)
        end = _CLAUSE_END.search(self.text, find.end, last)
        return start, end.start() if end else last

    def _about_the_work(self, kind: str, finds: list[Find]) -> list[Find]:
        if not finds:
            return finds
        if kind in DATES and (names := spans_of(self._doc, *PEOPLE)) is not NOWHERE:
            finds = [find for find in finds if not names.hold(find.start, find.end)]
        if kind in ANYWHERE:
            return finds
        if self._letter is None:
            self._letter = spans_of(self._doc, *SIGNED), spans_of(self._doc, *UNSIGNED)
        aside = self._letter[0] if kind in NAMES else self._letter[1]
        if aside is not NOWHERE:
            finds = [find for find in finds if not aside.touch(find.start, find.end)]
        if kind == "person" and (greeted := spans_of(self._doc, "greeting")) is not NOWHERE:
            finds = [find for find in finds if not greeted.touch(find.start, find.end)]
        return finds


class Slots:
    """Remembers which find filled which field, for the read-back."""

    __slots__ = ("spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = []

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
