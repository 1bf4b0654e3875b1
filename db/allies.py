"""Allies: the other collectives that this one shares work with, and the leads that went there or came from there."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import driver, questions
from db.base import Owned
from db.leads import Lead
from db.members import Member
from db.offers import Offer
from db.session import across


class Ally(Owned):
    """How this collective stands with another; the other one has a row of its own.

    `state` is "proposed" (by us), "asked" (by them), "allied", or "ended".
    """

    __tablename__ = "allies"
    __table_args__ = (UniqueConstraint("collective_id", "ally_id", name="uq_allies_pair"),)

    ally_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    name: Mapped[str]
    state: Mapped[str]


class Crossing(Owned):
    """A lead that went to an allied collective, or (`theirs`: its id there) the copy of one that came from there.

    `state` is "sent", "asking", "taken" (somebody was chosen) or "over".
    """

    __tablename__ = "crossings"

    ally_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    theirs: Mapped[int | None]
    state: Mapped[str]


class Yes(NamedTuple):
    """Who said yes to an open lead, in which collective, and whether who brought it is a guest there."""

    collective_id: int
    lead_id: int
    member_id: int
    name: str
    to_guest: bool


# The tables, not the classes: asked across collectives.
_source, _yes = Member.__table__.alias("source"), Member.__table__.alias("yes")
_leads, _offers = Lead.__table__, Offer.__table__
YES_TO_PERSON = (
    select(_leads.c.collective_id, _leads.c.id, _yes.c.id, _yes.c.name, _source.c.state == "guest")
    .select_from(_source)
    .join(_leads, _leads.c.source_id == _source.c.id)
    .join(_offers, _offers.c.lead_id == _leads.c.id)
    .join(_yes, _yes.c.id == _offers.c.member_id)
    .where(
        _source.c.person_id == bindparam("person_id"),
        _source.c.state != "left",
        _leads.c.chooser != "coordinator",
        _leads.c.state == "open",
        _offers.c.state == "yes",
    )
    .order_by(_leads.c.id.desc(), _yes.c.id)
)
ALLIED = select(Ally).where(Ally.state == "allied").order_by(Ally.name, Ally.id)
CROSSINGS_OF = select(Crossing).where(Crossing.lead_id == bindparam("lead_id")).order_by(Crossing.id)


def yes_to(session: Session, person_id: int) -> Sequence[Yes]:
    """Who said yes to what a person brought, newest lead first: asked across collectives, before one is opened."""
    with across(session):
        found = driver.execute(session, YES_TO_PERSON, {"person_id": person_id})
    return [Yes(where, lead, who, name, bool(guest)) for where, lead, who, name, guest in found]


def everyone(session: Session) -> Sequence[Ally]:
    """Every collective this one has or had to do with, by name."""
    return session.scalars(select(Ally).order_by(Ally.name, Ally.id)).all()


def allied(session: Session) -> Sequence[Ally]:
    """The collectives that both sides agreed to share work with, by name."""
    return questions.scalars(session, ALLIED, {})


def with_collective(session: Session, ally_id: int) -> Ally | None:
    """How this collective stands with another."""
    return session.scalars(select(Ally).where(Ally.ally_id == ally_id)).one_or_none()


def crossings_of(session: Session, lead_id: int) -> Sequence[Crossing]:
    """Where a lead went to or came from, oldest first."""
    return questions.scalars(session, CROSSINGS_OF, {"lead_id": lead_id})


def crossings_with(session: Session, ally_id: int) -> Sequence[Crossing]:
    """What went to or came from another collective, oldest first."""
    return session.scalars(select(Crossing).where(Crossing.ally_id == ally_id).order_by(Crossing.id)).all()


def arrived(session: Session, ally_id: int, theirs: int) -> Crossing | None:
    """The newest copy of that lead of an allied collective."""
    query = select(Crossing).where(Crossing.ally_id == ally_id, Crossing.theirs == theirs)
    return session.scalars(query.order_by(Crossing.id.desc())).first()
