"""Saying no, and not being able to. A refusal undoes the turn and tells the member why."""

from assistant.notices import Notice


class RefusedError(Exception):
    """Raised by an action, caught once, at the front door."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(type(notice).__name__)
        self.notice = notice


class UnreachableError(Exception):
    """The database is locked or gone. Nothing was lost: what was stored before is handled as soon as it is back."""


class SettingsError(Exception):
    """The environment or the `.env` file cannot be used. The message says which line or name, never a value."""


class StoppedError(Exception):
    """A part of us has ended without which the rest is of no use. Whoever started us starts us again."""
