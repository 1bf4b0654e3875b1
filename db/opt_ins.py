"""Opt-ins: whether somebody wants to be written to first on a channel, and how we know. Only ever added to."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base


class OptIn(Base):
    """A yes or, with `given` False, a no. `source` is "agreed", "linked", "left" or "platform"; the last one counts."""

    __tablename__ = "opt_ins"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
    given: Mapped[bool]
    source: Mapped[str]


def record(session: Session, account_id: int, source: str, at: datetime, *, given: bool) -> None:
    """Somebody said so now."""
    session.add(OptIn(account_id=account_id, at=at, given=given, source=source))


def is_given(session: Session, account_id: int) -> bool:
    """Whether the last word was yes."""
    query = select(OptIn.given).where(OptIn.account_id == account_id).order_by(OptIn.id.desc()).limit(1)
    return bool(session.scalars(query).first())
