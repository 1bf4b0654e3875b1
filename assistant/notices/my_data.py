"""What is told of what is kept: "mijn gegevens"."""

from dataclasses import dataclass
from datetime import date

from assistant.notices.base import Attached, Notice
from assistant.rules.availability import Period
from nlu.meaning import Profile


@dataclass(frozen=True, slots=True)
class LookupLine:
    """Somebody with a role looked at a list or report; `named`: at something about this member, not at counts."""

    by: str
    what: str
    on: date
    named: bool


@dataclass(frozen=True)
class MyData(Notice):
    """Everything that is kept of you in short, who looked at it, and a file with all of it."""

    collective: str
    profile: Profile
    periods: tuple[Period, ...]
    addresses: tuple[tuple[str, str | None], ...]  # channel and public name
    shared: int
    offered: int
    introductions: int
    lookups: tuple[LookupLine, ...]
    file: Attached

    @property
    def attached(self) -> Attached:
        """All of it, for people and programs."""
        return self.file


@dataclass(frozen=True)
class TakenAlong(Notice):
    """To who leaves or left: a file with all that is still kept."""

    collective: str
    file: Attached

    @property
    def attached(self) -> Attached:
        """All of it."""
        return self.file
