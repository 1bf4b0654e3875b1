"""The two sides of a match, what a lead asks and what a member states, and how they compare.

Unknown is a value of its own here: it never counts as a no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from assistant.rules.availability import Room

Remote = Literal["remote", "hybrid", "onsite"]

FAR_KM = 40.0  # a doubt for who named no limit
_EARTH_KM = 6371.0
_UNSAID = Room(known=False, available=True, hours=None, free_from=None, stated_on=None)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(
    frozen=True
)  # no slots: what follows from it is worked out once, not for each member it is compared with
class Wanted:
    """What a lead asks; None or empty is: not said.

    `roles` and `skills` map terms to closeness: 1.0 is the term asked, less is a neighbour in the taxonomy.
    `hours` a week from and to; `rate_cents_max` an hour. `excluded` and `source` are member ids. `must` are the
    skills the client cannot do without. `regulated` are the asked professions that nobody may practise without
    being registered (mission row D4).
    """

    roles: Mapping[str, float] = field(default_factory=dict)
    skills: Mapping[str, float] = field(default_factory=dict)
    point: Point | None = None
    place: str | None = None
    remote: Remote | None = None
    start: date | None = None
    end: date | None = None
    hours: tuple[float | None, float | None] | None = None
    rate_cents_max: int | None = None
    client: str | None = None
    themes: frozenset[str] = frozenset()
    excluded: frozenset[int] = frozenset()
    stage: str | None = None
    source: int | None = None
    must: frozenset[str] = frozenset()
    regulated: frozenset[str] = frozenset()

    @cached_property
    def asked_roles(self) -> list[str]:
        """The roles that were asked themselves, in the order of the lead."""
        return asked(self.roles)

    @cached_property
    def asked_skills(self) -> list[str]:
        """The skills that were asked themselves, in the order of the lead."""
        return asked(self.skills)

    @cached_property
    def topics(self) -> frozenset[str]:
        """The themes, for comparing."""
        return folded(self.themes)

    @cached_property
    def names(self) -> frozenset[str]:
        """All that a member may say no to, for comparing."""
        return folded(
            name
            for name in (self.client, self.place, *self.themes, *self.asked_roles, *self.asked_skills)
            if name
        )

    @cached_property
    def kilometres(self) -> dict[tuple[float, float], float]:
        """How far it is, from each place where somebody was asked about: many members live in the same few."""
        return {}

    @cached_property
    def client_words(self) -> frozenset[str]:
        """The words of the client's name, for comparing."""
        return frozenset((self.client or "").casefold().split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a member states and wants; None or empty is: not said.

    `remote` is what the member wants; "remote" is nothing else, or with a `radius_km` either of the two.
    `rate_cents` an hour, private. `low_work` is private too and counts for the turn alone (mission row C11).
    `last_asked` in UTC. `checked` are the regulated professions that the coordinator looked up in the register.
    """

    member_id: int
    roles: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    years: int | None = None
    sectors: frozenset[str] = frozenset()
    point: Point | None = None
    place: str | None = None
    radius_km: int | None = None
    remote: Remote | None = None
    rate_cents: int | None = None
    likes: frozenset[str] = frozenset()
    dislikes: frozenset[str] = frozenset()
    room: Room = _UNSAID
    quiet: bool = False
    low_work: bool = False
    last_asked: datetime | None = None
    own_words: str = ""
    checked: frozenset[str] = frozenset()


def distance_km(one: Point, other: Point) -> float:
    """Kilometres between two places as the crow flies."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.longitude - one.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(chord, 1.0)))


def asked(terms: Mapping[str, float]) -> list[str]:
    """What was asked itself, in the order of the lead."""
    return [term for term, closeness in terms.items() if closeness >= 1.0]


def near(terms: Mapping[str, float], own: frozenset[str]) -> list[str]:
    """The member's own terms that are neighbours of what was asked, nearest first."""
    neighbours = [term for term in own if 0.0 < terms.get(term, 0.0) < 1.0]
    return sorted(neighbours, key=lambda term: (-terms[term], term))


def fewest_hours(wanted: Wanted) -> float | None:
    """The fewest hours a week the lead asks."""
    return wanted.hours[0] if wanted.hours else None


def hours_share(wanted: Wanted, candidate: Candidate) -> float:
    """Own hours as a share of the fewest asked; 1 when either is unknown."""
    low, own = fewest_hours(wanted), candidate.room.hours
    return own / low if low and own is not None else 1.0


def are_hours_unknown(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether the lead asks hours and the member named none."""
    return bool(fewest_hours(wanted)) and candidate.room.hours is None


def starts_later(wanted: Wanted, room: Room, today: date) -> bool:
    """Whether the member is free only after the asked start; a lead without one starts today."""
    return room.free_from is not None and room.free_from > max(wanted.start or today, today)


def apart_km(wanted: Wanted, candidate: Candidate) -> float | None:
    """Kilometres between the lead and the member; None when either place is unknown."""
    if wanted.point is None or candidate.point is None:
        return None
    place = candidate.point.latitude, candidate.point.longitude  # sooner compared than points are
    known = wanted.kilometres.get(place)
    if known is None:
        known = wanted.kilometres[place] = distance_km(wanted.point, candidate.point)
    return known


def wants_only_remote(candidate: Candidate) -> bool:
    """Whether the member will not travel at all; "max 40 km of remote" is a choice."""
    return candidate.remote == "remote" and candidate.radius_km is None


def times_limit(wanted: Wanted, candidate: Candidate) -> float:
    """The distance as so many times the member's own limit; 0 when unknown or when it may be remote."""
    kilometres = apart_km(wanted, candidate)
    may_be_remote = wanted.remote == "remote" or (wanted.remote is None and candidate.remote == "remote")
    if may_be_remote or kilometres is None or not candidate.radius_km:
        return 0.0
    return kilometres / candidate.radius_km


def is_place_unknown(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether the lead has a place and nobody can say how far it is."""
    if wanted.place is None and wanted.point is None:
        return False
    return apart_km(wanted, candidate) is None and not is_same_place(wanted, candidate)


def is_same_place(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether both name the same place."""
    if wanted.place is None or candidate.place is None:
        return False
    return wanted.place.casefold() == candidate.place.casefold()


def is_disliked(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether the member said no to the client, place, a theme, or a role or skill that is asked itself."""
    if not candidate.dislikes:
        return False
    if not folded(candidate.dislikes).isdisjoint(wanted.names):
        return True
    return any(_names_client(wanted, disliked) for disliked in candidate.dislikes)


def followed(wanted: Wanted, candidate: Candidate) -> list[str]:
    """What the member follows and this lead is about, in the member's own spelling."""
    if not candidate.likes:
        return []
    return sorted(
        liked
        for liked in candidate.likes
        if liked.casefold() in wanted.topics or _names_client(wanted, liked)
    )


def _names_client(wanted: Wanted, said: str) -> bool:
    """Whether these words are the client's name or a part of it: "Philips" of "Philips Nederland"."""
    named = frozenset(said.casefold().split())
    return bool(named) and named <= wanted.client_words


def shared_sectors(wanted: Wanted, candidate: Candidate) -> list[str]:
    """The sectors of the member that the lead is in."""
    return sorted(sector for sector in candidate.sectors if sector.casefold() in wanted.topics)


def missing_must(wanted: Wanted, candidate: Candidate) -> list[str]:
    """What the client cannot do without and the member did not name."""
    return sorted(wanted.must - candidate.skills - candidate.roles)


def is_unchecked(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether a regulated profession is asked and nobody looked this member up in its register.

    "An advocaat or a jurist" may also be a jurist.
    """
    if not wanted.regulated:
        return False
    may_be_other = any(role in candidate.roles for role in wanted.asked_roles if role not in wanted.regulated)
    in_register = not wanted.regulated.isdisjoint(candidate.checked & candidate.roles)
    return not in_register and not may_be_other


def folded(words: Iterable[str]) -> frozenset[str]:
    """The words for comparing, without capitals."""
    return frozenset(word.casefold() for word in words)
