"""What is told to keep an eye open for the others."""

from dataclasses import dataclass

from assistant.notices.base import Notice


@dataclass(frozen=True)
class SpotForOthers(Notice):
    """You are in your second month there: do you hear of work for another trade (mission row A9)?"""

    title: str


@dataclass(frozen=True)
class SpotMonthly(Notice):
    """Look out at your client: so many colleagues are free in these other fields (mission row A9). Never names."""

    free: tuple[tuple[str, int], ...]
