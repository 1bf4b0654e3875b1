"""Finds days and stretches of days: "1 maart", "wk 12", "half juli", "volgende week", "12 t/m 26 juli".

What was found becomes `DATE` on the tape, with a `When` as value (`WDAY` when only a day of the week was said, `PAST`
for "gisteren" and "2 weken geleden"). `nlu.components.periods` decides later which one is a start, an end or a
deadline. What cannot be ("31 februari") is kept as a find of kind "problem".
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import calendar
from nlu.calendar import When
from nlu.finds import Find, note
from nlu.meaning import Context, Problem, ProblemKind
from nlu.tape import TAPE, Grammar, Item, Match, Rule, Tape, cover, rule, tape_of
from nlu.tokenizer import TEXT

CONTEXT: Final = "context"
DATE: Final = "DATE"

Groups = re.Match[str]
Make = Callable[[Groups, date], When | None]


class WeekdayMismatchError(ValueError):
    """The day of the week that was said is not that of the date ("maandag 3 maart" in a year where it is none)."""


class RegionalDateError(ValueError):
    """A holiday that falls on other days in another part of the country ("na de meivakantie")."""


def _int(groups: Groups, name: str) -> int:
    return int(groups[name])


def _year(groups: Groups, name: str = "y") -> int | None:
    return int(groups[name]) if groups[name] else None


def _day(groups: Groups, today: date) -> When:
    """ "maandag 14 sept 2026", "June 1st"."""
    return _agreeing(calendar.day(_int(groups, "m"), _int(groups, "d"), _year(groups), today), groups["w"])


def _figures(groups: Groups, today: date) -> When:
    """ "1-3-2027", "2027-03-01"."""
    return calendar.day(_int(groups, "m"), _int(groups, "d"), _int(groups, "y"), today)


def _short_figures(groups: Groups, today: date) -> When | None:
    """ "14-9"; nothing when there is no such month, for then it is something else."""
    if _int(groups, "m") > _MONTHS:
        return None
    return _agreeing(calendar.day(_int(groups, "m"), _int(groups, "d"), None, today), groups["w"])


def _agreeing(found: When, weekday: str | None) -> When:
    if weekday and found.first.isoweekday() != int(weekday):
        raise WeekdayMismatchError
    return found


def _days(groups: Groups, today: date) -> When:
    """ "12 t/m 26 juli": the first day has no month of its own."""
    last = _agreeing(calendar.day(_int(groups, "m"), _int(groups, "d2"), _year(groups), today), groups["w2"])
    first = _agreeing(
        calendar.one(last.first.replace(day=int(groups.groupdict().get("d0") or groups["d"]))), groups["w"]
    )
    if first.first > last.last:
        raise ValueError("the first day comes after the last")
    return When(first.first, last.last, yearless=last.yearless, span=True)


def _month(groups: Groups, today: date) -> When:
    """ "maart", "maart volgend jaar"."""
    year = today.year + (groups["next"] == "NEXT") if groups["next"] else _year(groups)
    return calendar.month(_int(groups, "m"), year, today)


def _months(groups: Groups, today: date) -> When:
    """ "feb-mrt", "juni t/m aug", "april - okt 2027"."""
    last = calendar.month(_int(groups, "m2"), _year(groups), today)
    first = calendar.month(_int(groups, "m"), None if last.yearless else last.last.year, today)
    last = calendar.ending_after(last, first.first)
    if last.last < first.last:
        raise ValueError("the last month comes before the first")
    return When(first.first, calendar.end_of_month(last.last), yearless=last.yearless, span=True)


def _part_of_month(groups: Groups, today: date) -> When:
    return _part(groups["part"], _month(groups, today), today)


def _part(part: str, whole: When, today: date) -> When:
    """Of a month or more: begin is its first day, half the middle one, end the last one."""
    middle = _second_half(whole) if _months_of(whole) == _YEAR else _middle(whole)
    point = {"BEGIN": whole.first, "HALF": middle, "MID": middle, "ENDOF": whole.last}[part]
    if point < today and whole.yearless:
        point = max(point, today) if part == "BEGIN" else calendar.add_months(point, 12)
    return When(point, point, yearless=whole.yearless)


def _months_of(whole: When) -> int:
    """How many months a stretch of whole months has."""
    return (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1


def _middle(whole: When) -> date:
    """The fifteenth of the month in the middle."""
    return calendar.add_months(whole.first, (_months_of(whole) - 1) // 2).replace(day=15)


def _second_half(whole: When) -> date:
    """Where the second half of a month, quarter or year begins: on the 16th, or on 1 July."""
    months = _months_of(whole)
    return calendar.add_months(whole.first, months // 2) if months % 2 == 0 else _middle(whole) + timedelta(1)


def _half(groups: Groups, today: date) -> When:
    """ "tweede helft van mei", "eerste helft Q3", "second half of next year"."""
    if groups["m"]:
        whole = _month(groups, today)
    elif groups["n"]:
        whole = _quarter(groups, today)
    elif groups["y"]:
        whole = calendar.whole_year(_int(groups, "y"))
    else:
        whole = calendar.whole_year(today.year + (groups["next"] == "NEXT"))
    turn = _second_half(whole)
    return (
        replace(whole, last=turn - timedelta(1))
        if groups["half"] == "FIRSTHALF"
        else replace(whole, first=turn)
    )


def _half_year(groups: Groups, _today: date) -> When:
    """ "H1 2027"."""
    whole = calendar.whole_year(_int(groups, "y"))
    turn = _second_half(whole)
    return replace(whole, last=turn - timedelta(1)) if groups["n"] == "1" else replace(whole, first=turn)


def _part_of_year(groups: Groups, today: date) -> When:
    """ "eind 2027"."""
    return _part(groups["part"], calendar.whole_year(_int(groups, "y")), today)


def _last_quarter(groups: Groups, _today: date) -> When:
    """ "laatste kwartaal van 2027"."""
    first = date(calendar.full_year(_int(groups, "y")), 10, 1)
    return When(first, date(first.year, 12, 31), yearless=False)


def _nth_weekday(groups: Groups, today: date) -> When:
    """ "de eerste vrijdag van maart", "laatste maandag van volgende maand"."""
    if groups["m"]:
        whole = _month(groups, today)
    else:
        first = calendar.add_months(today.replace(day=1), 1 if groups["which"] == "NEXT" else 0)
        whole = When(first, calendar.end_of_month(first))
    number = _int(groups, "w")
    if groups["n"] in {"LAST", "FINAL"}:
        return calendar.one(whole.last - timedelta((whole.last.isoweekday() - number) % 7))
    first = whole.first + timedelta((number - whole.first.isoweekday()) % 7)
    return calendar.one(first + timedelta(7 * (int(groups["n"][0]) - 1)))


def _week_with(groups: Groups, today: date) -> When:
    """ "w/c 22 March", "de week van 22 maart": the week that this day is in."""
    found = calendar.day(_int(groups, "m"), _int(groups, "d"), _year(groups), today)
    monday = found.first - timedelta(found.first.weekday())
    return replace(found, first=monday, last=monday + timedelta(6))


def _both_figures(groups: Groups, today: date) -> When | None:
    """ "21/12-4/1", "1-3 t/m 30-6"; nothing when these are no days and months."""
    if _int(groups, "m") > _MONTHS or _int(groups, "m2") > _MONTHS:
        return None
    first = calendar.day(_int(groups, "m"), _int(groups, "d"), None, today)
    last = calendar.day(_int(groups, "m2"), _int(groups, "d2"), None, first.first)
    return When(first.first, last.last, span=True)


def _coming(groups: Groups, today: date) -> When | None:
    """ "de komende twee weken": from today, so many."""
    count = {"A": 1}.get(groups["n"]) or _int(groups, "n")
    days = {"DAY": 1, "WEEK": 7}.get(groups["unit"])
    if days:
        return When(today, today + timedelta(count * days - 1), span=True) if 0 < count < _FAR else None
    return (
        When(today, calendar.add_months(today, count) - timedelta(1), span=True) if count <= _YEAR else None
    )


def _rest(groups: Groups, today: date) -> When:
    """ "de rest van het jaar"."""
    last = {
        "WEEK": today + timedelta(6 - today.weekday()),
        "MONTH": calendar.end_of_month(today),
        "YEAR": date(today.year, 12, 31),
    }[groups["unit"]]
    return When(today, last, span=True)


def _year_end(_groups: Groups, today: date) -> When:
    return calendar.one(date(today.year, 12, 31))


def _new_years_eve(_groups: Groups, today: date) -> When:
    return calendar.day(12, 31, None, today)


def _week_after_next(_groups: Groups, today: date) -> When:
    return calendar.week_from(today, 2)


def _christmas_holidays(groups: Groups, today: date) -> When:
    """Two weeks from the Saturday on or before 25 December: the one school holiday that all regions share."""
    for year in (today.year - 1, today.year, today.year + 1):
        eve = date(year, 12, 25)
        first = eve - timedelta((eve.isoweekday() - 6) % 7)
        last = first + timedelta(15)
        if last < today:
            continue
        match groups["cue"]:
            case "AFTER":
                return When(last + timedelta(1), last + timedelta(1), vague=True)
            case "UNTIL" | "BEFORE":
                return When(first, first, vague=True)
            case _:
                return When(max(first, today), last)
    raise ValueError("unreachable: Christmas falls every year")


def _regional(_groups: Groups, _today: date) -> When:
    raise RegionalDateError


def _week(groups: Groups, today: date) -> When:
    """ "wk 12", "weken 20 t/m 26"."""
    year = _year(groups)
    first = calendar.week(_int(groups, "n"), year, today)
    if not groups["n2"]:
        return first
    last = calendar.week(_int(groups, "n2"), first.first.isocalendar().year, today)
    if last.last < first.first:
        last = calendar.week(_int(groups, "n2"), first.first.isocalendar().year + 1, today)
    return When(first.first, last.last, yearless=year is None, span=True)


def _from_week(groups: Groups, today: date) -> When:
    """ "Per wk 2 beschikbaar": from its Monday on."""
    return calendar.one(calendar.week(_int(groups, "n"), None, today).first)


def _week_of_month(groups: Groups, today: date) -> When:
    """ "eerste week van maart" is the first seven days of it, "laatste week" the last seven."""
    whole = _month(groups, today)
    first = whole.last - timedelta(6)
    if groups["n"].isdigit():
        first = whole.first + timedelta(7 * (_int(groups, "n") - 1))
    return When(first, first + timedelta(6), yearless=whole.yearless)


def _weeks_of_month(groups: Groups, today: date) -> When:
    """ "Eerste drie weken van augustus", "last two weeks of May": so many weeks from its first day, or to its last."""
    whole = _month(groups, today)
    length = timedelta(7 * _int(groups, "many") - 1)
    if groups["n"] == "1th":
        return replace(whole, last=whole.first + length, span=True)
    return replace(whole, first=whole.last - length, span=True)


def _this_and_next(groups: Groups, today: date) -> When:
    """ "Deze en volgende week", "this month and next"."""
    if groups["unit"] == "WEEK":
        return When(today, calendar.week_from(today, 1).last, span=True)
    return When(today, calendar.end_of_month(calendar.add_months(today.replace(day=1), 1)), span=True)


def _year_alone(groups: Groups, today: date) -> When | None:
    """ "vanaf 2027"; a year that is past is history, not a start."""
    year = _int(groups, "y")
    return calendar.whole_year(year) if today.year <= year <= today.year + 5 else None


def _quarter(groups: Groups, today: date) -> When:
    """ "Q2", "2e kwartaal", "Q1 volgend jaar"."""
    year = today.year + (groups["next"] == "NEXT") if groups["next"] else _year(groups)
    found = calendar.quarter(_int(groups, "n"), year, today)
    return _part(groups["part"], found, today) if groups["part"] else found


def _unit(groups: Groups, today: date) -> When:
    """ "volgende week", "eind van de maand", "begin volgend jaar"."""
    ahead = 1 if groups["next"] == "NEXT" else 0
    first = today.replace(day=1)
    match groups["unit"]:
        case "WEEK":
            found = calendar.week_from(today, ahead)
            return _part_of_week(groups["part"], found, today) if groups["part"] else found
        case "MONTH":
            first = calendar.add_months(first, ahead)
            found = When(first, calendar.end_of_month(first))
        case "QUARTER":
            first = calendar.add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * ahead)
            found = When(first, calendar.end_of_month(calendar.add_months(first, 2)))
        case _:
            found = calendar.whole_year(today.year + ahead)
    return _part(groups["part"], found, today) if groups["part"] else found


def _part_of_week(part: str, week: When, today: date) -> When:
    """Begin is the Monday, half the Wednesday, end the Friday, or in the weekend its Sunday."""
    point = week.first + timedelta({"BEGIN": 0, "ENDOF": 4}.get(part, 2))
    return calendar.one(week.last if part == "ENDOF" and point < today else point)


def _weekday_of_week(groups: Groups, today: date) -> When:
    """ "volgende week woensdag", "volgende week di t/m do"."""
    monday = calendar.week_from(today, 1 if groups["next"] == "NEXT" else 0).first
    first, last = _int(groups, "w"), int(groups["w2"] or groups["w"])
    return When(monday + timedelta(first - 1), monday + timedelta(max(first, last) - 1), span=last > first)


def _weekday(groups: Groups, today: date) -> When:
    """ "vrijdag", "next Tue & Wed"."""
    first = calendar.weekday(_int(groups, "w"), today).first
    return When(
        first,
        calendar.weekday(_int(groups, "w2"), first).last if groups["w2"] else first,
        span=bool(groups["w2"]),
    )


def _numbered_day(groups: Groups, today: date) -> When:
    """ "de 20e", "maandag de 14e"."""
    return _agreeing(calendar.day_of_month(_int(groups, "d"), today), groups["w"])


def _named_days(groups: Groups, today: date) -> When | None:
    """ "vr 9 t/m zo 11", "di 3": the coming Friday that is a ninth; without one soon it is no date."""
    first = _soon(_int(groups, "w"), _int(groups, "d"), today)
    last = _soon(int(groups["w2"]), int(groups["d2"]), first) if first and groups["w2"] else first
    return When(first, last, span=bool(groups["w2"])) if first and last else None


def _soon(weekday: int, number: int, after: date) -> date | None:
    days = (after + timedelta(ahead) for ahead in range(_SOON))
    return next((day for day in days if day.day == number and day.isoweekday() == weekday), None)


def _ahead(groups: Groups, today: date) -> When | None:
    """ "over twee weken", "in 3 months", "over een week of twee"; nothing when it is years and years away."""
    count = {"A": 1.0, "": 1.0, "HALF": 0.5, "A HALF": 0.5, "HALF A": 0.5}.get(groups["n"]) or float(
        groups["n"]
    )
    count = float(groups["more"] or count)
    unit = groups["unit"].removeprefix("PER")
    days = {"DAY": 1, "WEEK": 7, "FORTNIGHT": 14}.get(unit)
    if days:
        return calendar.one(today + timedelta(ceil(count * days))) if count < _FAR else None
    months = round(count * {"YEAR": 12, "HALFYEAR": 6, "QUARTER": 3}.get(unit, 1))
    return calendar.one(calendar.add_months(today, months)) if months <= _FAR_MONTHS else None


def _in_days(days: int) -> Make:
    return lambda _groups, today: calendar.one(today + timedelta(days))


def _feast(month: int, day: int) -> Make:
    return lambda _groups, today: replace(calendar.day(month, day, None, today), vague=True)


def _after_easter(days: int) -> Make:
    return lambda _groups, today: calendar.after_easter(days, today)


def _past_feast(feast: Make, days: int) -> Make:
    """The first working day after a feast, so many days on: "na de kerst" is not Christmas Day itself."""

    def make(groups: Groups, today: date) -> When | None:
        found = feast(groups, today)
        return found and calendar.one(found.first + timedelta(days))

    return make


def _season(first_month: int) -> Make:
    """Three months, as people use the words; until one is until its first day."""

    def make(groups: Groups, today: date) -> When:
        if groups["y"]:
            first = date(calendar.full_year(_int(groups, "y")), first_month, 1)
            return When(
                first, calendar.end_of_month(calendar.add_months(first, 2)), yearless=False, vague=True
            )
        first = _season_on(first_month, today)
        if groups["cue"] in {"UNTIL", "BEFORE"}:
            first = first.replace(day=_TURN)
            first = first if first >= today else calendar.add_months(first, 12)
            return When(first, first, vague=True)
        last = calendar.end_of_month(calendar.add_months(first, 2))
        if last - today < _NEARLY_OVER:
            first, last = calendar.add_months(first, 12), calendar.add_months(last, 12)
        return When(max(first, today), last, vague=True)

    return make


def _after_season(first_month: int) -> Make:
    """ "na de zomer" is 1 September."""

    def make(_groups: Groups, today: date) -> When:
        first = calendar.add_months(_season_on(first_month, today), 3)
        return When(first, first, vague=True)

    return make


def _season_on(first_month: int, today: date) -> date:
    """The first day of the season that lasts now, or else of the next one."""
    return calendar.day(first_month, 1, None, calendar.add_months(today.replace(day=1), -2)).first


def _between_feasts(_groups: Groups, today: date) -> When:
    """ "tussen kerst en oud en nieuw"."""
    last = calendar.day(12, 31, None, today).first
    return When(last.replace(day=27), last, span=True)


def _past(_groups: Groups, _today: date) -> When:
    return When(date.min, date.min)


def _attempt(make: Make) -> Callable[[Groups, date], When | ProblemKind | None]:
    """The same, with the name of the problem for what cannot be."""

    def attempt(groups: Groups, today: date) -> When | ProblemKind | None:
        try:
            return make(groups, today)
        except WeekdayMismatchError:
            return "weekday_mismatch"
        except RegionalDateError:
            return "regional_date"
        except (ValueError, OverflowError):
            return "impossible_date"

    return attempt


def _dated(needs: str, pattern: str, make: Make, either: frozenset[str] = frozenset()) -> Rule:
    return rule(needs, pattern, _attempt(make), either)


_NEARLY_OVER: Final = timedelta(45)  # of a season with so little left, people mean the next
_MONTHS: Final = 12
_YEAR: Final = 12
_TURN: Final = 21  # until a season is until the day on which it begins in the sky
_SOON: Final = 70  # days in which "di 3" must fall to be a date
_FAR, _FAR_MONTHS = 200, 60  # days or weeks, and months, that nobody plans ahead

_DASHES: Final = frozenset("-/")
_BEGINNERS: Final = frozenset({"FREE", "START", "ICAN"})  # "11/1 kom ik vrij"
_GOING_ON: Final = frozenset({"BUT", "FROM", "PER", "UNTIL", "THROUGH", "TO", "-"})
_LAST: Final = frozenset({"LAST", "FINAL"})
_RANGES: Final = frozenset({"-", "/", "A", "TO", "UNTIL", "THROUGH", "AND", "OR", "&", "PLUS"})  # `_TO`
_PARTS: Final = frozenset({"BEGIN", "HALF", "MID", "ENDOF"})  # `_PART`

# Pieces of patterns.
_TO: Final = r"(?:-|/|A|TO|UNTIL|THROUGH|AND|OR|&|PLUS)"
_D: Final = r"(?P<d>\d{1,2})(?:th)?"
_D2: Final = r"(?P<d2>\d{1,2})(?:th)?"
_M: Final = r"M(?P<m>\d{1,2})~?"
_Y: Final = r"(?:(?: ,)? (?P<y>20[1-4]\d))?"  # "week van 7 december, 2000 euro" is an amount
_W: Final = r"(?:W(?P<w>[1-7])~?(?: ,)?(?: THE)? )?"
_W2: Final = r"(?:W(?P<w2>[1-7])~?(?: ,)?(?: THE)? )?"
_FIRST: Final = r"(?:(?P<d0>\d{1,2}) , (?:\d{1,2} , ){0,5})?"  # "5, 6 en 7 mei"
_PART: Final = r"(?P<part>BEGIN|HALF|MID|ENDOF)(?: OF| THE| VAN| -){0,3}"
_NEXT: Final = r"(?: (?P<next>NEXT|THIS) YEAR)?"
_UNITS: Final = r"(?:HOUR|HOURWEEK|DAY|WORKDAY|WEEK|MONTH|YEAR|EUR|PER[A-Z]+|VAT[A-Z]*~?|FTE|TIMES|PERSON|%)"
_BARE: Final = rf"(?! (?:(?:-|TO|UNTIL|A|OR) \d[\d.]* )?{_UNITS} )"  # "juni 24 uur" is no 24 June
_NO_DAY: Final = r"(?! (?:WEEK|WC|QUARTER|YEAR|MONTH|TIMES|PERSON|M\d))"
_SEASON_CUES: Final = r"(?P<cue>UNTIL|BEFORE|FROM|IN|DURING|THIS|NEXT|THROUGH|PER|VAN)(?: THE| NEXT| THIS)?"
_OF: Final = r"(?: OF| VAN| IN| OR)?(?: THE)?"  # OR: "first half of" in a message that reads as Dutch
_MONTH_OR: Final = rf"(?:{_M}{_Y}{_NEXT}|(?P<which>NEXT|THIS) MONTH)"
_CUES: Final = (
    r"(?:FROM|PER|VAN|UNTIL|THROUGH|TO|START|END|ENDOF|DEADLINE|ON|BEFORE|LATEST|AFTER|FREE|BETWEEN|EARLIER|MOVED|W\d~?|:|\[|NOT|BUT|DATE)"
    r"(?: THE)?"
)
# A tape without figures holds no date unless it has one of these.
_HINTS: Final = frozenset({
    "TODAY", "TOMORROW", "DAYAFTER", "YESTERDAY", "NEXT", "THIS", "OVER", "ENDOF", "LAST", "AGO", "SPRING", "SUMMER",
    "AUTUMN", "WINTER", "XMAS", "EASTER", "KINGSDAY", "NEWYEAR", "NEWYEARSEVE", "ASCENSION", "PENTECOST",
    "XMASBREAK", "REGIONAL",
    "RESTOF", "YEAREND", "FORTNIGHT", "HALFYEAR", "NICHOLAS", "GOODFRIDAY", "LIBERATION", "FROMNOW", "PERWEEK",
    "PERMONTH", "PERYEAR", "A",
})  # fmt: skip
_AHEAD: Final = "DAY|WEEK|MONTH|YEAR|HALFYEAR|QUARTER"
_MONTH_CUES: Final = r"(?:FROM|PER|VAN|UNTIL|THROUGH|START|IN|BEFORE|AFTER|BETWEEN|ON|,|:|AND|END)"

# Longer and surer expressions first: what one rule has read, no later one reads again.
RULES: Final[tuple[Rule, ...]] = (
    _dated(" 20", r"(?<!-.)(?P<y>20\d\d) - (?P<m>\d{1,2}) - (?P<d>\d{1,2})", _figures),
    _dated(" 20", r"(?P<d>\d{1,2}) (?P<sep>[-/.]) (?P<m>\d{1,2}) (?P=sep) (?P<y>20\d\d)", _figures),
    _dated(" ", r"(?P<d>\d{1,2}) (?P<sep>[-/]) (?P<m>\d{1,2}) (?P=sep) (?P<y>[23]\d)", _figures, _DASHES),
    _dated(
        " ",
        r"(?P<d>\d{1,2}) (?P<sep>[-/]) (?P<m>\d{1,2}) (?:THROUGH|UNTIL|TO|-) "
        rf"(?P<d2>\d{{1,2}}) (?P=sep) (?P<m2>\d{{1,2}})(?! [-/] \d){_BARE}",
        _both_figures,
        _DASHES,
    ),
    _dated(
        ".",
        r"(?:VAN|FROM|BETWEEN) (?P<it>(?P<d>\d{1,2})\.(?P<m>\d{1,2}) (?:THROUGH|UNTIL|TO|-)"
        r" (?P<d2>\d{1,2})\.(?P<m2>\d{1,2}))"
        rf"{_BARE}",
        _both_figures,
    ),
    _dated(" WC", rf"WC (?:THE )?{_D} (?:OF )?{_M}{_Y}", _week_with),
    _dated(" WC", rf"WC (?:THE )?{_M} {_D}{_Y}", _week_with),
    _dated(" WC", r"WC (?P<d>\d{1,2}) [-/] (?P<m>\d{1,2})(?P<y>)", _week_with),
    _dated(" M", rf"{_FIRST}{_W}{_D} {_TO} {_W2}{_D2} (?:OF )?{_M}{_Y}", _days, _RANGES),
    _dated(" M", rf"{_W}{_D} (?:OF |VAN )?{_M}{_Y}", _day),
    _dated(" M", rf"{_W}{_M} {_D} {_TO} {_W2}{_D2}{_Y}{_BARE}", _days, _RANGES),
    _dated("th ", rf"{_W}{_M} (?:THE )?(?P<d>\d{{1,2}})th{_Y}", _day),
    # "By Dec 1. Cheers": elsewhere "1." begins a list.
    _dated(" . ", rf"(?:BEFORE|FROM|UNTIL|THROUGH|START|ON) (?P<it>{_W}{_M} (?P<d>\d){_Y})(?= \.)", _day),
    _dated(" M", rf"{_W}{_M} (?P<d>\d{{1,2}})(?! (?:-|/|UNTIL|A) \d| PHONE|(?<= \d) \.){_Y}{_BARE}", _day),
    _dated(
        " W",
        rf"W(?P<w>[1-7])~?(?: ,)? (?P<d>\d{{1,2}}) [-/] (?P<m>\d{{1,2}}){_BARE}",
        _short_figures,
        _DASHES,
    ),
    _dated(
        " ", rf"{_CUES} (?P<it>(?P<d>\d{{1,2}}) [-/] (?P<m>\d{{1,2}}))(?P<w>){_BARE}", _short_figures, _DASHES
    ),
    _dated(
        " ",
        r"(?<!\d )(?!24 \S 7 )(?P<d>\d{1,2}) (?:-|/) (?P<m>\d{1,2})(?P<w>)(?= (?:_ |I )?(?:FREE|START|ICAN) )",
        _short_figures,
        _BEGINNERS,
    ),
    _dated(" CLOCK", r"(?P<d>\d{1,2}) [-/] (?P<m>\d{1,2})(?P<w>)(?= CLOCK)", _short_figures),
    _dated("th W", rf"(?P<n>[1-4])th (?:WEEK|WC){_OF} {_M}{_Y}{_NEXT}", _week_of_month),
    _dated(" M", rf"(?P<n>LAST|FINAL) (?:WEEK|WC){_OF} {_M}{_Y}{_NEXT}", _week_of_month, _LAST),
    _dated(" WEEK", rf"(?P<n>1th|LAST|FINAL) (?P<many>[2-4]) WEEK{_OF} {_M}{_Y}{_NEXT}", _weeks_of_month),
    _dated(" W", rf"(?P<n>[1-4]th|LAST|FINAL) W(?P<w>[1-7])~?{_OF} {_MONTH_OR}", _nth_weekday),
    _dated("HALF ", rf"(?P<half>FIRSTHALF|SECONDHALF){_OF} {_M}(?P<n>){_Y}{_NEXT}", _half),
    _dated(
        "HALF ", rf"(?P<half>FIRSTHALF|SECONDHALF){_OF} Q (?P<n>[1-4])(?P<m>)(?P<part>){_Y}{_NEXT}", _half
    ),
    _dated("HALF ", rf"(?P<half>FIRSTHALF|SECONDHALF){_OF} (?P<y>20\d\d)(?P<m>)(?P<n>)(?P<next>)", _half),
    _dated(
        "HALF ", rf"(?P<half>FIRSTHALF|SECONDHALF){_OF} (?P<next>NEXT|THIS) YEAR(?P<m>)(?P<n>)(?P<y>)", _half
    ),
    _dated(" HOUR ", r"(?<!\d )(?:HOUR) (?P<n>[12]) (?P<y>20\d\d)", _half_year),
    _dated(" 20", rf"{_PART} (?P<y>20\d\d)", _part_of_year, _PARTS),
    _dated(" QUARTER", rf"(?:LAST|FINAL) QUARTER{_OF} (?P<y>20\d\d)", _last_quarter),
    _dated(" M", rf"{_PART} {_M}{_Y}{_NEXT}", _part_of_month, _PARTS),
    _dated(" M", rf"M(?P<m>\d{{1,2}})~? {_TO} M(?P<m2>\d{{1,2}})~?{_Y}", _months, _RANGES),
    _dated(" M", rf"M(?P<m>\d{{1,2}}){_Y}{_NEXT}", _month),
    _dated(
        "~ : ",
        rf"(?P<it>M(?P<m>\d{{1,2}})~{_Y}{_NEXT})(?= : (?:\d\S* (?:-|A|TO|OR|HOUR|DAY)|FREE|FULL))",
        _month,
    ),
    _dated("~", rf"{_MONTH_CUES}(?: ABOUT| THE)? (?P<it>M(?P<m>\d{{1,2}})~{_Y}{_NEXT})", _month),
    _dated(
        " WEEK ",
        rf"WEEK (?P<n>\d{{1,2}})(?:(?: , \d{{1,2}}(?= , | AND | &)){{0,5}} (?:{_TO}|, WEEK)"
        rf" (?:WEEK )?(?P<n2>\d{{1,2}}))?{_Y}{_BARE}(?! OF THE)",
        _week,
    ),
    _dated(" PERWEEK ", rf"(?<!\S )PERWEEK (?P<n>\d{{1,2}})(?= FREE| ,| ICAN){_BARE}", _from_week),
    _dated(" Q ", rf"(?:{_PART} )?Q (?P<n>[1-4]){_Y}{_NEXT}", _quarter),
    _dated(" QUARTER", rf"(?:{_PART} )?(?P<n>[1-4])th QUARTER{_Y}{_NEXT}", _quarter),
    _dated(" QUARTER", rf"(?P<part>)QUARTER (?P<n>[1-4]){_Y}{_NEXT}", _quarter),
    _dated(" 20", rf"(?:FROM|PER|THROUGH|UNTIL) (?P<it>(?P<y>20\d\d)){_BARE}", _year_alone),
    _dated(" WEEK AFTER", "WEEK AFTER (?:THE )?NEXT(?: WEEK)?", _week_after_next),
    _dated(" NEXT", r"NEXT (?P<n>\d{1,2}|A) (?P<unit>DAY|WEEK|MONTH)", _coming),
    _dated(" RESTOF", r"RESTOF (?:THE |THIS )?(?P<unit>WEEK|MONTH|YEAR)", _rest),
    _dated(" YEAREND", "YEAREND(?! DEADLINE)", _year_end),
    _dated(" AGO", r"(?:\d+|A|HALF|_) (?:HALF )?(?:DAY|WEEK|MONTH|YEAR) AGO", _past),
    _dated(" LAST", r"LAST (?:\d+ )?(?:DAY|WEEK|MONTH|YEAR|QUARTER)", _past),
    _dated(" YESTERDAY", r"YESTERDAY", _past),
    _dated(
        " WEEK ",
        rf"(?P<next>NEXT|THIS) WEEK (?:ON )?W(?P<w>[1-7])~?(?: (?:{_TO}|-) W(?P<w2>[1-7])~?)?"
        r"(?! (?:(?:,|AND|/|\+|&) )?W[1-7])",  # "volgende week ma, wo en vr" is three days in that week
        _weekday_of_week,
    ),
    _dated(
        " WEEK ",
        rf"W(?P<w>[1-7])~?(?: (?:{_TO}|-|AND) W(?P<w2>[1-7])~?)? (?P<next>NEXT|THIS) WEEK",
        _weekday_of_week,
    ),
    _dated(
        " THIS",
        r"THIS (?P<unit>WEEK|MONTH) AND (?:THE )?NEXT(?! (?:W\d|_))(?: (?:WEEK|MONTH))?",
        _this_and_next,
    ),
    _dated(" THIS", r"THIS AND (?:THE )?NEXT (?P<unit>WEEK|MONTH)", _this_and_next),
    _dated(
        " ",
        rf"(?:{_PART} )?(?P<next>NEXT|THIS) (?P<unit>WEEK|MONTH|QUARTER|YEAR)",
        _unit,
        frozenset({"NEXT", "THIS"}),
    ),
    _dated(
        " ENDOF",
        r"(?P<part>ENDOF)(?: OF)? (?:VAN )?(?:THE )?(?P<next>)(?P<unit>WEEK|MONTH|QUARTER|YEAR)(?! \d)",
        _unit,
    ),
    _dated(" NEXT", r"NEXT W(?P<w>[1-7])~?(?: (?:AND|-|THROUGH) W(?P<w2>[1-7])~?)?", _weekday),
    _dated(
        " OVER",
        r"OVER (?:ABOUT )?(?P<n>\d+|A HALF|A|HALF|1\.5)(?: (?:-|A|OR|TO|UNTIL) \d+)? "
        rf"(?P<unit>{_AHEAD})(?: OR (?P<more>[2-9]))?(?! OFSORTS)",
        _ahead,
    ),
    _dated(" OVER HALFYEAR", r"OVER (?P<n>)(?P<unit>HALFYEAR)(?P<more>)", _ahead),
    _dated(" IN", r"IN (?:ABOUT )?(?P<n>\d+|A) (?P<unit>DAY|WEEK|MONTH)(?P<more>)(?! _| OF)", _ahead),
    _dated(" IN PER", r"IN (?P<n>)(?P<unit>PER(?:WEEK|MONTH|YEAR))(?P<more>)(?! _| OF)", _ahead),
    _dated(" IN HALF", r"IN (?P<n>HALF) (?P<unit>PERYEAR)(?P<more>)", _ahead),
    _dated(" FORTNIGHT", r"IN (?P<n>)(?P<unit>FORTNIGHT)(?P<more>)", _ahead),
    _dated(" FROMNOW", r"(?P<n>\d+) (?P<unit>DAY|WEEK|MONTH)(?P<more>) (?:FROMNOW|FROM NOW|NOW)", _ahead),
    _dated(" FROMNOW", r"(?P<n>)(?P<unit>PER(?:WEEK|MONTH|YEAR))(?P<more>) FROMNOW", _ahead),
    _dated("th ", rf"W(?P<w>[1-7])~? (?:THE )?(?P<d>\d{{1,2}})th{_NO_DAY}", _numbered_day),
    _dated(
        " W",
        rf"W(?P<w>[1-7])~? (?P<d>\d{{1,2}}) {_TO} W(?P<w2>[1-7])~? (?P<d2>\d{{1,2}}){_BARE}",
        _named_days,
    ),
    _dated(
        " W", rf"W(?P<w>[1-7])~? (?P<d>\d{{1,2}})(?P<w2>)(?! [-/:.] \d| CLOCK| STILL){_BARE}", _named_days
    ),
    _dated(
        "th ",
        r"(?:UNTIL|THROUGH|BEFORE|AFTER|FROM|PER|THROUGH) (?P<it>(?:THE )?(?P<d>\d{1,2})th(?P<w>))"
        r"(?! QUARTER|(?<= [1-4]th) (?:_|WEEK|MONTH|DAY|MEETING))",
        _numbered_day,
    ),
    _dated(
        "th ",
        # not "310 for the first, the second until 13.00"
        r"(?:ON THE (?=[1-4]th)|THE (?![1-4]th))(?P<d>\d{1,2})th(?P<w>)"
        r"(?! (?:_|\d|W\d|QUARTER|YEAR|MONTH|WEEK|DAY|TIMES|PERSON|HOUR|M\d))",
        _numbered_day,
    ),
    _dated(" TODAY", "TODAY", _in_days(0)),
    _dated(" TOMORROW", "TOMORROW", _in_days(1)),
    _dated(" DAYAFTER", "DAYAFTER", _in_days(2)),
    _dated(" XMAS", "(?:BETWEEN )?XMAS AND NEWYEAR", _between_feasts),
    _dated(" XMASBREAK", r"(?P<cue>AFTER) (?:THE )?XMASBREAK", _christmas_holidays),
    _dated(" XMASBREAK", r"(?P<cue>UNTIL|BEFORE) (?:THE )?(?P<it>XMASBREAK)", _christmas_holidays),
    _dated(" XMASBREAK", r"(?P<cue>)XMASBREAK", _christmas_holidays),
    _dated(" REGIONAL", r"REGIONAL", _regional),
    _dated(" XMAS", "AFTER (?:THE )?XMAS", _past_feast(_feast(12, 25), 2)),
    _dated(" XMAS", "XMAS", _feast(12, 25)),
    _dated(" NICHOLAS", "AFTER (?:THE )?NICHOLAS", _past_feast(_feast(12, 5), 1)),
    _dated(" NICHOLAS", "NICHOLAS", _feast(12, 5)),
    _dated(" NEWYEAR", "(?:UNTIL|BEFORE|AFTER|FROM|IN|PER|THROUGH)(?: THE)? (?P<it>NEWYEAR)", _feast(1, 1)),
    _dated(" KINGSDAY", "KINGSDAY", _feast(4, 27)),
    _dated(" NEWYEARSEVE", "NEWYEARSEVE", _new_years_eve),
    _dated(" LIBERATION", "LIBERATION", _feast(5, 5)),
    _dated(" GOODFRIDAY", "GOODFRIDAY", _after_easter(-2)),
    _dated(" EASTER", "AFTER (?:THE )?EASTER", _past_feast(_after_easter(0), 2)),
    _dated(" PENTECOST", "AFTER (?:THE )?PENTECOST", _past_feast(_after_easter(49), 2)),
    _dated(" EASTER", "EASTER", _after_easter(0)),
    _dated(" ASCENSION", "ASCENSION", _after_easter(39)),
    _dated(" PENTECOST", "PENTECOST", _after_easter(49)),
    _dated(" SPRING", r"AFTER (?:THE )?SPRING", _after_season(3)),
    _dated(" SUMMER", r"AFTER (?:THE )?SUMMER", _after_season(6)),
    _dated(" AUTUMN ", r"AFTER (?:THE )?AUTUMN", _after_season(9)),
    _dated(" WINTER", "AFTER (?:THE )?WINTER", _after_season(12)),
    _dated(" WINTER", r"(?P<cue>)WINTER (?P<y>20\d\d)", _season(12)),
    _dated(" WINTER", rf"{_SEASON_CUES} (?P<it>WINTER)(?P<y>)", _season(12)),
    _dated(" SPRING", r"(?P<cue>)SPRING (?P<y>20\d\d)", _season(3)),
    _dated(" SPRING", rf"{_SEASON_CUES} (?P<it>SPRING)(?P<y>)", _season(3)),
    _dated(" SUMMER", r"(?P<cue>)SUMMER (?P<y>20\d\d)", _season(6)),
    _dated(" SUMMER", rf"{_SEASON_CUES} (?P<it>SUMMER)(?P<y>)", _season(6)),
    _dated(" AUTUMN ", r"(?P<cue>)AUTUMN (?P<y>20\d\d)", _season(9)),
    _dated(" AUTUMN ", rf"{_SEASON_CUES} (?P<it>AUTUMN)(?P<y>)", _season(9)),
)

GRAMMAR: Final = Grammar(RULES)
# Asked for a day, "1-4" is one; elsewhere it may be anything.
ASKED_GRAMMAR: Final = Grammar(
    (*RULES, _dated(" ", rf"(?P<d>\d{{1,2}}) [-/] (?P<m>\d{{1,2}})(?P<w>){_BARE}", _short_figures))
)


def make_dates(nlp: Language, name: str) -> "DateFinder":
    """Build the component; its grammar is the same for every language."""
    return DateFinder()


class DateFinder:
    """Needs the tape and, in `doc.user_data["context"]`, the day on which the text is read."""

    def find(self, doc: Doc) -> list[Find]:
        """Every date as a find of kind "date" (value `When`), and what cannot be as "problem" (value `Problem`)."""
        tape = tape_of(doc)
        return [_find(doc, tape, match, value) for match, value in self._read(doc, tape)]

    def __call__(self, doc: Doc) -> Doc:
        """Note the dates, and put them on the tape in place of their words."""
        tape = tape_of(doc)
        read = self._read(doc, tape)
        doc.user_data[TAPE] = tape.collapse([(m.first, m.last, _item(tape, m, value)) for m, value in read])
        return note(doc, [_find(doc, tape, match, value) for match, value in read])

    def _read(self, doc: Doc, tape: Tape) -> list[tuple[Match, When | ProblemKind]]:
        context: Context = doc.user_data[CONTEXT]
        grammar = ASKED_GRAMMAR if context.asked in {"start", "end", "deadline"} else GRAMMAR
        hinted = tape.figures or not _HINTS.isdisjoint(tape.kinds)
        if not hinted:
            return []
        read = cover(tape, grammar, context.today)
        return _in_later_month(tape, read) if "th " in tape.text and len(read) > 1 else read


def _in_later_month(
    tape: Tape, read: list[tuple[Match, When | ProblemKind]]
) -> list[tuple[Match, When | ProblemKind]]:
    """ "I wrap on Mar 19, so from Monday the 22nd": the next such day after the date before it."""
    moved: list[tuple[Match, When | ProblemKind]] = []
    for match, value in read:
        before = moved[-1][1] if moved else None
        later = _after_the_one_before(tape, match, value, before) if isinstance(before, When) else None
        moved.append((match, later or value))
    return moved


def _after_the_one_before(tape: Tape, match: Match, value: When | ProblemKind, before: When) -> When | None:
    """The numbered day that goes on from a date before it; None when it is another, or comes after it already."""
    numbered = match.groups.groupdict().keys() == {"d", "w"}
    if not numbered or before.vague or before.first == date.min or value == "impossible_date":
        return None
    if isinstance(value, When) and value.first >= before.first:
        return None
    if _GOING_ON.isdisjoint(tape.symbols(match.first - 2, match.last).split()):
        return None
    later = calendar.day_of_month(int(match.groups["d"]), before.first)
    fits = not match.groups["w"] or later.first.isoweekday() == int(match.groups["w"])
    return later if fits else None


def _item(tape: Tape, match: Match, value: When | ProblemKind) -> Item:
    start, end = tape.items[match.first].start, tape.items[match.last - 1].end
    if not isinstance(value, When):
        return Item("PROBLEM", start, end)
    return Item("PAST" if value.first == date.min else DATE, start, end, value)


def _find(doc: Doc, tape: Tape, match: Match, value: When | ProblemKind) -> Find:
    find = tape.find("date", value, match.first, match.last)
    if isinstance(value, When):
        return find
    return Find("problem", Problem(value, doc.user_data[TEXT][find.start : find.end]), find.start, find.end)
