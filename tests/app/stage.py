"""A stage for the app: members on it, a reader that knows its lines by heart, and everything said to anybody."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Select, select

from assistant.app import App, Clock
from assistant.messages import Incoming, Outcome, Sent
from assistant.notices import Notice
from assistant.words import say
from db import Session, members, tables
from db.accounts import Account, Person
from db.base import Base
from db.collectives import Collective
from db.members import Member
from db.outbox import Button, Message
from db.session import Engine, narrow, open_database, transaction
from dialogs.commands import Command, to_json
from nlu import Context, Meaning, Reader

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, ten in the morning in Utrecht
CHANNEL = "test"
ZONE = "Europe/Amsterdam"
UNKNOWN = Meaning("nl", "unknown", 0.1, confident=False)
NUMBERS = count(1)


class Remembering(Reader):
    """Knows what each text means because it was told; any other is unknown. `read_so_far` is what it was asked."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self.meanings = meanings
        self.read_so_far: list[tuple[str, Context]] = []

    def read(self, text: str, context: Context) -> Meaning:
        self.read_so_far.append((text, context))
        return self.meanings.get(text, UNKNOWN)


class Stumbling(Remembering):
    """A reader with a bug, which quotes what it could not read."""

    def read(self, text: str, context: Context) -> Meaning:
        raise ValueError(f"cannot read {text!r} on {context.today}")


@dataclass
class Stage:
    """The app and everything around it. `said` is every card delivered: to whom, and its text."""

    app: App
    reader: Remembering
    now: datetime = NOW
    said: list[tuple[str, str]] = field(default_factory=list)

    # --- people ---

    def found(self, name: str, *people: str, policy: dict[str, Any] | None = None) -> dict[str, int]:
        """A collective of project managers who are free; the id of each member. The first is the coordinator.

        Somebody who is on stage already joins a second collective with the same account.
        """
        with transaction(self.app.engine) as session:
            collective = Collective(name=name, language="nl", zone=ZONE, policy=policy or {})
            session.add(collective)
            session.flush()
            narrow(session, collective.id)
            ids = {who: self._join(session, collective.id, who) for who in people}
            session.get_one(Member, ids[people[0]]).is_coordinator = True
        return ids

    def _join(self, session: Session, collective_id: int, who: str) -> int:
        account = session.scalars(select(Account).where(Account.external_id == who)).one_or_none()
        if account is None:
            person = Person(name=who.title())
            session.add(person)
            session.flush()
            account = Account(
                channel=CHANNEL,
                external_id=who,
                display_name=who,
                handle=f"@{who}",
                person_id=person.id,
                collective_id=collective_id,
            )
            session.add(account)
        assert account.person_id is not None
        member = Member(
            person_id=account.person_id,
            name=who.title(),
            language="nl",
            state="active",
            agreed_at=NOW,
            joined_at=NOW,
        )
        session.add(member)
        session.flush()
        members.set_terms(session, member.id, "role", [("projectleider", "projectleider")])
        return member.id

    def button(self, who: str, command: Command, collective_id: int | None = None) -> str:
        """A card that was sent to somebody, with one button under it: its token."""
        token = f"token-{next(NUMBERS)}"
        with transaction(self.app.engine) as session:
            account = session.scalars(select(Account).where(Account.external_id == who)).one()
            message = Message(
                account_id=account.id,
                collective_id=collective_id or account.collective_id,
                cause=token,
                position=0,
                card={"text": "Kies maar."},
                created_at=self.now,
                sent_at=self.now,
                state="sent",
                platform_id=f"old-{token}",
            )
            session.add(message)
            session.flush()
            session.add(
                Button(
                    token=token,
                    account_id=account.id,
                    collective_id=message.collective_id,
                    message_id=message.id,
                    label="Doen",
                    command=to_json(command),
                )
            )
        return token

    # --- what happens ---

    def says(self, who: str, text: str, **fields: Any) -> list[tuple[str, str]]:
        """Somebody writes; what that leads to."""
        return self.happens(incoming(who, text=text, **fields))

    def presses(self, who: str, token: str) -> list[tuple[str, str]]:
        return self.happens(incoming(who, kind="press", token=token))

    def happens(self, heard: Incoming) -> list[tuple[str, str]]:
        self.app.hear(heard, self.now)
        return self.deliver()

    def passes(self, **time: float) -> list[tuple[str, str]]:
        """Time goes by, and the clock does what is due."""
        self.now += timedelta(**time)
        self.app.tick(self.now)
        return self.deliver()

    def deliver(self, outcome: Outcome | None = None) -> list[tuple[str, str]]:
        """Everything owed goes out; with another outcome than Sent, one round only."""
        new: list[tuple[str, str]] = []
        while waiting := self.app.owed(CHANNEL, self.now):
            for each in waiting:
                self.app.delivered(each.message_id, outcome or Sent(f"p{each.message_id}"), self.now)
                new.append((each.account, each.card.text))
            if outcome is not None:
                break
        self.said += new
        return new

    # --- what is in the database ---

    def rows(self, table: type[Base]) -> list[Any]:
        """Every row, of all collectives."""
        with self.app.engine.connect() as connection:
            query: Select[Any] = select(Base.metadata.tables[table.__tablename__])
            return list(connection.execute(query.order_by(Base.metadata.tables[table.__tablename__].c.id)))

    def states(self) -> list[str]:
        """How each event ended."""
        return [row.state for row in self.rows(tables.Heard)]


def incoming(who: str, **fields: Any) -> Incoming:
    """An event nobody had before."""
    return Incoming(CHANNEL, who, fields.pop("event_id", f"event-{next(NUMBERS)}"), **fields)


def words(notice: Notice, language: str = "nl") -> str:
    """How a notice is said."""
    return say(notice, language, ZONE).text


def lines(card: str) -> str:
    """The first line of a card: enough to know it by."""
    return card.splitlines()[0]


@contextmanager
def staged(database_url: str, meanings: Mapping[str, Meaning] | None = None) -> Iterator[Stage]:
    engine: Engine = open_database(database_url)
    reader = Remembering(meanings or {})
    try:
        yield Stage(App(engine, reader, Clock()), reader)
    finally:
        engine.dispose()
