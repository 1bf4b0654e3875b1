"""Leads: work a member passes on, and the people of the client, kept apart."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, bindparam, cast, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Json, Owned


class Lead(Owned):
    """`details` is what was understood and confirmed, without any person's data.

    `state` is "open", "chosen", "closed" or "withdrawn", or "team": then it is asked seat by seat, each a lead of
    its own below it, and `contractor_id` is who leads the work (mission row C3). `closing` says why it closed. `print`
    is what a second telling is recognised by. `seed` repeats the draw. `window_ends_at` is when the present wave is
    over; None: no wave is out. `nudge_at` is when who chooses is reminded, `reminders` how often they were. `chooser`
    is "source", "coordinator", "client" or "contractor", and `mode` "waves" or "one": as it was when the lead was told.
    `parent_id` is the lead that this one came out of: of a team, or when the client wanted something else (mission row
    A7); its source keeps the credit, unless it is `for_collective`: the client came to the collective itself (C2).
    """

    __tablename__ = "leads"
    __table_args__ = (
        Index("ix_leads_state_window", "state", "window_ends_at"),
        Index("ix_leads_state_nudge", "state", "nudge_at"),
        Index("ix_leads_source_state", "source_id", "state"),
    )

    source_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"), index=True)
    contractor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    for_collective: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="open")
    closing: Mapped[str | None]
    stage: Mapped[str | None]
    title: Mapped[str]
    details: Mapped[Json]
    print: Mapped[Json]
    seed: Mapped[int]
    wave: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    window_ends_at: Mapped[datetime | None]
    nudge_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    chooser: Mapped[str] = mapped_column(default="source")
    mode: Mapped[str] = mapped_column(default="waves")


class LeadContact(Owned):
    """A person at the client: shown to nobody but the source and the one who is introduced."""

    __tablename__ = "lead_contacts"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]


OF_SOURCE = (
    select(Lead)
    .where(Lead.source_id == bindparam("source_id"), Lead.state != "withdrawn")
    .order_by(Lead.id.desc())
)
# Only the print, as the text it is stored as: what else a lead holds would take most of the time.
PRINTS_SINCE = (
    select(Lead.id, cast(Lead.print, Text))
    .where(Lead.created_at >= bindparam("moment"), Lead.state != "withdrawn")
    .order_by(Lead.id)
)


def of_source(session: Session, source_id: int) -> Sequence[Lead]:
    """What this member brought, newest first."""
    return questions.scalars(session, OF_SOURCE, {"source_id": source_id})


def line_of(session: Session, lead: Lead) -> list[Lead]:
    """A lead, the one it came out of, and so on to the first: whose source has the credit."""
    line = [lead]
    while line[-1].parent_id is not None and (parent := session.get(Lead, line[-1].parent_id)) is not None:
        line.append(parent)
    return line


def children_of(session: Session, lead_id: int) -> Sequence[Lead]:
    """The leads that came out of this one, oldest first: the seats of a team."""
    return session.scalars(select(Lead).where(Lead.parent_id == lead_id).order_by(Lead.id)).all()


def teams(session: Session) -> Sequence[Lead]:
    """The leads of a whole team, newest first."""
    return session.scalars(select(Lead).where(Lead.state == "team").order_by(Lead.id.desc())).all()


def open_since(session: Session, moment: datetime) -> Sequence[Lead]:
    """Open leads told since a moment, oldest first."""
    query = select(Lead).where(Lead.state == "open", Lead.created_at >= moment).order_by(Lead.id)
    return session.scalars(query).all()


def since(session: Session, moment: datetime) -> Sequence[Lead]:
    """Leads told since a moment and not withdrawn."""
    query = select(Lead).where(Lead.created_at >= moment, Lead.state != "withdrawn").order_by(Lead.id)
    return session.scalars(query).all()


def prints_since(session: Session, moment: datetime) -> list[tuple[int, str]]:
    """Ids and prints (JSON) of those same leads: where a second telling is looked for."""
    return questions.mixed(session, PRINTS_SINCE, {"moment": moment})


def contact_of(session: Session, lead_id: int) -> LeadContact | None:
    """The client's person for this lead, if one was named."""
    return session.scalars(select(LeadContact).where(LeadContact.lead_id == lead_id)).first()


def set_contact(session: Session, lead_id: int, contact: LeadContact) -> None:
    """Put this person in the place of whoever was named before."""
    session.execute(delete(LeadContact).where(LeadContact.lead_id == lead_id))
    session.add(contact)


def drop_contact(session: Session, lead_id: int) -> None:
    """Forget the client's person of this lead."""
    session.execute(delete(LeadContact).where(LeadContact.lead_id == lead_id))


def with_window_over(session: Session, now: datetime) -> Sequence[Lead]:
    """Open leads whose answer window has passed."""
    query = select(Lead).where(Lead.state == "open", Lead.window_ends_at <= now)
    return session.scalars(query.order_by(Lead.window_ends_at, Lead.id)).all()


def to_nudge(session: Session, now: datetime) -> Sequence[Lead]:
    """Open leads whose source should be reminded to choose."""
    query = select(Lead).where(Lead.state == "open", Lead.nudge_at <= now)
    return session.scalars(query.order_by(Lead.nudge_at, Lead.id)).all()
