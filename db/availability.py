"""Availability: dated periods with the hours a week a member can work in them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Owned


class Period(Owned):
    """From `start_on` up to and including `end_on` (None: open). `weekdays` and `dayparts` are joined by spaces."""

    __tablename__ = "availability"
    __table_args__ = (
        Index("ix_availability_of_member", "collective_id", "member_id", "status", "start_on", "end_on"),
    )

    # no index of its own: without statistics both databases prefer it, and read everybody
    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    status: Mapped[str]
    hours: Mapped[float | None]
    weekdays: Mapped[str] = mapped_column(default="")
    dayparts: Mapped[str] = mapped_column(default="", server_default="")
    stated_on: Mapped[date]


class Spell(NamedTuple):
    """A period of somebody's agenda as a value: the columns of the same names."""

    start_on: date
    end_on: date | None
    status: str
    hours: float | None
    weekdays: str
    dayparts: str
    stated_on: date


AGENDA = (
    select(*(getattr(Period, name) for name in Spell._fields))
    .where(Period.member_id == bindparam("member_id"))
    .order_by(Period.start_on, Period.id)
)
FORGET = delete(Period).where(Period.member_id == bindparam("member_id"))


def agenda(session: Session, member_id: int) -> list[Spell]:
    """The periods of one member, earliest first, as values."""
    return [Spell._make(row) for row in questions.rows(session, AGENDA, {"member_id": member_id})]


def of_members(session: Session, member_ids: Collection[int]) -> dict[int, list[Period]]:
    """The periods of each of these members, earliest first."""
    found: dict[int, list[Period]] = {member_id: [] for member_id in member_ids}
    query = select(Period).where(Period.member_id.in_(member_ids)).order_by(Period.start_on, Period.id)
    for period in session.scalars(query):
        found[period.member_id].append(period)
    return found


def replace(session: Session, member_id: int, periods: Sequence[Spell]) -> None:
    """Put these periods in the place of all that was known of this member."""
    questions.carry_out(session, FORGET, {"member_id": member_id})
    questions.add(session, Period, [{**period._asdict(), "member_id": member_id} for period in periods])
