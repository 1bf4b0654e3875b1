"""Every expression in the YAML files beside this one means what its file says: a new one costs one line.

A file is named after a form and a field. `means` lists a value and the ways to say it; `never` lists what must leave the
field empty; `today` is the day on which all is read, and a row of `means` may have its own.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Context, Reader
from nlu.printing import to_json

FOLDER = Path(__file__).parent


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        form, field, *_ = path.name.split(".")
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [
            (row.get("today", file["today"]), row["value"], text)
            for row in file["means"]
            for text in row["says"]
        ]
        rows += [(file["today"], None, text) for text in file["never"]]
        for today, value, text in rows:
            found.append(pytest.param(form, field, today, text, value, id=f"{form}.{field}: {text}"))
    assert found
    return found


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("form", "field", "today", "text", "value"), cases())
def test_expression(reader: Reader, form: Any, field: str, today: date, text: str, value: object) -> None:
    meaning = to_json(reader.read(text, Context(today=today, form=form)))
    read = meaning[form]
    assert isinstance(read, dict)
    assert plain(_of_interest(read[field], value) or None) == plain(value)


def _of_interest(read: Any, value: object) -> Any:
    """Of a rate only the parts that the row speaks of."""
    return {key: read.get(key) for key in value} if isinstance(value, dict) and read else read


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
