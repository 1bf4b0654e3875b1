"""Finds what somebody must be able to do or work with: "python", "Exact Online", "omgevingsrecht"."""

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.names import BESIDE_THE_WORK, spans_of, vocabulary_of, words_of
from nlu.finds import Find, note
from nlu.lexicon import Phrases, Words, phrases_of, word_set
from nlu.taxonomy import Named


def make_skill(nlp: Language, name: str) -> "SkillFinder":
    """Build the component. It reads better after the contact, client and role finders."""
    return SkillFinder()


class SkillFinder:
    """Finds "skill" (a text in lower case, as it was said) for every word the taxonomy knows as one."""

    kinds = ("skill",)

    def __init__(self) -> None:
        self._negations: Phrases[str] = phrases_of("skill", "negated")
        self._everyday: Phrases[str] = phrases_of("skill", "everyday")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """Each skill once, except in the name of an organisation or person and where it is ruled out."""
        words = words_of(doc)
        known = taxonomy.phrases().find(words)
        if not known:
            return []
        taken = spans_of(doc, "contact", "contact_again", "email", "client", *BESIDE_THE_WORK)
        negated = {hit.last + 1 for hit in self._negations.find(words)}
        everyday = {index for hit in self._everyday.find(words) for index in range(hit.first, hit.last + 1)}
        finds: dict[str, Find] = {}
        for hit in known:
            named, start, end = hit.value, words.starts[hit.first], words.ends[hit.last]
            if (
                named.term.kind != "skill"
                or hit.first in negated
                or hit.first in everyday
                or _is_unit(words, hit.first)
                or not _spelled(words, hit.first, hit.last, named)
            ):
                continue
            if taken.touch(start, end):
                continue
            said = " ".join(words.text[start:end].lower().split())
            finds.setdefault(named.term.nl, Find("skill", said, start, end))
        for own in vocabulary_of(doc).skills.find(words):
            start, end = words.starts[own.first], words.ends[own.last]
            if own.first not in negated and not taken.touch(start, end):
                finds.setdefault(taxonomy.canonical(own.value), Find("skill", own.value, start, end))
        return list(finds.values())


def _is_unit(words: Words, index: int) -> bool:
    """ "95/hr", "12 hrs", "60 an hr": hours, not human resources."""
    if index == 0 or words.folded[index] not in word_set("skill", "units"):
        return False
    before = words.folded[index - 1]
    return before[-1].isdecimal() or before in word_set("skill", "per") or "/" in words.gap(index)


def _spelled(words: Words, first: int, last: int, named: Named) -> bool:
    """Whether a word that is also an everyday one is written as the skill: "Go", not "go"."""
    return named.exact is None or words.said(first, last) == named.exact
