"""Examples of every notice: each combination of what its fields may hold, and odd ones for properties."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import product
from math import prod
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assistant.messages import Media
from assistant.notices import (
    Attached,
    CoinLine,
    DealLine,
    DigestLine,
    Euros,
    Interested,
    KnownWord,
    LeadLine,
    LookupLine,
    Mended,
    Notice,
    OpenLine,
    PayoutLine,
    Row,
    Tier,
    ToClient,
    WhyNotLine,
)
from assistant.rules.availability import Period
from assistant.rules.fairness import Fairness
from assistant.rules.matching import Reason
from assistant.rules.missing import Missing
from assistant.rules.policy import Policy
from dialogs import commands as do
from nlu.deals import Terms
from nlu.meaning import Availability, Contact, Lead, Problem, Profile, Range, Rate

ZONE = "Europe/Amsterdam"
MARCH = date(2027, 3, 1)
CONTACT = Contact("Jan Klaassen", "0612345678", "jan@klant.example")
LEAD = Lead(
    roles=("projectleider",),
    skills=("prince2",),
    place="Utrecht",
    remote="hybrid",
    hours_per_week=Range(32, 36),
    rate=Rate(None, 10500, "hour"),
    start=date(2027, 4, 1),
    end=date(2027, 10, 1),
    duration_months=6,
    deadline=date(2027, 2, 1),
    headcount=2,
    client="Waterschap Vallei",
    stage="open",
    contact=CONTACT,
)
SECRET = Lead(
    roles=("redacteur",), client="Bibliotheek Gouda", stage="rumour", confidential=True, contact=CONTACT
)
REASONS = (Reason("role_same", ("projectleider",)), Reason("free_from", ("2027-03-01",)))
DOUBTS = (Reason("hours_less", ("24", "32")), Reason("rate_above_budget"))

TERMS = Terms(quantity=60, unit="day", rate_cents=90_000, rate_unit="day")

BY_TYPE: dict[object, tuple[object, ...]] = {
    str: ("Noor",),
    int: (0, 1, 2),
    bool: (False, True),
    float: (3.0,),
    date: (MARCH,),
    datetime: (datetime(2026, 11, 23, 9, tzinfo=UTC),),
    Lead: (LEAD, SECRET, Lead()),
    Profile: (Profile(name="Noor", roles=("jurist",), years=12, place="Goes", radius_km=40), Profile()),
    Availability: (Availability(start=MARCH, days_per_week=Range(3, 3)),),
    Contact: (CONTACT, Contact()),
    Rate: (Rate(9500, 9500, "hour"),),
    Problem: (Problem("impossible_date", "31 februari"),),
    Period: (Period(MARCH, None, "free", 24.0), Period(MARCH, MARCH, "away", 0)),
    Reason: REASONS,
    Interested: (Interested(2, "Sanne de Vries", "strong", REASONS, DOUBTS, "ja, graag"),),
    DigestLine: (DigestLine(3, LEAD, "guess", REASONS[:1]), DigestLine(4, SECRET, "fair", ())),
    WhyNotLine: (WhyNotLine("not_available", 2),),
    LeadLine: (LeadLine(1, "tester in Goes", "asking", 3, 0),),
    Attached: (Attached("noord-2026.pdf", "application/pdf", b"%PDF"),),
    LookupLine: (
        LookupLine("Noor", "fairness", MARCH, named=False),
        LookupLine("Noor", "candidates", MARCH, named=True),
    ),
    Euros: (Euros(540_000),),
    DealLine: (
        DealLine("projectleider in Goes", Euros(540_000), Euros(750_000), Euros(100_050)),
        DealLine("tester", Euros(0), None, Euros(0)),
        DealLine(
            "jurist",
            Euros(93_000),
            Euros(500_000),
            Euros(0),
            Mended(MARCH, Euros(720_000), Euros(620_000), "Noor", "een creditnota"),
            7,
        ),
    ),
    CoinLine: (
        CoinLine("talks", "tester in Goes", 1, MARCH),
        CoinLine("publicity", "een stuk over ons", 1, MARCH, waiting=True),
    ),
    OpenLine: (
        OpenLine("Noor", Euros(270_000), Euros(5_000), Euros(270_000), Euros(5_000), None),
        OpenLine("Bram", None, None, None, None, Euros(12_000)),
    ),
    Tier: (Tier(Euros(500_000), Euros(180_000)), Tier(Euros(750_000), None)),
    Terms: (TERMS, Terms(per_week=32, per_week_unit="hour", rate_cents=9_500, rate_unit="hour")),
    do.TellTurnover: (do.TellTurnover(720_000, MARCH, deal_id=1),),
    do.TellDeal: (do.TellDeal(TERMS),),
    PayoutLine: (PayoutLine("Noor", 2, Euros(8_000)),),
    KnownWord: (KnownWord("pm", "role", "projectmanager", "Noor", MARCH),),
    Policy: (Policy(), Policy(mode="one", chooser="client")),
    Fairness: (
        Fairness(24, 0.35, 12, (("0", 3), ("1-2", 9), ("3-5", 12), ("6+", 0)), 9, 4, 95, 3, 90),
        Fairness(None, None, None, (), 1, 0, None, None, None),
        Fairness(None, None, None, (), 0, 0, None, None, None),
    ),
    Missing: (Missing(9, 4, (("data-analist", 5), ("sql", 1))), Missing(3, 0, ()), Missing(0, 0, ())),
    do.Command: (do.Resume(),),
    do.ShareLead: (do.ShareLead(LEAD, ""),),
}
BY_FIELD: dict[str, tuple[object, ...]] = {
    "addresses": ((("telegram", "@noor"), ("web", None)), ()),
    "nth": (0, 1),  # of several leads in one message
    "of": (2,),
    "digest": (0, 2),
    "fitting": (2, 0, 2),
    "first_wave": (1, 2, 0),  # of two who fit: one, both, nobody
    "member_id": (1,),
    "gaps": ((), ((3, "fotograaf"),)),
    "coins_issued": (0, 300),
    "percent": (0, 15),
    "introduction_id": (None, 1),
    "closed": (None, 2026),
    "room": (None, Euros(210_000)),
    "weekday": (0, 3),
    "hour": (None, 16),
    "names": (("mode", "quiet_from"), ("answer_hours",)),
    "volume": ("all", "fitting", "digest"),
    "draft": (1,),
    "field": ("roles", "start", "place", "about", "rate"),
    "what": (
        "availability",
        "profile",
        "answer",
        "pause",
        "lead",
        "word",
        "room",
        "follow",
        "policy",
        "role",
        "volume",
        "choice",
        "deal",
        "rocket",
    ),
    "media": (*get_args(Media), "hologram"),
    "intent": ("join_event", "dance"),
    "still": ("tip", "vouch", "human", "availability", "profile", "follow", "deal", "turnover", "tier"),
    "readings": (("share_lead", "ask_leads"), ()),
}


def classes() -> list[type[Notice]]:
    """Every notice there is."""
    return [*(each for each in Notice.__subclasses__() if each is not ToClient), *ToClient.__subclasses__()]


def examples(kind: type[Notice]) -> Iterator[Notice]:
    """This notice with every combination of its fields; where those are many, with each field varied by itself."""
    hints = get_type_hints(kind)
    options: dict[str, Any] = {each.name: _options(each.name, hints[each.name]) for each in fields(kind)}
    if prod(map(len, options.values())) <= 256:
        for values in product(*options.values()):
            yield kind(**dict(zip(options, values, strict=True)))
        return
    for base in ({n: o[0] for n, o in options.items()}, {n: o[-1] for n, o in options.items()}):
        for name, values in options.items():
            yield from (kind(**base | {name: value}) for value in values)


def _options(name: str, hint: Any) -> tuple[object, ...]:
    if name in BY_FIELD:
        return BY_FIELD[name]
    return (1,) if name.endswith("_id") else _of_type(hint)


def _of_type(hint: Any) -> tuple[object, ...]:
    if hint is NoneType:
        return (None,)
    if hint in BY_TYPE:
        return BY_TYPE[hint]
    if isinstance(hint, type) and issubclass(hint, Row):
        options = {name: _of_type(each) for name, each in get_type_hints(hint).items() if name != "row"}
        return tuple(hint(**{name: values[end] for name, values in options.items()}) for end in (-1, 0))
    inner = get_args(hint)
    if get_origin(hint) is Literal:
        return inner
    if get_origin(hint) in (Union, UnionType):
        return tuple(option for each in inner for option in _of_type(each))
    assert get_origin(hint) is tuple, hint
    if inner[-1] is ...:
        return (), _of_type(inner[0])[:2]
    return (tuple(_of_type(each)[-1] for each in inner),)
