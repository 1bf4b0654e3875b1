"""The outbox: messages we owe. Written in the transaction of their cause, delivered after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, TypedDict

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    Insert,
    Select,
    UniqueConstraint,
    and_,
    bindparam,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from db import driver, paces, questions
from db.accounts import Account
from db.base import Base, Json
from db.collectives import Collective
from db.session import locked, locking

OWED: ColumnElement[str] = literal_column(
    "'owed'"
)  # no parameter: a plan that is kept can only then use the index of what is owed
LONGEST_RETRY = timedelta(hours=1)  # after a fault; a later moment was written before the clock was set back
CLAIM = timedelta(seconds=45)  # longer than any delivery takes: then who took it is gone, and another may


IS_OWED = text("state = 'owed'")
IS_EDIT = text("edits_id IS NOT NULL")


class Message(Base):
    """One card for one account.

    `cause` and `position` name what it answers, so that a repeat owes nothing twice. `state` is "owed", "sent" or
    "failed"; `note` says why. `retry_at` is before when it is not delivered: in the morning, or after a fault. What is
    owed to a blocked account waits until it is back. `edits_id` is the message this one replaces; `platform_id` is
    the platform's name for it. `claimed_until` is how long one of several processes has it in hand. `knocks`: it only
    asks somebody to write to us; `receipt` is what the platform last said became of it: "delivered", "read", "failed".
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("cause", "position", name="uq_outbox_cause_position"),
        Index("ix_outbox_state", "state", "id"),
        Index("ix_outbox_account", "account_id", "id"),
        Index("ix_outbox_owed", "account_id", "id", sqlite_where=IS_OWED, postgresql_where=IS_OWED),
        # few are edits; without it every message that goes is looked for in all the others
        Index("ix_outbox_edits", "edits_id", sqlite_where=IS_EDIT, postgresql_where=IS_EDIT),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    collective_id: Mapped[int | None] = mapped_column(ForeignKey("collectives.id"))
    cause: Mapped[str]
    position: Mapped[int]
    card: Mapped[Json]
    edits_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="owed")
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    platform_id: Mapped[str | None]
    note: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    knocks: Mapped[bool] = mapped_column(default=False, server_default=false())
    receipt: Mapped[str | None]


class Button(Base):
    """A button under a message: bound to one account and one command, works once."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    collective_id: Mapped[int | None] = mapped_column(ForeignKey("collectives.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    label: Mapped[str]
    command: Mapped[Json]
    pressed_at: Mapped[datetime | None]


def owed(
    session: Session, channel: str, now: datetime, most: int = 100, heard_since: datetime | None = None
) -> Sequence[Message]:
    """Messages to deliver now on this channel, oldest first; per account only the oldest one, so that order holds.

    What a process has claimed, and what comes after it for the same account, is not among them. With `heard_since`
    who did not write since then gets knocks only, and who did gets none.
    """
    values = {"channel": channel, "now": now, "too_far": now + LONGEST_RETRY, "most": most}
    if heard_since is None:
        return questions.scalars(session, DUE, values)
    return questions.scalars(session, DUE_BY_WINDOW, {**values, "heard_since": heard_since})


_is_due = or_(
    Message.retry_at.is_(None),
    Message.retry_at <= bindparam("now"),
    and_(Message.attempts > 0, Message.retry_at > bindparam("too_far")),
)
_is_open = and_(Account.heard_at.is_not(None), Account.heard_at >= bindparam("heard_since"))


def _due(*also: ColumnElement[bool]) -> Select[Message]:
    other = aliased(Message)
    in_the_way = (
        select(other.id)
        .where(
            other.account_id == Message.account_id,
            other.state == OWED,
            other.knocks.is_(False),
            or_(
                other.claimed_until > func.now(),
                and_(
                    other.id < Message.id,
                    # what is kept for the morning stands in nobody's way; what a platform put off does
                    or_(other.retry_at.is_(None), other.retry_at <= bindparam("now"), other.attempts > 0),
                ),
            ),
        )
        .exists()
    )
    is_free = or_(Message.claimed_until.is_(None), Message.claimed_until <= func.now())
    return (
        select(Message)
        .join(Account, Account.id == Message.account_id)
        .where(
            Message.state == OWED,
            Account.channel == bindparam("channel"),
            Account.blocked.is_(False),
            _is_due,
            or_(Message.knocks & is_free, ~in_the_way),
            *also,
        )
        .order_by(Message.id)
        .limit(bindparam("most", type_=BigInteger))
    )


# Written once, as the sender asks all day: putting it together took five times as long as answering it.
DUE = _due()
DUE_BY_WINDOW = _due(_is_open != Message.knocks)
SHUT_OUT = (
    select(Account)
    .where(
        Account.channel == bindparam("channel"),
        Account.blocked.is_(False),
        ~_is_open,
        select(Message.id)
        .where(
            Message.account_id == Account.id,
            Message.state == OWED,
            Message.knocks.is_(False),
            _is_due,
        )
        .exists(),
    )
    .order_by(Account.id)
    .limit(bindparam("most", type_=BigInteger))
)


def hold(session: Session, channel: str) -> None:
    """Be the only process that decides about this channel, until this transaction ends."""
    if session.get_bind().dialect.name != "sqlite":
        paces.hold(session, channel)


def claim(
    session: Session,
    channel: str,
    now: datetime,
    per_s: float | None = None,
    heard_since: datetime | None = None,
    most: int = 100,
) -> Sequence[Message]:
    """As `owed`, and nobody else gets these for a while: not as many as `per_s` allows all processes together.

    SQLite has one process, which knows what it has in hand: there nothing is claimed, so that after a restart
    nothing has to wait for a claim to end.
    """
    if session.get_bind().dialect.name == "sqlite":
        return owed(session, channel, now, most, heard_since)
    pace, at = paces.hold(session, channel)  # processes ask one after another
    room = most if per_s is None else min(most, paces.places(pace, per_s, at))
    taken = owed(session, channel, now, room, heard_since)
    for message in taken:
        message.claimed_until = at + CLAIM
    if per_s is not None:
        paces.book(pace, len(taken), per_s, at)
    return taken


def shut_out(
    session: Session, channel: str, now: datetime, heard_since: datetime, most: int = 100
) -> Sequence[Account]:
    """Accounts to which something is due, and who did not write since then."""
    values = {"channel": channel, "now": now, "too_far": now + LONGEST_RETRY, "most": most}
    return questions.scalars(session, SHUT_OUT, {**values, "heard_since": heard_since})


def has_knocked(session: Session, account: Account) -> bool:
    """Whether a knock is on its way, or was brought since they last wrote."""
    query = select(Message.id).where(Message.account_id == account.id, Message.knocks)
    if account.heard_at is not None:
        query = query.where((Message.state == OWED) | (Message.created_at > account.heard_at))
    return session.scalars(query.limit(1)).first() is not None


def knocks_since(session: Session, channel: str, since: datetime) -> int:
    """How many knocks there were on a channel."""
    query = select(func.count(Message.id)).join(Account, Account.id == Message.account_id)
    return session.scalars(
        query.where(Account.channel == channel, Message.knocks, Message.created_at > since)
    ).one()


def put_knock(session: Session, message: "NewMessage") -> None:
    """Owe a knock."""
    session.add(Message(**message, knocks=True))
    session.flush()


def move(session: Session, account_id: int, to_account_id: int) -> None:
    """What is owed to one account of a person goes to another, with its buttons; a change of an old card stays."""
    moved = session.scalars(
        select(Message).where(
            Message.account_id == account_id,
            Message.state == OWED,
            Message.knocks.is_(False),
            Message.edits_id.is_(None),
        )
    ).all()
    for message in moved:
        message.account_id = to_account_id
        for each in session.scalars(select(Button).where(Button.message_id == message.id)):
            each.account_id = to_account_id


def on_channel(session: Session, channel: str, message_id: int) -> tuple[Message, Account] | None:
    """A message with its account, if that is on this channel; held, as several receipts of it may come at once."""
    query = select(Message, Account).join(Account, Account.id == Message.account_id)
    query = query.where(Message.id == message_id, Account.channel == channel)
    found = session.execute(query.with_for_update(of=Message)).one_or_none()
    return None if found is None else (found[0], found[1])


def of_account(session: Session, account_id: int) -> Sequence[Message]:
    """Everything sent to one account, in order: what a chat page shows."""
    query = select(Message).where(Message.account_id == account_id, Message.state == "sent")
    return session.scalars(query.order_by(Message.sent_at, Message.id)).all()


class NewMessage(TypedDict):
    """A message to store: the columns that are known when its card is made."""

    account_id: int
    collective_id: int | None
    cause: str
    position: int
    card: Json
    edits_id: int | None
    created_at: datetime
    retry_at: datetime | None


class NewButton(TypedDict):
    """A button to store: the columns that are known when its card is made."""

    token: str
    account_id: int
    collective_id: int | None
    label: str
    command: Json


# Written past the session's bookkeeping, which costs more than the writing: every turn owes something. Nobody waits for
# the ids of its messages: a button finds the one it stands under by what both were told of it.
PUT = insert(Message)
_OF_BUTTON = ("token", "account_id", "collective_id", "label", "command")


@cache
def _put_under(many: int) -> Insert:
    """So many buttons of one message."""
    under = select(Message.id).where(
        Message.cause == bindparam("of_cause"), Message.position == bindparam("at")
    )
    columns = Button.__table__.c
    return insert(Button).values(
        [
            {each: bindparam(f"{each}_{place}", type_=columns[each].type) for each in _OF_BUTTON}
            | {"message_id": under.scalar_subquery()}
            for place in range(many)
        ]
    )


def put(
    session: Session, messages: Sequence[NewMessage], buttons: Sequence[tuple[int, NewButton]] = ()
) -> None:
    """Owe the messages of a turn, and store each button under the message at its position."""
    for each in messages:
        driver.tell(session, PUT, each)
    cause = {each["position"]: each["cause"] for each in messages}
    for position, under in groupby(buttons, key=itemgetter(0)):
        some = [button for _position, button in under]
        named = {f"{name}_{place}": value for place, each in enumerate(some) for name, value in each.items()}
        driver.tell(session, _put_under(len(some)), {**named, "of_cause": cause[position], "at": position})


# Written once: putting a question together costs as much as asking it, and every press asks these.
BY_TOKEN = select(Button).where(Button.token == bindparam("token"))
PRESSED = (
    select(Button.pressed_at, Message.card)
    .join(Message, Message.id == Button.message_id)
    .where(Button.id == bindparam("button_id"))
)
PRESS = (
    update(Button.__table__)  # type: ignore[arg-type]
    .where(Button.message_id == bindparam("under"))
    .values(pressed_at=bindparam("now"))
)


def _pressing(*also: ColumnElement[Any]) -> Select[Account, Collective, Button, *tuple[Any, ...]]:
    return (
        select(Account, Collective, Button, *also)
        .join(Button, Button.account_id == Account.id)
        .join(Collective, Collective.id == Button.collective_id)
        .where(
            Account.channel == bindparam("channel"),
            Account.external_id == bindparam("external_id"),
            Button.token == bindparam("token"),
        )
        .with_for_update(of=Collective, key_share=True)
    )


# as `accounts.TALKING`: what a press is about is held, and locked to, in the question that finds it
PRESSING = {"sqlite": _pressing(), "postgresql": _pressing(locking(Collective.id))}


def pressing(
    session: Session, channel: str, external_id: str, token: str
) -> tuple[Account, Collective, Button] | None:
    """The account at this address, its own button with this token, and the collective that is about, held.

    None where it has no such button, or one that is about no collective.
    """
    question = PRESSING[session.get_bind().dialect.name]
    values = {"channel": channel, "external_id": external_id, "token": token}
    found = questions.mixed(session, question, values)
    if not found:
        return None
    account, collective, button, *shut = found[0]
    if shut:
        locked(session, collective.id)
    return account, collective, button


def button(session: Session, token: str) -> Button | None:
    """The button with this token, whoever it belongs to: the caller checks that."""
    return questions.first(session, BY_TOKEN, {"token": token})


def pressed(session: Session, button: Button) -> tuple[datetime | None, Json]:
    """When a button was pressed, as it is now, and the card it stands under."""
    (found,) = questions.mixed(session, PRESSED, {"button_id": button.id})
    return found


def press(session: Session, button: Button, now: datetime) -> None:
    """A button and all others under the same message were pressed: none works again."""
    driver.tell(session, PRESS, {"under": button.message_id, "now": now})


def find_button(session: Session, channel: str, external_id: str, label: str) -> str | None:
    """The token of the newest button of an account whose label contains `label`; those not pressed yet come first."""
    wanted = label.casefold()
    for is_fresh in (Button.pressed_at.is_(None), Button.pressed_at.is_not(None)):
        query = (
            select(Button)
            .join(Message, Message.id == Button.message_id)
            .join(Account, Account.id == Message.account_id)
            .where(Account.channel == channel, Account.external_id == external_id, Message.state == "sent")
            .where(is_fresh)
            .order_by(Message.id.desc(), Button.id)
        )
        if not wanted:  # any will do: a long history is not read for it
            query = query.limit(1)
        for button in session.scalars(query):
            if wanted in button.label.casefold():
                return button.token
    return None


def last_moment(session: Session) -> datetime | None:
    """When something was last written."""
    return session.scalars(select(func.max(Message.created_at))).one()
