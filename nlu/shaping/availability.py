"""Makes a statement about being free of what was found: status, dates, hours, days of the week."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Final

from nlu import replies
from nlu.components.weekdays import NAMES
from nlu.finds import Find
from nlu.meaning import Availability, Problem, Remote, Status, Weekday
from nlu.needles import Patterns
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.lead import LONGEST_STATEMENT, dayparts, phrases_of_form, place, rate, remote
from nlu.shaping.when import UNSAID, Course, course, in_role

CAN_WITHIN, DAYS_WITHIN = 3, 20  # characters between the days and "kan ik", either way round
MOST_SAID: Final = 20  # statements about oneself in one message
WORKING_DAYS: Final = NAMES[:5]
NAMED: Final = frozenset({"beschikbaarheid", "availability"})
NOTHING, ONLY_FREE = Availability(), Availability(status="free")
AT_ONCE: Final = ("asap", "now")  # "nu" in a lead is mere talk

_I_AM_IN: Final = re.compile(
    r"\b(?:ik (?:ben|zit|ga)|(?:we|wij) (?:zijn|zitten|gaan)|(?:zitten|zijn|gaan) (?:we|wij)|(?:ben|zit|ga) ik"
    r"|i'm|i am|i'll be|we're|we are|we'll be)\b.{0,60}?\b(?:in|naar|op|to)\b",
    re.IGNORECASE,
)
# "Ben van 24 december t/m 10 januari in Vietnam", "I go to my mother in Lviv": any name will do.
_IN_A_PLACE: Final = re.compile(
    r"(?:\b(?i:ben|zit|ga|i'm|i am|i go|i'll be|will be|going|off)\b)"
    r"(?:(?![.!?\n]|(?i:klant|client|boek|vrij|free)).){0,60}?"
    r"\b(?i:in|naar|to|op) (?!(?i:januari|february|maart|march)\b)[A-Z][a-z]{2,}\b"
    r"(?<!January)(?<!February)(?<!March)(?<!April)(?<!June)(?<!July)(?<!August)(?<!September)(?<!October)(?<!November)"
    r"(?<!December)(?<!Monday)(?<!Tuesday)(?<!Wednesday)(?<!Thursday)(?<!Friday)(?<!Saturday)(?<!Sunday)"
)
_NOT_THERE: Final = re.compile(
    r"\b(?:ben ik er|ik ben er|ben er)\b[^,.;!?]{0,30}\bniet\b(?! bij)", re.IGNORECASE
)
# Where the writer works on other days: "rest of the week I'm at a client in Enschede".
_AT_A_CLIENT: Final = re.compile(
    r"\b(?:ik|i'm|i am|i work|werk|zit)(?: \w+){0,3} (?:at|bij)"
    r" (?:an?|een|my|mijn|the|de|n|mn) (?:[\w-]+ )?(?:in|te) \Z"
    r"|\b(?:zit ik|ik zit|ik ben|ben ik|i'm|i am) (?:nu |nog |now |still ){1,2}(?:in|te|at|bij) \Z"
    r"|\b(?:ik )?(?:zit|werk|ben) (?:ik )?(?:dan |nu )?(?:op|bij|aan|at) [\w ]{1,24}? (?:in|te) \Z"
    r"|(?:\b(?:mijn|m'n|mn|my) |\A)(?:klus|opdracht|opdr\.?|project|job|gig|contract) (?:in|te|at|bij) \Z"
    r"|\b(?:terug|back|thuis|returning|return) (?:uit|van|from) \Z"  # where one comes from
    r"|\b(?:north|south|east|west|ten (?:noorden|zuiden|oosten|westen)|boven|beneden|voorbij|beyond|past)"
    r" (?:of |van )?\Z",
    re.IGNORECASE,
)
_BEFORE_IT: Final = re.compile(r"\b(?:before|by|voor|vóór)(?: the)? \Z", re.IGNORECASE)
_IN_THE_RECORD: Final = re.compile(
    r"\b(?:in|van|bij|of|on|with) (?:mijn |m'n |mn |de |my |the )?\Z", re.IGNORECASE
)
_LEFT: Final = re.compile(
    r"(?: \w+)?(?: p/?w)? (?:te vergeven|te boeken|over|vrij|beschikbaar|ruimte|left|free|available|spare)\b",
    re.IGNORECASE,
)
_REST: Final = re.compile(
    r"(?:en |and |maar )?(?:de |the |my |mijn )?(?:rest|remainder|overige|verder|daarbuiten|other days)\b",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
# Too little of what one lives on, an empty calendar, or silence; not "geen werk op vrijdag".
_LITTLE_WORK: Final = (
    r"\b(?:geen enkele?|amper(?: een)?|nauwelijks(?: een)?|bijna geen|haast geen"
    r"|(?:veel )?te weinig|nul|zero|no|not a single|hardly any|barely any"
    r"|(?:way )?too few|haven't had (?:any|a single))(?: (?!on|in|at)\w+)? "
    r"(?:opdrachten|opdracht|klussen|klus|boekingen|boeking|aanvragen|aanvraag|uren werk"
    r"|bookings?|gigs?|jobs|requests|calls|enquiries|projects|commissions)\b"
    r"(?! (?:voor|bij|op|van|aan|met|on|at|from|with|of|in (?!weeks|months|ages))\b)"
    r"|\b(?:agenda|planning|calendar|diary|schedule|orderboek|order book)\b[^.!?\n,]{0,25}\b(?:leeg|empty|blank)\b"
    r"|\b(?:werk ?tekort|tekort aan werk|angstig stil|griezelig stil|zo stil|stil hier"
    r"|quiet quarter|quiet month|klant failliet)\b"
    r"|\b(?:too|so|really|dead|fierce|awfully|scarily|eerily) (?:calm|quiet|slow|empty)\b"
    r"|\b(?:business|work|trade|things) (?:is|are|has gone|have gone|went) (?:\w+ )?(?:slow|quiet|dead|calm|thin)\b"
    r"|\bnot one (?:\w+ )?(?:booked|booking|job|gig|call)\b"
    r"|\b(?:mag|kan) (?:er )?wel wat meer (?:werk )?(?:zijn|bij)\b"
)
_COMES_FREE: Final = re.compile(
    r"\b(?:kom|komt|komen|raak) (?:ik |er |dan )?(?:[^,.;!?]{0,30} )?(?:vrij|beschikbaar|ruimte)\b"
    r"|\b(?:come|coming|comes|become|becoming|am) (?:free|available) (?:again )?(?:in|from|as of)\b"
    r"|\bfree(?:s|ing)? up in\b",
    re.IGNORECASE,
)


def shape_availability(findings: Findings, slots: Slots, problems: list[Problem]) -> Availability:
    """Fill what the writer says of their own time; the first of several statements counts."""
    said = _stated(findings, slots, problems)
    return replace(said, tentative=True) if said != NOTHING and _is_tentative(findings) else said


def _is_tentative(findings: Findings) -> bool:
    """ "Misschien vanaf april": the writer does not know yet."""
    return bool(phrases_of_form("tentative").find(findings.words(LONGEST_STATEMENT)))


def _stated(findings: Findings, slots: Slots, problems: list[Problem]) -> Availability:
    status = _status(findings, slots)
    period = _course(findings, slots, status, problems)
    working = status not in {"full", "away"}  # then hours are of another time: "weg t/m mei, daarna 32 uur"
    days, days_off = _weekdays(findings, slots)
    said = Availability(
        status=status,
        start=period.start,
        now=period.now,
        end=period.end,
        hours_per_week=slots.take("hours_per_week", _left_over(findings, "hours")) if working else None,
        days_per_week=slots.take("days_per_week", _left_over(findings, "days")) if working else None,
        half_days_per_week=slots.take("half_days_per_week", _left_over(findings, "half_days"))
        if working
        else None,
        weekdays=days,
        days_off=days_off,
        dayparts=dayparts(findings, slots) if working else (),
        place=place(findings, slots, _AT_A_CLIENT)
        if working
        else None,  # where one is then, is no place to work
        remote=_remote(findings, slots) if working else None,  # "out of office" is no wish
        rate=rate(findings, slots),
        roles=slots.take_all("roles", [*findings.all("own_role"), *findings.all("role")]),
        skills=slots.take_all("skills", findings.all("skill")),
        low_work=findings.has("low_work") or _has_little_work(findings.text[:LONGEST_STATEMENT]),
    )
    if said == ONLY_FREE and _is_only_named(findings):
        return NOTHING
    if said.status:
        return said
    return _elsewhere(findings, said) or replace(said, status=_implied(findings, said))


def _remote(findings: Findings, slots: Slots) -> Remote | None:
    """Where the writer can work; "zit nog 2 dagen bij de klant, dus 3 dagen ruimte" says nothing of that."""
    present = findings.first("presence")
    if present and not _not_filled(findings, [present]):
        find = findings.first("remote")
        inside = find is None or present.start <= find.start < present.end
        return None if inside else slots.take("remote", find)
    return remote(findings, slots)


def _has_little_work(text: str) -> bool:
    likely = _little_work().worth_trying(text.lower())
    return any(sought.regex.search(text) for sought in likely)


@cache
def _little_work() -> Patterns[None]:
    """One pattern, which takes far longer to try than to see that no word of it is there."""
    return Patterns([(None, _LITTLE_WORK)], any_case=True)


def _elsewhere(findings: Findings, said: Availability) -> Availability | None:
    """ "Ik ben van 20 dec t/m 3 jan in Oostenrijk": who says where they are, and nothing of work, is away."""
    stretch = said.start and said.end
    abroad = stretch and _IN_A_PLACE.search(findings.text[:LONGEST_STATEMENT])
    stay = (said.place or abroad) and (said.start or said.end)
    work = (
        said.hours_per_week or said.days_per_week or said.roles or said.rate or said.weekdays or said.skills
    )
    if not stay or work or not (abroad or _I_AM_IN.search(findings.text)):
        return None
    if said.end is None and said.start and findings.all("dated")[0].value.cue == "RETURN":
        return replace(said, status="away", place=None, start=None, now=True, end=said.start)
    return replace(said, status="away", place=None)


def _status(findings: Findings, slots: Slots) -> Status | None:
    """What the writer says first; free with room left beside other work is partly."""
    find = next(
        (
            each
            for each in findings.all("status")
            if not _is_of_the_rest(findings, each) and not _is_of_the_record(findings, each)
        ),
        None,
    )
    if find is None and (extended := findings.first("extended")):
        slots.take("status", extended)
        return "full"
    find = _sooner(findings, find) or find or findings.first("can")
    if (
        find
        and find.value != "free"
        and _REST_FREE.search(findings.text, find.end, find.end + LONGEST_STATEMENT)
    ):
        return "free"
    if find and find.value != "free" and (_on_other_days(findings, find) or _with_days_left(findings, find)):
        return "partly"
    if find and find.value == "full" and (later := _free_later(findings, find)):
        find = later
    if find is None:
        return "away" if _NOT_THERE.search(findings.text[:LONGEST_STATEMENT]) else None
    part = findings.has("not_weekdays") or findings.has("not_dayparts")
    if find.kind == "can" and find.value == "full" and part:
        return None  # "op vrijdag kan ik niet" says nothing of the other days
    value: Status = slots.take("status", find)
    return "partly" if value == "free" and _with_room_left(findings, find) else value


# "In de schoolvakanties werk ik niet, daarbuiten ma t/m do"
_REST_FREE: Final = re.compile(
    r"[,.;] ?(?:maar |but )?(?:daarbuiten|daarnaast wel|buiten die (?:tijd|weken|dagen)|verder (?:wel|gewoon|altijd)"
    r"|outside (?:of )?(?:that|those)|otherwise|any other (?:day|week|time))\b"
    r"(?![^.;!?\n]{0,20}\b(?:niet|not|vol|full)\b)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n")


def _sooner(findings: Findings, find: Find | None) -> Find | None:
    """ "Ik kan in week 3 en 5. De week ertussen ben ik weg": what is said first, of days or dates, is what counts."""
    can = findings.first("can")
    if find is None or can is None or find.value == "free" or can.value != "free" or can.start > find.start:
        return None
    if not _SENTENCE_END.search(findings.text, can.end, find.start):
        return None
    start, end = findings.clause(can)
    kinds = ("dated", "days", "hours", "weekdays", "half_days")
    told = any(start <= each.start < end for kind in kinds for each in findings.all(kind)[:MOST_SAID])
    return can if told else None


def _amounts(findings: Findings) -> list[Find]:
    kinds = ("days", "hours", "half_days")
    return [each for kind in kinds for each in findings.all(kind)[:MOST_SAID]]


def _with_days_left(findings: Findings, find: Find) -> bool:
    """ "Ben 4 dagen bezet, nog 1 dag over": so much of the week is full, and so much is not."""
    amounts = _amounts(findings)
    if find.value != "full" or len(amounts) < 2:
        return False
    start, end = findings.clause(find)
    within = [each for each in amounts if start <= each.start < end]
    return bool(within) and len(_not_filled(findings, amounts)) < len(amounts)


def _free_later(findings: Findings, find: Find) -> Find | None:
    """ "Februari zit dicht, maar maart is nog open": of two bare dates the one on which one can is told."""
    free = next(
        (each for each in findings.all("status") if each.value == "free" and each.start > find.start), None
    )
    if free is None or not _BUT.search(findings.text, find.end, free.start):
        return None
    dates = findings.all("dated")[:MOST_SAID]
    clauses = (findings.clause(find), findings.clause(free))
    told = [[each for each in dates if start <= each.start < end] for start, end in clauses]
    return free if all(told) and all(each.value.role == "none" for each in told[0]) else None


def _on_other_days(findings: Findings, find: Find) -> bool:
    """ "Ma-wo zit ik al vast, do en vr mag je me hebben": full on some days of the week, free on others."""
    named = [*findings.all("weekdays"), *findings.all("not_weekdays")][:MOST_SAID]
    if len(named) < 2:
        return False
    start, end = findings.clause(find)
    free = [
        each
        for kind in ("status", "can", "still")
        for each in findings.all(kind)[:MOST_SAID]
        if each.value in {"free", None}
    ]
    within = any(start <= days.start < end for days in named)
    clauses = [findings.clause(each) for each in free]
    return within and any(
        first <= days.start < last
        for first, last in clauses
        for days in named
        if not start <= days.start < end
    )


def _is_of_the_record(findings: Findings, find: Find) -> bool:
    """ "Mijn tarief klopt niet in mijn beschikbaarheid": what we keep of it, and not that there is none."""
    if findings.text[find.start : find.end].lower() not in NAMED:
        return False
    return _IN_THE_RECORD.search(findings.text, max(0, find.start - 24), find.start) is not None


def _is_of_the_rest(findings: Findings, find: Find) -> bool:
    """ "Nog 1 dag erbij, de rest zit dicht": what is full is what was not spoken of."""
    if find.value == "free" or not any(
        findings.has(kind) for kind in ("days", "hours", "weekdays", "half_days", "can")
    ):
        return False
    start, _end = findings.clause(find)
    if any(start <= each.start < find.start for each in findings.all("dated")):
        return False  # "de rest van het jaar zit ik vol"
    return _REST.match(findings.text[start : find.start].lstrip()) is not None


def _is_only_named(findings: Findings) -> bool:
    """ "Beschikbaarheid aanpassen" says that there is something to say, and not yet what."""
    find = findings.first("status")
    return find is not None and findings.text[find.start : find.end].lower() in NAMED


def _with_room_left(findings: Findings, find: Find | None) -> bool:
    """ "Nog 2 dagen vrij"; not "vrij, mocht iemand nog een klus hebben", nor "alleen beschikbaar vanaf april"."""
    if findings.has("half"):
        return True
    when = replies.not_before(findings.text[:LONGEST_STATEMENT])
    first, last = when.span() if when else (0, 0)
    left = [each for each in findings.all("still") if not first <= each.start < last]
    beside = [
        find,
        *(findings.first(kind) for kind in ("hours", "days", "half_days", "weekdays", "dayparts")),
    ]
    clauses = [findings.clause(each) for each in beside if each is not None]
    return any(start <= each.start < end for each in left for start, end in clauses)


# What fills the week already: "ik werk nu 2 dgn bij het waterschap", "ben 4 dagen bezet", "client dropped to 4 days".
_FILLED: Final = re.compile(
    r"\b(?:ik werk|werk ik|ik zit|zit ik|zit|ik draai|draai ik|ben|heb ik|i work|i'm|i am|working)\b[^,.;!?\n]{0,60}"
    r"\b(?:bij|voor|aan|op|at|for|with)\b (?!max\b|zoek\b|\d)|\b(?:bezet|kwijt aan|vast aan|booked|taken up|tied up)\b",
    re.IGNORECASE,
)
_BY_A_CLIENT: Final = re.compile(
    r"\b(?:klant|client|opdrachtgever|customer)\b[^,.;!?\n]{0,20}"
    r"\b(?:dropped|cut|cuts|went|goes|gaat|ging|blijft|terug)\b",
    re.IGNORECASE,
)


# "Only short gigs up to 5 days": how long a job may take, not how much of a week.
_OF_A_JOB: Final = re.compile(
    r"\b(?:gigs?|jobs?|klussen|klusjes|opdrachten|projecten|projects?|assignments?|shoots?)"
    r" (?:(?:van|of) (?:(?:max|maximaal|up to|tot) )?|(?:up to|tot|max|maximaal|under) )\d",
    re.IGNORECASE,
)


def _not_filled(findings: Findings, finds: list[Find]) -> list[Find]:
    """Of hours and days those that are not given away already, where another clause says that there is room."""
    text = findings.text[:LONGEST_STATEMENT]
    if not finds or not (_FILLED.search(text) or _BY_A_CLIENT.search(text)):
        return finds
    room = [
        each
        for kind in ("status", "can", "still", "half")
        for each in findings.all(kind)[:MOST_SAID]
        if each.value in {"free", "partly", None}
    ]
    return [find for find in finds if not _is_filled(findings, find, room)]


_STEP: Final = re.compile(r"[,.!?;\n]|\b(?:dus|so|daarnaast|maar een|but)\b", re.IGNORECASE)


def _is_filled(findings: Findings, find: Find, room: list[Find]) -> bool:
    """By what stands between two commas: "zit ik nog maar 2 dagen bij de klant" is one step, whatever "maar" is."""
    first = max(0, find.start - LONGEST_STATEMENT // 10)
    start = max((m.end() for m in _STEP.finditer(findings.text, first, find.start)), default=first)
    behind = _STEP.search(findings.text, find.end, find.end + LONGEST_STATEMENT // 10)
    end = behind.start() if behind else len(findings.text)
    if not any(not start <= each.start < end for each in room):
        return False
    if _BY_A_CLIENT.search(findings.text, start, end):
        return True
    near = find.kind != "presence" and any(
        find.start - 12 <= each.start < find.end for each in findings.all("still")
    )
    return not near and _FILLED.search(findings.text, start, end) is not None


def _left_over(findings: Findings, kind: str) -> Find | None:
    """The amount that "nog" stands before, else the first: "ik werk 3 dagen, heb nog 2 dagen"."""
    finds = _not_filled(findings, findings.all(kind))
    if job := _OF_A_JOB.search(findings.text[:LONGEST_STATEMENT]):
        finds = [each for each in finds if not job.start() <= each.start <= job.end()]
    left = [f for f in finds if any(0 <= f.start - s.end < 12 for s in findings.all("still"))]
    if not left and len(finds) > 1:  # "zou er zo 24 bij kunnen hebben"
        more = [s.start for s in findings.all("still") if "bij" in findings.text[s.start : s.end].lower()]
        left = [f for f in finds if any(0 <= start - f.end <= 1 for start in more)]
    if not left and len(finds) > 1:  # "ik werk 4 dagen bij ABN en heb 1 dag over"
        left = [f for f in finds if _LEFT.match(findings.text, f.end)]
    return next(iter(left), next(iter(finds), None))


def _implied(findings: Findings, said: Availability) -> Status | None:
    """A new statement of hours, days or a start means being free then; an answer or correction changes only itself."""
    load = said.hours_per_week or said.days_per_week or said.half_days_per_week
    parts = said.weekdays or said.dayparts
    room_left = _with_room_left(findings, None)
    if room_left and load:
        return "partly"
    if findings.context.form or "set_availability" not in findings.intents:
        return None
    if room_left and parts:
        return "partly"
    if said.days_off and not load:
        return "partly"  # "not fridays in december" says nothing of the other days
    if said.low_work or load or said.start or said.now:
        return "free"
    return "partly" if parts else None


def _course(findings: Findings, slots: Slots, status: Status | None, problems: list[Problem]) -> Course:
    """The dates of the first statement; "daarna vrij" begins the day after what went before."""
    finds = [find for find in findings.all("dated") if not _is_rest_of_week(findings, find)]
    hurried = AT_ONCE if not _now_is_elsewhere(findings, finds) else ("asap",)
    turn = findings.first("thereafter")
    if turn:
        before = [f for f in finds if f.start < turn.start and f.value.role != "ignored"]
        said = findings.first("status") or findings.first("can") or findings.first("low_work")
        if before and (said is None or said.start > turn.start):
            named = [f for f in finds if f.start > turn.start and f.value.role == "start"]
            if named:  # "dan klaar; daarna twee weken niks en vanaf 30 november weer vrij"
                return _stay_in_month(course(findings, slots, named, problems, hurried), named, slots)
            if said:
                return _after(before[-1], slots)
        finds = before or finds
    if status in {"full", "away"}:
        return _absence(findings, slots, _nearby(findings, finds), problems)
    old = [f for f in finds if f.value.cue in {"END", "READY"}]  # "mijn opdracht loopt 18 dec af"
    if old:
        finds = [f for f in finds if f not in old]
        if not any(f.value.role in {"start", "none", "after"} for f in finds):
            return _after(old[-1], slots)
    finds = _narrowed(_of_the_free(findings, finds))
    if findings.has("status") and _COMES_FREE.search(findings.text[:LONGEST_STATEMENT]):
        return course(findings, slots, finds, problems, hurried)  # free from then on, not in that month only
    return _past_it(_stay_in_month(course(findings, slots, finds, problems, hurried), finds, slots), finds)


def _past_it(found: Course, finds: list[Find]) -> Course:
    """ "Na maart heb ik weer tijd": free when the whole of it is over."""
    after = in_role(finds, "after")
    if after is None or found.start != after.value.when.first or after.value.when.vague:
        return found
    when = after.value.when
    return replace(found, start=when.last + timedelta(1)) if when.last > when.first else found


def _narrowed(finds: list[Find]) -> list[Find]:
    """ "In december kan ik alleen wk 49 en 50": of two bare dates the weeks within the month named first."""
    bare = [find for find in finds if find.value.role == "none"]
    if len(bare) != 2 or len(finds) != 2:
        return finds
    wide, narrow = (find.value.when for find in bare)
    touches = narrow.first <= wide.last and narrow.last >= wide.first
    within = touches and wide.last - wide.first > timedelta(21) > narrow.last - narrow.first > timedelta(3)
    return bare[1:] if within else finds


def _now_is_elsewhere(findings: Findings, finds: list[Find]) -> bool:
    """ "In mei zoek ik nog vulling, heb nu maar 1 klant": now is how it is, and May when there is room."""
    now, bare = findings.first("now"), in_role(finds, "none")
    if now is None or bare is None or in_role(finds, "start"):
        return False
    start, end = findings.clause(bare)
    low = findings.first("low_work")
    beside = low is not None and findings.clause(low)[0] <= now.start < findings.clause(low)[1]
    return not start <= now.start < end and (beside or now.start > bare.start)


_BUT: Final = re.compile(r"\b(?:maar|but)\b", re.IGNORECASE)


def _of_the_free(findings: Findings, finds: list[Find]) -> list[Find]:
    """ "February is sorted, but March is wide open": of two bare dates the one that stands beside being free."""
    said = next((each for each in findings.all("status") if each.value == "free"), None)
    if said is None or len(finds) < 2:
        return finds
    start, end = findings.clause(said)
    near = [find for find in finds if start <= find.start < end]
    before = [find for find in finds if find.start < start and find.value.role == "none"]
    if near and before and _BUT.search(findings.text, before[-1].end, said.start):
        return [find for find in finds if find not in before]
    return finds


def _is_rest_of_week(findings: Findings, find: Find) -> bool:
    """ "Op donderdag niet, de rest van de week wel" is said of every week."""
    if not (findings.has("not_weekdays") or findings.has("weekdays")):
        return False
    return _REST.match(findings.text, find.start) is not None


def _nearby(findings: Findings, finds: list[Find]) -> list[Find]:
    """The dates in the clause that says so, if it has any: "ik zit vol tot mei, wie wil deze: start 1 maart"."""
    said = findings.first("status") or findings.first("can")
    start, end = findings.clause(said) if said else (0, 0)
    near = [find for find in finds if start <= find.start < end]
    back = [find for find in finds if find.value.cue == "RETURN" and find not in near]
    return [*near, *back] if near else finds


def _after(find: Find, slots: Slots) -> Course:
    slots.take("start", find)
    return Course(start=find.value.when.last + timedelta(1))


def _absence(findings: Findings, slots: Slots, finds: list[Find], problems: list[Problem]) -> Course:
    """Being full or away: a day, week or month by itself is the whole of it."""
    if finds and all(find.value.cue == "RETURN" for find in finds):  # "ik ben er niet, terug op 4 januari"
        slots.take("end", finds[0])
        return Course(now=True, end=finds[0].value.when.first)
    found = course(findings, slots, finds, problems, AT_ONCE)
    begin = in_role(finds, "start", "none", "after")
    if (
        begin
        and begin.value.role == "none"
        and found.end is None
        and _BEFORE_IT.search(findings.text, 0, begin.start)
    ):
        slots.take("end", begin)  # "no capacity before June"
        return Course(end=begin.value.when.first - timedelta(1))
    back = next((find for find in finds if find.value.cue == "RETURN"), None)
    if (
        begin
        and begin.value.role == "none"
        and back
        and begin is not back
        and found.start
        and back.value.when.first > found.start
    ):
        slots.take("end", back)  # "flying home on the 17th, back at work on 12 January"
        return replace(found, end=back.value.when.first - timedelta(1))
    if found.start and found.end is None and begin and begin.value.role == "none":
        slots.take("end", begin)
        length = findings.first("duration")
        end = length.value.last_day(found.start) if length else begin.value.when.last
        return replace(found, end=end)
    if found == UNSAID and (before := in_role(finds, "before")):  # "can't take anything before mid March"
        slots.take("end", before)
        return Course(end=before.value.when.first - timedelta(1))
    length = findings.first("duration")
    if found == UNSAID and length and not findings.has("thereafter"):  # "ben 2 weken weg"
        slots.take("end", length)
        return Course(now=True, end=length.value.last_day(findings.context.today))
    if found.start and found.end is None and length:
        slots.take("end", length)
        return replace(found, end=length.value.last_day(found.start))
    return found


def _stay_in_month(found: Course, finds: list[Find], slots: Slots) -> Course:
    """ "ik kan in december": that month and no longer."""
    begin = in_role(finds, "start", "none")
    if begin and begin.value.role == "none" and found.start and found.end is None:
        when = begin.value.when
        if when.last > when.first and not when.vague:
            slots.take("end", begin)
            return replace(found, end=when.last)
    return found


_WORD: Final = re.compile(r"[a-z]+")
_THROUGH: Final = re.compile(r"t/m|\b(?:tm|tot|van|tussen|through|thru|until|till|to|from|between)\b|[-–]")
_DAY_NAMES: Final = {
    name: number
    for names in (
        "ma di wo do vr za zo",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "mon tue wed thu fri sat sun",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}


def _days_of_stretch(findings: Findings) -> tuple[Weekday, ...]:
    """ "volgende week di t/m do" names days of the week too."""
    for find in findings.all("dated"):
        when = find.value.when
        if not _is_rest_of_week(findings, find) and (
            when.span
            and when.last - when.first < timedelta(6)
            and not _DIGIT.search(findings.text[find.start : find.end])
        ):
            said = findings.text[find.start : find.end].casefold()
            return _apart(said) or NAMES[when.first.weekday() : when.last.weekday() + 1]
    return ()


def _apart(said: str) -> tuple[Weekday, ...]:
    """The days of "volgende week dinsdag en donderdag": not the one between them, as in "dinsdag t/m donderdag"."""
    if _THROUGH.search(said):
        return ()
    named = [_DAY_NAMES[word] for word in _WORD.findall(said) if word in _DAY_NAMES]
    return tuple(NAMES[number] for number in sorted(set(named))) if len(set(named)) > 1 else ()


def _days_one_can(findings: Findings) -> Find | None:
    """ "Door de week bouw ik, in de weekenden kan ik wel": of several, the days that the writer can work."""
    finds = findings.all("weekdays")
    if finds and "MENDED" in findings.tape.kinds:
        finds = [each for each in finds if not _is_a_reason(findings, each)]
    if len(finds) > 1:
        free = [
            each.start
            for kind in ("can", "status", "still")
            for each in findings.all(kind)
            if each.value in {"free", None}
        ]
        near = [
            each
            for each in finds
            if any(
                0 <= start - each.end <= CAN_WITHIN and ")" not in findings.text[each.end : start]
                for start in free
            )
        ]
        near = near or [each for each in finds if any(_in_reach(findings, each, start) for start in free)]
        finds = near or finds
    return next(iter(finds), None)


def _in_reach(findings: Findings, days: Find, start: int) -> bool:
    """ "Naast de klas (ma t/m wo) kan ik do en vr rondleidingen doen": the days behind it, in the same clause."""
    return start < days.start <= start + DAYS_WITHIN and findings.clause(days)[0] <= start


def _is_a_reason(findings: Findings, days: Find) -> bool:
    """ "Not 32 hours but 24, my daughter has no daycare on Thursdays": why an amount is another, not when one works."""
    start, end = findings.clause(days)
    kinds = ("status", "can", "days", "hours")
    return not any(start <= each.start < end for kind in kinds for each in findings.all(kind)[:MOST_SAID])


_ME: Final = re.compile(r"\b(?:ik|kan|i|can't|cannot|vervalt|valt)\b", re.IGNORECASE)


def _of_me(findings: Findings, find: Find) -> bool:
    return _ME.search(findings.text, *findings.clause(find)) is not None


def _weekdays(findings: Findings, slots: Slots) -> tuple[tuple[Weekday, ...], tuple[Weekday, ...]]:
    """The days named; of days one cannot, the others of the working week, and these days themselves."""
    days: tuple[Weekday, ...] | None = slots.take("weekdays", _days_one_can(findings))
    if days:
        return days, ()
    if week := _days_of_stretch(findings):
        return week, ()
    denied = findings.first("not_weekdays")
    if (
        denied
        and "MENDED" in findings.tape.kinds
        and _is_a_reason(findings, denied)
        and not _of_me(findings, denied)
    ):
        denied = None
    refused: tuple[Weekday, ...] = slots.take("weekdays", denied) or ()
    return tuple(day for day in WORKING_DAYS if day not in refused) if refused else (), refused
