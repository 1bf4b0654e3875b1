"""Duty: whose week it is to take up what clients ask, and who took over a week (mission row C2)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Duty(Owned):
    """A member's place in the rotation, a week each; the first of them began on `begins_on`, a Monday."""

    __tablename__ = "duties"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    position: Mapped[int]
    begins_on: Mapped[date]


class Swap(Owned):
    """A week, by its Monday, that another member took over."""

    __tablename__ = "duty_swaps"
    __table_args__ = (UniqueConstraint("collective_id", "week_on", name="uq_duty_swaps_week"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    week_on: Mapped[date]


def rotation(session: Session) -> Sequence[Duty]:
    """Everybody in the rotation, in order."""
    return session.scalars(select(Duty).order_by(Duty.position)).all()


def swap_of(session: Session, week_on: date) -> Swap | None:
    """Who took over this week."""
    return session.scalars(select(Swap).where(Swap.week_on == week_on)).one_or_none()


def clear(session: Session) -> None:
    """Nobody is in the rotation any more."""
    session.execute(delete(Duty))
    session.execute(delete(Swap))


def leave(session: Session, member_id: int) -> None:
    """A member is no longer in the rotation, nor in any week taken over."""
    session.execute(delete(Duty).where(Duty.member_id == member_id))
    session.execute(delete(Swap).where(Swap.member_id == member_id))
