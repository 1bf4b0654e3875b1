"""Rewrites a message as a tape of symbols: numbers, units, months and the small words between them."""

import re
from functools import lru_cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.language import load_expressions
from nlu.lexicon import WORDS_KEPT
from nlu.spoken import may_hold_large_numbers, number_in_words, with_halves, with_large_numbers
from nlu.tape import TAPE, Item, Tape
from nlu.tokenizer import PIECES, Piece
from nlu.typos import meant_by

LANGUAGE: Final = "language"

_GROUPED: Final = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:[.,]\d{1,2})?")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:e|ste|de|st|nd|rd|th)")
_CLOCK: Final = re.compile(r"\d{1,2}(?::\d\d)?[ap]m|\d{1,2}:\d\d|0\d\.[0-5]\d")
_PHONE: Final = re.compile(r"[+0][\d ()-]{9,}")
_DASHES: Final = str.maketrans("–—−", "---")
_BREAK: Final = "BREAK"
_APOSTROPHES: Final = frozenset("'’‘")


def make_words(nlp: Language, name: str) -> "WordReader":
    """Build the component; the words themselves are read when a language is first met."""
    return WordReader()


class WordReader:
    """Leaves the tape in `doc.user_data`; takes the language from there."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the tape of a text."""
        tape = Tape(self.items(doc))
        if "AND" in tape.kinds and ("HALF" in tape.kinds or "HALFDAYS" in tape.kinds):
            tape = Tape(with_halves(tape.items))
        doc.user_data[TAPE] = Tape(with_large_numbers(tape.items)) if may_hold_large_numbers(tape) else tape
        return doc

    def items(self, doc: Doc) -> list[Item]:
        """Look each word up with those that follow it, the longest phrase first."""
        known = load_expressions(doc.user_data[LANGUAGE])
        pieces: list[Piece] = doc.user_data[PIECES]
        following = [word for word, _, _ in pieces[1:]]
        following.append("")
        items: list[Item] = []
        free = 0
        for index, (word, start, end) in enumerate(pieces):
            if index < free:
                continue
            length = 1
            longer = known.pairs[word].get(following[index]) if word in known.pairs else None
            if longer and (phrase := _phrase(longer, following, index)):
                length, symbol = phrase
            elif alone := known.alone.get(word):
                symbol = alone
            elif word in _APOSTROPHES and _is_short_year(pieces, index):
                length, symbol = 2, f"20{pieces[index + 1][0]}"
            else:
                symbol = _symbol(word)
            free = index + length
            last = end if length == 1 else pieces[free - 1][2]
            if "+" in symbol and symbol != "+":  # two words as one: "woensdagochtend" is "W3+DAYPART1"
                items += [Item(part, start, last) for part in symbol.split("+")]
            else:
                items.append(Item(symbol, start, last))
        return items


def _phrase(
    longer: list[tuple[tuple[str, ...], str]], following: list[str], index: int
) -> tuple[int, str] | None:
    """The longest phrase that begins with two words: how many words it has, and its symbol."""
    for rest, symbol in longer:
        if not rest or tuple(following[index + 1 : index + 1 + len(rest)]) == rest:
            return 2 + len(rest), symbol
    return None


def _is_short_year(pieces: list[Piece], index: int) -> bool:
    """ "'27" is 2027; "'95" is long ago."""
    word, start, _ = pieces[index + 1] if index + 1 < len(pieces) else ("", -1, 0)
    return (
        len(word) == 2
        and word.isascii()
        and word.isdecimal()
        and "20" <= word < "50"
        and start == pieces[index][2]
    )


@lru_cache(maxsize=WORDS_KEPT)
def _symbol(word: str) -> str:
    """The symbol of a word that is in no list."""
    if word[0].isalpha():
        return _address(word) or number_in_words(word) or meant_by(word) or "_"
    if word[0].isdecimal() or word[0] == "+":
        return _number(word)
    if "\n" in word:
        return _BREAK
    return word.translate(_DASHES) if len(word) == 1 and word.isprintable() and not word.isalnum() else "_"


def _address(word: str) -> str | None:
    if "@" in word:
        return "MAIL"
    return "URL" if word.startswith(("http", "www.")) else None


def _number(word: str) -> str:
    """A number with a dot before its decimals, an ordinal ("20th"), a clock time or a telephone number."""
    if not word.isascii():
        return "_"
    if _PHONE.fullmatch(word):
        return "PHONE"
    if _CLOCK.fullmatch(word):
        return "CLOCK"
    if ordinal := _ORDINAL.fullmatch(word):
        return f"{int(ordinal[1])}th"
    if grouped := _GROUPED.fullmatch(word):
        return word.replace(grouped[1], "").replace(",", ".")
    return word.replace(",", ".") if word[0].isdecimal() else "+"
