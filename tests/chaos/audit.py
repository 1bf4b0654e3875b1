"""What must be true after any number of kills, read from the database and from the platforms side by side."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec
from sqlalchemy import select

from assistant.messages import Card
from db.accounts import Account, Person
from db.changes import Change
from db.inbox import Heard
from db.leads import Lead
from db.members import Member
from db.offers import Offer
from db.outbox import CLAIM, Message
from db.session import Engine, in_collective, transaction
from tests.chaos.crowd import Crowd
from tests.chaos.sides import Bubble, Side

EARLY_S = 5.0  # a process that asks just before another took something and died


@dataclass
class Audit:
    """`wrong` lists everything that should not be; the rest are counts to show."""

    accepted: int = 0
    handled_once: int = 0
    statements: int = 0
    leads: int = 0
    answers: int = 0
    owed: int = 0
    delivered: int = 0
    doubled_by_cut: int = 0
    doubled_by_kill: int = 0
    doubled: int = 0
    out_of_order: int = 0
    to_the_wrong_person: int = 0
    wrong: list[str] = field(default_factory=list)


def audit(engine: Engine, crowd: Crowd, kills: Sequence[float], *, in_order: bool, claims: bool) -> Audit:
    """Compare what was said, what is stored and what was shown. `kills` are moments of the monotonic clock.

    `in_order`: Telegram brought each chat's messages in the order they were said; `claims`: several processes
    shared the work, so that what one died with waited for its claim to end.
    """
    found = Audit()
    for side in dict.fromkeys(crowd.everybody.values()):
        _heard_once(engine, side, found, in_order=in_order)
    _handled_in_order(engine, found)
    _effects_once(engine, crowd, found)
    with transaction(engine) as session:
        rows = session.execute(
            select(Message, Account.external_id)
            .join(Account, Account.id == Message.account_id)
            .order_by(Message.id)
        ).all()
    of_chat: dict[str, list[Message]] = defaultdict(list)
    for row, chat in rows:
        of_chat[chat].append(row)
    for chat, side in crowd.everybody.items():
        _Chat(chat, side, of_chat[chat], kills, found, claims=claims).look()
    return found


def unsettled(engine: Engine) -> list[str]:
    """What is waiting to be handled and what is owed; nothing once all is done."""
    with transaction(engine) as session:
        waiting = session.scalars(select(Heard).where(Heard.state.in_(("raw", "waiting")))).all()
        owed = session.execute(select(Message, Account).join(Account).where(Message.state == "owed")).all()
    return [
        *(f"inbox {row.id} {row.state} {row.received_at}" for row in waiting),
        *(
            f"outbox {row.id} to {account.channel} {account.external_id}, retry {row.retry_at}, claimed "
            f"{row.claimed_until}, {row.attempts} attempts, heard {account.heard_at}, blocked {account.blocked}, {row.note}"
            for row, account in owed
        ),
    ]


def _heard_once(engine: Engine, side: Side, found: Audit, *, in_order: bool) -> None:
    with transaction(engine) as session:
        rows = session.scalars(select(Heard).where(Heard.channel == side.channel).order_by(Heard.id)).all()
    found.accepted += len(rows)
    found.handled_once += sum(row.state == "handled" and row.attempts == 1 for row in rows)
    if sorted(row.event_id for row in rows) != sorted(side.said()):
        found.wrong.append(f"{side.channel}: {len(side.said())} events, {len(rows)} stored")
    found.wrong += [f"inbox {row.id}: {row.state} {row.error}" for row in rows if row.state != "handled"]
    found.wrong += [f"inbox {row.id}: {row.attempts} attempts" for row in rows if row.attempts != 1]
    place = {name: number for number, name in enumerate(side.said())}
    per_chat = defaultdict(list)
    for row in rows:
        per_chat[row.external_id].append(place.get(row.event_id, -1))
    if in_order and side.channel == "telegram":  # who writes twice at once on WhatsApp has no order
        late = [chat for chat, places in per_chat.items() if places != sorted(places)]
        found.wrong += [f"chat {chat}: stored out of order" for chat in late]


def _handled_in_order(engine: Engine, found: Audit) -> None:
    """What each message caused was owed in the order the messages came in."""
    with transaction(engine) as session:
        rows = session.execute(
            select(Message.account_id, Message.cause)
            .where(Message.cause.startswith("inbox:"))
            .order_by(Message.id)
        ).all()
        whose = {row.id: row.external_id for row in session.scalars(select(Heard))}
        account = {row.id: row.external_id for row in session.scalars(select(Account))}
    causes = defaultdict(list)
    for account_id, cause in rows:
        number = int(cause.partition(":")[2])
        if whose[number] == account[account_id]:  # what they said themselves
            causes[account_id].append(number)
    late = [each for each, numbers in causes.items() if numbers != sorted(numbers)]
    found.out_of_order += len(late)
    found.wrong += [f"account {each}: handled out of order" for each in late]


def _effects_once(engine: Engine, crowd: Crowd, found: Audit) -> None:
    with in_collective(engine, 1) as session:
        found_chats = session.execute(
            select(Member.id, Account.external_id)
            .join(Person, Person.id == Member.person_id)
            .join(Account, Account.person_id == Person.id)
        )
        chat_of = {member: chat for member, chat in found_chats}  # noqa: C416  mypy knows what a row holds
        changes = session.scalars(select(Change.member_id).where(Change.what == "availability")).all()
        leads = session.scalars(select(Lead.source_id)).all()
        offers = session.scalars(select(Offer.member_id).where(Offer.answered_at.is_not(None))).all()
    stated = Counter(chat_of[member] for member in changes if chat_of[member] in crowd.speakers)
    brought = Counter(chat_of[member] for member in leads)
    answered = Counter(chat_of[member] for member in offers)
    found.statements, found.leads, found.answers = stated.total(), brought.total(), answered.total()
    if stated != crowd.statements:
        found.wrong.append(f"statements said {crowd.statements}, stored {stated}")
    if brought != crowd.confirmed:
        found.wrong.append(f"leads confirmed {crowd.confirmed}, stored {brought}")
    if not answered <= crowd.interested:
        found.wrong.append(f"interest pressed {crowd.interested}, stored {answered}")


class _Chat:
    """One chat: what we owed it beside what it was shown."""

    def __init__(
        self,
        chat: str,
        side: Side,
        rows: Sequence[Message],
        kills: Sequence[float],
        found: Audit,
        *,
        claims: bool,
    ) -> None:
        self._chat, self._rows, self._kills, self._found, self._claims = chat, rows, kills, found, claims
        self._side, self._bubbles = side, side.bubbles(chat)

    def look(self) -> None:
        """Each row shown, in order, and nothing else."""
        found = self._found
        found.owed += len(self._rows)
        self._is_sent()
        shown: dict[int, list[Bubble]] = defaultdict(list)
        ours = {row.id for row in self._rows}
        for number, bubble in zip(self._named(), self._bubbles, strict=True):
            if number in ours:
                shown[number].append(bubble)
            else:
                found.to_the_wrong_person += 1
                found.wrong.append(f"chat {self._chat}: shows something that is not owed to it")
        fresh = [row for row in self._rows if row.edits_id is None]
        for row in fresh:
            self._is_shown(row, shown[row.id])
        self._is_in_order([shown[row.id] for row in fresh if shown[row.id]])

    def _is_sent(self) -> None:
        """Also what replaced an earlier card, where the platform can."""
        versions = {bubble.name: bubble.texts for bubble in self._bubbles}
        for row in self._rows:
            self._found.delivered += row.state == "sent"
            if row.state != "sent":
                self._found.wrong.append(f"outbox {row.id}: {row.state} {row.note}")
            elif self._side.channel == "telegram" and not set(
                self._side.parts(msgspec.convert(row.card, Card))
            ) <= set(versions.get(str(row.platform_id), ())):
                self._found.wrong.append(f"outbox {row.id}: not shown in its own chat")

    def _named(self) -> list[int | None]:
        """The row of each bubble. One that no row knows of repeats a later one of this chat, or is nobody's."""
        known = {str(row.platform_id): row.id for row in self._rows if row.edits_id is None}
        names: list[int | None] = []
        for place, bubble in enumerate(self._bubbles):
            later = (
                known[each.name]
                for each in self._bubbles[place:]
                if each.name in known and each.texts[0] == bubble.texts[0]
            )
            names.append(bubble.row or known.get(bubble.name) or next(later, None))
        return names

    def _is_shown(self, row: Message, bubbles: Sequence[Bubble]) -> None:
        found, parts = self._found, self._side.parts(msgspec.convert(row.card, Card))
        if {bubble.texts[0] for bubble in bubbles} != set(parts):
            found.wrong.append(f"outbox {row.id}: not shown as it is")
            return
        extra = len(bubbles) - len(parts)
        by_cut = min(extra, sum(bubble.cut for bubble in bubbles))
        found.doubled_by_cut += by_cut
        if extra == by_cut:
            return
        if self._is_kill_between(bubbles[0].at, bubbles[-1].at):
            found.doubled_by_kill += extra - by_cut
        else:
            found.doubled += extra - by_cut
            found.wrong.append(f"outbox {row.id}: doubled, and no kill explains it")

    def _is_kill_between(self, first: float, last: float) -> bool:
        if self._claims and last - first < CLAIM.total_seconds() - EARLY_S:
            return False
        return any(first <= kill <= last for kill in self._kills)

    def _is_in_order(self, shown: Sequence[Sequence[Bubble]]) -> None:
        place = {id(bubble): number for number, bubble in enumerate(self._bubbles)}
        for earlier, later in pairwise(shown):
            if place[id(earlier[-1])] > place[id(later[0])]:
                self._found.out_of_order += 1
                self._found.wrong.append(f"chat {self._chat}: delivered out of order")
