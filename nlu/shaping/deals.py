"""Reads what a member tells of work they won, of what it earned and of payments: "60 dagen x 900", "omzet maart 7.200".

A grammar of its own, in `languages/*/deals.yaml`. Money is at stake, so nothing is guessed: what remains of a message
once amounts, dates and small words are taken out is handed on as words nobody understood, and an amount that can be
read in two ways as a doubt. A message in which most remains is about something else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

import yaml

from nlu.deals import DealKind, DealReport, Doubt, LoadUnit, RateUnit, Terms, unit_of
from nlu.everyday import everyday
from nlu.finds import Find
from nlu.lexicon import LANGUAGES, fold
from nlu.meaning import LanguageCode
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.when import course

LONGEST = 160  # characters
LONGEST_VALUES = 60  # of an answer that only holds values
MOST_WORDS = 3  # that may name a job or be mistyped; with more the message is about something else
HALF_A_YEAR = 183  # days
MOST_TALK = 8  # words in all around what is told: with more it is a story about something else
MOST_MISTYPED = 2  # in an answer

AMOUNT = r"-? ?(?:€ ?|eur ?)?\d[\d.,']*(?: ?(?:k|duizend|thousand|grand)\b)?(?:,-)?(?: ?(?:euro|euros|eur|€)(?!\w))?"
_NUMBER = r"\d+(?:[.,]\d+)?"
_NO = re.compile(r"\s*(?:nee|no|sorry|oeps|oops|foutje)(?!\w)")
_DIGITS = re.compile(r"\d[\d.,']*\d|\d")
_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d.,]*")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*")
_BOTH = re.compile(r"\d{1,3}(?:([.,'])\d{3})+(?!\1)[.,]\d{1,2}")
_RATED: tuple[RateUnit, ...] = ("hour", "day", "month")
_OOPS = "nee|no|sorry|oeps|oops|foutje"
_DECIMAL: Mapping[LanguageCode, str] = {"nl": ",", "en": "."}


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
    grammars = [_grammar(language) for language in languages]
    if any(grammar.elsewhere.search(said) for grammar in grammars):
        return None
    for grammar in grammars:
        if found := grammar.paid(said, text) or grammar.told(said, findings):
            return found
    if len(said) > LONGEST_VALUES or not _DIGITS.search(said):
        return None
    return next((found for grammar in grammars if (found := grammar.values(said, findings))), None)


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


@dataclass
class _Rest:
    """What is left of a message: each piece that is read is blanked out, so that positions stay."""

    said: str
    text: str = ""

    def __post_init__(self) -> None:
        self.text = self.said

    def holds(self, start: int, end: int) -> bool:
        """Whether nothing of this stretch was read yet."""
        return self.text[start:end] == self.said[start:end]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of this, which is then gone."""
        found = pattern.search(self.text)
        if found:
            self.blank(*found.span())
        return found

    def blank(self, start: int, end: int) -> None:
        """Read: nobody else reads it."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


class _Grammar:
    """What one language says of deals."""

    def __init__(self, language: LanguageCode) -> None:
        folder = LANGUAGES / language
        data: Any = yaml.load((folder / "deals.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        dates: Any = yaml.load(
            (folder / "expressions/dates.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
        )
        self.language = language
        self.data = data
        self.openers: list[tuple[DealKind, re.Pattern[str]]] = [
            (kind, re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)"))
            for kind, lines in data["openers"].items()
        ]
        every = "|".join(line for lines in data["openers"].values() for line in lines)
        self.opens = re.compile(rf"(?<!\w)(?:{every})(?!\w)")
        self.months = {
            fold(name): number
            for number in range(1, 13)
            for name in (*dates.get(f"M{number}", ()), *dates.get(f"M{number}~", ()))
        }
        names = "|".join(sorted(self.months, key=len, reverse=True))
        month = rf"(?<!\w)(?P<month>{names})\.?(?: (?P<year>20\d\d)(?![.,\d]))?(?!\w)"
        corrects, instead = data["corrects"], data["instead"]
        correction = rf"(?:in |de )?{month},? {corrects} (?:{AMOUNT})(?:,? {instead} {AMOUNT})?[ .!]*$"
        self.correction = re.compile(rf"\s*(?:(?:{_OOPS})\W+)?{correction}")
        self.pieces = {
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
        self.patterns = {name: re.compile(piece) for name, piece in self.pieces.items()}
        self.fillers = frozenset(fold(data["fillers"]).split())
        self.paying = [
            re.compile(line.replace("PART", data["part"]).replace("AMOUNT", AMOUNT)) for line in data["paid"]
        ]
        self.pays = re.compile(data["pays"])
        self.because = re.compile(data["because"])
        self.denied = re.compile(rf"(?<!\w)(?:{data['denied']})\W*$")
        self.elsewhere = re.compile(rf"(?<!\w)(?:{data['elsewhere']})(?!\w)")
        self.nothing = re.compile(_word(data["nothing"]))

    # --- payments -------------------------------------------------------------------------------------------------

    def paid(self, said: str, text: str) -> DealReport | None:
        """ "Bram betaalde 1.350": a whole message."""
        if not self.pays.search(said):
            return None
        bare = said.strip(" .!?")
        match = next((found for line in self.paying if (found := line.fullmatch(bare))), None)
        if match is None:
            return None
        groups = match.groupdict()
        cents, doubt = cents_of(groups["amount"], self.language)
        of = groups.get("of") or groups.get("of2")
        whole, other = cents_of(of, self.language) if of else (None, None)
        name, to = groups.get("name"), groups.get("to") or groups.get("to2")
        what = groups.get("what") or groups.get("what2") or ""
        kind: Literal["dues", "contribution"] = "dues" if self.data["dues"] in what else "contribution"
        return DealReport(
            "paid",
            cents=cents,
            name=None if name is None or name in self.data["me"] else _as_written(name, text),
            to=None if to is None or to in self.data["collective"] else _as_written(to, text),
            what=kind if what else None,
            of_cents=whole,
            doubts=tuple(each for each in (doubt, other) if each),
        )

    # --- deals and turnover ---------------------------------------------------------------------------------------

    def told(self, said: str, findings: Findings) -> DealReport | None:
        """What was won, extended, ended or earned."""
        why = self.because.search(said)
        rest = _Rest(said[: why.start()] if why else said)
        kind, openers = self._opened(rest.text)
        opener = openers[0] if openers else None
        if opener is not None and self.denied.search(rest.text[: opener.start()]):
            return None  # "niet gewonnen"
        is_correction = opener is None and self.correction.match(rest.text) is not None
        if opener is None and not is_correction:
            return None
        for each in openers:
            rest.blank(*each.span())
        if is_correction or kind == "turnover":
            found = self._turnover(rest, findings.context.today)
            if found and found.cents is None and opener and self.nothing.search(opener[0]):
                found = replace(found, cents=0)
            whole = opener is not None and self.patterns["whole"].search(opener[0]) is not None
            found = replace(found, corrects=is_correction, whole=found.whole or whole) if found else None
        else:
            found = self._terms(rest, findings, kind)
        return self._with_words(found, rest, why, findings, MOST_WORDS)

    def values(self, said: str, findings: Findings) -> DealReport | None:
        """Only values, as an answer holds them."""
        why = self.because.search(said)
        rest = _Rest(said[: why.start()] if why else said)
        found = self._terms(rest, findings, "terms")
        found = replace(found, corrects=_NO.match(said) is not None) if found else None
        return self._with_words(found, rest, why, findings, MOST_MISTYPED)

    def _with_words(
        self, found: DealReport | None, rest: _Rest, why: re.Match[str] | None, findings: Findings, most: int
    ) -> DealReport | None:
        """With the words that nothing has read; None when those are too many for this to be a report."""
        talk = [word for word in _WORD.findall(rest.text) if word not in self.fillers]
        if found is None or len(talk) > MOST_TALK or sum(word not in everyday() for word in talk) > most:
            return None
        reason = _as_written(why["why"], findings.text) if why else None
        return replace(found, words=" ".join(talk), why=reason)

    def _opened(self, said: str) -> tuple[DealKind, list[re.Match[str]]]:
        """What a message is about, and all that says so: "ik heb hem! gewonnen, ..."."""
        if not self.opens.search(said):
            return "terms", []
        for kind, pattern in self.openers:
            if found := list(pattern.finditer(said)):
                return kind, found
        return "terms", []

    def _turnover(self, rest: _Rest, today: date) -> DealReport | None:
        take = self._taker(rest)
        month, whole = take("month"), take("whole")
        previous, present = take("last_month"), take("this_month")
        vat, instead, amount = self._vat(rest), take("instead"), take("amount")
        if amount is None:
            if not (month or previous):
                return None
            return DealReport("turnover", month=self._which(month, previous, present, today))
        take("corrects")
        take("oops")
        cents, doubt = cents_of(amount[0], self.language)
        before, other = cents_of(instead["amount"], self.language) if instead else (None, None)
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

    def _day(self, month: re.Match[str] | None, today: date) -> date | None:
        """The first day of a month: the last such month that is not to come, when no year is said."""
        if month is None:
            return None
        number = self.months[month["month"]]
        year = int(month["year"]) if month["year"] else today.year - (number > today.month)
        return date(year, number, 1)

    def _taker(self, rest: _Rest) -> Callable[[str], re.Match[str] | None]:
        return lambda name: rest.take(self.patterns[name])

    def _vat(self, rest: _Rest) -> Literal["excl", "incl"] | None:
        if rest.take(self.patterns["vat_excl"]):
            return "excl"
        return "incl" if rest.take(self.patterns["vat_incl"]) else None

    def _terms(self, rest: _Rest, findings: Findings, kind: DealKind) -> DealReport | None:
        take = self._taker(rest)
        terms = Terms(vat=self._vat(rest))
        if found := take("per_week"):
            terms = replace(terms, per_week=_number(found["n"]), per_week_unit=_load_unit(found))
        rated = ((take(f"{name}_before") or take(f"{name}_after"), name) for name in _RATED)
        rate, rate_unit = next((each for each in rated if each[0]), (None, None))
        if found := take("quantity"):
            terms = replace(terms, quantity=_number(found["n"]), unit=_load_unit(found))
        if found := take("length"):
            number = _number(found["n"])
            terms = replace(terms, months=number if found["months"] else number * 12 / 52)
        dates = [each for each in findings.all("dated") if rest.holds(each.start, each.end)]
        for each in dates:
            rest.blank(each.start, each.end)
        start, end = _course(findings, dates, kind) if dates else (None, None)
        terms = replace(terms, start=start, end=end)
        if rate is None and (rate := take("fixed_before") or take("fixed_after")):
            rate_unit = "total"
        rate, doubt = rate or take("amount"), None
        if rate:
            cents, doubt = cents_of(rate["amount"], self.language)
            terms = replace(terms, rate_cents=cents, rate_unit=rate_unit)
            terms = replace(terms, rate_unit=rate_unit or unit_of(terms))
        dateless = replace(terms, start=None, end=None) if kind != "terms" else terms
        if kind in ("terms", "won", "followup", "tier") and dateless == Terms() and doubt is None:
            return None  # "het is rond, ze begint in april"
        return DealReport(kind, terms, doubts=(doubt,) if doubt else ())


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
        return when.start, when.end
    end = when.end or when.start
    today = findings.context.today
    is_far = end is not None and (end - today).days > HALF_A_YEAR and (end.month, end.day) != (2, 29)
    if kind == "ended" and end and is_far and str(end.year) not in findings.text:
        end = end.replace(year=end.year - 1)  # "laatste dag was 20 november" speaks of the one that was
    return when.start if when.end else None, end


def _load_unit(found: re.Match[str]) -> LoadUnit:
    return "hour" if found["hours"] else "day"


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
