"""Hears when somebody explains or withdraws a word: "pm = projectmanager", "vergeet het woord pm".

It also hears a field named by its label ("de rol is wolkenkunstenaar"), where no list could know the word.
"""

import re
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.intent import CONTEXT, READINGS
from nlu.components.names import words_of
from nlu.everyday import everyday
from nlu.finds import Find, find_all, found, note
from nlu.language import LANGUAGES
from nlu.lexicon import read_yaml, split, word_set
from nlu.meaning import Context, Reading
from nlu.needles import Patterns

LONGEST: Final = 140  # characters: whoever explains a word does it in one line
MEANING_WORDS: Final = 6
NAME_WORDS: Final = 4
TAUGHT, FORGOTTEN = "taught", "forgotten"  # kinds of finds; the value of the first is (word, meaning)
INTENTS: Final = {"teach": "teach_word", "forget": "forget_word"}

_WORD: Final = r"[\"“'‘]?(?P<word>[^\W\d_][\w .&+#/'-]{0,58}?)[\"”'’]?"
_MEANING: Final = r"[\"“'‘]?(?P<meaning>[^\W\d_][\w .&+#/'’()-]{1,78}?)[\"”'’]?"
_ENDING: Final = " .!?\n\t"


def make_vocabulary(nlp: Language, name: str) -> "VocabularyFinder":
    """Build the component. It comes last: it only names a role or client where none was found."""
    return VocabularyFinder()


@cache
def _patterns() -> Patterns[tuple[str, str]]:
    """What is said and of which field, and how, in every language together."""
    rows: list[tuple[tuple[str, str], str]] = []
    for path in sorted(LANGUAGES.glob("*/vocabulary.yaml")):
        for said, patterns in read_yaml(path).items():
            if said != "never":
                rows += [(_split(said), _filled(text)) for text in patterns.splitlines()]
    return Patterns(rows, any_case=True)


def _split(said: str) -> tuple[str, str]:
    """ "naming_role" names a role."""
    kind, _, field = said.partition("_")
    return kind, field


def _filled(text: str) -> str:
    return text.replace("{word}", _WORD).replace("{meaning}", _MEANING)


class VocabularyFinder:
    """Finds "taught" (a pair of texts), "forgotten" (a text), or a "role" or "client" that was named by its label."""

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found; a message about words has that as its surest reading."""
        text = words_of(doc).text.strip(_ENDING)
        if len(text) > LONGEST or "\n" in text:
            return doc
        for sought in _patterns().worth_trying(text.lower()):
            match = sought.regex.fullmatch(text)
            if match is None:
                continue
            said, field = sought.value
            if said == "naming":
                return note(doc, _named(doc, field, match))
            if said == "teach" and not _is_lesson(match):
                continue
            readings: tuple[Reading, ...] = doc.user_data[READINGS]
            doc.user_data[READINGS] = (Reading(INTENTS[said], 1.0), *readings)
            return note(doc, _finds(said, match))
        return doc


def _finds(said: str, match: re.Match[str]) -> list[Find]:
    start, end = match.span("word")
    if said == "forget":
        return [Find(FORGOTTEN, match["word"].strip(), start, end)]
    return [Find(TAUGHT, (match["word"].strip(), match["meaning"].strip()), start, match.end("meaning"))]


def _is_lesson(match: re.Match[str]) -> bool:
    """A word and what it means. "Rol = tester" and "opdracht = tester" fill in a form, "wat betekent dat" asks."""
    word, meaning = split(match["word"]), split(match["meaning"])
    if not word or word[0] in _never_taught() or len(meaning) > MEANING_WORDS:
        return False
    if any(each.value[0] == "naming" and each.regex.fullmatch(match[0]) for each in _patterns().all):
        return False
    return not everyday().issuperset(word) or taxonomy.kind_of(match["meaning"]) is None


@cache
def _never_taught() -> frozenset[str]:
    return word_set("vocabulary", "never")


def _named(doc: Doc, field: str, match: re.Match[str]) -> list[Find]:
    """The value behind a label in an open form, unless the other parts found one; "de rol is nog vaag" holds none."""
    context: Context = doc.user_data[CONTEXT]
    parts = split(match["word"])
    if (
        context.form is None
        or len(parts) > NAME_WORDS
        or not everyday().isdisjoint(parts)
        or found(doc, field)
    ):
        return []
    find_all(doc)  # no other reads it as a name that was found
    said = match["word"].strip()
    start = words_of(doc).text.find(said)
    value = said.lower() if field == "role" else said[0].upper() + said[1:]
    return [Find(field, value, start, start + len(said))]
