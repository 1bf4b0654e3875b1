"""Who is free in which field of work, as counts for colleagues of other fields: from three up, never names.

Source: mission row A9 ("let bij je klant op: we hebben nu 3 vrije communicatiemensen").
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.rules.room import shown

MOST_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Worker:
    """A member with the fields of their roles and skills, and whether they have time in the coming weeks."""

    member_id: int
    fields: frozenset[str]
    is_free: bool


def free_by_field(workers: Sequence[Worker]) -> Mapping[str, int]:
    """How many are free in each field; fields with fewer than three are left out."""
    counts = Counter(field for worker in workers if worker.is_free for field in worker.fields)
    return {field: count for field, count in counts.items() if shown(count) is not None}


def for_colleague(free: Mapping[str, int], own: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """What to tell somebody: the fields that are not their own, most free people first; three at most."""
    others = [(field, count) for field, count in free.items() if field not in own]
    return tuple(sorted(others, key=lambda pair: (-pair[1], pair[0]))[:MOST_FIELDS])
