"""Finds days of the week: "ma/di/wo", "di en do kan ik", "liefst niet op maandag", "ma vol, di vrij".

One day by itself ("vrijdag ben ik weg") is the coming one and becomes a date; a list, a plural or the
Dutch "op maandag" is about every week.
"""

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import calendar
from nlu.components.dates import CONTEXT, DATE
from nlu.components.words import LANGUAGE
from nlu.finds import Find, note
from nlu.meaning import Context, Weekday
from nlu.tape import TAPE, Item, Match, Tape, compiled, tape_of
from nlu.tokenizer import TEXT

NAMES: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WDAYS: Final = "WDAYS"

_JOIN: Final = r"(?:, AND|,|/|AND|\+|&|OR|-|THROUGH|UNTIL|TO|PLUS)"
_STATE: Final = r"(?::|=)? ?(?:FREE|FULL|AWAY|HALF DAY|NOT)"
_ONE_BY_ONE: Final = compiled(rf"W\d~? {_STATE}(?:(?: ,| AND| BUT| \.){{0,2}} W\d~? {_STATE})+")
_LIST: Final = compiled(rf"W\d~?(?:(?: {_JOIN})? W\d~?)+")
# "Wo en vrij kan ik": then "vrij" is short for Friday.
_AND_FRIDAY: Final = compiled(rf"W\d~?(?: {_JOIN} W\d~?)* (?:,|/|AND|\+|&|-) FREE(?= ICAN)")
# "Ma/di/wo vast bij een klant, do heb ik nog over": beside other days, a short name is a day too.
_STILL_FREE: Final = compiled(r"W\d~(?= FREE (?:[,.!;]|BREAK|AND|$))")
# "Ik kan ook de woensdag": every week
_THE_DAY: Final = compiled(r"(?<=ICAN )(?:_ )?THE (?P<it>W\d~?)(?! (?:NEXT|DAYPART\d|DATE|BEFORE|AFTER|VAN))")
_EVERY: Final = compiled(
    rf"EVERY\d(?: {_JOIN} (?:EVERY\d|W\d~?(?: DAYPARTS\d)?))*|W\d~?(?: {_JOIN} EVERY\d)+"
)
_WEEKEND: Final = compiled(r"IN (?:THE )?WEEKEND|(?<=STILL )WEEKEND|WEEKEND STILL")
_WORKING_WEEK: Final = compiled("WORKWEEK")
_NOT_THAT_DAY: Final = compiled(r"(?P<it>W\d~?) (?:_ )?NOT(?= (?:[,.!;]|BREAK|AND|BUT|$))")
# "Toch niet dinsdag", and no more than that.
_NOT_ON_IT: Final = compiled(r"(?<!ICAN )NOT(?: ON)? (?P<it>W\d~?)(?= (?:(?:[.!]|CORRECTION) )*$)")
_ONLY_PART: Final = compiled(r"STILL ON (?P<it>W\d~?)(?= DAYPART\d)")  # "alleen nog op woensdagochtend"
_ONLY: Final = compiled(r"STILL(?: ON)? (?P<it>W\d~?)(?! (?:AWAY|FULL|NOT|DATE|DAYPART\d))")
# "Nog 1 dag per week, de vrijdag"
_THAT_DAY: Final = compiled(
    r"(?:1|A) DAY(?: (?!,|\.|BREAK)\S+){0,4} [,:(](?: THE| ON)? (?P<it>W\d~?)(?! NEXT)(?= (?:[,.;!)?]|BREAK|AND|$))"
)
_EACH: Final = compiled(r"(?:EVERY|EXCEPT|DAY BUT)(?: ON)? (?P<it>W\d~?)")
_ON: Final = compiled(r"ON (?P<it>W\d~?)(?! (?:NEXT|DAYPART\d|DATE))")
_CUED: Final = compiled(
    r"(?:FROM|PER|UNTIL|BEFORE|THROUGH|LATEST|NEXT|START|MOVED|EARLIER|DEADLINE)(?: (?:ON|:))? (?P<it>W(?P<w>\d)~?)"
)
# "Wie kan er za invallen": short forms that are also other words.
_CAN_THEN: Final = compiled(
    r"(?:ICAN|SEEK|ICAN _|SEEK _) (?P<it>W(?P<w>[1-6])~)"
    r"(?= (?:_|IN|AT|ON|BEFORE|FOR|[,.?!]|CLOCK|TOTAL|BREAK|DAYPART\d))"
)
_NEXT_ONE: Final = compiled(r"W(?P<w>\d)~? NEXT")
# Not "vrijdagmiddag 4 december", whose day is named behind it.
_SINGLE: Final = compiled(r"(?<!th )(?<!EVERY )(?<!LAST )W(?P<w>\d)(?! DAYPART\d (?:, |THE |ON )?DATE)")

_SENTENCE_ENDS: Final = frozenset({".", "!", "?", "BREAK"})
_OF_ONESELF: Final = frozenset({"ICAN", "FREE", "STILL"})
_OF_A_DAY: Final = frozenset({"DEADLINE", "MEETING", "SEEK", "SEND", "START"})
_WITHOUT_FIGURES: Final = frozenset({"WEEKEND", "WORKWEEK"})
_RANGES: Final = frozenset({"-", "THROUGH", "UNTIL", "TO"})
_DENIED: Final = re.compile(r" (?:EXCEPT|NOT(?: FREE| ICAN)?)(?: ON| _){0,2} $| DAYS? BUT(?: ON)? $")
# not "Thursdays, not Tuesdays"
_DENIED_AFTER: Final = re.compile(
    r" (?:ICAN )?(?:_ )?(?:I )?(?:NOT(?! (?:ON )?(?:W\d|EVERY\d))|FULL|AWAY) | (?:_ |I ){0,2}CARE "
)
# Said behind a day of the week: it is one less from now on.
_NO_MORE_WORDS: Final = re.compile(
    r"\b(?:niet meer|geen optie meer|vervalt|valt (?:af|weg|uit)|gaat er ?af|can['’]?t any ?more|cannot any ?more"
    r"|not any ?more|no longer|drops? out|falls away|is off the table)\b",
    re.IGNORECASE,
)
_A_DAY: Final = compiled(r"(?P<it>W\d~?)(?! (?:,|AND|/|OR|-|UNTIL|THROUGH|TO|\+|&|DATE|\d))")
_NO_MORE: Final = re.compile(rf"[^.!?,\n]{{0,25}}{_NO_MORE_WORDS.pattern}", re.IGNORECASE)
LONGEST_STATEMENT: Final = 2000  # characters; what is longer is a mail
_FREE_DAY: Final = re.compile(r"W(\d)~?(?: [:=])? (?:FREE|HALF)")
_DAY: Final = re.compile(r"(\S+)? (?:W|EVERY)(\d)")


def make_weekdays(nlp: Language, name: str) -> "WeekdayFinder":
    """Build the component."""
    return WeekdayFinder()


class WeekdayFinder:
    """Finds "weekdays" and "not_weekdays" (a tuple of `Weekday`), and "date" for a day by itself.

    Days told one by one ("ma vol, di vrij") are also a "status": partly.
    """

    def find(self, doc: Doc) -> list[Find]:
        """Every mention of a day of the week that is no part of a date."""
        tape = tape_of(doc)
        return _finds(tape, self._read(doc, tape))

    def __call__(self, doc: Doc) -> Doc:
        """Note the days, and put them on the tape in place of their words."""
        tape = tape_of(doc)
        read = self._read(doc, tape)
        doc.user_data[TAPE] = tape.collapse(
            [(m.first, m.last, _item(tape, m, kind, value)) for m, kind, value in read]
        )
        return note(doc, _finds(tape, read))

    def _read(self, doc: Doc, tape: Tape) -> list[tuple[Match, str, object]]:
        if not _may_hold_days(tape):
            return []
        context: Context = doc.user_data[CONTEXT]
        habits = [
            _ONE_BY_ONE,
            _AND_FRIDAY,
            _LIST,
            _STILL_FREE,
            _EVERY,
            _EACH,
            _WEEKEND,
            _WORKING_WEEK,
            _NOT_THAT_DAY,
            _NOT_ON_IT,
            _ONLY_PART,
            _ONLY,
            _THAT_DAY,
        ]
        taken: set[int] = set()
        found: list[tuple[Match, str, object]] = []
        for match in _no_more(doc, tape):
            taken.update(range(match.first, match.last))
            found.append((match, "not_weekdays", _days(tape.symbols(match.first, match.last))))
        for pattern in [
            *habits,
            _CAN_THEN,
            _NEXT_ONE,
            _CUED,
            *([_ON, _THE_DAY] if doc.user_data[LANGUAGE] == "nl" else []),
            _SINGLE,
        ]:
            for match in tape.matches(pattern):
                if not taken.isdisjoint(range(match.first, match.last)):
                    continue
                if pattern is _STILL_FREE and not found:
                    continue
                taken.update(range(match.first, match.last))
                if pattern is _SINGLE and _is_habit(tape, match):
                    found.append((match, _kind(tape, match), _days(tape.symbols(match.first, match.last))))
                elif pattern in (_CAN_THEN, _NEXT_ONE, _CUED, _SINGLE):
                    found.append((match, "date", calendar.weekday(int(match.groups["w"]), context.today)))
                else:
                    said = tape.symbols(match.first, match.last)
                    if pattern is _AND_FRIDAY:
                        said = said.replace(" FREE ", " W5 ")
                    found.append((match, _kind(tape, match), _days(said)))
        return found


def _no_more(doc: Doc, tape: Tape) -> list[Match]:
    """The days that are taken off every week: "di vervalt", "and Monday I can't anymore"."""
    text: str = doc.user_data[TEXT]
    if not _NO_MORE_WORDS.search(text, 0, LONGEST_STATEMENT):
        return []
    return [match for match in tape.matches(_A_DAY) if _NO_MORE.match(text, tape.items[match.last - 1].end)]


def _is_habit(tape: Tape, match: Match) -> bool:
    """ "Kan nog een dag per week, bijvoorbeeld woensdag": not the coming one; nor "leuk was dat dinsdag"."""
    kinds = tape.kinds
    if "PERWEEK" not in kinds or _OF_ONESELF.isdisjoint(kinds) or not _OF_A_DAY.isdisjoint(kinds):
        return False
    ends = [place for place, item in enumerate(tape.items) if item.symbol in _SENTENCE_ENDS]
    first = max((place for place in ends if place < match.first), default=-1)
    last = min((place for place in ends if place >= match.last), default=len(tape.items))
    said = tape.symbols(first + 1, last)
    return " PERWEEK " in said or any(f" {symbol} " in said for symbol in _OF_ONESELF)


def _may_hold_days(tape: Tape) -> bool:
    return (tape.figures and (" W" in tape.text or " EVERY" in tape.text)) or not _WITHOUT_FIGURES.isdisjoint(
        tape.kinds
    )


def _finds(tape: Tape, read: list[tuple[Match, str, object]]) -> list[Find]:
    finds = [tape.find(kind, value, match.first, match.last) for match, kind, value in read]
    if read:
        finds += [tape.find("status", "partly", m.first, m.last) for m in tape.matches(_ONE_BY_ONE)]
    return finds


def _item(tape: Tape, match: Match, kind: str, value: object) -> Item:
    start, end = tape.items[match.first].start, tape.items[match.last - 1].end
    return Item(DATE if kind == "date" else WDAYS, start, end, value)


def _kind(tape: Tape, match: Match) -> str:
    """Whether these are days one works, or just those one does not."""
    before, after = tape.symbols(match.first - 3, match.first), tape.symbols(match.last, match.last + 3)
    return "not_weekdays" if _DENIED.search(before) or _DENIED_AFTER.match(after) else "weekdays"


def _days(symbols: str) -> tuple[Weekday, ...]:
    """The days of a list in the order of the week; "ma-do" is four days, "ma-wo-vr" three."""
    if "WEEKEND" in symbols:
        return NAMES[5:]
    if "WORKWEEK" in symbols:
        return NAMES[:5]
    if free := _FREE_DAY.findall(symbols):
        return tuple(NAMES[int(number) - 1] for number in sorted(set(free)))
    ranges = _RANGES if symbols.count(" - ") == 1 else _RANGES - {"-"}
    numbers: set[int] = set()
    previous = 0
    for joint, digit in _DAY.findall(symbols):
        number = int(digit)
        if joint in ranges and previous <= number:
            numbers.update(range(previous, number))
        numbers.add(number)
        previous = number
    return tuple(NAMES[number - 1] for number in sorted(numbers))
