"""Whatever people say or press, in whatever order: always an answer, never an apology, nothing to the wrong one."""

from tests.stories.monkey import play


def test_a_crowd_without_sense(sqlite_url: str) -> None:
    played = play(sqlite_url, steps=300, seed=4)

    assert played.wrong == []
    assert played.pushes > 0  # else the crowd did nothing worth watching
    assert played.introductions > 0
