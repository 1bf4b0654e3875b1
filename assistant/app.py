"""Everything that lives as long as the process, and the two front doors: `hear` for messages, `tick` for the clock."""

import gc
import logging
import threading
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import msgspec

from assistant import jobs, reaching
from assistant.actions import introductions
from assistant.codes import Apps, hash_of
from assistant.desk import Desk
from assistant.errors import RefusedError, UnreachableError
from assistant.learning import MODEL_FILE
from assistant.limits import CODES, MESSAGES, STRANGERS, Limits
from assistant.loading import plain
from assistant.messages import (
    Arrived,
    Card,
    Delivery,
    Gone,
    Incoming,
    Outcome,
    Page,
    Reading,
    Receipt,
    Refused,
    Retry,
    Sent,
    Shut,
    Terms,
    Unfetched,
)
from assistant.notices import HERE, ClientTooLate, Notice, Sorry
from assistant.postings import Postings
from assistant.rules import retention as terms
from assistant.settings import Settings, data_folder
from assistant.turn import House, arrive, enter_to_refuse, take_turn
from assistant.vocabularies import Vocabularies
from assistant.voice import Voice
from assistant.words import say
from db import accounts, choices, clock, collectives, inbox, outbox, overview, retention, spool, upkeep
from db.accounts import Account
from db.base import Json
from db.inbox import Heard, NewEvent, Oldest
from db.migrate import is_current
from db.outbox import Message
from db.session import (
    Connection,
    DatabaseError,
    Engine,
    Session,
    in_collective,
    is_unreachable,
    narrow,
    open_database,
    shared,
    transaction,
)
from db.spool import SpoolError
from dialogs.commands import Choose
from nlu import Reader, esco, taxonomy

log = logging.getLogger(__name__)
Told = TypeVar("Told", Incoming, Receipt)

OWN_CHATS = frozenset(
    {"web"}
)  # on our page the database is the chat: what was said is kept as long as any history
A_DAY = timedelta(days=1)
COLLECTS_AFTER = 20_000  # new objects that did not go by themselves
KEEPS_AT_ONCE = 4
TOGETHER = 16  # turns in one transaction: whoever waits for the first waits for the others too
RECEIPT = "receipt"  # the state of what is kept beside the database and is no event
ROUNDS = 100  # in one tick: a wave in which nobody may be asked gives way to the next at the same moment


class Clock:
    """The only reader of the real clock. A demo may run ahead of it by `offset`; a script makes it stand still."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset
        self._stands_at: datetime | None = None

    def stand_at(self, moment: datetime) -> None:
        """Stand still at a moment, which needs a time zone."""
        self._stands_at = moment.astimezone(UTC)

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self._stands_at or datetime.now(UTC) + self.offset


class App:
    """Built once per process. Safe to call from several threads: one turn at a time."""

    def __init__(
        self, engine: Engine, reader: Reader, clock: Clock | None = None, *, has_postings: bool = False
    ) -> None:
        self.engine = engine
        self.reader = reader
        self.clock = clock or Clock()
        self._apps = Apps()
        self._public_url: str | None = None
        self._vocabularies = Vocabularies()
        self._postings = Postings() if has_postings else None
        self._readings: dict[str, Reading] = {}
        self._tidied_at: datetime | None = None
        self._messages, self._codes, self._strangers = Limits(MESSAGES), Limits(CODES), Limits(STRANGERS)
        self._lock, self._ticking = threading.RLock(), threading.RLock()
        # SQLite has one writer at a time: waiting here is fairer, and shorter, than asking it again and again
        self._writing: AbstractContextManager[object] = (
            self._lock if engine.dialect.name == "sqlite" else nullcontext()
        )
        self._spool = spool.beside(engine)

    def forked(self) -> None:
        """To be called in a new process: the connections are those of the old one."""
        self.engine.dispose(close=False)

    def set_bot_name(self, name: str) -> None:
        """The bot's public name, from which invitation links are made."""
        self._apps = replace(self._apps, bot_name=name)

    def set_number(self, number: str) -> None:
        """The number people see on WhatsApp, from which invitation links are made."""
        self._apps = replace(self._apps, number="".join(filter(str.isdecimal, number)))

    def set_public_url(self, address: str) -> None:
        """The address under which others reach our web pages, from which links for clients are made."""
        self._public_url = address

    @property
    def apps(self) -> Apps:
        """Where people find us, once the channels have told it."""
        return self._apps

    # --- messages ---

    def receive(self, heard: Incoming, now: datetime) -> int | None:
        """Store an event before it is acknowledged; its id, or None for a repeat. Raises UnreachableError."""
        with self._writing, self._transaction() as session:
            return inbox.store(session, _row(_storable(heard), now))

    def receive_unread(self, channel: str, arrived: Arrived, now: datetime) -> int | None:
        """As `receive`, of an event as it came: it is read when it is handled, or apologised for."""
        with self._writing, self._transaction() as session:
            return inbox.store(session, _as_it_came(channel, arrived, now))

    def read_with(self, channel: str, reading: Reading) -> None:
        """How events of a channel that are kept as they came are read."""
        self._readings[channel] = reading

    @property
    def keeps_at_once(self) -> int:
        """How many may `keep` something side by side: PostgreSQL makes several commits durable in one go."""
        return KEEPS_AT_ONCE if self._spool is None else 1

    def keep(self, channel: str, arrived: Sequence[Arrived], now: datetime) -> dict[str, int]:
        """Store events as they came, before they are acknowledged: event_id to id, of those that are no repeat.

        Where the database has one writer they lie safe beside it, and get an id when they are unpacked.
        """
        rows = [_as_it_came(channel, each, now) for each in arrived]
        if self._spool is None:
            with self._transaction() as session:
                return inbox.store_all(session, rows)
        with self._unreachable():
            self._spool.add(rows)
        return {}

    def unpack(self, channel: str | None = None) -> dict[int, dict[str, Any]]:
        """Move what was kept beside the database to where it belongs: id and content of events that are no repeat."""
        found: dict[int, dict[str, Any]] = {}
        while self._spool is not None:
            with self._unreachable():
                rows = self._spool.oldest(channel)
            if rows:
                found |= self._moved(list(rows.values()))
                with self._unreachable():
                    self._spool.drop(list(rows))
            if len(rows) < spool.MOST:
                break
        return found

    def _moved(self, rows: Sequence[NewEvent]) -> dict[int, dict[str, Any]]:
        """What cannot be moved is set aside by itself: it would hold up all that came after it."""
        try:
            with self._writing, self._transaction() as session:
                events = [each for each in rows if each["state"] != RECEIPT]
                kept = inbox.store_all(session, events)
                for each in rows:
                    if each["state"] == RECEIPT:
                        receipt = msgspec.convert(each["payload"], Receipt)
                        reaching.confirm(session, each["channel"], receipt, each["received_at"])
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001
            if len(rows) == 1:
                log.error("what was kept is set aside: %s", _cause(bug))  # noqa: TRY400
                return {}
            return {name: content for each in rows for name, content in self._moved([each]).items()}
        contents = {each["event_id"]: each["payload"] for each in events}
        return {heard_id: contents[event_id] for event_id, heard_id in kept.items()}

    def unread(self, heard_id: int) -> dict[int, dict[str, Any]]:
        """What waits to be read in the chat of this event, in order, as it came; nothing if this one has been read."""
        with self._transaction() as session:
            return {row.id: row.payload for row in inbox.raw_of(session, heard_id)}

    def understand(self, read: Mapping[int, Incoming | None]) -> None:
        """What was fetched and read of events that were kept as they came. Of two processes the first counts."""
        with self._writing, self._transaction() as session:
            for heard_id, heard in read.items():
                inbox.hold(session, heard_id)  # whoever looks at the chat meanwhile has the row locked
                row = inbox.claim(session, heard_id)
                if row is not None and row.state == "raw":
                    named = heard and replace(heard, account=row.external_id, event_id=row.event_id)
                    row.payload = plain(_storable(named)) if named else {}
                    row.state = "waiting" if heard else "handled"

    def give_up(self, heard_id: int, error: str, now: datetime) -> None:
        """Apologise for an event that leads to a bug before it can be carried out: what came after it must not wait."""
        with self._lock:
            self._apologise(heard_id, error, now)

    def handle(self, heard_id: int, now: datetime) -> None:
        """Carry out what waits in the chat of this event, oldest first, each in a transaction of its own.

        A refusal leaves nothing behind but its notice, a bug nothing but an apology. What still has to be fetched
        holds up what came after it. Raises UnreachableError when the database cannot be reached: it all stays waiting.
        """
        with self._lock:
            while self._next(heard_id, now):
                pass

    def handle_all(self, heard_ids: Sequence[int], now: datetime) -> None:
        """As `handle`, for several chats: turns of one collective share a transaction, as long as nothing goes wrong.

        A commit makes all of them durable in one go, and costs as much as for one: so a burst is over sooner.
        """
        for chats in self._of_one_collective(heard_ids):
            for start in range(0, len(chats), TOGETHER):
                with self._lock:
                    self._handle_together(chats[start : start + TOGETHER], now)
                self._give_way()

    @staticmethod
    def _give_way() -> None:
        """Whoever waits for the lock gets it now: left alone, it is taken again at once."""
        time.sleep(0)

    def hear(self, heard: Incoming, now: datetime) -> None:
        """Store and handle at once, in one transaction; apart when it leads to a bug.

        For channels that hear one event at a time: either all of it happened, or the event was never acknowledged.
        Raises UnreachableError; the event is then to be heard again.
        """
        with self._lock:
            try:
                self._heard(_storable(heard), now)
            except UnreachableError:
                raise
            except Exception:  # noqa: BLE001  # a bug: the longer way keeps the event, logs the cause and apologises
                heard_id = self.receive(heard, now)
                if heard_id is not None:
                    self.handle(heard_id, now)

    def catch_up(self, now: datetime) -> int:
        """Handle what was stored but not handled, oldest first, as after a restart; how many that were."""
        self.unpack()
        waiting = self.left_behind()
        self.handle_all(waiting, now)
        return len(waiting)

    def left_behind(
        self, channel: str | None = None, before: datetime | None = None, after: datetime | None = None
    ) -> Sequence[int]:
        """Ids of events nobody handled yet, oldest first: of one channel, and those from before or after a moment."""
        with self._transaction() as session:
            return inbox.waiting(session, channel, before, after)

    # --- the clock ---

    def tick(self, now: datetime) -> None:
        """Do what is due in every collective until nothing is due any more; each lead's wave is its own transaction.

        A bug in one does not stop the others. Between two transactions whoever wrote meanwhile is answered.
        """
        with self._ticking:
            self._tidy(now)
            stuck: set[int] = set()
            for _round in range(ROUNDS):
                with self._writing, self._transaction() as session:
                    due = set(clock.collectives_due(session, now)) - stuck
                if not due:
                    return
                stuck |= {number for number in sorted(due) if not self._ticked(number, now)}

    def _tidy(self, now: datetime) -> None:
        """Once a day: what was said long enough ago goes, of strangers too; and what is kept stays quick to find."""
        if self._tidied_at is not None and now - self._tidied_at < A_DAY:
            return
        try:
            with self._writing, self._transaction() as session:
                retention.words_of_failed(session, now - terms.FAILED.length)
                retention.events(session, now - terms.EVENT.length, OWN_CHATS)
                retention.cards(session, now - terms.CARD.length, OWN_CHATS)
                retention.own_chats(session, now - terms.OWN_CHAT.length, OWN_CHATS)
                retention.strangers(session)
                upkeep.look_at_indexes(session)
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001  # what is kept too long must not hold up what is due
            log.error("what is old could not go: %s", _cause(bug))  # noqa: TRY400
        self._tidied_at = now

    def next_due(self) -> datetime | None:
        """When the clock is next needed."""
        with self._transaction() as session:
            return clock.next_due(session)

    def advance(self, to: datetime) -> None:
        """Do everything due until `to`, each at its own moment, in order."""
        before: datetime | None = None
        while (due := self.next_due()) is not None and due <= to and due != before:
            self.tick(due)
            before = due
        self.tick(to)

    # --- what is owed ---

    def owed(self, channel: str, now: datetime, terms: Terms | None = None) -> list[Delivery]:
        """Cards to deliver now, the oldest of each account: ours to bring, on the terms of the platform."""
        terms = terms or Terms()
        with self._transaction() as session:
            reaching.knock(session, channel, now, terms)
            since = now - terms.window if terms.window else None
            claimed = outbox.claim(session, channel, now, terms.per_s, since)
            return [self._delivery(session, row) for row in claimed]

    def confirm(self, channel: str, receipts: Sequence[Receipt], now: datetime) -> None:
        """What became of messages the platform took; kept before it is acknowledged, as events are."""
        receipts = [_storable(each) for each in receipts]
        if self._spool is None:
            with self._transaction() as session:
                for receipt in receipts:
                    reaching.confirm(session, channel, receipt, now)
            return
        rows = [
            NewEvent(
                channel=channel,
                event_id="",
                external_id="",
                payload=plain(each),
                received_at=now,
                state=RECEIPT,
                attempts=0,
            )
            for each in receipts
        ]
        with self._unreachable():
            self._spool.add(rows)

    def delivered(self, message_id: int, outcome: Outcome, now: datetime) -> None:
        """Record how a delivery ended. A fault of who was too slow does not undo what another process did."""
        with self._writing, self._transaction() as session:
            row = session.get_one(Message, message_id, with_for_update=True)
            if row.state != "owed":
                return
            row.attempts, row.claimed_until = row.attempts + 1, None
            match outcome:
                case Sent(platform_id):
                    row.state, row.sent_at, row.platform_id = "sent", now, platform_id
                case Retry(after_s):
                    row.retry_at = now + min(timedelta(seconds=after_s or 0), outbox.LONGEST_RETRY)
                case Gone(reason):
                    row.note = reason
                    reaching.blocked(session, session.get_one(Account, row.account_id), now)
                case Shut():
                    reaching.shut(session.get_one(Account, row.account_id), now)
                case Refused(reason):
                    log.error("message %d is set aside: %s", message_id, reason)
                    row.state, row.note = "failed", reason

    # --- a client with a link ---

    def show_choice(self, code: str, now: datetime) -> Page:
        """The page of a link: who said yes, or that there is nothing to choose any more. Changes nothing."""
        with self._lock, self._transaction() as session:
            desk = self._desk_of_link(session, code, now)
            notice = introductions.show_to_client(desk, hash_of(code)) if desk else None
            return _page(notice or ClientTooLate(HERE), desk)

    def choose_by_link(self, code: str, member_id: int, now: datetime) -> Page:
        """The client's choice: once, and only among who said yes."""
        with self._lock, self._transaction() as session:
            desk = self._desk_of_link(session, code, now)
            told = introductions.choose_by_client(desk, hash_of(code), member_id) if desk else []
            if desk is None or not told:
                return _page(ClientTooLate(HERE), desk)
            here = desk.collective
            voice = Voice(
                session,
                f"link:{uuid4()}",
                now,
                here.zone,
                here.language,
                collective_id=here.id,
                quiet=lambda: desk.policy.quiet,
            )
            voice.owe([each for each in told if each.member_id != HERE])
            return _page(next(each for each in told if each.member_id == HERE), desk)

    def _desk_of_link(self, session: Session, code: str, now: datetime) -> Desk | None:
        number = choices.collective_of(session, hash_of(code))
        if number is None:
            return None
        narrow(session, number)
        return Desk(session, collectives.hold(session, number), now)

    # --- what an operator asks ---

    def is_ready(self) -> bool:
        """Whether the database can be reached and has the shape we know."""
        with self._unreachable():
            return is_current(self.engine)

    def backlog(self, now: datetime) -> dict[str, float]:
        """What waits and what is stuck: numbers, and seconds since the oldest."""
        with self._transaction() as session:
            found = overview.backlog(session, now)
        with self._unreachable():
            return found | {"waiting": found["waiting"] + (self._spool.count() if self._spool else 0)}

    # --- what a restart asks ---

    def last_event(self) -> int:
        """The number of the newest event stored, of any channel: from where a script numbers its own."""
        with self._transaction() as session:
            return inbox.last_number(session)

    def find_button(self, channel: str, account: str, label: str) -> str | None:
        """The token of the newest button of an account whose label contains these words.

        Those not pressed yet first.
        """
        with self._transaction() as session:
            return outbox.find_button(session, channel, account, label)

    def last_moment(self) -> datetime | None:
        """The newest moment in the database."""
        with self._transaction() as session:
            moments = (inbox.last_moment(session), outbox.last_moment(session))
        return max((moment for moment in moments if moment is not None), default=None)

    # --- inside ---

    def _heard(self, heard: Incoming, now: datetime) -> None:
        row = _row(heard, now, state="handled")
        row["payload"] = _spent(heard.channel, heard)
        try:
            with self._transaction() as session:
                heard_id = inbox.store(session, row)
                if heard_id is not None:
                    take_turn(session, self._house(), heard, f"inbox:{heard_id}", now)
        except RefusedError as refusal:
            with self._transaction() as session:
                heard_id = inbox.store(session, row)
                if heard_id is not None:
                    self._reply(session, heard_id, heard, refusal.notice, now)

    def _of_one_collective(self, heard_ids: Sequence[int]) -> Iterator[list[int]]:
        """Chats that talk with the same one: two transactions that each hold one and want the other never end."""
        if len(heard_ids) <= 1 or self._writing is self._lock:  # where one writes at a time nothing is held
            yield list(heard_ids)
            return
        with self._transaction() as session:
            found = inbox.collectives(session, heard_ids)
        groups: dict[int, list[int]] = {}
        for heard_id in heard_ids:
            collective_id = found.get(heard_id)
            if collective_id is None:  # a stranger, whose message may lead anywhere
                yield [heard_id]
            else:
                groups.setdefault(collective_id, []).append(heard_id)
        yield from groups.values()

    def _handle_together(self, heard_ids: Sequence[int], now: datetime) -> None:
        """What has to be undone of one turn is undone of all: then each is carried out by itself."""
        left = heard_ids
        if len(heard_ids) > 1:
            try:
                with self._unreachable(), shared(self.engine) as connection:
                    with transaction(connection) as session:
                        held = inbox.hold_free(session, heard_ids)
                        oldest = dict(zip(held, inbox.oldest(session, held), strict=True))
                    left = [each for each in heard_ids if self._has_more(connection, oldest.get(each), now)]
            except UnreachableError:
                self._forget_unwritten()
                raise
            except Exception as bug:  # noqa: BLE001  it will come again, and is dealt with there
                self._forget_unwritten()
                log.debug("%s: one by one", type(bug).__name__)
        for each in left:
            self.handle(each, now)

    def _has_more(self, connection: Connection, oldest: Oldest | None, now: datetime) -> bool:
        """Carry out the oldest event of a chat; whether there is more to do, or somebody else is at it."""
        if oldest is None:
            return True
        row, more = oldest
        if row is None or row.state == "handled":  # of a chat that is named twice
            return more
        with transaction(connection) as session:
            session.add(row)
            return self._is_carried_out(session, row, now) and more

    def _forget_unwritten(self) -> None:
        """What was read in a transaction that never was."""
        self._vocabularies = Vocabularies()
        self._postings = Postings() if self._postings is not None else None

    def _next(self, heard_id: int, now: datetime) -> bool:
        """The oldest event of the chat; whether more wait behind it."""
        taken, more = heard_id, False
        try:
            with self._transaction() as session:
                inbox.hold(session, heard_id)
                ((row, more),) = inbox.oldest(session, [heard_id])
                if row is None:
                    return False
                taken = row.id
                if not self._is_carried_out(session, row, now):
                    return False
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001
            self._refuse(taken, bug, now)
        return more

    def _is_carried_out(self, session: Session, row: Heard, now: datetime) -> bool:
        """The turn of one event; False when it cannot be read yet."""
        heard = self._incoming(row)
        if isinstance(heard, Unfetched):
            return False
        if heard is not None:
            take_turn(session, self._house(), heard, f"inbox:{row.id}", now)
        row.attempts, row.state = row.attempts + 1, "handled"
        row.payload = _spent(row.channel, heard)
        return True

    def _incoming(self, row: Heard) -> Incoming | Unfetched | None:
        """What an event says, whether it is kept in our own words or as the platform sent it."""
        if row.state != "raw":
            return msgspec.convert(row.payload, Incoming)
        reading = self._readings.get(row.channel)
        if reading is None:  # a channel that is switched off now: whoever serves it reads it
            return Unfetched()
        heard = reading(row.payload)
        if isinstance(heard, Incoming):
            return _storable(replace(heard, account=row.external_id, event_id=row.event_id))
        return heard

    def _refuse(self, heard_id: int, bug: Exception, now: datetime) -> None:
        """After a rollback: say why not, or say sorry."""
        if isinstance(bug, RefusedError):
            try:
                self._say_instead(heard_id, bug.notice, now, "handled", None)
            except UnreachableError:
                raise
            except Exception as worse:  # noqa: BLE001
                bug = worse
            else:
                return
        log.error("event %d could not be handled: %s", heard_id, _cause(bug))
        self._apologise(heard_id, type(bug).__name__, now)

    def _apologise(self, heard_id: int, error: str, now: datetime) -> None:
        """Say sorry. Where even that fails the event is set aside, or it would hold up all that come after it."""
        try:
            self._say_instead(heard_id, Sorry(HERE), now, "failed", error)
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001
            log.error("event %d could not be answered: %s", heard_id, _cause(bug))  # noqa: TRY400
            with self._transaction() as session:
                row = inbox.claim(session, heard_id)
                if row is not None:
                    row.attempts, row.state, row.error = row.attempts + 1, "failed", error

    def _say_instead(
        self, heard_id: int, notice: Notice, now: datetime, state: str, error: str | None
    ) -> None:
        """After a rollback: one notice to whoever wrote, and the event is done."""
        with self._transaction() as session:
            row = inbox.claim(session, heard_id)
            if row is None:
                return
            heard = self._from_whom(session, row)
            row.attempts, row.state, row.error = row.attempts + 1, state, error
            if heard is not None:
                if state == "handled":
                    row.payload = _spent(row.channel, heard)
                self._reply(session, row.id, heard, notice, now)

    def _from_whom(self, session: Session, row: Heard) -> Incoming | None:
        """What an event says; of one that cannot be read or fetched whose it is, if we know them, and no more."""
        try:
            heard = self._incoming(row)
        except Exception:  # noqa: BLE001  the log has it: it is why they are told
            heard = Unfetched()
        if not isinstance(heard, Unfetched):
            return heard
        if accounts.at(session, row.channel, row.external_id) is None:
            return None
        return Incoming(row.channel, row.external_id, row.event_id)

    def _reply(self, session: Session, heard_id: int, heard: Incoming, notice: Notice, now: datetime) -> None:
        visit = arrive(session, self._house(), heard, f"inbox:{heard_id}", now)
        enter_to_refuse(visit)
        visit.voice.owe([notice])

    def _ticked(self, collective_id: int, now: datetime) -> bool:
        """Whether the clock's work in this collective went well; what fails of it holds up nothing else."""
        try:
            failed = [
                job for job in self._jobs(collective_id, now) if not self._done(collective_id, now, job)
            ]
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001
            log.error("the clock failed in collective %d: %s", collective_id, _cause(bug))  # noqa: TRY400
            return False
        return not failed

    def _jobs(self, collective_id: int, now: datetime) -> Iterator[jobs.Job]:
        """One after the other: which leads are due shows only after what goes before."""
        for stage in jobs.STAGES:
            if not isinstance(stage, jobs.OneByOne):
                yield stage
                continue
            with self._desk_of_clock(collective_id, now) as desk:
                due = stage.due(desk)
            yield from map(stage.of, due)

    def _done(self, collective_id: int, now: datetime, job: jobs.Job) -> bool:
        """One transaction: what is done, and what is owed because of it. Whether it went well."""
        try:
            with self._desk_of_clock(collective_id, now) as desk:
                here = desk.collective
                Voice(
                    desk.session,
                    f"clock:{uuid4()}",
                    now,
                    here.zone,
                    here.language,
                    collective_id=collective_id,
                    quiet=lambda: desk.policy.quiet,
                ).owe(job(desk))
        except UnreachableError:
            raise
        except Exception as bug:  # noqa: BLE001
            log.error("the clock failed in collective %d: %s", collective_id, _cause(bug))  # noqa: TRY400
            return False
        return True

    @contextmanager
    def _desk_of_clock(self, collective_id: int, now: datetime) -> Iterator[Desk]:
        with self._lock, self._unreachable(), in_collective(self.engine, collective_id) as session:
            collective = collectives.hold(session, collective_id)
            yield Desk(session, collective, now, None, self._apps, self._public_url, self._postings)
        self._give_way()

    def _house(self) -> House:
        return House(
            self.reader,
            self._apps,
            self._public_url,
            self._vocabularies,
            self._messages,
            self._codes,
            self._strangers,
            self._postings,
        )

    def _delivery(self, session: Session, row: Message) -> Delivery:
        account = session.get_one(Account, row.account_id)
        original = session.get_one(Message, row.edits_id) if row.edits_id else None
        card = msgspec.convert(row.card, Card)
        return Delivery(
            row.id,
            account.external_id,
            card,
            original.platform_id if original else None,
            row.created_at,
            row.attempts,
        )

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with self._unreachable(), transaction(self.engine) as session:
            yield session

    @contextmanager
    def _unreachable(self) -> Iterator[None]:
        try:
            yield
        except SpoolError as fault:
            raise UnreachableError(str(fault)) from fault
        except DatabaseError as fault:
            if is_unreachable(fault):
                raise UnreachableError(type(fault).__name__) from fault
            raise


def _row(heard: Incoming, now: datetime, state: str = "waiting") -> NewEvent:
    return NewEvent(
        channel=heard.channel,
        event_id=heard.event_id,
        external_id=heard.account,
        payload=plain(heard),
        received_at=now,
        state=state,
        attempts=int(state == "handled"),
    )


def _spent(channel: str, heard: Incoming | None) -> Json:
    """What is kept of a message once it is answered: nothing, but on a channel of our own where this is the chat."""
    return plain(heard) if heard is not None and channel in OWN_CHATS else {}


def _as_it_came(channel: str, arrived: Arrived, now: datetime) -> NewEvent:
    return NewEvent(
        channel=channel,
        event_id=arrived.event_id,
        external_id=arrived.account,
        payload=arrived.content,
        received_at=now,
        state="raw",
        attempts=0,
    )


def _storable(told: Told) -> Told:
    """The same event or receipt in characters that every database keeps: half an emoji and a NUL are not among them."""
    kept = {
        name: value.encode(errors="replace").decode().replace("\0", " ") if isinstance(value, str) else value
        for name, value in plain(told).items()
    }
    return msgspec.convert(kept, type(told))


def _cause(bug: Exception) -> str:
    """Kind and place of a bug, all the way down. Its own text is left out: it may quote a message."""
    return "".join([type(bug).__name__, "\n", *traceback.format_tb(bug.__traceback__)])


def build(settings: Settings, clock: Clock | None = None) -> App:
    """Open the database of these settings, which has been migrated, and the reader."""
    taxonomy.extend(data_folder() / esco.FILE)
    reader = Reader(data_folder() / MODEL_FILE)
    app = App(open_database(settings.database_url), reader, clock, has_postings=settings.has_postings)
    settle()
    return app


def settle() -> None:
    """What is loaded by now stays: the collector need not look through it in the middle of a turn.

    Nor after every few hundred objects: a turn makes thousands, and nearly all of them go by themselves.
    """
    gc.freeze()
    gc.set_threshold(COLLECTS_AFTER, 20, 20)


def _page(notice: Notice, desk: Desk | None) -> Page:
    """A card on the web, in the language of the collective."""
    language = desk.collective.language if desk else "nl"
    said = say(notice, language, desk.collective.zone if desk else "Europe/Amsterdam")
    named = [choice.command for choice in notice.choices]
    ids = [command.member_id for command in named if isinstance(command, Choose)]
    return Page(
        said.text, language, tuple(zip(said.labels, ids, strict=True)), not isinstance(notice, ClientTooLate)
    )
