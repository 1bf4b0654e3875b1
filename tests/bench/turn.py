"""A whole turn, from hearing to commit: two hundred members of one collective, an ordinary mix of messages and presses."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from assistant.app import App, Clock, settle
from assistant.messages import Incoming, Sent
from db import availability, members
from db.accounts import Account, Person
from db.availability import Spell
from db.collectives import Collective
from db.members import Member
from db.session import Session, narrow, open_database, transaction
from nlu import Reader, gazetteer, taxonomy
from tests.bench.measure import Figures, milliseconds, per_second, percentile, short_messages, varied
from tests.databases import ENGINES, migrated

CHANNEL = "bench"
MEMBERS = 200
WARM_UP, TURNS = 300, 2000
PRESSES = 0.3  # of all turns, when there is something to press
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
ROLES = (
    "projectleider",
    "tekstschrijver",
    "data-engineer",
    "compliance officer",
    "hr-adviseur",
    "ux designer",
)
PLACES = ("Utrecht", "Zwolle", "Amsterdam", "Rotterdam", "Arnhem")


def measure() -> Figures:
    """Figures of turns in one process, one after another, on both engines; every commit is durable."""
    reader = Reader()
    figures: Figures = {}
    for engine in ENGINES:
        with migrated(engine) as url, opened(url, reader) as app:
            events = day(app)
            milliseconds(lambda event: app.hear(*event), (next(events) for _ in range(WARM_UP)))
            taken = milliseconds(lambda event: app.hear(*event), (next(events) for _ in range(TURNS)))
        figures |= {
            f"turn.{engine}.p50_ms": percentile(taken, 50),
            f"turn.{engine}.p99_ms": percentile(taken, 99),
            f"turn.{engine}.per_s": per_second(taken),
        }
    return figures


@contextmanager
def opened(url: str, reader: Reader, clock: Clock | None = None) -> Iterator[App]:
    """An app on this database, with its collective in it."""
    engine = open_database(url)
    with transaction(engine) as session:
        fill(session)
    settle()  # as an app that is built for use does
    try:
        yield App(engine, reader, clock)
    finally:
        engine.dispose()


def day(app: App, ticks_every: int = 1) -> Iterator[tuple[Incoming, datetime]]:
    """Message after message, half a minute apart, and what the clock and the sender do in between.

    `ticks_every` so many messages the clock comes by.
    """
    chance = random.Random(1)
    now = MONDAY
    for number, text in enumerate(varied(short_messages(), 1_000_000)):
        now += timedelta(seconds=30)
        account = who(chance.randrange(MEMBERS))
        if number % ticks_every == 0:
            app.tick(now)
        deliver(app, now)
        token = app.find_button(CHANNEL, account, "") if chance.random() < PRESSES else None
        event = f"{number}"
        if token is None:
            yield Incoming(CHANNEL, account, event, text=text, message_id=event), now
        else:
            yield Incoming(CHANNEL, account, event, "press", token=token), now


def who(number: int) -> str:
    """The account of a member."""
    return f"lid{number}"


def deliver(app: App, now: datetime) -> None:
    """What is owed goes out at once."""
    while owed := app.owed(CHANNEL, now):
        for each in owed:
            app.delivered(each.message_id, Sent(str(each.message_id)), now)


def fill(session: Session) -> None:
    """The collective: every member has a role or two, a place, a rate and an agenda."""
    collective = Collective(name="Collectief", language="nl", zone="Europe/Amsterdam", policy={})
    session.add(collective)
    session.flush()
    narrow(session, collective.id)
    for number in range(MEMBERS):
        join(session, collective.id, number)


def join(session: Session, collective_id: int, number: int) -> None:
    """One member."""
    name, place = f"Lid{number} Achternaam", gazetteer.locate(PLACES[number % len(PLACES)])
    assert place is not None
    person = Person(name=name)
    session.add(person)
    session.flush()
    account = Account(
        channel=CHANNEL,
        external_id=who(number),
        display_name=name,
        person_id=person.id,
        collective_id=collective_id,
    )
    member = Member(
        person_id=person.id,
        name=name,
        language="nl",
        state="active",
        is_coordinator=number == 0,
        agreed_at=MONDAY,
        joined_at=MONDAY,
        about="Al jaren bezig, en met plezier.",
        place=PLACES[number % len(PLACES)],
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=60,
        remote="hybrid",
        rate_cents=8500,
        years=number % 20,
    )
    session.add_all([account, member])
    session.flush()
    for kind, words in (("role", ROLES), ("skill", ("python", "scrum", "avg"))):
        said = words[number % len(words)]
        members.set_terms(session, member.id, kind, [(taxonomy.canonical(said), said)])
    free = Spell(
        start_on=date(2026, 11, 1),
        end_on=None,
        status="free",
        hours=float(8 + number % 33),
        weekdays="",
        dayparts="",
        stated_on=MONDAY.date(),
    )
    availability.replace(session, member.id, [free])
