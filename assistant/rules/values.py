"""What the rules of availability and matching are given and give back: values, many of which are kept as they are.

Apart from the rules, because these can be compiled (`make compiled`) and a compiled class no longer tells the types of
its fields, by which msgspec reads what was kept. Unknown is a value of its own here: it never counts as a no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

import msgspec

Status = Literal["free", "partly", "full", "away"]
Remote = Literal["remote", "hybrid", "onsite"]
Band = Literal["strong", "fair", "guess"]


# --- when a member has time


@dataclass(frozen=True, slots=True)
class Period:
    """Days of one kind. `end` is inclusive, None is open.

    `hours` is what the member can work a week: None when not said, 0 for "full" and "away".
    """

    start: date
    end: date | None
    status: Status
    hours: float | None
    weekdays: tuple[str, ...] = ()
    stated_on: date = date.min
    dayparts: tuple[str, ...] = ()  # "morning", ...; empty is the whole day


@dataclass(frozen=True, slots=True)
class Statement:
    """What a member just said; None or empty is: not said. `hours` a week, days already turned into hours.

    `days_off` are days of the week they no longer work: off those known, else `weekdays` holds the others.
    """

    status: Status | None = None
    start: date | None = None
    end: date | None = None
    hours: float | None = None
    weekdays: tuple[str, ...] = ()
    dayparts: tuple[str, ...] = ()
    days_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """The time a member has for one lead.

    `known`: the member said something about these days. `available`: nothing said stands in the way.
    `free_from`: the first day they can work; after the asked start it is a doubt, or the reason of a no.
    `free_until`: the last free day, when one is known and the lead may run on after it.
    """

    known: bool
    available: bool
    hours: float | None
    free_from: date | None
    stated_on: date | None
    free_until: date | None = None


_UNSAID = Room(known=False, available=True, hours=None, free_from=None, stated_on=None)


# --- the two sides of a match


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
    def shares(self) -> dict[tuple[frozenset[str], frozenset[str]], float]:
        """How much of what is asked who has such roles and skills brings along, of those asked about."""
        return {}

    @cached_property
    def client_words(self) -> frozenset[str]:
        """The words of the client's name, for comparing."""
        return frozenset((self.client or "").casefold().split())


# A struct, since one is made for everybody who is near: a frozen dataclass takes seven times as long.
class Candidate(msgspec.Struct, frozen=True):
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


def asked(terms: Mapping[str, float]) -> list[str]:
    """What was asked itself, in the order of the lead."""
    return [term for term, closeness in terms.items() if closeness >= 1.0]


def folded(words: Iterable[str]) -> frozenset[str]:
    """The words for comparing, without capitals."""
    return frozenset(word.casefold() for word in words)


# --- how well they suit, and why

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
    "not_free",  # said to be busy, with no end named; only after a tip by name
    "availability_unknown",
    "availability_old",  # days since it was said
    "start_later",  # ISO date
    "free_until",  # ISO date
    "hours_less",  # own hours, hours asked
    "hours_unknown",
    "further",  # kilometres, own limit
    "far",  # kilometres; the member named no limit
    "place_unknown",  # nobody can say how far it is
    "not_fully_remote",  # wants remote work, and the lead is partly on site
    "remote_unknown",  # wants remote work, and the lead does not say
    "skills_missing",  # skills asked that the member did not name
    "role_missing",  # roles asked, and the member named none of them nor a near one
    "rate_above_budget",
    "rate_unknown",  # the lead has a maximum and the member named no rate
]

PRIVATE_KINDS: frozenset[ReasonKind] = frozenset({"rate_above_budget", "rate_unknown", "follows"})
"""Reasons and doubts for the member alone; never for the source or the client."""


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
