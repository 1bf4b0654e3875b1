"""Prompts: what the clock will ask one member, and when. One a member, kind and subject: asking twice cannot happen."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Executable,
    ForeignKey,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import driver, questions
from db.base import Owned
from db.members import Member
from db.session import across, collective_of


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


def _plan_in(
    engine: type[sqlite.Insert | postgresql.Insert], *names: str
) -> sqlite.Insert | postgresql.Insert:
    new = engine(Prompt)
    return new.on_conflict_do_update(
        index_elements=["member_id", "kind", "subject_id"],
        set_={each: new.excluded[each] for each in names},
        where=Prompt.collective_id == new.excluded.collective_id,
    )


PLAN = {"sqlite": _plan_in(sqlite.Insert, "at"), "postgresql": _plan_in(postgresql.Insert, "at")}
NOTE_ASKED = {
    "sqlite": _plan_in(sqlite.Insert, "at", "asked_at"),
    "postgresql": _plan_in(postgresql.Insert, "at", "asked_at"),
}


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


def plan(session: Session, member_id: int, kind: str, subject_id: int, at: datetime | None) -> None:
    """Ask this at a moment, instead of when it would have been asked; None: do not ask."""
    _plan(session, PLAN, {"member_id": member_id, "kind": kind, "subject_id": subject_id, "at": at})


def note_asked(session: Session, member_id: int, kind: str, subject_id: int, now: datetime) -> None:
    """This was asked now, and is not asked again by itself."""
    asked = {"member_id": member_id, "kind": kind, "subject_id": subject_id, "at": None, "asked_at": now}
    _plan(session, NOTE_ASKED, asked)


def _plan(session: Session, statements: Mapping[str, Executable], planned: Mapping[str, Any]) -> None:
    """In one statement whether it was planned before or not; where it has been read it is changed as it was read."""
    session.flush()  # the member may be new
    known = _read_before(session, planned)
    if known is None:
        own = {"collective_id": collective_of(session)}
        driver.tell(session, statements[session.get_bind().dialect.name], {**planned, **own})
        return
    for name, value in planned.items():
        setattr(known, name, value)


def _read_before(session: Session, planned: Mapping[str, Any]) -> Prompt | None:
    wanted = planned["member_id"], planned["kind"], planned["subject_id"]
    for each in session.identity_map.values():
        if isinstance(each, Prompt) and (each.member_id, each.kind, each.subject_id) == wanted:
            return each
    return None


def plan_everywhere(session: Session, person_id: int, kind: str, at: datetime) -> None:
    """Let the clock do this for a person in each of their collectives: something about the person, known in none."""
    values = {"person_id": person_id, "of_kind": kind, "moment": at}
    session.flush()
    with across(session):
        driver.execute(session, AGAIN_EVERYWHERE, values)
        driver.execute(session, NEW_EVERYWHERE, values)
