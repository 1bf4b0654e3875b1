"""What must be true after any number of kills, read from the database and from the platform side by side."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from db.accounts import Account, Person
from db.changes import Change
from db.inbox import Heard
from db.leads import Lead
from db.members import Member
from db.offers import Offer
from db.outbox import Message
from db.session import Engine, in_collective, transaction
from tests.channels.fake_telegram import FakeTelegram, Shown
from tests.chaos.crowd import Crowd


@dataclass
class Audit:
    """`wrong` lists everything that should not be; the rest are counts to show."""

    heard: int = 0
    statements: int = 0
    leads: int = 0
    answers: int = 0
    delivered: int = 0
    repeats_dropped: int = 0
    doubled_by_kill: int = 0
    doubled_by_line: int = 0
    wrong: list[str] = field(default_factory=list)


def audit(
    engine: Engine, telegram: FakeTelegram, crowd: Crowd, issued: Sequence[int], kills: Sequence[float]
) -> Audit:
    """Compare what was said, what is stored and what was shown. `kills` are moments of the monotonic clock."""
    found = Audit()
    _heard_once(engine, issued, found)
    _effects_once(engine, crowd, found)
    _shown_once(engine, telegram, kills, found)
    return found


def is_settled(engine: Engine) -> bool:
    """Whether nothing is waiting to be handled and nothing is owed."""
    with transaction(engine) as session:
        waiting = session.scalars(select(Heard.id).where(Heard.state == "waiting")).first()
        owed = session.scalars(select(Message.id).where(Message.state == "owed")).first()
    return waiting is None and owed is None


def _heard_once(engine: Engine, issued: Sequence[int], found: Audit) -> None:
    with transaction(engine) as session:
        rows = session.scalars(select(Heard).where(Heard.channel == "telegram").order_by(Heard.id)).all()
    found.heard = len(rows)
    if sorted(int(row.event_id) for row in rows) != sorted(issued):
        found.wrong.append(f"{len(issued)} updates issued, {len(rows)} stored")
    found.wrong += [f"inbox {row.id}: {row.state} {row.error}" for row in rows if row.state != "handled"]
    per_chat = defaultdict(list)
    for row in rows:
        per_chat[row.external_id].append(int(row.event_id))
    found.wrong += [
        f"chat {chat}: stored out of order" for chat, ids in per_chat.items() if ids != sorted(ids)
    ]


def _effects_once(engine: Engine, crowd: Crowd, found: Audit) -> None:
    with in_collective(engine, 1) as session:
        chat_of = {
            member: int(chat)
            for member, chat in session.execute(
                select(Member.id, Account.external_id)
                .join(Person, Person.id == Member.person_id)
                .join(Account, Account.person_id == Person.id)
                .where(Account.channel == "telegram")
            )
        }
        changes = session.scalars(select(Change.member_id).where(Change.what == "availability")).all()
        leads = session.scalars(select(Lead.source_id)).all()
        offers = session.scalars(select(Offer.member_id).where(Offer.answered_at.is_not(None))).all()
    stated = Counter(chat_of[member] for member in changes if chat_of[member] in crowd.speakers)
    brought = Counter(chat_of[member] for member in leads)
    found.statements, found.leads = stated.total(), brought.total()
    if stated != crowd.statements:
        found.wrong.append(f"statements said {crowd.statements}, stored {stated}")
    if brought != crowd.confirmed:
        found.wrong.append(f"leads confirmed {crowd.confirmed}, stored {brought}")
    answered = Counter(chat_of[member] for member in offers)
    found.answers = answered.total()
    if not answered <= crowd.interested:
        found.wrong.append(f"interest pressed {crowd.interested}, stored {answered}")


def _shown_once(engine: Engine, telegram: FakeTelegram, kills: Sequence[float], found: Audit) -> None:
    with transaction(engine) as session:
        rows = session.execute(
            select(Message, Account.external_id)
            .join(Account, Account.id == Message.account_id)
            .order_by(Message.id)
        ).all()
    ours: dict[int, list[Message]] = defaultdict(list)
    for row, chat in rows:
        ours[int(chat)].append(row)
        if row.state != "sent":
            found.wrong.append(f"outbox {row.id}: {row.state} {row.note}")
    found.delivered = len(rows)
    if len({(row.cause, row.position) for row, _ in rows}) != len(rows):
        found.wrong.append("one cause owes a message twice")
    for number, shown in telegram.chats.items():
        _compare(number, ours[number], shown, found)
        _explain_doubles(number, ours[number], shown, telegram.cut, kills, found)


def _compare(chat: int, rows: Sequence[Message], shown: Sequence[Shown], found: Audit) -> None:
    by_id = {str(message.message_id): message for message in shown}
    fresh = [int(row.platform_id or 0) for row in rows if row.edits_id is None]
    if fresh != sorted(fresh):
        found.wrong.append(f"chat {chat}: delivered out of order")
    for row in rows:
        message = by_id.get(str(row.platform_id))
        if message is None or row.card["text"] not in message.versions:
            found.wrong.append(f"outbox {row.id}: not shown in its own chat")


def _explain_doubles(
    chat: int,
    rows: Sequence[Message],
    shown: Sequence[Shown],
    cut: set[int],
    kills: Sequence[float],
    found: Audit,
) -> None:
    """Every message that no row knows of repeats one of this chat: its answer was lost, or a kill came in between."""
    recorded = {row.platform_id for row in rows}
    again: dict[str, list[float]] = defaultdict(list)
    for message in shown:
        if str(message.message_id) in recorded:
            again[message.versions[0]].append(message.at)
    for message in shown:
        if str(message.message_id) in recorded:
            continue
        later = [at for at in again[message.versions[0]] if at > message.at]
        if not later:
            found.wrong.append(f"chat {chat}: shows something that is not owed to it")
        elif message.message_id in cut:
            found.doubled_by_line += 1
        elif any(message.at <= kill <= min(later) for kill in kills):
            found.doubled_by_kill += 1
        else:
            found.wrong.append(f"chat {chat}: a double that no kill explains")
