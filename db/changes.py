"""Changes a member can take back: what stood there before, kept until it is undone or replaced by a newer one."""

from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Json, Owned


class Change(Owned):
    """What stood before a change.

    `what` is "availability", "profile", "lead", "answer", "pause", "word", "room", "policy", "role", "volume" or
    "choice". `before` is enough to restore it.
    """

    __tablename__ = "changes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    subject_id: Mapped[int | None]
    before: Mapped[Json]
    undone_at: Mapped[datetime | None]


LATEST = (
    select(Change)
    .where(Change.member_id == bindparam("member_id"), Change.undone_at.is_(None))
    .order_by(Change.id.desc())
    .limit(1)
)
LATEST_OF = LATEST.where(Change.what == bindparam("what"))
NEWEST_LIKE = LATEST_OF.where(Change.subject_id.is_not_distinct_from(bindparam("subject_id")))


def newest_like(session: Session, change: Change) -> Change | None:
    """The last change that still stands of the same kind, member and subject: the only one that can be undone."""
    values = {"member_id": change.member_id, "what": change.what, "subject_id": change.subject_id}
    return questions.first(session, NEWEST_LIKE, values)


def latest(session: Session, member_id: int, what: str | None = None) -> Change | None:
    """The last change of this member that still stands, of one kind or of any."""
    if what is None:
        return questions.first(session, LATEST, {"member_id": member_id})
    return questions.first(session, LATEST_OF, {"member_id": member_id, "what": what})


def about(session: Session, what: str, subject_id: int | None) -> Change | None:
    """The last change of this kind about one thing, whoever made it."""
    query = select(Change).where(Change.what == what, Change.subject_id.is_not_distinct_from(subject_id))
    return session.scalars(query.order_by(Change.id.desc())).first()


def erase(session: Session, member_id: int, what: str) -> None:
    """Forget the changes of one kind of this member: they cannot be taken back any more."""
    session.execute(delete(Change).where(Change.member_id == member_id, Change.what == what))


def count_members(session: Session, what: str, since: datetime) -> int:
    """How many members changed this after a moment."""
    query = select(func.count(Change.member_id.distinct())).where(Change.what == what, Change.at > since)
    return session.scalars(query).one()
