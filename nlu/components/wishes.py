"""Finds what members say about themselves: sectors, years, languages, travel, likes and dislikes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.names import Spans, spans_of, words_of
from nlu.finds import Find, note
from nlu.lexicon import Hit, Phrases, Words, lists, phrases_of, word_set

MOST_YEARS: Final = 60
FARTHEST_KM: Final = 500

_FIGURE: Final = re.compile(r"\d")
_YEARS: Final = re.compile(r"(?<![\w.,-])(\d{1,2})\s?\+?\s?(?:jaar|jr|years?|yrs?)\b", re.IGNORECASE)
_A_YEAR: Final = ("ja", "jr", "y")  # how its names begin
_RADIUS: Final = re.compile(r"(?<![\w.,-])(\d{1,3})\s?(?:km|kilometers?|kms)\b", re.IGNORECASE)


def make_wishes(nlp: Language, name: str) -> "WishFinder":
    """Build the component."""
    return WishFinder()


class WishFinder:
    """Finds "sector", "like", "dislike", "drop" and "language_skill": texts; "years" and "radius_km": whole numbers.

    And "clear": a `Fact` that is taken off.
    """

    kinds = ("sector", "like", "dislike", "drop", "clear", "language_skill", "years", "radius_km")

    def __init__(self) -> None:
        self._languages: Phrases[str] = _meant("languages")
        self._feelings: Phrases[str] = phrases_of(
            "wishes", "like", "dislike", "drop", "like_after", "dislike_after", "drop_after"
        )
        self._facts: Phrases[str] = _meant("facts")
        self._firm: Phrases[str] = phrases_of("wishes", "firm_dislike")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """A sector somebody likes or dislikes is only that."""
        words = words_of(doc)
        feelings = self._likes(words)
        finds = self._sectors(doc, words, feelings)
        finds += [
            _find("language_skill", hit.value, words, hit.first, hit.last)
            for hit in self._languages.find(words)
        ]
        finds += feelings
        if _FIGURE.search(words.text):
            said = words.text.lower()
            finds += _years(words) if any(unit in said for unit in _A_YEAR) else []
            finds += _radius(words.text) if "k" in said else []
        return finds

    def _sectors(self, doc: Doc, words: Words, feelings: list[Find]) -> list[Find]:
        named = taxonomy.sector_phrases().find(words)
        if not named:
            return []
        felt = Spans((find.start, find.end) for find in feelings)
        client = spans_of(doc, "client")
        return [
            _find("sector", _said(words, hit.first, hit.last), words, hit.first, hit.last)
            for hit in named
            if not felt.touch(words.starts[hit.first], words.ends[hit.last])
            and not client.touch(words.starts[hit.first], words.ends[hit.last])
        ]

    def _likes(self, words: Words) -> list[Find]:
        finds = []
        for hit in self._feelings.find(words):
            finds += self._before(words, hit) if hit.value.endswith("_after") else self._behind(words, hit)
            finds += self._cleared(words, hit)
        return list(dict.fromkeys(finds))  # "verwijder python uit mijn profiel" says it twice

    def _behind(self, words: Words, hit: Hit[str]) -> list[Find]:
        """ "Geen banken", "liever geen overheid of tabak", "nooit meer callcenters"."""
        finds = []
        index = hit.last + 1
        while index < len(words) and words.gap(index) in {" ", ", ", "/", " / "}:
            topic = self._topic(words, index)
            if topic is not None:
                finds.append(_find(hit.value, topic.value, words, topic.first, topic.last))
                index = topic.last + 1
            elif words.folded[index] in _CONNECTING:
                index += 1
            else:
                break
        closing = words.folded[index] if index < len(words) else ""
        no_longer = _set("no_longer")
        if finds and hit.value == "dislike" and (closing in no_longer or words.folded[hit.last] in no_longer):
            finds += [find._replace(kind="drop") for find in finds]
        if not finds and self._firm.match(words, hit.first) is not None:
            finds += _literal(words, hit)
        return finds

    def _cleared(self, words: Words, hit: Hit[str]) -> list[Find]:
        """ "Haal mijn tarief weg", "mijn tarief kan weg": a fact that is taken off as a whole."""
        after = hit.value == "drop_after"
        if not after and hit.value != "drop":
            return []
        nearby = range(max(1, hit.first - 3), hit.first) if after else range(hit.last + 2, hit.last + 3)
        for index in nearby:
            fact = self._facts.match(words, index) if index < len(words) else None
            if fact and words.folded[index - 1] in _MINE and (not after or fact.last == hit.first - 1):
                return [_find("clear", fact.value, words, fact.first, fact.last)]
        return []

    def _before(self, words: Words, hit: Hit[str]) -> list[Find]:
        """ "Energietransitie vind ik leuk"."""
        for first in range(max(0, hit.first - 3), hit.first):
            topic = self._topic(words, first)
            if topic is not None and topic.last == hit.first - 1 and words.gap(hit.first) == " ":
                kind = hit.value.removesuffix("_after")
                return [_find(kind, topic.value, words, topic.first, topic.last)]
        return []

    def _topic(self, words: Words, index: int) -> Hit[str] | None:
        """A sector, skill or role that begins at this word, as it was said."""
        sector = taxonomy.sector_phrases().match(words, index)
        term = taxonomy.phrases().match(words, index)
        hit = sector or (term if term and term.value.exact is None else None)
        return Hit(hit.first, hit.last, _said(words, hit.first, hit.last)) if hit else None


_ARTICLES: Final = frozenset({"de", "het", "the"})
_CONNECTING: Final = frozenset({"of", "en", "or", "and", "de", "het", "the", "voor", "in", "bij", "nor"})
_MINE: Final = frozenset({"mijn", "m'n", "my"})


@cache
def _meant(name: str) -> Phrases[str]:
    return Phrases(_pairs(name)).lasting()


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for text in lists("wishes")[name]:
        said, _, meant = text.partition("=")
        yield said.strip(), meant.strip()


@cache
def _set(name: str) -> frozenset[str]:
    return word_set("wishes", name)


def _literal(words: Words, hit: Hit[str]) -> list[Find]:
    """The next words up to a comma or the end, three at most."""
    last = hit.last
    while last + 1 < len(words) and words.gap(last + 1) == " " and last - hit.last < 3:
        last += 1
    if last == hit.last:
        return []
    return [_find("dislike", words.said(hit.last + 1, last).lower(), words, hit.last + 1, last)]


def _years(words: Words) -> list[Find]:
    """Years of experience; not an age, not the length of a contract."""
    finds = []
    for match in _YEARS.finditer(words.text):
        years = int(match.group(1))
        first, after = words.at(match.start()), words.at(match.end())
        before = words.folded[first - 1] if first else ""
        follows = words.folded[after : after + 3]
        if (
            before in _set("not_experience")
            or "oud" in follows
            or "old" in follows
            or not 0 < years <= MOST_YEARS
        ):
            continue
        near = any(word in _set("experience") or _is_work(word) for word in [*follows, before])
        if near:
            finds.append(Find("years", years, match.start(), match.end()))
    return finds


def _is_work(word: str) -> bool:
    return taxonomy.kind_of(word) is not None


def _radius(text: str) -> list[Find]:
    """How far somebody travels, in km."""
    return [
        Find("radius_km", int(match.group(1)), match.start(), match.end())
        for match in _RADIUS.finditer(text)
        if 0 < int(match.group(1)) <= FARTHEST_KM
    ]


def _said(words: Words, first: int, last: int) -> str:
    """The words as said, in small letters and without an article: "de zorg" is "zorg"."""
    if first < last and words.folded[first] in _ARTICLES:
        first += 1
    return " ".join(words.said(first, last).lower().split())


def _find(kind: str, value: str, words: Words, first: int, last: int) -> Find:
    return Find(kind, value, words.starts[first], words.ends[last])
