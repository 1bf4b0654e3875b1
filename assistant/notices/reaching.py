"""What we say to reach somebody."""

from dataclasses import dataclass

from assistant.notices.base import Notice


@dataclass(frozen=True)
class Knocking(Notice):
    """Something waits for somebody who has not written lately, on a platform that then lets us say only this."""


@dataclass(frozen=True)
class LinkCode(Notice):
    """Send this code from your other app within so many minutes, and we know you there too; `link` opens that app."""

    code: str
    minutes: int
    link: str | None = None


@dataclass(frozen=True)
class AccountLinked(Notice):
    """From now on you can write from here too; messages still come where they came."""

    collective: str


@dataclass(frozen=True)
class LinkedElsewhere(Notice):
    """This account belongs to a member already: it cannot be joined to a second one."""


@dataclass(frozen=True)
class PrefersHere(Notice):
    """From now on we write to you here."""


@dataclass(frozen=True)
class LinkInvalid(Notice):
    """This code joins nothing (any more): it was used, or is too old."""
