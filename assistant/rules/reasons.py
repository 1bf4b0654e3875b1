"""Why a lead suits a member and what is doubtful, each built from a value that one of the two stated.

Never from a guess or from what is merely likely: a smooth false reason persuades as well as a true one.
Sources: mission rows E1 (own words are quoted) and D31 (what is unknown is said).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from assistant.rules import sides
from assistant.rules.availability import is_stale
from assistant.rules.values import Candidate, Reason, Room, Wanted

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")


def what_fits(wanted: Wanted, candidate: Candidate, today: date) -> Iterator[Reason]:
    """Everything that speaks for this member, best first."""
    yield from _role_reason(wanted, candidate)
    yield from _skill_reason(wanted, candidate)
    yield from (Reason("follows", (liked,)) for liked in sides.followed(wanted, candidate)[:1])
    yield from _time_reason(wanted, candidate.room, today)
    yield from _proof_reason(wanted, candidate)
    yield from _place_reason(wanted, candidate)
    hours = candidate.room.hours
    if sides.fewest_hours(wanted) and hours is not None and sides.hours_share(wanted, candidate) >= 1:
        yield Reason("hours_fit", (f"{hours:g}",))


def _role_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    asked = wanted.asked_roles
    same = [role for role in asked if role in candidate.roles]
    if same:
        yield Reason("role_same", (same[0],))
    elif asked and (near := sides.near(wanted.roles, candidate.roles)):
        yield Reason("role_near", (near[0], ", ".join(asked)))


def _skill_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    shared = [skill for skill in wanted.asked_skills if skill in candidate.skills]
    if shared:
        yield Reason("skills_shared", tuple(shared[:3]))
    elif near := sides.near(wanted.skills, candidate.skills):
        yield Reason("skills_near", tuple(near[:3]))


def _time_reason(wanted: Wanted, room: Room, today: date) -> Iterator[Reason]:
    """Only for what the member said: a free day that follows from silence is no stated fact."""
    if not room.known or room.free_from is None or sides.starts_later(wanted, room, today):
        return
    if room.free_from <= today:
        yield Reason("free_now")
    else:
        yield Reason("free_from", (room.free_from.isoformat(),))


def _proof_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    sectors = sides.shared_sectors(wanted, candidate)[:1]
    if candidate.years is not None and candidate.years >= 2:
        yield Reason("years", (str(candidate.years), *sectors))
    elif sectors:
        yield Reason("sector", tuple(sectors))


def _place_reason(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    if wanted.remote == "remote":
        yield from [Reason("remote_fits")] if candidate.remote in ("remote", "hybrid") else []
        return
    if candidate.place is None or sides.wants_only_remote(candidate):
        return
    if sides.is_same_place(wanted, candidate):
        yield Reason("same_place", (candidate.place,))
        return
    kilometres = sides.apart_km(wanted, candidate)
    if kilometres is not None and kilometres <= (candidate.radius_km or sides.FAR_KM):
        yield Reason("near", (candidate.place, f"{kilometres:.0f}"))


def what_is_doubtful(wanted: Wanted, candidate: Candidate, today: date) -> Iterator[Reason]:
    """Everything that speaks against or is not known, weightiest first."""
    yield from _time_doubts(wanted, candidate.room, today)
    yield from _hours_doubts(wanted, candidate)
    yield from _place_doubts(wanted, candidate)
    roles = wanted.asked_roles
    if roles and candidate.roles.isdisjoint(wanted.roles):
        yield Reason("role_missing", (", ".join(roles),))
    missing = tuple(skill for skill in wanted.asked_skills if skill not in candidate.skills)
    if missing:
        yield Reason("skills_missing", missing)
    if wanted.rate_cents_max is None:
        return
    if candidate.rate_cents is None:
        yield Reason("rate_unknown")
    elif candidate.rate_cents > wanted.rate_cents_max:
        yield Reason("rate_above_budget")


def _time_doubts(wanted: Wanted, room: Room, today: date) -> Iterator[Reason]:
    if not room.available and room.free_from is None:
        yield Reason("not_free")
    if not room.known:
        yield Reason("availability_unknown")
    if room.free_from is not None and sides.starts_later(wanted, room, today):
        yield Reason("start_later", (room.free_from.isoformat(),))
    if room.free_until is not None:
        yield Reason("free_until", (room.free_until.isoformat(),))
    if room.known and room.stated_on is not None and is_stale(room.stated_on, today):
        yield Reason("availability_old", (str((today - room.stated_on).days),))


def _hours_doubts(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    low, own = sides.fewest_hours(wanted), candidate.room.hours
    if sides.are_hours_unknown(wanted, candidate) and candidate.room.known:
        yield Reason("hours_unknown")
    elif low and own is not None and own < low:
        yield Reason("hours_less", (f"{own:g}", f"{low:g}"))


def _place_doubts(wanted: Wanted, candidate: Candidate) -> Iterator[Reason]:
    if wanted.remote == "remote":
        return
    if candidate.remote == "remote" and wanted.remote is None:
        yield Reason("remote_unknown")
    if sides.wants_only_remote(candidate):
        yield from [Reason("not_fully_remote")] if wanted.remote else []
        return
    kilometres, limit = sides.apart_km(wanted, candidate), candidate.radius_km
    if kilometres is None:
        yield from [Reason("place_unknown")] if sides.is_place_unknown(wanted, candidate) else []
    elif limit is not None and kilometres > limit:
        yield Reason("further", (f"{kilometres:.0f}", str(limit)))
    elif limit is None and kilometres > sides.FAR_KM:
        yield Reason("far", (f"{kilometres:.0f}",))


def own_sentence(wanted: Wanted, candidate: Candidate) -> str | None:
    """The first of the member's own sentences about what they follow; else about a shared role or skill (row E1)."""
    shared = [role for role in candidate.roles if role in wanted.roles]
    shared += [skill for skill in candidate.skills if skill in wanted.skills]
    return _sentence_about(sides.followed(wanted, candidate), candidate) or _sentence_about(shared, candidate)


def _sentence_about(terms: list[str], candidate: Candidate) -> str | None:
    if not terms or not candidate.own_words:
        return None
    own_words = candidate.own_words.casefold()
    names = [_name(term) for term in terms if term.casefold() in own_words]
    if not any(name.search(candidate.own_words) for name in names):
        return None
    sentences = _BETWEEN_SENTENCES.split(candidate.own_words)
    named = (each for each in sentences if any(name.search(each) for name in names))
    return next((sentence.strip() for sentence in named), None)


@lru_cache(maxsize=4096)
def _name(term: str) -> re.Pattern[str]:
    """A word as it stands in a text by itself."""
    return re.compile(rf"\b{re.escape(term)}(?!\w)", re.IGNORECASE)
