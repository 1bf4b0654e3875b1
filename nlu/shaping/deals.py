"""Reads what a member tells of work they won, of what it earned and of payments: "60 dagen x 900", "omzet maart 7.200".

A grammar of its own, in `languages/*/deals.yaml`. Money is at stake, so nothing is guessed: what remains of a message
once amounts, dates and small words are taken out is handed on as words nobody understood, and an amount that can be
read in two ways as a doubt. A message in which most remains is about something else.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final, Literal, NamedTuple, get_args

import yaml

from nlu.deals import DealKind, DealReport, Doubt, LoadUnit, RateUnit, Terms, unit_of
from nlu.everyday import everyday
from nlu.finds import Find
from nlu.lexicon import LANGUAGES, fold
from nlu.meaning import LanguageCode
from nlu.needles import Patterns, Sought
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.when import course

LONGEST: Final = 160  # characters
LONGEST_VALUES: Final = 60  # of an answer that only holds values
MOST_WORDS: Final = 3  # that may name a job or be mistyped; with more the message is about something else
TEN_MONTHS: Final = 300  # days
HALF_A_YEAR: Final = 183  # days
TWO_MONTHS: Final = 59  # days
A_WEEK: Final[Mapping[LoadUnit, tuple[float, float]]] = {"hour": (16.0, 40.0), "day": (2.0, 5.0)}
MOST_TALK: Final = 8  # words in all around what is told: with more it is a story about something else
MOST_MISTYPED: Final = 2  # in an answer

AMOUNT = r"-? ?(?:€ ?|eur ?)?\d[\d.,']*(?: ?(?:k|duizend|thousand|grand)\b)?(?:,-)?(?: ?(?:euro|euros|eur|€)(?!\w))?"
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_NO: Final = re.compile(r"\s*(?:nee|no|sorry|oeps|oops|foutje)(?!\w)")
_DIGITS: Final = re.compile(r"\d[\d.,']*\d|\d")
_WORD: Final = re.compile(r"[^\W\d_]{2,}|\d[\d.,]*")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*")
_BOTH: Final = re.compile(r"\d{1,3}(?:([.,'])\d{3})+(?!\1)[.,]\d{1,2}")
# What only a payment or a report of work holds; else there may be values in a message, and no more.
_TELLING: Final = frozenset({"pays", "correction", *(f"opens {kind}" for kind in get_args(DealKind))})
_ELSEWHERE: Final = "elsewhere"  # it speaks of other work, or of the writer's own time
_RATED: Final[tuple[RateUnit, ...]] = ("hour", "day", "month")
_OOPS: Final = "nee|no|sorry|oeps|oops|foutje"
_DECIMAL: Final[Mapping[LanguageCode, str]] = {"nl": ",", "en": "."}


def deal_of(findings: Findings) -> DealReport | None:
    """What is told of a deal or of money; None for a message about something else."""
    text = findings.text
    if findings.context.forwarded or len(text) > LONGEST or "\n" in text.strip():
        return None
    said = fold(text)
    # A question tells nothing; and positions must be those of the dates that were found.
    if said.rstrip().endswith("?") or len(said) != len(text):
        return None
    languages: tuple[LanguageCode, ...] = ("nl", "en") if findings.language == "nl" else ("en", "nl")
    may_be_values = len(said) <= LONGEST_VALUES and _DIGITS.search(said) is not None
    telling = _patterns(telling=True).worth_trying(said)
    tells = any(sought.value.name in _TELLING for sought in telling) if telling else False
    if not (may_be_values or tells):
        return None
    if any(sought.value.name == _ELSEWHERE and sought.regex.search(said) for sought in telling):
        return None
    fitting = [*telling, *_patterns(telling=False).worth_trying(said)]
    if tells:
        for language in languages:
            reading = _Reading(_grammar(language), findings, said, fitting)
            if found := reading.paid() or reading.told():
                return found
    for language in languages if may_be_values else ():
        if found := _Reading(_grammar(language), findings, said, fitting).values():
            return found
    return None


class Piece(NamedTuple):
    """What a pattern finds, and in which language: "month" in "nl"."""

    language: LanguageCode
    name: str


@cache
def _patterns(*, telling: bool) -> Patterns[Piece]:
    """The patterns of all languages together: those that show whether a message tells of a deal, or all others."""
    codes: tuple[LanguageCode, ...] = ("nl", "en")
    return Patterns(
        (Piece(code, name), pattern)
        for code in codes
        for name, pattern in _grammar(code).pieces.items()
        if (name in _TELLING or name == _ELSEWHERE) == telling
    )


def cents_of(said: str, language: LanguageCode) -> tuple[int | None, Doubt | None]:
    """An amount in whole cents, and what makes it doubtful; "7.200", "7200,50", "€ 12k", "1.000,-"."""
    digits = _DIGITS.search(said)
    if digits is None:
        return None, Doubt("number", said.strip())
    number, doubt = digits[0].rstrip(".,'"), None
    if said.lstrip().startswith("-"):
        doubt = Doubt("negative", said.strip())
    is_thousands = re.search(r"\d ?(?:k|duizend|thousand|grand)\b", said) is not None
    if _BOTH.fullmatch(number):
        whole, part = re.split(r"[.,](?=\d{1,2}$)", number)
        return _cents(re.sub(r"\D", "", whole), part), doubt
    if (groups := _THOUSANDS.fullmatch(number)) and not is_thousands:
        if number.startswith("0"):
            return None, Doubt("number", said.strip())
        if groups[1] == _DECIMAL[language] and number.count(groups[1]) == 1:
            doubt = doubt or Doubt("two_ways", said.strip())
        return _cents(re.sub(r"\D", "", number), ""), doubt
    if re.fullmatch(r"\d+(?:[.,]\d{1,2})?", number):
        whole, _point, part = number.replace(",", ".").partition(".")
        return _cents(whole, part) * (1000 if is_thousands else 1), doubt
    return None, Doubt("number", said.strip())


def _cents(whole: str, part: str) -> int:
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


class _Grammar:
    """What one language says of deals: patterns by name, in small letters and without accents."""

    def __init__(self, language: LanguageCode) -> None:
        folder = LANGUAGES / language
        data: Any = yaml.load((folder / "deals.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        dates: Any = yaml.load(
            (folder / "expressions/dates.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
        )
        self.language = language
        self.data = data
        self.months = {
            fold(name): number
            for number in range(1, 13)
            for name in (*dates.get(f"M{number}", ()), *dates.get(f"M{number}~", ()))
        }
        names = "|".join(sorted(self.months, key=len, reverse=True))
        month = rf"(?<!\w)(?P<month>{names})\.?(?: (?P<year>20\d\d)(?![.,\d]))?(?!\w)"
        corrects, instead = data["corrects"], data["instead"]
        correction = rf"(?:in |de )?{month},? {corrects} (?:{AMOUNT})(?:,? {instead} {AMOUNT})?[ .!]*$"
        self.kinds: list[DealKind] = list(data["openers"])
        self.pieces = {
            **{f"opens {kind}": _word("|".join(lines)) for kind, lines in data["openers"].items()},
            "pays": data["pays"],
            "because": data["because"],
            _ELSEWHERE: _word(data["elsewhere"]),
            "correction": rf"^\s*(?:(?:{_OOPS})\W+)?{correction}",
            "month": month,
            "whole": _word(data["whole"]),
            "last_month": _word(data["last_month"]),
            "this_month": _word(data["this_month"]),
            "corrects": _word(corrects),
            "oops": _word(f"{_OOPS}|zijn"),
            "instead": rf"(?<!\w){instead} (?P<amount>{AMOUNT})",
            "vat_excl": _word(data["vat"]["excl"]),
            "vat_incl": _word(data["vat"]["incl"]),
            "amount": rf"(?P<amount>{AMOUNT})",
            **_of_work(data),
        }
        self.fillers = frozenset(fold(data["fillers"]).split())
        self.paying = [
            Sought(None, line.replace("PART", data["part"]).replace("AMOUNT", AMOUNT))
            for line in data["paid"]
        ]
        self.denied = Sought(None, rf"(?<!\w)(?:{data['denied']})\W*$")
        self.whole = Sought(None, self.pieces["whole"])
        self.nothing = Sought(None, _word(data["nothing"]))


class _Reading:
    """One message read with the grammar of one language.

    `rest` is what is left of it: each piece that is read is blanked out, so that positions stay.
    """

    def __init__(
        self, grammar: _Grammar, findings: Findings, said: str, fitting: list[Sought[Piece]]
    ) -> None:
        self._grammar = grammar
        self._findings = findings
        self._said = said
        self._rest = self._begun = said
        language = grammar.language
        self._may_fit = {each.value.name: each for each in fitting if each.value.language == language}

    def _search(self, name: str, text: str) -> re.Match[str] | None:
        """Where a pattern fits in this message or what is left of it; most need not be tried."""
        sought = self._may_fit.get(name)
        return sought.regex.search(text) if sought else None

    def _take(self, name: str) -> re.Match[str] | None:
        """The first match of this in the rest, which is then gone."""
        found = self._search(name, self._rest)
        if found:
            self._blank(*found.span())
        return found

    def _blank(self, start: int, end: int) -> None:
        """Read: nobody else reads it."""
        self._rest = self._rest[:start] + " " * (end - start) + self._rest[end:]

    def _holds(self, find: Find) -> bool:
        """Whether nothing of this find was read yet."""
        return self._rest[find.start : find.end] == self._begun[find.start : find.end]

    def _begin(self) -> re.Match[str] | None:
        """Take the whole message anew, but for the reason at its end, which is given back."""
        why = self._search("because", self._said)
        self._rest = self._begun = self._said[: why.start()] if why else self._said
        return why

    # --- payments -------------------------------------------------------------------------------------------------

    def paid(self) -> DealReport | None:
        """ "Bram betaalde 1.350": a whole message."""
        if not self._search("pays", self._said):
            return None
        bare = self._said.strip(" .!?")
        lines = self._grammar.paying
        match = next((found for line in lines if (found := line.regex.fullmatch(bare))), None)
        if match is None:
            return None
        groups, data, text = match.groupdict(), self._grammar.data, self._findings.text
        cents, doubt = cents_of(groups["amount"], self._grammar.language)
        of = groups.get("of") or groups.get("of2")
        whole, other = cents_of(of, self._grammar.language) if of else (None, None)
        name, to = groups.get("name"), groups.get("to") or groups.get("to2")
        what = groups.get("what") or groups.get("what2") or ""
        kind: Literal["dues", "contribution"] = "dues" if data["dues"] in what else "contribution"
        return DealReport(
            "paid",
            cents=cents,
            name=None if name is None or name in data["me"] else _as_written(name, text),
            to=None if to is None or to in data["collective"] else _as_written(to, text),
            what=kind if what else None,
            of_cents=whole,
            doubts=tuple(each for each in (doubt, other) if each),
        )

    # --- deals and turnover ---------------------------------------------------------------------------------------

    def told(self) -> DealReport | None:
        """What was won, extended, ended or earned."""
        why = self._begin()
        kind, openers = self._opened()
        opener = openers[0] if openers else None
        if opener is not None and self._grammar.denied.regex.search(self._rest[: opener.start()]):
            return None  # "niet gewonnen"
        is_correction = opener is None and self._search("correction", self._rest) is not None
        if opener is None and not is_correction:
            return None
        for each in openers:
            self._blank(*each.span())
        if is_correction or kind == "turnover":
            found = self._turnover()
            if found and found.cents is None and opener and self._grammar.nothing.regex.search(opener[0]):
                found = replace(found, cents=0)
            whole = opener is not None and self._grammar.whole.regex.search(opener[0]) is not None
            found = replace(found, whole=found.whole or whole) if found else None
        else:
            found = self._terms(kind)
        return self._with_words(found, why, MOST_WORDS, corrects=is_correction)

    def values(self) -> DealReport | None:
        """Only values, as an answer holds them."""
        why = self._begin()
        found = self._terms("terms")
        return self._with_words(found, why, MOST_MISTYPED, corrects=_NO.match(self._said) is not None)

    def _with_words(
        self, found: DealReport | None, why: re.Match[str] | None, most: int, *, corrects: bool
    ) -> DealReport | None:
        """With the words that nothing has read; None when those are too many for this to be a report."""
        if found is None:
            return None
        talk = [word for word in _WORD.findall(self._rest) if word not in self._grammar.fillers]
        if len(talk) > MOST_TALK or sum(word not in everyday() for word in talk) > most:
            return None
        reason = _as_written(why["why"], self._findings.text) if why else None
        return replace(found, words=" ".join(talk), why=reason, corrects=corrects)

    def _opened(self) -> tuple[DealKind, list[re.Match[str]]]:
        """What a message is about, and all that says so: "ik heb hem! gewonnen, ..."."""
        for kind in self._grammar.kinds:
            sought = self._may_fit.get(f"opens {kind}")
            if sought and (found := list(sought.regex.finditer(self._rest))):
                return kind, found
        return "terms", []

    def _turnover(self) -> DealReport | None:
        take = self._take
        month, whole = take("month"), take("whole")
        previous, present = take("last_month"), take("this_month")
        vat, instead, amount = self._vat(), take("instead"), take("amount")
        today = self._findings.context.today
        if amount is None:
            if not (month or previous):
                return None
            return DealReport("turnover", month=self._which(month, previous, present, today))
        take("corrects")
        take("oops")
        language = self._grammar.language
        cents, doubt = cents_of(amount[0], language)
        before, other = cents_of(instead["amount"], language) if instead else (None, None)
        day = self._which(month, previous, present, today)
        return DealReport(
            "turnover",
            Terms(vat=vat),
            cents=cents,
            instead_cents=before,
            month=day,
            whole=whole is not None and day is None,
            doubts=tuple(each for each in (doubt, other) if each),
        )

    def _which(
        self,
        month: re.Match[str] | None,
        previous: re.Match[str] | None,
        present: re.Match[str] | None,
        today: date,
    ) -> date | None:
        """The month a message is about; None when it names none."""
        if month:
            return self._day(month, today)
        if previous or present:
            return _month(today.year, today.month - (1 if previous else 0))
        return None

    def _day(self, month: re.Match[str], today: date) -> date:
        """The first day of a month: the last such month that is not to come, when no year is said."""
        number = self._grammar.months[month["month"]]
        year = int(month["year"]) if month["year"] else today.year - (number > today.month)
        return date(year, number, 1)

    def _vat(self) -> Literal["excl", "incl"] | None:
        if self._take("vat_excl"):
            return "excl"
        return "incl" if self._take("vat_incl") else None

    def _terms(self, kind: DealKind) -> DealReport | None:
        """How much work for which price; the surer pieces are taken out first."""
        take = self._take
        vat, week = self._vat(), take("per_week")
        rate, rate_unit = self._rated()
        quantity, length = take("quantity"), take("length")
        start, end = self._dates(kind)
        if rate is None and (rate := take("fixed_before") or take("fixed_after")):
            rate_unit = "total"
        rate = rate or take("amount")
        cents, doubt = cents_of(rate["amount"], self._grammar.language) if rate else (None, None)
        terms = Terms(
            quantity=_number(quantity["n"]) if quantity else None,
            unit=_load_unit(quantity) if quantity else None,
            per_week=_number(week["n"]) if week else None,
            per_week_unit=_load_unit(week) if week else None,
            rate_cents=cents,
            rate_unit=rate_unit,
            vat=vat,
            start=start,
            end=end,
            months=_months(length) if length else None,
        )
        terms = _by_the_week(terms)
        if rate and rate_unit is None:
            terms = replace(terms, rate_unit=unit_of(terms))
        bare = Terms() if kind == "terms" else Terms(start=start, end=end)
        if kind in ("terms", "won", "followup", "tier") and terms == bare and doubt is None:
            return None  # "het is rond, ze begint in april"
        return DealReport(kind, terms, doubts=(doubt,) if doubt else ())

    def _rated(self) -> tuple[re.Match[str] | None, RateUnit | None]:
        """The first price with what it is for. What comes after it is left where it stands."""
        for name in _RATED:
            if rate := self._take(f"{name}_before") or self._take(f"{name}_after"):
                return rate, name
        return None, None

    def _dates(self, kind: DealKind) -> tuple[date | None, date | None]:
        """The first and the last day, of the dates that stand in what is left."""
        dates = [each for each in self._findings.all("dated") if self._holds(each)]
        for each in dates:
            self._blank(each.start, each.end)
        return _course(self._findings, dates, kind) if dates else (None, None)


def _by_the_week(terms: Terms) -> Terms:
    """ "24 uur, 1 februari t/m 31 juli" is so much each week: for all of it that would be next to nothing."""
    if terms.quantity is None or terms.unit is None or terms.per_week is not None:
        return terms
    days = (terms.end - terms.start).days if terms.start and terms.end else (terms.months or 0.0) * 30
    least, most = A_WEEK[terms.unit]
    if days < TWO_MONTHS or not least <= terms.quantity <= most:
        return terms
    return replace(terms, quantity=None, unit=None, per_week=terms.quantity, per_week_unit=terms.unit)


def _of_work(data: Any) -> dict[str, str]:
    """The pieces that say how much work for which price: "32 u/w", "900 per dag", "60 dagen", "3 maanden"."""
    unit = {name: rf"{pattern}(?!\w)" for name, pattern in data["units"].items()}
    load = rf"(?:(?P<hours>{unit['hour']})|{unit['day']})"
    number, per, fixed = rf"(?P<n>{_NUMBER})", data["per"], data["fixed"]
    priced = rf":? ?(?:is |van |of )?(?P<amount>{AMOUNT})"
    pieces = {
        "per_week": rf"(?<![\d.,]){number} ?{load} ?{per} ?{unit['week']}",
        "quantity": rf"(?<![\d.,€]){number} ?{load}",
        "length": rf"(?<![\d.,€]){number} ?(?:(?P<months>{unit['month']})|{unit['week']})",
        "fixed_before": rf"(?<!\w)(?:{fixed}){priced}",
        "fixed_after": rf"(?P<amount>{AMOUNT}) ?(?:{fixed})(?!\w)",
    }
    for name in _RATED:
        pieces[f"{name}_before"] = rf"(?<!\w){data['rate_before'][name]}{priced}"
        pieces[f"{name}_after"] = rf"(?P<amount>{AMOUNT}) ?{per} ?{unit[name]}"
    return pieces


def _word(pattern: str) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _course(findings: Findings, dates: list[Find], kind: DealKind) -> tuple[date | None, date | None]:
    """The first and the last day; a single day of a job that ended or goes on is its last."""
    when = course(findings, Slots(findings.text), dates, [])
    if kind not in ("extended", "ended"):
        return _begun(when.start, findings, kind), when.end
    end = when.end or when.start
    today = findings.context.today
    is_far = end is not None and (end - today).days > HALF_A_YEAR and (end.month, end.day) != (2, 29)
    if kind == "ended" and end and is_far and str(end.year) not in findings.text:
        end = end.replace(year=end.year - 1)  # "laatste dag was 20 november" speaks of the one that was
    return when.start if when.end else None, end


def _begun(start: date | None, findings: Findings, kind: DealKind) -> date | None:
    """ "Gewonnen, vanaf 1 november" in December: work that was won may have begun, and seldom begins in a year."""
    if start is None or kind not in ("won", "followup") or str(start.year) in findings.text:
        return start
    is_far = (start - findings.context.today).days > TEN_MONTHS and (start.month, start.day) != (2, 29)
    return start.replace(year=start.year - 1) if is_far else start


def _load_unit(found: re.Match[str]) -> LoadUnit:
    return "hour" if found["hours"] else "day"


def _months(length: re.Match[str]) -> float:
    return _number(length["n"]) if length["months"] else _number(length["n"]) * 12 / 52


def _number(said: str) -> float:
    return float(said.replace(",", "."))


def _month(year: int, month: int) -> date:
    return date(year, month, 1) if month else date(year - 1, 12, 1)


def _as_written(said: str, text: str) -> str:
    found = re.search(re.escape(said), " ".join(fold(text).split()))
    flat = " ".join(text.split())
    return flat[found.start() : found.end()] if found else said


@cache
def _grammar(language: LanguageCode) -> _Grammar:
    return _Grammar(language)
