"""Finds days of the week: "ma/di/wo", "di en do kan ik", "liefst niet op maandag".

One day by itself ("vrijdag ben ik weg") is the coming one and becomes a date; a list, a plural or "op maandag"
is about every week.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlu import calendar
from nlu.components.dates import CONTEXT, DATE
from nlu.finds import Find, note
from nlu.meaning import Context, Weekday
from nlu.tape import TAPE, Item, Tape, compiled, tape_of

NAMES: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGE = "language"

_JOIN = r"(?:,|/|AND|\+|&|OR|-|THROUGH|UNTIL|TO|, AND|PLUS)"
_LIST = compiled(rf"W\d~?(?: {_JOIN} W\d~?)+")
_EVERY = compiled(rf"EVERY\d(?: {_JOIN} EVERY\d)*")
_WEEKEND = compiled(r"IN (?:THE )?WEEKEND")
_ON = compiled(r"ON (?P<it>W\d)(?! (?:NEXT|DAYPART|DATE))")
_SINGLE = compiled(r"W(?P<w>\d)")
_CUED = compiled(r"(?:FROM|PER|UNTIL|BEFORE|THROUGH|LATEST|NEXT|START)(?: ON)? (?P<it>W(?P<w>\d)~?)")
_RANGES = {"-", "THROUGH", "UNTIL", "TO"}
_DENIED = re.compile(r" NOT (?:ON |_ )?$")
_DENIED_AFTER = re.compile(r" (?:NOT|FULL|AWAY) ")


def make_weekdays(nlp: Language, name: str) -> "WeekdayFinder":
    """Build the component."""
    return WeekdayFinder()


class WeekdayFinder:
    """Finds of kind "weekdays" and "not_weekdays" (a tuple of `Weekday`), and "date" for a day by itself."""

    def find(self, doc: Doc) -> list[Find]:
        """Every mention of a day of the week that is no part of a date."""
        return [find for _, _, find in self._read(doc)]

    def __call__(self, doc: Doc) -> Doc:
        """Note the days; those that are dates take their place on the tape."""
        read = self._read(doc)
        items = [
            (first, last, Item(DATE if find.kind == "date" else "WDAYS", find.start, find.end, find.value))
            for first, last, find in read
        ]
        doc.user_data[TAPE] = tape_of(doc).collapse(items)
        return note(doc, [find for _, _, find in read])

    def _read(self, doc: Doc) -> list[tuple[int, int, Find]]:
        tape = tape_of(doc)
        if " W" not in tape.text and " EVERY" not in tape.text:
            return []
        context: Context = doc.user_data[CONTEXT]
        patterns = [
            _LIST,
            _EVERY,
            _WEEKEND,
            _CUED,
            *([_ON] if doc.user_data[LANGUAGE] == "nl" else []),
            _SINGLE,
        ]
        found: list[tuple[int, int, Find]] = []
        taken: set[int] = set()
        for pattern in patterns:
            for match in tape.matches(pattern):
                if taken.isdisjoint(range(match.first, match.last)):
                    taken.update(range(match.first, match.last))
                    dated = pattern in {_CUED, _SINGLE}
                    value: object = calendar.weekday(int(match.groups["w"]), context.today) if dated else None
                    kind = "date"
                    if not dated:
                        value, kind = (
                            _days(tape, match.first, match.last),
                            _kind(tape, match.first, match.last),
                        )
                    found.append((match.first, match.last, tape.find(kind, value, match.first, match.last)))
        return found


def _kind(tape: Tape, first: int, last: int) -> str:
    denied = _DENIED.search(tape.symbols(first - 2, first)) or _DENIED_AFTER.match(
        tape.symbols(last, last + 1)
    )
    return "not_weekdays" if denied else "weekdays"


def _days(tape: Tape, first: int, last: int) -> tuple[Weekday, ...]:
    """The days of a list in the order of the week; "ma-do" is four days."""
    symbols = [item.symbol for item in tape.items[first:last]]
    if "WEEKEND" in symbols:
        return NAMES[5:]
    numbers: set[int] = set()
    previous = 0
    for index, symbol in enumerate(symbols):
        if not symbol.rstrip("~")[-1].isdigit():
            continue
        number = int(symbol.rstrip("~")[-1])
        if index and symbols[index - 1] in _RANGES and previous <= number:
            numbers.update(range(previous, number))
        numbers.add(number)
        previous = number
    return tuple(NAMES[number - 1] for number in sorted(numbers))
