"""Every reason and doubt, word for word: `reasons.yaml` holds a row for each."""

from pathlib import Path
from typing import get_args

import pytest
import yaml

from assistant.rules.matching import Reason, ReasonKind
from assistant.words import blocks
from assistant.words.texts import load

ROWS = yaml.safe_load((Path(__file__).parent / "reasons.yaml").read_text())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["kind"])
@pytest.mark.parametrize("about", ["you", "them"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_reason(row: dict[str, str], about: str, language: str) -> None:
    reason = Reason(row["kind"], tuple(row["facts"]))  # type: ignore[arg-type] # the next test guards the kinds

    assert blocks.reasons((reason,), load(language), about=about) == row[f"{language} {about}"]


def test_every_kind_has_a_row() -> None:
    assert {row["kind"] for row in ROWS} == set(get_args(ReasonKind))


def test_a_reason_of_long_ago_is_left_out() -> None:
    old = Reason("horoscope")  # type: ignore[arg-type] # what an old row in the database may hold

    assert blocks.reasons((old, Reason("free_now")), load("nl")) == "Je bent nu vrij"
