"""How long what is kept: every term in one place. `docs/privacy.md` shows this table; a test keeps the two alike.

Source: the storage limitation of the GDPR (article 5), and six months at least for the log of decisions (AI Act,
article 19). Starting values, chosen on the short side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Term:
    """`what` is kept for so many `days`, counted `since` something; then it goes. 0: it goes at once."""

    what: str
    days: int
    since: str

    @property
    def length(self) -> timedelta:
        """As a duration."""
        return timedelta(days=self.days)


MESSAGE = Term("the words of a message, forwarded or typed", 0, "it was answered")
FAILED = Term("the words of a message that led to a bug", 7, "it came in")
EVENT = Term(
    "that a message came in (its number, no words), so that a repeat is recognised", 14, "it came in"
)
DRAFT = Term("a lead or profile that was not confirmed", 28, "the last word about it")
CARD = Term("our own messages (the app you use keeps its own copy)", 28, "they were delivered")
OWN_CHAT = Term("a chat on our own page, which has no other copy", 365, "it was said")
CONTACT = Term("the client's person", 28, "the lead is over")
ANSWER = Term("own words in an answer to a lead or about its outcome", 28, "the lead is over")
INVITATION = Term("an invitation nobody used", 28, "it expired")
LINK = Term("the link with which a client chooses", 28, "it expired")
LEFT = Term("everything else about who left the collective", 28, "they left")
STRANGER = Term("the address of somebody who is no member", 28, "it was made")
PRINT = Term("what a lead is recognised by when it is told again (no readable words)", 180, "it was told")
CHANGE = Term("what stood before a change, to take it back", 365, "the change")
AVAILABILITY = Term("when somebody could work", 365, "the period ended")
DECISION = Term("why somebody was asked or not", 365, "the decision")
LOOKUP = Term("which coordinator looked at what", 365, "the look")
WISH = Term("that something was asked for which Seintje cannot do", 365, "the question")
BOOKS = Term(
    "the books: deals, turnover and ledger, without a name once somebody is erased", 7 * 365, "the year"
)

TERMS: Sequence[Term] = (
    MESSAGE,
    FAILED,
    EVENT,
    DRAFT,
    CARD,
    OWN_CHAT,
    CONTACT,
    ANSWER,
    INVITATION,
    LINK,
    PRINT,
    LEFT,
    STRANGER,
    CHANGE,
    AVAILABILITY,
    DECISION,
    LOOKUP,
    WISH,
    BOOKS,
)

NIGHT = time(3, 30)


def next_night(now: datetime, zone: str) -> datetime:
    """When what was kept long enough goes, in UTC: in the night that comes, on the clock of `zone`."""
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, NIGHT, ZoneInfo(zone)).astimezone(UTC)
