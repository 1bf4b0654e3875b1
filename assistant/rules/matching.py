"""Who suits a lead, how well, and why: rules written by people, each with a reason a member may read.

Gates say who is not asked, fit says how well the others suit in four visible parts and three bands, turn
orders the members of one band. Fit is never overruled by turn. Sources: mission rows A2 (competence decides),
A9 (other fields), B9 (right profile and available), C11 (a gentle lift among equal fits), E1-E3 (own words,
purpose, following). No stars, names, photos or clicks come in. An unknown value never shuts anyone out; it
becomes a doubt.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from typing import Literal, NamedTuple

from assistant.rules import reasons, sides
from assistant.rules.availability import is_stale
from assistant.rules.sides import distance_km
from assistant.rules.values import (
    PRIVATE_KINDS,
    Band,
    Candidate,
    Fit,
    Point,
    Ranked,
    Reason,
    ReasonKind,
    Remote,
    Room,
    Wanted,
)

__all__ = [
    "PRIVATE_KINDS",
    "RULE_VERSION",
    "Band",
    "Candidate",
    "Fit",
    "Gate",
    "Placed",
    "Point",
    "Ranked",
    "Reason",
    "ReasonKind",
    "Remote",
    "Wanted",
    "Weighed",
    "distance_km",
    "explain",
    "fit",
    "gates",
    "may_be_asked",
    "may_be_tipped",
    "order",
    "passing",
    "rank",
    "turn_of",
    "weigh",
]

RULE_VERSION = "2026-11-23"  # stored with every decision; changes when a number or rule of matching does

Gate = Literal[
    "source",  # the one who brought the lead
    "excluded",  # left out by the source, for instance over a conflict
    "quiet",  # asked for silence
    "disliked",  # a client, theme, place, role or skill the member does not want
    "no_match",  # no role and too few skills in common
    "must_missing",  # something the client cannot do without
    "not_checked",  # a regulated profession, and nobody looked the member up in its register
    "not_available",
    "too_few_hours",
    "too_far",
    "only_remote",  # works from a distance only, and the lead is on site
    "over",  # the last day of the lead has passed
]

MIN_SKILLS = 0.15  # less in common than this is no match
ENOUGH_HOURS = 0.6  # of the hours asked; less is a gate, more but not all a doubt
TOO_FAR = 1.6  # times the member's own limit
MAX_REASONS = 3
SEVERAL = 2  # doubts beside which nobody is called a strong fit
_NOT_BY_TIP: frozenset[Gate] = frozenset({"source", "excluded", "quiet", "disliked", "not_checked", "over"})
_NEVER = datetime.min.replace(tzinfo=UTC)
_BANDS: tuple[Band, ...] = ("strong", "fair", "guess")


class Placed(NamedTuple):
    """A member who may be asked, in the order in which they are; the reasons are worked out for who is."""

    member_id: int
    band: Band


class Weighed(NamedTuple):
    """A member beside a lead, as far as the order asks: see `Fit`. `doubts` is None where nothing hung on them."""

    candidate: Candidate
    skills: float
    practical: float
    wish: float
    doubts: tuple[Reason, ...] | None
    band: Band


def gates(wanted: Wanted, candidate: Candidate, today: date) -> tuple[Gate, ...]:
    """Every rule that keeps this member from being asked; empty when they may be. A rate never does."""
    return tuple(_shut(wanted, candidate, today))


def may_be_asked(wanted: Wanted, candidate: Candidate, today: date) -> bool:
    """Whether every gate is open."""
    return next(_shut(wanted, candidate, today), None) is None


def passing(wanted: Wanted, candidates: Iterable[Candidate], today: date) -> Iterator[Candidate]:
    """The members for whom every gate is open."""
    for one in candidates:
        if may_be_asked(wanted, one, today):
            yield one


def may_be_tipped(wanted: Wanted, candidate: Candidate, today: date) -> bool:
    """Whether a colleague's tip by name reaches this member (mission row D14).

    A colleague may know better than a profile or an old agenda, but not better than the member's own no.
    """
    return not _NOT_BY_TIP.intersection(gates(wanted, candidate, today))


def fit(wanted: Wanted, candidate: Candidate, today: date) -> Fit:
    """How well this member suits the lead, with reasons and doubts built from the rules that counted."""
    return explain(wanted, weigh(wanted, candidate, today), today)


def weigh(wanted: Wanted, candidate: Candidate, today: date) -> Weighed:
    """How well this member suits the lead, without a word of explanation."""
    skills, wish = _skills(wanted, candidate), _wish(wanted, candidate)
    practical = _practical(wanted, candidate, today)
    band, doubts = _band(skills, practical, wish, candidate.room), None
    if band == "strong":
        doubts = tuple(reasons.what_is_doubtful(wanted, candidate, today))
        band = _doubted(doubts)
    return Weighed(candidate, skills, practical, wish, doubts, band)


def explain(wanted: Wanted, weighed: Weighed, today: date) -> Fit:
    """The fit of somebody who was weighed."""
    one, doubts = weighed.candidate, weighed.doubts
    return Fit(
        skills=weighed.skills,
        proof=_proof(wanted, one),
        practical=weighed.practical,
        wish=weighed.wish,
        band=weighed.band,
        reasons=tuple(islice(reasons.what_fits(wanted, one, today), MAX_REASONS)),
        doubts=tuple(reasons.what_is_doubtful(wanted, one, today)) if doubts is None else doubts,
        quote=reasons.own_sentence(wanted, one),
    )


def order(wanted: Wanted, candidates: Iterable[Candidate], today: date, seed: int) -> tuple[Weighed, ...]:
    """Members who pass every gate, in the order they are asked.

    Best band first. Within a band the turn: who has little work, then who was asked longest ago, then a draw
    by lot that comes out the same for the same seed.
    """
    passed = [weigh(wanted, one, today) for one in passing(wanted, candidates, today)]
    passed.sort(key=lambda one: (_BANDS.index(one.band), *_turn(one.candidate, seed)))
    return tuple(passed)


def rank(wanted: Wanted, candidates: Iterable[Candidate], today: date, seed: int) -> tuple[Ranked, ...]:
    """Members in the order they are asked, each with the fit that says why."""
    known = {candidate.member_id: candidate for candidate in candidates}
    ordered = order(wanted, known.values(), today, seed)
    return tuple(Ranked(one.candidate.member_id, explain(wanted, one, today)) for one in ordered)


# --- the gates


def _shut(wanted: Wanted, one: Candidate, today: date) -> Iterator[Gate]:  # noqa: C901  # a line for each gate
    """The gates that are shut, in the order in which they are named and tried: what is soon seen comes first."""
    if one.member_id == wanted.source:
        yield "source"
    if one.member_id in wanted.excluded:
        yield "excluded"
    if one.quiet:
        yield "quiet"
    if sides.is_disliked(wanted, one):
        yield "disliked"
    if _skills(wanted, one) < MIN_SKILLS:
        yield "no_match"
    if sides.missing_must(wanted, one):
        yield "must_missing"
    if sides.is_unchecked(wanted, one):
        yield "not_checked"
    if not one.room.available:
        yield "not_available"
    if sides.hours_share(wanted, one) < ENOUGH_HOURS:
        yield "too_few_hours"
    if sides.times_limit(wanted, one) > TOO_FAR:
        yield "too_far"
    if wanted.remote == "onsite" and sides.wants_only_remote(one):
        yield "only_remote"
    if wanted.end is not None and wanted.end < today:
        yield "over"


# --- the four parts


def _skills(wanted: Wanted, candidate: Candidate) -> float:
    """Role for three fifths, skills for two, or the one that was asked; asking neither suits nobody.

    A gate asks it, and whoever passes is weighed by it: it is worked out once.
    """
    words = candidate.roles, candidate.skills
    known = wanted.shares.get(words)
    if known is None:
        known = wanted.shares[words] = _share(wanted, candidate)
    return known


def _share(wanted: Wanted, candidate: Candidate) -> float:
    role = max([wanted.roles.get(own, 0.0) for own in candidate.roles], default=0.0)
    if not wanted.skills:
        return role
    return 0.6 * role + 0.4 * _coverage(wanted, candidate) if wanted.roles else _coverage(wanted, candidate)


def _coverage(wanted: Wanted, candidate: Candidate) -> float:
    """The share of the asked skills the member has; a near one makes up for part of a missing one."""
    if candidate.skills.isdisjoint(wanted.skills):
        return 0.0
    asked = wanted.asked_skills
    missing = [skill for skill in asked if skill not in candidate.skills]
    if asked and not missing:
        return 1.0
    near = [wanted.skills[own] for own in sides.near(wanted.skills, candidate.skills)]
    have = len(asked) - len(missing) + sum(near[: max(len(missing), 1 - len(asked))], 0.0)
    return min(have / max(len(asked), 1), 1.0)


def _proof(wanted: Wanted, candidate: Candidate) -> float:
    """Experience: ten years is full marks, a shared sector adds to it; not said counts for three years."""
    years = 3 if candidate.years is None else candidate.years
    in_sector = bool(sides.shared_sectors(wanted, candidate))
    return min(0.7 * min(years / 10, 1.0) + 0.3 * in_sector, 1.0)


def _practical(wanted: Wanted, candidate: Candidate, today: date) -> float:
    """The mean of time, hours and place, unknown ones for half. The rate is private: it stays out."""
    share = (
        0.5 if sides.are_hours_unknown(wanted, candidate) else min(sides.hours_share(wanted, candidate), 1.0)
    )
    return (_on_time(wanted, candidate.room, today) + share + _reachable(wanted, candidate)) / 3


def _on_time(wanted: Wanted, room: Room, today: date) -> float:
    if not room.known or not room.available:
        return 0.5 if room.available else 0.0
    on_time = 0.75 if sides.starts_later(wanted, room, today) else 1.0
    return on_time - 0.25 if is_stale(room.stated_on, today) else on_time


def _reachable(wanted: Wanted, candidate: Candidate) -> float:
    if wanted.remote == "remote":
        return 1.0
    if sides.wants_only_remote(candidate):
        return 0.5
    kilometres = sides.apart_km(wanted, candidate)
    if kilometres is None:
        return 0.5 if sides.is_place_unknown(wanted, candidate) else 1.0
    limit = sides.FAR_KM if candidate.radius_km is None else float(candidate.radius_km)
    return 1.0 if kilometres <= limit else limit / kilometres


def _wish(wanted: Wanted, candidate: Candidate) -> float:
    return 1.0 if sides.followed(wanted, candidate) else 0.5


def _band(skills: float, practical: float, wish: float, room: Room) -> Band:
    """The band; for who follows the client or theme a third of the skills is a fair fit (mission row E2)."""
    if skills >= 0.75 and practical >= 0.6 and room.known:
        return "strong"
    enough = 0.33 if wish == 1.0 else 0.4
    return "fair" if skills >= enough and practical >= 0.35 else "guess"


def _doubted(doubts: Iterable[Reason]) -> Band:
    """Nobody is a strong fit beside several doubts. Private ones do not count: the source sees the band."""
    open_doubts = [doubt for doubt in doubts if doubt.kind not in PRIVATE_KINDS]
    return "fair" if len(open_doubts) >= SEVERAL else "strong"


# --- the turn


def turn_of(candidate: Candidate) -> tuple[bool, datetime]:
    """Who comes first among equal fits, before the draw; seen by nobody."""
    return (not candidate.low_work, candidate.last_asked or _NEVER)


def _turn(candidate: Candidate, seed: int) -> tuple[bool, datetime, bytes]:
    lot = sha256(f"{seed}:{candidate.member_id}".encode()).digest()
    return (*turn_of(candidate), lot)
