"""What a group lacks: skills and roles that were asked, and that no member has.

Source: mission row A20 ("9 leads zonder kandidaat, 5 keer data-analist"). Counts of leads, never of people.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What one lead asked, in canonical terms, and whether anybody could be asked for it."""

    terms: frozenset[str]
    had_candidate: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """`leads` that were told, those `without` a candidate, and what nobody has: pairs of a term and how often asked."""

    leads: int
    without: int
    terms: tuple[tuple[str, int], ...]


def missing(leads: Sequence[Asked], present: Collection[str]) -> Missing:
    """Most asked first, then by name; a handful."""
    counts = Counter(term for lead in leads for term in lead.terms if term not in present)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    without = sum(not lead.had_candidate for lead in leads)
    return Missing(len(leads), without, tuple(ranked[:MOST_SHOWN]))
