"""The vocabulary of each collective, kept ready for reading its messages.

What is kept is never older than the database: every change counts one up on the collective's own row, which each
turn reads and holds anyway, so processes stay in step without asking more.
"""

from typing import Any

from assistant.desk import Desk
from db import vocabulary
from nlu.vocabulary import NO_WORDS, Vocabulary, Word


class Vocabularies:
    """By collective: the version that was read last, and its words."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, Vocabulary]] = {}

    def of(self, desk: Desk) -> Vocabulary:
        """The words of the collective of this desk, to be asked before the turn changes any."""
        version = desk.collective.vocabulary_version
        if not version:
            return NO_WORDS
        kept = self._kept.get(desk.collective.id)
        if kept is None or kept[0] != version:
            kept = self._kept[desk.collective.id] = (version, _read(desk))
        return kept[1]


def _read(desk: Desk) -> Vocabulary:
    words = []
    for row in vocabulary.words(desk.session):
        kind: Any = row.kind
        words.append(Word(row.said, kind, row.meaning))
    return Vocabulary(tuple(words))
