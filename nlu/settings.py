"""Reads what a member sets, of the collective or for themself, and the few requests that are always said alike.

A grammar of its own: a whole message, but for politeness, fits one line of `languages/*/settings.yaml`, or it is
something else. So it never takes a message from another subject, and needs no training.
"""

import re
from collections.abc import Mapping
from functools import cache

import yaml

from nlu.lexicon import LANGUAGES, any_of, fold
from nlu.meaning import Setting

LONGEST = 160  # characters
AS_WRITTEN = ("name", "pool", "client")  # gaps that keep their capitals

_PART = re.compile(r"(?<!\?P)<([a-z]+)>")  # "<n>", but not the name of a group
_EDGES = " \t\n.,!:;"


def setting_of(text: str) -> Setting | None:
    """What is set and to which value, both as `settings.yaml` names them; None for any other message."""
    if len(text) > LONGEST:
        return None
    said = " ".join(fold(text).strip(_EDGES).split())
    grammar = _grammar()
    if grammar.words.isdisjoint(re.findall(r"[^\W\d_]+", said)):
        return None
    said = grammar.polite.sub("", said).strip(_EDGES)
    if grammar.any.fullmatch(said) is None:
        return None
    for name, value, pattern in grammar.lines:
        if match := re.fullmatch(pattern, said):
            return Setting(name, grammar.filled(value, match, text))
    return None


class _Grammar:
    """The lines of all languages together."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.values: dict[str, str] = {}  # number words and the like, folded
        self.lines: list[tuple[str, str, str]] = []  # a setting, its value and how that is said
        polite: list[str] = []
        for path in sorted(LANGUAGES.glob("*/settings.yaml")):
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            self.words |= {fold(word) for word in data["words"].replace(",", " ").split()}
            self.values |= {fold(str(word)): str(value) for word, value in data["values"].items()}
            polite += data["polite"]
            self._add(data["settings"], data["parts"])
        self.polite = re.compile("|".join(polite))
        self.any = any_of(line for _name, _value, line in self.lines)

    def _add(self, settings: Mapping[str, list[str]], parts: Mapping[str, str]) -> None:
        for key, lines in settings.items():
            name, _equals, value = key.partition("=")
            for line in lines:
                whole = _PART.sub(lambda part: parts[part[1]], line)
                self.lines.append((name, value, whole))

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


def _as_written(said: str, text: str) -> str:
    found = re.search(re.escape(said), fold(text))
    return text[found.start() : found.end()] if found and len(fold(text)) == len(text) else said


@cache
def _grammar() -> _Grammar:
    return _Grammar()
