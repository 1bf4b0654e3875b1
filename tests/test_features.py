"""The page of features says what the stories prove."""

from pathlib import Path

import msgspec
import pytest

from assistant.features import ROOT, Story, page, stories

HEADS = [
    # the file's text, and what is read from it
    ("title: Vrij zijn\nlanguage: nl\nrows: [A1, D14]\nstory: []\n", ("Vrij zijn", "nl", ("A1", "D14"))),
    ("title: Being free\nlanguage: en\n", ("Being free", "en", ())),
]


@pytest.mark.parametrize(("text", "head"), HEADS)
def test_a_head_is_read(text: str, head: tuple[str, str, tuple[str, ...]], tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text)

    assert stories(tmp_path) == [Story(*head, path="tests/stories/x.yaml")]


def test_a_story_without_title_is_named(tmp_path: Path) -> None:
    (tmp_path / "nameless.yaml").write_text("language: nl\n")

    with pytest.raises(msgspec.ValidationError, match=r"nameless\.yaml"):
        stories(tmp_path)


def test_no_stories_beside_the_code_is_an_empty_page(tmp_path: Path) -> None:
    assert stories(tmp_path / "nowhere") == []


def test_docs_features_is_in_step() -> None:
    written = (ROOT / "docs" / "features.md").read_text()

    assert written == page(stories()), "run: make features"
