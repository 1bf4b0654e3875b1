"""From rows to the values that rules work with, and back."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from math import cos, radians
from typing import Any

import msgspec

from assistant.desk import Desk
from assistant.newest import Newest
from assistant.postings import Index
from assistant.rules import availability as rules
from assistant.rules.matching import TOO_FAR, Candidate, Fit, Point, Wanted, passing
from assistant.rules.values import Room
from assistant.rules.waves import PLANNED
from db import availability
from db import candidates as nearby
from db.availability import Period as PeriodRow
from db.availability import Spell
from db.candidates import READ, Box, Profile, Search
from db.inquiries import Inquiry
from db.leads import Lead as LeadRow
from nlu import gazetteer, taxonomy
from nlu.meaning import Availability, Lead, Range, Rate
from nlu.regulated import is_regulated

HOURS_A_DAY = rules.HOURS_A_DAY
HOURS_A_WEEK = 40
HOURLY_MOST = 200_00  # cents: of more without a unit nobody means an hour
WEEKS_A_MONTH = 4.33
EVERYBODY = 200  # so many near members are all compared
SHORTLISTS: tuple[int, ...] = (
    24,
    48,
    96,
    192,
    384,
    768,
)  # of more only these, the next ones while too few may be asked
ENOUGH = PLANNED  # who may be asked: more are looked for when these were
_NONE: frozenset[str] = frozenset()
_CROWDED: set[int] = set()
"""Collectives of whose last lead too many were near to be told all at once, so that for the next this is not tried."""
DEGREE_KM = 111.195  # along a meridian


# --- availability -----------------------------------------------------------------------------------------------


def period(row: PeriodRow | Spell) -> rules.Period:
    """A stored period as a value."""
    weekdays = tuple(row.weekdays.split())
    status: Any = row.status
    dayparts = tuple(row.dayparts.split())
    return rules.Period(row.start_on, row.end_on, status, row.hours, weekdays, row.stated_on, dayparts)


def spell(value: rules.Period) -> Spell:
    """A period to store."""
    return Spell(
        start_on=value.start,
        end_on=value.end,
        status=value.status,
        hours=value.hours,
        weekdays=" ".join(value.weekdays),
        dayparts=" ".join(value.dayparts),
        stated_on=value.stated_on,
    )


def periods_of(desk: Desk, member_id: int) -> tuple[rules.Period, ...]:
    """All that is known of when a member can work."""
    return tuple(period(each) for each in availability.agenda(desk.session, member_id))


def statement(said: Availability, today: date) -> rules.Statement:
    """What was said, with days turned into hours a week."""
    hours = _most(said.hours_per_week)
    if hours is None and (days := _most(said.days_per_week)) is not None:
        hours = days * HOURS_A_DAY
    if hours is None and (half_days := _most(said.half_days_per_week)) is not None:
        hours = half_days * rules.HOURS_A_DAYPART
    if hours is None and said.weekdays and not said.days_off:
        hours = len(said.weekdays) * rules.hours_a_day(said.dayparts)
    start = today if said.now else said.start
    status = (
        None if said.days_off and said.status == "partly" else said.status
    )  # it takes days off what there is
    return rules.Statement(status, start, said.end, hours, said.weekdays, said.dayparts, said.days_off)


def _most(said: Range | None) -> float | None:
    if said is None:
        return None
    return said.high if said.high is not None else said.low


# --- matching ---------------------------------------------------------------------------------------------------


def wanted(desk: Desk, lead: Lead, source_id: int) -> Wanted:
    """What a lead asks for, with the taxonomy's neighbours of its roles and skills."""
    return Wanted(
        roles=_related(lead.roles),
        skills=_related(lead.skills),
        point=place_of(lead),
        place=lead.place,
        remote=lead.remote,
        start=lead.start or desk.today,
        end=lead.end,
        hours=_hours(lead),
        rate_cents_max=hourly(lead.rate),
        client=lead.client,
        themes=_themes(lead),
        stage=lead.stage,
        source=source_id,
        must=frozenset(taxonomy.canonical(skill) for skill in lead.must),
        regulated=frozenset(taxonomy.canonical(role) for role in lead.roles if is_regulated(role)),
    )


def place_of(lead: Lead) -> Point | None:
    """Where the work is; None when no place was named, or none that we know."""
    place = gazetteer.locate(lead.place) if lead.place else None
    return Point(place.latitude, place.longitude) if place else None


def _themes(lead: Lead) -> frozenset[str]:
    """What a lead is about, in canonical terms: its skills and its sectors, those that the client's name tells too."""
    named = frozenset(taxonomy.canonical(each) for each in (*lead.skills, *lead.sectors))
    return named | taxonomy.sectors_in(lead.client or "")


def candidates(desk: Desk, asked: Wanted, also: Collection[int] = (), seed: int = 0) -> list[Candidate]:
    """Members with a role or skill near to what is asked, and those in `also` whoever they are.

    Up to `EVERYBODY` near members all of them, so that in a collective of usual size nobody is overlooked. Of a
    larger crowd the nearest, and among equals the first in turn, until `ENOUGH` may be asked: were one in five to
    say yes, nineteen in twenty leads would have one. `seed` is that of the draw.
    """
    search = search_for(desk, asked, seed)
    index = desk.postings.of(desk.session) if desk.postings else None
    ask_at_once = index is None and desk.collective.id not in _CROWDED
    rows = nearby.profiles_near(desk.session, search, EVERYBODY, desk.now) if ask_at_once else None
    found = _beside(desk, asked, rows) if rows else _looked_up(desk, asked, search, index)
    others = set(also).difference(one.member_id for one in found)
    return [*found, *candidates_of(desk, others, asked)]


def _looked_up(desk: Desk, asked: Wanted, search: Search, index: Index | None) -> list[Candidate]:
    """First who has which of the words, and then all that is told of them."""
    if index is None:
        holders = nearby.holders(desk.session, search)
        near = nearby.everybody_near(search, holders, EVERYBODY)
        crowd = nearby.crowd(desk.session, search, holders, SHORTLISTS)
        (_CROWDED.add if near is None else _CROWDED.discard)(desk.collective.id)
    else:
        near, crowd = index.everybody_near(search, EVERYBODY), _crowd(desk, index.in_turn(search))
    if near is None:
        return _first_of_a_crowd(desk, asked, crowd)
    return _beside(desk, asked, nearby.profiles(desk.session, near, desk.now, also_left=False))


def _crowd(desk: Desk, in_turn: Iterator[int]) -> Iterator[list[Profile]]:
    for most in SHORTLISTS:
        yield nearby.profiles(desk.session, list(islice(in_turn, most)), desk.now)


def _first_of_a_crowd(desk: Desk, asked: Wanted, crowd: Iterable[list[Profile]]) -> list[Candidate]:
    """Ever more of them, because some gates only a rule can tell: who never passes is never asked, so first in turn."""
    found: list[Candidate] = []
    may_be_asked = 0
    for most, rows in zip(SHORTLISTS, crowd, strict=False):
        more = _beside(desk, asked, rows)
        found += more
        may_be_asked += len(list(islice(passing(asked, more, desk.today), ENOUGH - may_be_asked)))
        if len(rows) < most or may_be_asked >= ENOUGH:
            break
    return found


def search_for(desk: Desk, asked: Wanted, seed: int) -> Search:
    """What the database is asked for a lead; `seed` is that of the draw."""
    begin = max(asked.start or desk.today, desk.today)
    roles, skills = frozenset(asked.asked_roles), frozenset(asked.asked_skills)
    return Search(
        roles=roles,
        near_roles=frozenset(asked.roles) - roles,
        skills=skills,
        near_skills=frozenset(asked.skills) - skills,
        must=asked.must,
        regulated=asked.regulated,
        begin=begin,
        late=begin + timedelta(days=rules.LATE_START_DAYS),
        today=desk.today,
        now=desk.now,
        seed=seed,
        box=_box(asked),
        may_be_remote=asked.remote is None,
    )


def _box(asked: Wanted) -> Box | None:
    """Around a place in Europe; elsewhere a square on the map may be too small."""
    if asked.point is None or asked.remote == "remote":
        return None
    latitude, longitude = asked.point.latitude, asked.point.longitude
    if abs(latitude) > 60 or abs(longitude) > 90:
        return None
    # going north or south along the circle makes degrees east shorter: a twentieth covers that up to 500 km
    east_km = cos(radians(latitude)) * DEGREE_KM / 1.05
    return Box(latitude, longitude, DEGREE_KM, east_km, TOO_FAR)


def candidates_of(desk: Desk, member_ids: Collection[int], asked: Wanted) -> list[Candidate]:
    """These members as rules see them, for one lead; by id."""
    if not member_ids:
        return []
    return _beside(desk, asked, nearby.profiles(desk.session, member_ids, desk.now))


def _beside(desk: Desk, asked: Wanted, rows: Iterable[Profile]) -> list[Candidate]:
    begin, today = asked.start or desk.today, desk.today
    rooms: dict[str, Room] = {}  # many agendas are the same, such as one of which nothing was said
    found = []
    for row in rows:
        room = rooms.get(row.agenda)
        if room is None:
            room = rules.room(_AGENDAS.of(row.id, row.agenda), begin, asked.end, today)
            rooms[row.agenda] = room
        found.append(_candidate(row, room, today))
    return found


def _candidate(row: Profile, room: Room, today: date) -> Candidate:
    terms = _by_kind(row.words)
    remote: Any = row.remote
    return Candidate(
        member_id=row.id,
        roles=terms.get("role", _NONE),
        skills=terms.get("skill", _NONE),
        years=row.years,
        sectors=terms.get("sector", _NONE),
        point=_point(row.latitude, row.longitude),
        place=row.place,
        radius_km=row.radius_km,
        remote=remote,
        rate_cents=row.rate_cents,
        likes=terms.get("like", _NONE),
        dislikes=terms.get("dislike", _NONE),
        room=room,
        quiet=row.quiet_until is not None and row.quiet_until >= today,
        low_work=row.has_much,
        last_asked=row.last_asked_at,
        own_words=row.about,
        checked=terms.get("checked", _NONE),
    )


@lru_cache(maxsize=10_000)  # many members live in the same few places
def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else Point(latitude, longitude)


# Members are compared lead after lead and say something new now and then: mostly the same texts are read again.
@lru_cache(maxsize=READ)
def _by_kind(words: str) -> dict[str, frozenset[str]]:
    terms: dict[str, list[str]] = {}
    for kind, term, said in nearby.words(words):
        terms.setdefault(kind, []).append(_liked(term, said) if kind == "like" else term)
    return {kind: frozenset(listed) for kind, listed in terms.items()}


def _periods(agenda: str) -> tuple[rules.Period, ...]:
    return tuple(period(each) for each in nearby.spells(agenda))


_AGENDAS = Newest(_periods, READ)


def _liked(term: str, said: str | None) -> str:
    """A theme by its canonical term; what no list knows, such as a client, as the member wrote it."""
    return said if said is not None and taxonomy.kind_of(term) is None else term


def _related(terms: Collection[str]) -> dict[str, float]:
    near: dict[str, float] = {}
    for term in terms:
        for other, closeness in taxonomy.related(term).items():
            near[other] = max(closeness, near.get(other, 0.0))
    return near


def _hours(lead: Lead) -> tuple[float | None, float | None] | None:
    if lead.hours_per_week:
        return lead.hours_per_week.low, lead.hours_per_week.high
    if lead.days_per_week:
        return _times(lead.days_per_week, HOURS_A_DAY)
    return _times(lead.half_days_per_week, rules.HOURS_A_DAYPART) if lead.half_days_per_week else None


def _times(amount: Range, hours: float) -> tuple[float | None, float | None]:
    low, high = (None if end is None else end * hours for end in (amount.low, amount.high))
    return low, high


def hourly(rate: Rate | None) -> int | None:
    """The most a rate pays per hour, in whole cents; None when it is not said or not for time."""
    cents = None if rate is None else rate.high_cents if rate.high_cents is not None else rate.low_cents
    if rate is None or cents is None:
        return None
    hours = {
        "hour": 1.0,
        None: 1.0 if cents <= HOURLY_MOST else HOURS_A_DAY,
        "day": HOURS_A_DAY,
        "month": HOURS_A_WEEK * WEEKS_A_MONTH,
    }.get(rate.unit)
    return None if hours is None else round(cents / hours)


# --- JSON columns -----------------------------------------------------------------------------------------------


def plain(value: object) -> Any:
    """Any of our frozen values as plain JSON."""
    return msgspec.to_builtins(value)


def lead_of(row: LeadRow | Inquiry) -> Lead:
    """What was understood of a lead, or of what a client asked, without anybody's contact data."""
    return msgspec.convert(row.details, Lead)


def fit_of(stored: dict[str, Any]) -> Fit | None:
    """The fit as it was decided; None for a member who was tipped outside the ranking."""
    return msgspec.convert(stored, Fit) if stored else None
