"""A message rewritten as a line of plain symbols: "vanaf 1 mrt 24u p/w" is read as `FROM 1 M3 24 HOUR PERWEEK`.

The words of each language are data; the grammars are regular expressions over the symbols, the same for all languages.
A grammar may collapse what it recognised into one new symbol, so that the next one builds upon it (a cascade of
finite-state grammars). Symbols are capitals, numbers are digits, marks stay as they are and any other word is `_`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from spacy.tokens import Doc

from nlu.finds import Find

TAPE = "tape"

NUM = r"\d+(?:\.\d+)?"
_DIGIT = re.compile("[0-9]")


class Item(NamedTuple):
    """One symbol; `start` and `end` count characters of the original text, `value` is what a grammar made of it."""

    symbol: str
    start: int
    end: int
    value: Any = None


class Match(NamedTuple):
    """Where a rule fits: items `first` up to but not including `last`, and the groups of its pattern."""

    first: int
    last: int
    groups: re.Match[str]


class Tape:
    """The items of one message, and their symbols as a text that patterns can search.

    `kinds` holds each symbol once and `figures` says whether any has a digit in it: most patterns need not be tried.
    """

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        symbols = [item.symbol for item in items]
        self.kinds = frozenset(symbols)
        self.text = f" {' '.join(symbols)} " if symbols else " "
        self.figures = _DIGIT.search(self.text) is not None
        self._offsets: list[int] = []  # of the space before each symbol; counted when the first pattern fits

    def matches(self, pattern: "Pattern") -> Iterator[Match]:
        """Find a pattern; of one with a group `it` that group is taken, the rest must stand beside it."""
        group = pattern.taken
        for found in pattern.regex.finditer(self.text):
            yield Match(self.index(found.start(group)), self.index(found.end(group) - 1) + 1, found)

    def index(self, position: int) -> int:
        """The item whose symbol (or the space before it) stands at this position of `text`."""
        if not self._offsets:
            lengths = (len(item.symbol) + 1 for item in self.items)
            self._offsets = list(accumulate(lengths, initial=0))[:-1]
        return bisect_right(self._offsets, position) - 1

    def symbols(self, first: int, last: int) -> str:
        """The symbols of items `first` to `last` as a text with a space on both sides."""
        return "".join([f" {item.symbol}" for item in self.items[max(first, 0) : last]]) + " "

    def find(self, kind: str, value: object, first: int, last: int) -> Find:
        """A find over items `first` up to but not including `last`."""
        return Find(kind, value, self.items[first].start, self.items[last - 1].end)

    def collapse(self, found: Iterable[tuple[int, int, Item]]) -> "Tape":
        """The tape in which each (first, last, item) has become that one item; they may not overlap."""
        entries = sorted(found, key=lambda entry: entry[0])
        if not entries:
            return self
        items, position = [], 0
        for first, last, item in entries:
            items += [*self.items[position:first], item]
            position = last
        return Tape([*items, *self.items[position:]])


class Pattern:
    """A pattern over symbols; `taken` is the group of it that is what was found.

    It is compiled when it is first tried: compiling all of them took a tenth of a second of every start.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self.taken: str | int = "it" if "(?P<it>" in source else 0
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        if self._regex is None:  # by hand: mypyc makes a cached_property anew each time
            self._regex = re.compile(self._source)
        return self._regex


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over symbols and what to make of it; `make` may return None to say that it is nothing after all.

    `needs` is a piece of text without which the pattern cannot fit, `either` are symbols of which it needs one (none
    when empty): most messages skip most rules.
    """

    needs: str
    pattern: Pattern
    make: Callable[..., Any]
    either: frozenset[str] = frozenset()


def rule(needs: str, pattern: str, make: Callable[..., Any], either: frozenset[str] = frozenset()) -> Rule:
    """A rule that fits whole symbols only."""
    return Rule(needs, compiled(pattern), make, either)


def compiled(pattern: str) -> Pattern:
    """A pattern that begins and ends at the edges of symbols; a space stands before and after each symbol."""
    return Pattern(f" (?:{pattern})(?= )")


class Grammar:
    """Rules in their order; what several of them need is looked for once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._needing: dict[str, list[int]] = {}
        for number, each in enumerate(self._rules):
            self._needing.setdefault(each.needs, []).append(number)

    def worth_trying(self, tape: Tape) -> list[Rule]:
        """The rules that may fit a tape."""
        text, kinds = tape.text, tape.kinds
        fitting = [number for needs, numbers in self._needing.items() if needs in text for number in numbers]
        rules = [self._rules[number] for number in sorted(fitting)]
        return [each for each in rules if not each.either or not each.either.isdisjoint(kinds)]


def cover(tape: Tape, grammar: Grammar, *args: object) -> list[tuple[Match, Any]]:
    """What the rules make of a tape, earlier rules first; what one has taken no later one can have."""
    taken: set[int] = set()
    made = []
    for each in grammar.worth_trying(tape):
        for match in tape.matches(each.pattern):
            if not taken.isdisjoint(range(match.first, match.last)):
                continue
            value = each.make(match.groups, *args)
            if value is not None:
                taken.update(range(match.first, match.last))
                made.append((match, value))
    return sorted(made, key=lambda entry: entry[0].first)


def tape_of(doc: Doc) -> Tape:
    """The tape of this text as it now stands."""
    tape: Tape = doc.user_data[TAPE]
    return tape
