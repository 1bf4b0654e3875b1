"""Candidates: which members a lead may suit, found by their words before anybody is compared.

Roles and skills select, and nothing else does: an index on availability or on the collective alone would read nearly
everybody (measured). Both databases are asked the same question, and one question brings all that a match reads.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from msgspec.json import Decoder, Encoder
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Dialect,
    Float,
    FromClause,
    Select,
    String,
    Table,
    TypeDecorator,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from db import questions
from db.availability import Period, Spell
from db.base import Moment
from db.members import Member, Term
from db.room import Room
from db.session import OWN

T = TypeVar("T")
TERMS_READ = 1000  # words of members; beyond these the crowd is never read one by one

# How near, in the steps of the bands of a fit; finer would let fit overrule turn among equals.
ROLE_SHARE, NEAR = 0.6, 0.7
STRONG, FAIR = 0.75, 0.4
LATER = 4  # a step that is not worked out
LONGER = 4  # times: a question has 1, 4, 16, ... values to look up
VERY = 10_000  # of skills, what one that is asked itself counts for, so that one number tells both
FARTHEST_KM = 500  # who travels further is not left out: a box is no circle on a globe
# A draw that both databases can make: multiply by a large prime, keep what is left of another.
SPREAD, SEEDED, DRAWN = 2_654_435_761, 40_503, 2_147_483_647


class Box(NamedTuple):
    """Around where the work is; a degree north is `north_km`, one east at least `east_km` for whoever may be near."""

    latitude: float
    longitude: float
    north_km: float
    east_km: float
    times: float  # so often a member's own limit is too far


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: canonical terms asked and near, in a lead that begins on `begin`.

    Of `regulated` professions one must be looked up in its register, for who has no other role that is asked.
    Who is busy from `begin` up to and including `late` cannot start in time. `box` is None when the place is not
    known or does not matter; `may_be_remote`: it does not for who wants to work from a distance. `seed` is that of
    the draw.
    """

    roles: frozenset[str]
    near_roles: frozenset[str]
    skills: frozenset[str]
    near_skills: frozenset[str]
    must: frozenset[str]
    regulated: frozenset[str]
    begin: date
    late: date
    today: date
    now: datetime
    seed: int
    box: Box | None = None
    may_be_remote: bool = False


class Word(NamedTuple):
    """A word about a member, as in their terms."""

    kind: str
    term: str
    said: str


class Profile(NamedTuple):
    """What a match reads of a member: the columns of the same names, their words and their agenda.

    `has_much`: said to have much room now.
    """

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
    has_much: bool
    words: list[Word]
    agenda: list[Spell]


def everybody_near(session: Session, search: Search, most: int) -> list[Profile]:
    """All active members with one of the terms; nobody when they are more than `most`."""
    terms = _terms_of(search)
    return _profiles(session, _everybody(len(terms)), terms | {"most": most, "now": search.now})


def shortlist(session: Session, search: Search, most: int, skip: int = 0) -> list[Profile]:
    """The `most` members who are first in turn among the nearest that can be asked, after the first `skip` of them.

    Not everybody: who is quiet, busy, too far or without what the client must have is left out here already. Holders
    of the very role come before those of one like it, unless these have the skills as well.
    """
    _plan_for_these_words(session)
    terms, roles, skills, musts = (
        _terms_of(search),
        _numbered("role", search.roles),
        _numbered("skill", search.skills),
        _numbered("must", search.must),
    )
    values = terms | roles | skills | musts | _circumstances(search) | {"most": most, "skip": skip}
    traits = _Traits(
        terms=len(terms),
        roles=len(roles),
        skills=len(skills),
        musts=len(musts),
        near_skills=bool(search.near_skills),
        regulated=bool(search.regulated),
        box=search.box is not None,
    )
    found = _profiles(session, _in_turn(traits._replace(terms=0), is_wide=False), values)
    if len(found) == most or search.regulated:  # a profession like a regulated one does not do
        return found
    # too few have the very role, or the skills: whoever is near is welcome too
    return _profiles(session, _in_turn(traits, is_wide=True), values)


def profiles(session: Session, member_ids: Collection[int], now: datetime) -> list[Profile]:
    """These members, whatever their state, by id."""
    ids = _numbered("id", member_ids)
    return _profiles(session, _these(len(ids)), ids | {"now": now}) if ids else []


def _profiles(session: Session, question: Select[Any], values: dict[str, Any]) -> list[Profile]:
    return [
        Profile._make((*known, _WORDS.decode(words or "[]"), _AGENDA.decode(agenda or "[]")))
        for *known, words, agenda in questions.rows(session, question, values)
    ]


_WORDS, _AGENDA, _ENCODER = Decoder(list[Word]), Decoder(list[Spell]), Encoder()


def _plan_for_these_words(session: Session) -> None:
    """PostgreSQL would soon settle on one plan for rare and common words alike."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")


def _terms_of(search: Search) -> dict[str, str]:
    return _numbered("term", (*search.roles, *search.near_roles, *search.skills, *search.near_skills))


def _circumstances(search: Search) -> dict[str, Any]:
    role_part = ROLE_SHARE if search.skills else 1.0
    around = {} if search.box is None else search.box._asdict()
    return around | {
        "roles": search.roles,
        "near_roles": search.near_roles,
        "skills": search.skills,
        "near_skills": search.near_skills,
        "regulated": search.regulated,
        "free_roles": search.roles - search.regulated,
        "role_part": role_part if search.roles else 0.0,
        "skill_part": 1.0 - role_part if search.roles else 1.0,
        "skills_asked": float(max(len(search.skills), 1)),
        "musts": len(search.must),
        "may_be_remote": search.may_be_remote,
        "now": search.now,
        "begin": search.begin,
        "late": search.late,
        "today": search.today,
        "seed": search.seed % DRAWN,
    }


# --- the questions, written once: putting one together costs as much as asking it. They are put to tables, which is
# --- half the work of mapped classes; the session fills in whose rows they are about.

_members, _terms, _periods, _room = (cast("Table", each.__table__) for each in (Member, Term, Period, Room))
_OWN = bindparam(OWN, type_=BigInteger)


class _Words(TypeDecorator[Collection[str]]):
    """Any number of words as one parameter."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array where there are arrays, else JSON."""
        return ARRAY(String) if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        """The same words every time in the same order."""
        words = sorted(value or ())
        return words if dialect.name == "postgresql" else _ENCODER.encode(words).decode()


class _OneOf(FunctionElement[bool]):
    """Whether a column is one of the values of a parameter. It is compared and never looked up.

    SQLite would look up every term for every member otherwise (measured).
    """

    type = Boolean()
    inherit_cache = True


@compiles(_OneOf, "sqlite")
def _one_of_in_sqlite(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(each, **kw) for each in element.clauses)
    return f"+{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # a parameter: its values go apart


@compiles(_OneOf, "postgresql")
def _one_of_in_postgresql(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} = ANY ({values})"


def _one_of(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return _OneOf(column, bindparam(name, type_=_Words))


def _sought(column: ColumnElement[Any], name: str, length: int) -> ColumnElement[bool]:
    """Whether a column is one of so many values, to be looked up in an index: see `_numbered`."""
    return column.in_([bindparam(f"sought_{name}_{number}", type_=column.type) for number in range(length)])


def _numbered(name: str, values: Iterable[T]) -> dict[str, T]:
    """Each value as a parameter of its own, some of them twice: every number of them is another question."""
    listed = list(values)
    length = 1
    while length < len(listed):
        length *= LONGER
    return {
        f"sought_{name}_{number}": listed[number % len(listed)] for number in range(length if listed else 0)
    }


def _number(name: str) -> ColumnElement[float]:
    return bindparam(name, type_=Float)


class _RowsAsJson(FunctionElement[Any]):
    """The rows of a question as one text, a JSON list of lists; nothing, or an empty list, when there are none."""

    type = String()
    inherit_cache = True


@compiles(_RowsAsJson, "sqlite")
def _in_sqlite(element: _RowsAsJson, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **kw)}))"


@compiles(_RowsAsJson, "postgresql")
def _in_postgresql(element: _RowsAsJson, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **kw)}))::text"


def _any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is such a row; of `SELECT *` SQLite would read the row itself, beside its index."""
    return exists(select(literal_column("1")).where(*conditions))


def _has_much() -> ColumnElement[bool]:
    """Whether the member has little work now, so much room."""
    return _any(
        _room.c.collective_id == _OWN,
        _room.c.member_id == _members.c.id,
        _room.c.room == "much",
        _room.c.ends_at > bindparam("now", type_=Moment),
    )


def _details(which: ColumnElement[bool]) -> Select[Any]:
    """All that is told of the members in question."""

    def listed(table: Table, names: Sequence[str]) -> ColumnElement[Any]:
        rows = select(_RowsAsJson(*(table.c[name] for name in names)))
        mine = rows.where(table.c.collective_id == _OWN, table.c.member_id == _members.c.id)
        return mine.correlate(_members).scalar_subquery()

    own = [_members.c[name] for name in Profile._fields if name in _members.c]
    words, agenda = listed(_terms, Word._fields), listed(_periods, Spell._fields)
    query = select(*own, _has_much().label("has_much"), words.label("words"), agenda.label("agenda"))
    return query.where(_members.c.collective_id == _OWN, which).order_by(_members.c.id)


_ACTIVE = _members.c.state == "active"


# Not "(role and one of these) or (skill and one of those)": SQLite would read every word of the collective (measured).
def _word(length: int) -> ColumnElement[bool]:
    is_one = _terms.c.kind.in_(("role", "skill")), _sought(_terms.c.term, "term", length)
    return and_(_terms.c.collective_id == _OWN, *is_one)


@cache
def _these(length: int) -> Select[Any]:
    return _details(_sought(_members.c.id, "id", length))


@cache
def _everybody(length: int) -> Select[Any]:
    words = select(_terms.c.member_id).where(_word(length))
    first = words.limit(TERMS_READ)
    whose = first.subquery("counted").c.member_id
    are_few = select(func.count(whose.distinct())).scalar_subquery() <= bindparam("most", type_=BigInteger)
    # of a crowd, one word too many is found at a fraction of the price of counting whose they are
    is_crowd = exists(words.offset(TERMS_READ).limit(1))
    near = first.subquery("near").c.member_id
    return _details(
        and_(
            _ACTIVE,
            _members.c.id.in_(
                select(near).where(case((is_crowd, literal(0)), else_=case((are_few, 1), else_=0)) == 1)
            ),
        )
    )


class _Traits(NamedTuple):
    """What a search has, and how much; a question is written for each combination, with only what it needs."""

    terms: int
    roles: int
    skills: int
    musts: int
    near_skills: bool
    regulated: bool
    box: bool


@cache
def _in_turn(traits: _Traits, *, is_wide: bool) -> Select[Any]:
    """`is_wide`: everybody near; else only the first two steps, which need not look at everybody near."""
    near = _near_to_any(traits) if is_wide else _near_to_most(traits)
    fit = _number("role_part") * near.c.role + _number("skill_part") * _share(near.c.exact, near.c.like)
    first_steps = [(fit >= STRONG, 0), (near.c.role == 1.0, 1)]
    step = case(*first_steps, (fit >= FAIR, 2), else_=3) if is_wide else case(*first_steps, else_=LATER)
    open_gates = [_ACTIVE, _members.c.collective_id == _OWN, ~_is_quiet(), ~_is_busy()]
    if traits.musts:
        open_gates.append(_has_all_musts(traits))
    if traits.regulated:
        open_gates.append(_is_registered())
    if traits.box:
        open_gates.append(_is_too_far() == 0)
    chosen = (
        select(_members.c.id, step.label("step"))
        .join(near, near.c.member_id == _members.c.id)
        .where(*open_gates)
        .order_by("step", *_turn())
        .limit(bindparam("most", type_=BigInteger))
        .offset(bindparam("skip", type_=BigInteger))
        .subquery("chosen")
    )
    # outside the limit: inside it, SQLite would work out the fit again for each of its conditions
    return _details(_members.c.id.in_(select(chosen.c.id).where(chosen.c.step < LATER)))


def _near_to_any(traits: _Traits) -> FromClause:
    """Every member with one of the terms: their best role, and how many skills they have themselves or nearly."""
    whose = _terms.c.member_id + 0  # the bare column tempts SQLite to walk along everybody to group them
    role = func.max(case((_is("role", "roles"), 1.0), (_is("role", "near_roles"), NEAR), else_=0.0))
    exact = func.sum(case((_is("skill", "skills"), 1.0), else_=0.0))
    like = func.sum(case((_is("skill", "near_skills"), 1.0), else_=0.0))
    columns = whose.label("member_id"), role.label("role"), exact.label("exact"), like.label("like")
    return select(*columns).where(_word(traits.terms)).group_by(whose).subquery("near")


def _near_to_most(traits: _Traits) -> FromClause:
    """The same of those who can be in the first two steps: with the very role, or one like it and one of the skills.

    Nobody reaches the first step with less: a role like it and only skills like these makes 0.7.
    """
    parts = []
    if traits.roles:
        parts.append(_holders("role", traits.roles, 1.0))
    if traits.roles and traits.skills:
        parts.append(_holders("skill", traits.skills, NEAR).where(_has_near_role()))
    if not traits.roles:
        parts.append(_holders("skill", traits.skills, 0.0))
    holders = union_all(*parts).subquery("holders")
    columns = (
        holders.c.member_id,
        func.max(holders.c.role).label("role"),
        _skills(traits, holders).label("skills"),
    )
    found = select(*columns).group_by(holders.c.member_id).subquery("found")
    exact, like = found.c.skills / VERY, found.c.skills % VERY
    return select(found.c.member_id, found.c.role, exact.label("exact"), like.label("like")).subquery("near")


def _has_near_role() -> ColumnElement[bool]:
    mate = _terms.alias("mate")
    is_one = mate.c.kind == "role", _one_of(mate.c.term, "near_roles")
    return _any(mate.c.collective_id == _OWN, mate.c.member_id == _terms.c.member_id, *is_one)


def _skills(traits: _Traits, holders: FromClause) -> ColumnElement[int]:
    """How many of the skills asked a member has, times `VERY`, and how many like them."""
    if not traits.skills:
        return literal(0, BigInteger)
    counts = [(_one_of(_terms.c.term, "skills"), VERY)]
    if traits.near_skills:
        counts.append((_one_of(_terms.c.term, "near_skills"), 1))
    mine = _terms.c.collective_id == _OWN, _terms.c.kind == "skill", _terms.c.member_id == holders.c.member_id
    count = select(func.coalesce(func.sum(case(*counts, else_=0)), 0)).select_from(_terms).where(*mine)
    return count.correlate(holders).scalar_subquery()


def _holders(kind: str, length: int, role: float) -> Select[Any]:
    columns = _terms.c.member_id, literal(role, Float).label("role")
    is_one = _terms.c.kind == kind, _sought(_terms.c.term, kind, length)
    return select(*columns).where(_terms.c.collective_id == _OWN, *is_one)


def _is(kind: str, terms: str) -> ColumnElement[bool]:
    return and_(_terms.c.kind == kind, _one_of(_terms.c.term, terms))


def _share(exact: ColumnElement[float], like: ColumnElement[float]) -> ColumnElement[float]:
    """Of the skills asked; as in the fit, one like it makes up for part of a missing one."""
    missing = _number("skills_asked") - exact
    return (exact + NEAR * case((like > missing, missing), else_=like)) / _number("skills_asked")


def _has_all_musts(traits: _Traits) -> ColumnElement[bool]:
    musts = and_(
        _terms.c.collective_id == _OWN,
        _terms.c.kind.in_(("role", "skill")),
        _sought(_terms.c.term, "must", traits.musts),
    )
    count = func.count(_terms.c.term.distinct())
    holders = select(_terms.c.member_id).where(musts).group_by(_terms.c.member_id)
    return _members.c.id.in_(holders.having(count == bindparam("musts", type_=BigInteger)))


def _is_registered() -> ColumnElement[bool]:
    """Or has another role that is asked, which anybody may practise."""
    is_either = or_(_is("checked", "regulated"), _is("role", "free_roles"))
    mine = _terms.c.collective_id == _OWN, _terms.c.member_id == _members.c.id
    return _any(*mine, is_either)


def _is_quiet() -> ColumnElement[bool]:
    until = _members.c.quiet_until
    return and_(until.is_not(None), until >= bindparam("today", type_=Date))


def _is_busy() -> ColumnElement[bool]:
    begin, late = (bindparam(name, type_=Date) for name in ("begin", "late"))
    return _any(
        _periods.c.collective_id == _OWN,
        _periods.c.member_id == _members.c.id,
        _periods.c.status.in_(("full", "away")),
        _periods.c.start_on <= begin,
        or_(_periods.c.end_on.is_(None), _periods.c.end_on >= late),
    )


def _is_too_far() -> ColumnElement[int]:
    """1 for who is certainly beyond what they travel: outside a box around that circle. Python draws the circle."""
    limit = _members.c.radius_km * _number("times")
    north = func.abs(_members.c.latitude - _number("latitude")) * _number("north_km")
    east = func.abs(_members.c.longitude - _number("longitude")) * _number("east_km")
    goes = _members.c.radius_km.between(1, FARTHEST_KM)
    may_be_remote = and_(bindparam("may_be_remote", type_=Boolean), _members.c.remote == "remote")
    return case((may_be_remote, 0), (and_(goes, or_(north > limit, east > limit)), 1), else_=0)


def _turn() -> tuple[ColumnElement[Any], ...]:
    """Who has little work, who was asked longest ago, and a lot."""
    lot = (_members.c.id * SPREAD + bindparam("seed", type_=BigInteger) * SEEDED) % DRAWN
    return case((_has_much(), 0), else_=1), _members.c.last_asked_at.asc().nulls_first(), lot
