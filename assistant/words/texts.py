"""The texts of one language, read once from its files: one for all, and one for each feature that has its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from assistant.words.template import Template, parse

FOLDER = Path(__file__).parent
DEFAULT = "nl"

_Texts = Mapping[str, "str | _Texts"]


@dataclass(frozen=True, eq=False)  # one object a language, compared by identity: a key of caches
class Texts:
    """Every text by its dotted name ("AvailabilitySaved", "labels.confirm"), and how numbers and dates are written."""

    language: str
    locale: Locale
    templates: Mapping[str, Template]

    def fill(self, name: str, values: Mapping[str, str] | None = None) -> str:
        """This text with these values. Raises KeyError when the language lacks it: a test guards that."""
        return self.templates[name].fill(values or {})

    def word(self, section: str, name: str) -> str:
        """The word for this name; the name itself when there is none."""
        return self.fill(f"{section}.{name}") if f"{section}.{name}" in self.templates else name

    def first(self, *names: str) -> str:
        """The first of these names that has a text; the last one must."""
        return next((name for name in names[:-1] if name in self.templates), names[-1])


@cache
def load(language: str) -> Texts:
    """The texts of this language; of the default one when there are none."""
    if language not in languages():
        return load(DEFAULT)
    # The base loader knows strings only, so that the answer "no" stays a word; the C one is ten times faster.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    flat: dict[str, str] = {}
    for path in _files(language):
        tree: _Texts = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (both are safe)
        texts = dict(_flattened(tree))
        if twice := flat.keys() & texts.keys():
            raise ValueError(f"{path.name} says {min(twice)} a second time")
        flat |= texts
    return Texts(language, Locale.parse(flat["locale"]), {name: parse(text) for name, text in flat.items()})


@cache
def languages() -> frozenset[str]:
    """The languages that have a file ("nl.yaml")."""
    return frozenset(path.stem for path in FOLDER.glob("*.yaml") if "." not in path.stem)


def _files(language: str) -> list[Path]:
    """ "nl.yaml", and "deals.nl.yaml" with the texts of deals; "commands.nl.yaml" is a channel's own."""
    features = [
        path for path in sorted(FOLDER.glob(f"*.{language}.yaml")) if path.stem != f"commands.{language}"
    ]
    return [FOLDER / f"{language}.yaml", *features]


def _flattened(tree: _Texts, above: str = "") -> Iterator[tuple[str, str]]:
    for name, branch in tree.items():
        if isinstance(branch, str):
            yield above + name, branch
        else:
            yield from _flattened(branch, f"{above}{name}.")
