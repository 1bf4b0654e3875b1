"""Whom to ask for somebody outside the group, when nobody inside fits.

Source: mission row C5 (quality first: nobody inside is chosen for being inside). A few only, those whose own work
lies nearest: they know people of that trade. Having no time does not matter here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

MOST = 3
SAME_FIELD = 0.3  # another trade in the same field of work
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Knower:
    """A member who may know somebody. `closeness` of their own work to what is asked, 0 to 1; `last_asked` in UTC."""

    member_id: int
    closeness: float
    last_asked: datetime | None = None


def whom_to_ask(people: Iterable[Knower], most: int = MOST) -> tuple[int, ...]:
    """The ids of those to ask, nearest field first, then who was asked longest ago; nobody whose field is far."""
    near = [each for each in people if each.closeness > 0]
    near.sort(key=lambda each: (-each.closeness, each.last_asked or _NEVER, each.member_id))
    return tuple(each.member_id for each in near[:most])
