"""What is told about the words a collective taught."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.notices.base import Choice, Notice
from dialogs import commands as do
from nlu.vocabulary import WordKind

FORGETTABLE = 6  # words with a button to remove them; any other can be named


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word the collective taught, by whom (None: somebody who is forgotten) and on which day."""

    word: str
    kind: WordKind
    meaning: str
    by: str | None
    on: date


@dataclass(frozen=True)
class VocabularyShown(Notice):
    """The words this collective taught. Coordinators see all of them, and can remove one; others no clients.

    `total` counts more than are shown when there are very many.
    """

    words: tuple[KnownWord, ...]
    total: int
    coordinator: bool

    @property
    def choices(self) -> tuple[Choice, ...]:
        """To forget one: the last taught."""
        if not self.coordinator:
            return ()
        newest = sorted(self.words, key=lambda word: word.on, reverse=True)[:FORGETTABLE]
        return tuple(Choice("forget_word", do.ForgetWord(each.word), each.word) for each in newest)

    @property
    def variant(self) -> str:
        """Nothing was taught yet, or this."""
        return "words" if self.words else "empty"


@dataclass(frozen=True)
class WordTaught(Notice):
    """From now on this word is read so by everybody in the collective. `before`: what it was read as until now."""

    word: str
    meaning: str
    kind: WordKind
    change_id: int
    before: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class WordKindAsked(Notice):
    """Is that a role, a skill or a client?"""

    word: str
    meaning: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One of the three."""
        kinds: tuple[WordKind, ...] = ("role", "skill", "client")
        return tuple(Choice(f"word.{kind}", do.TeachWord(self.word, self.meaning, kind)) for kind in kinds)


@dataclass(frozen=True)
class WordRefused(Notice):
    """This word could be anything, so it is not learned."""

    word: str
    why: Literal["everyday", "name", "place", "unreadable"]

    @property
    def variant(self) -> str:
        """Each has its own reason."""
        return self.why


@dataclass(frozen=True)
class WordForgotten(Notice):
    """This word is no longer in the vocabulary."""

    word: str


@dataclass(frozen=True)
class WordUnknown(Notice):
    """This word is not in the vocabulary."""

    word: str


@dataclass(frozen=True)
class WordNotYours(Notice):
    """Only the coordinator, or who taught it, can remove this word."""

    word: str


@dataclass(frozen=True)
class CorrectionsAsked(Notice):
    """May I keep messages that I read wrongly, without names and numbers, to learn from?"""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no."""
        return (
            Choice("corrections.allow", do.AllowCorrections(allowed=True)),
            Choice("corrections.refuse", do.AllowCorrections(allowed=False)),
        )


@dataclass(frozen=True)
class CorrectionsAnswered(Notice):
    """From now on they are kept, or nothing is and what was kept is gone."""

    allowed: bool

    @property
    def variant(self) -> str:
        """Each has its own text."""
        return "yes" if self.allowed else "no"
