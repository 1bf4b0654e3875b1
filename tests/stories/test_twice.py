"""The clock may come by twice at one moment, as after a restart: whatever it had to say is not said again."""

from pathlib import Path
from typing import Any

import pytest

from tests.stories.playing import FOLDER, Player, load

NAMES = ("room", "spotting", "fairness", "weekly", "ends", "fresh", "outside", "midway", "undecided")
TOLD_BY_THE_CLOCK = [FOLDER / f"{name}.nl.yaml" for name in NAMES]


def twice(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every move of the clock done again at the same moment, after what it led to."""
    doubled: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for line in lines:
        if waiting and not next(iter(line)).startswith(("to ", "edit to ")):
            doubled += waiting
            waiting = []
        doubled.append(line)
        if "at" in line:
            waiting = [line]
    return doubled + waiting


@pytest.mark.parametrize("path", TOLD_BY_THE_CLOCK, ids=lambda path: path.stem)
def test_what_the_clock_did_is_not_done_again(path: Path, sqlite_url: str) -> None:
    script = load(path)
    doubled = twice(script["story"])

    assert len([line for line in doubled if "at" in line]) % 2 == 0
    assert Player(script, sqlite_url).play(doubled) == doubled
