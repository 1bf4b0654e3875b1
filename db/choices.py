"""Links by which a client chooses among who said yes: each for one lead, for a while, and for one choice."""

from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Owned


class ChoiceLink(Owned):
    """Only a hash of the token is kept: who reads the database cannot open the page."""

    __tablename__ = "choice_links"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


LIVE = select(ChoiceLink).where(ChoiceLink.lead_id == bindparam("lead_id"), ChoiceLink.used_at.is_(None))


def collective_of(session: Session, token_hash: str) -> int | None:
    """The collective a link belongs to: asked across all, before any of them is opened."""
    table = ChoiceLink.__table__
    query = select(table.c.collective_id).where(table.c.token_hash == token_hash)
    found: int | None = session.execute(query).scalar_one_or_none()
    return found


def with_token(session: Session, token_hash: str) -> ChoiceLink | None:
    """The link with this token."""
    return session.scalars(select(ChoiceLink).where(ChoiceLink.token_hash == token_hash)).one_or_none()


def is_live(session: Session, lead_id: int, now: datetime) -> bool:
    """Whether the client has a link of this lead that still works."""
    query = select(ChoiceLink.id).where(
        ChoiceLink.lead_id == lead_id, ChoiceLink.used_at.is_(None), ChoiceLink.expires_at > now
    )
    return session.scalars(query).first() is not None


def end_all(session: Session, lead_id: int, now: datetime) -> None:
    """No link of this lead works any more."""
    for link in questions.scalars(session, LIVE, {"lead_id": lead_id}):
        link.used_at = now
