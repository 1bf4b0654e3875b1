"""The inbox: what was heard, stored before it is acknowledged. A repeat of the same event is harmless."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypedDict

from sqlalchemy import BigInteger, Index, UniqueConstraint, and_, bindparam, func, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import driver, questions
from db.accounts import Account
from db.base import Base, Json

# spelt out, not a parameter: a plan that is kept can only then use the index of what is undone
UNDONE = text("state IN ('raw', 'waiting')")


class Heard(Base):
    """One event from a channel. Once it is handled its payload is emptied (`assistant/app.py`).

    `state` is "raw" (kept as the platform sent it, to be read), "waiting", "handled" or "failed"; `error` names the
    class of a bug, never its text.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "event_id", name="uq_inbox_channel_event_id"),
        Index("ix_inbox_state", "state", "id"),
        Index("ix_inbox_account", "channel", "external_id", "id"),
        # a chat's history may be long, what waits in it hardly ever is
        Index(
            "ix_inbox_undone", "channel", "external_id", "id", sqlite_where=UNDONE, postgresql_where=UNDONE
        ),
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
STORE_ALL = {name: question.returning(Heard.event_id) for name, question in STORE.items()}
WAITING = select(Heard).where(Heard.id == bindparam("heard_id"), UNDONE).with_for_update(skip_locked=True)
CHAT = select(Heard.channel, Heard.external_id).where(Heard.id == bindparam("heard_id")).subquery()
OLDEST = (
    select(Heard)
    .join(CHAT, (CHAT.c.channel == Heard.channel) & (CHAT.c.external_id == Heard.external_id))
    .where(UNDONE)
    .order_by(Heard.id)
    .limit(2)
    .with_for_update(of=Heard)
)
_CHAT = "(hashtextextended(channel || ':' || external_id, 0)) FROM inbox WHERE id = :heard_id"
_HEARD_ID = bindparam("heard_id", type_=BigInteger)
HOLD_CHAT = text(f"SELECT pg_advisory_xact_lock{_CHAT}").bindparams(_HEARD_ID)
TRY_CHAT = text(f"SELECT pg_try_advisory_xact_lock{_CHAT}").bindparams(_HEARD_ID)
COLLECTIVES = (  # one list, however long: each length of a list spelt out would be a question of its own
    select(Heard.id, Account.collective_id)
    .join(Account, and_(Account.channel == Heard.channel, Account.external_id == Heard.external_id))
    .where(Heard.id == func.any(bindparam("heard_ids", type_=postgresql.ARRAY(BigInteger))))
)


class Oldest(NamedTuple):
    """The oldest event of a chat that is not handled yet, if there is any, and whether more wait behind it."""

    row: Heard | None
    has_more: bool


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
    stored = driver.execute(session, STORE[session.get_bind().dialect.name], event)
    return stored[0][0] if stored else None


def store_all(session: Session, events: Sequence[NewEvent]) -> dict[str, int]:
    """Keep several events of one channel: event_id to id, of those that were not here yet."""
    question = STORE_ALL[session.get_bind().dialect.name]
    stored = driver.execute_each(session, question, events)
    return {event_id: number for rows in stored for number, event_id in rows}


def waiting(
    session: Session,
    channel: str | None = None,
    before: datetime | None = None,
    after: datetime | None = None,
) -> Sequence[int]:
    """Ids of events not yet handled, oldest first: of one channel, and those that came in before a moment.

    Or `after` one: what came in when the clock ran ahead must not wait until it is as late again.
    """
    query = select(Heard.id).where(UNDONE)
    if channel is not None:
        query = query.where(Heard.channel == channel)
    if before is not None:
        old = Heard.received_at < before
        query = query.where(old if after is None else or_(old, Heard.received_at > after))
    return session.scalars(query.order_by(Heard.id)).all()


def raw_of(session: Session, heard_id: int) -> Sequence[Heard]:
    """What is still to be read in the chat of this event, in order; nothing when the event itself has been read."""
    this = session.get(Heard, heard_id)
    if this is None or this.state != "raw":
        return []
    query = select(Heard).where(
        Heard.channel == this.channel, Heard.external_id == this.external_id, Heard.state == "raw"
    )
    return session.scalars(query.order_by(Heard.id)).all()


def collectives(session: Session, heard_ids: Sequence[int]) -> dict[int, int]:
    """The collective each of these chats talks with, by event, of those that talk with one. For PostgreSQL only."""
    rows = questions.mixed(session, COLLECTIVES, {"heard_ids": list(heard_ids)})
    return {heard_id: collective_id for heard_id, collective_id in rows if collective_id is not None}


def hold(session: Session, heard_id: int) -> None:
    """Hold the chat of this event until the transaction ends.

    What people say is handled in their order, whichever process has it. In SQLite everything waits for one writer.
    """
    if session.get_bind().dialect.name != "sqlite":
        driver.tell(session, HOLD_CHAT, {"heard_id": heard_id})


def hold_free(session: Session, heard_ids: Sequence[int]) -> list[int]:
    """As `hold`, the chats of these events, of which those that are held elsewhere are left out."""
    if session.get_bind().dialect.name == "sqlite":
        return list(heard_ids)
    found = driver.execute_each(session, TRY_CHAT, [{"heard_id": each} for each in heard_ids])
    return [heard_id for heard_id, rows in zip(heard_ids, found, strict=True) if rows == [(True,)]]


def oldest(session: Session, heard_ids: Sequence[int]) -> list[Oldest]:
    """What is to be done next in the chat of each of these events, all of which are held."""
    found = questions.mixed_each(session, OLDEST, [{"heard_id": each} for each in heard_ids])
    return [Oldest(rows[0][0] if rows else None, len(rows) > 1) for rows in found]


def claim(session: Session, heard_id: int) -> Heard | None:
    """Take one waiting event for this transaction; None when another process has it or it is done."""
    return questions.first(session, WAITING, {"heard_id": heard_id})


def of_account(session: Session, channel: str, external_id: str) -> Sequence[Heard]:
    """Everything heard from one account, in order: what a chat page shows."""
    query = select(Heard).where(Heard.channel == channel, Heard.external_id == external_id)
    return session.scalars(query.order_by(Heard.id)).all()


def last_moment(session: Session) -> datetime | None:
    """When something was last heard."""
    return session.scalars(select(func.max(Heard.received_at))).one()


def last_number(session: Session) -> int:
    """The number of the newest event; 0 when there is none."""
    return session.scalars(select(func.coalesce(func.max(Heard.id), 0))).one()
