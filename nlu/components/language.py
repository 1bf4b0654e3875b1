"""Tells Dutch from English by the small words that only one of them has.

Restricting the choice to two languages matters more than the method. A text without such words ("Goes, 32u")
says nothing, and then the writer's own language counts. The words are data:
`languages/<code>/function_words.txt`.
"""

import re
from functools import cache
from pathlib import Path

from nlu.meaning import LanguageCode

LANGUAGES = Path(__file__).parent.parent / "languages"
ENOUGH = 2000  # characters; a mail's language shows long before that

_WORD = re.compile(r"[a-z']+")


def detect(text: str, fallback: LanguageCode | None) -> LanguageCode:
    """Return the language most small words belong to; `fallback`, else Dutch, when they do not decide."""
    words = _WORD.findall(text[:ENOUGH].lower().replace("’", "'"))
    dutch = sum(map(_function_words("nl").__contains__, words))
    english = sum(map(_function_words("en").__contains__, words))
    if dutch == english:
        return fallback or "nl"
    return "nl" if dutch > english else "en"


@cache
def _function_words(language: LanguageCode) -> frozenset[str]:
    """Read the words that only this language has."""
    text = (LANGUAGES / language / "function_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
