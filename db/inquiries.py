"""Inquiries: what clients ask at the collective's own door, who the clients are, and the link that opens it (row C2).

A client has no membership: an account, a talk, and what they asked.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Json, Owned

LIVE = ("open", "taken", "shared")  # states in which somebody is still to answer


class Door(Owned):
    """A link that clients may follow. Its code is no secret: it stands on a website, and only lets somebody ask."""

    __tablename__ = "doors"

    code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Client(Owned):
    """Somebody who came through the door. `phone` and `email` are what they told; `talk` is where that stands."""

    __tablename__ = "clients"
    __table_args__ = (UniqueConstraint("collective_id", "account_id", name="uq_clients_account"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    talk: Mapped[Json]
    changed_at: Mapped[datetime]


class Inquiry(Owned):
    """What a client asked. `details` is what was understood and confirmed, `words` their own, until it is shared.

    `state` is "open" (nobody took it), "taken" (by `taken_by_id`), "shared" (as `lead_id`), "withdrawn" by the client
    or "declined" by who took it.
    """

    __tablename__ = "inquiries"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    state: Mapped[str] = mapped_column(default="open")
    title: Mapped[str]
    details: Mapped[Json]
    words: Mapped[str | None]
    created_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"), index=True)
    closed_at: Mapped[datetime | None]


def collective_of(session: Session, code: str) -> int | None:
    """Which collective's door this code opens, closed ones too: asked before the collective is known."""
    table = Door.__table__
    found: int | None = session.execute(
        select(table.c.collective_id).where(table.c.code == code)
    ).scalar_one_or_none()
    return found


def door(session: Session) -> Door | None:
    """The door that is open, if there is one."""
    return session.scalars(select(Door).where(Door.closed_at.is_(None)).order_by(Door.id.desc())).first()


def door_with(session: Session, code: str) -> Door | None:
    """The door with this code, open or closed."""
    return session.scalars(select(Door).where(Door.code == code)).one_or_none()


def client_at(session: Session, account_id: int) -> Client | None:
    """The client who writes from this account."""
    return session.scalars(select(Client).where(Client.account_id == account_id)).one_or_none()


def live_of(session: Session, client_id: int) -> Sequence[Inquiry]:
    """What this client asked and waits for, newest first."""
    query = select(Inquiry).where(Inquiry.client_id == client_id, Inquiry.state.in_(LIVE))
    return session.scalars(query.order_by(Inquiry.id.desc())).all()


def of_client(session: Session, client_id: int) -> Sequence[Inquiry]:
    """All this client asked, newest first."""
    query = select(Inquiry).where(Inquiry.client_id == client_id)
    return session.scalars(query.order_by(Inquiry.id.desc())).all()


def taken_by(session: Session, member_id: int) -> Sequence[Inquiry]:
    """What this member took and did not share or decline, oldest first."""
    query = select(Inquiry).where(Inquiry.taken_by_id == member_id, Inquiry.state == "taken")
    return session.scalars(query.order_by(Inquiry.id)).all()


def of_lead(session: Session, lead_id: int) -> Inquiry | None:
    """The inquiry that became this lead."""
    return session.scalars(select(Inquiry).where(Inquiry.lead_id == lead_id)).first()
