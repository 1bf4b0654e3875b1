"""Texts that nobody writes and a program may send all the same, and what must hold of every reading of them."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import FrameType

import yaml
from hypothesis import strategies as st

from nlu import Context, Meaning, Reader
from nlu.meaning import Form
from nlu.printing import to_json

LONGEST = 20_000
TODAY = date(2026, 11, 21)
READER = Reader()
MESSAGES = Path(__file__).parents[1] / "bench" / "messages.yaml"

# What our grammars and lists look for, what stands between, and what breaks a program that is careless with text.
_WORDS = r"""
1 31 0 06 +31 1. 1, 12:00 95 €95 1e 2e k x a A é Xx XX ' ’ - – / , . : ; ! ? ( ) [ ] { } < > @ # % & * _ | \ "
uur u p/w 32u dagen maandag ma ma/ wk12 maart mei week Q2 half eind tot t/m vanaf per tussen max niet geen of en
Kees Jan van de v.d. Utrecht in bij voor gemeente Gemeente ASML zoek projectleider python banken klant Klant:
a@b.nl @a. http://a.nl/ www. 06-12345678 NL12ABCD0 Beste Groeten, From: Van: P.S. 31feb ik vol vrij weg nog
"""
PIECES = (
    *_WORDS.split(),
    " ", "  ", "\n", "\n\n", "\r\n", "\t", "\xa0", "> ", "- ", "1) ", "31 februari", "maandag 3 maart", "liever geen ",
    "met vriendelijke groet\n", "Van: Jan <a@b.nl>\n", "ik ben ", "zoek een ", "daarna 3 dagen ", "en ook een ",
    "\u200b", "\u200d", "\u202e", "\u0301", "e\u0301", "\ufeff", "ﬁ", "İ", "ß", "½", "²", "١", "😀", "👍🏽", "漢字", "עברית",
    "\x00", "\x1b", "\ud83d", "\udc00", "\U0010ffff",
)  # fmt: skip

FORMS: tuple[Form | None, ...] = (None, "lead", "availability", "profile")
ASKED = (None, "start", "end", "hours_per_week", "days_per_week", "rate", "place", "roles", "name", "reason")


def real_messages() -> list[str]:
    """What members do write: the messages and the mail of the benchmark."""
    data = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))
    return [*map(str, data["short"]), str(data["mail"])]


def contexts() -> st.SearchStrategy[Context]:
    """Anything that may have been said before."""
    return st.builds(
        Context,
        today=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
        language=st.sampled_from([None, "nl", "en"]),
        form=st.sampled_from(FORMS),
        asked=st.sampled_from(ASKED),
        forwarded=st.booleans(),
        offered=st.booleans(),
        confirming=st.booleans(),
    )


def any_text() -> st.SearchStrategy[str]:
    """Any characters at all, halves of surrogate pairs among them."""
    return st.text(st.characters(codec=None, categories=None), max_size=400)


def heaps() -> st.SearchStrategy[str]:
    """Pieces in any order, with or without spaces."""
    piece = st.sampled_from(PIECES)
    return st.tuples(st.lists(piece, max_size=60), st.sampled_from(["", " ", "\n"])).map(
        lambda drawn: drawn[1].join(drawn[0])
    )


def repeats() -> st.SearchStrategy[str]:
    """One to four pieces over and over, to LONGEST characters."""
    pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
    return st.tuples(pieces, st.integers(1, LONGEST)).map(lambda drawn: repeated(*drawn))


def nested() -> st.SearchStrategy[str]:
    """Brackets in brackets, thousands deep."""
    depth = st.integers(1, LONGEST // 2)
    return st.tuples(st.sampled_from(["()", "[]", "{}", "<>", '""']), depth, heaps()).map(
        lambda drawn: (drawn[0][0] * drawn[1] + drawn[2] + drawn[0][1] * drawn[1])[:LONGEST]
    )


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real message of which stretches are dropped, doubled or replaced."""
    text = draw(st.sampled_from(real_messages()))
    for _ in range(draw(st.integers(1, 8))):
        first, last = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        middle = draw(st.one_of(st.just(""), st.just(text[first:last] * 2), st.sampled_from(PIECES)))
        text = text[:first] + middle + text[last:]
    return text[:LONGEST]


def shapes() -> st.SearchStrategy[str]:
    """All of these."""
    return st.one_of(any_text(), heaps(), mutated(), repeats(), nested())


def repeated(piece: str, length: int) -> str:
    """A piece over and over, at least once, to about `length` characters."""
    return piece * max(1, length // len(piece))


def check(text: str, context: Context) -> None:
    """Any text has a reading; its spans lie in the text and quote it; and it can be printed."""
    meaning = READER.read(text, context)
    # half a surrogate pair can be neither stored nor printed: it is read, and quoted, as a question mark
    readable = text.encode("utf-8", "replace").decode()
    for one in _with_parts(meaning):
        for span in one.spans:
            assert 0 <= span.start <= span.end <= len(text)
            assert readable[span.start : span.end] == span.text
        printed = to_json(one)
        assert json.loads(json.dumps(printed, allow_nan=False)) == printed
        assert 0 <= one.confidence <= 1.001


def _with_parts(meaning: Meaning) -> Iterator[Meaning]:
    yield meaning
    for part in meaning.parts:
        yield from _with_parts(part)


def calls(text: str, context: Context) -> int:
    """How many calls reading a text takes: a measure of work that does not depend on how busy the machine is."""
    READER.read(text, context)  # what is remembered of words is remembered now
    count = 0

    def counted(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        READER.read(text, context)
    finally:
        sys.setprofile(before)
    return count
