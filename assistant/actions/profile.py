"""The profile: how members describe their work, in their own words first and in the taxonomy's terms second."""

from collections.abc import Iterable
from typing import Any

from assistant import agenda, rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import hourly, plain, statement
from assistant.notices import (
    CoordinatorOnly,
    Joined,
    NewMember,
    Notice,
    ProfileUpdated,
    TitleChecked,
    TitleNoted,
    TitleToCheck,
    TitleUnchecked,
    Undone,
    first_name,
)
from assistant.rules import availability as rules
from db import members
from db.changes import Change
from db.members import Member
from dialogs.commands import CheckTitle, SaveProfile, UpdateProfile
from nlu import gazetteer, taxonomy
from nlu.meaning import Fact, Profile
from nlu.regulated import is_regulated

WHAT = "profile"
CHECKED = "checked"  # the kind of term for a regulated profession that a coordinator looked up
KINDS = {
    "role": "roles",
    "skill": "skills",
    "sector": "sectors",
    "language": "languages",
    "like": "likes",
    "dislike": "dislikes",
}
# What goes when a fact is taken off as a whole.
CLEARED: dict[Fact, tuple[str, ...]] = {
    "rate": ("rate_cents",),
    "place": ("place", "latitude", "longitude"),
    "radius_km": ("radius_km",),
    "remote": ("remote",),
    "years": ("years",),
}
FACTS = ("name", "about", "place", "latitude", "longitude", "radius_km", "remote", "rate_cents", "years")


def save(desk: Desk, member: Member, command: SaveProfile) -> list[Notice]:
    """Store a whole description. For a newcomer this is the moment of joining."""
    member.about = command.about
    _write(desk, member, command.profile, keep=False)
    if command.availability is not None:
        periods: tuple[rules.Period, ...] = ()
        for said in (command.availability, *command.also):
            periods = rules.state(periods, statement(said, desk.today), desk.today)
        agenda.put(desk, member, periods)
    newcomer = member.state == "joining"
    if newcomer:
        member.state, member.joined_at = "active", desk.now
    known = command.availability is not None
    name = first_name(member.name)
    notices: list[Notice] = [Joined(member.id, name, desk.collective.name, known_availability=known)]
    return [*notices, *_ask_register(desk, member), *(_tell_others(desk, member) if newcomer else [])]


def update(desk: Desk, member: Member, command: UpdateProfile) -> list[Notice]:
    """Change only what was said; new roles and skills come beside the old ones, what is dropped goes."""
    change = Change(member_id=member.id, at=desk.now, what=WHAT, before=_snapshot(desk, member))
    desk.session.add(change)
    _write(desk, member, command.profile, keep=True)
    desk.session.flush()
    asked = _ask_register(desk, member) if command.profile.roles else []
    return [ProfileUpdated(member.id, command.profile, change.id), *asked]


def _ask_register(desk: Desk, member: Member) -> list[Notice]:
    """Who does the intake looks up who has a regulated profession; until then they are not asked for it (row D4)."""
    desk.session.flush()
    terms = members.terms_of(desk.session, [member.id])[member.id]
    checked = {term.term for term in terms if term.kind == CHECKED}
    claimed = {term.term: term.said for term in terms if term.kind == "role" and is_regulated(term.term)}
    new = [role for role in claimed if role not in checked]
    by = [each for each in members.doing_intake(desk.session) if each.id != member.id]
    told: list[Notice] = [TitleUnchecked(member.id, role, by[0].name if by else None) for role in new]
    return told + [TitleToCheck(each.id, member.name, role, member.id) for role in new for each in by]


def check_title(desk: Desk, member: Member, command: CheckTitle) -> list[Notice]:
    """Who does the intake looked somebody up in the register of their profession; the member hears what was found."""
    rights.require(desk, member, "titles")
    if command.member_id == member.id:  # nobody vouches for themself
        raise RefusedError(CoordinatorOnly(member.id))
    other = desk.member(command.member_id)
    terms = members.terms_of(desk.session, [other.id])[other.id]
    known = [(term.term, term.said) for term in terms if term.kind == CHECKED and term.term != command.role]
    found = [(command.role, command.role)] if command.found else []
    members.set_terms(desk.session, other.id, CHECKED, known + found)
    by = first_name(member.name)
    return [
        TitleNoted(member.id, other.name, command.role, command.found),
        TitleChecked(other.id, command.role, by, command.found),
    ]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """Put the description back as it was."""
    for fact in FACTS:
        setattr(member, fact, change.before["facts"][fact])
    for kind in KINDS:
        members.set_terms(
            desk.session, member.id, kind, [tuple(pair) for pair in change.before["terms"][kind]]
        )
    return [Undone(member.id, WHAT)]


def _write(desk: Desk, member: Member, profile: Profile, *, keep: bool) -> None:
    if profile.name:
        member.name = profile.name
    if profile.place:
        place = gazetteer.locate(profile.place)
        member.place = profile.place
        member.latitude = place.latitude if place else None
        member.longitude = place.longitude if place else None
    member.radius_km = profile.radius_km or member.radius_km
    member.remote = profile.remote or member.remote
    member.rate_cents = hourly(profile.rate) or member.rate_cents
    member.years = profile.years or member.years
    for fact in profile.cleared:
        for column in CLEARED[fact]:
            setattr(member, column, None)
    old = members.terms_of(desk.session, [member.id])[member.id] if keep else []
    for kind, field in KINDS.items():
        gone = {term for term, _ in _pairs(profile.dropped)} if kind != "dislike" else set()
        pairs = [(term.term, term.said) for term in old if term.kind == kind and term.term not in gone]
        members.set_terms(desk.session, member.id, kind, pairs + _pairs(getattr(profile, field)))


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(taxonomy.canonical(word), word) for word in words]


def _snapshot(desk: Desk, member: Member) -> dict[str, Any]:
    terms = members.terms_of(desk.session, [member.id])[member.id]
    return {
        "facts": {fact: plain(getattr(member, fact)) for fact in FACTS},
        "terms": {kind: [[t.term, t.said] for t in terms if t.kind == kind] for kind in KINDS},
    }


def _tell_others(desk: Desk, member: Member) -> list[Notice]:
    """The inviter and the coordinators hear that somebody joined (mission row D23)."""
    inviter = desk.member(member.invited_by) if member.invited_by else None
    told = {row.id for row in members.coordinators(desk.session)} | ({inviter.id} if inviter else set())
    by = inviter.name if inviter else None
    return [
        NewMember(each, member.name, by, yours=each == member.invited_by)
        for each in sorted(told - {member.id})
    ]
