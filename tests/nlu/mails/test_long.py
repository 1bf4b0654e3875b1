"""Long texts as members forward them: every value of the work, and nothing from the parts that are about something else."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Context, Reader
from nlu.meaning import Meaning
from nlu.printing import to_json

FILE = Path(__file__).with_name("long.yaml")
ROWS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
IN_EACH = pytest.mark.parametrize("row", ROWS, ids=[row["title"] for row in ROWS])


@cache
def reader() -> Reader:
    return Reader()


@cache
def read(text: str) -> Meaning:
    return reader().read(text, Context(date(2026, 11, 21), forwarded=True))


@IN_EACH
def test_long_text(row: dict[str, Any]) -> None:
    lead: Any = to_json(read(row["text"]))["lead"]
    stated = {
        name: _stated(value) for name, value in lead.items() if name not in {"skills", "tentative"} and value
    }
    assert stated == row["lead"]


def _stated(value: Any) -> Any:
    """A contact without the ways to reach it that nobody gave; a rate without its VAT note, which has a table of its own."""
    if isinstance(value, dict) and "currency" in value:
        return {name: each for name, each in value.items() if name != "vat"}
    if isinstance(value, dict) and "email" in value:
        return {name: each for name, each in value.items() if each is not None}
    return value


@IN_EACH
def test_is_one_lead_without_problems(row: dict[str, Any]) -> None:
    meaning = read(row["text"])
    assert (meaning.intent, meaning.confident, meaning.parts, meaning.problems) == (
        "share_lead",
        True,
        (),
        (),
    )


@IN_EACH
def test_spans_stand_in_the_text_as_it_was_sent(row: dict[str, Any]) -> None:
    text = row["text"]
    assert all(text[span.start : span.end] == span.text != "" for span in read(text).spans)


def test_a_text_that_fills_twenty_thousand_characters_is_read_the_same() -> None:
    row = ROWS[0]
    blurb = "Wij zijn een bureau met hart voor mensen en werken al jaren met plezier aan mooie projecten. "
    text = f"{row['text']}\n\n{blurb * 250}"[:20_000]
    assert to_json(read(text))["lead"] == to_json(read(row["text"]))["lead"]
