"""Finds how much work a week is: "24-32u p/w", "2 à 3 dagen", "4x8 uur", "max 32 uur".

A total ("40 uur in totaal"), a clock time ("om 14 uur"), a journey ("1 uur reizen") and days at the office are no
hours or days a week; days at the office are kept as "presence".
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.quantities import cancelled, quantity, range_of
from nlu.finds import Find, note
from nlu.meaning import Problem, Range
from nlu.tape import NUM, TAPE, Item, Tape, compiled, tape_of

MOST_HOURS, MOST_DAYS = 80, 7
SHORTEST_WEEK = 8  # "6 uur" by itself is an errand, "16 uur" a week
_A_DAY = 24  # from here a number of hours cannot be a clock time

_TIME = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_CLOCK = compiled(
    rf"{_TIME} (?:-|TO|UNTIL) {_TIME}(?! (?:EUR|VAT|PER))|CLOCK(?: (?:-|TO|UNTIL) CLOCK)?(?: HOUR)?"
    r"|AT \d{1,2}(?: HOUR)?(?: \d\d)?|\d{1,2} HOUR [0-5]\d(?! \S*(?:HOUR|DAY|EUR|PER))"
    r"|(?:VAN|FROM|BETWEEN) 1?\d(?: HOUR)? (?:UNTIL|TO|AND) (?:1[2-9]|2[0-4]) HOUR(?! (?:PERWEEK|-))"
)
_PER = r"(?: (?P<per>PERWEEK|HOURWEEK|PERMONTH|PERYEAR|PERDAY|PERPIECE|TOTAL|(?:PER|A|/) _|WORK))?"
_AFTER_MAX = r"(?:(?P<after_max> MAX(?! (?:EUR|ABOUT|\d)))|(?P<after_plus> PLUS(?! \d)))?"
_TIMES = compiled(
    r"(?P<days>[1-7]) (?:TIMES(?: PERWEEK)?|DAY(?: PERWEEK)? (?:VAN|OF)) "
    r"(?P<hours>\d{1,2}) (?:HOUR|HOURWEEK)(?: PERWEEK| PERDAY)?"
)
_HOURS = compiled(quantity("HOUR") + r" (?P<unit>HOUR|HOURWEEK)" + _PER + _AFTER_MAX)
_DAYS = compiled(quantity("DAY") + r" (?P<unit>DAY)" + _PER + _AFTER_MAX)
_RATHER = compiled(
    rf"MIN (?P<lo>{NUM}) (?:HOUR|HOURWEEK)(?: PERWEEK)? , PREFERABLY (?P<hi>{NUM})(?: HOUR)?(?! DAY)"
)
_LABELLED = compiled(r"(?P<unit>HOUR|DAY)(?: (?P<per>PERWEEK))? : " + quantity("HOUR") + r"(?! EUR)")
_ONE_DAY = compiled(r"(?P<unit>A DAY) (?P<per>PERWEEK)")
_WEEKLY = compiled(quantity() + r" (?P<unit>)(?P<per>PERWEEK)")
_FTE = compiled(rf"{NUM} FTE|FULLTIME|HALFTIME")
_MAKE_IT = compiled(r"MAKEIT " + quantity() + r"(?: (?:VAN|OF))?(?! (?:EUR|HOUR|DAY|PER))")

_NOT_A_WEEK = re.compile(r" (?:(?:OVER|AGO|AFTER|LAST|AT|IN|NEXT)(?: THE)?|RATHER \S+ _) $")
_MOMENT = re.compile(r" (?:BEFORE|UNTIL|FROM|LATEST|DATE)(?: ON| ,)? $")
_MOMENT_OF_DAY = re.compile(r" (?:DATE|DEADLINE|SEND|PAST)(?: \S+){0,3} $")
_TOTAL = re.compile(r" TOTAL ")
_TRAVEL = re.compile(r"^(?: \S+)?(?: \S+)? TRAVEL ")
_PRESENT_AFTER = re.compile(r"^(?: (?!DAY|HOUR|,|\.|BREAK|;)\S+){0,4} PRESENCE ")
_PRESENT_BEFORE = re.compile(r" (?:PRESENCE|REMOTE)(?: (?:\(|:|,|_)){0,2} $")


def make_hours(nlp: Language, name: str) -> "HoursFinder":
    """Build the component."""
    return HoursFinder()


class HoursFinder:
    """Finds "hours" and "days" a week, "presence" (days at the office) and "make_it" ("maak er 4 van"): each a `Range`.

    Also "fte" (None), and "problem" for more than a week holds.
    """

    def find(self, doc: Doc) -> list[Find]:
        """Every amount of work a week."""
        return [find for _, _, find in self._read(doc)]

    def __call__(self, doc: Doc) -> Doc:
        """Note them, and put them on the tape so that no other component reads their numbers."""
        read = self._read(doc)
        items = {a: (a, b, Item(find.kind.upper(), find.start, find.end, find.value)) for a, b, find in read}
        doc.user_data[TAPE] = tape_of(doc).collapse(items.values())
        return note(doc, [find for _, _, find in read if find.kind not in {"clock", "total"}])

    def _read(self, doc: Doc) -> list[tuple[int, int, Find]]:
        tape = tape_of(doc)
        if not _NEEDED.search(tape.text):
            return []
        found: list[tuple[int, int, Find]] = []
        taken: set[int] = set()
        for pattern, read in _READERS:
            for match in tape.matches(pattern):
                if not taken.isdisjoint(range(match.first, match.last)):
                    continue
                taken.update(range(match.first, match.last))
                kinds = read(tape, match.first, match.last, match.groups)
                for kind, value in kinds:
                    find = tape.find(kind, value, match.first, match.last)
                    if kind == "problem":
                        find = tape.find(
                            kind,
                            Problem("absurd_hours", doc.text[find.start : find.end]),
                            match.first,
                            match.last,
                        )
                    found.append((match.first, match.last, find))
        return found


Kinds = list[tuple[str, object]]


def _clock(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    return [("clock", None)]


def _times(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    days, hours = float(groups["days"]), float(groups["hours"])
    if cancelled(tape, first, last) or hours > 12 or hours < 2:
        return [("total", None)]
    return [("hours", Range(days * hours, days * hours)), ("days", Range(days, days))]


def _weekly(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    """ "16 p/w": hours, for nobody works sixteen days a week; a small number says too little."""
    amount = range_of(groups)
    if amount is None or (amount.low or amount.high or 0) < SHORTEST_WEEK:
        return [("total", None)]
    return _hours_or_problem(amount)


def _hours(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    amount = _at_most(range_of(groups), groups)
    weekly = groups["unit"] == "HOURWEEK" or groups["per"] in {"PERWEEK", "HOURWEEK"}
    if (
        amount is None
        or cancelled(tape, first, last)
        or not (weekly or _fills_a_week(tape, first, last, groups, amount))
    ):
        return [("total", None)]
    return _hours_or_problem(amount)


def _hours_or_problem(amount: Range) -> Kinds:
    if max(amount.low or 0, amount.high or 0) > MOST_HOURS:
        return [("problem", None)]
    return [("hours", amount)]


def _fills_a_week(tape: Tape, first: int, last: int, groups: re.Match[str], amount: Range) -> bool:
    """Whether hours without "per week" are meant per week."""
    most = amount.high or amount.low or 0
    before, after = tape.symbols(first - 4, first), tape.symbols(last, last + 5)
    if groups["per"] or most < SHORTEST_WEEK or _outside(before, after):
        return False
    if groups["hi"] and (amount.low or 0) <= 10 and most - (amount.low or 0) >= 7:
        return False  # "8-17u" is a working day
    if before.endswith(" VAN ") and most < 16:
        return False  # "trajecten van 10 uur"
    if _MOMENT.search(before) and most < _A_DAY and most not in {16, 20}:
        return False
    return not (most < _A_DAY and _MOMENT_OF_DAY.search(before) and groups["hi"] is None and most < 16)


def _outside(before: str, after: str) -> bool:
    return bool(
        _NOT_A_WEEK.search(before)
        or _TRAVEL.search(after)
        or _TOTAL.search(before)
        or _TOTAL.search(after[:40])
    )


def _at_most(amount: Range | None, groups: re.Match[str]) -> Range | None:
    """ "16 uur max" has no least, "32 uur of meer" no most."""
    if amount and groups["after_max"]:
        return Range(None, amount.high or amount.low)
    return Range(amount.low, None) if amount and groups["after_plus"] else amount


def _days(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    amount = _at_most(range_of(groups), groups)
    before, after = tape.symbols(first - 4, first), tape.symbols(last, last + 6)
    if amount is None or cancelled(tape, first, last) or _outside(before, after):
        return [("total", None)]
    most = max(amount.low or 0, amount.high or 0)
    if _PRESENT_AFTER.search(after) or _PRESENT_BEFORE.search(before):
        return [("presence", amount)]
    if groups["per"] == "PERWEEK":
        return [("problem", None)] if most > MOST_DAYS else [("days", amount)]
    if groups["per"] or most > MOST_DAYS or 0 < most < 1:
        return [("total", None)]
    return [("days", amount)]


def _rather(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    """ "minimaal 32 uur, liefst 40"."""
    return _hours_or_problem(Range(float(groups["lo"]), float(groups["hi"])))


def _labelled(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    amount = range_of(groups)
    if amount is None:
        return [("total", None)]
    if groups["unit"] == "HOUR":
        return _hours_or_problem(amount)
    return [("days", amount)] if max(amount.low or 0, amount.high or 0) <= MOST_DAYS else [("problem", None)]


def _one_day(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    if _PRESENT_AFTER.search(tape.symbols(last, last + 6)):
        return [("presence", Range(1, 1))]
    return [("days", Range(1, 1))]


def _fte(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    return [("fte", None)]


def _make_it(tape: Tape, first: int, last: int, groups: re.Match[str]) -> Kinds:
    amount = range_of(groups)
    return [("make_it", amount)] if amount else []


_NEEDED = re.compile(r" (?:HOUR|DAY|PERWEEK|CLOCK|FTE|FULLTIME|HALFTIME|MAKEIT|HOURWEEK|AT) |\.\d\d ")
_READERS = (
    (_CLOCK, _clock),
    (_TIMES, _times),
    (_RATHER, _rather),
    (_LABELLED, _labelled),
    (_HOURS, _hours),
    (_DAYS, _days),
    (_ONE_DAY, _one_day),
    (_WEEKLY, _weekly),
    (_MAKE_IT, _make_it),
    (_FTE, _fte),
)
