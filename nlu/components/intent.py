"""Finds what a message is for: share a lead, say when one is free, say thanks, and thirty more.

A linear model over hashed pieces of text, one for Dutch and English. It needs numpy only, reads a short
message in about a tenth of a millisecond, and was made from the templates in `languages/*/intents` by
`python -m nlu.training`. What was asked or offered just before narrows its choice: `Context.form`, `asked`,
`offered`, `confirming`, `forwarded`. As a pipeline component it takes the Context from
`doc.user_data["context"]` and leaves the best readings, best first, in `doc.user_data["readings"]`.
"""

import math
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import yaml
from spacy.tokens import Doc

from nlu.lexicon import LONGEST_KEPT, WORDS_KEPT
from nlu.meaning import Context, Form, Reading
from nlu.needles import Patterns
from nlu.tokenizer import TEXT

MODEL: Final = Path(__file__).parent.parent / "model" / "intents.npz"
LANGUAGES: Final = Path(__file__).parent.parent / "languages"
CONTEXT: Final = "context"
READINGS: Final = "readings"
# A reading above this may be acted on, below it the two likeliest are offered: of wordings never seen, two in
# three come above it, and nine in ten of those are right.
CONFIDENT: Final = 0.6

HALF: Final = (
    1 << 15
)  # words and pairs of words fall in the buckets below this, pieces of words in those above
BUCKETS: Final = 2 * HALF
SPACE, MIX, BITS = 32, 2654435761, 0xFFFFFFFF  # how runs of characters are hashed: in 32 bits
ANSWER: Final = 6  # words; more than that is hardly a bare answer
NOTED: Final = 3  # readings
LONG: Final = 8  # words; what is this long and was forwarded is no answer
HEAD, TAIL = 1000, 500  # of a long mail its beginning and its end tell what it is for

CUE: Final = 3.0  # log-odds that certain words add
CUE_REACH: Final = 200  # characters: certain words stand at the beginning
LONGEST_CERTAIN: Final = 120  # characters: a longer message holds more than one short question
THUMBS_UP: Final = frozenset({"👍", "👍🏻", "👍🏼", "👌", "✅", "👍👍"})  # an answer in itself

Indices = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]

INTENT_OF_FORM: Final[dict[Form, str]] = {
    "lead": "share_lead",
    "availability": "set_availability",
    "profile": "update_profile",
}

_URL: Final = re.compile(r"https?://\S+|www\.\S+")
_EMAIL: Final = re.compile(r"\S+@\S+\.\w+")
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W_]+|[^\w\s]")
_ONE_WORD: Final = re.compile(r"[\W\d_]*+([^\W\d_]{5,}+)[\W\d_]*+")
_END_MARKS: Final = " .,!?\n\t"
_VOWEL: Final = re.compile("[aeiouyáéëïóöü]")


def clip(text: str) -> str:
    """Shorten a text of more than HEAD + TAIL characters to its first and its last part."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def words_of(said: str) -> list[str]:
    """Split what stands between two spaces into lower-case words and marks; digits become 0, an address one word."""
    text = said.lower().replace("’", "'")
    if "@" in text:
        text = _EMAIL.sub(" emailadres ", text)
    if "http" in text or "www." in text:
        text = _URL.sub(" webadres ", text)
    return _WORD.findall(_DIGIT.sub("0", text))


def features(text: str) -> Indices:
    """Return the buckets that a text's pieces fall in, each once, in rising order.

    Pieces are words, pairs of words, runs of two to five characters inside a word (its edges included), and
    the length of the whole. The buckets are stable between machines and versions: the model depends on it.
    """
    pieces: list[int] = []
    inside: list[bytes] = []
    hashed = _OPENING
    for said in clip(text).split(" "):
        for within, word, before in _kept(said) if len(said) <= LONGEST_KEPT else _hashed(said):
            pieces.append(crc32(word, hashed) % HALF)
            inside.append(within)
            hashed = before
    pieces += (crc32(b">", hashed) % HALF, crc32(b"n %d" % len(pieces).bit_length()) % HALF)
    inside.append(array("q", pieces).tobytes())
    buckets = np.frombuffer(bytearray().join(inside), np.int64)
    buckets.sort()
    first = np.empty(len(buckets), bool)  # np.ones and np.unique take several times as long for so few
    first[0] = True
    np.not_equal(buckets[1:], buckets[:-1], out=first[1:])
    return buckets[first]


# A word as it is hashed: its buckets, eight bytes each; itself; and the beginning of a pair, "p word ".
_Word = tuple[bytes, bytes, int]

_OPENING: Final = crc32(b"p < ")


def _hashed(said: str) -> list[_Word]:
    """Hash the words of what stands between two spaces."""
    return [_hashed_word(word) for word in words_of(said)]


_kept = lru_cache(maxsize=WORDS_KEPT)(_hashed)


def _hashed_word(word: str) -> _Word:
    """Hash a word and all its runs of 2 to 5 characters, a space before and after it.

    In plain integers: for one word that takes less time than calling numpy.
    """
    said = word.encode()
    codes = [SPACE, *map(ord, word), SPACE]
    buckets = [crc32(b"w " + said) % HALF]
    sums = codes
    for length in range(2, 6):
        # each run from the one a character shorter
        sums = [(before * 31 + code) & BITS for before, code in zip(sums, codes[length - 1 :], strict=False)]
        for total in sums:
            mixed = (total + length) * MIX & BITS
            buckets.append(HALF + (mixed ^ mixed >> 15) % HALF)
    return array("q", buckets).tobytes(), said, crc32(b"p %b " % said)


def shares_of(buckets: Indices, rarity: Weights) -> Weights:
    """Return how much each bucket of one text counts: a rare one more, all words together as much as all pieces.

    `rarity` has a number a bucket; `buckets` are in rising order, as `features` gives them.
    """
    shares: Weights = rarity.take(buckets)
    split = int(buckets.searchsorted(HALF))
    for part in (slice(split), slice(split, None)):
        length = math.sqrt(shares[part] @ shares[part])
        if length:
            shares[part] /= length
    return shares


@dataclass(slots=True)
class IntentModel:
    """The learned part: a row of weights a bucket, a column an intent; and how rare each bucket is.

    `place` is the column of each intent; `_table` holds the weights times how rare their bucket is, and in one column
    more the square of how rare it is.
    """

    intents: tuple[str, ...]
    rarity: Weights
    weights: Weights
    bias: Weights
    temperature: float
    place: dict[str, int] = field(init=False)
    _table: Weights = field(init=False)
    _tempered_bias: list[float] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what each message needs."""
        self.place = {intent: column for column, intent in enumerate(self.intents)}
        self._table = np.empty((BUCKETS, len(self.intents) + 1), np.float32)
        np.multiply(self.weights, self.rarity[:, np.newaxis], out=self._table[:, :-1])
        np.square(self.rarity, out=self._table[:, -1])
        self._tempered_bias = (self.bias / self.temperature).tolist()

    @classmethod
    def load(cls, path: Path = MODEL) -> "IntentModel":
        """Read the artefact; OSError when it is missing."""
        with np.load(path) as data:
            return cls(
                intents=tuple(data["intents"].tolist()),
                rarity=data["rarity"].astype(np.float32),
                weights=data["weights"],  # half as precise as they are added up: see `_table`
                bias=data["bias"].astype(np.float32),
                temperature=float(data["temperature"]),
            )

    @classmethod
    def of_installation(cls, path: Path | None) -> "IntentModel":
        """The model an installation trained from the same data as ours; ours when there is none, or it is older."""
        if path is None or not path.is_file():
            return cls.load()
        with np.load(path) as own, np.load(MODEL) as ours:
            fits = "base" in own and str(own["base"]) == str(ours["digest"])
        return cls.load(path if fits else MODEL)

    def scores(self, text: str) -> list[float]:
        """Return a log-odds score an intent, calibrated: their softmax is the probability.

        What `shares_of(buckets) @ weights + bias` says, in fewer steps: of the words and of the pieces the rows of
        the table are added up, and the sum of the last column is the square of the length to divide by.
        """
        buckets = features(text)
        split = int(buckets.searchsorted(HALF))
        rows = self._table.take(buckets, axis=0)  # half the time of self._table[buckets]
        words, pieces = _sum(rows[:split]), _sum(rows[split:])
        by_words = 1 / (math.sqrt(words.pop()) * self.temperature)
        by_pieces = 1 / (math.sqrt(pieces.pop() or 1) * self.temperature)
        tempered = zip(words, pieces, self._tempered_bias, strict=True)
        return [word * by_words + piece * by_pieces + bias for word, piece, bias in tempered]


_ONES: Final = np.ones(
    5 * (HEAD + TAIL), np.float32
)  # more than a text has buckets: four runs begin at a character


def _sum(rows: Weights) -> list[float]:
    """The sum of each column; to multiply by ones takes a third of the time of adding up."""
    total: list[float] = (_ONES[: len(rows)] @ rows).tolist()
    return total


@cache
def cues() -> Patterns[str]:
    """Return the certain words of every language: patterns for lower-case text, each with its intent."""
    return Patterns(_lines("cues.yaml"))


@cache
def certain() -> Patterns[str]:
    """Return the whole messages of every language that mean one thing: patterns for lower-case text with its intent."""
    return Patterns(_lines("certain.yaml"))


def _lines(name: str) -> Iterator[tuple[str, str]]:
    for path in sorted(LANGUAGES.glob(f"*/{name}")):
        for intent, patterns in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            yield from ((intent, pattern) for pattern in patterns)


def said_for_certain(text: str) -> tuple[str, re.Match[str]] | None:
    """Return what a whole message means for certain, with its match; None for all that has to be weighed."""
    if len(text) > LONGEST_CERTAIN:
        return None
    tidy = " ".join(text.casefold().replace("’", "'").strip(_END_MARKS).split())
    for sought in certain().worth_trying(tidy):
        if match := sought.regex.fullmatch(tidy):
            return sought.value, match
    return None


class IntentFinder:
    """Ranks all intents for a text, with what was said before taken into account."""

    def __init__(self, model: IntentModel | None = None) -> None:
        self.model = model or IntentModel.load()

    def readings(self, text: str, context: Context, most: int | None = None) -> tuple[Reading, ...]:
        """Return every intent with its probability, best first; the probabilities sum to 1.

        Of a whole message that means one thing for certain, only that: also an intent that was never learned.
        `most` keeps only so many.
        """
        if text.strip() in THUMBS_UP:
            text = "ja"
        if is_unreadable(text):
            return self._ranked(self._only("unknown"), most)
        if (sure := said_for_certain(text)) is not None:
            return (Reading(sure[0], 1.0),)
        odds = self.model.scores(text)
        place = self.model.place
        length = _length(text) if context.form or context.forwarded else 0  # else nobody asks
        for intent, lift in _lifted(length, context):
            odds[place[intent]] += lift
        for intent in _cued(text):
            odds[place[intent]] += CUE
        most_likely = max(odds)
        shares = [math.exp(each - most_likely) for each in odds]
        total = sum(shares)
        for read, meant in same_here(length, context) if context.form or context.offered else ():
            shares[place[meant]] += shares[place[read]]
            shares[place[read]] = 0
        return self._ranked(shares, most, total)

    def __call__(self, doc: Doc) -> Doc:
        """Note the best readings of a text."""
        context = doc.user_data.get(CONTEXT) or Context(today=date.min)
        text = doc.user_data.get(TEXT) or doc.text
        doc.user_data[READINGS] = self.readings(text, context, NOTED)
        return doc

    def _ranked(self, shares: list[float], most: int | None, total: float = 1.0) -> tuple[Reading, ...]:
        """Rank the intents by their shares of a total; `shares` is used up."""
        intents = self.model.intents
        if most is None:
            order = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
            return tuple([Reading(intents[place], shares[place] / total) for place in order])
        readings = []
        for _ in range(most):  # to look for the largest a few times takes less than to sort them all
            place = shares.index(max(shares))
            readings.append(Reading(intents[place], shares[place] / total))
            shares[place] = -1.0
        return tuple(readings)

    def _only(self, intent: str) -> list[float]:
        """Be nearly sure of one intent."""
        shares = [0.001] * len(self.model.intents)
        shares[self.model.place[intent]] = 1 - 0.001 * (len(shares) - 1)
        return shares


def _length(text: str) -> int:
    """Count the words and marks of a text; more than LONG makes no difference."""
    return sum(1 for _ in islice(_WORD.finditer(text), LONG))


def _cued(text: str) -> list[str]:
    """The intents that certain words speak for; the beginning of a text is all that is looked at."""
    start = text[:CUE_REACH].casefold()
    cued = []
    for sought in cues().worth_trying(start):
        # Searching, a pattern that begins with "^" would be tried at every character.
        opens = sought.pattern[0] == "^"
        if sought.regex.match(start) if opens else sought.regex.search(start):
            cued.append(sought.value)
    return cued


def _lifted(length: int, context: Context) -> list[tuple[str, float]]:
    """What the talk adds to the odds of what it is about; to a short answer to a question the most."""
    lifted: list[tuple[str, float]] = []
    if context.form:
        lifted.append((INTENT_OF_FORM[context.form], 4.0 if is_answer(length, context) else 2.0))
    if context.forwarded and length >= LONG:
        lifted.append(("share_lead", 4.0))
    if context.confirming:
        lifted += [("confirm", 1.5), ("deny", 1.5)]
    if context.offered:
        lifted += [("show_interest", 1.5), ("decline", 1.5)]
    return lifted


def is_answer(length: int, context: Context) -> bool:
    """Tell whether a text of so many words is short enough to be the bare answer to what was asked."""
    return context.asked is not None and length <= ANSWER


def same_here(length: int, context: Context) -> list[tuple[str, str]]:
    """Return pairs of an intent and the one that it comes down to in this context.

    Where a lead lies open and no read-back does, yes is interest and no is refusal. A value ("3 dagen", "Zwolle")
    does not show of what it is one: as an answer it belongs to the form that asks.
    """
    same = []
    if context.offered and not context.confirming:
        same += [("confirm", "show_interest"), ("deny", "decline")]
    if context.form and is_answer(length, context):
        own = INTENT_OF_FORM[context.form]
        same += [(other, own) for other in INTENT_OF_FORM.values() if other != own]
        same += [("unknown", own)] if length <= ANSWER // 2 else []
    return same


def is_unreadable(text: str) -> bool:
    """Tell whether a text holds nothing to read: no letter or digit, or one long run of consonants."""
    if not any(map(str.isalnum, text)):
        return True
    alone = _ONE_WORD.fullmatch(text)
    return alone is not None and not _VOWEL.search(alone[1].lower())
