"""A message rewritten as a line of plain symbols: "vanaf 1 mrt 24u p/w" is read as `FROM 1 M3 24 HOUR PERWEEK`.

The words of each language are data; the grammars are regular expressions over the symbols, the same for all languages.
A grammar may collapse what it recognised into one new symbol, so that the next one builds upon it (a cascade of
finite-state grammars). Symbols are capitals, numbers are digits, marks stay as they are and any other word is `_`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from spacy.tokens import Doc

from nlu.finds import Find

TAPE: Final = "tape"

NUM: Final = r"\d+(?:\.\d+)?"
_DIGIT: Final = re.compile("[0-9]")


class Item:
    """One symbol; `start` and `end` count characters of the original text, `value` is what a grammar made of it.

    Never changed once made, and so is a `Match`; compiled, a plain class is made far sooner than a tuple with names.
    """

    __slots__ = ("end", "start", "symbol", "value")

    def __init__(self, symbol: str, start: int, end: int, value: object = None) -> None:
        self.symbol = symbol
        self.start = start
        self.end = end
        self.value: Any = value


class Match:
    """Where a rule fits: items `first` up to but not including `last`, and the groups of its pattern."""

    __slots__ = ("first", "groups", "last")

    def __init__(self, first: int, last: int, groups: re.Match[str]) -> None:
        self.first = first
        self.last = last
        self.groups = groups


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
        self._offsets: list[int] = []  # see `_spaces`

    def matches(self, pattern: "Pattern") -> list[Match]:
        """Find a pattern; of one with a group `it` that group is taken, the rest must stand beside it."""
        regex, text = pattern.regex, self.text
        one = regex.search(text)
        if one is None:  # the most common answer by far, and sooner told than by a walk
            return []
        spaces, count, group = self._spaces(), len(self.items), pattern.taken
        matches: list[Match] = []
        for each in regex.finditer(text, one.start()):
            start, end = each.span(group)
            first = bisect_right(spaces, start, 0, count) - 1
            matches.append(Match(first, bisect_right(spaces, end - 1, 0, count), each))
        return matches

    def first(self, pattern: "Pattern") -> Match | None:
        """Where a pattern fits first."""
        found = pattern.regex.search(self.text)
        if found is None:
            return None
        start, end = found.span(pattern.taken)
        return Match(self.index(start), self.index(end - 1) + 1, found)

    def index(self, position: int) -> int:
        """The item whose symbol (or the space before it) stands at this position of `text`."""
        return bisect_right(self._spaces(), position, 0, len(self.items)) - 1

    def symbols(self, first: int, last: int) -> str:
        """The symbols of items `first` to `last` as a text with a space on both sides."""
        count = len(self.items)
        first, last = max(first, 0), min(last if last >= 0 else count + last, count)
        if first >= last:
            return " "
        spaces = self._spaces()
        return self.text[spaces[first] : spaces[last] + 1]

    def _spaces(self) -> list[int]:
        """Where in `text` the space before each symbol stands, and the last one; counted when somebody asks."""
        if not self._offsets:
            self._offsets = list(accumulate([len(item.symbol) + 1 for item in self.items], initial=0))
        return self._offsets

    def find(self, kind: str, value: object, first: int, last: int) -> Find:
        """A find over items `first` up to but not including `last`."""
        return Find(kind, value, self.items[first].start, self.items[last - 1].end)

    def collapse(self, found: list[tuple[int, int, Item]]) -> "Tape":
        """The tape in which each (first, last, item) has become that one item; they may not overlap."""
        if not found:
            return self
        items: list[Item] = []
        position = 0
        for first, last, item in sorted(found, key=_first) if len(found) > 1 else found:
            items += self.items[position:first]
            items.append(item)
            position = last
        items += self.items[position:]
        return Tape(items)


def _first(entry: tuple[int, int, Item]) -> int:
    return entry[0]


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
        fitting: list[int] = []
        for needs, numbers in self._needing.items():
            if needs in text:
                fitting += numbers
        fitting.sort()
        rules = [self._rules[number] for number in fitting]
        return [each for each in rules if not each.either or not each.either.isdisjoint(kinds)]


def cover(tape: Tape, grammar: Grammar, *args: object) -> list[tuple[Match, Any]]:
    """What the rules make of a tape, earlier rules first; what one has taken no later one can have."""
    taken: set[int] = set()
    made: list[tuple[Match, Any]] = []
    for each in grammar.worth_trying(tape):
        for match in tape.matches(each.pattern):
            if not taken.isdisjoint(range(match.first, match.last)):
                continue
            value = each.make(match.groups, *args)
            if value is not None:
                taken.update(range(match.first, match.last))
                made.append((match, value))
    return sorted(made, key=_place) if len(made) > 1 else made


def _place(made: tuple[Match, Any]) -> int:
    return made[0].first


def tape_of(doc: Doc) -> Tape:
    """The tape of this text as it now stands."""
    tape: Tape = doc.user_data[TAPE]
    return tape
