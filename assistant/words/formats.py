"""How people write dates, amounts, hours and lists; the patterns are in the language files."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_symbol

from assistant.words.texts import Texts
from nlu.meaning import Range, Rate

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"\d+\.\d+")
_TOO_LARGE = 1e15  # not worth writing out, and more digits than Babel rounds


@lru_cache(maxsize=2048)
def day(value: date, texts: Texts, pattern: str = "date") -> str:
    """A date: "1 maart 2027", or as "day" with its weekday."""
    return format_date(value, texts.fill(f"formats.{pattern}"), locale=texts.locale)


def first_day(start: date, end: date | None, texts: Texts) -> str:
    """A date that a later one follows: without the month or year they share, "12 t/m 26 juli 2027"."""
    if end is None or start.year != end.year:
        return day(start, texts)
    return day(start, texts, "day_of_month" if start.month == end.month else "day_and_month")


def moment(value: datetime, texts: Texts, zone: str) -> str:
    """A moment nearby on the member's own clock: "ma 23 nov 10:00". Without a zone it is UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    local = aware.astimezone(ZoneInfo(zone))
    return format_datetime(local, texts.fill("formats.moment"), locale=texts.locale)


@lru_cache(maxsize=2048)
def number(value: float, texts: Texts) -> str:
    """A number with at most two decimals, as this language writes it."""
    if abs(value) >= _TOO_LARGE:
        return f"{value:g}"
    return str(format_decimal(value, "#,##0.##", locale=texts.locale))  # Babel leaves it untyped


def listed(items: Iterable[str], texts: Texts) -> str:
    """One, two and three."""
    *start, last = [item for item in items if item] or [""]
    return f"{', '.join(start)} {texts.fill('formats.and')} {last}" if start else last


def fact(value: str, texts: Texts) -> str:
    """A fact of a reason: an ISO date and a decimal number are written for people, the rest stays."""
    if _DECIMAL.fullmatch(value):
        return number(float(value), texts)
    if not _ISO_DATE.fullmatch(value):
        return value
    try:
        return day(date.fromisoformat(value), texts)
    except ValueError:  # a skill may look like a date
        return value


def span(low: str, high: str, texts: Texts, sign: str = "") -> str:
    """From low to high; "" is an open end, and so is nothing at all."""
    if not (low or high):
        return ""
    kind = "exact" if low == high else "most" if not low else "least" if not high else "between"
    return texts.fill(f"ranges.{kind}", {"low": low, "high": high, "sign": sign})


def load(hours: Range | None, days: Range | None, texts: Texts, half_days: Range | None = None) -> str:
    """How much a week: "3 dagen (24 uur) per week", "2 dagdelen per week"; "" when not said."""
    in_hours, in_days = _counted(hours, "hours", texts), _counted(days, "days", texts)
    in_days = in_days or _counted(half_days, "half_days", texts)
    if not (in_hours or in_days):
        return ""
    name = "both" if in_hours and in_days else "one"
    return texts.fill(f"load.{name}", {"days": in_days or in_hours, "hours": in_hours})


def amount_of_work(amount: Range | None, unit: str | None, texts: Texts) -> str:
    """All hours or days of a job: "60 dagen"; "" when not said."""
    return _counted(amount, f"{unit}s", texts) if unit else ""


def total_days(days: Range | None, texts: Texts) -> str:
    """All the work there is: "6 dagen in totaal"; "" when not said."""
    counted = _counted(days, "days", texts)
    return texts.fill("load.total", {"days": counted}) if counted else ""


def weekdays(days: Sequence[str], hours: float | None, texts: Texts) -> str:
    """Named days, with the hours they make: "op di en do (16 uur per week)"."""
    named = listed((texts.word("weekdays", each) for each in days), texts)
    in_hours = load(_exactly(hours), None, texts) if hours else ""
    return texts.fill("load.weekdays", {"weekdays": named, "load": in_hours})


def dayparts(parts: Sequence[str], texts: Texts) -> str:
    """Parts of the day: "alleen 's ochtends"; "" for the whole day."""
    named = listed((texts.word("dayparts", each) for each in parts), texts)
    return texts.fill("load.dayparts", {"dayparts": named}) if parts else ""


def load_of_hours(hours: float | None, texts: Texts) -> str:
    """Hours a week, in whole days too where that comes out even."""
    days = hours / 8 if hours and hours % 8 == 0 and hours <= 40 else None
    return load(_exactly(hours), _exactly(days), texts) if hours else ""


def rate(value: Rate | None, texts: Texts) -> str:
    """Money per unit as given: "€ 85-95 per uur", "max € 105"; "" when not said."""
    if value is None:
        return ""
    sign = _sign(value.currency, texts)
    amount = span(_money(value.low_cents, texts), _money(value.high_cents, texts), texts, sign)
    unit = texts.fill(f"units.{value.unit}") if value.unit else ""
    note = texts.fill(f"vat.{value.vat}") if value.vat else ""
    return " ".join(part for part in (amount, unit, note) if part) if amount else ""


def euros(cents: int, texts: Texts) -> str:
    """An amount: "€ 5.400", "€ 87,50"; zero is written too."""
    amount = _money(cents, texts)
    return span(amount, amount, texts, _sign("EUR", texts))


def duration(months: float | None, texts: Texts) -> str:
    """How long: in months, or in weeks (four to a month) where those come out even; "" when not said."""
    if not months:
        return ""
    in_weeks = months % 1 != 0 and months * 4 % 1 == 0
    shown = number(months * 4 if in_weeks else months, texts)
    return texts.fill("units.weeks" if in_weeks else "units.months", {"n": shown})


def _exactly(value: float | None) -> Range | None:
    return None if value is None else Range(value, value)


def _counted(value: Range | None, unit: str, texts: Texts) -> str:
    """ "24-32 uur"; the unit goes with the highest number named."""
    if value is None:
        return ""
    low, high = ("" if end is None else number(end, texts) for end in (value.low, value.high))
    amount = span(low, high, texts)
    return texts.fill(f"units.{unit}", {"amount": amount, "n": high or low}) if amount else ""


@lru_cache(maxsize=2048)
def _money(cents: int | None, texts: Texts) -> str:
    if cents is None:
        return ""
    if abs(cents) >= _TOO_LARGE or cents % 100 == 0:
        return number(cents / 100, texts)
    return str(format_decimal(cents / 100, "#,##0.00", locale=texts.locale))


@lru_cache(maxsize=64)
def _sign(currency: str, texts: Texts) -> str:
    return get_currency_symbol(currency, locale=texts.locale)
