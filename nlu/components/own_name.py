"""Finds the name that somebody gives as their own: "ik ben Noor", "my name is Sam de Wit"."""

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.names import first_names, looks_like_name, name_end, words_of, wordy_names
from nlu.finds import Find, note
from nlu.lexicon import Phrases, Words, phrases_of, word_set


def make_own_name(nlp: Language, name: str) -> "OwnNameFinder":
    """Build the component."""
    return OwnNameFinder()


class OwnNameFinder:
    """Finds "profile_name" (a text), at most one."""

    kinds = ("profile_name",)

    def __init__(self) -> None:
        self._own_name: Phrases[str] = phrases_of("person", "own_name")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """ "Ik ben Noor", "mijn naam is Sam de Wit": the first of them."""
        words = words_of(doc)
        finds = []
        for hit in self._own_name.find(words):
            index = hit.last + 1
            if index >= len(words) or words.gap(index) not in {" ", ": ", ":"}:
                continue
            last = _own_name_end(words, index)
            if last is not None:
                said = words.said(index, last)
                name = said if words.capital(index) else said.capitalize()
                finds.append(Find("profile_name", name, words.starts[index], words.ends[last]))
        return finds[:1]


def _own_name_end(words: Words, index: int) -> int | None:
    """The last word of a name somebody gives as their own."""
    word = words.folded[index]
    if word in word_set("person", "not_own") or taxonomy.kind_of(word) is not None:
        return None
    if looks_like_name(words, index):
        return name_end(words, index)
    return index if word in first_names() and word not in wordy_names() else None
