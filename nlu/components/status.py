"""Finds what the writer says about being free: "ik zit vol", "op vakantie", "nog 1 dag erbij", "te weinig werk"."""

import re
from typing import Final, Literal

from spacy.language import Language
from spacy.tokens import Doc

from nlu.finds import Find, note
from nlu.meaning import Status
from nlu.tape import Tape, compiled, tape_of

Said = Literal["free", "full", "away"]

# "Wo en vr over": left
_STATUS: Final = compiled(
    r"(?P<status>FREE|FULL|AWAY|ICAN|(?:(?<= WDAYS )|(?<= DAYS )|(?<= HOURS ))OVER(?= (?:[^A-Z0-9_ ]|BREAK|_ |$)))"
)
_NOT_BEFORE: Final = re.compile(r" NOT(?: (?!DATE|WDAYS|W\d|,|BUT|\.)\S+){0,2} $")
_NOT_THESE_DAYS: Final = re.compile(r" (?:ON )?(?:WDAYS|W\d|EVERY\d)")
# "Kan dinsdag niet", "kan zeker 6 weken niet filmen"
_NOT_AFTER: Final = re.compile(r" (?:(?:DATE|WDAYS|I|ON|_) |(?:(?:_|MIN|FOR|STILL|I) ){0,2}LENGTH )?NOT ")
_BACK_BEFORE: Final = re.compile(r" BACK(?: \S+)? $")
_THEN: Final = re.compile(r" (?:(?:ON|IN)(?: THE)? )?(?:WDAYS|W\d|EVERY\d|WEEKEND|DATE|HOME|DAYPARTS?\d) ")
_WHERE: Final = re.compile(r" (?:_ )?(?:HOME|REMOTE|PRESENCE) ")
_RUNS_OUT: Final = re.compile(r"^(?: _){0,2} DATE(?: _)? READY ")
_OPPOSITE: Final[dict[str, Said]] = {"FREE": "full", "FULL": "free"}
_SAID: Final[dict[str, Said]] = {
    "FREE": "free",
    "FULL": "full",
    "AWAY": "away",
    "ICAN": "free",
    "OVER": "free",
}
_SIMPLE: Final = {
    "LOWWORK": "low_work",
    "STILL": "still",
    "THEREAFTER": "thereafter",
    "SKIP": "skip",
    "EXTENDED": "extended",
    "HALFTIME": "half",
}
_TELLING: Final = frozenset({*_SIMPLE, *_SAID})


def make_status(nlp: Language, name: str) -> "StatusFinder":
    """Build the component."""
    return StatusFinder()


class StatusFinder:
    """Finds "status" ("free", "full" or "away") and "can" ("kan ik": free, but said of much else too).

    Also "low_work", "still", "thereafter", "extended", "half" and "skip", without a value.
    """

    def find(self, doc: Doc) -> list[Find]:
        """Everything said about being free."""
        tape = tape_of(doc)
        if _TELLING.isdisjoint(tape.kinds):
            return []
        found = [
            Find(_SIMPLE[item.symbol], None, item.start, item.end)
            for place, item in enumerate(tape.items)
            if item.symbol in _SIMPLE and not _is_beside_it(tape, place, item.symbol)
        ]
        for match in tape.matches(_STATUS):
            said = _said(tape, match.first, match.groups["status"])
            kind = "can" if match.groups["status"] == "ICAN" else "status"
            if said:
                found.append(tape.find(kind, said, match.first, match.last))
        return found

    def __call__(self, doc: Doc) -> Doc:
        """Note it."""
        return note(doc, self.find(doc))


def _is_beside_it(tape: Tape, place: int, symbol: str) -> bool:
    """ "Deels thuis" is no part of the week; "only start in May" no room that is left."""
    if symbol == "HALFTIME":
        return bool(_WHERE.match(tape.symbols(place + 1, place + 3)))
    if symbol == "EXTENDED":
        return bool(_RUNS_OUT.match(tape.symbols(place + 1, place + 6)))  # "opdracht loopt 18 dec af"
    if symbol == "STILL":
        return tape.symbols(place + 1, place + 2) == " START "  # "I can only start in May"
    return symbol == "LOWWORK" and _is_no_complaint(tape, place)


def _is_no_complaint(tape: Tape, place: int) -> bool:
    """ "geen werk op vrijdag" is a wish, "not slow at all" no lack."""
    after = tape.symbols(place + 1, place + 4)
    return bool(_THEN.match(after)) or tape.symbols(place - 1, place) == " NOT "


def _said(tape: Tape, place: int, symbol: str) -> Status | None:
    before = tape.symbols(place - 3, place)
    after = tape.symbols(place + 1, place + 5)
    if symbol == "AWAY":
        if _BACK_BEFORE.search(before):
            return "free"
        return None if _NOT_BEFORE.search(before) else "away"
    if symbol == "ICAN":
        return "full" if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after) else "free"
    if symbol == "FULL" and before.endswith((" HALF ", " HALFTIME ")):
        return "partly"  # "half vol"
    if symbol == "FREE" and _NOT_THESE_DAYS.match(after) and _NOT_BEFORE.search(before):
        return None  # "nooit beschikbaar op vrijdag" says nothing of the other days
    if symbol == "OVER":
        return "free"
    denied = _NOT_BEFORE.search(before) or (after.startswith(" NOT ") and not after.startswith(" NOT W"))
    return _OPPOSITE[symbol] if denied else _SAID[symbol]
