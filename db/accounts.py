"""Accounts: where a person can be reached. An account is a name on a channel; a person may have several."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    ColumnElement,
    ForeignKey,
    Select,
    UniqueConstraint,
    bindparam,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Base
from db.collectives import Collective
from db.session import locked, locking


class Person(Base):
    """Somebody, apart from any collective. A person can be a member of several."""

    __tablename__ = "people"

    name: Mapped[str]


class Account(Base):
    """An address on a channel. Without a person it is a stranger's.

    `collective_id` is the collective this account is now talking with; `blocked` says that the platform
    no longer takes messages for it; `handle` is how another person reaches it on that channel ("@sanne"). `heard_at`
    is when they last wrote, on a platform where that matters; `preferred_at` when they last chose to hear from us here.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("channel", "external_id", name="uq_accounts_channel_external_id"),)

    channel: Mapped[str]
    external_id: Mapped[str]
    display_name: Mapped[str]
    language: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    collective_id: Mapped[int | None] = mapped_column(ForeignKey("collectives.id"))
    blocked: Mapped[bool] = mapped_column(default=False)
    handle: Mapped[str | None]
    heard_at: Mapped[datetime | None]
    preferred_at: Mapped[datetime | None]


# Written once: putting a question together costs as much as asking it, and every turn asks this one.
AT = select(Account).where(
    Account.channel == bindparam("channel"), Account.external_id == bindparam("external_id")
)


OF_PERSON = (
    select(Account)
    .where(Account.person_id == bindparam("person_id"))
    .order_by(Account.blocked, Account.preferred_at.desc().nulls_last(), Account.id.desc())
)


# Asked before PostgreSQL locks itself to one collective, in the same question: a guest is one in another.
IS_GUEST = literal_column(
    "EXISTS (SELECT 1 FROM members WHERE members.person_id = accounts.person_id AND members.state = 'guest')",
    Boolean,
)


def _talking(*also: ColumnElement[Any]) -> Select[Account, Collective, *tuple[Any, ...]]:
    return (
        select(Account, Collective, IS_GUEST, *also)
        .join(Collective, Collective.id == Account.collective_id)
        .where(Account.channel == bindparam("channel"), Account.external_id == bindparam("external_id"))
        .with_for_update(of=Collective, key_share=True)
    )


# who is held is who the turn is about nearly always: PostgreSQL is locked to it in the same question
TALKING = {"sqlite": _talking(), "postgresql": _talking(locking(Collective.id))}


class Talking(NamedTuple):
    """An account with the collective it is talking with, and whether its person is a guest of an allied one."""

    account: Account
    collective: Collective
    is_guest: bool


def talking(session: Session, channel: str, external_id: str) -> Talking | None:
    """Who talks at this address with which collective, which is held as `collectives.hold` does.

    None for who never wrote, and for who belongs nowhere yet.
    """
    question = TALKING[session.get_bind().dialect.name]
    found = questions.mixed(session, question, {"channel": channel, "external_id": external_id})
    if not found:
        return None
    account, collective, is_guest, *shut = found[0]
    if shut:
        locked(session, collective.id)
    return Talking(account, collective, is_guest)


def at(session: Session, channel: str, external_id: str) -> Account | None:
    """The account at this address, if it ever wrote."""
    return questions.first(session, AT, {"channel": channel, "external_id": external_id})


def known(session: Session, channel: str, external_id: str, display_name: str) -> Account:
    """The account at this address, made now if it never wrote before."""
    account = at(session, channel, external_id)
    if account is None:
        account = Account(channel=channel, external_id=external_id, display_name=display_name)
        session.add(account)
        session.flush()
    return account


def handle_of(session: Session, person_id: int) -> str | None:
    """The public name by which another person reaches this one, if any channel gave it."""
    return next((each.handle for each in of_person(session, person_id) if each.handle), None)


def of_person(session: Session, person_id: int) -> list[Account]:
    """Every account of a person: reachable ones first, then the one chosen last, then the newest."""
    return questions.scalars(session, OF_PERSON, {"person_id": person_id})
