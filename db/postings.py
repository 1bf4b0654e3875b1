"""Postings: what an index of members in memory is filled from, and which members changed since it was.

The database itself notes each change of a member, their words, agenda or room, so none can be missed.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ForeignKey, Index, Select, Table, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.availability import Period
from db.base import Owned
from db.members import Member, Term
from db.room import Room
from db.session import OWN

KEPT = 10_000  # changes of a collective; who is further behind reads everybody again


class MemberChange(Owned):
    """Something about a member changed; written by triggers alone.

    `token` is drawn by lot: after a rollback another change may get the same id.
    """

    __tablename__ = "member_changes"
    __table_args__ = (Index("ix_member_changes_order", "collective_id", "id"),)

    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    member_id: Mapped[int]
    token: Mapped[int]


class Mark(NamedTuple):
    """How far an index has read."""

    id: int
    token: int


class Standing(NamedTuple):
    """What of a member decides whether and when they are asked: the columns of the same names."""

    id: int
    state: str
    latitude: float | None
    longitude: float | None
    radius_km: int | None
    remote: str | None
    quiet_until: date | None
    last_asked_at: datetime | None


class Busy(NamedTuple):
    """Days on which a member cannot work."""

    member_id: int
    start_on: date
    end_on: date | None


class Filling(NamedTuple):
    """All that an index holds of some members. `words` are (member, kind, term), `much` (member, until when)."""

    members: list[Standing]
    words: list[tuple[int, str, str]]
    busy: list[Busy]
    much: list[tuple[int, datetime]]


def newest(session: Session) -> Mark:
    """The last change there was; Mark(0, 0) when there was none."""
    session.flush()
    found = session.execute(
        select(_log.c.id, _log.c.token).where(_OWN_LOG).order_by(_log.c.id.desc()).limit(1)
    )
    return next((Mark._make(row) for row in found), Mark(0, 0))


def changed_since(session: Session, mark: Mark) -> tuple[Mark, frozenset[int]] | None:
    """The newest change and the members that changed after `mark`; None when nobody knows any more."""
    session.flush()
    rows = questions.rows(session, _SINCE, {"mark": mark.id})
    marks = [Mark(number, token) for number, token, _ in rows]
    if mark.id and marks[:1] != [mark]:
        return None
    changed = frozenset(member_id for number, _, member_id in rows if number != mark.id)
    return marks[-1] if marks else mark, changed


def filling(session: Session, member_ids: Collection[int] | None = None) -> Filling:
    """What an index holds of these members; of everybody when it is None."""

    def rows(table: Table, *names: str, key: str = "member_id") -> Select[Any]:
        query = select(*(table.c[name] for name in names)).where(table.c.collective_id == bindparam(OWN))
        return query if member_ids is None else query.where(table.c[key].in_(member_ids))

    words = rows(_terms, "member_id", "kind", "term").where(_terms.c.kind.in_(("role", "skill", "checked")))
    busy = rows(_periods, *Busy._fields).where(_periods.c.status.in_(("full", "away")))
    much = rows(_room, "member_id", "ends_at").where(_room.c.room == "much", _room.c.ends_at.is_not(None))
    return Filling(
        [Standing._make(row) for row in session.execute(rows(_members, *Standing._fields, key="id"))],
        [(row[0], row[1], row[2]) for row in session.execute(words)],
        [Busy._make(row) for row in session.execute(busy)],
        [(row[0], row[1]) for row in session.execute(much)],
    )


def trim(session: Session, kept: int = KEPT) -> None:
    """Forget changes that are so long ago that hardly an index is so far behind: all but the last so many."""
    last = session.scalars(select(func.max(MemberChange.id))).one()
    if last is not None:
        session.execute(delete(MemberChange).where(MemberChange.id < last - kept))


_log, _members, _terms, _periods, _room = (
    cast("Table", each.__table__) for each in (MemberChange, Member, Term, Period, Room)
)
_OWN_LOG = _log.c.collective_id == bindparam(OWN)
_SINCE = (
    select(_log.c.id, _log.c.token, _log.c.member_id)
    .where(_OWN_LOG, _log.c.id >= bindparam("mark"))
    .order_by(_log.c.id)
)
