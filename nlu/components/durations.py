"""Finds how long work lasts: "6 mnd", "een half jaar", "4 weken"; not experience, options to extend or the past.

Kept in months: four weeks are one month.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.quantities import cancelled, quantity, range_of
from nlu.finds import Find, note
from nlu.tape import TAPE, Item, Tape, compiled, tape_of

_MONTHS = {"WEEK": 0.25, "MONTH": 1.0, "YEAR": 12.0}
_LONGEST_YEARS = 3  # more years are experience or age

_COUNTED = compiled(quantity() + r" (?P<unit>WEEK|MONTH|YEAR)")
_A_FEW = compiled(r"(?:A )?HALF(?: A)? (?P<unit>YEAR)|HALF PERYEAR|A (?P<one>YEAR|MONTH)")
_NOT_LASTING = re.compile(
    r" (?:OVER|PER|LAST|TIMES|IN|ONCE|EVERY|AFTER|AGO|NEXT|AND|EXTENSION(?: \S+){0,6})(?: THE| ABOUT)? $"
)
_NOT_LASTING_AFTER = re.compile(r"^ (?:AGO|(?:_ )?EXTENSION|(?:\S+ ){0,3}EXPERIENCE) ")
_LASTING = re.compile(
    r" (?:FOR|BEFORE|DURATION|:|,|\(|;|MIN|MAX|DATE|TOTAL|END|HOURS|DAYS|\+)(?: (?:A|_|:|FIRST))? $"
)
_AWAY = re.compile(r" AWAY ")


def make_durations(nlp: Language, name: str) -> "DurationFinder":
    """Build the component."""
    return DurationFinder()


class DurationFinder:
    """Finds of kind "duration": months, as a float; of "6-9 maanden" the lower."""

    def find(self, doc: Doc) -> list[Find]:
        """Every length of time that can be how long work lasts."""
        return [find for _, _, find in self._read(doc)]

    def __call__(self, doc: Doc) -> Doc:
        """Note them and take them off the tape."""
        read = self._read(doc)
        items = [(a, b, Item("DURATION_OF", find.start, find.end, find.value)) for a, b, find in read]
        doc.user_data[TAPE] = tape_of(doc).collapse(items)
        return note(doc, [find for _, _, find in read])

    def _read(self, doc: Doc) -> list[tuple[int, int, Find]]:
        tape = tape_of(doc)
        found = []
        for match in tape.matches(_COUNTED):
            amount = range_of(match.groups)
            unit = match.groups["unit"]
            count = (amount.low or amount.high or 0) if amount else 0
            if (
                count
                and _lasts(tape, match.first, match.last)
                and not (unit == "YEAR" and count > _LONGEST_YEARS)
            ):
                months = round(count * _MONTHS[unit], 2)
                found.append(
                    (match.first, match.last, tape.find("duration", months, match.first, match.last))
                )
        for match in tape.matches(_A_FEW):
            if not _lasts(tape, match.first, match.last) or not _fits(tape, match.first, match.groups["one"]):
                continue
            months = {"YEAR": 12.0, "MONTH": 1.0}.get(match.groups["one"] or "", 6.0)
            found.append((match.first, match.last, tape.find("duration", months, match.first, match.last)))
        return found


def _fits(tape: Tape, first: int, one: str | None) -> bool:
    """ "een jaar" alone is said of many things; it lasts when a word for lasting stands before it."""
    return one is None or bool(_LASTING.search(tape.symbols(first - 3, first)))


def _lasts(tape: Tape, first: int, last: int) -> bool:
    before, after = tape.symbols(first - 8, first), tape.symbols(last, last + 5)
    if _NOT_LASTING.search(before) or _NOT_LASTING_AFTER.search(after):
        return False
    return not cancelled(tape, first, last)
