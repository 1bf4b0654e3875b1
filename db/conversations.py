"""Where each member's talk stands, as plain JSON; `dialogs` gives the JSON its meaning."""

from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Json, Owned


class OpenTalk(Owned):
    """At most one per member."""

    __tablename__ = "conversations"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    state: Mapped[Json]
    changed_at: Mapped[datetime]


OF_MEMBER = select(OpenTalk).where(OpenTalk.member_id == bindparam("member_id"))
TALKS = "talks"  # of this transaction: a talk is looked up once, then saved


def _row(session: Session, member_id: int) -> OpenTalk | None:
    known: dict[int, OpenTalk | None] = session.info.setdefault(TALKS, {})
    if member_id not in known:
        known[member_id] = session.scalars(OF_MEMBER, {"member_id": member_id}).one_or_none()
    return known[member_id]


def load(session: Session, member_id: int) -> Json:
    """The stored talk, or an empty one."""
    row = _row(session, member_id)
    return row.state if row else {}


def save(session: Session, member_id: int, state: Json, now: datetime) -> None:
    """Replace the stored talk."""
    row = _row(session, member_id)
    if row is None:
        row = session.info[TALKS][member_id] = OpenTalk(member_id=member_id, state=state, changed_at=now)
        session.add(row)
    elif row.state != state:
        row.state, row.changed_at = state, now


def forget(session: Session, member_id: int) -> None:
    """Drop the stored talk."""
    session.info.get(TALKS, {}).pop(member_id, None)
    session.execute(delete(OpenTalk).where(OpenTalk.member_id == member_id))
