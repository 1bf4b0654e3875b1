"""Offers: one lead, shown privately to one member, and their answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import ForeignKey, Index, UniqueConstraint, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Json, Owned
from db.leads import Lead
from db.members import Member


class Offer(Owned):
    """`state` goes from "planned" over "offered" to "yes", "no" or "later".

    It may end as "chosen", "passed" or "withdrawn", or as "skipped" when its moment came at a wrong time. One that is
    "barred" is never made: the source named who is not to be asked; one in "digest" waits for the weekly digest.
    `offer_at` is when a planned offer may go out; None: its wave has not come. `fit` holds band, reasons and
    doubts as they were decided, so that "waarom ik?" is answered from what was recorded. `by_digest`: it was one
    line of a weekly digest, which costs no push.
    """

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("lead_id", "member_id", name="uq_offers_lead_member"),
        Index("ix_offers_state_offer_at", "state", "offer_at"),
        Index("ix_offers_member_state", "member_id", "state"),
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    wave: Mapped[int]
    tipped_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    state: Mapped[str] = mapped_column(default="planned")
    fit: Mapped[Json]
    offer_at: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    words: Mapped[str | None]
    by_digest: Mapped[bool] = mapped_column(default=False)


class NewOffer(TypedDict):
    """An offer to store: the columns that are known when it is planned."""

    lead_id: int
    member_id: int
    wave: int
    tipped_by: int | None
    fit: Json
    offer_at: datetime | None


def plan(session: Session, planned: Sequence[NewOffer]) -> None:
    """Store the offers of a lead in one statement: there may be as many as there are members."""
    questions.add(session, Offer, planned)


def first_of_lead(session: Session, lead_id: int) -> list[Offer]:
    """The offers of a lead that have their moment or were tipped, by wave: of the others there may be very many."""
    return questions.scalars(session, FIRST_OF_LEAD, {"lead_id": lead_id})


def due(
    session: Session, now: datetime, state: str = "planned", lead_id: int | None = None
) -> Sequence[Offer]:
    """Offers of open leads in this state whose moment has come, in the order they were planned; of one lead or all."""
    query = (
        select(Offer)
        .join(Lead, Lead.id == Offer.lead_id)
        .where(Offer.state == state, Offer.offer_at <= now, Lead.state == "open")
        .order_by(Offer.offer_at, Offer.wave, Offer.id)
    )
    return session.scalars(query if lead_id is None else query.where(Offer.lead_id == lead_id)).all()


def offered_since(session: Session, since: datetime) -> Sequence[Offer]:
    """Every push that went out after a moment."""
    return session.scalars(select(Offer).where(Offer.offered_at > since).order_by(Offer.id)).all()


def held(session: Session, member_id: int) -> Sequence[Offer]:
    """Offers to this member whose moment was put off: there was no room yet, or a word of theirs is waited for."""
    return questions.scalars(session, HELD, {"member_id": member_id})


def of_lead(session: Session, lead_id: int) -> Sequence[Offer]:
    """Every offer of a lead, by wave."""
    return questions.scalars(session, OF_LEAD, {"lead_id": lead_id})


EVERYBODY_SENT_SINCE = (
    select(Offer.member_id, Offer.offered_at)
    .where(Offer.offered_at > bindparam("moment"), Offer.by_digest.is_(False))
    .order_by(Offer.offered_at)
)
HELD = (
    select(Offer)
    .join(Lead, Lead.id == Offer.lead_id)
    .where(
        Offer.member_id == bindparam("member_id"),
        Offer.state == "planned",
        Offer.offer_at.is_not(None),
        Lead.state == "open",
    )
    .order_by(Offer.id)
)
LATEST_TO = (
    select(Offer)
    .where(Offer.member_id == bindparam("member_id"), Offer.offered_at.is_not(None))
    .order_by(Offer.offered_at.desc(), Offer.id.desc())
    .limit(1)
)
OF_LEAD_TO = select(Offer).where(
    Offer.lead_id == bindparam("lead_id"), Offer.member_id == bindparam("member_id")
)
SENT_SINCE = (
    select(Offer.offered_at)
    .where(
        Offer.member_id == bindparam("member_id"),
        Offer.offered_at > bindparam("moment"),
        Offer.by_digest.is_(False),
    )
    .order_by(Offer.offered_at)
)
FIRST_OF_LEAD = (
    select(Offer)
    .where(
        Offer.lead_id == bindparam("lead_id"), or_(Offer.offer_at.is_not(None), Offer.tipped_by.is_not(None))
    )
    .order_by(Offer.wave, Offer.id)
)
OF_LEAD = select(Offer).where(Offer.lead_id == bindparam("lead_id")).order_by(Offer.wave, Offer.id)
# Written once: putting a question together costs as much as asking it, and every turn asks these.
TO_MEMBER = (
    select(Offer)
    .join(Lead, Lead.id == Offer.lead_id)
    .where(
        Offer.member_id == bindparam("member_id"),
        Offer.offered_at.is_not(None),
        Offer.state.in_(bindparam("states", expanding=True)),
        Lead.state == "open",
    )
    .order_by(Offer.offered_at.desc(), Offer.id.desc())
)
# Two ways in, each by its own index: one condition with an "or" over both tables would read them whole, and so does
# PostgreSQL when both ways are a list to look offers up in.
AT_STAKE = union_all(
    select(Offer.state, Offer.lead_id, Offer.member_id)
    .join(Lead, Lead.id == Offer.lead_id)
    .where(Offer.member_id == bindparam("member_id"), Offer.state == "offered", Lead.state == "open"),
    select(Offer.state, Offer.lead_id, Offer.member_id)
    .join(Lead, Lead.id == Offer.lead_id)
    .where(
        Lead.source_id == bindparam("member_id"),
        Lead.chooser != "coordinator",
        Lead.state == "open",
        Offer.state == "yes",
    ),
).order_by(Offer.lead_id.desc(), Offer.member_id)
# Of a member in the same question: whether it may be worth asking what is at stake for them.
MAY_BE_AT_STAKE = or_(
    select(Offer.id).where(Offer.member_id == Member.id, Offer.state == "offered").exists(),
    select(Lead.id).where(Lead.source_id == Member.id, Lead.state == "open").exists(),
)
YES_FOR_COORDINATORS = (
    select(Offer)
    .join(Lead, Lead.id == Offer.lead_id)
    .where(Lead.chooser == "coordinator", Lead.state == "open", Offer.state == "yes")
    .order_by(Lead.id.desc(), Offer.id)
)
YES_TO_LEADS_OF = (
    select(Offer)
    .join(Lead, Lead.id == Offer.lead_id)
    .where(
        Lead.source_id == bindparam("source_id"),
        Lead.chooser != "coordinator",
        Lead.state == "open",
        Offer.state == "yes",
    )
    .order_by(Lead.id.desc(), Offer.id)
)


def at_stake(session: Session, member_id: int) -> tuple[bool, list[tuple[int, int]]]:
    """What waits for a word of this member.

    Whether an offer does, and the yeses to their own leads, as pairs of lead and member, newest lead first. One
    question, and columns only: nothing of it is changed here.
    """
    waiting = questions.rows(session, AT_STAKE, {"member_id": member_id})
    yeses = [(lead_id, who) for state, lead_id, who in waiting if state == "yes"]
    return len(yeses) < len(waiting), yeses


def yes_for_coordinators(session: Session) -> Sequence[Offer]:
    """Members who said yes to an open lead for which a coordinator chooses, newest lead first."""
    return questions.scalars(session, YES_FOR_COORDINATORS, {})


def to_member(session: Session, member_id: int, *states: str) -> Sequence[Offer]:
    """Offers of open leads that went out to a member and are in one of these states, newest first."""
    return questions.scalars(session, TO_MEMBER, {"member_id": member_id, "states": states})


def made_to(session: Session, member_id: int, since: datetime) -> Sequence[Offer]:
    """What this member was offered since a moment, whatever became of it, newest first."""
    query = select(Offer).where(Offer.member_id == member_id, Offer.offered_at >= since)
    return session.scalars(query.order_by(Offer.offered_at.desc(), Offer.id.desc())).all()


def latest_to(session: Session, member_id: int) -> Offer | None:
    """The offer this member saw last, whatever became of it."""
    return questions.first(session, LATEST_TO, {"member_id": member_id})


def latest_digest(session: Session, member_id: int) -> Sequence[Offer]:
    """What was in the digest this member had last, whatever became of it, in the order in which it was planned."""
    known = select(func.max(Offer.offered_at)).where(Offer.member_id == member_id, Offer.by_digest)
    query = select(Offer).where(
        Offer.member_id == member_id, Offer.by_digest, Offer.offered_at == known.scalar_subquery()
    )
    return session.scalars(query.order_by(Offer.offer_at, Offer.wave, Offer.id)).all()


def of_lead_to(session: Session, lead_id: int, member_id: int) -> Offer | None:
    """The offer of one lead to one member."""
    return questions.first(session, OF_LEAD_TO, {"lead_id": lead_id, "member_id": member_id})


def sent_since(session: Session, member_id: int, moment: datetime) -> list[datetime]:
    """When this member had a push since a moment: what the weekly budget is counted from."""
    found = questions.scalars(session, SENT_SINCE, {"member_id": member_id, "moment": moment})
    return [at for at in found if at is not None]


def everybody_sent_since(session: Session, moment: datetime) -> dict[int, list[datetime]]:
    """When each member had a push since a moment, by member: as `sent_since`, of all who had any."""
    sent: dict[int, list[datetime]] = {}
    for member_id, at in questions.mixed(session, EVERYBODY_SENT_SINCE, {"moment": moment}):
        if at is not None:
            sent.setdefault(member_id, []).append(at)
    return sent


def yes_to_leads_of(session: Session, source_id: int) -> Sequence[Offer]:
    """Members who said yes to an open lead of this source, newest lead first."""
    return questions.scalars(session, YES_TO_LEADS_OF, {"source_id": source_id})
