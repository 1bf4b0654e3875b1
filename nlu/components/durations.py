"""Finds how long work lasts: "6 mnd", "een half jaar", "4 weken"; not experience, options to extend or the past.

Kept in months: four weeks are one month.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.calendar import add_months
from nlu.components.quantities import cancelled, quantity, range_of
from nlu.finds import Find, note
from nlu.tape import TAPE, Item, Match, Tape, compiled, tape_of

_MONTHS: Final = {"MONTH": 1.0, "QUARTER": 3.0, "YEAR": 12.0}
_LONGEST_YEARS: Final = 3  # more years are experience or age
_MOST: Final = 520  # of weeks or months; more is a number of something else, such as a telephone

_UNITS: Final = frozenset({"WEEK", "MONTH", "YEAR", "PERYEAR", "PERMONTH", "PERWEEK", "HALFYEAR", "QUARTER"})
_COUNTED: Final = compiled(quantity() + r"(?: -)? (?P<unit>WEEK|MONTH|YEAR|QUARTER)")
_A_FEW: Final = compiled(
    r"(?:A )?(?:HALF(?: A)? YEAR|HALFYEAR)|HALF PERYEAR|A (?P<long>YEAR|MONTH|QUARTER) LONG"
    r"|(?:A |PER)(?P<several>WEEK|MONTH) OR (?P<count>[2-9]|1\d)"
    r"|A (?P<one>YEAR|MONTH)|FOR PER(?P<for>YEAR|MONTH)|(?<= , )PER(?P<listed>YEAR)(?= (?:[,.;|]|BREAK|$))"
)
_NOT_LASTING: Final = re.compile(
    r" (?:OVER|PER|1th|LAST|FINAL|TIMES|IN|ONCE|EVERY|AFTER|AGO|NEXT|AND|SINCE|ALREADY|NOTICE(?: (?:_|NOW|ABOUT)){0,3}"
    r"|EXTENSION(?: \S+){0,6})(?: (?:THE|ABOUT|VAN|:))? $"
)
_NOT_LASTING_AFTER: Final = re.compile(
    r"^ (?:AGO|OLD|IN \d|(?:(?:VAN|OF|_) )?NOTICE|TO _|(?:_ )?EXTENSION|(?:(?![.!?;]|BREAK)\S+ ){0,3}EXPERIENCE) "
)
_ALONE: Final = re.compile(r"^ (?:$|[,.;)!|/+-]|BREAK|\()")
_TOLD: Final = re.compile(r" (?:DURATION|RUNS|WORK)(?: (?:_|:|THE|ABOUT|MIN|MAX|FOR|\())* $")
_LASTING: Final = re.compile(
    r" (?:FOR|BEFORE|DURATION|:|,|\(|;|MIN|MAX|DATE|TOTAL|END|HOURS|DAYS|\+|(?:WORK|CONTRACT) VAN)"
    r"(?: (?:A|_|:|FIRST))? $"
)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: weeks, or else months."""

    months: float
    weeks: float = 0
    told: bool = False  # "looptijd 8 maanden", "de opdracht duurt 8 maanden"

    def last_day(self, first: date) -> date:
        """The last day of a stretch of this length that begins on `first`."""
        if self.weeks or self.months != int(self.months):
            return first + timedelta(round(7 * (self.weeks or self.months * 4)) - 1)
        return add_months(first, int(self.months)) - timedelta(1)


def make_durations(nlp: Language, name: str) -> "DurationFinder":
    """Build the component."""
    return DurationFinder()


class DurationFinder:
    """Finds of kind "duration": a `Length`; of "6-9 maanden" the lower."""

    def find(self, doc: Doc) -> list[Find]:
        """Every length of time that can be how long work lasts."""
        tape = tape_of(doc)
        return _finds(tape, _read(tape))

    def __call__(self, doc: Doc) -> Doc:
        """Note them and take them off the tape."""
        tape = tape_of(doc)
        read = _read(tape)
        finds = _finds(tape, read)
        doc.user_data[TAPE] = tape.collapse(
            [(m.first, m.last, Item("LENGTH", f.start, f.end)) for (m, _), f in zip(read, finds, strict=True)]
        )
        return note(doc, finds)


def _finds(tape: Tape, read: list[tuple[Match, Length]]) -> list[Find]:
    return [
        tape.find("duration", replace(length, told=_is_told(tape, match.first)), match.first, match.last)
        for match, length in read
    ]


def _is_told(tape: Tape, first: int) -> bool:
    return _TOLD.search(tape.symbols(first - 4, first)) is not None


def _read(tape: Tape) -> list[tuple[Match, Length]]:
    if _UNITS.isdisjoint(tape.kinds):
        return []
    counted = [(match, _counted(match.groups)) for match in tape.matches(_COUNTED)]
    few = [(match, _few(tape, match)) for match in tape.matches(_A_FEW)]
    return [
        (match, length) for match, length in counted + few if length and _lasts(tape, match.first, match.last)
    ]


def _counted(groups: re.Match[str]) -> Length | None:
    amount = range_of(groups)
    count = (amount.low or amount.high or 0) if amount else 0
    if count > _MOST:
        return None
    if not count or (groups["unit"] == "YEAR" and count > _LONGEST_YEARS):
        return None
    return _counted_in(count, groups["unit"])


def _counted_in(count: float, unit: str) -> Length:
    """So many weeks, months or years."""
    if unit == "WEEK":
        months = count * 3 / 13 if count % 13 == 0 else count / 4  # 26 weeks are half a year
        return Length(round(months, 2), weeks=count)
    return Length(count * _MONTHS[unit])


def _few(tape: Tape, match: Match) -> Length | None:
    """ "een half jaar"; "een jaar" is said of many things and lasts only after a word for lasting."""
    if match.groups["several"]:  # "een maand of 2"
        return _counted_in(int(match.groups["count"]), match.groups["several"])
    one = match.groups["one"] or match.groups["for"] or match.groups["long"] or match.groups["listed"]
    if match.groups["one"] and not _LASTING.search(tape.symbols(match.first - 3, match.first)):
        return None
    return Length(_MONTHS[one] if one else 6.0)


def _lasts(tape: Tape, first: int, last: int) -> bool:
    before, after = tape.symbols(first - 8, first), tape.symbols(last, last + 5)
    is_least = tape.items[first].symbol == "MIN" and tape.items[last - 1].symbol == "YEAR"
    if is_least and not _ALONE.match(after):
        return False  # "at least 2 years in higher education" is experience
    if _NOT_LASTING.search(before) or _NOT_LASTING_AFTER.search(after):
        return False
    return not cancelled(tape, first, last)
