"""Evaluations: three questions to each side when a job is over, for the member who did it and the coordinator."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Evaluation(Owned):
    """What one side told of a job. `side` is "doer" or "source"; `member_id` is who did the job.

    `first` and `second` are "yes", "partly", "no" or "unknown"; None: not answered yet. `words` are for a next time.
    """

    __tablename__ = "evaluations"
    __table_args__ = (UniqueConstraint("deal_id", "by_id", name="uq_evaluations_deal_by"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    side: Mapped[str]
    asked_at: Mapped[datetime]
    first: Mapped[str | None]
    second: Mapped[str | None]
    words: Mapped[str | None]
    done_at: Mapped[datetime | None]


def by_member(session: Session, deal_id: int, by_id: int) -> Evaluation | None:
    """What this member told, or was asked, of a job."""
    query = select(Evaluation).where(Evaluation.deal_id == deal_id, Evaluation.by_id == by_id)
    return session.scalars(query).one_or_none()


def about(session: Session, member_id: int) -> Sequence[Evaluation]:
    """What was told of the jobs of this member, newest first; only what is finished."""
    query = select(Evaluation).where(Evaluation.member_id == member_id, Evaluation.done_at.is_not(None))
    return session.scalars(query.order_by(Evaluation.id.desc())).all()
