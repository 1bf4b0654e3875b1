"""What members tell about work they won and money that was earned or paid, as plain values."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DealKind = Literal["terms", "won", "followup", "extended", "ended", "turnover", "tier", "paid"]
RateUnit = Literal["hour", "day", "month", "total"]
LoadUnit = Literal["hour", "day"]
HOUR_MOST = 250_00  # cents: up to here a price beside hours is an hour's
DAY_LEAST = 300_00  # from here on a price beside days is a day's
TOTAL_LEAST = 1_500_00  # and a price by itself is for the whole job

DoubtKind = Literal[
    "two_ways",  # "1,000" in Dutch, "1.000" in English: a thousand or one
    "number",  # "1.00.0": no amount we know
    "negative",  # "-500"
    "words",  # a word that says nothing to us, perhaps a typing error ("60 dgaen")
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in what was told that can be read in two ways, or not at all; `text` quotes it."""

    kind: DoubtKind
    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed for a job; None is: not said. Money is whole cents.

    `quantity` counts all hours or days of the job, `per_week` those of a week. `rate_unit` None beside a `rate_cents`:
    it was not said for what; "total": for the whole job. `vat` tells whether VAT is in it, None: not said.
    """

    quantity: float | None = None
    unit: LoadUnit | None = None
    per_week: float | None = None
    per_week_unit: LoadUnit | None = None
    rate_cents: int | None = None
    rate_unit: RateUnit | None = None
    vat: Literal["excl", "incl"] | None = None
    start: date | None = None
    end: date | None = None
    months: float | None = None


@dataclass(frozen=True, slots=True)
class DealReport:
    """One message about a deal or money. `kind` "terms": it only holds values, as an answer does.

    `cents` is the turnover or the payment, `instead_cents` what was told before ("6.200, niet 7.200"); `corrects`: it
    mends what was told. `month` is the first day of the month it is about; `whole`: it is about the whole job. `name`
    paid `to`; None is the writer, or the collective. `what` is what was paid for, `of_cents` what was open ("25 van
    de 50"). `words` are those that may name a job, `doubts` what must be asked.
    """

    kind: DealKind
    terms: Terms = Terms()
    cents: int | None = None
    instead_cents: int | None = None
    corrects: bool = False
    month: date | None = None
    whole: bool = False
    name: str | None = None
    to: str | None = None
    what: Literal["dues", "contribution"] | None = None
    of_cents: int | None = None
    words: str = ""
    why: str | None = None
    doubts: tuple[Doubt, ...] = ()


def unit_of(terms: Terms) -> RateUnit | None:
    """What a bare price is for; None when it could be several things, or there is none."""
    cents = terms.rate_cents
    if cents is None:
        return None
    if terms.quantity is not None:
        fits = cents <= HOUR_MOST if terms.unit == "hour" else cents >= DAY_LEAST
        return terms.unit if fits else None
    if terms.per_week is not None:
        if cents <= HOUR_MOST:
            return "hour"
        return "day" if terms.per_week_unit == "day" and cents < TOTAL_LEAST else None
    return "total" if cents >= TOTAL_LEAST else None
