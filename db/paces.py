"""Paces: how far ahead a channel's messages are booked, so that several processes go no faster than one may."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base

AHEAD = timedelta(seconds=1)  # what a process takes at once: no more than it can bring in about a second


class Pace(Base):
    """A token bucket: every message moves `booked_until` on by one place."""

    __tablename__ = "paces"

    channel: Mapped[str] = mapped_column(unique=True)
    booked_until: Mapped[datetime]


# The clock of the database, which all processes share; theirs may differ.
MEET = postgresql.insert(Pace).values(channel=bindparam("name"), booked_until=func.now())
HELD = select(Pace, func.clock_timestamp()).where(Pace.channel == bindparam("name")).with_for_update()


def hold(session: Session, channel: str) -> tuple[Pace, datetime]:
    """The pace of a channel, held until this transaction ends, and what time it is. PostgreSQL only."""
    session.execute(MEET.on_conflict_do_nothing(), {"name": channel})
    pace, now = session.execute(HELD, {"name": channel}, execution_options={"populate_existing": True}).one()
    return pace, now


def places(pace: Pace, per_s: float, now: datetime) -> int:
    """How many messages may be taken now."""
    ahead = max(pace.booked_until, now) - now
    return max(0, int((AHEAD - ahead).total_seconds() * per_s))


def book(pace: Pace, taken: int, per_s: float, now: datetime) -> None:
    """These messages have their place."""
    pace.booked_until = max(pace.booked_until, now) + timedelta(seconds=taken / per_s)
