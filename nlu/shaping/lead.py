"""Makes a lead of what was found: of several dates and amounts the one that is about the work."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from nlu import calendar
from nlu.components.dayparts import NAMES, WORKING
from nlu.components.names import Spans
from nlu.components.weekdays import NAMES as WEEK
from nlu.finds import Find
from nlu.lexicon import Phrases, Words, phrases_of, split, word_set
from nlu.meaning import Contact, Daypart, Lead, Problem, Range, Rate, Remote
from nlu.shaping.conditions import musts
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.when import UNSAID, Course, course, deadline, of_the_work, own_absence

LONGEST_STATEMENT: Final = 600  # characters; in more the writer tells a story
HEDGED: Final = ("hours", "days", "half_days", "dated", "duration", "rate")
HEDGED_WITHIN: Final = 12  # characters: "misschien vanaf 3 mei", "maybe about 3 days"
A_FORTNIGHT: Final = 14  # days
A_LONG_DAY, A_DAY = 12, 24  # hours
FAR: Final = timedelta(300)  # a date without a year that lies further ahead may be one of the past
BEGINNINGS: Final = frozenset({"start", "none"})
_A_WEEK: Final = re.compile(r"w(?:ee)?ks?\b|pw\b|p/w|dpw|weekly|d/w", re.IGNORECASE)
# Where the writer works already: "naast mijn klus in Gent", "my current project in Leeds".
_PRESENT_JOB: Final = re.compile(
    r"\b(?:naast|alongside|besides|beside|next to) (?:mijn|m'n|mn|een|de|my|a|the) (?:[\w-]+ ){1,2}(?:in|te|bij|at) \Z"
    r"|\b(?:huidige|lopende|current|present) (?:[\w-]+ ){1,4}(?:in|te|at) \Z",
    re.IGNORECASE,
)
# Where somebody lives or was, in a message that passes work on.
_AT_HOME: Final = re.compile(
    r"\b(?:woon|woont|wonen|live|lives)(?: (?:ik|we|wij|zelf|nu|myself|now)){0,2} (?:in|te|near|nabij|bij) \Z"
    r"|\b(?:hoe was|how was|how is)\b[^.!?\n]{0,25} (?:in|op) \Z",
    re.IGNORECASE,
)
# "The job is in Delft", "for the plant in IJmuiden".
_WORK_IN: Final = re.compile(
    r"\b(?:werk|klus|opdracht|project|job|gig|work|role|assignment|plant|fabriek|site|renovatie|nieuwbouw)"
    r"(?: (?:is|zit|ligt|are|wordt|takes place|vindt plaats))? (?:in|te|at|op) \Z",
    re.IGNORECASE,
)
_RULED_OUT: Final = re.compile(
    r"\b(?:niet|not|ipv|i\.p\.v\.|instead of|in plaats van)(?: (?:in|te|bij|at))? ?\Z", re.IGNORECASE
)
_AT_THE_DESK: Final = re.compile(
    r"\b(?:op|at|in) (?:ons |our |the |het |hun |their )?(?:kantoor|office) (?:in|te) \Z", re.IGNORECASE
)
# "Maybe somebody from Brabant?" is said of the people, "mijn klus in Breda is klaar" of work that is no more.
_WHO_FROM: Final = re.compile(
    r"\b(?:iemand|mensen|somebody|someone|anybody|anyone|people) (?:uit|from) \Z", re.IGNORECASE
)
_MINE: Final = re.compile(
    r"\b(?:mijn|m'n|mn|my) (?:klus|opdracht|project|job|gig|contract) (?:in|te|at|bij) \Z", re.IGNORECASE
)
# Where the writer is, and where somebody left for: "ik zit tot maart in Breda", "accepted a job in Lisbon".
_ELSEWHERE_NOW: Final = re.compile(
    r"\b(?:ik zit|zit ik|ik sta|sta ik|i'm|i am|im)(?: [a-z/]+){0,4} (?:in|te) \Z"
    r"|\b(?:accepted|took|found|got|has|aangenomen|gekregen|gevonden|heeft|kreeg)"
    r"(?: (?:een|a|an|nieuwe|new|vaste|andere)){1,2} (?:job|baan|functie|position|role|post) (?:in|te|at) \Z",
    re.IGNORECASE,
)
COUNTRY: Final = 65  # km: what reaches so far is hardly where one goes, when a town is named too
_CLOCK: Final = re.compile(
    r"\d+(?:[.:]\d\d)? ?(?:u|uur|h)? ?(?:tot|to|till|until) ?\d", re.IGNORECASE
)  # "18u tot 23u"
SENTENCE: Final = 160  # characters
LONGEST_DAY: Final = 12.0  # hours
_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n")
CORRECTED_WITHIN: Final = 12  # characters: "nee wacht, 3 dagen"
OTHERS_WITHIN: Final = 80
BACK_WITHIN: Final = 60
# What an employee would get, where freelancers are welcome too.
SALARIES: Final = frozenset({"month", "year"})


def shape_lead(findings: Findings, slots: Slots, problems: list[Problem]) -> Lead:
    """Fill the fields of a lead; what nobody stated stays empty."""
    finds = _of_this_year(findings, _without_returns(of_the_work(findings, "dated")))
    period = course(findings, slots, finds, problems)
    if period == UNSAID:
        period = _coming_days(findings, slots)
    is_whole = findings.context.asked is None and not findings.has("duration")
    if is_whole and period.start and period.end is None:
        period = replace(period, end=_end_of_week(finds, period.start, slots))
    lead = Lead(
        roles=slots.take_all("roles", findings.all("role")),
        skills=slots.take_all("skills", findings.all("skill")),
        place=place(findings, slots, _AT_HOME),
        remote=remote(findings, slots),
        hours_per_week=slots.take(
            "hours_per_week", _not_of_a_day(findings, finds, _first(findings, "hours"))
        ),
        days_per_week=slots.take(
            "days_per_week", _weekly(findings, finds, _no_skill(findings, _first(findings, "days")))
        ),
        half_days_per_week=slots.take("half_days_per_week", _first(findings, "half_days")),
        days_total=slots.take("days_total", findings.first("days_total")),
        dayparts=dayparts(findings, slots),
        rate=_of_one_day(findings, finds, rate(findings, slots)),
        start=period.start,
        asap=period.now,
        end=period.end,
        duration_months=_months(findings, slots),
        deadline=deadline(findings, slots, finds, period.start),
        headcount=slots.take("headcount", next(iter(of_the_work(findings, "headcount")), None)),
        client=slots.take("client", findings.first("client")),
        stage=slots.take("stage", findings.first("stage")),
        contact=contact(findings, slots),
        confidential=findings.has("confidential"),
        sectors=tuple(dict.fromkeys(str(find.value) for find in findings.all("sector"))),
        must=musts(findings, findings.all("skill")),
        tentative=_is_hedged(findings),
    )
    if lead.remote == "remote" and lead.place and _is_elsewhere(findings, lead.place):
        lead = replace(lead, place=None)
    if _are_days_at_place(lead):
        lead = replace(lead, days_per_week=None)
    return _delivered(findings, slots, finds, lead)


def _are_days_at_place(lead: Lead) -> bool:
    """ "32-36 uur, 1 dag per week in Arnhem": more hours than fit in the days; those are where, not how much."""
    hours, days = lead.hours_per_week, lead.days_per_week
    if hours is None or days is None or not hours.low or not days.high:
        return False
    return hours.low > days.high * LONGEST_DAY


def _is_hedged(findings: Findings) -> bool:
    """ "Misschien 3 dagen", "vanaf april denk ik": said of how much or when, not "misschien iets voor jou"."""
    said = [find for kind in HEDGED for find in findings.all(kind)]
    if not said:
        return False
    words = findings.words(LONGEST_STATEMENT)
    hits = [
        (words.starts[hit.first], words.ends[hit.last]) for hit in phrases_of_form("tentative").find(words)
    ]
    return any(
        0 <= find.start - end <= HEDGED_WITHIN or 0 <= start - find.end <= 2
        for start, end in hits
        for find in said
    )


def _is_elsewhere(findings: Findings, place: str) -> bool:
    """ "The texts come from our partner in Delfzijl": no place to go to for who works from home."""
    said = [each for each in findings.all("place") if each.value.name == place]
    beside = word_set("form", "beside")
    return all(not beside.isdisjoint(_said_before(findings, each).folded) for each in said)


def _end_of_week(finds: list[Find], start: date, slots: Slots) -> date | None:
    """ "3 hoveniers in week 47": of work in one week the last day too; "start week 47" and "vanaf week 47" say none."""
    find = next((f for f in finds if f.value.when.first == start and f.value.role == "none"), None)
    if find is None or find.value.when.last - find.value.when.first != timedelta(6):
        return None
    slots.take("end", find)
    last: date = find.value.when.last
    return last


def _without_returns(finds: list[Find]) -> list[Find]:
    """Who is "back on 5 January" ends the work of a stand-in; "we spoke back in March" ends nothing."""
    starts = [f.end for f in finds if f.value.role == "start"]
    return [
        f for f in finds if f.value.cue != "RETURN" or any(0 < f.start - end <= BACK_WITHIN for end in starts)
    ]


def _of_this_year(findings: Findings, finds: list[Find]) -> list[Find]:
    """ "Per 1 januari zijn er al twee vertrokken", read in February: next January is not meant beside other dates."""
    far = findings.context.today + FAR
    near = [f for f in finds if f.value.role in BEGINNINGS and f.value.when.first < far]
    if not near:
        return finds
    return [
        f
        for f in finds
        if not (f.value.role in BEGINNINGS and f.value.when.yearless and f.value.when.first >= far)
    ]


def _delivered(findings: Findings, slots: Slots, dates: list[Find], lead: Lead) -> Lead:
    """ "By 20 January, budget 2k": of work at one price a last day that is no other is that of delivery."""
    at_one_price = lead.rate is not None and lead.rate.unit == "project"
    if lead.end or lead.deadline or not (at_one_price or "PERWORD" in findings.tape.kinds):
        return lead
    find = next((f for f in dates if f.value.role == "before" and f.value.cue in {"BEFORE", "LATEST"}), None)
    if find is None or find.value.when.last < findings.context.today:
        return lead
    slots.take("end", find)
    return replace(lead, end=find.value.when.last)


def _coming_days(findings: Findings, slots: Slots) -> Course:
    """ "Wie kan er ma en di invallen?": the coming Monday, where nothing says that it is every week."""
    named = findings.first("weekdays")
    weekly = any(
        findings.has(kind) for kind in ("hours", "days", "half_days", "duration", "dated", "dayparts")
    )
    if named is None or weekly or "EVERY" in findings.tape.text or not findings.has("rate"):
        return UNSAID
    slots.take("start", named)
    days = [calendar.weekday(WEEK.index(day) + 1, findings.context.today).first for day in named.value]
    return Course(start=min(days))


def _first(findings: Findings, kind: str) -> Find | None:
    """The first amount, unless a later one takes it back ("nee wacht, 3 dagen"); a colleague's hours come last."""
    finds = of_the_work(findings, kind)
    if len(finds) < 2:
        return next(iter(finds), None)
    ends = [item.end for item in findings.tape.items if item.symbol == "CORRECTION"]
    mended = [find for find in finds if any(0 <= find.start - end <= CORRECTED_WITHIN for end in ends)]
    if mended:
        return mended[-1]
    return next((find for find in finds if not _is_of_others(findings, find)), finds[0])


def _weekly(findings: Findings, dates: list[Find], days: Find | None) -> Find | None:
    """Days a week, or nothing when they are all there is: "twee dagen training, 19 en 26 januari"."""
    if days is None or any(findings.has(kind) for kind in ("hours", "duration", "fte")):
        return days
    amount: Range = days.value
    when = [find.value.when for find in dates if find.value.role not in {"ignored", "deadline", "before"}]
    if _A_WEEK.search(findings.text, days.start, days.end) or not when or amount.high is None:
        return days
    named = sum((each.last - each.first).days + 1 for each in when)
    bare = all(find.value.cue not in {"FROM", "PER", "START"} for find in dates)
    return None if bare and amount.high <= named <= A_FORTNIGHT else days


def _not_of_a_day(findings: Findings, dates: list[Find], hours: Find | None) -> Find | None:
    """Hours a week, or nothing when all the work is on one day: "zaterdag opbouwen, wie wil er 8 uur sjouwen"."""
    if hours is None or not hours.value.high:
        return hours
    clock = _CLOCK.match(findings.text, hours.start, hours.end) is not None and hours.value.high <= A_DAY
    if hours.value.high > A_LONG_DAY and not clock:
        return hours
    if _A_WEEK.search(findings.text, hours.start, hours.end) or any(
        findings.has(kind) for kind in ("days", "duration")
    ):
        return hours
    roles = {f.value.role for f in dates}
    one_day = any(f.value.role == "none" and f.value.when.first == f.value.when.last for f in dates)
    return None if one_day and roles.isdisjoint({"start", "end"}) else hours


def _no_skill(findings: Findings, find: Find | None) -> Find | None:
    """ "Tekenaar revit 3d": no three days."""
    if find is None or not (findings.has("skill") and findings.has("hours")):
        return find
    return None if any(each.start <= find.start < each.end for each in findings.all("skill")) else find


def _is_of_others(findings: Findings, find: Find) -> bool:
    """ "Een team van zes mensen, onder wie twee beheerders (elk 36 uur)"."""
    words = split(findings.text[max(0, find.start - OTHERS_WITHIN) : find.start].rpartition("\n")[2])
    return not word_set("form", "others").isdisjoint(words)


def _stands_behind(findings: Findings, find: Find, name: str, reach: int) -> bool:
    """Whether one of these phrases stands shortly before a find, on the same line."""
    before = Words(findings.text[max(0, find.start - reach) : find.start].rpartition("\n")[2])
    return bool(phrases_of_form(name).find(before))


@cache
def phrases_of_form(name: str) -> Phrases[str]:
    """One list of `form.yaml` of every language."""
    return phrases_of("form", name)


def _months(findings: Findings, slots: Slots) -> float | None:
    """The length that was called so, else the first: "twee weken overdracht ... looptijd 8 maanden"."""
    told = [each for each in of_the_work(findings, "duration") if each.value.told]
    find = told[0] if len(told) == 1 else _first(findings, "duration")
    return slots.take("duration_months", find).months if find else None


def dayparts(findings: Findings, slots: Slots) -> tuple[Daypart, ...]:
    """The parts of the day named, in their order; of one that will not do, the rest of a working day."""
    if named := slots.take_all("dayparts", findings.all("dayparts")):
        return tuple(each for each in NAMES if each in named)
    refused = slots.take_all("dayparts", findings.all("not_dayparts"))
    return tuple(each for each in WORKING if each not in refused) if refused else ()


def place(findings: Findings, slots: Slots, elsewhere: re.Pattern[str] = _PRESENT_JOB) -> str | None:
    """The name of the first place; an agency's own office only when there is no other, never one ruled out.

    Nor one behind `elsewhere`.
    """
    finds = findings.all("place")
    if not finds:
        return None
    disliked = Spans((each.start, each.end) for each in findings.all("dislike"))
    finds = [each for each in finds if not disliked.touch(each.start, each.end)]
    if len(finds) > 1 and (absent := Spans(own_absence(findings))):
        finds = [each for each in finds if not absent.touch(each.start, each.end)] or finds
    finds = [
        each
        for each in finds
        if not any(
            pattern.search(findings.text, max(0, each.start - 40), each.start)
            for pattern in (_PRESENT_JOB, elsewhere)
        )
    ]
    finds = _instead(findings, finds)
    if len(finds) > 1:
        beside_role = _sentences_of(findings, [*findings.all("role"), *findings.all("role_again")])
        finds = [max(finds, key=lambda f: _of_the_job(findings, f) + beside_role.touch(f.start, f.end))]
    return slots.take("place", finds[0]).name if finds else None


def _instead(findings: Findings, finds: list[Find]) -> list[Find]:
    """ "Hoorn... nee wacht, Heerenveen": the place that takes another one back."""
    if len(finds) < 2 or "CORRECTION" not in findings.tape.kinds:
        return finds
    ends = [item.end for item in findings.tape.items if item.symbol == "CORRECTION"]
    return [f for f in finds if any(0 <= f.start - end <= CORRECTED_WITHIN for end in ends)] or finds


def _sentences_of(findings: Findings, finds: list[Find]) -> Spans:
    """The sentences in which these stand: where it is asked for somebody, the town named is that of the work."""
    text = findings.text
    spans = []
    for find in finds:
        begin = max(0, find.start - SENTENCE)
        first = max((m.end() for m in _SENTENCE_END.finditer(text, begin, find.start)), default=begin)
        end = _SENTENCE_END.search(text, find.end, find.end + SENTENCE)
        spans.append((first, end.start() if end else min(len(text), find.end + SENTENCE)))
    return Spans(spans)


def _of_the_job(findings: Findings, find: Find) -> int:
    """How much shows that a place is where the work is, and not where an agency has its offices or people once met."""
    near = findings.text[max(0, find.start - 24) : find.start]
    if _RULED_OUT.search(near):
        return -3
    if _AT_THE_DESK.search(near):
        return 2
    if _stands_behind(findings, find, "own_office", 24):
        return -3
    before = _said_before(findings, find)
    if before.folded[-1:] and before.folded[-1] in word_set("form", "place_labels"):
        return 3 if ":" in near[-3:] else 1
    if find.value.radius_km >= COUNTRY:
        return -2  # "Jelle has a job in Denmark", "Horizon Europe"
    if _WHO_FROM.search(near) or _MINE.search(near):
        return -1
    beside = word_set("form", "elsewhere")
    left = _ELSEWHERE_NOW.search(findings.text, max(0, find.start - 40), find.start)
    if left or any(word in beside for word in before.folded):
        return -2
    return 2 if _WORK_IN.search(near) else 0


def _said_before(findings: Findings, find: Find) -> Words:
    """The words before a find in its own sentence."""
    said = findings.text[max(0, find.start - SENTENCE) : find.start]
    begin = max((m.end() for m in _SENTENCE_END.finditer(said)), default=0)
    return Words(said[begin:])


def remote(findings: Findings, slots: Slots) -> Remote | None:
    """Where the work is done; a day a week at the office makes it hybrid."""
    find, present = findings.first("remote"), findings.first("presence")
    if present:
        slots.take("remote", present)
        return "hybrid"
    value: Remote | None = slots.take("remote", find)
    return value


def rate(findings: Findings, slots: Slots) -> Rate | None:
    """The first amount with a unit or label; two equal units for two roles make one range."""
    bare = (
        of_the_work(findings, "bare_rate")
        if findings.context.asked not in {"hours_per_week", "days_per_week"}
        else []
    )
    finds = of_the_work(findings, "rate") or bare
    if not finds:
        return None
    offered = [f for f in finds if not _stands_behind(findings, f, "own_fee", 40)] or finds
    chosen = min(offered, key=lambda find: _of_the_firm(findings, find)) if len(offered) > 1 else offered[0]
    same = [f for f in finds if f.value.unit == chosen.value.unit]
    if len(same) == len({f.value for f in same}) == 2 <= len(findings.all("role")):
        slots.take("rate", same[1])
        return _spanning(slots.take("rate", chosen), same[1])
    value: Rate = slots.take("rate", chosen)
    return value


def _of_the_firm(findings: Findings, find: Find) -> int:
    """How little shows that an amount is paid for the work: a budget in brackets, a salary and a prize come last."""
    if find.value.unit in SALARIES:
        return 3
    if find.value.unit != "project":
        return 0
    before = findings.text[max(0, find.start - SENTENCE) : find.start]
    return 2 if before.rfind("(") > before.rfind(")") else 1


def _of_one_day(findings: Findings, finds: list[Find], said: Rate | None) -> Rate | None:
    """A bare "300 euro" for a wedding on Saturday is the price of the whole job."""
    if said is None or said.unit is not None:
        return said
    days = [find.value for find in finds if find.value.role != "ignored"]
    longer = any(findings.has(kind) for kind in ("hours", "days", "half_days", "duration"))
    if len(days) != 1 or longer or days[0].role != "none" or days[0].when.first != days[0].when.last:
        return said
    return replace(said, unit="project")


def _spanning(first: Rate, second: Find) -> Rate:
    lows = [r.low_cents for r in (first, second.value)]
    highs = [r.high_cents for r in (first, second.value)]
    low = None if None in lows else min(cents for cents in lows if cents is not None)
    high = None if None in highs else max(cents for cents in highs if cents is not None)
    return replace(first, low_cents=low, high_cents=high)


def contact(findings: Findings, slots: Slots) -> Contact | None:
    """The first third party to reach."""
    value: Contact | None = slots.take("contact", findings.first("contact"))
    return value
