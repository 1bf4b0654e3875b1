"""Whole journeys, word for word. After a change of words: `python -m tests.stories.write`, then read the difference."""

from pathlib import Path

import pytest

from tests.stories.playing import Player, load, stories


@pytest.mark.parametrize("path", stories(), ids=lambda path: path.stem)
def test_story(path: Path, sqlite_url: str) -> None:
    script = load(path)

    assert Player(script, sqlite_url).play(script["story"]) == script["story"]


def test_there_are_stories() -> None:
    assert len(stories()) > 20
