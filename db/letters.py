"""Letters: the one door between collectives. What one tells an allied one lies here until that one takes it.

One collective never reads or writes in another: it leaves a letter, and each takes its own in its own transaction.
What may stand in one is fixed in `assistant/crossings.py`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base, Json
from db.session import collective_of


class Letter(Base):
    """From the collective `from_id` for `collective_id`, which deletes it once it is read."""

    __tablename__ = "letters"

    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    content: Mapped[Json]
    at: Mapped[datetime]


def leave(session: Session, to_id: int, content: Json, at: datetime) -> None:
    """Leave a letter for another collective, from the one this session belongs to (ValueError when to none)."""
    session.add(Letter(collective_id=to_id, from_id=collective_of(session), content=content, at=at))


def take(session: Session, at: datetime) -> Sequence[Letter]:
    """What lies here for the collective of the session, oldest first; the caller deletes what it has read."""
    query = select(Letter).where(Letter.collective_id == collective_of(session), Letter.at <= at)
    return session.scalars(query.order_by(Letter.id)).all()
