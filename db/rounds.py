"""Rounds: what comes by the calendar for a whole collective, such as the question about room every six weeks."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Round(Owned):
    """`kind` is one of `rules.rounds.RoundKind`, "room_count" or "retention"; `at` is when it comes, if planned."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("collective_id", "kind", name="uq_rounds_kind"),)

    kind: Mapped[str]
    at: Mapped[datetime | None] = mapped_column(index=True)


def due(session: Session, kind: str, now: datetime) -> Round | None:
    """The round of this kind, when its moment has come."""
    return session.scalars(select(Round).where(Round.kind == kind, Round.at <= now)).first()


def plan(session: Session, kind: str, at: datetime) -> None:
    """Let the round of this kind come at a moment, instead of when it would have."""
    row = session.scalars(select(Round).where(Round.kind == kind)).first()
    if row is None:
        session.add(Round(kind=kind, at=at))
    else:
        row.at = at
