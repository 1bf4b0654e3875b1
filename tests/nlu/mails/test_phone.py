"""Messages as they are typed on a phone: every field that was stated, and no other, all at once."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Context, Reader
from nlu.printing import to_json

ROWS: list[dict[str, Any]] = [
    row
    for path in sorted(Path(__file__).parent.glob("phone*.yaml"))
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))
]
INTENT = {"lead": "share_lead", "availability": "set_availability"}
BESIDE = frozenset({"skills", "must", "confidential", "tentative"})  # each has a table of its own


@cache
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_all_fields_of_a_message(row: dict[str, Any]) -> None:
    (form,) = row.keys() - {"text"}
    meaning = reader().read(row["text"], Context(date(2026, 11, 21)))
    read: Any = to_json(meaning)[form] or {}
    stated = {name: _stated(value) for name, value in read.items() if name not in BESIDE and value}
    assert (meaning.intent, stated) == (INTENT[form], row[form])


def _stated(value: Any) -> Any:
    """A contact without the ways to reach it that nobody gave; a rate without its VAT note."""
    if isinstance(value, dict) and "email" in value:
        return {name: each for name, each in value.items() if each is not None}
    return {name: each for name, each in value.items() if name != "vat"} if isinstance(value, dict) else value
