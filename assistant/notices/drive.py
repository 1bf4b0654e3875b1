"""What is told about what gives a member energy."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class DriveAsked(Notice):
    """To who said yes: who chooses would like to know. `words`: what they told before and do not show yet."""

    title: str
    words: str | None = None

    @property
    def variant(self) -> str:
        """Whether it is still to be told."""
        return "told" if self.words else "new"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Tell or show it, or rather not."""
        first = (
            Choice("drive_show", do.ShareDrive(shown=True))
            if self.words
            else Choice("drive_tell", do.AskDriveWords())
        )
        return first, Choice("drive_rather_not", do.Pleasantry("deny"))


@dataclass(frozen=True)
class DriveAsking(Notice):
    """To who chooses: so many are asked now; 0: all were before. Not answering says nothing of anybody."""

    asked: int

    @property
    def variant(self) -> str:
        """Whether there was anybody to ask."""
        return "some" if self.asked else "none"


@dataclass(frozen=True)
class DriveWordsAsked(Notice):
    """Say it in your own words."""


@dataclass(frozen=True)
class DriveKept(Notice):
    """Kept as it was said. May who chooses see it?"""

    words: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """With a yes of mine, or for me alone."""
        return (
            Choice("drive_show", do.ShareDrive(shown=True)),
            Choice("drive_hide", do.ShareDrive(shown=False)),
        )


@dataclass(frozen=True)
class DriveShared(Notice):
    """Noted who may see it."""

    shown: bool

    @property
    def variant(self) -> str:
        """Who chooses, or nobody."""
        return "shown" if self.shown else "hidden"


@dataclass(frozen=True)
class DriveTold(Notice):
    """What is kept of it, who sees it, and how to say, change or remove it. None: nothing."""

    words: str | None
    shown: bool = False

    @property
    def variant(self) -> str:
        """Nothing, or shown to whom."""
        return "none" if self.words is None else "shown" if self.shown else "hidden"


@dataclass(frozen=True)
class DriveForgotten(Notice):
    """It is gone."""
