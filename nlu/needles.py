r"""Tells which of many patterns can fit a text at all, so that only those few are tried.

Nearly every pattern holds words that a text must have too: `(heeft|hebben) .*geen \w+ meer` can only fit where
"heeft" or "hebben" stands, and "geen ", and " meer". These needles are read off the pattern itself, so nobody has to
write them beside it and they cannot be wrong. All needles of a list of patterns are looked for together, in one pass
over the text (Aho-Corasick), which takes a microsecond or two however many patterns there are.
"""

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]  # how Python itself reads a pattern
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick

T = TypeVar("T")

Needles = frozenset[str]  # a text that fits holds one of these
NONE: Needles = frozenset()

_LITERAL, _BRANCH, _ASSERT, _GROUP, _ATOMIC = (
    ops.LITERAL,
    ops.BRANCH,
    ops.ASSERT,
    ops.SUBPATTERN,
    ops.ATOMIC_GROUP,
)
_REPEATS: Final = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})
_NO_ROOM: Final = frozenset(
    {ops.AT, ops.ASSERT_NOT}
)  # edges and what may not stand there: the letters around them touch


def needles(pattern: str) -> list[Needles]:
    """What a text must hold for this pattern to fit anywhere in it: of each set one, as it is spelled.

    The longest first; empty when the pattern can do without any letters of its own.
    """
    return sorted(_clauses(parser.parse(pattern).data), key=_length, reverse=True)


def _clauses(steps: list[Any]) -> list[Needles]:
    """Everything that must be there; of each set one."""
    found: list[Needles] = []
    run = ""
    for op, argument in _flat(steps):
        if op is _LITERAL:
            run += chr(argument)
            continue
        if op in _NO_ROOM:
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        if op is _BRANCH:
            each = [max(_clauses(way.data), key=_length, default=NONE) for way in argument[1]]
            if all(each):
                found.append(NONE.union(*each))
        elif op is _ASSERT:
            found += _clauses(argument[1].data)
        elif op in _REPEATS and argument[0]:
            found += _clauses(argument[2].data)
    return [*found, frozenset({run})] if run else found


def _flat(steps: list[Any]) -> list[Any]:
    """The steps of a pattern, with those inside its groups among them."""
    flat: list[Any] = []
    for step in steps:
        op, argument = step
        if op is _GROUP and not argument[1]:  # "(?i:" is left whole: it fits capitals as well
            flat += _flat(argument[3].data)
        elif op is _ATOMIC:
            flat += _flat(argument.data)
        else:
            flat.append(step)
    return flat


def _length(clause: Needles) -> tuple[int, int]:
    return min(map(len, clause)), -len(clause)


class Sought(Generic[T]):
    """A pattern with what it stands for; it is compiled when it is first tried."""

    def __init__(self, value: T, pattern: str, *, any_case: bool = False) -> None:
        self.value = value
        self.pattern = pattern
        self._flags = re.IGNORECASE if any_case else 0
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, ready to be tried."""
        if self._regex is None:  # by hand: mypyc makes a cached_property anew each time
            self._regex = re.compile(self.pattern, self._flags)
        return self._regex


class Patterns(Generic[T]):
    """Patterns and what each stands for, of which a text can fit only a few.

    Those for `any_case` are spelled in small letters, and so is then the text that they are worth trying on.
    """

    def __init__(self, entries: Iterable[tuple[T, str]], *, any_case: bool = False) -> None:
        self.all = tuple(Sought(value, pattern, any_case=any_case) for value, pattern in entries)
        # of each pattern what it needs besides its longest needles
        self._others: list[tuple[tuple[str, ...], ...]] = []
        self._always: list[int] = []
        wanted: dict[str, list[int]] = {}
        for number, sought in enumerate(self.all):
            longest, *others = needles(sought.pattern) or [NONE]
            self._others.append(tuple([tuple(other) for other in others if _length(other)[0] > 1]))
            if not longest:
                self._always.append(number)
            for needle in longest:
                wanted.setdefault(needle, []).append(number)
        self._wanted = list(wanted.values())
        self._finder = AhoCorasick(list(wanted))

    def worth_trying(self, text: str) -> list[Sought[T]]:
        """In their own order, those that may fit somewhere in a text; nearly all others are left out."""
        found = self._finder.find_matches_as_indexes(text, overlapping=True)
        if not found and not self._always:
            return []
        numbers = set(self._always)
        for needle, _start, _end in found:
            numbers.update(self._wanted[needle])
        fitting = [number for number in numbers if _holds(text, self._others[number])]
        fitting.sort()
        return [self.all[number] for number in fitting]


def _holds(text: str, clauses: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a text holds one of each."""
    for clause in clauses:
        for needle in clause:
            if needle in text:
                break
        else:
            return False
    return True
