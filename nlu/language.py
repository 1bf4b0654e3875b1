"""A language is a folder of data: which words stand for which symbol. A new one needs no Python."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from nlu.meaning import LanguageCode
from nlu.tokenizer import split_words

LANGUAGES: Final = Path(__file__).parent / "languages"
EXPRESSIONS: Final = "expressions"


@dataclass(frozen=True, slots=True)
class Expressions:
    """The words of a language and their symbols.

    `alone` are single words; `pairs` longer phrases by their first two words: (the others, symbol), the longest first.
    """

    alone: dict[str, str]
    pairs: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]


def codes() -> list[str]:
    """Every language that has expressions: one per folder."""
    return sorted(folder.parent.name for folder in LANGUAGES.glob(f"*/{EXPRESSIONS}"))


@cache
def load_expressions(code: LanguageCode) -> Expressions:
    """Read the words of one language, and those of the others as far as they mean nothing else in this one.

    Members mix languages ("fulltime, asap, max 95 p/h"). Words under `own` ("may", "do") count in their own language
    only. Raises ValueError when one phrase stands for two symbols.
    """
    known: dict[tuple[str, ...], str] = {}
    for other in [code, *(c for c in codes() if c != code)]:
        symbols, own = _read(other)
        for words, symbol in symbols.items():
            if other == code or words not in own:
                known.setdefault(words, symbol)
    alone = {words[0]: symbol for words, symbol in known.items() if len(words) == 1}
    pairs: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for words, symbol in sorted(known.items(), key=lambda entry: -len(entry[0])):
        if len(words) > 1:
            pairs.setdefault(words[0], {}).setdefault(words[1], []).append((words[2:], symbol))
    return Expressions(alone, pairs)


@cache
def _read(code: str) -> tuple[dict[tuple[str, ...], str], set[tuple[str, ...]]]:
    symbols: dict[tuple[str, ...], str] = {}
    own: set[tuple[str, ...]] = set()
    for path in sorted((LANGUAGES / code / EXPRESSIONS).glob("*.yaml")):
        for symbol, phrases in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            for phrase in phrases:
                words = split_words(str(phrase))
                if symbol == "own":
                    own.add(words)
                elif symbols.setdefault(words, str(symbol)) != str(symbol):
                    raise ValueError(f"{path}: {phrase!r} stands for {symbols[words]} and for {symbol}")
    return symbols, own
