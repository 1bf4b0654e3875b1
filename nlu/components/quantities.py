"""Reads amounts with their bounds: "24-32", "2 à 3", "tussen 75 en 80", "max 32", "32+".

Hours, days, durations and money share it.
"""

import re
from typing import Final

from nlu.meaning import Range
from nlu.tape import NUM, Tape

VAT: Final = r"VAT(?:EX|IN)?~?"  # what is said of it: "btw", "ex btw", "incl btw", and the shorter "ex"

# All of it is optional; most words are "_", and none of it begins there.
_BOUND: Final = (
    r"(?!_)(?:(?P<between>BETWEEN) (?:THE )?)?(?:(?P<max>MAX|UNTIL|THROUGH) )?"
    r"(?:(?P<min>MIN|FROM) )?(?:(?:ABOUT|THE|PREFERABLY) )?"
)
_ONE: Final = rf"(?P<lo>{NUM})(?:(?P<k>) THOUSAND)?"
_TWO: Final = (
    r"(?: (?:OR )?(?P<sep>-|/|A|TO|UNTIL|THROUGH|OR|AND|, PREFERABLY|PREFERABLY|(?(min)(?:, |AND )?MAX|(?!))) (?:MAX )?"
    rf"(?P<hi>{NUM})(?:(?P<k2>) THOUSAND)?)?(?: (?P<plus>\+|PLUS(?! (?:_|THE))))?(?:(?: -)? ISH)?"
)
_REPLACED: Final = re.compile(r" BACKTO (?:\d|HOURS|DAYS|TOTAL)")
_CANCELLED: Final = re.compile(r" (?:NOT|INSTEADOF)(?: (?:ABOUT|THE|MAX|PREFERABLY|ON|_))? $")


def quantity(unit: str = "") -> str:
    """The pattern of an amount; `unit` may stand after its first number too ("24 uur tot 32 uur")."""
    return _BOUND + _ONE + (f"(?: {unit})?" if unit else "") + _TWO


def range_of(groups: re.Match[str]) -> Range | None:
    """The amount that `quantity` matched; None when it is two amounts ("2 en 3" without "tussen")."""
    low = float(groups["lo"]) * (1000 if groups["k"] is not None else 1)
    if "hundreds" in groups.re.groupindex:  # "4k5"
        low += 100 * int(groups["hundreds"] or 0)
    if groups["hi"] is None:
        return _bounded(groups, low)
    if groups["sep"] == "AND" and not (groups["between"] or groups["min"]):
        return None
    high = float(groups["hi"]) * (1000 if groups["k2"] is not None else 1)
    if groups["k2"] is not None and groups["k"] is None and low < high / 1000 * 2:
        low *= 1000  # "4-5k"
    return Range(min(low, high), max(low, high))


def _bounded(groups: re.Match[str], amount: float) -> Range:
    if groups["max"]:
        return Range(None, amount)
    if groups["min"] or groups["plus"]:
        return Range(amount, None)
    return Range(amount, amount)


def cancelled(tape: Tape, first: int, last: int) -> bool:
    """Whether the writer takes this amount back: "niet 32 uur", "i.p.v. 16u", "van 40 uur naar 24"."""
    return bool(_CANCELLED.search(tape.symbols(first - 3, first))) or bool(
        _REPLACED.match(tape.symbols(last, last + 2))
    )
