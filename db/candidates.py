"""Candidates: which members a lead may suit, found by their words before anybody is compared.

Roles and skills select, and nothing else does: an index on availability or on the collective alone would read nearly
everybody (measured). Both databases are asked the same questions: who has which of the words, of those who is next in
turn, and all that a match reads of them. Each has only one good plan, so PostgreSQL makes none for every lead anew. Of
few it is asked for all at once first, since the way there and back is a good part of a match among a thousand. How near
somebody is, is counted here: a database takes longer over putting the rows of each member together than over all
the rest (measured).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, cast

from msgspec.json import Decoder, Encoder
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Dialect,
    Float,
    Select,
    String,
    Table,
    TypeDecorator,
    and_,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import cast as cast_as
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeEngine

from db import driver, questions
from db.availability import Period, Spell
from db.base import Moment
from db.members import Member, Term
from db.room import Room
from db.session import OWN

TERMS_READ = 1000  # words of members; beyond these the crowd is never read one by one

# How near, in the steps of the bands of a fit; finer would let fit overrule turn among equals.
ROLE_SHARE, NEAR = 0.6, 0.7
STRONG, FAIR = 0.75, 0.4
STEPS = 4
NEAREST, FURTHER = (0, 1), (2, 3)  # steps read at once: for the first two not everybody near is looked at
READ = 4096  # so many words that were read last are kept as understood, and the agendas of so many members
EVERY = 2**40  # SQLite would ask before it puts in order if there were no limit
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


Holders = Mapping[tuple[str, str], list[int]]  # ids by kind and term
_NO_BOX = Box(0.0, 0.0, 0.0, 0.0, 0.0)


# A word about a member, as in their terms: kind, term, and how they said it. That is read of a like only, else None.
Word = tuple[str, str, str | None]


class Profile(NamedTuple):
    """What a match reads of a member: the columns of the same names, their words and their agenda.

    `has_much`: said to have much room now. `words` and `agenda` are as the database told them: the functions `words`
    and `spells` read them, which is worth the time only when they are others than before.
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
    words: str
    agenda: str


def holders(session: Session, search: Search) -> Holders:
    """Who has which of the terms that are asked or near, or that nobody is asked without."""
    terms = _near(search) | search.must | search.regulated
    question = _HOLDERS_CHECKED if search.regulated else _HOLDERS
    found = questions.rows(session, question, {"terms": terms}) if terms else []
    return {(kind, term): _IDS.decode(ids) for kind, term, ids in found}


def everybody_near(search: Search, found: Holders, most: int) -> list[int] | None:
    """Ids of all who have one of the terms; None when they are more than `most`."""
    terms = _near(search)
    having = [ids for (kind, term), ids in found.items() if term in terms and kind != "checked"]
    if sum(map(len, having)) > TERMS_READ:
        return None
    near = set[int]().union(*having)
    return None if len(near) > most else sorted(near)


def _near(search: Search) -> frozenset[str]:
    """All terms that are asked or near."""
    return search.roles | search.near_roles | search.skills | search.near_skills


def in_turn(session: Session, search: Search, found: Holders) -> Iterator[int]:
    """Ids of the members that can be asked, the nearest first and among equals in turn.

    Not everybody: who is quiet, busy, too far or without what the client must have is left out here already. Holders
    of the very role come before those of one like it, unless these have the skills as well. The database is asked for
    more only when more are taken from here.
    """
    for values in _rounds(search, found):
        rows = questions.stream(session, _IN_TURN, values | {"most": EVERY, "skip": 0})
        yield from (number for (number,) in rows)


def crowd(session: Session, search: Search, found: Holders, sizes: Iterable[int]) -> Iterator[list[Profile]]:
    """The members that are `in_turn`, so many at a time, each time by id; fewer or nobody when there are no more.

    A database that has to be asked anew for more is asked at once who is next and what is told of them.
    """
    if driver.finds_as_asked(session):
        numbers = in_turn(session, search, found)
        yield from (profiles(session, [*islice(numbers, size)], search.now) for size in sizes)
        return
    rounds = _rounds(search, found)
    values, skip = next(rounds, None), 0
    for size in sizes:
        page: list[Profile] = []
        while values is not None:
            most = size - len(page)
            more = _profiles(session, _NEXT, values | {"most": most, "skip": skip})
            page, skip = page + more, skip + len(more)
            if len(more) == most:
                break
            values, skip = next(rounds, None), 0
        yield sorted(page)


def _rounds(search: Search, found: Holders) -> Iterator[dict[str, Any]]:
    """What the database is told of the nearest; then, if more are needed, of everybody else near."""
    for steps in (NEAREST,) if search.regulated else (NEAREST, FURTHER):
        near = _nearest(search, found) if steps == NEAREST else _anyhow(search, found)
        sooner, later = itemgetter(*steps)(_by_step(search, found, _allowed(search, found, near)))
        if sooner or later:
            # where all are as near, nobody needs to be looked up in a list of who is nearer
            yield _circumstances(search) | {"ids": [*sooner, *later], "sooner": sooner if later else ()}


def _nearest(search: Search, found: Holders) -> set[int]:
    """Who can be in the first two steps: with the very role, or one like it and one of the skills.

    Nobody reaches the first step with less: a role like it and only skills like these makes 0.7.
    """
    skilled = _having(found, "skill", search.skills)
    if not search.roles:
        return skilled
    return _having(found, "role", search.roles) | (skilled & _having(found, "role", search.near_roles))


def _anyhow(search: Search, found: Holders) -> set[int]:
    """Everybody near."""
    roles, skills = search.roles | search.near_roles, search.skills | search.near_skills
    return _having(found, "role", roles) | _having(found, "skill", skills)


def _allowed(search: Search, found: Holders, near: set[int]) -> set[int]:
    """Who has all that the client must have, and is registered or has another role that is asked.

    So few are that it is told from the words, which are known here, before anybody is looked at.
    """
    for term in search.must:
        near = near & (_having(found, "role", (term,)) | _having(found, "skill", (term,)))
    if search.regulated:
        others = _having(found, "role", search.roles - search.regulated)
        near = near & (_having(found, "checked", search.regulated) | others)
    return near


def _having(found: Holders, kind: str, terms: Iterable[str]) -> set[int]:
    return set[int]().union(*(found.get((kind, term), ()) for term in terms))


def _by_step(search: Search, found: Holders, near: set[int]) -> list[list[int]]:
    """These members by how near they are; the nearest first."""
    very, like = _having(found, "role", search.roles), _having(found, "role", search.near_roles)
    exact, akin = _counted(found, search.skills, near), _counted(found, search.near_skills, near)
    step = cache(partial(_step, search))
    steps: list[list[int]] = [[] for _ in range(STEPS)]
    for role, those in ((_VERY, near & very), (_LIKE, (near & like) - very), (_NONE, near - very - like)):
        unskilled = those.difference(exact, akin)  # most of them: nothing to count
        steps[step(role, 0, 0)] += unskilled
        for one in those - unskilled:
            steps[step(role, exact.get(one, 0), akin.get(one, 0))].append(one)
    return steps


def _counted(found: Holders, skills: Iterable[str], near: set[int]) -> Counter[int]:
    """How many of these skills each of these members has; who has none is not in it."""
    counts: Counter[int] = Counter()
    for skill in skills:
        counts.update(near.intersection(found.get(("skill", skill), ())))
    return counts


def _step(search: Search, role: float, exact: int, akin: int) -> int:
    """How near somebody is with such a role, so many of the skills and so many like them.

    As in the fit, a skill like it makes up for part of a missing one.
    """
    part = (ROLE_SHARE if search.skills else 1.0) if search.roles else 0.0
    asked = float(max(len(search.skills), 1))
    share = (exact + NEAR * min(akin, asked - exact)) / asked
    fit = part * role + (1.0 - part) * share
    return 0 if fit >= STRONG else 1 if role == _VERY else 2 if fit >= FAIR else 3


def profiles(
    session: Session, member_ids: Collection[int], now: datetime, *, also_left: bool = True
) -> list[Profile]:
    """These members, whatever their state unless they must still be active, by id."""
    question = _THESE if also_left else _THESE_IF_ACTIVE
    return _profiles(session, question, {"ids": member_ids, "now": now}) if member_ids else []


def profiles_near(session: Session, search: Search, most: int, now: datetime) -> list[Profile] | None:
    """The active members `everybody_near` finds, asked at once: no second way to the server and back.

    None where that is no question of its own: nobody has the terms, too many have, or the database is in this process.
    """
    terms = _near(search)
    if not terms or driver.finds_as_asked(session):
        return None
    values = {"terms": terms, "now": now, "most": most, "most_words": TERMS_READ, "enough": TERMS_READ + 1}
    return _profiles(session, _THOSE_NEAR, values) or None


def _profiles(session: Session, question: Select[Any], values: Mapping[str, Any]) -> list[Profile]:
    return list(map(Profile._make, questions.rows(session, question, values)))


def words(told: str) -> tuple[Word, ...]:
    """The words about a member that were read with a profile."""
    return _WORDS.decode(told)


def spells(agenda: str) -> tuple[Spell, ...]:
    """The periods of an agenda that was read with a profile, in no order."""
    return _AGENDA.decode(agenda)


_WORDS, _AGENDA = Decoder(tuple[Word, ...]), Decoder(tuple[Spell, ...])
_IDS, _ENCODER = Decoder(list[int]), Encoder()


def _circumstances(search: Search) -> dict[str, Any]:
    return (search.box or _NO_BOX)._asdict() | {
        "is_anywhere": search.box is None,
        "may_be_remote": search.may_be_remote,
        "now": search.now,
        "begin": search.begin,
        "late": search.late,
        "today": search.today,
        "seed": search.seed % DRAWN,
    }


# --- the questions, written once: putting one together costs as much as asking it. There are a few of them, whatever is
# --- looked for. They are put to tables, which is half the work of mapped classes; the session fills in whose rows they
# --- are about.

_members, _terms, _periods, _room = (cast("Table", each.__table__) for each in (Member, Term, Period, Room))
_OWN = bindparam(OWN, type_=BigInteger)
# of the bare column SQLite would look up each member in its index first, and only then by their id
_OURS = (_members.c.collective_id + 0) == _OWN
_VERY, _LIKE, _NONE = 1.0, NEAR, 0.0  # of a role


class _List(TypeDecorator[Collection[Any]]):
    """Any number of values as one parameter."""

    impl = String
    cache_ok = True

    def __init__(self, of: type[BigInteger | String]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        """As text, an array where there are arrays and else JSON; the same values every time in the same order.

        The driver takes ten times as long to make an array of a list.
        """
        values = sorted(value or ())
        if dialect.name != "postgresql":
            return _ENCODER.encode(values).decode()
        if self.of is String:
            return f"{{{','.join(map(_quoted, values))}}}"
        return f"{{{_ENCODER.encode(values)[1:-1].decode()}}}"


def _quoted(value: str) -> str:
    """As PostgreSQL reads a text in an array: between quotes, and only these two are marked."""
    return '"' + value.replace("\\", r"\\").replace('"', r"\"") + '"'


class _OneOf(FunctionElement[Any]):
    """Whether a column is one of the values of a parameter.

    Of no type, because a boolean is compared with 1 on SQLite, which then looks nothing up in an index (measured).
    """

    type: TypeEngine[Any] = NullType()
    inherit_cache = True


@compiles(_OneOf, "sqlite")
def _one_of_in_sqlite(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # a parameter: its values go apart


@compiles(_OneOf, "postgresql")
def _one_of_in_postgresql(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = _column_and_array(element, compiler, **kw)
    return f"{column} = ANY ({values})"


def _column_and_array(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> tuple[str, str]:
    column, values = element.clauses
    kind: Any = values.type
    of = compiler.dialect.type_compiler_instance.process(kind.of())
    return compiler.process(column, **kw), f"CAST({compiler.process(values, **kw)} AS {of}[])"


class _Among(_OneOf):
    """The same for as many values as there may be: PostgreSQL would go through an array from the front for each row.

    It looks nothing up in an index for this.
    """

    inherit_cache = True


@compiles(_Among, "postgresql")
def _among_in_postgresql(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = _column_and_array(element, compiler, **kw)
    return f"{column} IN (SELECT unnest({values}))"  # a parameter: its values go apart


def _one_of(
    column: ColumnElement[Any], name: str, of: type[BigInteger | String] = String
) -> ColumnElement[bool]:
    return _OneOf(column, bindparam(name, type_=_List(of)))


def _number(name: str) -> ColumnElement[float]:
    return bindparam(name, type_=Float)


class _AsJson(FunctionElement[Any]):
    """A column of all rows as one text, a JSON list."""

    type = String()
    inherit_cache = True


@compiles(_AsJson, "sqlite")
def _as_json_in_sqlite(element: _AsJson, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **kw)})"


@compiles(_AsJson, "postgresql")
def _as_json_in_postgresql(element: _AsJson, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **kw)})::text, '[]')"


class _Row(FunctionElement[Any]):
    """Columns side by side as one, a JSON list."""

    type = String()
    inherit_cache = True


@compiles(_Row, "sqlite")
def _row_in_sqlite(element: _Row, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **kw)})"


@compiles(_Row, "postgresql")
def _row_in_postgresql(element: _Row, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **kw)})"


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

    def listed(table: Table, columns: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
        rows = select(_AsJson(_Row(*columns)))
        mine = rows.where(table.c.collective_id == _OWN, table.c.member_id == _members.c.id)
        return mine.correlate(_members).scalar_subquery()

    own = [_members.c[name] for name in Profile._fields if name in _members.c]
    # the only column that is in no index: SQLite reads the row itself for whom it needs it
    said = case((_terms.c.kind == "like", _terms.c.said))
    words = listed(_terms, (_terms.c.kind, _terms.c.term, said))
    agenda = listed(_periods, (_periods.c[name] for name in Spell._fields))
    query = select(*own, _has_much().label("has_much"), words.label("words"), agenda.label("agenda"))
    return query.where(_OURS, which).order_by(_members.c.id)


_ACTIVE = _members.c.state == "active"
_IS_ONE = _one_of(_members.c.id, "ids", BigInteger)
_SOONER = _Among(_members.c.id, bindparam("sooner", type_=_List(BigInteger)))
_THESE, _THESE_IF_ACTIVE = _details(_IS_ONE), _details(and_(_IS_ONE, _ACTIVE))


def _holders(*kinds: str) -> Select[Any]:
    return (
        select(_terms.c.kind, _terms.c.term, _AsJson(_terms.c.member_id))
        .where(
            _terms.c.collective_id == _OWN,
            # not "(role and one of these) or (skill and one of those)": SQLite would read every word (measured)
            _terms.c.kind.in_(kinds),
            _one_of(_terms.c.term, "terms"),
        )
        .group_by(_terms.c.kind, _terms.c.term)
    )


_HOLDERS, _HOLDERS_CHECKED = _holders("role", "skill"), _holders("role", "skill", "checked")


def _those_near() -> Select[Any]:
    """All that is told of everybody near; of nobody when they are more than `most`. For PostgreSQL alone."""
    enough, most_words, most = (
        bindparam(each, type_=BigInteger) for each in ("enough", "most_words", "most")
    )
    is_word = _terms.c.kind.in_(("role", "skill")), _one_of(_terms.c.term, "terms")
    having = (
        select(_terms.c.member_id).where(_terms.c.collective_id == _OWN, *is_word).limit(enough).subquery()
    )
    ids = func.array_agg(having.c.member_id.distinct(), type_=ARRAY(BigInteger))
    are_few = and_(
        func.count(literal_column("1")) <= most_words, func.count(having.c.member_id.distinct()) <= most
    )
    # a list, not rows: of those PostgreSQL would make a join, in an order of its own
    listed = cast_as(select(case((are_few, ids))).select_from(having).scalar_subquery(), ARRAY(BigInteger))
    return _details(and_(_members.c.id == any_(listed), _ACTIVE))


_THOSE_NEAR = _those_near()


def _in_turn() -> Select[Any]:
    """Everybody near is put in order by what can be read at once; what takes a look elsewhere is asked in that order.

    So of a crowd hardly anybody's agenda is read. Nothing says that the rows of a subquery keep their order, but
    neither database has a reason to change it: these conditions are no joins, and nobody sorts behind a limit.
    """
    ordered = (
        select(_members.c.id)
        .where(_IS_ONE, _ACTIVE, _OURS, ~_is_quiet(), _is_too_far() == 0)
        .order_by(case((_SOONER, 0), else_=1), *_turn())
        .limit(EVERY)
        .subquery("ordered")
    )
    who = ordered.c.id
    return (
        select(who)
        .where(_is_free(who))
        .limit(bindparam("most", type_=BigInteger))
        .offset(bindparam("skip", type_=BigInteger))
    )


def _is_quiet() -> ColumnElement[bool]:
    until = _members.c.quiet_until
    return and_(until.is_not(None), until >= bindparam("today", type_=Date))


def _is_free(who: ColumnElement[int]) -> ColumnElement[bool]:
    """Not busy all the time in which the lead could begin."""
    begin, late = (bindparam(name, type_=Date) for name in ("begin", "late"))
    is_busy = (
        _periods.c.collective_id == _OWN,
        _periods.c.member_id == who,
        _periods.c.status.not_in(("free", "partly")),  # of these two SQLite would make a list for each member
        _periods.c.start_on <= begin,
        or_(_periods.c.end_on.is_(None), _periods.c.end_on >= late),
    )
    # how many, not whether: PostgreSQL would make a join of that, in an order of its own
    return select(func.count(literal_column("1"))).where(*is_busy).scalar_subquery() == 0


def _is_too_far() -> ColumnElement[int]:
    """1 for who is certainly beyond what they travel: outside a box around that circle. Python draws the circle."""
    limit = _members.c.radius_km * _number("times")
    north = func.abs(_members.c.latitude - _number("latitude")) * _number("north_km")
    east = func.abs(_members.c.longitude - _number("longitude")) * _number("east_km")
    goes = _members.c.radius_km.between(1, FARTHEST_KM)
    may_be_remote = and_(bindparam("may_be_remote", type_=Boolean), _members.c.remote == "remote")
    return case(
        (bindparam("is_anywhere", type_=Boolean), 0),
        (may_be_remote, 0),
        (and_(goes, or_(north > limit, east > limit)), 1),
        else_=0,
    )


def _turn() -> tuple[ColumnElement[Any], ...]:
    """Who has little work, who was asked longest ago, and a lot."""
    lot = (_members.c.id * SPREAD + bindparam("seed", type_=BigInteger) * SEEDED) % DRAWN
    return case((_has_much(), 0), else_=1), _members.c.last_asked_at.asc().nulls_first(), lot


_IN_TURN = _in_turn()
# a list, not rows: of those PostgreSQL would make a join, in an order of its own
_NEXT = _details(_members.c.id == any_(func.array(_IN_TURN.scalar_subquery(), type_=ARRAY(BigInteger))))
