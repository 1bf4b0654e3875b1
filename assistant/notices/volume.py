"""What is told about how much one hears, and when."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class VolumeAsked(Notice):
    """How much do you want to hear? Now it is `volume`."""

    volume: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All of it, what fits, the digest, or nothing for a while."""
        return (
            Choice("volume.all", do.SetVolume("all")),
            Choice("volume.fitting", do.SetVolume("fitting")),
            Choice("volume.digest", do.SetVolume("digest")),
            Choice("volume.quiet", do.Pause()),
        )


@dataclass(frozen=True)
class VolumeSet(Notice):
    """So much you hear from now on."""

    volume: Literal["all", "fitting", "digest"]
    change_id: int

    @property
    def variant(self) -> str:
        """Per volume."""
        return self.volume

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class DigestSet(Notice):
    """When your weekly digest comes: `weekday` 0 is Monday; `hour` None is the usual one."""

    weekday: Literal[0, 1, 2, 3, 4, 5, 6]
    hour: int | None = None


@dataclass(frozen=True)
class ZoneSet(Notice):
    """Quiet hours follow your clock from now on; or this is no zone I know."""

    zone: str
    known: bool = True

    @property
    def variant(self) -> str:
        """Set, or unknown."""
        return "known" if self.known else "unknown"
