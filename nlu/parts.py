"""Cuts a message that says several things: a lead and the writer's own agenda, two leads, two periods of being free.

Cutting is for sure cases only. A lead told in several sentences stays one, for a lead that was made up is worse than
two that were heard as one. So each way to cut asks for signs on both sides of it, and `nlu.reader` reads every part
again: one that says nothing by itself puts the message back together.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

from nlu.finds import Find
from nlu.lexicon import lists
from nlu.meaning import Availability, Lead
from nlu.shaping.findings import Findings
from nlu.shaping.when import about_another, end_day

MOST_LEADS: Final = 5
OWN_WORDS: Final = 600  # characters; in a longer text somebody else may be speaking

Range = tuple[int, int]

_CLAUSE: Final = re.compile(
    r"[.!?;\n:]+\s*|,\s+|\s+[-–]\s+|\s(?=(?:en|maar|dus|and|but|so)\s)"
    r"|(?<! en)(?<! and)(?<! maar)(?<! but)\s(?=(?:daarna|then)\s)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?](?=\s)\s*|\n+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED: Final = frozenset({"header", "sender", "greeting", "signature", "disclaimer"})
_ABOUT_TIME: Final = frozenset(
    {
        "dated",
        "hours",
        "days",
        "half_days",
        "weekdays",
        "not_weekdays",
        "dayparts",
        "not_dayparts",
        "duration",
        "thereafter",
        "now",
    }
)
_ABOUT_WORK: Final = frozenset({"role", "client", "rate", "bare_rate", "headcount", "contact"})
_AMOUNTS: Final = frozenset(
    {
        "hours",
        "days",
        "half_days",
        "dayparts",
        "weekdays",
        "not_weekdays",
        "status",
        "can",
        "half",
        "extended",
    }
)
_AGENDA: Final = _ABOUT_TIME | {"asap", "problem"}  # without one of these there is no day or amount to keep
# Of the clauses of a message these are looked at.
_TELLING: Final = sorted(_ABOUT_WORK | _AGENDA | _AMOUNTS)
_BEGINS: Final = frozenset({"start", "none"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: where it stands, and what it is about.

    `shared` is said of all leads of the message ("beide vanaf 1 mei"). `follows` is the day on which a period begins
    that has no date of its own ("daarna 3 dagen"), `until` its last day ("daarna 3 weken weg").
    """

    about: str  # "set_availability", "share_lead" or, when reading must tell, ""
    at: tuple[Range, ...]
    shared: tuple[Range, ...] = ()
    follows: date | None = None
    until: date | None = None


def cut(text: str, at: tuple[Range, ...]) -> str:
    """Only these stretches of a text, from the first on, with blanks for what stands between them."""
    pieces, position = [], at[0][0]
    for start, end in at:
        pieces += [" " * (start - position), text[start:end]]
        position = end
    return "".join(pieces)


# --- the writer's own agenda beside something else ----------------------------------------------------------------


class Clause:
    """A stretch of a message and what was found in it; its words are looked at when somebody asks what it says."""

    __slots__ = ("_text", "_words", "end", "finds", "kinds", "start")

    def __init__(self, text: str, start: int, end: int, finds: list[Find]) -> None:
        self._text = text
        self._words: frozenset[str] | None = None
        self.start, self.end, self.finds = start, end, finds
        self.kinds = frozenset([find.kind for find in finds])

    def holds(self, kind: str) -> bool:
        """Whether something of this kind was found here."""
        return kind in self.kinds

    def says(self, list_name: str) -> bool:
        """Whether one of the words of a list of `parts.yaml` stands here."""
        if self._words is None:
            said = _WORD.findall(self._text, self.start, self.end)
            self._words = frozenset([word.lower() for word in said])
        return not self._words.isdisjoint(_words(list_name))


def speaks_of_own_time(findings: Findings) -> bool:
    """Whether a message may hold the writer's own agenda beside something else: who is free, and when."""
    if findings.context.forwarded or not findings.has("status") or len(findings.text) > OWN_WORDS:
        return False
    if not _CLAUSE.search(findings.text):
        return False  # one clause says one thing
    return any(findings.has(kind) for kind in _AGENDA)


def own_agenda(findings: Findings, clauses: list[Clause], *, of_lead: bool) -> list[Part]:
    """What is said of the writer's own time, and the rest; nothing when it is all one thing.

    Beside a lead (`of_lead`) only a clause in the first person counts: its dates and hours belong to the lead.
    """
    if of_lead and (not findings.has("role") or any(findings.has(kind) for kind in _QUOTED)):
        return []  # in a pasted letter it is the sender who is away
    seed = next((i for i, clause in enumerate(clauses) if _is_own(clause, i, of_lead=of_lead)), None)
    if seed is None:
        return []
    if of_lead and any(clause.says("supposing") for clause in clauses):
        return []  # "mocht iemand een tester zoeken, ik ben vrij": nobody seeks one
    first, last = seed, seed
    while last + 1 < len(clauses) and _goes_on(clauses[last + 1], of_lead=of_lead):
        last += 1
    while not of_lead and first and _is_time(clauses[first - 1]):
        first -= 1
    if not any(clause.kinds & _AGENDA for clause in clauses[first : last + 1]):
        return []
    own = (clauses[first].start, clauses[last].end)
    rest = tuple(
        each for each in ((0, own[0]), (own[1], len(findings.text))) if _has_words(findings.text, each)
    )
    if not rest:
        return []
    return [Part("share_lead" if of_lead else "", rest), Part("set_availability", (own,))]


def _is_own(clause: Clause, number: int, *, of_lead: bool) -> bool:
    """A clause with "vrij", "vol" or "weg" in it that is about nobody else."""
    if "status" not in clause.kinds or clause.says("sought"):
        return False
    if not of_lead:
        return True
    busy = any(find.kind == "status" and find.value in {"full", "away"} for find in clause.finds)
    dated = "dated" in clause.kinds
    return not clause.kinds & _ABOUT_WORK and (
        (clause.says("myself") and (busy or dated)) or (number == 0 and busy and dated)
    )


def _goes_on(clause: Clause, *, of_lead: bool) -> bool:
    if clause.kinds & _ABOUT_WORK or clause.says("sought"):
        return False
    if of_lead:
        return "thereafter" in clause.kinds and "role" not in clause.kinds
    return bool(clause.kinds & (_ABOUT_TIME | {"status"}))


def _is_time(clause: Clause) -> bool:
    return bool(clause.kinds & _ABOUT_TIME) and not clause.kinds & _ABOUT_WORK and not clause.says("sought")


def _has_words(text: str, at: Range) -> bool:
    return any(word.lower() not in _words("joining") for word in _WORD.findall(text, *at))


# --- two periods --------------------------------------------------------------------------------------------------


def periods(findings: Findings, at: tuple[Range, ...]) -> list[Part]:
    """The statements of which each has its own days and its own amount: "vanaf 1 mei 2 dagen en vanaf 1 juni 4"."""
    moments = sum(len(findings.all(kind)) for kind in ("dated", "thereafter", "now"))
    if moments < 2 or len(findings.text) > OWN_WORDS or about_another(findings):
        return []
    within = [c for c in clauses_of(findings) if any(start <= c.start < end for start, end in at)]
    pieces: list[list[Clause]] = []
    for clause in within:
        if pieces and _begins_anew(clause) and _stands_alone(pieces[-1]):
            pieces.append([clause])
        elif pieces and _begins_anew(clause) and _stands_alone([clause]) and _is_dated(pieces[-1]):
            return []  # what was said of the days before is not clear to us
        elif pieces:
            pieces[-1].append(clause)
        else:
            pieces = [[clause]]
    if len(pieces) > 1 and not _stands_alone(pieces[-1]):
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    if len(pieces) < 2 or any(clause.says("occupied") or clause.holds("client") for clause in within):
        return []  # "ik werk tot april 32 uur bij ...": those are no hours to offer
    return [_period(findings, piece) for piece in pieces]


def _period(findings: Findings, piece: list[Clause]) -> Part:
    at = ((piece[0].start, piece[-1].end),)
    day = _day_after(findings, piece)
    length = next((find for clause in piece for find in clause.finds if find.kind == "duration"), None)
    return Part(
        "set_availability", at, follows=day, until=length.value.last_day(day) if day and length else None
    )


def _begins_anew(clause: Clause) -> bool:
    if "thereafter" in clause.kinds or "now" in clause.kinds:
        return True
    return any(find.kind == "dated" and find.value.role in _BEGINS for find in clause.finds)


def _is_dated(piece: list[Clause]) -> bool:
    return any(clause.kinds & {"dated", "thereafter", "now"} for clause in piece)


def _stands_alone(piece: list[Clause]) -> bool:
    return _is_dated(piece) and any(
        clause.kinds & _AMOUNTS or clause.says("whole") or clause.says("denial") for clause in piece
    )


def _day_after(findings: Findings, piece: list[Clause]) -> date | None:
    """ "Daarna": the day after the last one named before it; after "tot mei" that is 1 May.

    "Tot 15 maart" leaves that day itself, "tot eind maart" does not: nobody means the 31st.
    """
    turn = next((find for clause in piece for find in clause.finds if find.kind == "thereafter"), None)
    if turn is None or any(find.kind == "dated" for clause in piece for find in clause.finds):
        return None
    before = next((f for f in findings.all("dated")[::-1] if f.start < turn.start), None)
    if before is None:
        return None
    day = end_day(before.value)
    up_to_it = before.value.cue in {"UNTIL", "BEFORE"} and day >= before.value.when.first  # not "tot mei"
    up_to_it &= (day + timedelta(1)).day != 1
    return day if up_to_it else day + timedelta(1)


def period_of(said: Availability, part: Part, text: str) -> Availability:
    """The statement with what follows from what was said before it, and amounts without a figure ("daarna alles")."""
    words = {word.lower() for word in _WORD.findall(cut(text, part.at))}
    if not said.start and not said.now and part.follows:
        said = replace(said, start=part.follows, end=said.end or part.until)
    if not words.isdisjoint(_words("denial")) and not said.hours_per_week and not said.days_per_week:
        return said if said.status in {"away", "full"} or said.weekdays else replace(said, status="full")
    return said if said.status else replace(said, status="free")


# --- two leads ----------------------------------------------------------------------------------------------------


def leads(findings: Findings) -> list[Part]:
    """The leads of a message, each with what is said of it alone and what is said of all."""
    text = findings.text
    if not findings.has("role"):
        return []
    for starts in (_numbered, _labelled, _lines):
        items = starts(findings)
        if 2 <= len(items) <= MOST_LEADS:
            return _listed(text, items)
    return _added(findings) if len(text) <= 2 * OWN_WORDS else []


def _listed(text: str, starts: list[int]) -> list[Part]:
    """Items of a list; the last one ends with its paragraph, and what stands before and after is about all."""
    blank = text.find("\n\n", starts[-1])
    long_items = any("\n\n" in text[start:end].rstrip() for start, end in pairwise(starts))
    stop = len(text) if long_items or blank < 0 else blank
    ends = [*starts[1:], stop]
    shared = tuple(each for each in ((0, starts[0]), (stop, len(text))) if _has_words(text, each))
    return [Part("share_lead", ((start, end),), shared) for start, end in zip(starts, ends, strict=True)]


def _numbered(findings: Findings) -> list[int]:
    """Where "1. ", "2) ", "Opdracht 1:" begin: counted from one, without a gap."""
    starts: list[int] = []
    if "1" not in findings.text or "2" not in findings.text:  # looking for a mark takes far longer
        return starts
    for match in _number_mark().finditer(findings.text):
        if (match["number"] or match["named"]) == str(len(starts) + 1):
            starts.append(match.start())
    return starts


def _labelled(findings: Findings) -> list[int]:
    """Where a form begins anew: the same label at the beginning of two lines."""
    found: dict[str, list[int]] = {}
    if "\n" not in findings.text:
        return []
    for match in _label_mark().finditer(findings.text):
        found.setdefault(match[1].lower(), []).append(match.start())
    return next((starts for starts in found.values() if len(starts) > 1), [])


def _lines(findings: Findings) -> list[int]:
    """Lines that each open with the person sought: "Projectleider - Utrecht - 32 uur"."""
    text = findings.text
    starts: list[int] = []
    if "\n" not in text:
        return starts
    for find in findings.all("role"):
        line = text.rfind("\n", 0, find.start) + 1
        opening = text[line : find.start].strip(" -*•>\t").lower()
        if not opening and (not starts or starts[-1] != line):
            starts.append(line)
    return starts


def _added(findings: Findings) -> list[Part]:
    """A second one in the same sentence ("en een tester in ...") or in the next ("Daarnaast zoekt ...")."""
    text, roles = findings.text, findings.all("role")
    if match := next((m for m in _besides_mark().finditer(text) if m.start() > roles[0].end), None):
        return [Part("share_lead", ((0, match.start()),)), Part("share_lead", ((match.end(), len(text)),))]
    match = _another_mark().search(text, roles[0].end)
    if match is None or _SENTENCE.search(text, roles[0].end, match.start()):
        return []
    stop = _SENTENCE.search(text, match.end())
    end = stop.end() if stop else len(text)
    if both := _both_mark().search(text, match.end(), end):
        end = both.start()
    shared = tuple(each for each in ((0, roles[0].start), (end, len(text))) if _has_words(text, each))
    return [
        Part("share_lead", ((roles[0].start, match.start()),), shared),
        Part("share_lead", ((match.start(), end),), shared),
    ]


def are_leads(items: list[Lead]) -> bool:
    """Whether each names other work, each says something of it, and something they both say differs."""
    said = [_facts(item) for item in items]
    roles = [role for item in items for role in item.roles]
    if not all(item.roles for item in items) or len(set(roles)) != len(roles) or not all(said):
        return False
    first, *others = said
    return all(
        any(name in first and first[name] != value for name, value in other.items()) for other in others
    )


def _facts(item: Lead) -> dict[str, object]:
    facts = {
        "place": item.place,
        "load": item.hours_per_week or item.days_per_week,
        "rate": item.rate,
        "start": item.start,
        "client": item.client,
    }
    return {name: value for name, value in facts.items() if value}


def share(of_all: Lead, item: Lead) -> Lead:
    """A lead with what was said of all of them; its own words count first. Who is sought is never shared."""
    own = {field.name for field in fields(item) if getattr(item, field.name)}
    groups = ({"hours_per_week", "days_per_week"}, {"start", "asap"})
    taken = own.union(*(group for group in groups if group & own), {"roles", "headcount"})
    new = {field.name: getattr(of_all, field.name) for field in fields(item) if field.name not in taken}
    return replace(item, **new)


# --- clauses and words --------------------------------------------------------------------------------------------


def clauses_of(findings: Findings) -> list[Clause]:
    """The clauses with what was found in each; a date or amount is never cut in two."""
    text = findings.text
    finds: list[Find] = []
    for kind in _TELLING:
        finds += findings.all(kind)
    finds.sort(key=_by_start)
    whole = [find for find in finds if find.kind in _ABOUT_TIME]
    starts = [0]
    for match in _CLAUSE.finditer(text):
        begin, end = match.span()
        if end < len(text) and not any(find.start < end and begin < find.end for find in whole):
            starts.append(end)
    held: list[list[Find]] = [[] for _ in starts]
    for find in finds:
        held[bisect_right(starts, find.start) - 1].append(find)
    ends = [*starts[1:], len(text)]
    return [Clause(text, start, end, within) for start, end, within in zip(starts, ends, held, strict=True)]


def _by_start(find: Find) -> int:
    return find.start


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lists("parts")[name])


def _phrases(name: str) -> str:
    """One of the phrases of a list, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(lists("parts")[name], key=len, reverse=True))


@cache
def _number_mark() -> re.Pattern[str]:
    """ "1. ", "(2) " or "Opdracht 3:", at the beginning of a line or sentence."""
    opening = r"(?:^|(?<=[.:;!?\n)\d])[ \t]+|(?<=\n))[>*\-• \t]{0,6}"
    mark = rf"(?:\(?(?P<number>[1-9])[.)](?=[ \t*])|(?:{_phrases('numbered')})\s(?P<named>[1-9])\b)"
    return re.compile(opening + mark, re.IGNORECASE)


@cache
def _label_mark() -> re.Pattern[str]:
    return re.compile(
        rf"^[>*\-• \t]{{0,6}}({_phrases('label')})\*{{0,2}}[ \t]?:", re.IGNORECASE | re.MULTILINE
    )


@cache
def _besides_mark() -> re.Pattern[str]:
    """A sentence that goes on about another assignment."""
    return re.compile(rf"(?<=[.!?\n;])\s+(?:{_phrases('besides')})\b[:,]?", re.IGNORECASE)


@cache
def _both_mark() -> re.Pattern[str]:
    """From here on it is about all of them: "beide in Utrecht"."""
    return re.compile(rf"\b(?:{_phrases('both')})\b", re.IGNORECASE)


@cache
def _another_mark() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\s)])(?=(?:{_phrases('another')})\s)", re.IGNORECASE)
