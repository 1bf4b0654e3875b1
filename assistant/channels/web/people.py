"""Who can be played: everybody with a chat in the playground, and what stands beside their name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from assistant.channels.web.texts import AvailabilityWords, Texts
from db import accounts, availability, collectives, members
from db.accounts import Account
from db.availability import Period
from db.members import Member
from db.session import Engine, in_collective, transaction

Status = Literal["free", "partly", "full", "away", "unknown"]
STALE_DAYS = 14
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the list. `collective_id` None: not a member (yet)."""

    handle: str
    name: str
    discipline: str = ""
    collective_id: int | None = None
    coordinator: bool = False
    quiet_until: date | None = None
    periods: tuple[Period, ...] = ()

    @property
    def first(self) -> str:
        """The name to call them by."""
        return self.name.split(maxsplit=1)[0] if self.name.strip() else self.handle

    @property
    def initials(self) -> str:
        """One or two letters for the round mark beside the name."""
        words = [word for word in self.name.split() if word[:1].isalpha()] or [self.handle]
        picked = words if len(words) == 1 else [words[0], words[-1]]
        return "".join(word[0].upper() for word in picked)


def read(engine: Engine, channel: str, roster: Sequence[tuple[str, str]]) -> list[Person]:
    """The people of the playground as the database knows them now. `roster`: pairs of a handle and a name."""
    with transaction(engine) as session:
        found = {handle: accounts.at(session, channel, handle) for handle, _ in roster}
    people = {handle: Person(handle, name) for handle, name in roster}
    for collective_id in sorted({a.collective_id for a in found.values() if a and a.collective_id}):
        inside = [a for a in found.values() if a and a.collective_id == collective_id]
        people.update((person.handle, person) for person in _members(engine, collective_id, inside))
    return list(people.values())


def zone(engine: Engine) -> ZoneInfo:
    """The time zone the clock is shown in: that of the first collective."""
    with transaction(engine) as session:
        first = next(iter(collectives.everyone(session)), None)
        return ZoneInfo(first.zone if first else "Europe/Amsterdam")


def status(person: Person, today: date) -> Status:
    """How somebody is placed today, as far as they said."""
    now = _current(person.periods, today)
    return "unknown" if now is None else now.status  # type: ignore[return-value]  # a column of the same words


def availability_line(person: Person, today: date, texts: Texts) -> str:
    """One line under a name: "vrij, 32 uur per week", "vrij vanaf 1 maart", "zit vol tot en met 30 juni"."""
    words = texts.availability
    now = _current(person.periods, today)
    coming = next((p for p in person.periods if p.start_on > today and p.status in ("free", "partly")), None)
    if now is not None:
        line = _present(now, words, texts)
    elif coming is not None:
        line = words.free_from.format(start=_short(coming.start_on, texts))
    else:
        line = words.unknown
    return line + _remarks(person, today, texts)


def _present(period: Period, words: AvailabilityWords, texts: Texts) -> str:
    hours = None if period.hours is None else f"{period.hours:g}"
    until = None if period.end_on is None else _short(period.end_on, texts)
    match period.status:
        case "free":
            return words.free_hours.format(hours=hours) if hours else words.free
        case "partly":
            return words.partly_hours.format(hours=hours) if hours else words.partly
        case "away":
            return words.away_until.format(until=until) if until else words.away
        case _:
            return words.full_until.format(until=until) if until else words.full


def _remarks(person: Person, today: date, texts: Texts) -> str:
    line = ""
    age = (today - max(period.stated_on for period in person.periods)).days if person.periods else 0
    if age > STALE_DAYS:
        line += texts.availability.stale.format(weeks=age // DAYS_A_WEEK)
    if person.quiet_until is not None and person.quiet_until >= today:
        line += texts.availability.quiet.format(until=_short(person.quiet_until, texts))
    return line


def _current(periods: Iterable[Period], today: date) -> Period | None:
    return next((p for p in periods if p.start_on <= today and (p.end_on is None or p.end_on >= today)), None)


def _short(day: date, texts: Texts) -> str:
    return f"{day.day} {texts.calendar.months[day.month - 1]}"


def _members(engine: Engine, collective_id: int, found: Sequence[Account]) -> list[Person]:
    with in_collective(engine, collective_id) as session:
        known = [
            (account, member)
            for account in found
            if account.person_id and (member := members.of_person(session, account.person_id))
        ]
        ids = [member.id for _, member in known]
        terms, periods = members.terms_of(session, ids), availability.of_members(session, ids)
        return [
            _person(account, member, terms[member.id], periods[member.id])
            for account, member in known
            if member.state == "active"
        ]


def _person(
    account: Account, member: Member, terms: Iterable[members.Term], periods: Iterable[Period]
) -> Person:
    roles = list(dict.fromkeys(term.said for term in terms if term.kind == "role"))
    return Person(
        handle=account.external_id,
        name=member.name,
        discipline=", ".join(roles),
        collective_id=member.collective_id,
        coordinator=member.is_coordinator,
        quiet_until=member.quiet_until,
        periods=tuple(periods),
    )


def today(now: datetime, zone: ZoneInfo) -> date:
    """The day it is where the collective lives."""
    return now.astimezone(zone).date()
