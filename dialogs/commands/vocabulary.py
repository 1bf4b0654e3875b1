"""The collective's own words."""

from dialogs.commands.base import Command
from nlu.vocabulary import WordKind


class ShowVocabulary(Command, frozen=True):
    """Which words did this collective teach?"""


class TeachWord(Command, frozen=True):
    """ "pm = projectmanager": from now on the one is read as the other.

    `kind` None: it does not show whether it is a role, a skill or a client.
    """

    word: str
    meaning: str
    kind: WordKind | None = None


class ForgetWord(Command, frozen=True):
    """A word leaves the vocabulary."""

    word: str
