"""The score table counts what it says: right, wrong, invented and missed are four different things."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nlu import Reader
from nlu.evaluation import LabelError, Scores, Tally, _compare, evaluate, read_labels, table

FILE = Path(__file__).parent / "labelled.jsonl"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def scores() -> Scores:
    return evaluate(Reader(), read_labels(FILE.read_text(encoding="utf-8").splitlines(), TODAY))


def test_every_message_is_counted_once(scores: Scores) -> None:
    assert (scores.messages, scores.right_intents) == (5, 4)  # the last line is labelled wrongly on purpose
    assert (scores.forms, scores.whole_forms) == (4, 2)


@pytest.mark.parametrize(
    ("name", "tally"),
    [
        ("lead.roles", Tally(right=2, wrong=1)),
        ("lead.place", Tally(right=1, invented=1)),
        ("lead.rate", Tally(right=1, missed=1)),
        ("availability.start", Tally(right=1)),
        ("lead.client", Tally()),
    ],
)
def test_a_field_is_counted(name: str, tally: Tally, scores: Scores) -> None:
    assert scores.fields[name] == tally


def test_the_headline_is_all_but_skills(scores: Scores) -> None:
    assert scores.headline == Tally(right=9, wrong=1, invented=1, missed=1)
    assert scores.headline.f1 == pytest.approx(18 / 22)
    assert scores.invented_share == pytest.approx(1 / 11)
    assert "intent right              0.800 of 5" in table(scores)


@pytest.mark.parametrize(
    ("name", "gold", "accept", "read", "tally"),
    [
        ("place", "Den Haag", (), "den haag", Tally(right=1)),
        ("place", "gemeente Hoorn", (), "Hoorn", Tally(right=1)),
        ("place", None, ("Hoorn",), "Hoorn", Tally()),
        ("place", None, (), "Hoorn", Tally(invented=1)),
        ("place", "Hoorn", (None,), None, Tally(right=1)),
        ("roles", ["tester", "jurist"], (), ["jurist", "software tester"], Tally(right=1)),
        ("roles", ["tester", "jurist"], (), ["jurist"], Tally(wrong=1)),
        ("weekdays", ["mon", "tue"], (), ["tue", "mon"], Tally(right=1)),
        ("rate", {"min": 80, "max": 80, "unit": "hour"}, (), {"min": 80, "max": 80, "unit": "day"}, Tally(wrong=1)),
        ("contact", {"name": "Jan"}, (), {"name": "Jan Bakker", "phone": None}, Tally(right=1)),
        ("hours_per_week", [32, 32], (), [None, None], Tally(missed=1)),
        ("low_work", None, (), False, Tally()),
    ],
)  # fmt: skip
def test_values_are_compared(name: str, gold: Any, accept: tuple[Any, ...], read: Any, tally: Tally) -> None:
    assert _compare(name, gold, accept, read) == tally


@pytest.mark.parametrize(
    "line", ["{}", "no json", '{"text": "hoi"}', "[]", '{"text": 1, "intent": "x", "gold": 3}']
)
def test_a_line_that_is_no_label_is_named(line: str) -> None:
    with pytest.raises(LabelError, match="line 2"):
        list(read_labels(['{"text": "hoi", "intent": "greeting", "gold": {}}', line], TODAY))
