"""What a lead is called."""

import pytest

from assistant.titles import title
from nlu.meaning import Lead

ROWS = [
    (Lead(roles=("projectleider",), place="Utrecht"), "projectleider in Utrecht", "projectleider in Utrecht"),
    (
        Lead(roles=("compliance officer",), remote="remote"),
        "compliance officer (op afstand)",
        "compliance officer (remote)",
    ),
    (
        Lead(roles=("jurist", "adviseur"), client="ASR", place="Goes"),
        "jurist bij ASR in Goes",
        "jurist at ASR in Goes",
    ),
    (
        Lead(roles=("tolk",), client="gemeente Goes", place="Goes"),
        "tolk bij gemeente Goes",
        "tolk at gemeente Goes",
    ),
    (Lead(roles=("tolk",), client="ASR", confidential=True), "tolk", "tolk"),
    (Lead(skills=("python",), remote="hybrid"), "python", "python"),
    (Lead(), "opdracht", "assignment"),
]


@pytest.mark.parametrize(("lead", "nl", "en"), ROWS)
def test_title(lead: Lead, nl: str, en: str) -> None:
    assert (title(lead, "nl"), title(lead, "en")) == (nl, en)
