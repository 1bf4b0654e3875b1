"""Several things in one message: each is read by itself, and what is one thing stays one."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Context, Reader
from nlu.meaning import Meaning
from nlu.printing import to_json

HERE = Path(__file__).parent
CONTEXT = Context(date(2026, 11, 21))
FORMS = {"share_lead": "lead", "set_availability": "availability", "update_profile": "profile"}


@cache
def read(text: str) -> Meaning:
    return reader().read(text, CONTEXT)


@cache
def reader() -> Reader:
    return Reader()


def rows(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", rows("parts.yaml"), ids=lambda row: row["text"][:60])
def test_each_part_is_read(row: dict[str, Any]) -> None:
    said = read(row["text"]).parts
    expected = [next(iter(part.items())) for part in row["parts"]]
    assert [part.intent for part in said] == [intent for intent, _ in expected]
    assert [values(part, wanted) for part, (_, wanted) in zip(said, expected, strict=True)] == [
        wanted for _, wanted in expected
    ]


def values(part: Meaning, wanted: dict[str, Any]) -> dict[str, Any]:
    plain: Any = to_json(part)
    form = plain.get(FORMS.get(part.intent, ""), plain)
    return {name: form[name] for name in wanted}


@pytest.mark.parametrize("text", rows("whole.yaml"), ids=lambda text: text[:60])
def test_one_thing_stays_one(text: str) -> None:
    assert read(text).parts == ()


@pytest.mark.parametrize("row", rows("parts.yaml"), ids=lambda row: row["text"][:60])
def test_spans_of_parts_stand_in_the_whole_text(row: dict[str, Any]) -> None:
    for part in read(row["text"]).parts:
        assert part.confident
        assert [row["text"][span.start : span.end] for span in part.spans] == [s.text for s in part.spans]


def test_an_answer_may_hold_two_periods() -> None:
    said = reader().read("vanaf 1 mei 2 dagen en vanaf 1 juni 4", Context(CONTEXT.today, form="availability"))
    assert said.parts == ()  # "4" of what?
    said = reader().read(
        "vanaf 1 mei 2 dagen en vanaf 1 juni 4 dagen", Context(CONTEXT.today, form="availability")
    )
    assert len(said.parts) == 2


def test_who_forwards_is_not_who_is_away() -> None:
    text = "ik zit vol tot mei, wie wil deze: projectleider, gemeente Utrecht, 32 uur, max 105, vanaf 1 april"
    assert reader().read(text, Context(CONTEXT.today, forwarded=True)).parts == ()
