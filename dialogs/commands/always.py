"""What is possible at every moment."""

from dialogs.commands.base import Command, JoinCommand


class Undo(Command, frozen=True):
    """Take back the last change, or the one a button points at."""

    change_id: int | None = None


class TalkToHuman(JoinCommand, frozen=True):
    """Pass a message on to the coordinator."""

    words: str


class AskHumanWords(JoinCommand, frozen=True):
    """Ask what the coordinator should know."""


class Answered(Command, frozen=True):
    """The coordinator took up a member's request."""

    member_id: int
