"""How much room a member has in the coming weeks: asked of everyone alike, kept private, forgotten by itself.

Sources: mission rows C11 (a gentle lift among equal fits) and C12 (answering is not confessing; a count from three up).
"""

from datetime import datetime, timedelta
from typing import Literal

RoomKind = Literal["none", "some", "much"]  # 0, 1 or 2, and 3 or more days a week

KEPT_DAYS = 42
FEWEST_SHOWN = 3  # a smaller number could point at somebody
MOST_UNANSWERED = 2  # after so many rounds without an answer we do not ask again
MUCH_DAYS = 3.0


def ends_at(now: datetime) -> datetime:
    """When an answer given now is forgotten."""
    return now + timedelta(days=KEPT_DAYS)


def of_days(days: float) -> RoomKind:
    """The answer that so many days a week stand for."""
    if days <= 0:
        return "none"
    return "much" if days >= MUCH_DAYS else "some"


def shown(count: int) -> int | None:
    """A number of members as others may see it: None below three."""
    return count if count >= FEWEST_SHOWN else None


def may_ask(*, declined: bool, unanswered: int) -> bool:
    """Whether to ask a member again: not who said no to it, nor who let it pass twice."""
    return not declined and unanswered < MOST_UNANSWERED
