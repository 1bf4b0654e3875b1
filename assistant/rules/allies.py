"""When a lead may be offered to an allied collective: only where nobody of our own can do it (mission row C5)."""

from typing import Literal

WhyNot = Literal["not_public", "seat", "asking", "yes"]


def why_not(*, is_public: bool, is_seat: bool, asking: int, yes: int) -> WhyNot | None:
    """What stands in the way; None when it may cross.

    `asking` members of our own are still to answer or to be asked, `yes` wait for a choice. A seat in a team, and what
    is not public yet, stay with us.
    """
    if not is_public:
        return "not_public"
    if is_seat:
        return "seat"
    if yes:
        return "yes"
    return "asking" if asking else None
