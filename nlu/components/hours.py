"""Finds how much work a week is: "24-32u p/w", "2 à 3 dagen", "4x8 uur", "max 32 uur".

A total ("40 uur in totaal"), a clock time ("om 14 uur"), a journey ("1 uur reizen") and days at the office are no
hours or days a week; days at the office are kept as "presence".
"""

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.quantities import cancelled, quantity, range_of
from nlu.finds import Find, note
from nlu.meaning import Problem, Range
from nlu.tape import NUM, TAPE, Item, Match, Tape, compiled, tape_of
from nlu.tokenizer import TEXT

MOST_HOURS, MOST_DAYS, MOST_HALF_DAYS = 80, 7, 21
SHORTEST_WEEK: Final = 8  # "6 uur" by itself is an errand, "16 uur" a week
LONGEST_WEEK: Final = 48  # "60 uur" by itself is all the work there is
WORKING_DAYS: Final = 5  # six or seven days without "per week" are all the work there is
WHOLE_WEEK: Final = 4  # so many days at the client's leave none for home
_A_WORKING_DAY, _NEAR = 10, 8  # hours; words
_BARE_BEFORE: Final = frozenset({"_", "SEEK", ",", "ON", "(", "-"})  # no "vanaf" or "tot"
_A_DAY: Final = 24  # from here a number of hours cannot be a clock time

_TIME: Final = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_CLOCK: Final = compiled(
    rf"{_TIME} (?:-|TO|UNTIL) {_TIME}(?! (?:EUR|VAT\w*~?|PER))|CLOCK(?: (?:-|TO|UNTIL) CLOCK)?(?: HOUR)?"
    r"|AT (?![2-7] _)(?:[01]?\d|2[0-4])(?: HOUR)?(?: \d\d)?"
    r"(?! (?:PER|EUR|\d|(?:DAY|WEEK|MONTH|YEAR|PERSON|TIMES) ))|\d{1,2} HOUR [0-5]\d(?! \S*(?:HOUR|DAY|EUR|PER))"
    r"|(?:[01]?\d|2[0-4])\.[0-5]\d HOUR(?! PER)|\d{1,2} HOUR (?:IN THE )?DAYPARTS?\d"
    r"|(?:VAN|FROM|BETWEEN) (?!16 |20 )1?\d(?: HOUR)? (?:UNTIL|TO|AND) (?:1[2-9]|2[0-4]) HOUR(?! (?:PERWEEK|-))"
)
_PER: Final = (
    r"(?: (?P<per>PERWEEK|IN (?:A |THE )?WEEK(?! \d)|HOURWEEK|PERMONTH|PERYEAR|PERDAY|PERPIECE|TOTAL|(?:PER|A|/) _"
    r"|WORK))?"
)
_AFTER_MAX: Final = (
    r"(?:(?P<after_max> MAX(?! (?:EUR|ABOUT|\d)))"
    r"|(?P<after_plus> (?:PLUS|MIN)(?! (?:EUR|ABOUT|\d|COSTS|TRAVEL))))?"
)
_TIMES: Final = compiled(
    r"(?P<days>[1-7]) (?:TIMES(?: PERWEEK)?|DAY(?: PERWEEK)? (?:VAN|OF)) "
    r"(?P<hours>\d{1,2}) (?:HOUR|HOURWEEK)(?: PERWEEK| PERDAY)?"
)
_HOURS: Final = compiled(quantity("HOUR") + r" (?P<unit>HOUR|HOURWEEK)" + _PER + _AFTER_MAX)
_DAYS: Final = compiled(
    quantity("DAY") + r"(?: (?:FREE|STILL))? (?P<unit>DAY|DAYWEEK|WORKDAY(?= PERWEEK ))" + _PER + _AFTER_MAX
)
_HALF_DAY: Final = compiled(r"(?:(?:A |1 )?HALF (?:DAY|A DAY)|HALF PERDAY) PERWEEK")
_HALF_DAYS: Final = compiled(quantity("HALFDAYS") + r" HALFDAYS" + _PER + _AFTER_MAX)
_RATHER: Final = compiled(
    rf"(?:MIN )?(?P<lo>{NUM}) (?P<unit>HOUR|HOURWEEK|DAY)(?: PERWEEK)?(?: ,)? "
    rf"PREFERABLY (?P<hi>{NUM})(?: (?P=unit))?(?! DAY)"
)
_LABELLED: Final = compiled(r"(?P<unit>HOUR|DAY)(?: (?P<per>PERWEEK))? : " + quantity("HOUR") + r"(?! EUR)")
# "Uren zijn max 24", "uren blijven 32"
_HOURS_ARE: Final = compiled(
    r"(?P<unit>HOUR) _ (?P<per>)" + quantity("HOUR") + r"(?= (?:[,.;!]|BREAK|MENDED|AND|$))"
)
_ONE_DAY: Final = compiled(
    r"(?P<unit>A DAY)(?: STILL)?(?: _)? (?P<per>PERWEEK)|(?<=, )DAY PERWEEK|(?<=STILL )(?:_ )?A DAY(?! PER)|A DAY STILL"
)
# "Nog ruimte voor een dag of anderhalf", "a day and a half a week"
_A_DAY_OR_SO: Final = compiled(
    r"(?:A|1) DAY (?:OR (?P<lo>1\.5|[2-4])(?! (?:DAY|-))|AND (?:A )?HALF)(?P<per> PERWEEK)?"
    r"|PERDAY AND A HALF(?= PERWEEK)"
)
# "One more training day a week"
_MORE_SUCH: Final = compiled(r"(?<=STILL )(?P<lo>[1-4]) _ (?:_ )?(?:DAY|WORKDAY) PERWEEK")
_ROOM_BEFORE: Final = re.compile(r" (?:FREE|STILL|ICAN)(?: (?!BREAK|\.|,|OVER|IN|AFTER)\S+){0,4} $")
_ROOM_AFTER: Final = re.compile(r"^ (?:FREE|STILL|PERWEEK|OVER) ")
_ANOTHER: Final = compiled(r"STILL (?P<it>(?P<lo>[1-4]))(?= (?:STILL|_)(?: (?:[,.!]|BREAK)| $))")
_MORE: Final = compiled(r"(?P<it>(?P<lo>\d{1,2})(?: - (?P<hi>\d{1,2}))?)(?= STILL (?:[,.!;]|BREAK|$))")
_WEEKLY: Final = compiled(quantity() + r" (?P<unit>)(?P<per>PERWEEK)")
_OF_A_CLOCK: Final = frozenset({"CLOCK", "AT", "HOUR"})
_FTE: Final = compiled(rf"(?P<share>{NUM}) FTE|FULLTIME")
# "Hybride, 32-36, 1 jaar": a bare range of whole half-days' hours is a week's work.
_WEEK_RANGE: Final = compiled(
    r"(?P<lo>8|12|16|20|24|28|32|36) - (?P<hi>12|16|20|24|28|32|36|40)(?= (?:[,;.|/)]|BREAK|$))"
)
_RANGE_BEFORE: Final = re.compile(r"(?:^| (?:,|;|\.|BREAK|\(|\||/)) $")
_MAKE_IT: Final = compiled(r"MAKEIT " + quantity() + r"(?: (?:VAN|OF))?(?! (?:EUR|HOUR|DAY|PER))")

_OF_MONEY: Final = re.compile(r" RATE(?:HOUR|DAY|MAX)?(?: (?!BREAK|\.|,)\S+)* $")  # "het tarief wordt 92"
_PAID: Final = re.compile(r" RATE(?: (?:_|ABOUT|BETWEEN))? $")
_MONTHLY_BEFORE: Final = re.compile(
    r" (?:PERMONTH|EVERY MONTH|(?:1|A) TIMES PERMONTH|A MONTH)(?: _)? $"
)  # "iedere maand 1 dag"
_AGO_AFTER: Final = re.compile(r"^ (?:AGO|OLD) ")  # "3 dagen oud"
_NOT_A_WEEK: Final = re.compile(r" (?:(?:OVER|AGO|AFTER|LAST|AT|IN|NEXT)(?: THE)?|RATHER \S+ _) $")
_MOMENT: Final = re.compile(r" (?:BEFORE|UNTIL|FROM|LATEST|DATE)(?: ON| ,)? $")
_CALL_AT: Final = re.compile(r" (?:SEND|DEADLINE)(?: (?:ABOUT|BEFORE|AFTER|_)){0,2} $")
_CALL_AT_AFTER: Final = re.compile(r"^(?: _)? (?:SEND|DEADLINE) ")
_MOMENT_OF_DAY: Final = re.compile(r" (?:DATE|DEADLINE|SEND|PAST)(?: (?!STILL|WITHSOME)\S+){0,3} $")
_EVENING_BEFORE: Final = re.compile(r" DAYPARTS?\d(?: (?:_|,|FROM|VAN|\()){0,2} $")
# "Avonden vanaf 19u": from when on such a day.
_LATER_BEFORE: Final = re.compile(r" (?:DAYPARTS?\d|WDAYS|W\d~?|EVERY\d)(?: ,)? $")
_EXTRA_AFTER: Final = re.compile(r"^(?: _){0,2} STILL ")  # "6 uurtjes logopedie erbij"
_BUILT_UP: Final = re.compile(r" WITHSOME(?: ABOUT)? $")  # "opstarten met 12 uur"
_WEEKDAY_BEFORE: Final = re.compile(r" (?:WDAYS|W\d~?|EVERY\d)(?: (?:,|\())? $")  # "Mon-Thu 15-18h"
_TOTAL: Final = re.compile(r" TOTAL ")
_OTHER_RHYTHM: Final = re.compile(
    r" (?:(?:PER|EVERY) (?:\d|_ WEEK|MONTH)|IN THE \d WEEK|IN \d WEEK)"
)  # "1 dag per 2 weken"
_STILL_AFTER: Final = re.compile(r"^(?: (?!,|\.|BREAK|\d)\S+){0,3} STILL ")
_ROOM_OF: Final = re.compile(r" FREE(?: (?:_|VAN|OF|ABOUT|FOR|BEFORE)){0,3} $")
_OTHER_RHYTHM_BEFORE: Final = re.compile(
    r" (?:EVERY (?:MONTH|YEAR|\d\S* WEEK)|PERMONTH|PERYEAR)(?: ,)? $"
)  # "elke maand 1 dag"
_SAID_OF_DAYS: Final = frozenset(
    {" FROM ", " PER ", " IN ", " FREE ", " PERWEEK ", " AND ", " ON ", " DATE "}
)
_IN_SPACE: Final = re.compile(r"[23]D|[23]d(?= [a-z-])")  # "3D", "3d artist": no days
_ELSEWHERE: Final = re.compile(r"^ (?:HOME|REACHABLE) ")  # days at home, or of being on call
_THE_WHOLE: Final = re.compile(r" (?!BACKTO)(?:_|WORK|CONTRACT) VAN $")  # "een training van 3 dagen"
_THE_WHOLE_AFTER: Final = re.compile(
    r"^(?: _)? IN DATE "
)  # "6 dagen in januari", "2 dagen fotograferen in mei"
_TRAVEL: Final = re.compile(r"^(?: \S+)?(?: \S+)? TRAVEL ")
_PRESENT_AFTER: Final = re.compile(r"^(?: (?!DAY|HOUR|,|\.|BREAK|;|\d)\S+){0,4} PRESENCE ")
# "1 dag per week op het gemeentehuis, overig thuis", "2 days there, 3 days from home"
# ("2 days this week, from home" are no days elsewhere)
_REST_AT_HOME: Final = re.compile(
    r"^ (?!,|;|BREAK|\.|HOME|(?:DATE|PERWEEK) ,)\S+(?: (?!BREAK|\.)\S+){0,4}? (?:,|AND|;)"
    r"(?: (?:\d\S* DAY|_|THE)){0,2} HOME "
)
_PRESENT_BEFORE: Final = re.compile(r" (?:PRESENCE|REMOTE|HOME)(?: (?:\(|:|_)){0,2} $")


def make_hours(nlp: Language, name: str) -> "HoursFinder":
    """Build the component."""
    return HoursFinder()


class HoursFinder:
    """Finds "hours", "days" and "half_days" a week, each a `Range`; so are "presence" and "make_it".

    "days_total" is all the work there is ("6 dagen in januari").
    Presence is days at the office, and "maak er 4 van" leaves open what is made. Also "fte" (a share of a week), and
    "problem" for more than a week holds.
    """

    def find(self, doc: Doc) -> list[Find]:
        """Every amount of work a week."""
        tape = tape_of(doc)
        return [find for match, kinds in _read(tape) for find in _finds(doc, tape, match, kinds)]

    def __call__(self, doc: Doc) -> Doc:
        """Note them, and put them on the tape so that no other component reads their numbers."""
        tape = tape_of(doc)
        read = _read(tape)
        for match, kinds in read:
            note(doc, _finds(doc, tape, match, kinds))
        doc.user_data[TAPE] = tape.collapse([(m.first, m.last, _item(tape, m, kinds)) for m, kinds in read])
        return doc


Kinds = list[tuple[str, Range | None]]
NOTHING: Kinds = [("total", None)]  # read, so that nothing else reads it, but no amount of a week
TOO_MUCH: Kinds = [("problem", None)]


def _read(tape: Tape) -> list[tuple[Match, Kinds]]:
    if not tape.figures and _WITHOUT_FIGURES.isdisjoint(tape.kinds):
        return []
    found: list[tuple[Match, Kinds]] = []
    taken: set[int] = set()
    text = tape.text
    for needs, pattern, read in _READERS:
        if needs not in text or (pattern is _CLOCK and not _may_hold_clock(tape)):
            continue
        for match in tape.matches(pattern):
            if read is _hours and "RATE" in tape.kinds and _is_pay(tape, match):
                continue
            if read is _make_it and _OF_MONEY.search(tape.symbols(match.first - 6, match.first)):
                continue
            if taken.isdisjoint(range(match.first, match.last)):
                taken.update(range(match.first, match.last))
                found.append((match, read(tape, match)))
    return found


def _is_pay(tape: Tape, match: Match) -> bool:
    """ "He can pay 85-95 hour": more than a week holds, behind what is paid."""
    amount = range_of(match.groups)
    return bool(
        amount and (amount.low or 0) > MOST_HOURS and _PAID.search(tape.symbols(match.first - 3, match.first))
    )


def _may_hold_clock(tape: Tape) -> bool:
    """ "9.30", "at 9", "9 uur"."""
    return "." in tape.text or not _OF_A_CLOCK.isdisjoint(tape.kinds)


def _finds(doc: Doc, tape: Tape, match: Match, kinds: Kinds) -> list[Find]:
    if match.last - match.first == 2 and kinds[0][0] == "days" and _is_of_space(doc, tape, match):
        return []
    finds = [tape.find(kind, value, match.first, match.last) for kind, value in kinds if kind != "total"]
    if kinds is not TOO_MUCH:
        return finds
    start, end = finds[0].start, finds[0].end
    return [Find("problem", Problem("absurd_hours", doc.user_data[TEXT][start:end]), start, end)]


def _is_of_space(doc: Doc, tape: Tape, match: Match) -> bool:
    """ "Animators (2D, Toon Boom)", "any 3d or archviz stuff": two or three dimensions."""
    first, last = tape.items[match.first], tape.items[match.last - 1]
    said = _IN_SPACE.match(doc.user_data[TEXT], first.start)
    return (
        said is not None
        and said.end() == last.end
        and tape.symbols(match.last, match.last + 1) not in _SAID_OF_DAYS
    )


def _item(tape: Tape, match: Match, kinds: Kinds) -> Item:
    return Item(kinds[0][0].upper(), tape.items[match.first].start, tape.items[match.last - 1].end)


def _clock(_tape: Tape, _match: Match) -> Kinds:
    return NOTHING


def _times(tape: Tape, match: Match) -> Kinds:
    """ "4x8 uur", "3 dagen van 8 uur"."""
    days, hours = float(match.groups["days"]), float(match.groups["hours"])
    if cancelled(tape, match.first, match.last) or not 2 <= hours <= 12:
        return NOTHING
    return [("hours", Range(days * hours, days * hours)), ("days", Range(days, days))]


def _rather(_tape: Tape, match: Match) -> Kinds:
    """ "minimaal 32 uur, liefst 40", "2 dagen, liefst 3"."""
    ends = sorted((float(match.groups["lo"]), float(match.groups["hi"])))
    return (_of_days if match.groups["unit"] == "DAY" else _of_hours)(Range(*ends))


def _labelled(_tape: Tape, match: Match) -> Kinds:
    """ "Uren per week: 24 - 32"."""
    amount = range_of(match.groups)
    if amount is None:
        return NOTHING
    return _of_hours(amount) if match.groups["unit"] == "HOUR" else _of_days(amount)


def _hours_are(tape: Tape, match: Match) -> Kinds:
    """ "De uren blijven 32"; a figure before "uur" is another amount ("16 uur voor 60")."""
    amount = range_of(match.groups)
    before = tape.symbols(match.first - 1, match.first)
    if amount is None or before.strip()[:1].isdigit() or not SHORTEST_WEEK <= _most(amount) <= LONGEST_WEEK:
        return NOTHING
    return _of_hours(amount)


def _hours(tape: Tape, match: Match) -> Kinds:
    groups = match.groups
    amount = _bounded(range_of(groups), groups)
    if amount is None or cancelled(tape, match.first, match.last):
        return NOTHING
    weekly = groups["unit"] == "HOURWEEK" or groups["per"] in {"PERWEEK", "HOURWEEK"} or _in_week(groups)
    weekly = weekly or _is_room_on_a_day(tape, match, _most(amount)) or _is_built_up(tape, match, amount)
    return _of_hours(amount) if weekly or _fills_a_week(tape, match, amount) else NOTHING


def _days(tape: Tape, match: Match) -> Kinds:
    groups = match.groups
    amount = _bounded(range_of(groups), groups)
    before, after = tape.symbols(match.first - 4, match.first), tape.symbols(match.last, match.last + 6)
    weekly = groups["per"] == "PERWEEK" or groups["unit"] == "DAYWEEK" or _in_week(groups)
    if amount is None or cancelled(tape, match.first, match.last):
        return NOTHING
    if _OTHER_RHYTHM_BEFORE.search(before):
        return NOTHING
    if _is_the_whole(groups, before, after, weekly=weekly):
        return [("days_total", amount)]
    if (not weekly and _outside(before, after)) or _ELSEWHERE.match(after):
        return NOTHING
    if (
        "HOME" in tape.kinds
        and _most(amount) < WHOLE_WEEK
        and _REST_AT_HOME.match(tape.symbols(match.last, match.last + 9))
    ):
        return [("presence", amount)]
    if _PRESENT_AFTER.search(after) or _PRESENT_BEFORE.search(before):
        most_of_it = (
            amount.low or 0
        ) >= WHOLE_WEEK and "HOME" not in tape.kinds  # "4 days a week on site" is all there is
        return [("days" if most_of_it else "presence", amount)]
    if weekly:
        return _of_days(amount)
    return [("days", amount)] if not groups["per"] and 1 <= _most(amount) <= WORKING_DAYS else NOTHING


def _in_week(groups: re.Match[str]) -> bool:
    """ "6 hours in week", "2 days in the week"."""
    return (groups["per"] or "").startswith("IN ")


def _is_the_whole(groups: re.Match[str], before: str, after: str, *, weekly: bool) -> bool:
    """Whether these days are all the work: "10 dagen in totaal", "6 dagen in januari", "training van 3 dagen"."""
    if groups["per"] == "TOTAL" or (not weekly and _TOTAL.match(after)):
        return True
    if groups["per"] or (not weekly and _outside(before, after)):
        return False
    return bool(_THE_WHOLE_AFTER.match(after) or (_THE_WHOLE.search(before) and not groups["hi"]))


def _one_day(tape: Tape, match: Match) -> Kinds:
    """ "een dag per week", "nog een dagje erbij"; without such words it is just a day."""
    present = _PRESENT_AFTER.search(tape.symbols(match.last, match.last + 6))
    return [("presence" if present else "days", Range(1, 1))]


def _day_or_so(tape: Tape, match: Match) -> Kinds:
    """ "Nog een dag of twee over": about so many; "over een dag of twee" is a time ahead."""
    before, after = tape.symbols(match.first - 6, match.first), tape.symbols(match.last, match.last + 1)
    if not (match.groups["per"] or _ROOM_BEFORE.search(before) or _ROOM_AFTER.match(after)):
        return NOTHING
    about = float(match.groups["lo"] or 1.5)
    return _of_days(Range(about, about))


def _more_such(_tape: Tape, match: Match) -> Kinds:
    """ "Nog één extra trainingsdag per week"."""
    number = float(match.groups["lo"])
    return _of_days(Range(number, number))


def _half_day(_tape: Tape, _match: Match) -> Kinds:
    """ "een halve dag per week"."""
    return _of_days(Range(0.5, 0.5))


def _half_days(tape: Tape, match: Match) -> Kinds:
    """ "2 dagdelen p/w": mornings, afternoons or evenings a week."""
    groups = match.groups
    amount = _bounded(range_of(groups), groups)
    outside = _outside(tape.symbols(match.first - 4, match.first), tape.symbols(match.last, match.last + 6))
    if (
        amount is None
        or outside
        or cancelled(tape, match.first, match.last)
        or groups["per"] not in {None, "PERWEEK"}
    ):
        return NOTHING
    return [("half_days", amount)] if 0 < _most(amount) <= MOST_HALF_DAYS else TOO_MUCH


def _weekly(_tape: Tape, match: Match) -> Kinds:
    """ "16 p/w": hours, for nobody works sixteen days a week; a small number says too little."""
    amount = range_of(match.groups)
    return _of_hours(amount) if amount and _most(amount) >= SHORTEST_WEEK else NOTHING


def _week_range(tape: Tape, match: Match) -> Kinds:
    """A bare "32-36" between commas; behind "tarief" or a currency it is money."""
    low, high = float(match.groups["lo"]), float(match.groups["hi"])
    before = tape.symbols(match.first - 6, match.first)
    if low >= high or not _RANGE_BEFORE.search(before) or _OF_MONEY.search(before) or " HOUR" in tape.text:
        return NOTHING
    return _of_hours(Range(low, high))


def _make_it(_tape: Tape, match: Match) -> Kinds:
    """ "maak er 4 van"; whether days or hours, the talk will tell."""
    amount = range_of(match.groups)
    return [("make_it", amount)] if amount else NOTHING


def _fte(_tape: Tape, match: Match) -> Kinds:
    """ "0,8 fte", "fulltime" (1): a share of a week, whose hours differ from house to house."""
    share = float(match.groups["share"] or 1)
    return [("fte", Range(share, share))]


def _most(amount: Range) -> float:
    return max(amount.low or 0, amount.high or 0)


def _of_hours(amount: Range) -> Kinds:
    if _most(amount) > MOST_HOURS:
        return TOO_MUCH
    return [("hours", amount)] if _most(amount) else NOTHING


def _of_days(amount: Range) -> Kinds:
    if _most(amount) > MOST_DAYS:
        return TOO_MUCH
    return [("days", amount)] if _most(amount) else NOTHING


def _bounded(amount: Range | None, groups: re.Match[str]) -> Range | None:
    """ "16 uur max" has no least, "32 uur of meer" no most."""
    if amount and groups["after_max"]:
        return Range(None, amount.high or amount.low)
    return Range(amount.low, None) if amount and groups["after_plus"] else amount


def _fills_a_week(tape: Tape, match: Match, amount: Range) -> bool:
    """Whether hours without "per week" are meant per week."""
    least, most = amount.low or 0, _most(amount)
    before, after = tape.symbols(match.first - 4, match.first), tape.symbols(match.last, match.last + 5)
    extra = 2 <= most < SHORTEST_WEEK and "ICAN" in tape.kinds and _EXTRA_AFTER.match(after)
    if (
        match.groups["per"]
        or not (extra or SHORTEST_WEEK <= most <= LONGEST_WEEK)
        or _outside(before, after)
        or _ELSEWHERE.match(after)
    ):
        return False
    from_then = match.groups["min"] == "FROM" and _LATER_BEFORE.search(before)
    if most < _A_DAY and (from_then or _CALL_AT.search(before) or _CALL_AT_AFTER.match(after)):
        return False
    if 0 < least < most <= _A_DAY and (_EVENING_BEFORE.search(before) or _WEEKDAY_BEFORE.search(before)):
        return False  # "dinsdagavond 19-22u"
    if amount.high and 0 < least <= 11 and most - least >= 7:
        return False  # "8-17u" is a working day
    if most < 16 and (before.endswith(" VAN ") or (least == most and _MOMENT_OF_DAY.search(before))):
        return False  # "trajecten van 10 uur", "vrijdag 12 uur"
    if _STILL_AFTER.match(after) and least >= SHORTEST_WEEK:
        return True  # "dan kan ik er 16-20u boekhouding bij hebben"
    times_of_day = least < most <= _A_DAY and most - least <= _A_WORKING_DAY and "PERWEEK" not in tape.kinds
    if (most <= _A_WORKING_DAY or times_of_day) and _is_of_one_day(tape, match.first):
        return False  # "bruiloft op zaterdag, ongeveer 8 uur", "za 5 dec, 14-18 uur"
    return not (_MOMENT.search(before) and most < _A_DAY and most not in {16, 20})


def _is_room_on_a_day(tape: Tape, match: Match, most: float) -> bool:
    """ "Op donderdagen heb ik nog een gaatje van zo'n 6 uur": every week, however few."""
    if "WDAYS" not in tape.kinds or match.groups["per"] or not 2 <= most <= _A_WORKING_DAY:
        return False
    return _ROOM_OF.search(tape.symbols(match.first - 5, match.first)) is not None


def _is_built_up(tape: Tape, match: Match, amount: Range) -> bool:
    """ "Weer opbouwen naar 6 uur": a week's work, however little."""
    if "WITHSOME" not in tape.kinds or match.groups["per"] or not 2 <= _most(amount) <= LONGEST_WEEK:
        return False
    return _BUILT_UP.search(tape.symbols(match.first - 3, match.first)) is not None


def _is_of_one_day(tape: Tape, place: int) -> bool:
    """Whether a single day, and no start or end, stands shortly before."""
    for index in range(place - 1, max(-1, place - 1 - _NEAR), -1):
        item = tape.items[index]
        if item.symbol in {"BREAK", "."}:
            return False
        if item.symbol == "DATE":
            bare = index == 0 or tape.items[index - 1].symbol in _BARE_BEFORE
            return bare and item.value.first == item.value.last
    return False


_COUNTED_BEFORE: Final = re.compile(r" \d[\d.]* (HOURWEEK|HOUR|DAY)(?= )")
_ONE_MORE: Final = re.compile(r" (?:DAYS|DAY)(?: (?!BREAK|\.)\S+){0,8} STILL $")


def _more_days(tape: Tape, match: Match) -> Kinds:
    """ "Ik werk 3 dagen, kan er nog 1 bij": a bare figure behind "nog" counts what was counted before."""
    number = float(match.groups["lo"])
    told = _ONE_MORE.search(tape.symbols(0, match.first + 1)) is not None
    return [("days", Range(number, number))] if told else NOTHING


def _more_of_it(tape: Tape, match: Match) -> Kinds:
    """ "Ik kom nu aan 8 uur en zou er zo 24 bij kunnen hebben": in the unit of what was counted before."""
    low, high = float(match.groups["lo"]), float(match.groups["hi"] or match.groups["lo"])
    counted = _COUNTED_BEFORE.findall(tape.symbols(0, match.first))
    if not counted:
        return NOTHING
    return _of_hours(Range(low, high)) if counted[-1].startswith("HOUR") else _of_days(Range(low, high))


def _outside(before: str, after: str) -> bool:
    """Whether the words around say that this is no amount of a week: a journey, a total, a time ahead."""
    total = _TOTAL.search(before) or _TOTAL.search(after)
    if _MONTHLY_BEFORE.search(before) or _AGO_AFTER.match(after):
        return True
    return bool(total or _OTHER_RHYTHM.match(after) or _NOT_A_WEEK.search(before) or _TRAVEL.search(after))


_WITHOUT_FIGURES: Final = frozenset({"CLOCK", "A", "HALF", "FULLTIME", "PERWEEK"})

# What a pattern needs to fit at all, the pattern, and what to make of it; the surer first.
_READERS: Final = (
    ("", _CLOCK, _clock),
    (" HOUR", _TIMES, _times),
    (" PREFERABLY", _RATHER, _rather),
    (" HALF ", _HALF_DAY, _half_day),
    (" HALFDAYS", _HALF_DAYS, _half_days),
    (" : ", _LABELLED, _labelled),
    (" HOUR _ ", _HOURS_ARE, _hours_are),
    (" HOUR", _HOURS, _hours),
    ("DAY ", _A_DAY_OR_SO, _day_or_so),
    ("DAY", _DAYS, _days),
    (" STILL ", _MORE_SUCH, _more_such),
    (" STILL ", _ANOTHER, _more_days),
    (" A DAY ", _ONE_DAY, _one_day),
    (" , DAY ", _ONE_DAY, _one_day),
    (" STILL ", _MORE, _more_of_it),
    (" PERWEEK", _WEEKLY, _weekly),
    (" - ", _WEEK_RANGE, _week_range),
    (" MAKEIT", _MAKE_IT, _make_it),
    (" FTE ", _FTE, _fte),
    (" FULLTIME ", _FTE, _fte),
)
