"""Pushes to people who are in several collectives: the same work is told once, whichever brings it first (row B19)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base, Json


class Push(Base):
    """A lead a person was asked about: what it is recognised by, without its text and anybody's contact data."""

    __tablename__ = "pushes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    print: Mapped[Json]
    at: Mapped[datetime]


def elsewhere(session: Session, person_id: int, collective_id: int, since: datetime) -> Sequence[Json]:
    """What other collectives asked this person about since a moment."""
    query = select(Push.print).where(
        Push.person_id == person_id, Push.collective_id != collective_id, Push.at >= since
    )
    return session.scalars(query).all()


def record(session: Session, push: Push, forget_before: datetime) -> None:
    """A person is asked now; what is too old to be the same work is forgotten."""
    session.execute(delete(Push).where(Push.person_id == push.person_id, Push.at < forget_before))
    session.add(push)
