"""Finds people a member names: "iets voor Kees?", "ik beveel Noor de Wit aan", "kies Sanne"."""

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import gazetteer, taxonomy
from nlu.components.names import (
    BESIDE_THE_WORK,
    Spans,
    first_names,
    greeted,
    knows,
    looks_like_name,
    name_end,
    own_named,
    spans_of,
    words_of,
    wordy_names,
)
from nlu.finds import Find, note
from nlu.lexicon import Phrases, Words, phrases_of, word_set

_TAKEN: Final = ("client", "contact_name", "email", "greeting", *BESIDE_THE_WORK)


def make_person(nlp: Language, name: str) -> "PersonFinder":
    """Build the component. It reads better after the contact and client finders."""
    return PersonFinder()


class PersonFinder:
    """Finds "person" (a first or full name, as written; a lower-case name gets its capital)."""

    kinds = ("person",)

    def __init__(self) -> None:
        self._before: Phrases[str] = phrases_of("person", "before", "loose")
        self._after: Phrases[str] = phrases_of("person", "after")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """Each person once; not the reader, not the writer, not the client's contact."""
        words = words_of(doc)
        cued = {hit.last + 1: hit.value for hit in self._before.find(words)}
        names = first_names()
        if not cued and names.isdisjoint(words.folded):
            return []
        likely = [index for index, word in enumerate(words.folded) if word in names or index in cued]
        if not likely:
            return []
        taken: Spans | None = None  # looked up when somebody is named
        finds: dict[str, Find] = {}
        free = 0
        for index in likely:
            last = self._person_at(words, index, cued.get(index)) if index >= free else None
            if last is None:
                continue
            free = last + 1
            start, end = words.starts[index], words.ends[last]
            taken = taken or spans_of(doc, *_TAKEN)
            if not taken.touch(start, end):
                name = _written(words, index, last)
                finds.setdefault(name.lower(), Find("person", name, start, end))
        return list(finds.values())

    def _person_at(self, words: Words, index: int, cue: str | None) -> int | None:
        """The last word of the person's name that begins here, or None."""
        word = words.folded[index]
        if cue is not None and words.gap(index) != " ":
            cue = None
        if (
            (place := gazetteer.places().match(words, index))
            and place.last > index
            and words.capital(place.last)
        ):
            return None  # "Anna Paulowna" is a village
        if word in first_names():
            return self._known(words, index, cued=cue is not None)
        if cue == "before" and looks_like_name(words, index) and not _else_known(words, index):
            return name_end(words, index)
        return None

    def _known(self, words: Words, index: int, *, cued: bool) -> int | None:
        saint = index > 0 and words.folded[index - 1] in {"sint", "st", "san", "santa", "saint"}
        if saint or greeted(words, index) or own_named(words, index):
            return None
        if not words.capital(index):
            return index if cued and words.folded[index] not in wordy_names() else None
        follows = self._after.match(words, index + 1) is not None
        if words.folded[index] in wordy_names() and not (cued or follows):
            return None
        return name_end(words, index) if knows(words, index) or cued or follows else None


def _else_known(words: Words, index: int) -> bool:
    """A skill, a place or an organisation: "vraag Utrecht", "met Figma"."""
    if taxonomy.phrases().match(words, index) is not None or gazetteer.is_place(words, index):
        return True
    return words.folded[index] in word_set("client", "heads") or words.folded[index] in word_set(
        "client", "not_names"
    )


def _written(words: Words, first: int, last: int) -> str:
    """As written; a first name in small letters gets its capital."""
    said = words.said(first, last)
    return said if words.capital(first) else said.capitalize()
