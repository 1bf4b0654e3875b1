"""Agendas on their way: what somebody said of when they are free in one collective, for their other ones (row B19).

One collective never writes in another: it leaves the newest word here, and each takes its own in its own transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base


class Agenda(Base):
    """The newest word of a person, for one collective that has not taken it over yet."""

    __tablename__ = "agendas"
    __table_args__ = (UniqueConstraint("person_id", "collective_id", name="uq_agendas_person_collective"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"), index=True)
    periods: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime]


def leave(
    session: Session, person_id: int, collective_ids: Sequence[int], periods: list[Any], at: datetime
) -> None:
    """Leave this word for each of these collectives, in the place of an older one."""
    if not collective_ids:
        return
    session.execute(
        delete(Agenda).where(Agenda.person_id == person_id, Agenda.collective_id.in_(collective_ids))
    )
    session.add_all(
        Agenda(person_id=person_id, collective_id=number, periods=periods, at=at) for number in collective_ids
    )


def take(session: Session, collective_id: int) -> Sequence[Agenda]:
    """What lies here for a collective, oldest first; the caller deletes what it takes over."""
    query = select(Agenda).where(Agenda.collective_id == collective_id).order_by(Agenda.at, Agenda.id)
    return session.scalars(query).all()


def forget(session: Session, person_id: int, collective_id: int) -> None:
    """What one collective says itself is newer than what lies here for it."""
    session.execute(
        delete(Agenda).where(Agenda.person_id == person_id, Agenda.collective_id == collective_id)
    )
