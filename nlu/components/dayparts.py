"""Finds the parts of the day somebody works: "alleen de ochtenden", "'s middags", "mornings only", "niet 's avonds"."""

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.finds import Find, note
from nlu.meaning import Daypart
from nlu.tape import Match, Tape, compiled, tape_of

NAMES: Final[tuple[Daypart, ...]] = ("morning", "afternoon", "evening")
WORKING: Final = NAMES[:2]  # who says "niet 's ochtends" means the afternoon, not the evening

_MANY: Final = compiled(r"DAYPARTS(?P<n>\d)")
_EVERY: Final = compiled(r"(?:STILL|EVERY|EVERY\d|WDAYS)(?: (?:IN|ON|THE)){0,2} (?P<it>DAYPART(?P<n>\d))")
_ONLY: Final = compiled(r"DAYPART(?P<n>\d) STILL")
_DENIED: Final = re.compile(r" (?:EXCEPT|NOT(?: FREE| ICAN)?)(?: (?:ON|IN|THE|_)){0,2} $")
_DENIED_AFTER: Final = re.compile(r" (?:ICAN )?(?:_ )?(?:I )?(?:NOT|FULL|AWAY) ")


def make_dayparts(nlp: Language, name: str) -> "DaypartFinder":
    """Build the component. It needs the tape with its weekdays and hours, so that "9 uur 's ochtends" is no part."""
    return DaypartFinder()


class DaypartFinder:
    """Finds "dayparts" and "not_dayparts": a `Daypart` each."""

    def find(self, doc: Doc) -> list[Find]:
        """Every part of the day that is said of one's work, not of a single day ("vrijdagmiddag bel ik")."""
        tape = tape_of(doc)
        if "DAYPART" not in tape.text:
            return []
        return [
            tape.find(_kind(tape, match), NAMES[int(match.groups["n"]) - 1], match.first, match.last)
            for pattern in (_MANY, _EVERY, _ONLY)
            for match in tape.matches(pattern)
        ]

    def __call__(self, doc: Doc) -> Doc:
        """Note them."""
        return note(doc, self.find(doc))


def _kind(tape: Tape, match: Match) -> str:
    before, after = tape.symbols(match.first - 4, match.first), tape.symbols(match.last, match.last + 3)
    return "not_dayparts" if _DENIED.search(before) or _DENIED_AFTER.match(after) else "dayparts"
