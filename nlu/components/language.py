"""Tells Dutch from English by the small words that only one of them has.

Restricting the choice to two languages matters more than the method. A text without such words ("Goes, 32u")
says nothing, and then the writer's own language counts. The words are data:
`languages/<code>/function_words.txt`.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from nlu.lexicon import LONGEST_KEPT, WORDS_KEPT
from nlu.meaning import LanguageCode

LANGUAGES: Final = Path(__file__).parent.parent / "languages"
ENOUGH: Final = 2000  # characters; a mail's language shows long before that

_WORD: Final = re.compile(r"[a-z']+")


def detect(text: str, fallback: LanguageCode | None) -> LanguageCode:
    """Return the language most small words belong to; `fallback`, else Dutch, when they do not decide."""
    balance = 0
    for said in text[:ENOUGH].split(" "):
        balance += _kept(said) if len(said) <= LONGEST_KEPT else _balance(said)
    if balance == 0:
        return fallback or "nl"
    return "nl" if balance > 0 else "en"


def _balance(said: str) -> int:
    """How many Dutch words more than English ones stand between two spaces."""
    words = _WORD.findall(said.lower().replace("’", "'"))
    dutch, english = _function_words("nl"), _function_words("en")
    return sum([(word in dutch) - (word in english) for word in words])


_kept = lru_cache(maxsize=WORDS_KEPT)(_balance)


@cache
def _function_words(language: LanguageCode) -> frozenset[str]:
    """Read the words that only this language has."""
    text = (LANGUAGES / language / "function_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
