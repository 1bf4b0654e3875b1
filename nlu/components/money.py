"""Finds what work pays: "max 105 ex btw", "€95/h", "dagtarief 750", "85-95", "4.250 per maand", "vaste prijs 3.800".

Every number that nothing else has read is weighed: a currency, a unit, a label ("tarief") or VAT beside it makes it a
rate; a bound or a range by itself ("max 105", "85-95") makes it one when it could be an hourly rate.
"""

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.quantities import VAT, cancelled, range_of
from nlu.finds import Find, note
from nlu.meaning import Problem, Range, Rate, Unit, Vat
from nlu.tape import NUM, Match, Tape, compiled, tape_of
from nlu.tokenizer import TEXT

HOUR_MOST, DAY_MOST = 200, 2000  # where an amount without a unit stops being an hour's, a day's
YEARS: Final = range(2015, 2040)  # "tarieven 2027"
MONTH_LEAST: Final = 100  # "om 3 pm" is an hour of the day
SALARY_LEAST: Final = 400  # from here on "pm" is per month, and no project manager
HOUR_OF_WORK: Final = 80  # more of them are in no week: "he can pay 85-95 hour"
HOUR_EVER: Final = 300  # from here on no "tarief" is an hour's
HOUR_LIMITS, DAY_HIGHEST = (10, 500), 4000  # outside these it is a mistake
BARE_LIMITS: Final = (30, 250)  # a number by itself is a rate only between these

_UNITS: Final[dict[str, Unit]] = {
    "PERHOUR": "hour",
    "RATEHOUR": "hour",
    "PERDAY": "day",
    "EVERY DAY": "day",
    "RATEDAY": "day",
    "PERMONTH": "month",
    "RATEMONTH": "month",
    "RATEYEAR": "year",
    "PERYEAR": "year",
    "PERPIECE": "project",
    "FIXED": "project",
    "PER _": "project",  # "300 per beeld": whatever it is, it is paid by the piece
}

_BOUND: Final = (
    r"(?!_)(?:(?P<between>BETWEEN) (?:THE )?)?(?:(?P<max>MAX|UNTIL|RATEMAX(?: :)?) )?"
    r"(?:(?P<min>MIN|FROM) )?(?:(?P<about>ABOUT) )?(?:(?:ABOUT|THE) ){0,2}"
)
_MORE: Final = (
    "(?:HOUR|DAY|WEEK|MONTH|YEAR|PERSON|[-/]|TO|UNTIL|DATE)"  # then a figure behind "4k" is of something else
)
_ONE: Final = (
    rf"(?:(?P<eur>EUR) )?(?P<lo>{NUM})(?: (?P<cents>25|50|75|95)(?= PERHOUR))?"
    rf"(?:(?P<k>) THOUSAND(?: (?P<hundreds>[1-9])(?! {_MORE}))?)?(?P<centless> CENTLESS)?"
    r"(?:(?P<eur2>) EUR)?"
)
_TWO: Final = (
    rf"(?: (?P<sep>-|/(?! MAX)|A|TO|UNTIL|THROUGH|OR|AND|(?(min)(?:, |AND )?MAX|(?!))) (?:MAX )?(?:EUR )?"
    rf"(?P<hi>{NUM})(?:(?P<k2>) THOUSAND)?)?(?: CENTLESS)?"
    r"(?: (?P<plus>\+|PLUS(?! (?:_|THE|COSTS|TRAVEL))))?"
    r"(?P<after_max> MAX(?! (?:EUR|\d)))?(?P<ish>(?: -)? ISH)?(?:(?P<eur3>) EUR)?"
)
_PER: Final = (
    rf"(?: -(?! \d))?(?P<vat>(?: {VAT})*)"
    rf"(?:(?: (?:_|{VAT}|EUR|,)){{0,2}} (?P<per>PERHOUR|PERDAY|PERMONTH|PERYEAR|PERPIECE|PERWORD|PM"
    r"|(?(eur2)EVERY DAY|(?!))|PER _(?! (?:HOUR|DAY|WEEK|MONTH)))"
    r"(?P<at_most> MAX(?! (?:EUR|ABOUT|\d)))?)?"
)
_AMOUNT: Final = compiled(_BOUND + _ONE + _TWO + _PER)
_LABEL: Final = re.compile(
    r" (?P<label>RATE|RATEHOUR|RATEDAY|RATEMONTH|RATEYEAR|RATEMAX|FIXED|BUDGET|PERPIECE|PERDAY|PERHOUR)"
    rf"(?P<way>(?: (?:_|:|VAN|PER|OF|OR|PERSON|ICAN|BACKTO|TO|CHANGED \d\S*|DATE|{VAT}|"
    r"THE|\(|\)|=|MAX|NOW|ALLIN|ON|IN|PERHOUR|MAKEIT|FROM)){0,5}) $"
)
_LABEL_MAX: Final = re.compile(r" (?:MAX|RATEMAX) ")
_LABEL_AFTER: Final = re.compile(rf"^(?: {VAT})? (?P<label>RATEHOUR|RATEDAY|RATEMONTH|BUDGET) ")
_ON_TOP: Final = re.compile(r"^ (?:PLUS|\+) (?:_ )?(?:COSTS|TRAVEL) ")  # "375 + usage", "120 plus reiskosten"
_WHOLE: Final = re.compile(
    rf"^(?: (?:{VAT}|FOR|THE)){{0,2}} (?:FIXED|ALLIN|TOTAL|FIX(?= (?:$|[.,;!] |BREAK ))) "
)
_VAT_NEAR: Final = re.compile(
    r" VAT(?P<kind>EX|IN)(?: |~ (?!(?:_|TRAVEL|COSTS) ))"
)  # "incl. reiskosten" is nothing of VAT
_EDGE_BEFORE: Final = re.compile(
    r"(?:^| (?:HOURS|DAYS|LENGTH|DATE|PERWEEK) /"
    r"| (?:,|\.|BREAK|\(|:|;|-|\||!|\?|PERWEEK|HOURS|DAYS|DATE|LENGTH|ASAP|_)) $"
)
LISTED_MOST: Final = 180
# In a row of terms an amount needs no word: "40u, 95."
_LISTED: Final = re.compile(
    r" (?:HOURS|DAYS|HALF_DAYS|TOTAL|DAYS_TOTAL|FTE|LENGTH|ASAP|PERWEEK)(?: (?:\+|PLUS))? (?:,|;|\||-|\.) $"
)
# The last term of a list: "36 uur, Randstad, 110".
_LAST_TERM: Final = re.compile(r" (?:HOURS|DAYS|DATE|LENGTH|FTE)(?: (?!BREAK|\?|!)\S+){1,4} , $")
_LAST_OF_ALL: Final = re.compile(r"^ (?:$|[.!] |BREAK )")
_EDGE_AFTER: Final = re.compile(
    rf"^ (?:DEADLINE|/ START|BUT|MAX|START|FROM|SEND|,|\.|BREAK|\)|;|!|\?|-|AND|{VAT}|$|(?:_ ){{1,2}}EXPERIENCE)|^ $"
)
_OF_TRAVEL: Final = re.compile(r" (?:PERWORD|TRAVEL)(?: (?!BREAK|\.|,)\S+){0,4} $")
_SECOND_WITHIN: Final = 40  # characters
_JOINING: Final = frozenset({" AND ", " , ", " / ", " ; ", " PLUS "})
_MORE_WITHIN: Final = 70
MORE_AT_MOST: Final = 1.4  # times the first: "88, voor iemand met ervaring 95"
# Between an amount and a higher one for who is worth it.
_FOR_THE_BEST: Final = re.compile(r" (?:PERHAPS|FOR_WHO|MAY_BECOME)(?: (?!BREAK)\S+){0,6} $")
_OFFER: Final = re.compile(r" OFFER(?: (?:_|:|THE|ABOUT|ON|TO)){0,1} $")
_PAID: Final = re.compile(r"^ (?:(?:MAKEIT )?RATE|PAID) (?!(?:: |= )?(?:EUR )?\d)")
_INSTEAD: Final = re.compile(r"^ (?:, )?(?:INSTEADOF|NOT) (?:EUR )?(\d+) (?:$|[.,!;] |BREAK )")
_FOR_WHOM: Final = re.compile(r"^ (?:BEFORE|FOR|_) THE ")
_NOT_MONEY_AFTER: Final = re.compile(
    r"^ (?:%|MILLION|TRAVEL|PERSON|TIMES|YEAR|WEEK|MONTH|DAY|HOUR|FTE|PHONE|THOUSAND _|x)"
)


def make_money(nlp: Language, name: str) -> "MoneyFinder":
    """Build the component."""
    return MoneyFinder()


class MoneyFinder:
    """Finds of kind "rate" and, for numbers that are one only by their looks, "bare_rate" (value `Rate`); "problem"."""

    def find(self, doc: Doc) -> list[Find]:
        """Every amount that work could pay."""
        tape = tape_of(doc)
        if not tape.figures:
            return []
        found: list[Find] = []
        for match in tape.matches(_AMOUNT):
            read = _read(tape, match) or _second(tape, match, found)
            if (read is None or read[0] == "bare_rate") and (topped := _topped(tape, match, found)):
                found[-1] = topped
                continue
            if read is None:
                continue
            kind, rate = read
            find = tape.find(kind, rate, match.first, match.last)
            if _absurd(rate):
                said = doc.user_data[TEXT][find.start : find.end]
                find = Find("problem", Problem("absurd_rate", said), find.start, find.end)
            found.append(find)
        return found

    def __call__(self, doc: Doc) -> Doc:
        """Note them."""
        return note(doc, self.find(doc))


def _read(tape: Tape, match: Match) -> tuple[str, Rate] | None:
    groups = match.groups
    amount = range_of(groups)
    most = max(amount.low or 0, amount.high or 0) if amount else 0
    after = tape.symbols(match.last, match.last + 5)
    if " BID " in tape.symbols(match.first - 4, match.first):
        return None
    if amount and groups["cents"] and groups["hi"] is None:  # "tweeëndertig vijftig per uur"
        amount = _plus_cents(amount, int(groups["cents"]))
    if (
        amount is None
        or groups["per"] == "PERWORD"
        or (groups["per"] == "PERMONTH" and max(amount.low or 0, amount.high or 0) < MONTH_LEAST)
        or cancelled(tape, match.first, match.last)
        or (_is_no_money(groups, after) and not (most > HOUR_OF_WORK and after.startswith(" HOUR ")))
    ):
        return None
    amount = _in_thousands(amount)
    before = tape.symbols(match.first - 7, match.first)
    if groups["per"] is None and _OF_TRAVEL.search(before):
        return None  # "0,23 per km met een maximum van 40 euro"
    label = _LABEL.search(before)
    behind = None if label else _LABEL_AFTER.match(after)
    name = label["label"] if label else behind["label"] if behind else ""
    monthly = groups["per"] == "PM" and most >= SALARY_LEAST
    money = any(groups[key] is not None for key in ("eur", "eur2", "eur3")) or monthly
    money = money or groups["per"] not in {None, "PM", "PER _"} or groups["centless"] is not None
    if (
        money
        or (
            most >= BARE_LIMITS[0]
            and _WHOLE.match(after)
            and (most >= HOUR_MOST or after.startswith(" ALLIN "))
        )
        or (name and most >= 5 and most not in YEARS)
        or (most >= BARE_LIMITS[0] and (groups["vat"] or _is_paid_on_top(groups, after)))
        or ((groups["max"] or "").startswith("RATEMAX") and most >= BARE_LIMITS[0])
        or _is_round_price(groups, before, after)
        or _is_offered(groups, amount, before, after)
    ):
        return "rate", _rate(groups, amount, name, before, after)
    if _bare(groups, amount, before, after):
        return "bare_rate", _rate(groups, amount, "", before, after)
    return None


def _in_thousands(amount: Range) -> Range:
    """ "Tussen 4 en 5 duizend": both are thousands."""
    low, high = amount.low, amount.high
    if low is None or high is None or high % 1000 or not low * 1000 < high <= 100_000:
        return amount
    return Range(low * 1000, high)


def _is_offered(groups: re.Match[str], amount: Range, before: str, after: str) -> bool:
    """ "It pays 95", "105 tot 112 betalen", "95 wordt betaald", "tot 88 ipv 85": somebody pays what an hour costs."""
    ends = [end for end in (amount.low, amount.high) if end is not None]
    if not all(BARE_LIMITS[0] <= end <= BARE_LIMITS[1] for end in ends):
        return False
    if _OFFER.search(before):
        return _EDGE_AFTER.match(after) is not None
    if other := _INSTEAD.match(after):
        return groups["max"] is not None and 2 / 3 <= int(other[1]) / ends[-1] <= 3 / 2
    paid = _PAID.match(after) is not None
    return paid and (groups["hi"] is not None or not after.startswith(" RATE "))


def _topped(tape: Tape, match: Match, found: list[Find]) -> Find | None:
    """ "88, voor iemand met ervaring 95": a rate by the hour that ends higher for who is worth it."""
    last = found[-1] if found and found[-1].kind == "rate" else None
    amount = range_of(match.groups)
    if last is None or amount is None or amount.low is None or amount.low != amount.high:
        return None
    rate: Rate = last.value
    if rate.unit != "hour" or rate.low_cents is None or rate.low_cents != rate.high_cents:
        return None
    near = tape.items[match.first].start - last.end <= _MORE_WITHIN
    high = round(amount.low * 100)
    higher = rate.low_cents < high <= rate.low_cents * MORE_AT_MOST
    if not (near and higher and _FOR_THE_BEST.search(tape.symbols(match.first - 8, match.first))):
        return None
    if _is_no_money(match.groups, tape.symbols(match.last, match.last + 2)):
        return None
    topped = Rate(rate.low_cents, high, rate.unit, rate.currency, rate.vat)
    return Find("rate", topped, last.start, tape.items[match.last - 1].end)


def _is_round_price(groups: re.Match[str], before: str, after: str) -> bool:
    """ "Webbouwer voor een klus in januari, 5k": thousands by themselves between commas."""
    said = groups["k"] is not None or groups["k2"] is not None
    return said and bool(_EDGE_BEFORE.search(before)) and bool(_EDGE_AFTER.match(after))


def _is_no_money(groups: re.Match[str], after: str) -> bool:
    """ "120 km", "300 personen"; not "120 excl. reis"."""
    if groups["vat"] and after.startswith(" TRAVEL "):
        return False
    return _NOT_MONEY_AFTER.match(after) is not None


def _is_paid_on_top(groups: re.Match[str], after: str) -> bool:
    """Whether travel or other costs come on top of a figure, so that it is the price itself, or ",-" shows it."""
    return _ON_TOP.match(after) is not None or " CENTLESS" in groups[0]


def _plus_cents(amount: Range, cents: int) -> Range:
    low, high = amount.low, amount.high
    return Range(low and low + cents / 100, high and high + cents / 100)


def _second(tape: Tape, match: Match, found: list[Find]) -> tuple[str, Rate] | None:
    """ "42 per uur voor de technici en 48 voor de rigger": what the other one gets, in the unit of the first."""
    first = found[-1].value if found and found[-1].kind == "rate" else None
    amount = range_of(match.groups)
    if first is None or first.unit is None or not first.low_cents or amount is None or not amount.low:
        return None
    near = tape.items[match.first].start - found[-1].end <= _SECOND_WITHIN
    joined = tape.symbols(match.first - 1, match.first) in _JOINING
    alike = 1 / 2 <= amount.low * 100 / first.low_cents <= 2
    if not (near and joined and alike and _FOR_WHOM.match(tape.symbols(match.last, match.last + 2))):
        return None
    return "rate", Rate(_cents(amount.low), _cents(amount.high), first.unit, vat=first.vat)


def _bare(groups: re.Match[str], amount: Range, before: str, after: str) -> bool:
    """Whether a number by itself looks like an hourly rate: a maximum or a range, alone in its clause."""
    ends = [end for end in (amount.low, amount.high) if end is not None]
    likely = all(BARE_LIMITS[0] <= end <= BARE_LIMITS[1] for end in ends)
    told = (
        groups["hi"] is not None
        and (groups["sep"] in {"-", "A", "TO", "UNTIL"} or groups["between"] or groups["min"])
        and _EDGE_BEFORE.search(before)
    )
    bounded = groups["ish"] is not None or groups["max"] == "MAX" or groups["after_max"] is not None
    bounded = bounded or bool(groups["about"] and _EDGE_BEFORE.search(before))
    told = told or bool(
        groups["hi"] is None
        and (_LISTED.search(before) or (_LAST_TERM.search(before) and _LAST_OF_ALL.match(after)))
        and all(end <= LISTED_MOST for end in ends)
    )
    edge = groups["after_max"] is not None or _EDGE_AFTER.match(after) is not None
    return likely and bool(told or bounded) and edge


def _rate(groups: re.Match[str], amount: Range, label: str, before: str, after: str) -> Rate:
    if groups["hi"] is None and (
        groups["after_max"] or groups["at_most"] or (label and _LABEL_MAX.search(_same_clause(before)))
    ):
        amount = Range(None, amount.low if amount.low is not None else amount.high)
    most = max(amount.low or 0, amount.high or 0)
    unit = _UNITS.get(groups["per"] or "") or _UNITS.get(label)
    if unit is None and groups["per"] == "PM" and most >= SALARY_LEAST:
        unit = "month"
    if unit is None and most > HOUR_MOST and _WHOLE.match(after):
        unit = "project"
    return Rate(
        _cents(amount.low),
        _cents(amount.high),
        unit or _likely_unit(amount, label),
        vat=_vat(groups, before, after),
    )


def _same_clause(before: str) -> str:
    """What stands before an amount, from the last full stop on: "max half uur rijden. Tarief 105"."""
    return f" {before.rpartition(' . ')[2]} "


def _vat(groups: re.Match[str], before: str, after: str) -> Vat | None:
    """What is said of VAT in or right beside an amount: "95 ex btw", "tarief (excl. btw): 95"."""
    beside = " ".join(before.split()[-3:]), " ".join(after.split()[:4])
    said = _VAT_NEAR.search(f"{groups[0]} {beside[1]} ") or _VAT_NEAR.search(f" {beside[0]} ")
    return None if said is None else "excl" if said["kind"] == "EX" else "incl"


def _likely_unit(amount: Range, label: str) -> Unit | None:
    """The unit that an amount without one is most likely said in; of a bare "300 euro" only the job can tell."""
    most = max(amount.low or 0, amount.high or 0)
    if most <= HOUR_MOST:
        return "hour"
    if most > DAY_MOST or label == "BUDGET":
        return "project"
    return "day" if label and most > HOUR_EVER else None


def _cents(euros: float | None) -> int | None:
    return None if euros is None else round(euros * 100)


def _absurd(rate: Rate) -> bool:
    ends = [cents / 100 for cents in (rate.low_cents, rate.high_cents) if cents is not None]
    if rate.unit == "hour":
        return not all(HOUR_LIMITS[0] <= end <= HOUR_LIMITS[1] for end in ends)
    return rate.unit == "day" and max(ends) > DAY_HIGHEST
