"""Short answers as people give them, in every language at once: what "toch wel" or "not now" says is data."""

import re
from functools import cache
from typing import Any, Final

import yaml

from nlu.language import LANGUAGES, codes

FILE: Final = "replies.yaml"
_LETTER: Final = re.compile(r"[^\W\d_]")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """What is said so in any language, of letters of any size. Raises KeyError for a name that no language has."""
    found = [each for said in _said("patterns") for each in said.get(name, ())]
    if not found:
        raise KeyError(name)
    return re.compile("|".join(found), re.IGNORECASE | re.DOTALL)


@cache
def words(name: str) -> frozenset[str]:
    """The words, or phrases, of this name in every language. Raises KeyError for a name that no language has."""
    found = frozenset(phrase for said in _said("words") for phrase in _split(said.get(name, "")))
    if not found:
        raise KeyError(name)
    return found


def may_be_work(said: str) -> bool:
    """Whether words that answer "what kind of work?" can be one: "50", "ja doe maar" and "yes" are none."""
    return _LETTER.search(said) is not None and pattern("no_work").match(said) is None


def not_before(text: str) -> re.Match[str] | None:
    """Where somebody says to be free only from some day on: what was said of the days before it no longer holds."""
    low = text.lower()  # looking for the pattern in every message would take a fiftieth of its reading
    return pattern("not_before").search(text) if any(word in low for word in words("not_before")) else None


def found_in(match: re.Match[str]) -> str:
    """What the pattern left open, whichever language it was said in."""
    return next(group for group in match.groups() if group is not None)


@cache
def _said(kind: str) -> list[Any]:
    """What each language has of this kind: lists of patterns, or lines of phrases, by name."""
    files = (LANGUAGES / code / FILE for code in codes())
    return [yaml.load(each.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[kind] for each in files]


def _split(line: str) -> list[str]:
    return [phrase.strip() for phrase in line.split(",") if phrase.strip()]
