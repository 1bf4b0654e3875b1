"""Takes the wrapping off a pasted text: tags of a web page, cells of a table that were glued together, broken words.

Reading is done on the tidy text; `Tidy.place` says where each of its characters stood in the text as it was sent.
"""

import html
import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import Final

from nlu.lexicon import lists

MANY_LABELS: Final = 3  # so many names of form fields make a text a form

_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})(?=[\s/>])[^<>]{0,500}>|<!--|-->")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_BROKEN: Final = re.compile(r"(?<=[a-zë])-[ \t]*\r?\n[ \t]*(?=[a-zë])")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# "19-11-2026 14:02 - Hanneke: ..." becomes "[19-11-2026 14:02] Hanneke: ...", as other telephones write it.
_STAMP: Final = re.compile(r"^(\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?)( - )", re.MULTILINE)
_BLOCKS: Final = frozenset(
    {"p", "div", "li", "br", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "hr", "section"}
)

Edit = tuple[int, int, str]  # from, to, what comes in its place


class Tidy:
    """A tidy text; of each piece that was kept, where it begins here and where it began before.

    Never changed once made.
    """

    __slots__ = ("before", "here", "text")

    def __init__(self, text: str, here: tuple[int, ...] = (), before: tuple[int, ...] = ()) -> None:
        self.text = text
        self.here = here
        self.before = before

    def place(self, offset: int) -> int:
        """Where a character of the tidy text stood."""
        if not self.here:
            return offset
        piece = max(0, bisect_right(self.here, offset) - 1)
        end = self.before[piece] + (offset - self.here[piece])
        return min(end, self.before[piece + 1]) if piece + 1 < len(self.before) else end


def tidy(text: str) -> Tidy:
    """The text without its wrapping; one that has none is returned as it is."""
    if "\n" not in text and "<" not in text and "&" not in text and text.isascii():
        return Tidy(text)
    edits = sorted(_edits(text))
    if not edits:
        return Tidy(text)
    pieces: list[str] = []
    here: list[int] = []
    before: list[int] = []
    length = position = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        if start < position:
            continue
        kept = text[position:start]
        here.append(length)
        before.append(position)
        pieces += [kept, new]
        length += len(kept) + len(new)
        position = end
    return Tidy("".join(pieces), tuple(here), tuple(before))


def _edits(text: str) -> list[Edit]:
    edits: list[Edit] = (
        [(m.start(), m.end(), "") for m in _INVISIBLE.finditer(text)] if not text.isascii() else []
    )
    if "<" in text:
        edits += [(m.start(), m.end(), _instead(m[1])) for m in _TAG.finditer(text)]
    if "&" in text:
        edits += [
            (m.start(), m.end(), html.unescape(m[0]).replace("\xa0", " ")) for m in _ENTITY.finditer(text)
        ]
    if "\n" in text:
        edits += [(m.start(), m.end(), "") for m in _BROKEN.finditer(text)]
        edits += [
            each for m in _STAMP.finditer(text) for each in ((m.start(), m.start(), "["), (*m.span(2), "] "))
        ]
        edits += _labels(text)
    return edits


def _instead(tag: str | None) -> str:
    return (
        "\n"
        if tag is not None and tag.lower() in _BLOCKS
        else " "
        if tag and tag.lower() in {"td", "th"}
        else ""
    )


def _labels(text: str) -> list[Edit]:
    """ "Startdatum01-02-2027", "Hours   36" and a label above its value: a colon comes between them."""
    labels = list(_label().finditer(text))
    if len(labels) < MANY_LABELS:
        return []
    found = [m for m in labels if m["colon"] is None or "\n" in m["gap"]]
    lone = {m.start() for m, after in pairwise(found) if "\n" in m["gap"] and m.end() == after.start()}
    return [(*m.span("gap"), ": ") for m in found if m.start() not in lone]


@cache
def _label() -> re.Pattern[str]:
    """A label that opens a line, and what stands between it and its value: nothing, room, a bar or a new line."""
    labels = "|".join(re.escape(label) for label in sorted(lists("form")["labels"], key=len, reverse=True))
    gaps = (
        r"(?<=:) {0,2}",  # it has its colon
        r"(?=[A-Z€\d])",  # glued
        r"\t[ \t]{0,40}",
        r" {2,60}",
        r"[ \t]{0,20}\|[ \t]{0,20}",
        r"[ \t]{0,3}\r?\n[ \t]{0,8}",
    )
    gap = rf"(?P<gap>(?P<colon>[ \t]{{0,3}}:)?(?:{'|'.join(gaps)}))"
    return re.compile(rf"^[ \t|*•-]{{0,4}}(?i:{labels}){gap}(?=[^\s|:])", re.MULTILINE)
