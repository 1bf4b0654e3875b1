"""A bare answer lands in the field that was asked; a correction changes only what it says."""

from datetime import date
from typing import Any

import pytest

from nlu import Context, Reader
from nlu.meaning import Range
from nlu.printing import to_json

TODAY = date(2026, 11, 21)
HOUR_95 = {"min": 95, "max": 95, "unit": "hour", "currency": "EUR"}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    "text",
    [
        "data engineer in Gouda, nu vrij 32 uur",
        "data engineer in Delft, nu vrij 32 uur, 90 per uur",
        "data engineer, Delft, now free 32 hours",
    ],
)
def test_who_introduces_themselves_says_when_along_with_it(reader: Reader, text: str) -> None:
    said = reader.read(text, Context(TODAY, form="profile")).availability

    assert said is not None
    assert (said.status, said.now, said.hours_per_week) == ("free", True, Range(32, 32))


@pytest.mark.parametrize(
    ("form", "asked", "text", "field", "value"),
    [
        ("lead", "hours_per_week", "32", "hours_per_week", [32, 32]),
        ("lead", "hours_per_week", "24-32", "hours_per_week", [24, 32]),
        ("lead", "hours_per_week", "max 32", "hours_per_week", [None, 32]),
        ("lead", "hours_per_week", "3 dagen", "days_per_week", [3, 3]),
        ("lead", "hours_per_week", "3", "days_per_week", [3, 3]),
        ("lead", "hours_per_week", "twee à drie", "days_per_week", [2, 3]),
        ("lead", "hours_per_week", "32 uur denk ik", "hours_per_week", [32, 32]),
        ("lead", "days_per_week", "24", "hours_per_week", [24, 24]),
        ("lead", "rate", "95", "rate", HOUR_95),
        ("lead", "rate", "95 ex", "rate", HOUR_95 | {"vat": "excl"}),
        ("lead", "rate", "max 95", "rate", HOUR_95 | {"min": None}),
        ("lead", "rate", "750", "rate", {"min": 750, "max": 750, "unit": "day", "currency": "EUR"}),
        ("lead", "start", "volgende week", "start", "2026-11-23"),
        ("lead", "start", "1 maart", "start", "2027-03-01"),
        ("lead", "start", "zsm", "start", "asap"),
        ("lead", "start", "maandag", "start", "2026-11-23"),
        ("lead", "start", "na de zomer", "start", "2027-09-01"),
        ("lead", "end", "1 juli", "end", "2027-07-01"),
        ("lead", "end", "eind december", "end", "2026-12-31"),
        ("lead", "deadline", "vrijdag", "deadline", "2026-11-27"),
        ("lead", "place", "Utrecht", "place", "Utrecht"),
        ("lead", "place", "in Zwolle", "place", "Zwolle"),
        ("lead", "roles", "projectleider", "roles", ["projectleider"]),
        ("lead", "roles", "spiegelmaker", "roles", ["spiegelmaker"]),
        ("lead", "roles", "nee, een tester", "roles", ["tester"]),
        ("lead", "roles", "ja", "roles", []),
        ("lead", "roles", "hoi", "roles", []),
        ("lead", "roles", "50", "roles", []),
        ("lead", "client", "Bakkerij Zonneveld", "client", "Bakkerij Zonneveld"),
        ("lead", "headcount", "2", "headcount", 2),
        ("lead", "headcount", "twee mensen", "headcount", 2),
        ("lead", "duration_months", "6", "duration_months", 6),
        ("lead", "duration_months", "half jaar", "duration_months", 6),
        ("lead", "hours_per_week", "fulltime", "hours_per_week", [36, 40]),
        ("lead", "hours_per_week", "0", "hours_per_week", None),
        ("lead", "start", "1-4", "start", "2027-04-01"),
        ("lead", "start", "gisteren", "start", None),
        ("lead", "place", "thuis", "remote", "remote"),
        ("lead", "place", "Blorpstad", "place", None),
        ("lead", "place", "maakt niet uit", "place", None),
        ("availability", "start", "1 maart", "start", "2027-03-01"),
        ("availability", "start", "nu", "start", "now"),
        ("availability", "hours_per_week", "24", "hours_per_week", [24, 24]),
        ("availability", "days_per_week", "3", "days_per_week", [3, 3]),
        ("availability", None, "maak er 4 van", "days_per_week", [4, 4]),
        ("availability", None, "maak er 24 van", "hours_per_week", [24, 24]),
        ("lead", None, "maak er 95 van", "rate", HOUR_95),
        ("lead", None, "make it 3", "days_per_week", [3, 3]),
        ("availability", None, "toch pas 15 april", "start", "2027-04-15"),
        ("lead", None, "nee, 24 uur", "hours_per_week", [24, 24]),
        ("lead", None, "tarief is 95 niet 105", "rate", HOUR_95),
        ("availability", None, "toch 2", "days_per_week", [2, 2]),
        ("lead", None, "nee 24", "hours_per_week", [24, 24]),
        ("profile", None, "nee, 95", "rate", HOUR_95),
        ("profile", None, "nee 80", "rate", HOUR_95 | {"min": 80, "max": 80}),
        ("lead", None, "sorry, 95", "rate", HOUR_95),
        ("profile", "rate", "95", "rate", HOUR_95),
        ("profile", "name", "Noor de Wit", "name", "Noor de Wit"),
        ("profile", "place", "Goes", "place", "Goes"),
    ],
)
def test_answer(reader: Reader, form: Any, asked: str | None, text: str, field: str, value: object) -> None:
    read = to_json(reader.read(text, Context(today=TODAY, form=form, asked=asked, language="nl")))[form]
    assert isinstance(read, dict)
    assert read[field] == value
    others = {"hours_per_week", "days_per_week", "rate", "end", "deadline"} - {field}
    assert not any(read.get(other) for other in others)


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("weet ik niet", True),
        ("maakt niet uit", True),
        ("geen idee", True),
        ("nog niet bekend", True),
        ("sla maar over", True),
        ("don't know", True),
        ("doesn't matter", True),
        ("32 uur", False),
        ("Utrecht", False),
    ],
)
def test_skipped(reader: Reader, text: str, skipped: bool) -> None:
    assert reader.read(text, Context(today=TODAY, form="lead", asked="hours_per_week")).skipped is skipped
    assert reader.read(text, Context(today=TODAY)).skipped is False


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("nee, 24 uur", True),
        ("toch pas 15 april", True),
        ("maak er 4 van", True),
        ("maak er 3 dagen van", True),
        ("oh wacht, 3 dagen", True),
        ("sorry, 32 uur bedoel ik", True),
        ("no wait, make it 3 days", True),
        ("make that 24 hours", True),
        ("tarief is 95 niet 105", True),
        ("32 uur i.p.v. 24", True),
        ("niet 1 maart maar 15 maart", True),
        ("vanaf 1 maart 3 dagen per week vrij", False),
        ("projectleider in Utrecht, 32 uur, niet fulltime", False),
    ],
)
def test_correction(reader: Reader, text: str, correction: bool) -> None:
    assert reader.read(text, Context(today=TODAY, form="availability")).correction is correction


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("31 februari", "impossible_date"),
        ("vanaf week 60", "impossible_date"),
        ("start 1 maart 2019", "past_date"),
        ("maandag 3 maart 2027", "weekday_mismatch"),
        ("120 uur per week", "absurd_hours"),
        ("10 dagen per week", "absurd_hours"),
        ("tarief 5 euro per uur", "absurd_rate"),
        ("5000 per uur", "absurd_rate"),
        ("dagtarief 9000", "absurd_rate"),
        ("projectleider in Zwolle, 32 uur, per 1 maart, max 95", None),
        ("klus van 200 uur in totaal", None),
    ],
)
def test_problem(reader: Reader, text: str, kind: str | None) -> None:
    meaning = reader.read(text, Context(today=TODAY, form="lead"))
    assert [problem.kind for problem in meaning.problems] == ([kind] if kind else [])
    assert all(problem.text in text for problem in meaning.problems)
