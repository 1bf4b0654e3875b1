"""The main cards, word for word in both languages: `cards.yaml` holds a row for each."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from assistant import notices
from assistant.notices import Notice
from assistant.words import say

ROWS = yaml.safe_load((Path(__file__).parent / "cards.yaml").read_text())


def named(row: dict[str, Any]) -> str:
    return f"{row['notice']}: {row['about']}"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("row", ROWS, ids=named)
def test_card(row: dict[str, Any], language: str) -> None:
    kind: type[Notice] = getattr(notices, row["notice"])
    notice = msgspec.convert({"member_id": 1, **row["with"]}, kind)
    said = say(notice, language, "Europe/Amsterdam")

    assert said.text == row[language].strip()
    assert list(said.labels) == row.get(f"{language} buttons", [])
