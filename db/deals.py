"""Deals: work that was won through the collective, what was earned with it so far, and under which terms.

A deal is between a member and their own client. The collective is no party to it: it only keeps what the
member tells, so that whoever passed the work on gets the credit (mission rows A3-A5, A7, A21).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from db import questions
from db.base import Owned


class Deal(Owned):
    """Work that one member does. In a team each member has a deal of their own.

    `source_id` passed the work on; None: the client came to the collective itself. `percent`, `source_percent`
    and `cap_cents` are the terms, kept as they were on the first day; no cap: the member has not picked one.
    `follows_id` is the job that this one came after; `cap_of_id` the first deal that it shares one cap with.
    Turnover of months after `counts_until` asks no contribution. `rate_cents` is private to the member.
    `state` is "running" or "ended".
    """

    __tablename__ = "deals"

    introduction_id: Mapped[int | None] = mapped_column(ForeignKey("introductions.id"), unique=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("deals.id"))
    cap_of_id: Mapped[int | None] = mapped_column(ForeignKey("deals.id"), index=True)
    title: Mapped[str]
    client: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="running")
    won_on: Mapped[date]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    counts_until: Mapped[date | None]
    expected_cents: Mapped[int | None]
    rate_cents: Mapped[int | None]
    rate_unit: Mapped[str | None]
    percent: Mapped[int]
    source_percent: Mapped[int]
    cap_cents: Mapped[int | None]
    made_at: Mapped[datetime]


class DealChange(Owned):
    """One thing that changed about a deal, by whom and why; rows are only ever added.

    `what` is "tier" (`cents`: the cap), "extended" or "ended" (`day`), "expected" (`cents`).
    """

    __tablename__ = "deal_changes"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), index=True)
    what: Mapped[str]
    cents: Mapped[int | None]
    day: Mapped[date | None]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    why: Mapped[str | None]


class Turnover(Owned):
    """What a member says to have earned with a deal, in whole cents without VAT unless the collective counts it.

    `month` is the first day of the month it is about; None: the whole job. A report is never changed: one
    that mends an earlier one names it in `replaces_id`. `key` is what it was told with: a repeat is not stored.
    """

    __tablename__ = "turnover"
    __table_args__ = (
        UniqueConstraint("collective_id", "key", name="uq_turnover_key"),
        CheckConstraint("amount_cents >= 0", name="ck_turnover_amount"),
    )

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), index=True)
    key: Mapped[str]
    month: Mapped[date | None]
    amount_cents: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    why: Mapped[str | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("turnover.id"), unique=True)


# Written once, as every word about money asks it: putting a question together costs as much as asking it.
OF_MEMBER = select(Deal).where(Deal.member_id == bindparam("member_id")).order_by(Deal.id)


def of_member(session: Session, member_id: int) -> Sequence[Deal]:
    """The deals of who does the work, oldest first."""
    return questions.scalars(session, OF_MEMBER, {"member_id": member_id})


def of_source(session: Session, source_id: int) -> Sequence[Deal]:
    """The deals that came from what this member passed on, oldest first."""
    return session.scalars(select(Deal).where(Deal.source_id == source_id).order_by(Deal.id)).all()


def of_introduction(session: Session, introduction_id: int) -> Deal | None:
    """The deal an introduction led to."""
    return session.scalars(select(Deal).where(Deal.introduction_id == introduction_id)).one_or_none()


def of_lead(session: Session, lead_id: int) -> Sequence[Deal]:
    """The deals a lead led to: one per member of the team, oldest first."""
    return session.scalars(select(Deal).where(Deal.lead_id == lead_id).order_by(Deal.id)).all()


def sharing_cap(session: Session, deal: Deal) -> Sequence[Deal]:
    """The deals under one cap with this one, itself included, oldest first."""
    first = deal.cap_of_id or deal.id
    query = select(Deal).where((Deal.id == first) | (Deal.cap_of_id == first))
    return session.scalars(query.order_by(Deal.id)).all()


def everyone(session: Session) -> Sequence[Deal]:
    """Every deal of the collective, oldest first."""
    return session.scalars(select(Deal).order_by(Deal.id)).all()


def changes_of(session: Session, deal_id: int) -> Sequence[DealChange]:
    """What changed about a deal, in order."""
    return session.scalars(
        select(DealChange).where(DealChange.deal_id == deal_id).order_by(DealChange.id)
    ).all()


def turnover_of(session: Session, deal_ids: Sequence[int] | None = None) -> Sequence[Turnover]:
    """The reports that stand, of these deals or of all: those that none came in the place of, by deal and month."""
    later = aliased(Turnover)
    replaced = select(later.replaces_id).where(later.replaces_id.is_not(None))
    query = select(Turnover).where(Turnover.id.not_in(replaced))
    if deal_ids is not None:
        query = query.where(Turnover.deal_id.in_(deal_ids))
    return session.scalars(query.order_by(Turnover.deal_id, Turnover.month, Turnover.id)).all()


def every_turnover_of(session: Session, deal_id: int) -> Sequence[Turnover]:
    """All that was ever told of a deal, in order, with what was mended since."""
    return session.scalars(select(Turnover).where(Turnover.deal_id == deal_id).order_by(Turnover.id)).all()


def turnover_with_key(session: Session, key: str) -> Turnover | None:
    """The report that was told with this."""
    return session.scalars(select(Turnover).where(Turnover.key == key)).one_or_none()
