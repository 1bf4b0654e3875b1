"""The end of the year, and the figures of one."""

from dialogs.commands.base import Command


class PreviewYear(Command, frozen=True):
    """What closing the first year that is still open would do (mission row A12)."""


class CloseYear(Command, frozen=True):
    """Share the pot of a year and close it: after a preview, by whoever keeps the money."""

    year: int


class ShowTotals(Command, frozen=True):
    """What did the collective earn last month, and what is in the pot?"""


class ShowGiving(Command, frozen=True):
    """What did I bring this year, and what did I get (mission row E8)?"""


class ShowStatement(Command, frozen=True):
    """My year as a PDF; without a year the one that is meant at this time."""

    year: int | None = None


class ShowOverview(Command, frozen=True):
    """The year of the collective as a PDF, for whoever keeps the money."""

    year: int | None = None
