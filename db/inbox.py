"""The inbox: what was heard, stored before it is acknowledged. A repeat of the same event is harmless."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import Index, UniqueConstraint, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base, Json


class Heard(Base):
    """One event from a channel.

    `state` is "waiting", "handled" or "failed"; `error` names the class of a bug, never its text.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "event_id", name="uq_inbox_channel_event_id"),
        Index("ix_inbox_state", "state", "id"),
        Index("ix_inbox_account", "channel", "external_id", "id"),
    )

    channel: Mapped[str]
    event_id: Mapped[str]
    external_id: Mapped[str]
    payload: Mapped[Json]
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


# Written once: putting a question together costs as much as asking it, and every turn asks these.
STORE = {
    "sqlite": sqlite.insert(Heard).on_conflict_do_nothing().returning(Heard.id),
    "postgresql": postgresql.insert(Heard).on_conflict_do_nothing().returning(Heard.id),
}
WAITING = (
    select(Heard)
    .where(Heard.id == bindparam("heard_id"), Heard.state == "waiting")
    .with_for_update(skip_locked=True)
)


class NewEvent(TypedDict):
    """An event to store: the columns that are known when it comes in."""

    channel: str
    event_id: str
    external_id: str
    payload: Json
    received_at: datetime
    state: str
    attempts: int


def store(session: Session, event: NewEvent) -> int | None:
    """Keep an event; its id, or None when it was already here. One statement, so that a race has one winner."""
    connection = session.connection()
    stored: int | None = connection.execute(STORE[connection.dialect.name], dict(event)).scalar_one_or_none()
    return stored


def waiting(session: Session) -> Sequence[int]:
    """Ids of events not yet handled, oldest first."""
    return session.scalars(select(Heard.id).where(Heard.state == "waiting").order_by(Heard.id)).all()


def claim(session: Session, heard_id: int) -> Heard | None:
    """Take one waiting event for this transaction; None when another process has it or it is done."""
    return session.scalars(WAITING, {"heard_id": heard_id}).one_or_none()


def of_account(session: Session, channel: str, external_id: str) -> Sequence[Heard]:
    """Everything heard from one account, in order: what a chat page shows."""
    query = select(Heard).where(Heard.channel == channel, Heard.external_id == external_id)
    return session.scalars(query.order_by(Heard.id)).all()


def last_moment(session: Session) -> datetime | None:
    """When something was last heard."""
    return session.scalars(select(func.max(Heard.received_at))).one()


def count(session: Session, channel: str) -> int:
    """How many events a channel has stored."""
    return session.scalars(select(func.count(Heard.id)).where(Heard.channel == channel)).one()
