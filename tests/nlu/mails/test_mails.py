"""Whole messages as people forward them: the right date and amount among many; signatures and headers add nothing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Context, Reader
from nlu.printing import to_json

FILE = Path(__file__).parent / "mails.yaml"
OURS = {"hours_per_week", "days_per_week", "rate", "start", "end", "duration_months", "deadline", "headcount"}


def mails() -> list[Any]:
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [pytest.param(mail["today"], mail["text"], mail["lead"], id=mail["title"]) for mail in read]


@pytest.mark.parametrize(("today", "text", "lead"), mails())
def test_mail(today: Any, text: str, lead: dict[str, Any]) -> None:
    read = to_json(Reader().read(text, Context(today=today, form="lead", forwarded=True)))["lead"]
    assert isinstance(read, dict)
    assert {field: value for field, value in read.items() if field in OURS and value is not None} == lead
