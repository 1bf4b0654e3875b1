"""One decision about whom to ask, from what it was made of: written down, and made again to see that it was so.

Source: the duty to keep a log of each decision and to give reasons on request (AI Act articles 12 and 86). What
does not count is not kept: of a rate only on which side of the budget it lies, of somebody's own words only the
sentence that is quoted, of the turn only the order, never who said to have little work (mission row C11).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from msgspec import structs

from assistant.rules import reasons
from assistant.rules.matching import (
    RULE_VERSION,
    Fit,
    Placed,
    Ranked,
    explain,
    may_be_tipped,
    order,
    turn_of,
    weigh,
)
from assistant.rules.values import Candidate, Wanted
from assistant.rules.waves import PLANNED, Wave, WavePolicy, plan

Replayed = Literal["same", "different", "other_rules"]
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # any moment will do: only their order counts


@dataclass(frozen=True, slots=True)
class Question:
    """All that a ranking is made of. `tipped` are the members named by a colleague; `seed` is that of the draw."""

    wanted: Wanted
    candidates: tuple[Candidate, ...]
    tipped: tuple[int, ...]
    today: date
    seed: int
    policy: WavePolicy


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everybody who may be asked, and who is in which wave. `fits` has everybody in a wave, in that order."""

    placed: tuple[Placed, ...]
    waves: tuple[Wave, ...]
    fits: Mapping[int, Fit]


@dataclass(frozen=True, slots=True)
class Record:
    """What the log keeps: the question, and what came of it. `ranked` has everybody in a wave, in that order."""

    question: Question
    ranked: tuple[Ranked, ...]
    waves: tuple[Wave, ...]


def decide(question: Question) -> Outcome:
    """Put who passes the gates in order, and the first of them in waves. The same question has the same answer."""
    asked, today = question.wanted, question.today
    ordered = order(asked, question.candidates, today, question.seed)
    placed = tuple([Placed(one.candidate.member_id, one.band) for one in ordered])
    known = {one.member_id: one for one in question.candidates}
    names = [name for name in question.tipped if name in known and may_be_tipped(asked, known[name], today)]
    planned = max(PLANNED, question.policy.size)
    waves = plan(placed[:planned], names, asked.stage, question.policy)
    weighed = {one.candidate.member_id: one for one in ordered}
    fits = {
        name: explain(asked, weighed.get(name) or weigh(asked, known[name], today), today)
        for wave in waves
        for name in wave
    }
    return Outcome(placed, waves, fits)


def record(question: Question) -> Record:
    """The question without what does not count, and its answer."""
    bare = replace(
        question, candidates=tuple(_bare(one, question.wanted) for one in _in_order(question.candidates))
    )
    found = decide(bare)
    return Record(bare, _ranked(found), found.waves)


def replay(kept: Record, rule_version: str) -> Replayed:
    """Whether the rules of today decide the same; of older rules nobody can say."""
    if rule_version != RULE_VERSION:
        return "other_rules"
    found = decide(kept.question)
    return "same" if (_ranked(found), found.waves) == (kept.ranked, kept.waves) else "different"


def _ranked(found: Outcome) -> tuple[Ranked, ...]:
    return tuple(Ranked(name, its_fit) for name, its_fit in found.fits.items())


def _in_order(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The same turn without what it was made of: a moment for each place in the row, equal ones for equal turns."""
    keys = sorted({turn_of(one) for one in candidates})
    places = {key: _FIRST + timedelta(days=number) for number, key in enumerate(keys)}
    return tuple(structs.replace(one, low_work=False, last_asked=places[turn_of(one)]) for one in candidates)


def _bare(candidate: Candidate, wanted: Wanted) -> Candidate:
    budget, rate = wanted.rate_cents_max, candidate.rate_cents
    side = None if budget is None or rate is None else min(max(rate, budget), budget + 1)
    quote = reasons.own_sentence(wanted, candidate) or ""
    return structs.replace(candidate, rate_cents=side, own_words=quote)
