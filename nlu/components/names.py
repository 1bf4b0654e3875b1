"""Reads the name of a person where one is likely to stand, for the components that look for people."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from nlu.finds import all_noted
from nlu.lexicon import Words, fold, lists, split, word_set
from nlu.meaning import Context
from nlu.tokenizer import TEXT
from nlu.vocabulary import NO_WORDS, Vocabulary

DATA: Final = Path(__file__).parent.parent / "data"
LONGEST: Final = 6  # words in one name: "mevrouw Anne Marie van der Berg"

_WORDS: Final = "words"


def words_of(doc: Doc) -> Words:
    """The words of this text, cut once for all components; asking a Doc for its text is slow, so ask `words.text`."""
    known = doc.user_data
    if _WORDS not in known:
        text = known.get(TEXT)
        known[_WORDS] = Words(doc.text if text is None else text)
    words: Words = known[_WORDS]
    return words


def vocabulary_of(doc: Doc) -> Vocabulary:
    """The own words of the collective in which this text is read."""
    context: Context | None = doc.user_data.get("context")
    return context.vocabulary if context else NO_WORDS


# No surname ends so; "huis" and "bank" may.
_FIRM_ENDINGS: Final = (
    "centrum",
    "groep",
    "bedrijf",
    "school",
    "instelling",
    "stichting",
    "organisatie",
    "bureau",
)


class Spans:
    """Stretches of a text, asked quickly whether they touch another one, however many there are."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether any of them shares a character with `start` up to `end`."""
        index = bisect_left(self._starts, end)
        return index > 0 and self._ends[index - 1] > start

    def hold(self, start: int, end: int) -> bool:
        """Whether `start` up to `end` lies within one of them; they may not overlap."""
        index = bisect_right(self._starts, start)
        return index > 0 and self._ends[index - 1] >= end


NOWHERE: Final = Spans(())


def spans_of(doc: Doc, *kinds: str) -> Spans:
    """Where finds of these kinds stand, in characters: what is part of a name is not read again."""
    known = all_noted(doc, kinds)
    if known.keys().isdisjoint(kinds):  # the most common answer by far
        return NOWHERE
    spans = [(find.start, find.end) for kind in kinds if kind in known for find in known[kind]]
    return Spans(spans) if spans else NOWHERE


BESIDE_THE_WORK: Final = ("header", "sender", "signature", "disclaimer")  # parts of a mail, see `mail.py`


@cache
def first_names() -> frozenset[str]:
    """First names that are common among our members, folded."""
    return wordy_names() | frozenset(fold((DATA / "first_names.txt").read_text(encoding="utf-8")).split())


@cache
def wordy_names() -> frozenset[str]:
    """First names that are also words ("Jan", "Mark", "Lies"): they need a capital in the middle of a sentence."""
    return frozenset((DATA / "first_names_that_are_words.txt").read_text(encoding="utf-8").split())


@cache
def particles() -> frozenset[str]:
    """Small words inside a surname: "van", "der", "de"."""
    return word_set("person", "particles")


@cache
def titles() -> frozenset[str]:
    """What may stand before a name: "mevrouw", "dhr", "ms"."""
    return word_set("person", "titles")


@cache
def no_names() -> frozenset[str]:
    """Words that often have a capital and are never a name: months, greetings, "Tarief", "LinkedIn"."""
    return word_set("person", "no_names")


def knows(words: Words, index: int) -> bool:
    """Whether this word is a first name we know, sure enough to be read without anything else."""
    word = words.folded[index]
    if word not in first_names():
        return False
    return words.capital(index) and not (word in wordy_names() and words.begins(index))


def looks_like_name(words: Words, index: int) -> bool:
    """Whether this word is written as a name: a capital, then small letters, and no word we know otherwise."""
    word = words.word(index)
    if not word[0].isupper() or not word.isalpha():
        return False
    if len(word) == 1:
        return words.text[words.ends[index] : words.ends[index] + 1] == "."
    if words.folded[index] in no_names() and not _is_no_month(words, index):
        return False
    return not word.isupper()


def _is_no_month(words: Words, index: int) -> bool:
    """ "Jan" and "June" are names when no date stands around them."""
    if words.folded[index] not in first_names():
        return False
    before = words.folded[max(0, index - 1) : index] if words.gap(index) == " " else []  # not "From: Jan"
    around = before + words.folded[index + 1 : index + 2]
    return not any(word[0].isdigit() or word in word_set("person", "dated") for word in around)


def name_end(words: Words, index: int) -> int | None:
    """The last word of the name that begins at this word, or None when no name begins here.

    A name is a first name or a title with what follows: initials, particles, surnames, all on one line.
    """
    last = index
    if words.folded[index] in titles():
        if not (index + 1 < len(words) and _follows(words, index + 1)):
            return None
        last = index + 1
        if words.folded[last] in particles():
            last += 1
    if last >= len(words) or not looks_like_name(words, last):
        return None
    return _surname_end(words, index, last)


def small_name_end(words: Words, index: int) -> int | None:
    """The last word of a name in small letters, "sanne de vries": a known first name, then a particle and a word."""
    if words.folded[index] not in first_names() or words.capital(index):
        return None
    last = index + 1
    while last < len(words) and words.gap(last) == " " and words.folded[last] in particles():
        last += 1
    behind_particle = (
        index + 1 < last < len(words) and words.gap(last) == " " and words.folded[last].isalpha()
    )
    return last if behind_particle else index


def _surname_end(words: Words, first: int, last: int) -> int:
    """Walk on over particles and capitals; a particle counts only when a capital follows it."""
    index = last + 1
    while index < len(words) and index - first < LONGEST and _follows(words, index):
        if words.folded[index] in word_set("client", "heads") or words.folded[index].endswith(_FIRM_ENDINGS):
            break  # "Petra van Zorgcentrum De Linden"
        # "Loes van der Meer", though "meer" is a word; but "Marieke van Team5"
        behind_particle = last < index - 1 and words.capital(index) and words.word(index).isalpha()
        if behind_particle or looks_like_name(words, index):
            last = index
        elif words.folded[index] not in particles() or _is_preposition(words, index):
            break
        index += 1
    return last


def _is_preposition(words: Words, index: int) -> bool:
    """ "Kees in Utrecht", "Kees op maandag"; but "in 't Veld", "op den Akker"."""
    behind = words.folded[index + 1] if index + 1 < len(words) else ""
    return words.folded[index] in {"in", "op", "te", "la"} and behind not in {"t", "de", "den", "der", "het"}


def _follows(words: Words, index: int) -> bool:
    """Whether this word belongs to one name with the word before: a space, a hyphen, or the dot of an initial."""
    gap = words.gap(index)
    if gap in {" ", "-", "'", "’", " '", " ’"}:
        return True
    if words.folded[index - 1] in {"v", "d", "vd", "vdr"}:  # "v.d. Berg"
        return gap in {".", ". ", "/"}
    return (
        gap in {".", ". "}
        and words.ends[index - 1] - words.starts[index - 1] <= 4
        and (len(words.word(index - 1)) == 1 or words.folded[index - 1] in titles())
    )


def greeted(words: Words, index: int) -> bool:
    """Whether the name at this word is the reader's: "Beste Sem", "Ha Marleen"."""
    return (
        index > 0 and words.folded[index - 1] in word_set("person", "greetings") and words.gap(index) == " "
    )


def own_named(words: Words, index: int) -> bool:
    """Whether the name at this word is the writer's own: "ik ben Noor", "mijn naam is Sam"."""
    pair = tuple(words.folded[max(0, index - 2) : index])
    return pair in _own_pairs() or tuple(words.folded[max(0, index - 3) : index]) in _own_pairs()


@cache
def _own_pairs() -> frozenset[tuple[str, ...]]:
    phrases = (split(phrase) for phrase in lists("person")["own_name"])
    return frozenset(parts for parts in phrases if len(parts) > 1)
