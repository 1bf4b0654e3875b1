"""What a text can mean: plain frozen values that every other room may hold.

Numbers keep the unit they were said in. Money is whole cents. Nothing here knows spaCy.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nlu.deals import DealReport
from nlu.vocabulary import NO_WORDS, Lesson, Vocabulary

LanguageCode = Literal["nl", "en"]
Unit = Literal["hour", "day", "month", "year", "project"]
Remote = Literal["remote", "hybrid", "onsite"]
Fact = Literal["rate", "place", "radius_km", "remote", "years"]  # what can be taken off a profile as a whole
Vat = Literal["excl", "incl"]
Stage = Literal["rumour", "request", "open"]
Status = Literal["free", "partly", "full", "away"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Daypart = Literal["morning", "afternoon", "evening"]
Form = Literal["lead", "availability", "profile"]
ProblemKind = Literal[
    "impossible_date",  # "31 februari", "week 60"
    "past_date",  # a start or end that lies before today and cannot be read as the next one
    "regional_date",  # "na de meivakantie", which falls on other days in other parts of the country
    "weekday_mismatch",  # "maandag 3 maart" where 3 March is no Monday
    "absurd_hours",  # more than 80 hours or 7 days a week
    "absurd_rate",  # an hourly rate below 10 or above 500 euros, a daily one above 4,000
    "unknown_place",  # looks like a place name after "in" or "te", but is in no gazetteer
]


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, inclusive; None is an open end ("max 32" has no low)."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Rate:
    """Money per unit, in whole cents; "max 95" has no low. `unit` None: not said, and so for `vat`."""

    low_cents: int | None
    high_cents: int | None
    unit: Unit | None
    currency: str = "EUR"
    vat: Vat | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A third party named in the text: never shown to anyone before an introduction."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Work somebody passes on. A field nobody stated is None or empty."""

    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    place: str | None = None
    remote: Remote | None = None
    hours_per_week: Range | None = None
    days_per_week: Range | None = None
    half_days_per_week: Range | None = None  # "2 dagdelen"
    days_total: Range | None = None  # all the work there is: "6 dagen in januari"
    dayparts: tuple[Daypart, ...] = ()
    rate: Rate | None = None
    start: date | None = None
    asap: bool = False  # "per direct": then `start` is None
    end: date | None = None
    duration_months: float | None = None
    deadline: date | None = None
    headcount: int | None = None
    client: str | None = None
    stage: Stage | None = None
    contact: Contact | None = None
    confidential: bool = False  # "nog niet openbaar", "niet doorsturen"
    sectors: tuple[str, ...] = ()  # "bij een bank": for who follows the sector or wants nothing of it
    must: tuple[str, ...] = ()  # of the skills, those the client cannot do without
    tentative: bool = False  # "misschien 3 dagen", "vanaf april denk ik"


@dataclass(frozen=True, slots=True)
class Availability:
    """When, how much and where the writer can work. None is: not said."""

    status: Status | None = None
    start: date | None = None
    now: bool = False  # from this moment: then `start` is None
    end: date | None = None
    hours_per_week: Range | None = None
    days_per_week: Range | None = None
    half_days_per_week: Range | None = None
    weekdays: tuple[Weekday, ...] = ()
    days_off: tuple[
        Weekday, ...
    ] = ()  # said not to be ("alleen de ma niet"): `weekdays` then holds the others
    dayparts: tuple[Daypart, ...] = ()
    place: str | None = None
    remote: Remote | None = None
    rate: Rate | None = None
    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    low_work: bool = False
    tentative: bool = False  # "misschien vanaf april", "weet ik nog niet zeker"


@dataclass(frozen=True, slots=True)
class Profile:
    """How a member describes their work. None or empty is: not said."""

    name: str | None = None
    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: int | None = None
    place: str | None = None
    radius_km: int | None = None
    remote: Remote | None = None
    rate: Rate | None = None
    hours_per_week: Range | None = None
    days_per_week: Range | None = None
    likes: tuple[str, ...] = ()  # "energietransitie vind ik leuk"
    dislikes: tuple[str, ...] = ()  # "geen banken"
    dropped: tuple[str, ...] = ()  # "haal python van mijn profiel", "geen callcenters meer": as said
    cleared: tuple[Fact, ...] = ()  # "haal mijn tarief weg"


@dataclass(frozen=True, slots=True)
class Setting:
    """Something a member sets, in the words of `settings.yaml`: `name` "answer_hours" and `value` "2"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in every week, on the writer's own clock."""

    weekday: Weekday
    hour: int
    minute: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value was read; offsets count characters of the original text."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something stated that cannot be so; the value itself is then left out. `text` quotes it."""

    kind: ProblemKind
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An intent and how sure we are of it, 0 to 1."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before reading. Only `today` is needed.

    `form` is the form being filled in: its values are then read whatever the intent is.
    `asked` is the field just asked ("start", "place", "hours_per_week", ...): a bare answer ("32",
    "volgende week", "Utrecht") lands there. `language` is the writer's own, used when the text does not decide.
    `offered` says that a lead lies with the writer to say yes or no to; `confirming` that a read-back does.
    `vocabulary` holds the own words of the writer's collective.
    """

    today: date
    language: LanguageCode | None = None
    form: Form | None = None
    asked: str | None = None
    forwarded: bool = False
    offered: bool = False
    confirming: bool = False
    vocabulary: Vocabulary = NO_WORDS


@dataclass(frozen=True, slots=True)
class Meaning:
    """One message, understood.

    `alternatives` are the likeliest readings, best first, the chosen one included. `confident` is False
    when the two likeliest should be offered instead of acting. Of `lead`, `availability` and `profile` the one that
    belongs to the intent is filled, and the one of `Context.form`. `people` are persons named in the text that are not
    the client's contact ("iets voor Kees?", "ik beveel Noor aan", "kies Sanne"); `ruled_out` those who are not to be
    asked ("niet voor Kees"). `until` is the last day of a pause ("pauze tot maandag" has the Sunday).
    `fewer` is a wish for less without a word of rest in it ("minder berichten", "max 2 per week").
    `skipped` is "weet ik niet" or "maakt niet uit" to what was asked.
    `correction` says that it changes what was said before ("nee, 24 uur", "toch pas 15 april", "maak er 4 van").
    `reason` is the words after because/want/omdat in a vouch, interest or decline. `topic` is what to
    follow or to be helped with, `moment` when to be asked every week.
    `lesson` is a word of the collective that is explained ("pm = projectmanager");
    `forgotten` one that should leave its vocabulary.
    `deal` is what is told of work that was won or of money, whatever the intent is.
    `parts` are the things said in one message, when there are several ("ik zit vol tot
    mei, wie wil deze: ..."), in the order in which to act on them, each with spans in the whole text; the other fields
    are then those of the message as a whole. `words` are the words of a part.
    """

    language: LanguageCode
    intent: str
    confidence: float
    confident: bool
    alternatives: tuple[Reading, ...] = ()
    lead: Lead | None = None
    availability: Availability | None = None
    profile: Profile | None = None
    people: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    until: date | None = None
    fewer: bool = False
    skipped: bool = False
    correction: bool = False
    reason: str | None = None
    topic: str | None = None
    moment: Moment | None = None
    lesson: Lesson | None = None
    forgotten: str | None = None
    setting: Setting | None = None
    deal: DealReport | None = None
    problems: tuple[Problem, ...] = ()
    spans: tuple[Span, ...] = ()
    parts: tuple["Meaning", ...] = ()
    words: str = ""
