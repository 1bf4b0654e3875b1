"""Finds how far the asking is (a rumour, a request, published) and whether it should stay quiet."""

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.names import BESIDE_THE_WORK, Spans, spans_of, words_of
from nlu.finds import Find, note
from nlu.lexicon import Hit, Phrases, Words, phrases_of, word_set

_ENDS: Final = frozenset(".!?;:\n")
WITHIN: Final = 4  # words between "nobody" and "signed"
FAR: Final = 9  # between "schijnt" and "te zoeken"

# What bears on words that say nobody did, that it seems, that it may be: together they show how far the asking is.
_HINTS: Final = {
    "nobody": (("settled", "rumour"), ("shown", "unshown")),
    "not": (("shown", "hidden"),),
    "seems": (("to_seek", "rumour"),),
    "may": (("seeks", "rumour"),),
    "thinks": (("over", "rumour"),),
    "told": (("leaves", "untold"),),
}


def make_stage(nlp: Language, name: str) -> "StageFinder":
    """Build the component."""
    return StageFinder()


class StageFinder:
    """Finds "stage" ("rumour", "request" or "open"), at most one, and "confidential" (True)."""

    kinds = ("stage", "confidential")

    def __init__(self) -> None:
        self._stages: Phrases[str] = phrases_of("stage", "rumour", "request", "open", "untold")
        self._not_open: Phrases[str] = phrases_of("stage", "not_open")
        self._openers: Phrases[str] = phrases_of("stage", *_HINTS)
        self._quiet: Phrases[str] = phrases_of("stage", "confidential", "not_confidential")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """A rumour outweighs a publication, and that a request: "vacature komt er zeker, nu nog stil"."""
        words = words_of(doc)
        said = [*self._stages.find(words), *self._hints(words)]
        if not said:
            return self._confidential(doc, words)
        letter = spans_of(doc, *BESIDE_THE_WORK)
        hits = [hit for hit in said if not _touches(letter, words, hit) and not _is_of_money(words, hit)]
        published = not self._not_open.find(words) and all(
            hit.value not in {"hidden", "unshown"} for hit in hits
        )
        for stage in ("rumour", "open", "request"):
            hit = next((hit for hit in hits if hit.value == stage and (stage != "open" or published)), None)
            if hit is not None:
                return [_find("stage", stage, words, hit), *self._confidential(doc, words)]
        # "They go external, nothing is published": what nobody asks for out loud
        told = [_find("stage", "rumour", words, hit) for hit in hits if hit.value in {"untold", "unshown"}]
        return [*told[:1], *self._confidential(doc, words)]

    def _hints(self, words: Words) -> list[Hit[str]]:
        """ "Nobody has signed", "schijnt ... te zoeken", "may bring in": a word and what it bears on."""
        hits = []
        for hit in self._openers.find(words):
            for name, value in _HINTS[hit.value]:
                last = _follows(words, hit.last, name)
                if last is not None:
                    hits.append(Hit(hit.first, last, value))
        return hits

    def _confidential(self, doc: Doc, words: Words) -> list[Find]:
        """Not the small print below a mail, which calls every message so."""
        said = self._quiet.find(words)
        if not said:
            return []
        printed = spans_of(doc, "disclaimer")
        hits = [hit for hit in said if not _touches(printed, words, hit)]
        if not hits or any(hit.value == "not_confidential" for hit in hits):
            return []
        return [_find("confidential", value=True, words=words, hit=hits[0])]


def _follows(words: Words, first: int, name: str) -> int | None:
    """Where one of these words stands behind another in the same sentence, near enough."""
    wanted = word_set("stage", name)
    reach = FAR if name in {"to_seek", "leaves"} else WITHIN
    for index in range(first + 1, min(len(words), first + 1 + reach)):
        if not _ENDS.isdisjoint(words.gap(index)):
            return None
        if words.folded[index] in wanted and (name != "to_seek" or words.folded[index - 1] in {"te", "to"}):
            return index
    return None


def _is_of_money(words: Words, hit: Hit[str]) -> bool:
    """ "We were thinking of 75 to 85 euros": the rate is thought over, not the work."""
    after = hit.last + 1
    if hit.value != "rumour" or after >= len(words):
        return False
    return words.folded[after].isdecimal() or "€" in words.gap(after)


def _touches(spans: Spans, words: Words, hit: Hit[str]) -> bool:
    return spans.touch(words.starts[hit.first], words.ends[hit.last])


def _find(kind: str, value: object, words: Words, hit: Hit[str]) -> Find:
    return Find(kind, value, words.starts[hit.first], words.ends[hit.last])
