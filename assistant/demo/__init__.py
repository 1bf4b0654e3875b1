"""The example collective of the playground: made-up freelancers, written into the database once."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from assistant.codes import hash_of
from assistant.desk import Desk
from assistant.founding import begin_rounds
from db import availability, collectives, members
from db.accounts import Account, Person
from db.availability import Spell
from db.collectives import Collective
from db.invitations import Invitation
from db.members import Member
from db.session import Engine, Session, narrow, transaction
from nlu.gazetteer import locate
from nlu.meaning import LanguageCode, Remote, Status, Weekday
from nlu.taxonomy import canonical

CHANNEL = "web"
DATA = Path(__file__).parent / "collective.nl.yaml"
INVITATION_DAYS = 365
CENTS = 100
MEMBER_SINCE_DAYS = 200


class Stretch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}):
    """A period of availability; `start`, `end` and `stated` are days from today, `hours` a week."""

    start: int
    status: Status
    stated: int
    end: int | None = None
    hours: float | None = None
    weekdays: tuple[Weekday, ...] = ()


class Freelancer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the example; `rate` is whole euros an hour, `quiet_days` how long they want no pushes."""

    handle: str
    name: str
    roles: tuple[str, ...]
    skills: tuple[str, ...]
    sectors: tuple[str, ...]
    years: int
    place: str
    remote: Remote
    rate: int
    about: str
    availability: tuple[Stretch, ...]
    languages: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    radius_km: int | None = None
    language: LanguageCode = "nl"
    coordinator: bool = False
    quiet_days: int | None = None


class Guest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody with a chat who is no member; with a `code` an invitation waits for them."""

    handle: str
    name: str
    code: str = ""
    invited_by: str = ""
    reason: str = ""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole example, as its file has it."""

    name: str
    language: LanguageCode
    zone: str
    members: tuple[Freelancer, ...]
    guests: tuple[Guest, ...]


class Opened(Protocol):
    """All that filling needs of the app."""

    @property
    def engine(self) -> Engine:
        """The open, migrated database."""
        ...


@cache
def example() -> Example:
    """The example as data."""
    return msgspec.yaml.decode(DATA.read_bytes(), type=Example)


def roster() -> list[tuple[str, str]]:
    """Pairs of the handle and name of everybody who can be played, in the order of the file."""
    members_first = [(person.handle, person.name) for person in example().members]
    return members_first + [(guest.handle, guest.name) for guest in example().guests]


def fill(app: Opened, now: datetime) -> None:
    """Write the example into the database; does nothing when the collective is there already."""
    data = example()
    today = now.astimezone(ZoneInfo(data.zone)).date()
    with transaction(app.engine) as session:
        if collectives.named(session, data.name) is not None:
            return
        collective = Collective(name=data.name, language=data.language, zone=data.zone, policy={})
        session.add(collective)
        session.flush()
        narrow(session, collective.id)
        ids = {person.handle: _join(session, collective.id, person, today, now) for person in data.members}
        for guest in data.guests:
            _invite(session, guest, ids, now)
        begin_rounds(Desk(session, collective, now))


def _join(session: Session, collective_id: int, person: Freelancer, today: date, now: datetime) -> int:
    """One member with account, words and availability; the member's id."""
    human = Person(name=person.name)
    session.add(human)
    session.flush()
    session.add(
        Account(
            channel=CHANNEL,
            external_id=person.handle,
            display_name=person.name,
            language=person.language,
            person_id=human.id,
            collective_id=collective_id,
        )
    )
    member = _member(person, human.id, today, now)
    session.add(member)
    session.flush()
    _describe(session, member.id, person)
    periods = [_spell(stretch, today) for stretch in person.availability]
    availability.replace(session, member.id, periods)
    return member.id


def _member(person: Freelancer, person_id: int, today: date, now: datetime) -> Member:
    place = locate(person.place)
    since = now - timedelta(days=MEMBER_SINCE_DAYS)
    return Member(
        person_id=person_id,
        name=person.name,
        language=person.language,
        state="active",
        is_coordinator=person.coordinator,
        agreed_at=since,
        joined_at=since,
        about=person.about,
        place=person.place,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        radius_km=person.radius_km,
        remote=person.remote,
        rate_cents=person.rate * CENTS,
        years=person.years,
        quiet_until=None if person.quiet_days is None else today + timedelta(days=person.quiet_days),
    )


def _describe(session: Session, member_id: int, person: Freelancer) -> None:
    said = {
        "role": person.roles,
        "skill": person.skills,
        "sector": person.sectors,
        "language": person.languages,
        "like": person.likes,
        "dislike": person.dislikes,
    }
    for kind, words in said.items():
        members.set_terms(session, member_id, kind, [(canonical(word), word) for word in words])


def _spell(stretch: Stretch, today: date) -> Spell:
    return Spell(
        start_on=today + timedelta(days=stretch.start),
        end_on=None if stretch.end is None else today + timedelta(days=stretch.end),
        status=stretch.status,
        hours=stretch.hours,
        weekdays=" ".join(stretch.weekdays),
        dayparts="",
        stated_on=today + timedelta(days=stretch.stated),
    )


def _invite(session: Session, guest: Guest, members_by_handle: dict[str, int], now: datetime) -> None:
    if not guest.code:
        return
    session.add(
        Invitation(
            code_hash=hash_of(guest.code),
            name=guest.name,
            inviter_id=members_by_handle[guest.invited_by],
            reason=guest.reason,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
    )
