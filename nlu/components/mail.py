"""Finds the parts of a mail that say nothing of the work: headers, the greeting, the signature, the small print.

What stands there is about the letter and its writer. The day in "Sent: Monday" is no tool called Monday, the town in a
signature is not where the work is, and a disclaimer makes no lead confidential.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import gazetteer
from nlu.components.names import first_names, looks_like_name, name_end, no_names, words_of
from nlu.finds import Find, note
from nlu.lexicon import Hit, Phrases, Words, lists, phrases_of, word_set

SIGNATURE_LINES: Final = 15
SIGNATURE_WORDS: Final = 8  # in a line; a longer one is a sentence again
CLOSING_WORDS: Final = 4  # "Groetjes, Anne Marie de Boer"
LONGEST_LINE: Final = 400

# Terms of work below a name: the writer goes on. Years, house numbers and telephone numbers stand in a signature too.
_TERMS: Final = re.compile(
    r"€|\b\d{1,3}\s?(?:uur|uren|u|hours?|hrs?|dagen|days|euro|p/[uhwd])\b", re.IGNORECASE
)
# A line of a copied chat begins with a moment in brackets and the name of who wrote it.
_CHAT_LINE: Final = re.compile(r"^\[\d[\d/:., -]{6,24}(?: [AP]M)?\] ([^\n:]{2,40}):", re.MULTILINE)
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s)|\n")
_AND: Final = frozenset({"en", "and"})
_LINES: Final = ("people", "sender", "sent", "dated", "subject")


def make_mail(nlp: Language, name: str) -> "MailFinder":
    """Build the component. It comes before all that read names."""
    return MailFinder()


class MailFinder:
    """Finds "header", "sender", "greeting", "signature" and "disclaimer" (texts): stretches of a mail.

    "sender" is the line that says who wrote ("From: ..."); the other lines of a head are "header".
    """

    kinds = ("header", "sender", "greeting", "signature", "disclaimer")

    def __init__(self) -> None:
        self._closing: Phrases[str] = phrases_of("mail", "closing", "postscript")
        self._disclaimer: Phrases[str] = phrases_of("mail", "disclaimer", "disclaimer_below", "meeting")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """A short message has none of these, but perhaps a greeting."""
        words = words_of(doc)
        finds = _greetings(words)
        heads = _headers(words.text) if ":" in words.text else []
        closings = self._closing.find(words) if "\n" in words.text else []
        signatures = _signatures(words, closings, heads)
        below = signatures[0].start if signatures else len(words.text)
        chat = _other_side(words.text) if "] " in words.text else []
        return [*finds, *heads, *chat, *signatures, *self._small_print(words, below)]

    def _small_print(self, words: Words, below: int) -> list[Find]:
        finds: list[Find] = []
        for hit in self._disclaimer.find(words):
            start = words.starts[hit.first]
            if finds and start < finds[-1].end:
                continue
            if hit.value != "disclaimer_below" or start >= below:
                finds.append(_sentence(words.text, start, words.ends[hit.last]))
        return finds


def _find(kind: str, text: str, start: int, end: int) -> Find:
    return Find(kind, text[start:end], start, end)


def _sentence(text: str, start: int, end: int) -> Find:
    """The sentence around a stretch, and what follows it in the same paragraph when it opens its line."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text, max(0, start - LONGEST_LINE), start)]
    first = ends[-1] if ends else max(0, start - LONGEST_LINE)
    after = _SENTENCE_END.search(text, end)
    last = after.end() if after else len(text)
    if not text[text.rfind("\n", 0, start) + 1 : first].strip(" >\t"):
        blank = text.find("\n\n", end)
        last = blank if blank >= 0 else len(text)
    return _find("disclaimer", text, first, last)


@cache
def _labels() -> dict[str, str]:
    """What each label at the beginning of a line introduces."""
    return {phrase.lower(): kind for kind in _LINES for phrase in lists("mail")[kind]}


@cache
def _header_line() -> re.Pattern[str]:
    labels = "|".join(sorted((re.escape(label) for label in _labels()), key=len, reverse=True))
    return re.compile(
        rf"^[>* \t]{{0,4}}({labels})\*?[ \t]{{0,3}}:\*?([^\n]{{0,{LONGEST_LINE}}})",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _reply_line() -> re.Pattern[str]:
    """ "Op ma 16 nov. 2026 om 10:12 schreef Kees <kees@example.org>:"."""
    verbs = "|".join(map(re.escape, lists("mail")["wrote"]))
    return re.compile(
        rf"^[> ]{{0,4}}(?:Op|On)\b[^\n]{{5,120}}\b(?:{verbs})\b[^\n]{{0,100}}:[ \t\r]*$",
        re.IGNORECASE | re.MULTILINE,
    )


def _other_side(text: str) -> list[Find]:
    """Who a copied chat was with, before each of their lines; of a chat between two names either may be the writer."""
    lines = [m for m in _CHAT_LINE.finditer(text) if m[1].lower() not in word_set("mail", "self")]
    if len({m[1] for m in lines}) != 1:
        return []
    return [_find("sender", text, *m.span(1)) for m in lines]


def _headers(text: str) -> list[Find]:
    """The lines of a mail's head; a label that a form may have too ("Van: 1 maart") needs a name or a neighbour."""
    matches = [(m.start(), m.end(), _labels()[m[1].lower()], m[2]) for m in _header_line().finditer(text)]
    finds = [_find("sender", text, *m.span()) for m in _reply_line().finditer(text)]
    for number, (start, end, kind, rest) in enumerate(matches):
        beside = any(
            abs(other - number) == 1
            and not text[min(end, matches[other][1]) : max(start, matches[other][0])].strip()
            for other in (number - 1, number + 1)
            if 0 <= other < len(matches)
        )
        if (
            kind == "sent"
            or (kind == "dated" and beside)
            or (kind in {"people", "sender"} and _is_named(rest, beside=beside))
        ):
            finds.append(_find("sender" if kind == "sender" else "header", text, start, end))
    return finds


def _is_named(rest: str, *, beside: bool) -> bool:
    """Whether a person or an address follows, and no date or amount."""
    if "@" in rest:
        return True
    words = Words(rest)
    if not words.folded or any(char.isdigit() for char in rest):
        return False
    if beside or (words.folded[0] in first_names() and words.folded[0] not in no_names()):
        return True
    return looks_like_name(words, 0) and not gazetteer.is_place(words, 0)


def _signatures(words: Words, closings: list[Hit[str]], heads: list[Find]) -> list[Find]:
    """From "Met vriendelijke groet" at the beginning of a line down, as long as the lines are short."""
    if not closings:
        return []
    text = words.text
    stops = [len(text), *(find.start for find in heads)]
    stops += [
        words.starts[hit.first] for hit in closings if hit.value == "postscript" and _opens_line(words, hit)
    ]
    stops.sort()
    finds: list[Find] = []
    for hit in closings:
        start = words.starts[hit.first]
        if hit.value != "closing" or not _opens_line(words, hit) or (finds and start < finds[-1].end):
            continue
        end = _line_end(text, start)
        if len(text[words.ends[hit.last] : end].split()) > CLOSING_WORDS:
            continue
        stop = stops[bisect_left(stops, end)]
        for _ in range(SIGNATURE_LINES):
            after = _line_end(text, end + 1)
            line = text[end:after]
            if after > stop or end >= len(text) or _is_sentence(line) or _TERMS.search(line):
                break
            end = after
        finds.append(_find("signature", text, start, end))
    return finds


def _is_sentence(line: str) -> bool:
    """More words than a name, a street or a function has; the figures of telephone numbers are none."""
    return sum(1 for word in line.split() if any(map(str.isalpha, word))) > SIGNATURE_WORDS


def _opens_line(words: Words, hit: Hit[str]) -> bool:
    gap = words.gap(hit.first)
    return hit.first == 0 or ("\n" in gap and not gap.rpartition("\n")[2].strip(" >*\t"))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _greetings(words: Words) -> list[Find]:
    """ "Beste Mieke", "Hoi Kees en Anna": who is greeted is the reader."""
    greetings = word_set("person", "greetings")
    if greetings.isdisjoint(words.folded):
        return []
    finds = []
    for index in [index for index, word in enumerate(words.folded) if word in greetings]:
        if index and words.gap(index) == " " and words.folded[index - 1].isdecimal():
            continue  # "1 dag Utrecht"
        last = _one_name(words, index + 1) if index + 1 < len(words) and words.gap(index + 1) == " " else None
        if last is not None:
            last = _more_names(words, last)
            finds.append(_find("greeting", words.text, words.starts[index], words.ends[last]))
    return finds


def _one_name(words: Words, index: int) -> int | None:
    last = name_end(words, index)
    if last is None and index < len(words) and words.folded[index] in first_names():
        return index
    return last


def _more_names(words: Words, last: int) -> int:
    """ "Mieke, Kees en Anna": names with commas count only when the last one is added with "en"."""
    reached = here = last
    while here + 1 < len(words):
        gap, index = words.gap(here + 1), here + 1
        joined = gap in {" & ", "/", " / ", " + "}
        if (
            gap in {" ", ", "}
            and words.folded[index] in _AND
            and index + 1 < len(words)
            and words.gap(index + 1) == " "
        ):
            joined, index = True, index + 1
        if not joined and gap != ", ":
            break
        end = _one_name(words, index)
        if end is None:
            break
        here = end
        if joined:
            reached = end
    return reached
