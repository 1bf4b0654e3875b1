"""Invitations: the only way in. The code itself is never stored, only its hash."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Invitation(Owned):
    """A way in for one person. `reason` is the vouch: why the inviter recommends them, in their own words.

    `lead_id`: the work for which the inviter sent it on to somebody outside, whose name is not known yet.
    """

    __tablename__ = "invitations"

    code_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    reason: Mapped[str | None]
    for_coordinator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"))


def collective_of(session: Session, code_hash: str) -> int | None:
    """Which collective an invitation is for: asked before the collective is known, so across all of them."""
    table = Invitation.__table__
    return session.execute(
        select(table.c.collective_id).where(table.c.code_hash == code_hash)
    ).scalar_one_or_none()


def with_code(session: Session, code_hash: str) -> Invitation | None:
    """The invitation itself, used or not, within the collective of the session."""
    return session.scalars(select(Invitation).where(Invitation.code_hash == code_hash)).one_or_none()


def count_by(session: Session, inviter_id: int, since: datetime) -> int:
    """How many people this member invited since a moment; not those a lead was passed on to."""
    query = select(func.count(Invitation.id)).where(
        Invitation.inviter_id == inviter_id, Invitation.created_at >= since, Invitation.lead_id.is_(None)
    )
    return session.scalars(query).one()


def count_for_lead(session: Session, inviter_id: int, lead_id: int) -> int:
    """How many codes this member made to pass a lead on."""
    query = select(func.count(Invitation.id)).where(
        Invitation.inviter_id == inviter_id, Invitation.lead_id == lead_id
    )
    return session.scalars(query).one()


def of_member(session: Session, member_id: int) -> Sequence[Invitation]:
    """The invitations this member came in with."""
    return session.scalars(select(Invitation).where(Invitation.member_id == member_id)).all()
