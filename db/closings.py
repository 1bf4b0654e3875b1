"""Closings: the years whose pot has been shared. A closed year takes no more lines; rows are only ever added."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Closing(Owned):
    """`received_cents` came in since the year closed before, what that one carried on included; `with_dues`: dues too.

    `pot_cents` is `pot_percent` of it, shared over `coins`. With nothing to share or nobody to share with both are
    zero, and `carried_cents` (else zero) counts for the next year; below zero more was paid back than came in.
    """

    __tablename__ = "closings"
    __table_args__ = (UniqueConstraint("collective_id", "year", name="uq_closings_year"),)

    year: Mapped[int]
    received_cents: Mapped[int]
    pot_percent: Mapped[int]
    pot_cents: Mapped[int]
    coins: Mapped[int]
    carried_cents: Mapped[int]
    with_dues: Mapped[bool]
    closed_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))


def all_years(session: Session) -> Sequence[Closing]:
    """Every closing, oldest first."""
    return session.scalars(select(Closing).order_by(Closing.year)).all()


def last(session: Session) -> Closing | None:
    """The last year that was closed."""
    return session.scalars(select(Closing).order_by(Closing.year.desc()).limit(1)).first()


def of_year(session: Session, year: int) -> Closing | None:
    """How this year was closed; None while it is open."""
    return session.scalars(select(Closing).where(Closing.year == year)).one_or_none()
