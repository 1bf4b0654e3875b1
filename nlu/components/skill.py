"""Finds what somebody must be able to do or work with: "python", "Exact Online", "omgevingsrecht"."""

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.names import spans_of, words_of
from nlu.finds import Find, note
from nlu.lexicon import Phrases, Words, phrases_of
from nlu.taxonomy import Named


def make_skill(nlp: Language, name: str) -> "SkillFinder":
    """Build the component. It reads better after the contact, client and role finders."""
    return SkillFinder()


class SkillFinder:
    """Finds "skill" (a text in lower case, as it was said) for every word the taxonomy knows as one."""

    def __init__(self) -> None:
        self._negations: Phrases[str] = phrases_of("skill", "negated")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """Each skill once, except in the name of an organisation or person and where it is ruled out."""
        words = words_of(doc)
        taken = spans_of(doc, "contact", "client")
        negated = {hit.last + 1 for hit in self._negations.find(words)}
        finds: dict[str, Find] = {}
        for hit in taxonomy.phrases().find(words):
            named, start, end = hit.value, words.starts[hit.first], words.ends[hit.last]
            if (
                named.term.kind != "skill"
                or hit.first in negated
                or not _spelled(words, hit.first, hit.last, named)
            ):
                continue
            if taken.touch(start, end):
                continue
            said = " ".join(words.text[start:end].lower().split())
            finds.setdefault(named.term.nl, Find("skill", said, start, end))
        return list(finds.values())


def _spelled(words: Words, first: int, last: int, named: Named) -> bool:
    """Whether a word that is also an everyday one is written as the skill: "Go", not "go"."""
    return named.exact is None or words.said(first, last) == named.exact
