"""Reads what a member sets, of the collective or for themself, and the few requests that are always said alike.

A grammar of its own: a whole message, with or without its politeness, fits one line of `languages/*/settings.yaml`, or
it is something else. So it never takes a message from another subject, and needs no training.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import yaml

from nlu.lexicon import LANGUAGES, fold
from nlu.meaning import Setting
from nlu.needles import Patterns

LONGEST: Final = 160  # characters
AS_WRITTEN: Final = ("name", "pool", "client", "new", "link")  # gaps that keep their capitals

_PART: Final = re.compile(r"(?<!\?P)<([a-z]+)>")  # "<n>", but not the name of a group
_EDGES: Final = " \t\n.,!:;"


def setting_of(text: str) -> Setting | None:
    """What is set and to which value, both as `settings.yaml` names them; None for any other message."""
    if len(text) > LONGEST:
        return None
    said = " ".join(fold(text).strip(_EDGES).split())
    grammar = _grammar()
    fitting = list(grammar.lines.worth_trying(said))
    if not fitting:
        return None
    bare = grammar.polite.sub("", said).strip(_EDGES)
    for line in fitting:
        if match := line.regex.fullmatch(said) or line.regex.fullmatch(bare):
            name, value = line.value
            return Setting(name, grammar.filled(value, match, text))
    return None


def lines() -> Patterns[tuple[str, str]]:
    """Every line of every language, with the setting and the value it stands for."""
    return _grammar().lines


class _Grammar:
    """The lines of all languages together."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}  # number words and the like, folded
        said: list[tuple[tuple[str, str], str]] = []  # a setting with its value, and how that is said
        polite: list[str] = []  # only at the beginning and the end: what a line needs is there before they go
        for path in sorted(LANGUAGES.glob("*/settings.yaml")):
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            self.values |= {fold(str(word)): str(value) for word, value in data["values"].items()}
            polite += data["polite"]
            said += _lines(data["settings"], data["parts"])
        self.polite = re.compile("|".join(polite))
        self.lines = Patterns(said)

    def filled(self, value: str, match: re.Match[str], text: str) -> str:
        """The value, with what was said in its gaps; a name as it was written."""
        for gap, said in match.groupdict(default="").items():
            meant = (
                _as_written(said, text)
                if gap in AS_WRITTEN
                else self.values.get(said, said.replace(",", "."))
            )
            value = value.replace(f"<{gap}>", meant)
        return value


def _lines(
    settings: Mapping[str, list[str]], parts: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], str]]:
    for key, lines in settings.items():
        name, _equals, value = key.partition("=")
        for line in lines:
            yield (name, value), _PART.sub(lambda part: parts[part[1]], line)


def _as_written(said: str, text: str) -> str:
    found = re.search(re.escape(said), fold(text))
    return text[found.start() : found.end()] if found and len(fold(text)) == len(text) else said


@cache
def _grammar() -> _Grammar:
    return _Grammar()
