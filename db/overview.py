"""Counts for the operator: how much there is, and how much is stuck. No names, no texts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.accounts import Account
from db.collectives import Collective
from db.inbox import Heard
from db.members import Member
from db.outbox import Message


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of rows, across all collectives. `reasons` are why messages were set aside, the most frequent first."""

    collectives: int
    members: int
    waiting: int
    failed: int
    owed: int
    refused: int
    blocked: int
    reasons: tuple[tuple[str, int], ...] = ()


def counts(session: Session) -> Counts:
    """Count everything an operator should know of."""
    members = Member.__table__  # a table, not the mapped class: this is counted across collectives

    def number(condition: ColumnElement[bool]) -> int:
        return session.execute(select(func.count()).where(condition)).scalar_one()

    return Counts(
        collectives=session.execute(select(func.count(Collective.id))).scalar_one(),
        members=number(members.c.state == "active"),
        waiting=number(Heard.state.in_(("raw", "waiting"))),
        failed=number(Heard.state == "failed"),
        owed=number(Message.state == "owed"),
        refused=number(Message.state == "failed"),
        blocked=number(Account.blocked.is_(True)),
        reasons=_reasons(session),
    )


def backlog(session: Session, now: datetime) -> dict[str, float]:
    """Numbers of what waits or is stuck, and how many seconds the oldest of it has waited."""

    def number(condition: ColumnElement[bool]) -> int:
        return session.execute(select(func.count()).where(condition)).scalar_one()

    def age(moment: datetime | None) -> float:
        return max(0.0, (now - moment).total_seconds()) if moment else 0.0

    undone, due = (
        Heard.state.in_(("raw", "waiting")),
        (Message.retry_at.is_(None)) | (Message.retry_at <= now),
    )
    owed = (
        (Message.state == "owed") & due & Message.account_id.not_in(select(Account.id).where(Account.blocked))
    )
    return {
        "waiting": number(undone),
        "failed": number(Heard.state == "failed"),
        "owed": number(owed),
        "refused": number(Message.state == "failed"),
        "blocked": number(Account.blocked.is_(True)),
        "oldest_waiting_s": age(session.scalars(select(func.min(Heard.received_at)).where(undone)).one()),
        "oldest_owed_s": age(session.scalars(select(func.min(Message.created_at)).where(owed)).one()),
    }


def _reasons(session: Session, most: int = 5) -> tuple[tuple[str, int], ...]:
    count = func.count(Message.id)
    query = select(Message.note, count).where(Message.state == "failed").group_by(Message.note)
    rows = session.execute(query.order_by(count.desc()).limit(most))
    return tuple((note or "no reason was kept", number) for note, number in rows)
