"""Cuts a message into words, numbers and marks, the way people type them: "24-32u", "€95/h", "wk12".

spaCy's own Dutch rules leave such clusters whole and spend most of a cold start on thousands of exceptions; one
pattern is faster and can be read.
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final

from spacy.tokens import Doc

from nlu.lexicon import LONGEST_KEPT, WORDS_KEPT

PIECES: Final = "pieces"
TEXT: Final = "text"

Piece = tuple[str, int, int]  # in lower case, from which character up to which

# Every repeat is bounded or made of one class, so the time stays linear in the length of the text.
_ADDRESSES: Final = r"""
      [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}          # an address
    | (?:https?://|www\.)[^\s<>"]{1,300}                      # a link
    | """
_WORDS: Final = r"""
      [^\W\d_]{1,64}(?:['’][^\W\d_]{1,64})?                   # words, and a'dam
    | \ (?=\S)                                                # a space belongs to the word before it
    | (?:\+\d\d|\b00\d\d|\b0[1-9])(?:[ ()-]{0,2}\d){7,10}(?!\d)   # a telephone number
    | \d{1,3}(?:\.\d{3}){1,3}(?:,\d{1,2})?(?![\d.,]*\d)       # 4.250 and 4.250,50
    | \d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?(?![\d.,]*\d)       # 4,250 and 4,250.50
    | \d{1,2}(?::[0-5]\d)?[ap]m(?![^\W_])                     # 5pm
    | \d{1,2}:[0-5]\d(?!\d)                                   # 14:30
    | \d{1,7}[.,]\d{1,2}(?![.,]?\d)                           # 87,50
    | \d{1,2}(?:e|ste|de|st|nd|rd|th)(?![^\W\d_])             # 1e, 20th
    | \d{1,9}
    | \s+
    | .
    """
_FLAGS: Final = re.VERBOSE | re.IGNORECASE | re.DOTALL
_TOKEN: Final = re.compile(_ADDRESSES + _WORDS, _FLAGS)
_WITHOUT_ADDRESSES: Final = re.compile(_WORDS, _FLAGS)  # looking for those at each word takes half the time


# The one piece that may hold spaces; where it begins a text is cut as a whole.
_MAY_BE_PHONE: Final = re.compile(r"\+\d\d|\b0\d")


def _cut(text: str) -> list[str]:
    """The pieces of a text; put together they are the text."""
    may_hold_one = "@" in text or "://" in text or "www." in text.lower()
    return (_TOKEN if may_hold_one else _WITHOUT_ADDRESSES).findall(text)


def pieces_of(text: str) -> list[Piece]:
    """The words, numbers, marks and line breaks of a text in lower case, and where they stand."""
    if "\n" in text or (("0" in text or "+" in text) and _MAY_BE_PHONE.search(text)):
        return _placed(text)
    pieces: list[Piece] = []
    position = 0
    for said in text.split(" "):
        known = _kept(said) if len(said) <= LONGEST_KEPT else _placed(said)
        pieces += [(word, position + start, position + end) for word, start, end in known]
        position += len(said) + 1
    return pieces


def _placed(text: str) -> list[Piece]:
    words = _cut(text)
    return [
        (word.lower(), end - len(word), end)
        for word, end in zip(words, accumulate(map(len, words)), strict=True)
        if word != " " and (not word.isspace() or "\n" in word)
    ]


_kept = lru_cache(maxsize=WORDS_KEPT)(_placed)


class Tokenizer:
    """Text in, a Doc out, with its words beside it."""

    def __call__(self, text: str) -> Doc:
        """Cut a text; line breaks are words too.

        The words in lower case and their places are left in `doc.user_data["pieces"]`, the text in "text". The Doc
        carries them through the pipeline and has no tokens of its own: making those, and asking each for its text
        again, takes longer than all the grammars together, and the vocabulary's table grows with every word that
        was ever a token (`memory_zone` empties the table and does not shrink it). Nor is room made for any: what
        `Doc(vocab)` sets up takes forty times as long as a Doc that is left blank.
        """
        doc: Doc = Doc.__new__(Doc)
        doc.user_data = {PIECES: pieces_of(text), TEXT: text}
        return doc


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without white space; the way lists of phrases are cut."""
    return tuple(piece.lower() for piece in _cut(text) if not piece.isspace())
