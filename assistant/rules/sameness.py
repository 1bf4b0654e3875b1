"""Whether two leads are the same work told or forwarded twice; the first who brought it keeps the credit.

Sources: mission rows A1 and A8. Facts decide, words only support: two roles at one client are two leads, and
two leads for a general role in one town are only the same when start, hours and rate say so too.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import TypeVar

T = TypeVar("T")
Hours = tuple[float | None, float | None]

ALIKE_WORDS = 0.5  # share of words in common that supports
SAME_WORDS = 0.8  # share of words in common that is one text, a few words changed
QUOTED_WORDS = 0.9  # share of the shorter text that is found in the longer: a forward with a letter around it
FEW_WORDS = 8  # a text shorter than this proves nothing by its words

_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORM = re.compile(r"\b(?:[bn]\.? ?v\b\.?|inc|ltd|gmbh|de|het|the)(?!\w)", re.IGNORECASE)
_NO_NAMES = frozenset(
    {"gemeente", "provincie", "ministerie", "bank", "klant", "client", "overheid", "bedrijf"}
)
# What a retelling changes: greetings, small words, the marks of a forwarded mail.
_STOP_WORDS = frozenset(
    """aan al als bij dan dat de der die dit door een eens en er gaat geen had heb hebben heeft het
    hier hoi hallo hun iemand iets ik in is jij je jullie kan kun kunnen maar me met mij mijn naar
    nee niet nog nu of om onze ook op over per te ter tot uit u uw van vanaf via voor wat we weet
    wel wie wij wil ze zich zij zijn zoek zoekt zoeken gezocht zo opdracht klus project vraag lead
    doorgestuurd fwd fw re onderwerp subject from to sent groet groeten gr mvg a an and are as at be
    for from have hello hey hi i if it job gig know looking my needed on or our please regards
    someone the they this who with you your""".split()  # noqa: SIM905 - a paragraph reads better
)


@dataclass(frozen=True, slots=True)
class _Margin:
    """How far two tellings may lie apart: days between starts, and the gap as a share of the higher rate."""

    days: int
    rate: float


_RETOLD = _Margin(days=31, rate=0.15)  # one client or contact: a retelling rounds
_EXACT = _Margin(days=7, rate=0.02)  # nothing but a role and a town: then the terms must agree


@dataclass(frozen=True, slots=True)
class LeadPrint:
    """What a lead is recognised by; None or empty is: not said.

    `roles` are canonical terms, `hours` a week from and to, `rate_cents` an hour, `contact` the client's
    person by mail address, number or name; `words` as `words_of` gives them.
    """

    roles: frozenset[str] = frozenset()
    client: str | None = None
    place: str | None = None
    start: date | None = None
    hours: Hours | None = None
    rate_cents: int | None = None
    contact: str | None = None
    words: frozenset[str] = frozenset()


def words_of(text: str) -> frozenset[str]:
    """The words that carry the content of a text: lower case, no accents, no Dutch or English small words."""
    return frozenset(_tokens(text)) - _STOP_WORDS


def print_of(text: str, facts: LeadPrint) -> LeadPrint:
    """These facts with the words of the text."""
    return replace(facts, words=words_of(text))


def same_lead(one: LeadPrint, other: LeadPrint) -> bool:
    """Whether both are the same work, small differences allowed.

    Never when a stated role, client, place, start, hours or rate clearly differs. Otherwise the same text is
    enough, or the same role at one client or through one contact. A role alone needs three supporting facts
    out of place, start, hours, rate and wording, and terms that agree.
    """
    if _differ(one, other, _RETOLD):
        return False
    if _same_text(one.words, other.words):
        return True
    same_role = bool(one.roles & other.roles)
    supported = _support(one, other) >= 3
    if _same_client(one.client, other.client) or _same_contact(one.contact, other.contact):
        return same_role or supported
    return same_role and supported and not _differ(one, other, _EXACT)


def _differ(one: LeadPrint, other: LeadPrint, margin: _Margin) -> bool:
    """Whether a fact that both state rules out that they are the same."""
    return (
        (bool(one.roles and other.roles) and not one.roles & other.roles)
        or _both(_client_name(one.client), _client_name(other.client), lambda a, b: not _same_name(a, b))
        or _both(one.place, other.place, lambda a, b: not _same_name(a, b))
        or _both(one.start, other.start, lambda a, b: not _starts_meet(a, b, margin))
        or _both(one.hours, other.hours, lambda a, b: not _hours_meet(a, b))
        or _both(one.rate_cents, other.rate_cents, lambda a, b: not _rates_meet(a, b, margin))
    )


def _support(one: LeadPrint, other: LeadPrint) -> int:
    """How many of place, start, hours, rate and wording say it is the same."""
    return sum(
        (
            _both(one.place, other.place, _same_name),
            _both(one.start, other.start, lambda a, b: _starts_meet(a, b, _EXACT)),
            _both(one.hours, other.hours, _hours_meet),
            _both(one.rate_cents, other.rate_cents, lambda a, b: _rates_meet(a, b, _EXACT)),
            len(one.words & other.words) >= ALIKE_WORDS * max(len(one.words | other.words), 1),
        )
    )


def _both(one: T | None, other: T | None, test: Callable[[T, T], bool]) -> bool:
    return one is not None and other is not None and test(one, other)


def _same_text(one: frozenset[str], other: frozenset[str]) -> bool:
    """One text with a few words changed, or quoted whole in a longer one."""
    shorter = min(len(one), len(other))
    if shorter < FEW_WORDS:
        return False
    common = len(one & other)
    return common >= SAME_WORDS * len(one | other) or common >= QUOTED_WORDS * shorter


def _same_client(one: str | None, other: str | None) -> bool:
    return _both(_client_name(one), _client_name(other), _same_name)


def _client_name(client: str | None) -> str | None:
    """The name of a client without its legal form; "de gemeente" or "een bank" names nobody."""
    if client is None:
        return None
    name = _LEGAL_FORM.sub(" ", client)
    return name if set(_tokens(name)) - _NO_NAMES else None


def _same_name(one: str, other: str) -> bool:
    """Whether one name is the other with words added: "Philips" and "Philips Nederland"."""
    short, long = sorted((set(_tokens(one)), set(_tokens(other))), key=len)
    return bool(short) and short <= long


def _same_contact(one: str | None, other: str | None) -> bool:
    return _both(one, other, lambda a, b: bool(_tokens(a)) and _tokens(a) == _tokens(b))


def _starts_meet(one: date, other: date, margin: _Margin) -> bool:
    return abs((one - other).days) <= margin.days


def _rates_meet(one: int, other: int, margin: _Margin) -> bool:
    return abs(one - other) <= margin.rate * max(one, other)


def _hours_meet(one: Hours, other: Hours) -> bool:
    """Whether two ranges overlap; an open end reaches everything."""
    return _low(one) <= _high(other) and _low(other) <= _high(one)


def _low(hours: Hours) -> float:
    return 0.0 if hours[0] is None else hours[0]


def _high(hours: Hours) -> float:
    return inf if hours[1] is None else hours[1]


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
