"""Decides what each date is for: a start ("per 1 maart"), an end ("t/m juni"), a deadline ("sluit 27/11"), or nothing.

The little word before a date decides first, then the nearest cue in the same sentence. Dates of interviews,
publication or the past are left out.
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal

from spacy.language import Language
from spacy.tokens import Doc

from nlu.calendar import When, add_months, ending_after
from nlu.components.dates import DATE
from nlu.finds import Find, note
from nlu.tape import Match, Tape, compiled, tape_of

Role = Literal["start", "end", "before", "deadline", "after", "none", "ignored"]

LEAVE: Final = "LEAVE"  # the cue of a start that is somebody's leave
_SEASON: Final = timedelta(200)  # a year as such is no date of a job
REACH: Final = 14  # symbols; a cue further away belongs to something else
UNTILS: Final = frozenset({"UNTIL", "THROUGH", "TO", "-", "MAX"})  # "from 4 January up to 26 March"
_OF_THE_NEXT: Final = (
    5  # symbols between "af" and the date it belongs to: "de oplevering is gepland op 30 juli"
)
STOPS: Final = frozenset({".", "!", "?", ";", "BREAK", "•", "…"})

_PREPOSITION: Final[dict[str, Role]] = {
    "FROM": "start",
    "PER": "start",
    "START": "start",
    "BETWEEN": "start",
    "BACKTO": "start",
    "MOVED": "start",
    "MAKEIT": "start",
    "UNTIL": "end",
    "THROUGH": "end",
    "MAX": "end",
    "END": "end",
    "ENDOF": "end",
    "NOW AND": "end",  # "tussen nu en 1 mei"
    "NOW -": "end",
    "BEFORE": "before",
    "LATEST": "before",
    "AFTER": "after",
}
_BEFORE_IT: Final = re.compile(
    rf" (?P<prep>{'|'.join(_PREPOSITION)}|VAN|TO|-)(?: (?:THE|ABOUT|:|MIN|ON|IN|LATEST))?(?: BEGIN| AFTER)? $"
    r"| (?P<by>BEFORE|UNTIL) (?:_|TOTAL) ON $"  # "before noon on 16 December"
)
_CUES: Final[dict[str, Role]] = {
    "START": "start",
    "END": "end",
    "DEADLINE": "deadline",
    "MEETING": "ignored",
    "HEADER": "ignored",
    "EXTENDED": "end",
}
_MOVES, _MOVED_TO = frozenset({"MOVED", "BACKTO", "MAKEIT"}), frozenset({"DEADLINE", "END"})
_CANCELLED: Final = re.compile(r" (?:(?<!ICAN )(?<!LENGTH )NOT|INSTEADOF|SINCE)(?: (?:FROM|PER|ON|THE))? $")
_NOT_EARLIER: Final = re.compile(r" (?:(?:NOT|EXCEPT) (?:UNTIL|BEFORE|EARLIER))(?: (?:THE|ON|FROM))? $")
_LENGTHENING: Final = re.compile(r" EXTENSION(?: _)?(?: (?:UNTIL|THROUGH|TO))(?: THE)? $")
_CHANGED: Final = re.compile(r" CHANGED(?: (?:FROM|PER|THE))? $")
_CLOSES: Final = re.compile(
    r"^(?: CLOCK| TOTAL)?(?: _)?(?: THE)? DEADLINE "
)  # "vrijdag sluit ie", "12 dec is de deadline"
_READY_BEFORE: Final = re.compile(r" READY(?: _){0,2}(?: BEFORE(?: \S+){0,3}| ON| FOR| :)?(?: THE)? $")
_RUNS_OUT: Final = (
    re.compile(r" (?:RUNS|EXTENDED)(?: \S+){0,2} $"),
    re.compile(r"^(?: _){0,2} READY "),
)  # "loopt 18 dec af"
_ASAP: Final = compiled(
    r"ASAP|DIRECT(?= (?:FREE|START) )|(?<= , )DIRECT(?= (?:[,.!]|BREAK) | $)|NOW(?= SEEK )"
)
_HURRIED: Final = frozenset({"ASAP", "DIRECT", "NOW"})
_NO_HURRY: Final = re.compile(r" NOT(?: (?:_|PER|ON|NEEDED))? $| (?:DEADLINE|SEND)(?: (?!,|\.|START)\S+)? $")
_HURRY_ELSEWHERE: Final = re.compile(r"^(?: (?!,|\.|;|-|BREAK|START)\S+)? (?:DEADLINE|SEND|AFTER) |^ DATE ")
_NOW: Final = compiled(r"NOW|FROMNOW")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and what it is for; `cue` is the word that told so."""

    when: When
    role: Role
    cue: str = ""


def make_periods(nlp: Language, name: str) -> "PeriodFinder":
    """Build the component."""
    return PeriodFinder()


class PeriodFinder:
    """Finds of kind "dated" (value `Dated`), "asap" and "now" (value None)."""

    def find(self, doc: Doc) -> list[Find]:
        """What each date on the tape is for."""
        tape = tape_of(doc)
        found = []
        if not _HURRIED.isdisjoint(tape.kinds):
            found += [
                tape.find("asap", None, m.first, m.last) for m in tape.matches(_ASAP) if _is_start(tape, m)
            ]
        if "NOW" in tape.kinds or "FROMNOW" in tape.kinds:
            found += [tape.find("now", None, m.first, m.last) for m in tape.matches(_NOW)]
        return found + _dated(tape)

    def __call__(self, doc: Doc) -> Doc:
        """Note them."""
        return note(doc, self.find(doc))


def _is_start(tape: Tape, match: Match) -> bool:
    """Whether it is the work that hurries: not "reageer zsm", "hoeft niet per direct" or "meteen na de zomer"."""
    before, after = tape.symbols(match.first - 3, match.first), tape.symbols(match.last, match.last + 3)
    return not (_NO_HURRY.search(before) or _HURRY_ELSEWHERE.match(after))


def _dated(tape: Tape) -> list[Find]:
    found: list[Find] = []
    if DATE not in tape.kinds:
        return found
    previous = -9
    for place in [index for index, item in enumerate(tape.items) if item.symbol == DATE]:
        dated = _role(tape, place)
        before: Dated | None = found[-1].value if found else None
        if before and previous == place - 2 and _is_stretch(before, dated, tape.items[place - 1].symbol):
            first, dated = _stretch(before, dated)
            found[-1] = found[-1]._replace(value=first)
        elif before and before.cue == "CHANGED" and dated.cue == "THROUGH":
            first, dated = _stretch(
                replace(before, role="none", cue=""), dated
            )  # "met verlof gaat van 1 t/m 18 mei"
            found[-1] = found[-1]._replace(value=first)
        elif before and before.cue == "CHANGED" and dated.role == "end":
            dated = Dated(dated.when, "start", "START")  # "moved from April 1 to May 10"
        found.append(tape.find("dated", dated, place, place + 1))
        previous = place
    return found


def _is_stretch(first: Dated, second: Dated, between: str) -> bool:
    """Whether two dates with one symbol between them are the ends of one stretch of time."""
    return (
        between in {"UNTIL", "THROUGH", "-", "TO", "/", "A", "AND", "MAX"}
        and first.role in {"none", "start"}
        and second.role in {"end", "none", "before"}
        and not (
            between == "AND" and first.when.vague and first.cue != "BETWEEN"
        )  # "druk met sinterklaas en kerst"
    )


def _stretch(first: Dated, second: Dated) -> tuple[Dated, Dated]:
    """Both ends; a year that only one of them has counts for the other ("1 nov t/m 31 dec 2026")."""
    begin = first.when
    end = ending_after(second.when, begin.first)
    if begin.yearless and begin.first > end.last:
        begin = replace(begin, first=add_months(begin.first, -12), last=add_months(begin.last, -12))
    return Dated(begin, "start", first.cue or "span"), Dated(end, "end", "span")


def _role(tape: Tape, place: int) -> Dated:
    when: When = tape.items[place].value
    left, right = sentence_around(tape, place)
    before = f" {' '.join(left[-4:])} "
    if _CHANGED.search(before):
        return Dated(when, "ignored", "CHANGED")
    if _NOT_EARLIER.search(before):
        return Dated(when, "start", "START")
    if _is_beside_the_point(tape, place, left, right):
        return Dated(when, "ignored")
    preposition = _BEFORE_IT.search(before)
    prep = (preposition["prep"] or preposition["by"]) if preposition else ""
    role = _by_preposition(prep, when, right, left)
    if role == "start" and _is_leave(left, right):
        return Dated(when, "start", LEAVE)
    nearest = _nearest_cue(left)
    if role == "none" and when.last - when.first > _SEASON and not when.span:
        return Dated(when, "ignored")  # "de begroting van volgend jaar"
    if nearest == "MEETING" and role in {"none", "before"}:
        return Dated(when, "ignored", nearest)
    if role == "start":
        moved = prep in _MOVES and nearest in _MOVED_TO  # "sluitingsdatum verschoven naar vrijdag"
        return Dated(when, _CUES[nearest], nearest) if moved else Dated(when, role, prep)
    return Dated(when, *_refined(role, prep, nearest, left, right))


def _is_beside_the_point(tape: Tape, place: int, left: list[str], right: list[str]) -> bool:
    """A date taken back, replaced by the next, of an option to extend, or of a "Tot maandag!" below a message."""
    before = f" {' '.join(left[-4:])} "
    if _CANCELLED.search(before) or _LENGTHENING.search(before) or left[-1:] == ["["]:
        return True
    if right[1:2] == [DATE] and right[0] in {"(", ","}:
        said, closer = tape.items[place].value, tape.items[place + 2].value
        if said.first == said.last and right[0] == "(":
            return True  # "2x zaterdag (12 en 19 dec)": which ones stands behind it
        if (
            said.first <= closer.first <= closer.last <= said.last
            and said.last - said.first > closer.last - closer.first
        ):
            return True  # "in the Christmas break, 21 to 31 December"
    if ":" in right[:8] and _names_closer(tape, place, right):
        return True  # "volgende maand 3 losse dagen: 6, 7 en 13 okt"
    if right[:1] in (["BACKTO"], ["MAKEIT"], ["MOVED"]) and right[1:2] == [DATE]:
        return True
    return left == ["UNTIL"] and place > 1 and tape.symbols(place + 1, place + 2) == " ! "


def _names_closer(tape: Tape, place: int, right: list[str]) -> bool:
    """Whether the date straight behind the next colon lies within this one."""
    behind = right.index(":") + 1
    if right[behind : behind + 1] != [DATE]:
        return False
    said, closer = tape.items[place].value, tape.items[place + 1 + behind].value
    within: bool = said.first <= closer.first <= closer.last <= said.last
    return within and said.last - said.first > closer.last - closer.first


def _is_leave(left: list[str], right: list[str]) -> bool:
    """ "Onze Eline gaat vanaf 22 februari met verlof": who stands in may well begin another day."""
    return "I" not in {*left, *right} and ("AWAY" in left[-3:] or "AWAY" in right[:3])


def _by_preposition(prep: str, when: When, right: list[str], left: list[str]) -> Role:
    """What the word just before a date makes of it."""
    if prep == "VAN":
        return "start" if when.span or not UNTILS.isdisjoint(right[:3]) else "none"
    if prep == "BEFORE" and (when.last > when.first or left[-2:] == ["SEEK", "BEFORE"]):
        return "none"  # "voor Q1" and "ik zoek voor 13 feb een kok" are for it, "voor 1 maart" before it
    return _PREPOSITION.get(prep, "none")


def _nearest_cue(left: list[str]) -> str:
    """The cue before a date; one that already served another date does so no more, but for "3 en 5 mei"."""
    for index, symbol in enumerate(left[::-1]):
        if symbol in _CUES:
            return symbol
        if symbol == DATE and index > 1:
            return ""
    return ""


def _refined(role: Role, prep: str, nearest: str, left: list[str], right: list[str]) -> tuple[Role, str]:
    """What a cue further away makes of an end, a "voor vrijdag" or a bare date."""
    if _runs_out(left, right):
        return "end", "END"
    closes = role == "none" and not nearest and _CLOSES.match(f" {' '.join(right[:4])} ")
    if closes or (role == "end" and prep not in {"END", "ENDOF"} and "DEADLINE" in _before_comma(right)[:4]):
        return "deadline", "DEADLINE"
    asked = "DEADLINE" in right[:6] or (
        prep in {"BEFORE", "LATEST", "UNTIL", "THROUGH"} and "SEND" in left[-REACH:]
    )
    begins = nearest == "START" or "START" in right[:6]
    if prep in {"BEFORE", "LATEST"} and not begins and "ANSWER" in {*left[-4:], *right[:6]}:
        asked = True
    if role in {"end", "before"} and (nearest == "DEADLINE" or (role == "before" and asked)):
        return "deadline", "DEADLINE"
    if role == "end" and prep in {"UNTIL", "THROUGH"} and "SEND" in _clause(left):
        return "deadline", "DEADLINE"  # "please send me an offer until 7 December"
    if role == "before" and nearest == "START":
        return "before", "START"
    if role in {"before", "none"} and (
        _is_ready_by(right) or _READY_BEFORE.search(f" {' '.join(left[-7:])} ")
    ):
        return "end", "READY"
    if role in {"end", "before", "after"}:
        return role, prep
    return _told_by_cues(nearest, left, right)


def _runs_out(left: list[str], right: list[str]) -> bool:
    """ "De opdracht loopt 18 dec af", "over een maand loopt mijn contract bij de omroep af"."""
    if right[:1] == ["RUNS"] and "READY" in _before_comma(right)[:9]:
        return True
    before, after = f" {' '.join(left[-4:])} ", f" {' '.join(right[:4])} "
    return bool(_RUNS_OUT[0].search(before) and _RUNS_OUT[1].match(after))


def _before_comma(right: list[str]) -> list[str]:
    """ "Tot eind dit jaar kun je reageren"."""
    return right[: right.index(",")] if "," in right else right


def _clause(left: list[str]) -> list[str]:
    """The symbols behind the last comma or date before this one."""
    ends = [index for index, symbol in enumerate(left) if symbol in {",", DATE, "START"}]
    return left[ends[-1] + 1 :] if ends else left


def _is_ready_by(right: list[str]) -> bool:
    """ "1 maart moet het af zijn"; but "15 jan schetsen, af 1 maart" is of the day behind it."""
    if "READY" not in right[:5]:
        return False
    return right[0] == "READY" or DATE not in right[: right.index("READY") + _OF_THE_NEXT]


def _told_by_cues(nearest: str, left: list[str], right: list[str]) -> tuple[Role, str]:
    """What a date without a preposition is for, by the words further away."""
    if left[-1:] == ["RETURN"] or left[-2:] == ["RETURN", "THE"] or (right[:1] == ["BACK"] and not nearest):
        return "none", "RETURN"
    if not nearest and (left[-1:] == ["AGO"] or "AGO" in right[:1] or right[:3] == ["_", "I", "AGO"]):
        return "none", "RETURN"  # "eind aug terug", "back Jan 6", "4 januari ben ik terug"
    if nearest and nearest != "EXTENDED":
        return _CUES[nearest], nearest
    if "MEETING" in right[:3] and "," not in right[:3]:
        return "ignored", "MEETING"  # "woensdag al gesprekken"
    return ("start", "START") if "START" in right[:2] else ("none", "")


def sentence_around(tape: Tape, place: int) -> tuple[list[str], list[str]]:
    """The symbols before and after an item, as far as its sentence goes and REACH allows."""
    left: list[str] = []
    for item in tape.items[max(0, place - REACH) : place][::-1]:
        if item.symbol in STOPS:
            break
        left.append(item.symbol)
    right: list[str] = []
    for item in tape.items[place + 1 : place + 1 + REACH]:
        if item.symbol in STOPS:
            break
        right.append(item.symbol)
    return left[::-1], right
