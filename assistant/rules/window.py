"""When somebody has not written lately and their platform closes the door: where what we owe them goes instead."""

from typing import Literal

Way = Literal["elsewhere", "knock", "hold"]


def way(*, elsewhere: bool, opted_in: bool, knocked: bool, knocks_left: int) -> Way:
    """How to reach somebody whose window is shut.

    Another channel of theirs that is always open goes first: it is at once, and costs nobody anything. Else one knock,
    to who wants that, as long as the platform lets us write first to that many people a day (250 for a new business).
    Whatever is held goes out in order as soon as they write.
    """
    if elsewhere:
        return "elsewhere"
    if opted_in and not knocked and knocks_left > 0:
        return "knock"
    return "hold"
