"""Knows a month, a day of the week or "beschikbaar" with one slip of the finger: "dondredag", "febuari", "beschikbaat".

Only in closed classes of long words, and only when one word is meant: elsewhere a slip may be another word.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlu.language import codes, load_expressions
from nlu.meaning import LanguageCode

SHORTEST, LONGEST = 7, 16  # letters: "friday" is near to Frida, "august" to Augusta
# By the least letters of a word: "vrijkomt" is no slip of "vrijkom".
_CLOSED: Final = {SHORTEST: re.compile(r"M\d+|W\d|EVERY\d"), 9: re.compile("FREE")}


def meant_by(word: str) -> str | None:
    """The symbol of the one word of a closed class that is a slip away: a letter more, less, other or swapped."""
    if not SHORTEST - 1 <= len(word) <= LONGEST:
        return None
    known = _by_less_a_letter()
    meant = {right for part in (word, *_less_a_letter(word)) for right in known.get(part, ())}
    symbols = {symbol for right, symbol in meant if _is_one_slip(word, right)}
    return symbols.pop() if len(symbols) == 1 else None


@cache
def _by_less_a_letter() -> dict[str, list[tuple[str, str]]]:
    """The words of the closed classes with their symbols, by what is left of them without one letter."""
    known: dict[str, list[tuple[str, str]]] = {}
    for code in codes():
        language: LanguageCode = code  # type: ignore[assignment]  # every folder is a language
        for word, symbol in load_expressions(language).alone.items():
            if any(len(word) >= least and each.fullmatch(symbol) for least, each in _CLOSED.items()):
                for part in {word, *_less_a_letter(word)}:
                    if (word, symbol) not in known.setdefault(part, []):
                        known[part].append((word, symbol))
    return known


def _less_a_letter(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_one_slip(word: str, right: str) -> bool:
    """Two words that both miss a letter may still differ in two places."""
    if len(word) != len(right):
        return True
    places = [index for index, (one, other) in enumerate(zip(word, right, strict=True)) if one != other]
    if len(places) < 2:
        return True
    first, last = places[0], places[-1]
    swapped = last == first + 1 and word[first] == right[last] and word[last] == right[first]
    return swapped and len(places) == 2
