"""Dates, amounts and hours, the way people write them."""

from datetime import UTC, date, datetime

import pytest

from assistant.rules.availability import Period
from assistant.words import blocks, formats
from assistant.words.texts import load
from nlu.meaning import Availability, Range, Rate

NL, EN = load("nl"), load("en")
SAID = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("rate", "nl", "en"),
    [
        (Rate(8500, 9500, "hour"), "€ 85-95 per uur", "€85-95 an hour"),
        (Rate(None, 10500, "hour"), "max € 105 per uur", "max €105 an hour"),
        (Rate(8500, None, "day"), "minstens € 85 per dag", "at least €85 a day"),
        (Rate(8750, 8750, None), "€ 87,50", "€87.50"),
        (Rate(450000, 450000, "project"), "€ 4.500 voor de hele klus", "€4,500 for the whole job"),
        (Rate(9000, 9000, "hour", "GBP"), "£ 90 per uur", "£90 an hour"),
        (Rate(None, None, "hour"), "", ""),
        (None, "", ""),
    ],
)
def test_rate(rate: Rate | None, nl: str, en: str) -> None:
    assert (formats.rate(rate, NL), formats.rate(rate, EN)) == (nl, en)


@pytest.mark.parametrize(
    ("hours", "days", "nl", "en"),
    [
        (Range(24, 32), None, "24-32 uur per week", "24-32 hours a week"),
        (Range(None, 32), None, "max 32 uur per week", "max 32 hours a week"),
        (Range(24, 24), Range(3, 3), "3 dagen (24 uur) per week", "3 days (24 hours) a week"),
        (None, Range(1, 1), "1 dag per week", "1 day a week"),
        (None, Range(2.5, 3), "2,5-3 dagen per week", "2.5-3 days a week"),
        (Range(None, None), None, "", ""),
        (None, None, "", ""),
    ],
)
def test_load(hours: Range | None, days: Range | None, nl: str, en: str) -> None:
    assert (formats.load(hours, days, NL), formats.load(hours, days, EN)) == (nl, en)


@pytest.mark.parametrize(
    ("months", "nl", "en"),
    [
        (6, "6 maanden", "6 months"),
        (1, "1 maand", "1 month"),
        (1.5, "6 weken", "6 weeks"),
        (0.25, "1 week", "1 week"),
        (None, "", ""),
    ],
)
def test_duration(months: float | None, nl: str, en: str) -> None:
    assert (formats.duration(months, NL), formats.duration(months, EN)) == (nl, en)


@pytest.mark.parametrize(
    ("zone", "nl", "en"),
    [
        ("Europe/Amsterdam", "ma 23 nov 10:00", "Mon 23 Nov 10:00"),
        ("America/Curacao", "ma 23 nov 05:00", "Mon 23 Nov 05:00"),
    ],
)
def test_a_moment_is_on_the_members_own_clock(zone: str, nl: str, en: str) -> None:
    nine = datetime(2026, 11, 23, 9, tzinfo=UTC)

    assert (formats.moment(nine, NL, zone), formats.moment(nine, EN, zone)) == (nl, en)


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "", "b", "c"], "a, b en c")],
)
def test_listed(items: list[str], expected: str) -> None:
    assert formats.listed(items, NL) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("2027-03-01", "1 maart 2027"),
        ("22.5", "22,5"),
        ("24", "24"),
        ("2027-02-31", "2027-02-31"),
        ("web 2.0", "web 2.0"),
    ],
)
def test_fact(fact: str, expected: str) -> None:
    assert formats.fact(fact, NL) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(date(2027, 3, 1), None, "free", 24), "vrij vanaf 1 maart 2027, 3 dagen (24 uur) per week"),
        (Period(date(2027, 3, 1), None, "free", 20), "vrij vanaf 1 maart 2027, 20 uur per week"),
        (Period(date(2027, 3, 1), None, "free", None), "vrij vanaf 1 maart 2027"),
        (
            Period(SAID, None, "partly", 16, ("tue", "thu"), SAID),
            "deels vrij vanaf nu, op di en do (16 uur per week)",
        ),
        (Period(SAID, date(2027, 6, 30), "full", 0, (), SAID), "vol t/m 30 juni 2027"),
        (Period(date(2027, 7, 12), date(2027, 7, 26), "away", 0), "weg van 12 t/m 26 juli 2027"),
        (Period(date(2027, 7, 12), date(2027, 8, 2), "away", 0), "weg van 12 juli t/m 2 augustus 2027"),
        (
            Period(date(2026, 12, 21), date(2027, 1, 3), "away", 0),
            "weg van 21 december 2026 t/m 3 januari 2027",
        ),
    ],
)
def test_period(period: Period, expected: str) -> None:
    assert blocks.periods((period,), NL) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Availability(status="full", end=date(2027, 6, 30)), "vol t/m 30 juni 2027"),
        (Availability(now=True, days_per_week=Range(2, 2)), "vrij vanaf nu, 2 dagen per week"),
        (Availability(weekdays=("tue", "thu")), "vrij, op di en do"),
        (
            Availability(start=date(2027, 3, 1), place="Goes", remote="hybrid"),
            "vrij vanaf 1 maart 2027, Goes, deels op afstand",
        ),
    ],
)
def test_availability(said: Availability, expected: str) -> None:
    assert blocks.availability(said, NL) == expected
