"""Corrections: messages that were read wrongly, without names and numbers, of members who agreed to that."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base, Owned


class Correction(Owned):
    """One message as a template, and the intent the member said it had."""

    __tablename__ = "corrections"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    at: Mapped[datetime]
    language: Mapped[str]
    intent: Mapped[str]
    text: Mapped[str]


class Example(NamedTuple):
    """What a model may learn from: nothing tells whose it was. `policy` holds the settings of the collective."""

    policy: dict[str, object]
    language: str
    intent: str
    text: str


def forget(session: Session, member_id: int) -> None:
    """Remove all of one member's."""
    session.execute(delete(Correction).where(Correction.member_id == member_id))


def agreed(session: Session) -> list[Example]:
    """Every correction of members who agree, across collectives: asked by the operator who trains, oldest first."""
    tables = Base.metadata.tables
    corrections, members, collectives = tables["corrections"], tables["members"], tables["collectives"]
    query = (
        select(collectives.c.policy, corrections.c.language, corrections.c.intent, corrections.c.text)
        .join_from(corrections, members, corrections.c.member_id == members.c.id)
        .join(collectives, corrections.c.collective_id == collectives.c.id)
        .where(members.c.shares_corrections)
        .order_by(corrections.c.id)
    )
    return [Example(*row) for row in session.execute(query)]
