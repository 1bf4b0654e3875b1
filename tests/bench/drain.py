"""A burst: ten thousand members in a hundred collectives write at once; how fast it is carried out, by one process and two."""

import multiprocessing
import os
import time
from datetime import timedelta

from sqlalchemy import event

from assistant.app import App, settle
from assistant.channels.carrying import MOST
from assistant.messages import Arrived, Incoming
from db.accounts import Account, Person
from db.collectives import Collective
from db.members import Member, Term
from db.session import narrow, open_database, transaction
from nlu import Reader
from tests.bench.measure import Figures, percentile, short_messages, varied
from tests.bench.turn import CHANNEL, MONDAY, ROLES, who
from tests.databases import ENGINES, migrated

MEMBERS = int(os.environ.get("SEINTJE_BENCH_DRAIN", "10000"))  # one message each
COLLECTIVES = 100


def measure() -> Figures:
    """Messages a second, seconds until the last but one in a hundred is committed; two processes against one."""
    reader = Reader()
    figures: Figures = {}
    for engine in ENGINES:
        with migrated(engine) as url:
            fill(url)
            took, until = drained(url, reader, 0, 1, keep(url, "first"))
            figures[f"drain.{engine}.per_s"] = MEMBERS / took
            figures[f"drain.{engine}.p99_s"] = percentile(until, 99)
            if engine == "postgresql":
                both = by_two(url, reader, keep(url, "second"))
                figures["drain.postgresql.two_process_ratio"] = took / both
    return figures


def fill(url: str) -> None:
    """Members with a role, reachable on one channel."""
    engine = open_database(url)
    for number in range(COLLECTIVES):
        with transaction(engine) as session:
            collective = Collective(name=f"C{number}", language="nl", zone="Europe/Amsterdam", policy={})
            session.add(collective)
            session.flush()
            narrow(session, collective.id)
            mine = range(number, MEMBERS, COLLECTIVES)
            people = [Person(name=f"Lid{each}") for each in mine]
            session.add_all(people)
            session.flush()
            session.add_all(
                Account(
                    channel=CHANNEL,
                    external_id=who(each),
                    display_name=person.name,
                    person_id=person.id,
                    collective_id=collective.id,
                )
                for each, person in zip(mine, people, strict=True)
            )
            members = [
                Member(
                    person_id=person.id,
                    name=person.name,
                    language="nl",
                    state="active",
                    agreed_at=MONDAY,
                    joined_at=MONDAY,
                )
                for person in people
            ]
            session.add_all(members)
            session.flush()
            session.add_all(
                Term(member_id=each.id, kind="role", term=ROLES[each.id % 6], said=ROLES[each.id % 6])
                for each in members
            )
    engine.dispose()


def keep(url: str, name: str) -> list[int]:
    """The whole burst, stored as it came and not handled yet."""
    app = App(open_database(url), Reader())
    events = [
        Arrived(f"{name}:{number}", who(number), {"text": text})
        for number, text in enumerate(varied(short_messages(), MEMBERS))
    ]
    kept = [*app.keep(CHANNEL, events, MONDAY).values(), *app.unpack(CHANNEL)]
    app.engine.dispose()
    return sorted(kept)


def read(content: dict[str, str]) -> Incoming:
    """Our own platform's form of a message."""
    return Incoming(CHANNEL, "", "", text=content["text"])


def drained(url: str, reader: Reader, first: int, step: int, events: list[int]) -> tuple[float, list[float]]:
    """Seconds to carry out every `step`th event, and from the beginning to each commit."""
    app = App(open_database(url), reader)
    app.read_with(CHANNEL, read)
    now = MONDAY + timedelta(minutes=1)
    committed: list[float] = []
    event.listen(app.engine, "commit", lambda _connection: committed.append(time.perf_counter()))
    mine = events[first::step]
    settle()  # as an app that is built for use does
    begun = time.perf_counter()
    for start in range(0, len(mine), MOST):  # as many as a worker of ours takes at once
        app.handle_all(mine[start : start + MOST], now)
    took = time.perf_counter() - begun
    app.engine.dispose()
    return took, [moment - begun for moment in committed]


def by_two(url: str, reader: Reader, events: list[int]) -> float:
    """Seconds until two processes have carried out all of it together, each beginning when both are ready."""
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(3)
    workers = [context.Process(target=_half, args=(url, reader, first, events, ready)) for first in range(2)]
    for each in workers:
        each.start()
    ready.wait()
    begun = time.perf_counter()
    for each in workers:
        each.join()
    return time.perf_counter() - begun


def _half(url: str, reader: Reader, first: int, events: list[int], ready: object) -> None:
    ready.wait()  # type: ignore[attr-defined]
    drained(url, reader, first, 2, events)
