"""The words of one collective: what "pm" or "Veldzicht" means to its members, learned as they use them."""

from dataclasses import dataclass, field
from typing import Literal

from nlu.lexicon import Phrases

WordKind = Literal["role", "skill", "client"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, what kind of thing it names, and what is read for it ("pm", "role", "projectmanager")."""

    word: str
    kind: WordKind
    meaning: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a member teaches: "pm = projectmanager". `kind` None: it does not show of what kind of thing it is."""

    word: str
    meaning: str
    kind: WordKind | None


@dataclass(frozen=True)
class Vocabulary:
    """All words of one collective. Made once and read with many messages: what is looked up is kept on it."""

    words: tuple[Word, ...] = ()
    _lists: dict[WordKind, Phrases[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def roles(self) -> Phrases[str]:
        """The words for roles, to be found in a text; a hit's value is what they mean."""
        return self._of("role")

    @property
    def skills(self) -> Phrases[str]:
        """The words for skills."""
        return self._of("skill")

    @property
    def clients(self) -> Phrases[str]:
        """The words for organisations."""
        return self._of("client")

    def _of(self, kind: WordKind) -> Phrases[str]:
        if kind not in self._lists:
            of_kind = [(each.word, each.meaning) for each in self.words if each.kind == kind]
            self._lists[kind] = Phrases(of_kind)
        return self._lists[kind]


NO_WORDS = Vocabulary()
