"""Chooses among the dates of a message: the start, the end and the last day to react."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nlu import calendar
from nlu.calendar import When, ending_after
from nlu.components.periods import LEAVE, Dated
from nlu.finds import Find
from nlu.meaning import Problem
from nlu.shaping.findings import Findings, Slots

MOST_STATEMENTS: Final = 50  # about oneself in one message; more is noise
_HURRY_WITHIN: Final = 25  # characters
_MENDED: Final = frozenset(
    {"MOVED", "CORRECTION", "CHANGED", "INSTEADOF"}
)  # then what comes first may be the newest
BARE: Final = {True: "start", False: ""}
LETTER: Final = 400  # characters; who writes less tells no story first
SOUGHT_WITHIN, SOUGHT_BEFORE = 80, 60  # characters between "wij zoeken" and the role
_SOON, _BEFORE_LONG = timedelta(31), timedelta(60)  # in which one is asked to react
# Who must know by then: "voor 20 sept moet ze de namen hebben".
_WANTED: Final = re.compile(
    r"\b(?:hebben|namen|naam|weten|horen|reageer|reageren|reactie|mail|mailen|bel|app|stuur|cv|binnen|laten|laat|kandidaten"
    r"|voorstel|offerte|aanmelden)\b",
    re.IGNORECASE,
)
_SOMEONE_ELSE: Final = re.compile(
    r"\b(?:our|onze|my|mijn)(?! agenda| calendar)(?: [\w-]+){1,3} (?:goes|is|gaat|will|has|wordt|valt|moet)\b",
    re.IGNORECASE,
)
_WHERE_I_AM: Final = re.compile(
    r"\b(?:zelf (?:ben|zit) ik|ik (?:ben|zit) (?:zelf|dan)|ben ik (?:zelf|dan|er niet|even)|zit ik (?:zelf|dan|in)"
    r"|(?:i'm|i am) (?:off|away|in|out)|i'll be|i will be)\b",
    re.IGNORECASE,
)
_FOR_THE_WORK: Final = re.compile(
    r"\b(?:zoek|vervang\w*|waarne\w+|inval\w*|nodig|need|replace\w*|cover|stand in|looking)\b",
    re.IGNORECASE,
)
_PAST_YEAR: Final = re.compile(r"\b(?:in|over|sinds|since) (20\d\d)\b", re.IGNORECASE)
_A_YEAR: Final = re.compile(r"jaar|jr|year", re.IGNORECASE)
_FIRST_PERSON: Final = re.compile(
    r"\b(?:ik|ikzelf|zelf|mijn agenda|kheb|i|i'm|i’m|my|myself)\b", re.IGNORECASE
)

_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n")
_SPEAKER: Final = re.compile(r"\b(?:ik|ikzelf|kheb|kben|kzit|i|i'm|i’m|myself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Course:
    """When something begins and ends; `now` when it begins at once."""

    start: date | None = None
    now: bool = False
    end: date | None = None


UNSAID: Final = Course()


def about_another(findings: Findings) -> bool:
    """Whether the first thing said of being free is said of somebody named: "Eva zit tot vrijdag vol"."""
    said = findings.first("status") or findings.first("can")
    if said is None or not findings.has("person"):
        return False
    start, end = findings.clause(said)
    named = any(start <= person.start < said.start for person in findings.all("person")[:MOST_STATEMENTS])
    return named and not _SPEAKER.search(findings.text, start, end)


def of_the_work(findings: Findings, kind: str) -> list[Find]:
    """The finds that are not about the writer's own being full or away ("ik zit vol tot mei, wie wil deze").

    Nor about what once was: "vorig jaar deed ik daar 3 dagen voor 38 per uur".
    """
    finds = findings.all(kind)
    if not finds:
        return finds
    own = [
        findings.clause(status)
        for status in findings.all("status")[:MOST_STATEMENTS]
        if status.value in {"full", "away"} and _is_said_of_oneself(findings, status)
    ]
    own += own_absence(findings) if kind == "dated" else _long_ago(findings)
    if own:
        finds = [find for find in finds if not any(start <= find.start < end for start, end in own)]
    return _since_asked(findings, finds)


def _since_asked(findings: Findings, finds: list[Find]) -> list[Find]:
    """In a letter that first tells how things stand, what is said from the sentence on in which somebody is sought.

    "Onze klerk is per 1 september weg ... Wij zoeken een klerk vanaf 21 september": of the same kind only the later.
    """
    if len(finds) < 2 or len(findings.text) <= LETTER or not _MENDED.isdisjoint(findings.tape.kinds):
        return finds
    asked = _asked_from(findings)
    later = {_replaces(find) for find in finds if find.start >= asked} - {""}
    return [find for find in finds if find.start >= asked or _replaced_by(find) not in later]


def _replaces(find: Find) -> str:
    """What a find takes the place of: its own kind; of dates a start or a stretch that of another beginning."""
    if not isinstance(find.value, Dated):
        return find.kind
    if find.value.cue == LEAVE:
        return ""
    return BARE[find.value.when.span] if find.value.role == "none" else find.value.role


def _replaced_by(find: Find) -> str:
    """A bare date by any start; a stretch of days ("22 en 23 april") by nothing."""
    if not isinstance(find.value, Dated):
        return find.kind
    return BARE[not find.value.when.span] if find.value.role == "none" else find.value.role


def _asked_from(findings: Findings) -> int:
    """Where the first sentence begins that seeks a kind of work; 0 when none does."""
    roles = [role.start for role in findings.all("role")[:MOST_STATEMENTS]]
    seeking = [item for item in findings.tape.items if item.symbol == "SEEK"][:MOST_STATEMENTS]
    for item in seeking:
        if any(-SOUGHT_BEFORE <= start - item.end <= SOUGHT_WITHIN for start in roles):
            ends = [end.end() for end in _SENTENCE_END.finditer(findings.text, 0, item.start)]
            return ends[-1] if ends else 0
    return 0


def _is_said_of_oneself(findings: Findings, status: Find) -> bool:
    """ "Ik zit vol"; not "I'm writing because our payroll lead goes on leave"."""
    start, end = findings.clause(status)
    someone = _SOMEONE_ELSE.search(findings.text, start, status.start)
    return someone is None and _FIRST_PERSON.search(findings.text, start, end) is not None


def own_absence(findings: Findings) -> list[tuple[int, int]]:
    """ "Zelf ben ik van 24 september t/m 4 oktober in Portugal": when the writer cannot be asked anything."""
    clauses = []
    for find in findings.all("dated")[:MOST_STATEMENTS]:
        start, end = findings.clause(find)
        if _WHERE_I_AM.search(findings.text, start, end) and not _FOR_THE_WORK.search(
            findings.text, start, end
        ):
            clauses.append((start, end))
    return clauses


def _long_ago(findings: Findings) -> list[tuple[int, int]]:
    """The clauses about last year, two years ago, or "in 2019"."""
    clauses: list[tuple[int, int]] = []
    if " 20" in findings.text:
        clauses = [
            findings.clause(Find("past", None, year.start(), year.end()))
            for year in _PAST_YEAR.finditer(findings.text)
            if int(year[1]) < findings.context.today.year
        ]
    if "PAST" not in findings.tape.kinds:
        return clauses
    past = [item for item in findings.tape.items if item.symbol == "PAST"][:MOST_STATEMENTS]
    return clauses + [
        findings.clause(Find("past", None, item.start, item.end))
        for item in past
        if _A_YEAR.search(findings.text, item.start, item.end)
    ]


def in_role(finds: list[Find], *roles: str) -> Find | None:
    """The first date with one of these roles, the earlier role before the later."""
    return next((find for role in roles for find in finds if find.value.role == role), None)


def end_day(dated: Dated) -> date:
    """The last day; "tot mei" ends before May begins, "t/m mei" with its last day."""
    when = dated.when
    months = when.first.day == 1 and when.last == calendar.end_of_month(when.last) and not when.span
    return when.first - timedelta(days=1) if dated.cue == "UNTIL" and months and not when.vague else when.last


def end_after(dated: Dated, start: date | None) -> date:
    """The end, moved a year on when it was said without a year and would lie before the start."""
    if start is None:
        return end_day(dated)
    moved: When = ending_after(dated.when, start)
    return end_day(Dated(moved, dated.role, dated.cue))


def course(
    findings: Findings,
    slots: Slots,
    finds: list[Find],
    problems: list[Problem],
    hurried: tuple[str, ...] = ("asap",),
) -> Course:
    """Start and end of the work, or of the writer being free, among `finds`; `hurried` kinds mean a start at once."""
    today = findings.context.today
    begin = _beginning([find for find in finds if not _is_mere_talk(find, finds, findings)])
    finish = _finish(finds, begin)
    if begin and finish and _is_over_before(begin, finish):
        begin = None
    hurry = next((find for kind in hurried for find in findings.all(kind)), None)
    if hurry and (begin is None or begin.value.role == "none"):
        begin = None
    spans = begin is not None and begin.value.when.span and finish is None
    last = _last_of_row(finds, begin) if spans and begin else begin
    start = _not_past(begin.value.when, today, problems, findings, begin) if begin else None
    if begin and start and not (spans and start != begin.value.when.first):
        slots.take("start", begin)
    if begin is None and hurry:
        slots.take("start", hurry)
    end = None
    if spans and last:
        end = last.value.when.last
        slots.take("end", last)
    elif finish:
        end = end_after(finish.value, start)
        end = _kept_end(end, today, problems, findings, finish)
        if end:
            slots.take("end", finish)
    return Course(start, hurry is not None and begin is None, end)


def _is_over_before(begin: Find, finish: Find) -> bool:
    """ "Tot de kerst 8 uur, na nieuwjaar 24": two statements, of which the first counts."""
    if (
        finish.start > begin.start
        or finish.value.cue not in {"UNTIL", "THROUGH"}
        or begin.value.cue == "span"
    ):
        return False
    end, start = end_of(finish), begin.value.when.first
    return bool(begin.value.role == "after" and end < start)


def _is_mere_talk(find: Find, finds: list[Find], findings: Findings) -> bool:
    """ "Ik hoorde vandaag dat ze in mei iemand zoeken": today is when it was heard."""
    when = find.value.when
    if find.value.role != "none" or not when.first == when.last == findings.context.today:
        return False
    rumour = any(each.value == "rumour" for each in findings.all("stage"))
    return rumour or any(each.value.role in {"start", "none"} and each is not find for each in finds)


def _last_of_row(finds: list[Find], begin: Find) -> Find:
    """The last of days that follow each other: "7 en 8 okt opbouw, vr 9 t/m zo 11 show, maandag de 12e afbreken"."""
    last = begin
    for find in finds:
        follows = find.value.when.first - last.value.when.last
        if find.start > last.start and find.value.role in {"none", "start"} and follows.days in {1, 2}:
            last = find
    return last


def _beginning(finds: list[Find]) -> Find | None:
    """The start that was called so, else the first of a stretch, else the first date."""
    starts = [f for f in finds if f.value.role == "start"]
    starts = [f for f in starts if f.value.cue != LEAVE] or starts
    called = [f for f in starts if f.value.cue == "START"]
    exact = next(
        (f for f in called if not f.value.when.vague), None
    )  # "dit najaar beginnen ze, eerste dag 12 oktober"
    return exact or next(iter(called), None) or next(iter(starts), None) or in_role(finds, "none", "after")


def _finish(finds: list[Find], begin: Find | None) -> Find | None:
    """The end that follows the chosen start, else any; not the end of a stretch that begins elsewhere."""
    ends = [f for f in finds if f.value.role == "end" and f is not begin]
    if begin is None:
        return next(iter(ends), None)
    if not ends:  # "weg vanaf 20 juli, 10 augustus weer terug"
        ends = [f for f in finds if f.value.cue == "RETURN" and begin.value.role == "start"]
    stretch = begin.value.cue == "span" or begin.value.cue in {"VAN", "FROM", "PER", "BETWEEN"}
    fitting = [f for f in ends if stretch or f.value.cue != "span"] or ends
    if all(f.value.cue == "READY" for f in fitting):
        return max(fitting, key=end_of, default=None)  # a first draft, then the final one
    return next((f for f in fitting if f.start > begin.start), next(iter(fitting), None))


def end_of(find: Find) -> date:
    """The last day of what was said."""
    last: date = find.value.when.last
    return last


def _not_past(
    when: When, today: date, problems: list[Problem], findings: Findings, find: Find
) -> date | None:
    """The first day, or today when it has begun already; a day wholly in the past is a problem."""
    if when.last < today:
        problems.append(Problem("past_date", findings.text[find.start : find.end]))
        return None
    return max(when.first, today)


def _kept_end(end: date, today: date, problems: list[Problem], findings: Findings, find: Find) -> date | None:
    if end < today:
        problems.append(Problem("past_date", findings.text[find.start : find.end]))
        return None
    return end


def deadline(findings: Findings, slots: Slots, finds: list[Find], start: date | None) -> date | None:
    """The last day to react; "uiterlijk 14 oktober" by itself is one when it lies near, and before the start."""
    find = in_role(finds, "deadline") or _near_limit(findings, finds, start)
    if find is None or find.value.when.last < findings.context.today:
        return None
    slots.take("deadline", find)
    last: date = find.value.when.last
    return last


def _near_limit(findings: Findings, finds: list[Find], start: date | None) -> Find | None:
    """A "before" that no word explains."""
    last = findings.context.today + (_SOON if start is None else _BEFORE_LONG)
    last = min(last, start) if start else last
    for find in finds:
        day = find.value.when.last
        if find.value.role != "before" or find.value.cue == "START" or _is_of_hurry(findings, find):
            continue
        told = _before_word(findings, find) != "voor" or _WANTED.search(findings.text, *findings.clause(find))
        if told and findings.context.today < day <= last:
            return find
    return None


def _is_of_hurry(findings: Findings, find: Find) -> bool:
    """ "Start asap, at the latest 15 February"."""
    return any(0 <= find.start - each.end <= _HURRY_WITHIN for each in findings.all("asap"))


def _before_word(findings: Findings, find: Find) -> str:
    """The word before a date: "voor zaterdag" may be for Saturday, "vóór" and "by" are not."""
    words = findings.text[max(0, find.start - 16) : find.start].lower().split()
    return next((word for word in reversed(words) if word not in {"de", "the"}), "")


def last_day_of_pause(findings: Findings) -> date | None:
    """The last day without messages: "tot maandag" is up to and including Sunday, "twee weken" from today."""
    find = in_role(findings.all("dated"), "end", "before", "none", "start")
    if find is None:
        length = findings.first("duration")
        return length.value.last_day(findings.context.today) if length else None
    dated: Dated = find.value
    if dated.cue in {"UNTIL", "BEFORE"} or dated.role == "start":
        return dated.when.first - timedelta(1)
    return dated.when.last
