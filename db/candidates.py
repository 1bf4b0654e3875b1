"""Candidates: which members a lead may suit, found by their words before anybody is compared.

Roles and skills select, and nothing else does: an index on availability or on the collective alone would read nearly
everybody (measured). Both databases are asked the same question.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Float,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from db.availability import Period
from db.base import Moment
from db.members import Member, Term
from db.room import Room

TERMS_READ = 1000  # words of members; beyond these the crowd is never read one by one

# How near, in the steps of the bands of a fit; finer would let fit overrule turn among equals.
ROLE_SHARE, NEAR = 0.6, 0.7
STEPS = (0.75, 0.4)
# A draw that both databases can make: multiply by a large prime, keep what is left of another.
SPREAD, SEEDED, DRAWN = 2_654_435_761, 40_503, 2_147_483_647


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: canonical terms asked and near, in a lead that begins on `begin`.

    Who is busy from `begin` up to and including `late` cannot start in time. `seed` is that of the draw.
    """

    roles: frozenset[str]
    near_roles: frozenset[str]
    skills: frozenset[str]
    near_skills: frozenset[str]
    must: frozenset[str]
    begin: date
    late: date
    today: date
    now: datetime
    seed: int


class Profile(NamedTuple):
    """What a match reads of a member: the columns of the same names."""

    id: int
    about: str
    place: str | None
    latitude: float | None
    longitude: float | None
    radius_km: int | None
    remote: str | None
    rate_cents: int | None
    years: int | None
    quiet_until: date | None
    last_asked_at: datetime | None


class Word(NamedTuple):
    """A word about a member, as in their terms."""

    kind: str
    term: str
    said: str


class Spell(NamedTuple):
    """A period of a member's agenda: the columns of the same names."""

    start_on: date
    end_on: date | None
    status: str
    hours: float | None
    weekdays: str
    dayparts: str
    stated_on: date


def everybody_near(session: Session, search: Search, most: int) -> frozenset[int] | None:
    """Ids of all members with one of the terms; None when they are more than `most`."""
    found = session.scalars(_NEAR, _asked(search)).all()
    near = frozenset(found)
    return None if len(found) > TERMS_READ or len(near) > most else near


def shortlist(session: Session, search: Search, most: int) -> Sequence[int]:
    """Ids of the `most` members who are first in turn among the nearest that can be asked, in that order.

    Not everybody: who is quiet, busy or without what the client must have is left out here already. Holders of
    the role or one near it come before those who only have skills.
    """
    _plan_for_these_words(session)
    values = _asked(search) | _circumstances(search) | {"most": most}
    has_must = bool(search.must)
    if search.roles:
        fewer = [*search.roles, *search.near_roles, *search.skills]
        first = session.scalars(_in_turn(by_role=True, has_must=has_must), values | {"terms": fewer}).all()
        if len(first) == most:
            return first
    # too few have the role: whoever has the skills is welcome too
    return session.scalars(_in_turn(by_role=False, has_must=has_must), values).all()


def profiles(session: Session, member_ids: Collection[int]) -> list[Profile]:
    """The active ones of these members, by id."""
    return [Profile._make(row) for row in session.execute(_PROFILES, {"ids": list(member_ids)})]


def words_of(session: Session, member_ids: Collection[int]) -> dict[int, list[Word]]:
    """The words about each of these members."""
    found: dict[int, list[Word]] = {member_id: [] for member_id in member_ids}
    for member_id, *word in session.execute(_WORDS, {"ids": list(member_ids)}):
        found[member_id].append(Word._make(word))
    return found


def agendas(session: Session, member_ids: Collection[int]) -> dict[int, list[Spell]]:
    """The periods of each of these members, earliest first."""
    found: dict[int, list[Spell]] = {member_id: [] for member_id in member_ids}
    for member_id, *spell in session.execute(_SPELLS, {"ids": list(member_ids)}):
        found[member_id].append(Spell._make(spell))
    return found


def _plan_for_these_words(session: Session) -> None:
    """PostgreSQL would soon settle on one plan for rare and common words alike."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")


def _asked(search: Search) -> dict[str, Any]:
    return {
        "roles": [*search.roles, *search.near_roles],
        "skills": [*search.skills, *search.near_skills],
        "terms": [*search.roles, *search.near_roles, *search.skills, *search.near_skills],
        "exact_roles": list(search.roles),
        "exact_skills": list(search.skills),
        "must": list(search.must),
    }


def _circumstances(search: Search) -> dict[str, Any]:
    role_part = ROLE_SHARE if search.skills else 1.0
    return {
        "role_part": role_part if search.roles else 0.0,
        "skill_part": 1.0 - role_part if search.roles else 1.0,
        "skills_asked": float(max(len(search.skills), 1)),
        "musts": len(search.must),
        "begin": search.begin,
        "late": search.late,
        "today": search.today,
        "now": search.now,
        "seed": search.seed % DRAWN,
    }


# --- the questions, written once: putting one together costs as much as asking it


def _list(name: str) -> Any:
    return bindparam(name, expanding=True)


# Not "(role and one of these) or (skill and one of those)": SQLite would read every word of the collective (measured).
_WORD = and_(Term.kind.in_(("role", "skill")), Term.term.in_(_list("terms")))
_NEAR = select(Term.member_id).where(_WORD).limit(TERMS_READ + 1)
_PROFILES = (
    select(*(getattr(Member, name) for name in Profile._fields))
    .where(Member.id.in_(_list("ids")), Member.state == "active")
    .order_by(Member.id)
)
_WORDS = (
    select(Term.member_id, Term.kind, Term.term, Term.said)
    .where(Term.member_id.in_(_list("ids")))
    .order_by(Term.id)
)
_SPELLS = (
    select(Period.member_id, *(getattr(Period, name) for name in Spell._fields))
    .where(Period.member_id.in_(_list("ids")))
    .order_by(Period.start_on, Period.id)
)


@cache
def _in_turn(*, by_role: bool, has_must: bool) -> Select[int]:
    """`by_role`: only holders of a role asked or near."""
    role = func.max(case((_is("role", "exact_roles"), 1.0), (_is("role", "roles"), NEAR), else_=0.0))
    have = func.sum(case((_is("skill", "exact_skills"), 1.0), (_is("skill", "skills"), NEAR), else_=0.0))
    whose = Term.member_id + 0  # the bare column tempts SQLite to walk along everybody to group them
    grouped = (
        select(whose.label("member_id"), role.label("role"), have.label("have")).where(_WORD).group_by(whose)
    )
    near = (grouped.having(role > 0) if by_role else grouped).subquery()
    query = (
        select(Member.id)
        .join(near, near.c.member_id == Member.id)
        .where(
            Member.state == "active",
            or_(Member.quiet_until.is_(None), Member.quiet_until < bindparam("today", type_=Date)),
            ~_busy(),
        )
        .order_by(_step(near.c.role, near.c.have), *_turn())
        .limit(bindparam("most", type_=BigInteger))
    )
    if not has_must:
        return query
    having = select(Term.member_id).where(Term.kind.in_(("role", "skill")), Term.term.in_(_list("must")))
    count = func.count(Term.term.distinct())
    return query.where(
        Member.id.in_(having.group_by(Term.member_id).having(count == bindparam("musts", type_=BigInteger)))
    )


def _is(kind: str, terms: str) -> ColumnElement[bool]:
    return and_(Term.kind == kind, Term.term.in_(_list(terms)))


def _step(role: ColumnElement[float], have: ColumnElement[float]) -> ColumnElement[int]:
    """0 for the nearest. As the fit has it: role for three fifths, skills for two, or the one that is asked."""
    share = have / _number("skills_asked")
    near = _number("role_part") * role + _number("skill_part") * case((share > 1.0, 1.0), else_=share)
    return case((near >= STEPS[0], 0), (near >= STEPS[1], 1), else_=2)


def _number(name: str) -> ColumnElement[float]:
    return bindparam(name, type_=Float)


def _busy() -> ColumnElement[bool]:
    begin, late = (bindparam(name, type_=Date) for name in ("begin", "late"))
    return exists().where(
        Period.member_id == Member.id,
        Period.status.in_(("full", "away")),
        Period.start_on <= begin,
        or_(Period.end_on.is_(None), Period.end_on >= late),
    )


def _turn() -> tuple[ColumnElement[Any], ...]:
    """Who has little work, who was asked longest ago, and a lot."""
    has_little = Member.id.in_(
        select(Room.member_id).where(Room.room == "much", Room.ends_at > bindparam("now", type_=Moment))
    )
    lot = (Member.id * SPREAD + bindparam("seed", type_=BigInteger) * SEEDED) % DRAWN
    return case((has_little, 0), else_=1), Member.last_asked_at.asc().nulls_first(), lot
