"""Lookups: which coordinator or treasurer looked at what; a member sees in "mijn gegevens" who looked at theirs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Lookup(Owned):
    """`what` is the list or report; `member_id` None: it was about everybody, in counts."""

    __tablename__ = "lookups"

    by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    what: Mapped[str]
    at: Mapped[datetime]


def about(session: Session, member_id: int) -> Sequence[Lookup]:
    """Who looked at something of this member, or of everybody, newest first."""
    query = select(Lookup).where(or_(Lookup.member_id == member_id, Lookup.member_id.is_(None)))
    return session.scalars(query.order_by(Lookup.at.desc(), Lookup.id.desc())).all()
