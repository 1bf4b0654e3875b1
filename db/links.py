"""Links: codes by which somebody joins another account of theirs, on another app, to the person we know."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base


class Link(Base):
    """A code, asked for with `account_id` while talking with `collective_id`; works once, for a short while."""

    __tablename__ = "links"

    code_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def with_code(session: Session, code_hash: str) -> Link | None:
    """The link with this code, used or not; held, so that it works once."""
    return session.scalars(select(Link).where(Link.code_hash == code_hash).with_for_update()).one_or_none()
