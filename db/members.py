"""Members: a person in one collective, and how they describe their work."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, bindparam, delete, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.accounts import Account
from db.base import Owned
from db.session import across

TOLD = ("active", "guest")


class Member(Owned):
    """A freelancer in a collective.

    `state` is "joining" (has opened the invitation), "active" or "left"; or "guest": of an allied
    collective, who brought work here and does nothing else here. `about` is their own text.
    `left_why` is what they gave as the reason for leaving. `rate_cents` is per hour. `quiet_until` is the last day
    without pushes. `remote` is how they want to work: remote, hybrid or onsite. `volume` is how much they want to
    hear: all, fitting or digest. `digest_weekday` (0 is Monday) and `digest_hour` are when they read their digest,
    `zone` the clock they live by; None: as is usual.
    `erase_at`: when everything about somebody who left is erased.
    `drive` is what gives them energy, in their own words; `shows_drive`: who chooses may see it.
    `shares_corrections`: whether what was read wrongly of them may be learned from; None: not asked yet.
    """

    __tablename__ = "members"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="joining")
    is_coordinator: Mapped[bool] = mapped_column(default=False)
    is_treasurer: Mapped[bool] = mapped_column(default=False)
    is_intake: Mapped[bool] = mapped_column(default=False, server_default=false())
    agreed_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left_why: Mapped[str | None]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    about: Mapped[str] = mapped_column(default="")
    place: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    radius_km: Mapped[int | None]
    remote: Mapped[str | None]
    rate_cents: Mapped[int | None]
    years: Mapped[int | None]
    quiet_until: Mapped[date | None]
    last_asked_at: Mapped[datetime | None]
    shares_corrections: Mapped[bool | None]
    volume: Mapped[str] = mapped_column(default="fitting")
    digest_weekday: Mapped[int | None]
    digest_hour: Mapped[int | None]
    zone: Mapped[str | None]
    erase_at: Mapped[datetime | None]
    drive: Mapped[str | None]
    shows_drive: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def is_told(self) -> bool:
        """Whether they hear how what they are in goes on: members do, and guests of the work they brought."""
        return self.state in TOLD


class Term(Owned):
    """One word about a member.

    A role, skill, sector, language, like or dislike, in the taxonomy's term and their own.
    """

    __tablename__ = "member_terms"
    __table_args__ = (
        Index("ix_member_terms_words", "collective_id", "kind", "term", "member_id"),
        Index("ix_member_terms_of_member", "collective_id", "member_id", "kind", "term"),
    )

    # no index of its own: without statistics both databases prefer it to these, and read everybody
    collective_id: Mapped[int] = mapped_column(ForeignKey("collectives.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[str]
    term: Mapped[str]
    said: Mapped[str]


_members = Member.__table__  # the table, not the class: asked across collectives
COLLECTIVES_OF = (
    select(_members.c.collective_id)
    .where(_members.c.person_id == bindparam("person_id"), _members.c.state.not_in(("left", "guest")))
    .order_by(_members.c.collective_id)
)
ROLES = {"coordinator": "is_coordinator", "treasurer": "is_treasurer", "intake": "is_intake"}
COORDINATORS = select(Member).where(Member.is_coordinator, Member.state == "active").order_by(Member.id)
# Written once: putting a question together costs as much as asking it, and every turn asks this one.
OF_PERSON = select(Member).where(Member.person_id == bindparam("person_id"), Member.state != "left")
BLOCKED = select(Account.blocked).where(Account.person_id == bindparam("person_id"))
FORGET_TERMS = delete(Term).where(Term.member_id == bindparam("about"), Term.kind == bindparam("of_kind"))


def of_person(session: Session, person_id: int) -> Member | None:
    """This person's membership in the collective of the session."""
    return questions.first(session, OF_PERSON, {"person_id": person_id})


def left_of_person(session: Session, person_id: int) -> Member | None:
    """Who this person was in the collective of the session until they left, as long as they are not erased."""
    query = select(Member).where(
        Member.person_id == person_id, Member.state == "left", Member.erase_at.is_not(None)
    )
    return session.scalars(query.order_by(Member.id.desc())).first()


def collectives_of(session: Session, person_id: int) -> list[int]:
    """Ids of every collective a person belongs to: the one question that is asked across collectives."""
    with across(session):
        return questions.scalars(session, COLLECTIVES_OF, {"person_id": person_id})


def language_of(session: Session, person_id: int) -> str | None:
    """The language a person speaks with us, asked across all collectives: for what belongs to none of them."""
    table = Member.__table__
    query = select(table.c.language).where(table.c.person_id == person_id, table.c.state != "left")
    with across(session):
        return session.execute(query.order_by(table.c.id)).scalars().first()


def was_anywhere(session: Session, person_id: int) -> bool:
    """Whether a person is or was a member of any collective: asked across all, before they are forgotten."""
    table = Member.__table__
    query = select(table.c.id).where(table.c.person_id == person_id)
    with across(session):
        return session.execute(query).first() is not None


def is_unreachable(session: Session, person_id: int) -> bool:
    """Whether a person has blocked us everywhere: what is sent would wait until they are back."""
    blocked = questions.scalars(session, BLOCKED, {"person_id": person_id})
    return bool(blocked) and all(blocked)


def coordinators(session: Session) -> Sequence[Member]:
    """Those who run the collective."""
    return questions.scalars(session, COORDINATORS, {})


def with_role(session: Session, role: str) -> Sequence[Member]:
    """Active members who have this role themselves ("coordinator", "treasurer" or "intake")."""
    query = select(Member).where(getattr(Member, ROLES[role]), Member.state == "active").order_by(Member.id)
    return session.scalars(query).all()


def treasurers(session: Session) -> Sequence[Member]:
    """Those who keep the money; without any, the coordinators do."""
    return with_role(session, "treasurer") or coordinators(session)


def doing_intake(session: Session) -> Sequence[Member]:
    """Those who do the intake; without any, the coordinators do."""
    return with_role(session, "intake") or coordinators(session)


def active(session: Session) -> Sequence[Member]:
    """Every active member, by id."""
    return session.scalars(select(Member).where(Member.state == "active").order_by(Member.id)).all()


def everyone(session: Session) -> Sequence[Member]:
    """Every member there ever was, by id."""
    return session.scalars(select(Member).order_by(Member.id)).all()


def named(session: Session, name: str) -> Sequence[Member]:
    """Active members whose whole name or first name is `name`, whatever the case."""
    return _named(session, name, "active")


def left_named(session: Session, name: str) -> Sequence[Member]:
    """Of those who left and were not erased, the ones of this name."""
    return [each for each in _named(session, name, "left") if each.erase_at is not None]


def guests_named(session: Session, name: str) -> Sequence[Member]:
    """The guests of this name."""
    return _named(session, name, "guest")


def _named(session: Session, name: str, state: str) -> Sequence[Member]:
    lowered = name.strip().lower()
    query = select(Member).where(
        Member.state == state,
        or_(
            func.lower(Member.name) == lowered,
            func.lower(Member.name).startswith(lowered + " ", autoescape=True),
        ),
    )
    return session.scalars(query.order_by(Member.id)).all()


def terms_present(session: Session, terms: Collection[str]) -> frozenset[str]:
    """Those of these terms that an active member has as a role or skill."""
    query = (
        select(Term.term)
        .join(Member, Member.id == Term.member_id)
        .where(Term.kind.in_(("role", "skill")), Term.term.in_(terms), Member.state == "active")
        .distinct()
    )
    return frozenset(session.scalars(query))


def terms_of(session: Session, member_ids: Collection[int]) -> dict[int, list[Term]]:
    """The words about each of these members."""
    found: dict[int, list[Term]] = {member_id: [] for member_id in member_ids}
    query = select(Term).where(Term.member_id.in_(member_ids)).order_by(Term.id)
    for term in session.scalars(query):
        found[term.member_id].append(term)
    return found


def set_terms(session: Session, member_id: int, kind: str, terms: Iterable[tuple[str, str]]) -> None:
    """Replace the words of one kind; `terms` are pairs of the taxonomy's term and the member's own."""
    questions.carry_out(session, FORGET_TERMS, {"about": member_id, "of_kind": kind})
    for row in [*session]:  # an id of what is gone may be given out again
        if isinstance(row, Term) and (row.member_id, row.kind) == (member_id, kind):
            session.expunge(row)
    words = dict(terms).items()
    questions.add(
        session,
        Term,
        [{"member_id": member_id, "kind": kind, "term": term, "said": said} for term, said in words],
    )
