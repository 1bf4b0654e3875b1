"""Short answers as people give them, in every language at once: what "toch wel" or "not now" says is data."""

import re
from functools import cache

import yaml

from nlu.language import LANGUAGES, codes

FILE = "replies.yaml"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """What is said so in any language, of letters of any size. Raises KeyError for a name that no language has."""
    found = [each for said in _said() for each in said["patterns"].get(name, ())]
    if not found:
        raise KeyError(name)
    return re.compile("|".join(found), re.IGNORECASE | re.DOTALL)


@cache
def words(name: str) -> frozenset[str]:
    """The words, or phrases, of this name in every language. Raises KeyError for a name that no language has."""
    found = frozenset(phrase for said in _said() for phrase in _split(said["words"].get(name, "")))
    if not found:
        raise KeyError(name)
    return found


def found_in(match: re.Match[str]) -> str:
    """What the pattern left open, whichever language it was said in."""
    return next(group for group in match.groups() if group is not None)


@cache
def _said() -> tuple[dict[str, dict[str, str]], ...]:
    files = (LANGUAGES / code / FILE for code in codes())
    return tuple(yaml.load(each.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for each in files)


def _split(line: str) -> list[str]:
    return [phrase.strip() for phrase in line.split(",") if phrase.strip()]
