"""Prompts: what the clock will ask one member, and when. One a member, kind and subject: asking twice cannot happen."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Table, UniqueConstraint, bindparam, insert, literal, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import driver, questions
from db.base import Owned
from db.members import Member
from db.session import across


class Prompt(Owned):
    """One question to one member.

    `kind` is named where it is planned ("weekly", "job_end", "dues"); `subject_id` is the introduction, lead, deal
    or year it is about, 0 for none. `at` is when it is asked; None: no longer, or not again. `asked_at` is when
    it last was.
    """

    __tablename__ = "prompts"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "subject_id", name="uq_prompts_member_kind_subject"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    subject_id: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime | None] = mapped_column(index=True)
    asked_at: Mapped[datetime | None]


OF_MEMBER = select(Prompt).where(
    Prompt.member_id == bindparam("member_id"),
    Prompt.kind == bindparam("kind"),
    Prompt.subject_id == bindparam("subject_id"),
)
ABOUT = (
    select(Prompt)
    .where(Prompt.kind == bindparam("kind"), Prompt.subject_id == bindparam("subject_id"))
    .order_by(Prompt.id)
)
MEMBERS_ASKED_SINCE = select(Prompt.member_id).where(
    Prompt.kind == bindparam("kind"), Prompt.asked_at > bindparam("since")
)
ASKED_SINCE = (
    select(Prompt)
    .where(
        Prompt.member_id == bindparam("member_id"),
        Prompt.kind.in_(bindparam("kinds", expanding=True)),
        Prompt.asked_at > bindparam("since"),
    )
    .order_by(Prompt.id)
)

# The tables, not the classes: planned across collectives.
_prompts, _members = (cast("Table", each.__table__) for each in (Prompt, Member))
_OF_PERSON = select(_members.c.id).where(
    _members.c.person_id == bindparam("person_id"), _members.c.state == "active"
)
_KNOWN = (_prompts.c.kind == bindparam("of_kind")) & (_prompts.c.subject_id == 0)
AGAIN_EVERYWHERE = (
    update(_prompts).where(_KNOWN, _prompts.c.member_id.in_(_OF_PERSON)).values(at=bindparam("moment"))
)
NEW_EVERYWHERE = insert(_prompts).from_select(
    ["collective_id", "member_id", "kind", "subject_id", "at"],
    _OF_PERSON.with_only_columns(
        _members.c.collective_id,
        _members.c.id,
        bindparam("of_kind", type_=_prompts.c.kind.type),
        literal(0),
        bindparam("moment", type_=_prompts.c.at.type),
    ).where(~select(_prompts.c.id).where(_KNOWN, _prompts.c.member_id == _members.c.id).exists()),
)


def due(session: Session, kind: str, now: datetime) -> Sequence[Prompt]:
    """The questions of this kind whose moment has come, in that order."""
    query = select(Prompt).where(Prompt.kind == kind, Prompt.at <= now)
    return session.scalars(query.order_by(Prompt.at, Prompt.id)).all()


def of_member(session: Session, member_id: int, kind: str, subject_id: int = 0) -> Prompt | None:
    """This question to this member, asked or not."""
    return questions.first(
        session, OF_MEMBER, {"member_id": member_id, "kind": kind, "subject_id": subject_id}
    )


def about(session: Session, kind: str, subject_id: int) -> Sequence[Prompt]:
    """Everybody's question of this kind about one subject, in the order they were planned."""
    return questions.scalars(session, ABOUT, {"kind": kind, "subject_id": subject_id})


def asked_since(
    session: Session, member_id: int, kinds: Collection[str], since: datetime
) -> Sequence[Prompt]:
    """What this member was asked of these kinds after a moment."""
    return questions.scalars(
        session, ASKED_SINCE, {"member_id": member_id, "kinds": list(kinds), "since": since}
    )


def members_asked_since(session: Session, kind: str, since: datetime) -> frozenset[int]:
    """Ids of everybody who was asked this after a moment."""
    return frozenset(questions.scalars(session, MEMBERS_ASKED_SINCE, {"kind": kind, "since": since}))


def plan(session: Session, member_id: int, kind: str, subject_id: int, at: datetime | None) -> Prompt:
    """Ask this at a moment, instead of when it would have been asked; None: do not ask."""
    row = of_member(session, member_id, kind, subject_id)
    if row is None:
        row = Prompt(member_id=member_id, kind=kind, subject_id=subject_id)
        session.add(row)
    row.at = at
    return row


def plan_everywhere(session: Session, person_id: int, kind: str, at: datetime) -> None:
    """Let the clock do this for a person in each of their collectives: something about the person, known in none."""
    values = {"person_id": person_id, "of_kind": kind, "moment": at}
    session.flush()
    with across(session):
        driver.execute(session, AGAIN_EVERYWHERE, values)
        driver.execute(session, NEW_EVERYWHERE, values)
