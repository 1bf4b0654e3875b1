"""A lead goes out in small waves: a few members first, the next few only when it stays quiet.

Sources: mission rows A8 (an early chance goes to one to three best fits), B5 (urgent), B9 (one candidate at a
time is a wave of one), C5 (never to everyone), D14 (a named tip goes first, others only if that member
passes). Few people are asked at a time, because crowding frustrates and each needless push costs goodwill
(Manshadi & Rodilitz 2022; ReCon, RecSys 2023).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.rules.matching import Placed

Answer = Literal["yes", "no", "silent", "waiting"]
Wave = tuple[int, ...]

PLANNED = (
    12  # members planned at a time: of these, were one in five to say yes, nineteen leads in twenty find one
)
URGENT_DAYS = (
    5  # "ziek, maandag": a start within so many days cannot wait for the usual window (mission row B5)
)


@dataclass(frozen=True, slots=True)
class WavePolicy:
    """Members per wave and working hours to answer; starting values, each a setting of the collective.

    `max_live` is the most members that may be asked at one time, also when more are tipped by name.
    """

    size: int = 3
    window_hours: float = 4.0
    urgent_window_hours: float = 1.0
    rumour_window_hours: float = 48.0
    max_live: int = 6
    rumour_size: int = 3


def plan(
    placed: Sequence[Placed], tipped: Sequence[int], stage: str | None, policy: WavePolicy
) -> tuple[Wave, ...]:
    """The ids of the members to ask, wave after wave; nobody twice.

    Tipped members first, in a wave of their own. A guess never shares a wave with a better fit. A rumour goes
    to at most `rumour_size` members, tipped ones included, and never to a guess.
    """
    names = list(dict.fromkeys(tipped))
    others = [one for one in placed if one.member_id not in names]
    good = [one.member_id for one in others if one.band != "guess"]
    guesses = [one.member_id for one in others if one.band == "guess"]
    if stage == "rumour":
        names = names[: policy.rumour_size]
        best = good[: policy.rumour_size - len(names)]
        return (*_chunks(names, policy.max_live), *_chunks(best, policy.max_live))
    size = min(policy.size, policy.max_live)
    return (*_chunks(names, policy.max_live), *_chunks(good, size), *_chunks(guesses, size))


def window(stage: str | None, urgent: bool, policy: WavePolicy) -> float:  # noqa: FBT001 - a fact of the lead
    """Working hours that a wave has to answer. A rumour is never urgent."""
    if stage == "rumour":
        return policy.rumour_window_hours
    return policy.urgent_window_hours if urgent else policy.window_hours


def window_of_last(stage: str | None, policy: WavePolicy) -> float:
    """Working hours after which silence counts when nobody is left to ask: there is nobody to hurry for."""
    return window(stage, False, policy)  # noqa: FBT003 - not as an urgent one


def is_urgent(start: date | None, today: date, *, asap: bool) -> bool:
    """Whether the work is to begin at once or within days."""
    return asap or (start is not None and start <= today + timedelta(days=URGENT_DAYS))


def room_for(answers: Sequence[Answer], policy: WavePolicy) -> int:
    """How many more may be asked now: those who said yes or may still answer are candidates already."""
    return max(policy.max_live - sum(answer in ("yes", "waiting") for answer in answers), 0)


def may_open_next(answers: Sequence[Answer], window_over: bool) -> bool:  # noqa: FBT001 - a fact of the wave
    """Whether the next wave may go: nobody said yes, and nobody is still within their time to answer."""
    return "yes" not in answers and (window_over or "waiting" not in answers)


def _chunks(members: Sequence[int], size: int) -> list[Wave]:
    return [tuple(members[first : first + size]) for first in range(0, len(members), size)]
