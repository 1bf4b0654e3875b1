"""Reads a bare answer to what was just asked: "32", "volgende week", "Utrecht", "maakt niet uit"."""

import re
from dataclasses import dataclass, replace
from typing import Final

from nlu import replies
from nlu.components.periods import Dated
from nlu.components.quantities import quantity, range_of
from nlu.finds import Find
from nlu.meaning import Availability, Form, Lead, Problem, Profile, Range, Rate
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.when import end_day
from nlu.tape import compiled

MOST_WORDS: Final = 5  # a longer answer is a statement, not a name
MOST_DAYS, MOST_HOURS = 7, 80
LIKELY_HOURS: Final = 60  # a bare number above it is a rate
LEAST_RATE, MOST_RATE = 10, 4000  # an hour, a day
HOUR_MOST: Final = 300
LONGEST_LONE: Final = 30  # characters
MERE_REPLIES: Final = frozenset({"confirm", "deny", "greeting", "thanks", "cancel"})
SURE: Final = 0.9  # the confidence from which a reply is only that

_NUMBER: Final = compiled(quantity())
_WORD: Final = re.compile(r"\w+")
_LONE: Final = re.compile(
    r"\W*(?:(?:nee|no|nope|sorry|oeps|oops|toch|actually|liever|rather|maar|wacht|wait|doe|make it)\b\W*)+"
    r"€?\s*\d+(?:[.,]\d+)?\W*",
    re.IGNORECASE,
)


Filled = Lead | Availability | Profile


@dataclass(frozen=True, slots=True)
class Shaped:
    """The three forms of which a message may fill one or two."""

    lead: Lead | None = None
    availability: Availability | None = None
    profile: Profile | None = None


def with_answer(shaped: Shaped, findings: Findings, slots: Slots, problems: list[Problem]) -> Shaped:
    """Put a bare answer in the field that was asked, where the message filled none of that form yet."""
    form, asked = findings.context.form, findings.context.asked
    if form is None or findings.has("skip"):
        return shaped
    filled = _answered(_form(shaped, form), asked, findings, slots, problems)
    return _with(shaped, filled)


def _answered(
    filled: Filled, asked: str | None, findings: Findings, slots: Slots, problems: list[Problem]
) -> Filled:
    number = _number(findings)
    if asked is None and number and is_lone_correction(findings.text) and not _has_amount(filled):
        return _amount(filled, _guess(number.value), number, slots, problems)
    if make_it := findings.first("make_it"):
        return _amount(filled, _guess(make_it.value), make_it, slots, problems)
    if asked in {"hours_per_week", "days_per_week", "rate"} and not _has_amount(filled):
        return _asked_amount(filled, asked, number, findings, slots, problems)
    if asked in {"start", "end", "deadline"}:
        return _day(filled, asked, findings, slots, problems)
    if asked in {"headcount", "duration_months"} and isinstance(filled, Lead):
        return _counted(filled, asked, number)
    if asked in {"roles", "role", "client", "name", "place"}:
        return _name(filled, asked, findings, problems)
    return filled


def is_lone_correction(text: str) -> bool:
    """Whether a text only says that an amount is another: "nee 105", "toch 2"."""
    return len(text) <= LONGEST_LONE and _LONE.fullmatch(text) is not None


def _asked_amount(
    filled: Filled, asked: str, number: Find | None, findings: Findings, slots: Slots, problems: list[Problem]
) -> Filled:
    share = findings.first("fte")
    if share and asked != "rate" and share.value.low <= 1:
        slots.take("hours_per_week", share)
        return replace(filled, hours_per_week=Range(36 * share.value.low, 40 * share.value.low))
    return _amount(filled, _fitting(asked, number.value), number, slots, problems) if number else filled


def _counted(filled: Lead, asked: str, number: Find | None) -> Lead:
    """ "twee" to how many people, "6" to how many months."""
    count = number.value.low if number else None
    if count and asked == "headcount" and filled.headcount is None:
        return replace(filled, headcount=int(count))
    if count and asked == "duration_months" and filled.duration_months is None:
        return replace(filled, duration_months=count)
    return filled


def _form(shaped: Shaped, form: Form) -> Filled:
    match form:
        case "lead":
            return shaped.lead or Lead()
        case "availability":
            return shaped.availability or Availability()
        case "profile":
            return shaped.profile or Profile()


def _with(shaped: Shaped, filled: Filled) -> Shaped:
    match filled:
        case Lead():
            return replace(shaped, lead=filled)
        case Availability():
            return replace(shaped, availability=filled)
        case Profile():
            return replace(shaped, profile=filled)


def _number(findings: Findings) -> Find | None:
    """The first amount that nothing else has read."""
    for match in findings.tape.matches(_NUMBER):
        amount = range_of(match.groups)
        if amount:
            return findings.tape.find("number", amount, match.first, match.last)
    return None


def _has_amount(filled: Filled) -> bool:
    return bool(filled.hours_per_week or filled.days_per_week or filled.rate)


def _guess(amount: Range) -> str:
    """ "maak er 4 van" is days, 24 is hours and 80 a rate."""
    most = amount.high or amount.low or 0
    if most <= MOST_DAYS:
        return "days_per_week"
    return "hours_per_week" if most <= LIKELY_HOURS else "rate"


def _fitting(asked: str, amount: Range) -> str:
    """What was asked, but a number up to seven means days when hours were asked, and the other way round."""
    most = amount.high or amount.low or 0
    if asked == "hours_per_week" and most <= MOST_DAYS:
        return "days_per_week"
    return "hours_per_week" if asked == "days_per_week" and most > MOST_DAYS else asked


def _amount(filled: Filled, name: str, find: Find, slots: Slots, problems: list[Problem]) -> Filled:
    amount: Range = find.value
    most = amount.high or amount.low or 0
    said = slots.text[find.start : find.end]
    if name == "rate":
        rate = _rate(amount)
        if rate is None:
            problems.append(Problem("absurd_rate", said))
            return filled
        slots.take(name, find)
        return replace(filled, rate=rate)
    if most <= 0:
        return filled
    if most > MOST_HOURS:
        problems.append(Problem("absurd_hours", said))
        return filled
    slots.take(name, find)
    return (
        replace(filled, days_per_week=amount)
        if name == "days_per_week"
        else replace(filled, hours_per_week=amount)
    )


def _rate(amount: Range) -> Rate | None:
    most = amount.high or amount.low or 0
    low, high = (None if end is None else round(end * 100) for end in (amount.low, amount.high))
    if not LEAST_RATE <= most <= MOST_RATE:
        return None
    return Rate(low, high, "hour" if most <= HOUR_MOST else "day")


def _day(filled: Filled, asked: str, findings: Findings, slots: Slots, problems: list[Problem]) -> Filled:
    """The date that was said is the one that was asked, whatever small word stands before it."""
    past = next((item for item in findings.tape.items if item.symbol == "PAST"), None)
    if past:
        problems.append(Problem("past_date", findings.text[past.start : past.end]))
    find = next((f for f in findings.all("dated") if f.value.role != "ignored"), None)
    if find is None or isinstance(filled, Profile):
        return filled
    dated: Dated = find.value
    if dated.when.last < findings.context.today:
        return filled  # the problem says so
    if asked == "deadline" and isinstance(filled, Lead) and filled.deadline is None:
        slots.take(asked, find)
        return replace(filled, deadline=end_day(dated), start=None, end=None)
    if asked == "end" and filled.end is None:
        slots.take(asked, find)
        return replace(filled, end=end_day(dated), start=None)
    if asked == "start" and filled.start is None:
        slots.take(asked, find)
        return replace(filled, start=max(dated.when.first, findings.context.today))
    return filled


def _is_mere_reply(findings: Findings) -> bool:
    best = findings.readings[0]
    return best.intent in MERE_REPLIES and best.confidence > SURE


def _name(filled: Filled, asked: str, findings: Findings, problems: list[Problem]) -> Filled:
    """A short answer is the name itself when no list knows it; an unknown place is reported."""
    said = findings.text.strip(" .!,\n")
    if not said or len(_WORD.findall(said)) > MOST_WORDS or "?" in said:
        return filled
    if asked in {"roles", "role"} and not filled.roles:
        if not replies.may_be_work(said) or _is_mere_reply(findings):
            return filled
        if filled != type(filled)():  # it says something else: "nee wacht, 28 uur"
            return filled
        return replace(filled, roles=(said.lower(),))
    if asked == "client" and isinstance(filled, Lead) and filled.client is None:
        return replace(filled, client=said)
    if asked == "name" and isinstance(filled, Profile) and filled.name is None:
        return replace(filled, name=said)
    if (
        asked == "place"
        and filled.remote is None
        and any(item.symbol in {"REMOTE", "HOME"} for item in findings.tape.items)
    ):
        return replace(filled, remote="remote")
    if (
        asked == "place"
        and filled.place is None
        and filled.remote is None
        and not findings.has("unknown_place")
    ):
        problems.append(Problem("unknown_place", said))
    return filled
