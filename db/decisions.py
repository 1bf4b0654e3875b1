"""The decision log: why somebody was asked, what they answered, who chose. Rows are only ever added."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Json, Owned


class Decision(Owned):
    """`kind` is "ranked", "offered", "answered", "chosen" or "closed"; `content` holds what it was decided from."""

    __tablename__ = "decisions"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    rule_version: Mapped[str]
    content: Mapped[Json]


def of_lead(session: Session, lead_id: int) -> Sequence[Decision]:
    """Everything decided about a lead, in order."""
    return session.scalars(select(Decision).where(Decision.lead_id == lead_id).order_by(Decision.id)).all()
