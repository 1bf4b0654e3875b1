"""That somebody has little work shows nowhere: the same story is played with and without it, and compared."""

import logging
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.stories.playing import Player

TESTER = {"roles": ["tester"], "place": "Utrecht", "from": date(2026, 11, 1), "hours": 32}
MEMBERS = {
    "mieke": {"roles": ["communicatieadviseur"], "place": "Amersfoort"},
    "greet": {"roles": ["boekhouder"], "place": "Zwolle", "coordinator": True},
    "anna": TESTER,
    "bram": TESTER,
    "cas": TESTER,
}
Lines = list[dict[str, Any]]
LEAD: Lines = [
    {"mieke": "zoek een tester in Utrecht, 24 uur per week, start 1 december"},
    {"mieke presses": "Klopt"},
    {"at": "2026-11-23T09:30"},
]
TO_ALL: Lines = [
    *LEAD,
    {"anna presses": "Waarom ik"},
    {"cas presses": "Waarom ik"},
    {"cas presses": "Interesse"},
    {"anna presses": "Interesse"},
    {"mieke": "stand van mijn leads"},
    {"greet": "stand van mijn leads"},
    {"greet": "hoe eerlijk verdelen we?"},
    {"greet": "wat missen we?"},
    {"mieke presses": "Nog geen keuze"},
    {"at": "2026-11-26T12:00"},
    {"mieke presses": "Stel Cas"},
    {"at": "2027-01-12T12:00"},
]
ONE_BY_ONE: Lines = [*LEAD, {"at": "2026-11-23T18:00"}, {"at": "2026-11-26T12:00"}]
NAMES = re.compile(r"\b(?:Anna|Bram|Cas)\b")
MOMENTS = re.compile(r"\b(?:ma|di|wo|do|vr) \d+ \w+ \d\d:\d\d")


class Played:
    """A story about somebody: what everybody else got to read, what anybody got, and what was logged."""

    def __init__(
        self,
        who: str,
        opening: Lines,
        story: Lines,
        url: str,
        caplog: pytest.LogCaptureFixture,
        **policy: int,
    ) -> None:
        caplog.clear()
        script = {"language": "nl", "members": MEMBERS, "policy": policy, "story": story}
        told = Player(script, url).play([*opening, *story])
        lines = [next(iter(line.items())) for line in told[told.index(story[0]) :]]
        read = [(to, str(text)) for to, text in lines if to.startswith(("to ", "edit to "))]
        self.by_others = sorted((to, text) for to, text in read if who not in to)
        self.pushed = [to for to, text in read if "Iets voor jou" in text]
        self.kinds = {MOMENTS.sub("*", NAMES.sub("#", text)) for _to, text in read}
        self.log = caplog.text


@pytest.fixture
def urls(sqlite_template: Path, tmp_path: Path) -> list[str]:
    """Two fresh databases."""
    return [f"sqlite:///{shutil.copy(sqlite_template, tmp_path / name)}" for name in ("quiet.db", "busy.db")]


def quiet_and_busy(
    who: str, story: Lines, urls: list[str], caplog: pytest.LogCaptureFixture, **policy: int
) -> tuple[Played, Played]:
    caplog.set_level(logging.DEBUG)
    says_so = [{who: "het is rustig bij mij"}, {f"{who} presses": "Ja, onthoud"}]
    quiet = Played(who, says_so, story, urls[0], caplog, **policy)
    return quiet, Played(who, [{who: "hallo"}], story, urls[1], caplog, **policy)


def test_nobody_else_reads_a_different_word(urls: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """All three testers are asked at once, so nothing at all may differ."""
    quiet, busy = quiet_and_busy("cas", TO_ALL, urls, caplog)

    assert quiet.by_others == busy.by_others
    assert quiet.kinds == busy.kinds
    assert len(quiet.by_others) > 10
    assert quiet.log == busy.log


def test_where_the_turn_changes_only_the_order_does(
    urls: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Asked one by one, Cas comes before Bram; what is said to whoever is asked is the same."""
    quiet, busy = quiet_and_busy("cas", ONE_BY_ONE, urls, caplog, wave_size=1)

    assert quiet.pushed == ["to cas", "to bram", "to anna"]
    assert busy.pushed == ["to bram", "to cas", "to anna"]
    assert quiet.kinds == busy.kinds
    assert quiet.log == busy.log
