"""What Seintje can do, each feature with the story that proves it, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "tests" / "stories"
TOP = """\
# What Seintje can do

Each line is a whole journey in chat, played word for word by `make test`.
Written by `make features`; a test keeps it true.

| what | language | rows | story |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Story:
    """The head of a story. `rows` are ids of the requirements it proves; `path` starts at the project."""

    title: str
    language: str
    rows: tuple[str, ...]
    path: str


class _Head(msgspec.Struct, frozen=True):
    title: str
    language: str
    rows: tuple[str, ...] = ()


def stories(folder: Path = STORIES) -> list[Story]:
    """Every story of a source tree, in order of its file; empty where no stories lie beside the code.

    Raises msgspec.ValidationError, naming the file, when a head misses its title or language.
    """
    return [_story(path, folder) for path in sorted(folder.glob("*.yaml"))]


def page(told: Sequence[Story]) -> str:
    """The stories as a Markdown page."""
    return TOP + "".join(_line(story) for story in told)


def _story(path: Path, folder: Path) -> Story:
    try:
        head = msgspec.yaml.decode(path.read_bytes(), type=_Head)
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(f"{path.name}: {error}") from error
    return Story(head.title, head.language, head.rows, f"tests/stories/{path.relative_to(folder)}")


def _line(story: Story) -> str:
    link = f"[{Path(story.path).name}](../{story.path})"
    return f"| {story.title} | {story.language} | {', '.join(story.rows)} | {link} |\n"
