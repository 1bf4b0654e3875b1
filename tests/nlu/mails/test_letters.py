"""The head, greeting, signature and small print of a mail: they say who wrote it, and nothing of the work."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Context, Reader
from tests.nlu.names.reading import plain

FILE = Path(__file__).parent / "letters.yaml"
FIELDS = ("roles", "skills", "place", "client", "stage", "contact", "confidential")
ROWS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["rows"]
READER = Reader()


@pytest.mark.parametrize("row", ROWS, ids=[row["title"] for row in ROWS])
def test_letter(row: dict[str, Any]) -> None:
    meaning = READER.read(row["text"], Context(today=date(2026, 11, 21), form="lead"))
    read = {field: _plain(getattr(meaning.lead, field)) for field in FIELDS}
    assert {field: value for field, value in read.items() if value} == row["lead"]
    assert list(meaning.people) == row.get("people", [])


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else plain(value)


def test_the_days_of_a_letter_are_no_problem() -> None:
    text = "Sent: Monday 16 November\nwe need a tester"
    assert READER.read(text, Context(today=date(2026, 11, 21))).problems == ()
