"""Wishes: what members asked for that Seintje cannot do yet. Only the kind of wish is kept, never the text."""

from datetime import datetime

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Wish(Owned):
    """One request for something that is not there yet, named by its intent."""

    __tablename__ = "wishes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    intent: Mapped[str]


def counts(session: Session) -> list[tuple[str, int]]:
    """How often each thing was asked for, most first."""
    number = func.count()
    query = select(Wish.intent, number).group_by(Wish.intent).order_by(number.desc(), Wish.intent)
    return [(intent, count) for intent, count in session.execute(query)]
