"""What Seintje asks by itself: are you still free, when does the job end."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.notices.base import Choice, Notice
from assistant.rules.availability import Period
from dialogs import commands as do
from nlu.meaning import Availability


@dataclass(frozen=True)
class AvailabilityCheck(Notice):
    """Does this still hold? Before we rely on what was said long ago ("stale"), or at the moment you chose."""

    why: Literal["stale", "weekly"]
    periods: tuple[Period, ...]

    @property
    def variant(self) -> str:
        """Each says why we ask."""
        return self.why

    @property
    def awaited(self) -> bool:
        """The weekly one comes when the member wants it."""
        return self.why == "weekly"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It holds, it is different, I am full; and not to be asked weekly."""
        holds = (Choice("still_holds", do.KeepAvailability()),) if self.periods else ()
        full = Choice("now_full", do.SetAvailability(Availability(status="full", now=True)))
        stop = (Choice("stop_asking", do.StopAsking()),) if self.why == "weekly" else ()
        key = "say_availability" if self.periods else "tell_availability"
        return (*holds, Choice(key, do.AskAvailability()), full, *stop)


@dataclass(frozen=True)
class AvailabilityKept(Notice):
    """Thank you, it still holds: this is how it stands."""

    periods: tuple[Period, ...]


@dataclass(frozen=True)
class RhythmSet(Notice):
    """I ask every week at this moment, for the first time `first`."""

    first: datetime

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Not any more."""
        return (Choice("stop_asking", do.StopAsking()),)


@dataclass(frozen=True)
class AskRhythmMoment(Notice):
    """On which day, and at what time?"""


@dataclass(frozen=True)
class RhythmStopped(Notice):
    """I do not ask every week any more (`was_on`), or was not asking."""

    was_on: bool

    @property
    def variant(self) -> str:
        """Something stopped, or there was nothing to stop."""
        return "stopped" if self.was_on else "nothing"


def _free_from(day: date) -> tuple[Choice, ...]:
    """Free from this day, not yet, or something else."""
    free = do.SetAvailability(Availability(status="free", start=day))
    return (
        Choice("free_then", free),
        Choice("not_free_then", do.Pleasantry("deny")),
        Choice("say_availability", do.AskAvailability()),
    )


@dataclass(frozen=True)
class BusyEnds(Notice):
    """You said to be full up to and including `last`: free from `then`?"""

    last: date
    then: date

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Free from then, not, or something else."""
        return _free_from(self.then)


@dataclass(frozen=True)
class AssignmentEnds(Notice):
    """Your assignment ends on `last`, in a month: free from `then`? And whom do you know from before?"""

    title: str
    last: date
    then: date

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Free from then, not, or something else."""
        return _free_from(self.then)
