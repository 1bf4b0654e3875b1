"""Where each member's talk stands, as plain JSON; `dialogs` gives the JSON its meaning."""

from datetime import datetime

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Json, Owned


class OpenTalk(Owned):
    """At most one per member."""

    __tablename__ = "conversations"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    state: Mapped[Json]
    changed_at: Mapped[datetime]


def load(session: Session, member_id: int) -> Json:
    """The stored talk, or an empty one."""
    row = session.scalars(select(OpenTalk).where(OpenTalk.member_id == member_id)).one_or_none()
    return row.state if row else {}


def save(session: Session, member_id: int, state: Json, now: datetime) -> None:
    """Replace the stored talk."""
    row = session.scalars(select(OpenTalk).where(OpenTalk.member_id == member_id)).one_or_none()
    if row is None:
        session.add(OpenTalk(member_id=member_id, state=state, changed_at=now))
    elif row.state != state:
        row.state, row.changed_at = state, now


def forget(session: Session, member_id: int) -> None:
    """Drop the stored talk."""
    session.execute(delete(OpenTalk).where(OpenTalk.member_id == member_id))
