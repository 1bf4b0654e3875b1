"""The decision log: why somebody was asked, what they answered, who chose. Rows are only ever added."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Json, Owned


class Decision(Owned):
    """What was decided about a lead; `content` holds what it was decided from.

    `kind` is "ranked", "offered", "answered", "passed", "taken_over", "chosen", "undone" or "closed".
    """

    __tablename__ = "decisions"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    rule_version: Mapped[str]
    content: Mapped[Json]


def ranked_since(session: Session, moment: datetime) -> Sequence[Decision]:
    """Every ranking made since a moment, in order: the last one of a lead holds."""
    query = select(Decision).where(Decision.kind == "ranked", Decision.at >= moment)
    return session.scalars(query.order_by(Decision.id)).all()


def of_lead(session: Session, lead_id: int) -> Sequence[Decision]:
    """Everything decided about a lead, in order."""
    return session.scalars(select(Decision).where(Decision.lead_id == lead_id).order_by(Decision.id)).all()
