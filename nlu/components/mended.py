"""Sees which amount or date is taken back: "ik zei 4 dagen maar dat moet 3 zijn", "not 32 hours but 24", "92 ipv 85".

The old one becomes `MENDED` on the tape, so that nothing reads it any more; a new one that was said without its unit
borrows that of the old.
"""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.tape import NUM, TAPE, Item, Pattern, Tape, compiled, tape_of

TAKEN_BACK: Final = "MENDED"
_UNIT: Final = r"(?:HOURWEEK|HOUR|DAYWEEK|DAY|(?:EUR )?PERHOUR|(?:EUR )?PERDAY|EUR)(?: PERWEEK)?"
_OLD_AMOUNT: Final = rf"(?P<old>(?:EUR )?{NUM}(?: {_UNIT})?)"
_OLD_BEFORE: Final = _OLD_AMOUNT.replace("old", "old2")
_NEW: Final = rf"(?P<new>{NUM})(?P<has> {_UNIT}| FTE)?"
_SMALL: Final = r"(?:MAX|ABOUT|THE|MIN|STILL|ON|_|NOW|EUR)"
_GAP: Final = r"(?: (?!BREAK|MENDED|\d|\?)\S+)"  # a few words that are no number
_TO_DATE: Final = r"(?: (?!BREAK|DATE|\?)\S+)"

# "Niet 32 uur maar 24", "geen 3, maar 4 dagen"
_NOT_BUT: Final = compiled(rf"NOT(?: {_SMALL}){{0,2}} {_OLD_AMOUNT}(?: ,)? BUT(?: {_SMALL}){{0,3}} {_NEW}")
# "Ik zei 4 dagen maar dat moet 3 zijn", "I told you 4 days a week, make it 2"
_SAID: Final = compiled(
    rf"(?:SAID{_GAP}{{0,6}} {_OLD_AMOUNT}|{_OLD_BEFORE} (?:_ )?SAID)"
    rf"{_GAP}{{0,5}}? (?:BUT|MAKEIT|MUST|STILL|NOT|CORRECTION){_GAP}{{0,4}}? {_NEW}"
)
# "78 per uur moest 87 zijn", "32 uur wordt 24"
_BECOMES: Final = compiled(rf"{_OLD_AMOUNT}(?: _)? (?:MUST|MAKEIT)(?: {_SMALL}){{0,2}} {_NEW}")
# "2 ipv 3 dagen", "that is 2 days I can work instead of 3"
_INSTEAD: Final = compiled(
    rf"{_NEW}(?: (?!BREAK|\.|\d|,)\S+){{0,4}}? INSTEADOF(?: (?:THE|VAN|EUR)){{0,2}} {_OLD_AMOUNT}"
)
# "28 uur en niet 32", "the hours are 20 and not 30"
_AND_NOT: Final = compiled(rf"{_NEW}(?: ,)?(?: AND)? NOT(?: THE)? {_OLD_AMOUNT}")
# "Het moeten er 28 zijn en geen 36"
_MUST_BE: Final = compiled(rf"MUST(?: _){{0,2}} {_NEW}(?: _)?(?: ,)?(?: AND)? NOT(?: THE)? {_OLD_AMOUNT}")
# "Die 3 dagen was vorig kwartaal. Het zijn er nu 4"
_NOW_IS: Final = compiled(
    rf"{_OLD_AMOUNT}(?: (?!BREAK|MENDED|RATE|EUR|\d|\?)\S+){{0,8}} NOWIS(?: {_SMALL}){{0,2}} {_NEW}"
)
# "Those 3 days were last month, it's 4 now"
_WAS_ONCE: Final = compiled(rf"{_OLD_AMOUNT}{_GAP}{{0,3}} PAST{_GAP}{{0,4}}? {_NEW} NOW")
_DATES: Final = (
    # "Ik kan niet vanaf de 4e maar pas vanaf 11 januari"
    compiled(
        r"(?P<old>NOT(?: (?:FROM|PER|ON|IN|THE|ABOUT|START|BEGIN)){0,2} DATE)(?= (?:, )?BUT(?: \S+){0,4}? DATE)"
    ),
    # "Ik zei vanaf 2 november maar dat wordt 9 november"
    compiled(
        rf"SAID{_TO_DATE}{{0,5}}? (?P<old>DATE)"
        rf"(?={_TO_DATE}{{0,4}}? (?:BUT|MAKEIT|MUST|BACKTO|CORRECTION){_TO_DATE}{{0,5}}? (?P<new>DATE))"
    ),
    # "Till 15 August, not till 1 August"
    compiled(
        r"DATE (?:(?:_|THE) ){0,2}(?:, )?(?:AND )?(?P<old>NOT(?: (?:UNTIL|THROUGH|FROM|PER|ON|THE))? DATE)"
    ),
    # "1 februari moet 1 maart zijn"
    compiled(
        r"(?P<old>DATE)(?=(?: (?:SAID|VAN|I|_|,|BUT)){0,4} (?:MUST|MAKEIT)(?: (?:ON|THE|PER|FROM|BEGIN)){0,2} DATE)"
    ),
)
_AMOUNTS: Final[tuple[tuple[str, Pattern], ...]] = (
    (" NOT ", _NOT_BUT),
    (" SAID ", _SAID),
    (" M", _BECOMES),
    (" INSTEADOF ", _INSTEAD),
    (" NOT ", _AND_NOT),
    (" MUST ", _MUST_BE),
    (" NOWIS ", _NOW_IS),
    (" PAST ", _WAS_ONCE),
)
_SIGNS: Final = frozenset({"SAID", "MUST", "MAKEIT", "INSTEADOF", "NOWIS", "PAST"})
_PAID: Final = re.compile(r" (?:RATE|RATEHOUR|RATEDAY|RATEMAX|MAX)(?: (?!BREAK|\.)\S+){0,9} $")
_SMALL_WORDS: Final = frozenset({"FROM", "PER", "UNTIL", "THROUGH", "BEFORE", "AFTER"})
_ENDS: Final = re.compile(r" (?:[,.!;)]|BREAK|AND|BUT|CORRECTION|$)")
_LEAST_PAID, _LEAST_RATE, _MOST_HOURS, _MOST_DAYS = 25, 61, 48, 7


def make_mended(nlp: Language, name: str) -> "MendedFinder":
    """Build the component. It needs the tape with its dates, and goes before the amounts are read."""
    return MendedFinder()


class MendedFinder:
    """Finds nothing itself: it takes what is no longer so off the tape."""

    def __call__(self, doc: Doc) -> Doc:
        """Rewrite the tape of a text in which something is taken back."""
        tape = tape_of(doc)
        twice = "NOT" in tape.kinds and tape.text.count(" DATE ") > 1
        if not _SIGNS.isdisjoint(tape.kinds) or {"NOT", "BUT"} <= tape.kinds or twice:
            doc.user_data[TAPE] = _without_old_dates(_without_old_amounts(tape))
        return doc


def _without_old_amounts(tape: Tape) -> Tape:
    if not tape.figures:
        return tape
    for needs, pattern in _AMOUNTS:
        if needs not in tape.text:
            continue
        found = tape.first(pattern)
        if found is None:
            continue
        old, new = _range(tape, found.groups, _name_of_old(found.groups)), _range(tape, found.groups, "new")
        if _number(tape, old) == _number(tape, new):
            continue
        unit = [item for item in tape.items[slice(*old)] if not item.symbol[0].isdigit()]
        if not unit and found.groups["has"] is None:
            unit = _likely_unit(tape, new[0]) or _unit_by_size(tape, old, new)
            if not unit:
                continue
        return Tape(list(_mended(tape, old, new, unit, bare=found.groups["has"] is None)))
    return tape


def _mended(
    tape: Tape, old: tuple[int, int], new: tuple[int, int], unit: list[Item], *, bare: bool
) -> Iterator[Item]:
    """The items with the old amount in one and, behind a bare new one, its unit."""
    first, last = old
    for place, item in enumerate(tape.items):
        if place == first:
            yield Item(TAKEN_BACK, item.start, tape.items[last - 1].end)
        is_filler = place == new[0] - 1 and item.symbol == "_" and tape.items[place - 1].symbol == "MAX"
        if not first <= place < last and not is_filler:  # "max is 99"
            yield item
        if bare and place == new[1] - 1:
            yield from (Item(each.symbol, item.end, item.end) for each in unit)


def _name_of_old(groups: re.Match[str]) -> str:
    """Of two places where the old one may stand, the one that is filled."""
    return "old" if groups["old"] else "old2"


def _number(tape: Tape, place: tuple[int, int]) -> str:
    return next((item.symbol for item in tape.items[slice(*place)] if item.symbol[0].isdigit()), "")


def _likely_unit(tape: Tape, place: int) -> list[Item]:
    """ "They bumped the rate, 92 instead of 85", "max is 99 ipv 110": euros, where what is paid is spoken of."""
    paid = _PAID.search(tape.symbols(place - 11, place)) is not None
    symbol = tape.items[place].symbol
    return [Item("EUR", 0, 0)] if paid and float(symbol) >= _LEAST_PAID else []


def _unit_by_size(tape: Tape, old: tuple[int, int], new: tuple[int, int]) -> list[Item]:
    """ "95 ipv 90" is money and "20 ipv 24" hours, where nothing is named behind it; "2 ipv 1" may be people."""
    if not _ENDS.match(tape.symbols(max(old[1], new[1]), max(old[1], new[1]) + 1)):
        return []
    numbers = [float(_number(tape, place)) for place in (old, new)]
    if min(numbers) >= _LEAST_RATE:
        return [Item("EUR", 0, 0)]
    return [Item("HOUR", 0, 0)] if min(numbers) > _MOST_DAYS and max(numbers) <= _MOST_HOURS else []


def _without_old_dates(tape: Tape) -> Tape:
    if "DATE" not in tape.kinds:
        return tape
    for pattern in _DATES:
        found = tape.first(pattern)
        if found is not None:
            first, last = _range(tape, found.groups, "old")
            start, end = tape.items[first].start, tape.items[last - 1].end
            taken = tape.collapse([(first, last, Item(TAKEN_BACK, start, end))])
            return _with_same_word(taken, first) if "new" in found.groups.groupdict() else taken
    return tape


def _with_same_word(tape: Tape, old: int) -> Tape:
    """ "I said until the end of May but it's the end of June": the new date gets the small word of the old one."""
    word = tape.items[old - 1]
    new = next((place for place in range(old, len(tape.items)) if tape.items[place].symbol == "DATE"), 0)
    if word.symbol not in _SMALL_WORDS or tape.items[new - 1].symbol in _SMALL_WORDS:
        return tape
    here = tape.items[new].start
    return Tape([*tape.items[:new], Item(word.symbol, here, here), *tape.items[new:]])


def _range(tape: Tape, groups: re.Match[str], name: str) -> tuple[int, int]:
    """The items of a group, from the first up to but not including the last."""
    return tape.index(groups.start(name)), tape.index(groups.end(name) - 1) + 1
