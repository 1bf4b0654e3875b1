"""What is told with a statement: the books on paper, as a file."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Attached, Notice


@dataclass(frozen=True)
class StatementMade(Notice):
    """To a member, or who left, their own year; to who keeps the money, the year of the collective."""

    kind: Literal["own", "collective", "left"]
    collective: str
    year: int
    file: Attached

    @property
    def variant(self) -> str:
        """Whose year."""
        return self.kind

    @property
    def attached(self) -> Attached:
        """The statement."""
        return self.file


@dataclass(frozen=True)
class NoStatement(Notice):
    """There is nothing in the books of that year."""

    year: int
