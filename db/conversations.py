"""Where each member's talk stands, as plain JSON; `dialogs` gives the JSON its meaning."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, and_, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import driver, questions
from db.base import Json, Owned
from db.members import Member
from db.offers import MAY_BE_AT_STAKE
from db.room import Room
from db.session import across, collective_of


class OpenTalk(Owned):
    """At most one per member."""

    __tablename__ = "conversations"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    state: Mapped[Json]
    changed_at: Mapped[datetime]


# Written once: putting a question together costs as much as asking it, and every turn asks this one.
WITH_MEMBER = (
    select(Member, OpenTalk.state, Room.asked_at, OpenTalk.changed_at, MAY_BE_AT_STAKE)
    .outerjoin(OpenTalk, OpenTalk.member_id == Member.id)
    .outerjoin(Room, and_(Room.member_id == Member.id, Room.unanswered > 0))
    .where(Member.person_id == bindparam("person_id"), Member.state != "left")
)

_members, _talks = (
    Member.__table__,
    OpenTalk.__table__,
)  # the tables, not the classes: asked across collectives
OF_PERSON = (
    select(_talks.c.state)
    .join(_members, _members.c.id == _talks.c.member_id)
    .where(_members.c.person_id == bindparam("person_id"), _members.c.state != "left")
)


def _save_in(engine: type[sqlite.Insert | postgresql.Insert]) -> sqlite.Insert | postgresql.Insert:
    new = engine(OpenTalk)
    return new.on_conflict_do_update(
        index_elements=["member_id"],
        set_={"state": new.excluded.state, "changed_at": new.excluded.changed_at},
        where=OpenTalk.collective_id == new.excluded.collective_id,
    )


SAVE = {"sqlite": _save_in(sqlite.Insert), "postgresql": _save_in(postgresql.Insert)}


class Entered(NamedTuple):
    """A member, where the talk with them stands, since when a question about their room has no answer.

    `changed_at` is when that talk last went on. `may_be_at_stake`: an offer may wait for their word, or a yes to a lead
    of theirs; `offers.at_stake` tells.
    """

    member: Member
    talk: Json
    room_asked_at: datetime | None
    changed_at: datetime | None
    may_be_at_stake: bool


def with_member(session: Session, person_id: int) -> Entered | None:
    """A person's membership in the collective of the session, with what every turn begins with."""
    found = questions.mixed(session, WITH_MEMBER, {"person_id": person_id})
    return Entered(found[0][0], found[0][1] or {}, *found[0][2:]) if found else None


def elsewhere(session: Session, person_id: int) -> list[Json]:
    """Where the talks with a person stand: asked across collectives, before it is known in which one they speak."""
    with across(session):
        return [row[0] or {} for row in driver.execute(session, OF_PERSON, {"person_id": person_id})]


def save(session: Session, member_id: int, state: Json, now: datetime) -> None:
    """Replace the stored talk, in one statement whether there was one or not."""
    session.flush()  # the member may be new
    talk = {
        "collective_id": collective_of(session),
        "member_id": member_id,
        "state": state,
        "changed_at": now,
    }
    driver.tell(session, SAVE[session.get_bind().dialect.name], talk)


def forget(session: Session, member_id: int) -> None:
    """Drop the stored talk."""
    session.execute(delete(OpenTalk).where(OpenTalk.member_id == member_id))
