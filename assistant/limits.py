"""Limits: how fast one sender may go before Seintje asks for patience. Kept in memory: another process keeps its own.

Only for channels that anybody can write to. Who goes on gets no answer for a while, so that a flood costs next to
nothing, and is told once that what they send meanwhile is not read.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

OPEN_TO_ALL = frozenset({"telegram", "whatsapp"})
MOST_KEPT = 10_000  # senders; of those who are not in a hurry nothing has to be kept

Verdict = Literal["go", "say", "skip"]


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` at once, then one every `every_s` seconds."""

    burst: int
    every_s: float


MESSAGES = Pace(burst=60, every_s=1.0)  # sixty forwarded at once is much, and still read
CODES = Pace(burst=10, every_s=600.0)  # tries of an invitation; a code has 96 random bits besides
STRANGERS = Pace(burst=3, every_s=3600.0)  # who cannot come in yet is told so, and not thirteen times


class Limits:
    """A token bucket for each sender."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._booked: dict[
            str, tuple[float, bool]
        ] = {}  # until when places are taken, and whether that was said

    def take(self, sender: str, now: datetime) -> Verdict:
        """A place for one more: "go"; none left: "say" so the first time, and "skip" what follows."""
        at = now.timestamp()
        until, said = self._booked.get(sender, (at, False))
        if until - at > self._pace.burst * self._pace.every_s:
            until = at  # never booked so far ahead: the clock was set back, and nobody is to wait for that
        until = max(until, at)
        if until - at > (self._pace.burst - 1) * self._pace.every_s:
            self._booked[sender] = (until, True)
            return "skip" if said else "say"
        if len(self._booked) >= MOST_KEPT:
            self._booked = {who: kept for who, kept in self._booked.items() if kept[0] > at}
        self._booked[sender] = (until + self._pace.every_s, False)
        return "go"
