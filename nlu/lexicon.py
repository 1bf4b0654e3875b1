"""Look set phrases up in long lists, quickly, wherever they stand in a text.

A text is cut into words once and shared by every component that reads names. The words of all languages are
looked up together, because members mix them ("zoek een frontend developer, fully remote").
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

import yaml

T = TypeVar("T")

LANGUAGES: Final = Path(__file__).parent / "languages"
WORDS_KEPT: Final = 4096  # what is known of a word is remembered for this many; more would only take memory
LONGEST_KEPT: Final = 30  # characters; so is remembering what nobody says twice

_WORD: Final = re.compile(r"(?<!\w)\.net\b|c\+\+|[cf]#|[^\W_]+", re.IGNORECASE)
_PLAIN_WORD: Final = re.compile(r"[^\W_]+")
# What may stand between two words of one phrase: "power bi", "data-analist", "a/b", "planning & control".
_JOINTS: Final = frozenset(
    {" ", "-", "/", "'", "’", ".", "+", "&", " & ", " / ", " + ", " - ", "‑", "\xa0", "  ", "_"}
)
_SENTENCE_END: Final = re.compile(r"[.!?:;\n•>|✅–—\"“”‘*]|(?:^|\s)[-']")


def fold(text: str) -> str:
    """Lower case and without accents, so that "Financiën" equals "financien"."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))


def split(text: str) -> tuple[str, ...]:
    """The folded words of a phrase."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple(fold(word) for word in _WORD.findall(text))


def key(text: str) -> str:
    """The same for every spelling of one name: "project leider", "Project-Leider" and "projectleider"."""
    return "".join(split(text))


# How phrases begin with a certain word: the marks of those of that word alone, and of longer ones by their second word.
_Begun = tuple[int, dict[str, int]]


class _Beginnings:
    """How phrases begin, of all lists that stay as they are: one look at each word of a text serves every list."""

    def __init__(self) -> None:
        self.next_mark = 1
        self.begun: dict[str, _Begun] = {}

    def add(self, phrases: Iterable[tuple[str, ...]]) -> int:
        """Know one more list, and give it its mark: a number with one bit in it."""
        mark = self.next_mark
        self.next_mark = mark << 1
        for first, *rest in phrases:
            alone, longer = self.begun.get(first, (0, {}))
            if rest:
                longer[rest[0]] = longer.get(rest[0], 0) | mark
            else:
                alone |= mark
            self.begun[first] = alone, longer
        _kept.cache_clear()  # what begins with a word is remembered with it
        return mark


_BEGINNINGS: Final = _Beginnings()

# A word, folded; from which character up to which; and how phrases begin with it.
_Cut = tuple[str, int, int, _Begun | None]


def _words(said: str) -> list[_Cut]:
    """The words of what stands between two spaces, and where they begin and end."""
    odd = not said.isascii() or "." in said or "#" in said or "+" in said
    cut: list[_Cut] = []
    for match in (_WORD if odd else _PLAIN_WORD).finditer(said):
        word = fold(match[0])
        cut.append((word, match.start(), match.end(), _BEGINNINGS.begun.get(word)))
    return cut


_kept = lru_cache(maxsize=WORDS_KEPT)(_words)


class Words:
    """The words of one text: `folded[i]` stands at characters `starts[i]` to `ends[i]` of `text`.

    `places` says where phrases of lists may begin, and `marks` of which lists at all, as far as those lists were known
    when the text was cut (their marks are below `known`).
    """

    __slots__ = ("ends", "folded", "gaps", "known", "marks", "places", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.known = _BEGINNINGS.next_mark
        folded: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        gaps: list[str] = []
        begun_at: list[tuple[int, _Begun]] = []
        position = before = 0
        for said in text.split(" "):
            for word, start, end, begun in _kept(said) if len(said) <= LONGEST_KEPT else _words(said):
                if begun is not None:
                    begun_at.append((len(folded), begun))
                folded.append(word)
                begins = position + start
                gaps.append(text[before:begins])
                starts.append(begins)
                before = position + end
                ends.append(before)
            position += len(said) + 1
        self.folded, self.starts, self.ends, self.gaps = folded, starts, ends, gaps
        self.places, self.marks = _places(folded, begun_at)

    def __len__(self) -> int:
        """The number of words."""
        return len(self.folded)

    def word(self, index: int) -> str:
        """One word as it was written."""
        return self.text[self.starts[index] : self.ends[index]]

    def said(self, first: int, last: int) -> str:
        """The text from word `first` up to and including word `last`, as written."""
        return self.text[self.starts[first] : self.ends[last]]

    def gap(self, index: int) -> str:
        """What stands between the word before and this one."""
        return self.gaps[index]

    def joined(self, index: int) -> bool:
        """Whether this word can belong to one phrase with the word before it."""
        return index > 0 and self.gaps[index] in _JOINTS

    def is_whole(self, first: int, after: int) -> bool:
        """Whether the words from `first` up to `after` can be one phrase."""
        return _JOINTS.issuperset(self.gaps[first + 1 : after])

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return self.text[self.starts[index]].isupper()

    def begins(self, index: int) -> bool:
        """Whether a sentence, line, quotation or list item begins here, so that a capital says nothing."""
        return index == 0 or _SENTENCE_END.search(self.gap(index)) is not None

    def at(self, start: int) -> int:
        """The index of the first word that begins at or after this character."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.starts[middle] < start else (low, middle)
        return low


def _places(folded: list[str], begun_at: list[tuple[int, _Begun]]) -> tuple[list[tuple[int, int]], int]:
    """Where phrases may begin with the marks of their lists, and the marks of all of them together."""
    places: list[tuple[int, int]] = []
    together = 0
    last = len(folded) - 1
    for index, (alone, longer) in begun_at:
        marks = alone | longer.get(folded[index + 1], 0) if longer and index < last else alone
        if marks:
            places.append((index, marks))
            together |= marks
    return places, together


class Hit(NamedTuple, Generic[T]):
    """A phrase found: from word `first` up to and including word `last`."""

    first: int
    last: int
    value: T


class Phrases(Generic[T]):
    """Phrases and what they stand for; at each word the longest one wins, and hits never overlap."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._mark = 0  # none: this list may come and go, like the words of a collective
        self._words: dict[str, T] = {}
        # Longer ones by their first two words: the others and the value, the longest first.
        self._pairs: dict[str, dict[str, list[tuple[tuple[str, ...], T]]]] = {}
        self._add((split(phrase), value) for phrase, value in entries)

    @classmethod
    def of_parts(cls, entries: Iterable[tuple[tuple[str, ...], T]]) -> "Phrases[T]":
        """Phrases that are cut into folded words already."""
        phrases: Phrases[T] = cls(())
        phrases._add(entries)
        return phrases

    def lasting(self) -> "Phrases[T]":
        """The same list, which will stay as it is as long as the process lives: then a text is asked at once."""
        longer = ((first, second) for first, seconds in self._pairs.items() for second in seconds)
        self._mark = _BEGINNINGS.add([*((word,) for word in self._words), *longer])
        return self

    def _add(self, entries: Iterable[tuple[tuple[str, ...], T]]) -> None:
        """Of two phrases that read the same the first one counts."""
        for parts, value in entries:
            if len(parts) == 1:
                self._words.setdefault(parts[0], value)
            elif parts:
                known = self._pairs.setdefault(parts[0], {}).setdefault(parts[1], [])
                if all(rest != parts[2:] for rest, _ in known):
                    known.append((parts[2:], value))
                    known.sort(key=_shortness)

    def find(self, words: Words) -> list[Hit[T]]:
        """Every phrase in the text, in order."""
        hits: list[Hit[T]] = []
        mark = self._mark
        if 0 < mark < words.known:
            if not words.marks & mark:  # the most common answer by far
                return hits
            likely = [index for index, marks in words.places if marks & mark]
        elif not (self._words or self._pairs):  # a collective that taught no word
            return hits
        else:
            likely = [index for index, word in enumerate(words.folded) if self.may_begin(word)]
        free = 0
        for index in likely:
            if index >= free:
                hit = self.match(words, index)
                if hit is not None:
                    hits.append(hit)
                    free = hit.last + 1
        return hits

    def match(self, words: Words, index: int, folded: Sequence[str] | None = None) -> Hit[T] | None:
        """The longest phrase that begins at this word; `folded` replaces the words (singulars for plurals, say)."""
        if folded is None:
            mark = self._mark
            if 0 < mark < words.known and not words.marks & mark:
                return None
            read: Sequence[str] = words.folded
        else:
            read = folded
        count = len(read)
        if index >= count:
            return None
        word = read[index]
        if index + 1 < count and (pairs := self._pairs.get(word)):
            for rest, longer in pairs.get(read[index + 1], ()):
                end = index + 2 + len(rest)
                if (not rest or tuple(read[index + 2 : end]) == rest) and words.is_whole(index, end):
                    return Hit(index, end - 1, longer)
        value = self._words.get(word)
        return None if value is None else Hit(index, index, value)

    def may_begin(self, word: str) -> bool:
        """Whether any phrase begins with this folded word."""
        return word in self._words or word in self._pairs


def _shortness(entry: tuple[tuple[str, ...], object]) -> int:
    return -len(entry[0])


@cache
def lists(feature: str) -> Mapping[str, tuple[str, ...]]:
    """The word lists of one feature, of all languages together: a name and its phrases.

    Each `languages/<code>/<feature>.yaml` maps a name to phrases with commas between them.
    """
    merged: dict[str, tuple[str, ...]] = {}
    for path in sorted(LANGUAGES.glob(f"*/{feature}.yaml")):
        for name, phrases in read_yaml(path).items():
            merged[name] = merged.get(name, ()) + tuple(
                part.strip() for part in str(phrases).split(",") if part.strip()
            )
    return merged


def read_yaml(path: Path) -> dict[str, str]:
    """One YAML file that maps names to texts; the C reader where it is there, being ten times faster."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, str] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (both are safe)
    return data


@cache
def phrases_of(feature: str, *names: str) -> Phrases[str]:
    """The lists of these names (all when none is given) as one set of phrases; a hit's value is the name."""
    table = lists(feature)
    return Phrases((phrase, name) for name in names or table for phrase in table.get(name, ())).lasting()


@cache
def word_set(feature: str, *names: str) -> frozenset[str]:
    """The single words of these lists together, folded."""
    return frozenset(fold(word) for name in names for word in lists(feature).get(name, ()))
