"""Which day is meant: "1 maart" is the next first of March, "wk 12" the week of ISO number 12.

Pure arithmetic; "today" is always an argument. ValueError means that there is no such day ("31 februari").
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

_LATEST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days, `first` up to and including `last`; one day when they are equal.

    `yearless` tells that no year was said, so that an end may be moved beyond its start; `vague` is "na de zomer";
    `span` that both ends were said ("12 t/m 26 juli").
    """

    first: date
    last: date
    yearless: bool = True
    vague: bool = False
    span: bool = False


def day(month: int, number: int, year: int | None, today: date) -> When:
    """One day; without a year the next such day on or after today."""
    if year is not None:
        return one(date(full_year(year), month, number), yearless=False)
    for candidate in range(today.year, today.year + 9):  # 29 February may be eight years away
        found = _exists(candidate, month, number)
        if found and found >= today:
            return one(found)
    raise ValueError(f"no day {number} in month {month}")


def one(moment: date, *, yearless: bool = True) -> When:
    """The stretch of a single day."""
    return When(moment, moment, yearless=yearless)


def full_year(year: int) -> int:
    """ "27" is 2027. ValueError outside 1900 to 2199."""
    full = year + 2000 if year < 100 else year
    if not 1900 <= full <= _LATEST_YEAR:
        raise ValueError(f"no year {year}")
    return full


def month(number: int, year: int | None, today: date) -> When:
    """A whole month; without a year this one or the next with that number. ValueError when there is no such month."""
    chosen = full_year(year) if year is not None else today.year + (number < today.month)
    first = date(chosen, number, 1)
    return When(first, end_of_month(first), yearless=year is None)


def week(number: int, year: int | None, today: date) -> When:
    """An ISO week, Monday to Sunday; without a year the next one not yet over. ValueError for week 60."""
    chosen = full_year(year) if year is not None else today.isocalendar().year
    monday = date.fromisocalendar(chosen, number, 1)
    if year is None and monday + timedelta(6) < today:
        monday = date.fromisocalendar(chosen + 1, number, 1)
    return When(monday, monday + timedelta(6), yearless=year is None)


def quarter(number: int, year: int | None, today: date) -> When:
    """Three months; without a year the next quarter with that number, or the present one."""
    chosen = full_year(year) if year is not None else today.year + (number < (today.month + 2) // 3)
    first = date(chosen, 3 * number - 2, 1)
    return When(first, end_of_month(date(chosen, 3 * number, 1)), yearless=year is None)


def whole_year(year: int) -> When:
    """From 1 January to 31 December."""
    return When(date(full_year(year), 1, 1), date(full_year(year), 12, 31), yearless=False)


def weekday(number: int, today: date) -> When:
    """The next Monday (1) to Sunday (7) after today."""
    return one(today + timedelta((number - today.isoweekday() - 1) % 7 + 1))


def week_from(today: date, weeks: int) -> When:
    """This week (0), next week (1): Monday to Sunday."""
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    return When(monday, monday + timedelta(6))


def day_of_month(number: int, today: date) -> When:
    """ "de 20e": the next day with that number. ValueError above 31."""
    for ahead in range(13):
        first = add_months(today.replace(day=1), ahead)
        found = _exists(first.year, first.month, number)
        if found and found >= today:
            return one(found)
    raise ValueError(f"no day {number}")


def add_months(moment: date, months: int) -> date:
    """The same day some months later, or the last day of that month when it is shorter."""
    index = moment.year * 12 + moment.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(moment.day, end_of_month(first).day))


def end_of_month(moment: date) -> date:
    """The last day of the month that this day is in."""
    return date(moment.year + moment.month // 12, moment.month % 12 + 1, 1) - timedelta(1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    return date(year, (h + m - 7 * n + 114) // 31, (h + m - 7 * n + 114) % 31 + 1)


def after_easter(days: int, today: date) -> When:
    """A feast counted from Easter (Pentecost is 49 days after it): the next one."""
    for year in (today.year, today.year + 1):
        feast = easter(year) + timedelta(days)
        if feast >= today:
            return one(feast)
    raise ValueError("unreachable: Easter falls every year")


def ending_after(end: When, start: date) -> When:
    """An end without a year that lies before its start, moved to the year in which it comes after it."""
    while end.yearless and end.last < start and end.last.year < _LATEST_YEAR:
        end = replace(end, first=add_months(end.first, 12), last=add_months(end.last, 12))
    return end


def _exists(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
