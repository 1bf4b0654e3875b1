"""How the two sides of a match compare: what a lead asks and what a member states.

Unknown is a value of its own here: it never counts as a no.
"""

from collections.abc import Mapping
from datetime import date
from math import asin, cos, radians, sin, sqrt

from assistant.rules.values import Candidate, Point, Room, Wanted, folded

FAR_KM = 40.0  # a doubt for who named no limit
_EARTH_KM = 6371.0


def distance_km(one: Point, other: Point) -> float:
    """Kilometres between two places as the crow flies."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.longitude - one.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(chord, 1.0)))


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
    return sorted(wanted.must - candidate.skills - candidate.roles) if wanted.must else []


def is_unchecked(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether a regulated profession is asked and nobody looked this member up in its register.

    "An advocaat or a jurist" may also be a jurist.
    """
    if not wanted.regulated:
        return False
    may_be_other = any(role in candidate.roles for role in wanted.asked_roles if role not in wanted.regulated)
    in_register = not wanted.regulated.isdisjoint(candidate.checked & candidate.roles)
    return not in_register and not may_be_other
