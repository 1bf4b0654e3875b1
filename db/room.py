"""Room: how much work a member could take on in the coming weeks. Private, kept for six weeks, shown to nobody."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Owned


class Room(Owned):
    """`room` is "none", "some" or "much" until `ends_at`, then it is forgotten.

    `agreed_at`: the member was told what an answer is for, and gave one. `declined`: they do not want to be asked.
    `asked_at` is when they were last asked; `unanswered` how often in a row without an answer.
    """

    __tablename__ = "room"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    room: Mapped[str | None]
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    agreed_at: Mapped[datetime | None]
    declined: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime | None]
    unanswered: Mapped[int] = mapped_column(default=0)


OF_MEMBER = select(Room).where(Room.member_id == bindparam("member_id"))
WITH_MUCH = select(Room.member_id).where(
    Room.member_id.in_(bindparam("ids", expanding=True)),
    Room.room == "much",
    Room.ends_at > bindparam("now"),
)


def of_member(session: Session, member_id: int) -> Room | None:
    """What this member said, if they were ever asked."""
    return questions.first(session, OF_MEMBER, {"member_id": member_id})


def with_much(session: Session, member_ids: Collection[int], now: datetime) -> frozenset[int]:
    """Those of these members who have much room now."""
    return frozenset(questions.scalars(session, WITH_MUCH, {"ids": list(member_ids), "now": now}))


def count_much(session: Session, now: datetime) -> int:
    """How many members have much room now. Who shows it holds it back below three."""
    query = select(func.count(Room.id)).where(Room.room == "much", Room.ends_at > now)
    return session.scalars(query).one()


def over(session: Session, now: datetime) -> Sequence[Room]:
    """Answers whose six weeks have passed."""
    return session.scalars(select(Room).where(Room.ends_at <= now).order_by(Room.id)).all()
