"""Reads large numbers as people say them: "achthonderdvijftig", "acht honderd vijftig", "one hundred and twenty".

Numbers up to ninety-nine are in each language's `numbers.yaml`, and so are its words for a hundred and a thousand;
this puts them together.
"""

import re
from functools import cache
from typing import Final

from nlu.language import codes, load_expressions
from nlu.meaning import LanguageCode
from nlu.tape import Item, Tape

HUNDRED, THOUSAND = 100, 1000
_MOST_TIMES: Final = 99  # how many hundreds or thousands are said
_TEN: Final = 10
_THREE_DIGITS: Final = re.compile(r" \d{3,} ")


@cache
def _known() -> dict[str, int]:
    """The words for whole numbers of all languages; "een" counts inside a larger one."""
    known: dict[str, int] = {}
    for code in codes():
        language: LanguageCode = code  # type: ignore[assignment]  # every folder is a language
        for word, symbol in load_expressions(language).alone.items():
            if word.isalpha() and symbol.isdecimal():
                known[word] = int(symbol)
            elif symbol == "A":
                known.setdefault(word, 1)
    return known


@cache
def _in_one_word() -> re.Pattern[str]:
    hundreds, thousands = (
        "|".join(re.escape(word) for word, number in _known().items() if number == wanted)
        for wanted in (HUNDRED, THOUSAND)
    )
    return re.compile(
        rf"(?:(?P<thousands>\w{{0,16}}?)(?:{thousands}))?(?:(?P<hundreds>\w{{0,16}}?)(?:{hundreds}))?(?:en(?=\w))?(?P<rest>\w{{0,20}})"
    )


def number_in_words(word: str) -> str | None:
    """The digits of one word that is a number of a hundred or more ("achthonderdvijftig"); None for any other word."""
    said = _in_one_word().fullmatch(word)
    if said is None or (said["thousands"] is None and said["hundreds"] is None):
        return None
    known, total = _known(), 0
    for name, times in (("thousands", THOUSAND), ("hundreds", HUNDRED)):
        if said[name] is not None:
            count = known.get(said[name]) if said[name] else 1
            if count is None:
                return None
            total += count * times
    rest = known.get(said["rest"]) if said["rest"] else 0
    return None if rest is None else str(total + rest)


def may_hold_large_numbers(tape: Tape) -> bool:
    """Whether a number of a hundred or more is there that was said in words: most messages hold none."""
    if not tape.figures or _THREE_DIGITS.search(tape.text) is None:
        return False
    return any((_said(item) or 0) >= HUNDRED for item in tape.items)


def with_large_numbers(items: list[Item]) -> list[Item]:
    """The same items, in which "one hundred and twenty" and "drie duizend vijf honderd" are the one number they are."""
    joined: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        number = _said(item)
        if number is None or number < HUNDRED:
            joined.append(item)
            place += 1
            continue
        start = item.start
        if number in {HUNDRED, THOUSAND} and joined and (times := _times(joined[-1])):
            number, start = number * times, joined.pop().start
        number, place, end = _with_rest(items, place, number)
        joined.append(Item(str(number), start, end))
    return joined


def with_halves(items: list[Item]) -> list[Item]:
    """The same items, in which "drie en een half" and "one and half" are the one number they are."""
    joined: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        half = _half_behind(items, place) if item.symbol in _HALVED else 0
        if half:
            whole = "1" if item.symbol == "A" else item.symbol
            joined.append(Item(f"{whole}.5", item.start, items[half].end))
            if items[half].symbol == "HALFDAYS":  # "three and a half days"
                joined.append(Item("DAY", items[half].start, items[half].end))
        else:
            joined.append(item)
        place = max(place, half) + 1
    return joined


_HALVED: Final = frozenset({"A", *map(str, range(1, 13))})


def _half_behind(items: list[Item], place: int) -> int:
    """Where the "half" of "2 en een half" stands; 0 when there is none."""
    behind = [item.symbol for item in items[place + 1 : place + 4]]
    if behind[:1] != ["AND"]:
        return 0
    if behind[1:2] == ["HALF"]:
        return place + 2
    return place + 3 if behind[1:2] in (["A"], ["1"]) and behind[2:] in (["HALF"], ["HALFDAYS"]) else 0


def _said(item: Item) -> int | None:
    """The number that an item is, when it was written in words."""
    if not item.symbol.isdecimal() or item.end - item.start == len(item.symbol):
        return None
    return int(item.symbol)


def _times(item: Item) -> int | None:
    """ "Twee" of two hundred; a "2" as well, and "a"."""
    if item.symbol == "A":
        return 1
    if item.symbol.isdecimal() and 0 < int(item.symbol) <= _MOST_TIMES:
        return int(item.symbol)
    return None


def _with_rest(items: list[Item], place: int, number: int) -> tuple[int, int, int]:
    """A round number with what stands behind it: the whole, where the text goes on, and its last character."""
    end, place = items[place].end, place + 1
    round_to = THOUSAND if number % THOUSAND == 0 else HUNDRED
    while place < len(items) and number % round_to == 0:
        said_and = items[place].symbol == "AND"
        behind = place + said_and
        rest = _said(items[behind]) if behind < len(items) else None
        if rest is None or not (1 if said_and else _TEN) <= rest < round_to:
            # "drie duizend vijf honderd"; not "honderd, twee dagen"
            times = rest is not None and round_to == THOUSAND and behind + 1 < len(items)
            if not (times and _said(items[behind + 1]) == HUNDRED):
                break
            rest, behind = (rest or 0) * HUNDRED, behind + 1
        number, end, place, round_to = number + rest, items[behind].end, behind + 1, HUNDRED
    return number, place, end
