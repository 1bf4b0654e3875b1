"""Introductions: two people who were brought together over a lead, and how it went."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Owned
from db.deals import Deal


class Introduction(Owned):
    """`ask_at` is when the source is next asked how it went; `outcome` is "won", "talks" or "nothing" once told.

    `started_at` is when the work was said to have begun.
    """

    __tablename__ = "introductions"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    introduced_at: Mapped[datetime]
    ask_at: Mapped[datetime | None] = mapped_column(index=True)
    times_asked: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None]
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    words: Mapped[str | None]
    started_at: Mapped[datetime | None]


OF_LEAD = (
    select(Introduction)
    .where(Introduction.lead_id == bindparam("lead_id"))
    .order_by(Introduction.id.desc())
    .limit(1)
)


UNTOLD = (
    select(Introduction.id)
    .where(
        Introduction.member_id == bindparam("member_id"),
        Introduction.outcome == "won",
        Introduction.id.not_in(select(Deal.introduction_id).where(Deal.introduction_id.is_not(None))),
    )
    .limit(1)
)


def to_ask(session: Session, now: datetime) -> Sequence[Introduction]:
    """Introductions whose source should be asked how it went."""
    query = select(Introduction).where(Introduction.ask_at <= now)
    return session.scalars(query.order_by(Introduction.ask_at, Introduction.id)).all()


def of_lead(session: Session, lead_id: int) -> Introduction | None:
    """The introduction a lead led to."""
    return questions.first(session, OF_LEAD, {"lead_id": lead_id})


def of_member(session: Session, member_id: int) -> Sequence[Introduction]:
    """Introductions in which this member was either side, newest first."""
    mine = (Introduction.member_id == member_id) | (Introduction.source_id == member_id)
    return session.scalars(select(Introduction).where(mine).order_by(Introduction.id.desc())).all()


def untold(session: Session, member_id: int) -> bool:
    """Whether this member won work of which no deal is known yet."""
    return bool(questions.scalars(session, UNTOLD, {"member_id": member_id}))
