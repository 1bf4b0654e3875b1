"""Who suits a lead, how well, and why: rules written by people, each with a reason a member may read.

Gates say who is not asked, fit says how well the others suit in four visible parts and three bands, turn
orders the members of one band. Fit is never overruled by turn. Sources: mission rows A2 (competence decides),
A9 (other fields), B9 (right profile and available), C11 (a gentle lift among equal fits), E1-E3 (own words,
purpose, following). No stars, names, photos or clicks come in. An unknown value never shuts anyone out; it
becomes a doubt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from assistant.rules.availability import Room, is_stale

RULE_VERSION = "2026-11-21"  # stored with every decision; changes when a number or rule below does

Remote = Literal["remote", "hybrid", "onsite"]
Band = Literal["strong", "fair", "guess"]
Gate = Literal[
    "source",  # the one who brought the lead
    "excluded",  # left out by the source, for instance over a conflict
    "quiet",  # asked for silence
    "disliked",  # a client, theme, place, role or skill the member does not want
    "no_match",  # no role and too few skills in common
    "not_available",
    "too_few_hours",
    "too_far",
    "only_remote",  # works from a distance only, and the lead is on site
]
ReasonKind = Literal[
    # what fits
    "role_same",  # the role
    "role_near",  # own role, role asked
    "skills_shared",  # the skills
    "skills_near",  # own skills that lie close to what is asked
    "follows",  # what the member follows
    "free_now",
    "free_from",  # ISO date
    "years",  # years, and the sector when the lead is in it
    "sector",  # the sector
    "near",  # own place, kilometres
    "same_place",  # the place
    "remote_fits",
    "hours_fit",  # own hours a week
    # what is doubtful
    "availability_unknown",
    "availability_old",  # days since it was said
    "start_later",  # ISO date
    "free_until",  # ISO date
    "hours_less",  # own hours, hours asked
    "hours_unknown",
    "further",  # kilometres, own limit
    "far",  # kilometres; the member named no limit
    "place_unknown",
    "not_fully_remote",  # wants remote work, and the lead is partly on site
    "remote_unknown",  # wants remote work, and the lead does not say
    "skills_missing",  # skills asked that the member did not name
    "rate_above_budget",
    "rate_unknown",  # the lead has a maximum and the member named no rate
]

PRIVATE_KINDS: frozenset[ReasonKind] = frozenset({"rate_above_budget", "rate_unknown"})
"""Doubts for the member's own eyes; never for the source or the client."""

MIN_SKILLS = 0.15  # less in common than this is no match
ENOUGH_HOURS = 0.6  # of the hours asked; less is a gate, more but not all a doubt
TOO_FAR = 1.6  # times the member's own limit
FAR_KM = 40.0  # a doubt for who named no limit
MAX_REASONS = 3
_NOT_BY_TIP: frozenset[Gate] = frozenset({"source", "excluded", "quiet", "disliked"})
_EARTH_KM = 6371.0
_NEVER = datetime.min.replace(tzinfo=UTC)
_BANDS: tuple[Band, ...] = ("strong", "fair", "guess")
_UNSAID = Room(known=False, available=True, hours=None, free_from=None, stated_on=None)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a lead asks; None or empty is: not said.

    `roles` and `skills` map terms to closeness: 1.0 is the term asked, less is a neighbour in the taxonomy.
    `hours` a week from and to; `rate_cents_max` an hour. `excluded` and `source` are member ids.
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a member states and wants; None or empty is: not said.

    `remote` is what the member wants ("remote": nothing else). `rate_cents` an hour, private. `low_work` is
    private too: it only counts for the turn (mission row C11). `last_asked` in UTC.
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


@dataclass(frozen=True, slots=True)
class Reason:
    """One true thing: a kind and the stated values a text quotes, in the order given beside `ReasonKind`."""

    kind: ReasonKind
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a member suits a lead: four parts from 0 to 1, a band, and why.

    `reasons`: three at most, best first. `doubts`: all, weightiest first. `quote`: the member's own sentence
    that names what is asked (mission row E1), None when there is none.
    """

    skills: float
    proof: float
    practical: float
    wish: float
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A member who may be asked, with the fit that says why."""

    member_id: int
    fit: Fit


def distance_km(one: Point, other: Point) -> float:
    """Kilometres between two places as the crow flies."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.longitude - one.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(chord, 1.0)))


def gates(wanted: Wanted, candidate: Candidate, today: date) -> tuple[Gate, ...]:  # noqa: ARG001 - asked for by callers
    """Every rule that keeps this member from being asked; empty when they may be. A rate never does."""
    shut: dict[Gate, bool] = {
        "source": candidate.member_id == wanted.source,
        "excluded": candidate.member_id in wanted.excluded,
        "quiet": candidate.quiet,
        "disliked": bool(_folded(candidate.dislikes) & _folded(_named(wanted))),
        "no_match": _skills(wanted, candidate) < MIN_SKILLS,
        "not_available": not candidate.room.available,
        "too_few_hours": _hours_share(wanted, candidate) < ENOUGH_HOURS,
        "too_far": _times_limit(wanted, candidate) > TOO_FAR,
        "only_remote": candidate.remote == "remote" and wanted.remote == "onsite",
    }
    return tuple(gate for gate, is_shut in shut.items() if is_shut)


def may_be_tipped(wanted: Wanted, candidate: Candidate, today: date) -> bool:
    """Whether a colleague's tip by name reaches this member (mission row D14).

    A colleague may know better than a profile or an old agenda, but not better than the member's own no.
    """
    return not _NOT_BY_TIP.intersection(gates(wanted, candidate, today))


def fit(wanted: Wanted, candidate: Candidate, today: date) -> Fit:
    """How well this member suits the lead, with reasons and doubts built from the rules that counted."""
    skills = _skills(wanted, candidate)
    practical = _practical(wanted, candidate, today)
    wish = 1.0 if _followed(wanted, candidate) else 0.5
    return Fit(
        skills=skills,
        proof=_proof(wanted, candidate),
        practical=practical,
        wish=wish,
        band=_band(skills, practical, wish, candidate.room),
        reasons=tuple(_reasons(wanted, candidate, today))[:MAX_REASONS],
        doubts=tuple(_doubts(wanted, candidate, today)),
        quote=_quote(wanted, candidate),
    )


def rank(wanted: Wanted, candidates: Iterable[Candidate], today: date, seed: int) -> tuple[Ranked, ...]:
    """Members who pass every gate, in the order they are asked.

    Best band first. Within a band the turn: who has little work, then who was asked longest ago, then a draw
    by lot that comes out the same for the same seed.
    """
    passed = [candidate for candidate in candidates if not gates(wanted, candidate, today)]
    pairs = [(candidate, fit(wanted, candidate, today)) for candidate in passed]
    pairs.sort(key=lambda pair: (_BANDS.index(pair[1].band), *_turn(pair[0], seed)))
    return tuple(Ranked(candidate.member_id, its_fit) for candidate, its_fit in pairs)


# --- the four parts


def _skills(wanted: Wanted, candidate: Candidate) -> float:
    """Role for three fifths and skills for two; when only one of them was asked, that one."""
    role = max((wanted.roles[own] for own in candidate.roles if own in wanted.roles), default=0.0)
    if not wanted.skills:
        return role
    return 0.6 * role + 0.4 * _coverage(wanted, candidate) if wanted.roles else _coverage(wanted, candidate)


def _coverage(wanted: Wanted, candidate: Candidate) -> float:
    """The share of the asked skills the member has; a near one makes up for part of a missing one."""
    asked = _asked(wanted.skills)
    missing = [skill for skill in asked if skill not in candidate.skills]
    near = sorted((wanted.skills[own] for own in _near(wanted.skills, candidate.skills)), reverse=True)
    have = len(asked) - len(missing) + sum(near[: max(len(missing), 1 - len(asked))])
    return min(have / max(len(asked), 1), 1.0)


def _proof(wanted: Wanted, candidate: Candidate) -> float:
    """Experience: ten years is full marks, a shared sector adds to it; not said counts for three years."""
    years = 3 if candidate.years is None else candidate.years
    in_sector = bool(_shared_sectors(wanted, candidate))
    return min(0.7 * min(years / 10, 1.0) + 0.3 * in_sector, 1.0)


def _practical(wanted: Wanted, candidate: Candidate, today: date) -> float:
    """The mean of time, hours and place, unknown ones for half. The rate is private: it stays out."""
    share = 0.5 if _hours_unknown(wanted, candidate) else min(_hours_share(wanted, candidate), 1.0)
    return (_on_time(wanted, candidate.room, today) + share + _reachable(wanted, candidate)) / 3


def _on_time(wanted: Wanted, room: Room, today: date) -> float:
    if not room.known:
        return 0.5
    on_time = 0.75 if _starts_later(wanted, room, today) else 1.0
    return on_time - 0.25 if is_stale(room.stated_on, today) else on_time


def _reachable(wanted: Wanted, candidate: Candidate) -> float:
    if wanted.remote == "remote":
        return 1.0
    kilometres = _kilometres(wanted, candidate)
    if candidate.remote == "remote" or _place_unknown(wanted, candidate):
        return 0.5
    if kilometres is None:
        return 1.0
    limit = FAR_KM if candidate.radius_km is None else float(candidate.radius_km)
    return 1.0 if kilometres <= limit else limit / kilometres


def _band(skills: float, practical: float, wish: float, room: Room) -> Band:
    """The band; for who follows the client or theme a third of the skills is a fair fit (mission row E2)."""
    if skills >= 0.75 and practical >= 0.6 and room.known:
        return "strong"
    enough = 0.33 if wish == 1.0 else 0.4
    return "fair" if skills >= enough and practical >= 0.35 else "guess"


# --- what fits, best first


def _reasons(wanted: Wanted, candidate: Candidate, today: date) -> Iterator[Reason]:
    yield from _role_reason(wanted, candidate)
    yield from _skill_reason(wanted, candidate)
    yield from (Reason("follows", (liked,)) for liked in _followed(wanted, candidate)[:1])
    yield from _time_reason(wanted, candidate.room, today)
    yield from _proof_reason(wanted, candidate)
    yield from _place_reason(wanted, candidate)
    hours = candidate.room.hours
    if _low(wanted) and hours is not None and _hours_share(wanted, candidate) >= 1:
        yield Reason("hours_fit", (f"{hours:g}",))


def _role_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    asked = _asked(wanted.roles)
    same = [role for role in asked if role in candidate.roles]
    near = _near(wanted.roles, candidate.roles)
    if same:
        yield Reason("role_same", (same[0],))
    elif near and asked:
        yield Reason("role_near", (near[0], ", ".join(asked)))


def _skill_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    shared = [skill for skill in _asked(wanted.skills) if skill in candidate.skills]
    near = _near(wanted.skills, candidate.skills)
    if shared:
        yield Reason("skills_shared", tuple(shared[:3]))
    elif near:
        yield Reason("skills_near", tuple(near[:3]))


def _time_reason(wanted: Wanted, room: Room, today: date) -> Iterator[Reason]:
    """Only for what the member said: a free day that follows from silence is no stated fact."""
    if not room.known or room.free_from is None or _starts_later(wanted, room, today):
        return
    if room.free_from <= today:
        yield Reason("free_now")
    else:
        yield Reason("free_from", (room.free_from.isoformat(),))


def _proof_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    sectors = _shared_sectors(wanted, candidate)[:1]
    if candidate.years is not None and candidate.years >= 2:
        yield Reason("years", (str(candidate.years), *sectors))
    elif sectors:
        yield Reason("sector", tuple(sectors))


def _place_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    if wanted.remote == "remote":
        yield from [Reason("remote_fits")] if candidate.remote == "remote" else []
        return
    kilometres = _kilometres(wanted, candidate)
    if candidate.place is None or candidate.remote == "remote":
        return
    if wanted.place is not None and wanted.place.casefold() == candidate.place.casefold():
        yield Reason("same_place", (candidate.place,))
    elif kilometres is not None and kilometres <= (candidate.radius_km or FAR_KM):
        yield Reason("near", (candidate.place, f"{kilometres:.0f}"))


# --- what is doubtful, weightiest first


def _doubts(wanted: Wanted, candidate: Candidate, today: date) -> Iterator[Reason]:
    yield from _time_doubts(wanted, candidate.room, today)
    yield from _hours_doubts(wanted, candidate)
    yield from _place_doubts(wanted, candidate)
    missing = tuple(skill for skill in _asked(wanted.skills) if skill not in candidate.skills)
    if missing:
        yield Reason("skills_missing", missing)
    if wanted.rate_cents_max is None:
        return
    if candidate.rate_cents is None:
        yield Reason("rate_unknown")
    elif candidate.rate_cents > wanted.rate_cents_max:
        yield Reason("rate_above_budget")


def _time_doubts(wanted: Wanted, room: Room, today: date) -> Iterator[Reason]:
    if not room.known:
        yield Reason("availability_unknown")
        return
    if room.free_from is not None and _starts_later(wanted, room, today):
        yield Reason("start_later", (room.free_from.isoformat(),))
    if room.free_until is not None:
        yield Reason("free_until", (room.free_until.isoformat(),))
    if room.stated_on is not None and is_stale(room.stated_on, today):
        yield Reason("availability_old", (str((today - room.stated_on).days),))


def _hours_doubts(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    low, own = _low(wanted), candidate.room.hours
    if _hours_unknown(wanted, candidate) and candidate.room.known:
        yield Reason("hours_unknown")
    elif low and own is not None and own < low:
        yield Reason("hours_less", (f"{own:g}", f"{low:g}"))


def _place_doubts(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    if wanted.remote == "remote":
        return
    if candidate.remote == "remote":
        yield Reason("remote_unknown" if wanted.remote is None else "not_fully_remote")
        return
    kilometres, limit = _kilometres(wanted, candidate), candidate.radius_km
    if _place_unknown(wanted, candidate):
        yield Reason("place_unknown")
    elif kilometres is not None and limit is not None and kilometres > limit:
        yield Reason("further", (f"{kilometres:.0f}", str(limit)))
    elif kilometres is not None and limit is None and kilometres > FAR_KM:
        yield Reason("far", (f"{kilometres:.0f}",))


# --- the turn


def _turn(candidate: Candidate, seed: int) -> tuple[bool, datetime, bytes]:
    """Who comes first among equal fits; seen by nobody."""
    lot = sha256(f"{seed}:{candidate.member_id}".encode()).digest()
    return (not candidate.low_work, candidate.last_asked or _NEVER, lot)


# --- comparing


def _asked(terms: Mapping[str, float]) -> list[str]:
    """What was asked itself, in the order of the lead."""
    return [term for term, closeness in terms.items() if closeness >= 1.0]


def _near(terms: Mapping[str, float], own: frozenset[str]) -> list[str]:
    """The member's own terms that are neighbours of what was asked, nearest first."""
    near = [term for term in own if 0.0 < terms.get(term, 0.0) < 1.0]
    return sorted(near, key=lambda term: (-terms[term], term))


def _low(wanted: Wanted) -> float | None:
    return wanted.hours[0] if wanted.hours else None


def _hours_share(wanted: Wanted, candidate: Candidate) -> float:
    """Own hours as a share of the fewest asked; 1 when either is unknown."""
    low, own = _low(wanted), candidate.room.hours
    return own / low if low and own is not None else 1.0


def _hours_unknown(wanted: Wanted, candidate: Candidate) -> bool:
    return bool(_low(wanted)) and candidate.room.hours is None


def _starts_later(wanted: Wanted, room: Room, today: date) -> bool:
    return room.free_from is not None and room.free_from > max(wanted.start or today, today)


def _kilometres(wanted: Wanted, candidate: Candidate) -> float | None:
    if wanted.point is None or candidate.point is None:
        return None
    return distance_km(wanted.point, candidate.point)


def _times_limit(wanted: Wanted, candidate: Candidate) -> float:
    """The distance as so many times the member's own limit; 0 when nobody has to travel or it is unknown."""
    kilometres = _kilometres(wanted, candidate)
    if wanted.remote == "remote" or kilometres is None or not candidate.radius_km:
        return 0.0
    return kilometres / candidate.radius_km


def _place_unknown(wanted: Wanted, candidate: Candidate) -> bool:
    asked = wanted.point is not None or wanted.place is not None
    return asked and candidate.point is None and candidate.place is None


def _named(wanted: Wanted) -> set[str]:
    """Everything about a lead that a member may have said no to."""
    names = {wanted.client, wanted.place, *wanted.themes, *_asked(wanted.roles), *_asked(wanted.skills)}
    return {name for name in names if name}


def _followed(wanted: Wanted, candidate: Candidate) -> list[str]:
    topics = _folded({wanted.client or "", *wanted.themes}) - {""}
    return sorted(liked for liked in candidate.likes if liked.casefold() in topics)


def _shared_sectors(wanted: Wanted, candidate: Candidate) -> list[str]:
    themes = _folded(wanted.themes)
    return sorted(sector for sector in candidate.sectors if sector.casefold() in themes)


def _folded(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words}


def _quote(wanted: Wanted, candidate: Candidate) -> str | None:
    """The first of the member's own sentences that names a shared role or skill."""
    shared = [*(candidate.roles & wanted.roles.keys()), *(candidate.skills & wanted.skills.keys())]
    if not shared:
        return None
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, shared))})(?!\w)", re.IGNORECASE)
    sentences = re.split(r"(?<=[.!?;])\s+|\n+", candidate.own_words)
    return next((sentence.strip() for sentence in sentences if names.search(sentence)), None)
