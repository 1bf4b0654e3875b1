"""What we say to reach somebody."""

from dataclasses import dataclass

from assistant.notices.base import Notice


@dataclass(frozen=True)
class Knocking(Notice):
    """Something waits for somebody who has not written lately, on a platform that then lets us say only this."""
