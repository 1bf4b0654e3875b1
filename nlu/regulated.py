"""Professions that nobody may practise without being in a register (mission row D4); which ones is data."""

from functools import cache

from nlu import taxonomy
from nlu.lexicon import lists


def is_regulated(role: str) -> bool:
    """Whether this kind of work, in whatever spelling, needs an entry in a public register."""
    return taxonomy.canonical(role) in _terms()


@cache
def _terms() -> frozenset[str]:
    return frozenset(taxonomy.canonical(term) for names in lists("regulated").values() for term in names)
