"""The ledger: who owes what to whom, and where every coin came from. Lines are added, never changed or removed.

One line moves one amount from one account (credit) to another (debit), so both sides are equal by the shape of
the table: a sum that is off cannot be written down, on any database. Money is whole cents, coins are whole
coins, and no line joins the two. The database itself refuses a change, a removal and a line in a closed year
(triggers, made by the migration).

A line that waits for somebody's word is "pending"; a second line makes it "confirmed" or "voided".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    case,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from db.base import Owned
from db.collectives import hold
from db.session import collective_of

Currency = Literal["EUR", "COIN"]
Cause = Literal["report", "dues", "payment", "correction", "coins", "year end"]
State = Literal["posted", "pending", "confirmed", "voided"]
OwnKind = Literal["bank", "contributions", "dues", "shared", "pot", "waived", "coins_issued"]
MemberKind = Literal["contribution_due", "source_due", "source_share", "dues_due", "payout_due", "coins"]
Kind = OwnKind | MemberKind

OWN_KINDS: tuple[OwnKind, ...] = get_args(OwnKind)
MEMBER_KINDS: tuple[MemberKind, ...] = get_args(MemberKind)
COIN_KINDS: tuple[Kind, ...] = ("coins", "coins_issued")
SNAPSHOT_EVERY = 100  # lines: a balance adds up about this many, however long the ledger is
_CHUNK = 500  # values in one question


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """Where amounts are: of the collective, or of one of its members.

    A positive balance of `bank` was received, of `*_due` is owed by the member (`payout_due`: negative, owed
    to the member), of `coins` is held. Positive is debit. Raises ValueError for a kind that needs a member
    without one, or the other way round.
    """

    kind: Kind
    member_id: int | None = None

    def __post_init__(self) -> None:
        if (self.member_id is not None) != (self.kind in MEMBER_KINDS):
            raise ValueError(f"{self.kind} {'needs' if self.member_id is None else 'has no'} member")

    @property
    def currency(self) -> Currency:
        """Euros in whole cents, or whole coins: never both on one account."""
        return "COIN" if self.kind in COIN_KINDS else "EUR"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line to book. `amount` is above zero, in whole cents or coins.

    `key` names what caused it, so that booking it again changes nothing. `corrects_id` is the line it mends.
    """

    key: str
    cause: Cause
    debit: Account
    credit: Account
    amount: int
    deal_id: int | None = None
    by_id: int | None = None
    why: str | None = None
    pending: bool = False
    corrects_id: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on an account, and what waits for somebody's word; whole cents or coins, debit is positive."""

    posted: int = 0
    pending: int = 0


class Line(NamedTuple):
    """An entry as plain values, for reading very many."""

    id: int
    state: str
    debit: str
    debit_member_id: int | None
    credit: str
    credit_member_id: int | None
    amount: int
    cause: str
    booked_on: date
    made_at: datetime
    deal_id: int | None
    settles_id: int | None
    corrects_id: int | None


class KeyReusedError(ValueError):
    """Something else was booked under this key before: two causes share a name."""


def _among(column: str, kinds: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(kind) for kind in kinds)})"


class Entry(Owned):
    """A line of the ledger. `booked_on` is the day it counts for, on the calendar of the collective."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("collective_id", "key", name="uq_ledger_entries_key"),
        CheckConstraint("amount > 0", name="ck_ledger_entries_amount"),
        CheckConstraint(
            f"{_among('debit', (*OWN_KINDS, *MEMBER_KINDS))} AND {_among('credit', (*OWN_KINDS, *MEMBER_KINDS))}",
            name="ck_ledger_entries_kinds",
        ),
        CheckConstraint(
            f"({_among('debit', COIN_KINDS)}) = ({_among('credit', COIN_KINDS)})",
            name="ck_ledger_entries_currency",
        ),
        CheckConstraint(
            f"({_among('debit', MEMBER_KINDS)}) = (debit_member_id IS NOT NULL)"
            f" AND ({_among('credit', MEMBER_KINDS)}) = (credit_member_id IS NOT NULL)",
            name="ck_ledger_entries_members",
        ),
        CheckConstraint(
            "debit <> credit OR COALESCE(debit_member_id, 0) <> COALESCE(credit_member_id, 0)",
            name="ck_ledger_entries_sides",
        ),
        CheckConstraint(
            "state IN ('posted', 'pending', 'confirmed', 'voided')"
            " AND (state IN ('confirmed', 'voided')) = (settles_id IS NOT NULL)",
            name="ck_ledger_entries_state",
        ),
        # Each holds all that a balance needs: it is summed from the index alone.
        Index(
            "ix_ledger_entries_debit", "collective_id", "debit", "debit_member_id", "id", "state", "amount"
        ),
        Index(
            "ix_ledger_entries_credit", "collective_id", "credit", "credit_member_id", "id", "state", "amount"
        ),
    )

    key: Mapped[str]
    cause: Mapped[str]
    state: Mapped[str]
    debit: Mapped[str]
    debit_member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    credit: Mapped[str]
    credit_member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    amount: Mapped[int]
    booked_on: Mapped[date]
    made_at: Mapped[datetime]
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deals.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    why: Mapped[str | None]
    settles_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))

    @property
    def from_account(self) -> Account:
        """The credit side."""
        return Account(self.credit, self.credit_member_id)  # type: ignore[arg-type]  # the table checks the kinds

    @property
    def to_account(self) -> Account:
        """The debit side."""
        return Account(self.debit, self.debit_member_id)  # type: ignore[arg-type]


class Snapshot(Owned):
    """What an account came to up to and including one line, so that a balance need not add up all before it."""

    __tablename__ = "ledger_snapshots"
    __table_args__ = (
        Index("ix_ledger_snapshots_account", "collective_id", "kind", "member_id", "through_id", unique=True),
    )

    kind: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    through_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    posted: Mapped[int]
    pending: Mapped[int]


# --- writing ----------------------------------------------------------------------------------------------------


def book(session: Session, transfers: Sequence[Transfer], on: date, now: datetime) -> list[Entry]:
    """Write these lines and return the new ones; a key that was booked before is passed over.

    Raises KeyReusedError when that key moved something else, IntegrityError when the year of `on` is closed.
    """
    hold(session, collective_of(session))  # ids follow the order of commits: snapshots rely on it
    known = _with_keys(session, [each.key for each in transfers])
    rows: dict[str, Entry] = {}
    for each in transfers:
        before = known.get(each.key) or rows.get(each.key)
        if before is None:
            rows[each.key] = _row(each, on, now)
        elif not _same(before, each):
            raise KeyReusedError(each.key)
    session.add_all(rows.values())
    session.flush()
    _snapshot_when_due(session, list(rows.values()))
    return list(rows.values())


def confirm(session: Session, entry: Entry, on: date, now: datetime, by_id: int | None) -> Entry | None:
    """A pending line counts from now on; None when it was confirmed or voided before."""
    return _settle(session, entry, "confirmed", on, now, by_id)


def void(session: Session, entry: Entry, on: date, now: datetime, by_id: int | None) -> Entry | None:
    """A pending line will never count; None when it was confirmed or voided before."""
    return _settle(session, entry, "voided", on, now, by_id)


def snapshot(session: Session, account: Account, through_id: int) -> None:
    """Note what an account comes to through this line; passed over when that is noted."""
    row = _last_snapshot(session, account)
    if row is not None and row.through_id >= through_id:
        return
    sums = balance(session, account, through_id)
    session.add(
        Snapshot(
            kind=account.kind,
            member_id=account.member_id,
            through_id=through_id,
            posted=sums.posted,
            pending=sums.pending,
        )
    )
    session.flush()


def _row(each: Transfer, on: date, now: datetime) -> Entry:
    if each.debit.currency != each.credit.currency or each.amount <= 0:
        raise ValueError("a line moves an amount above zero, in one currency")
    return Entry(
        key=each.key,
        cause=each.cause,
        state="pending" if each.pending else "posted",
        debit=each.debit.kind,
        debit_member_id=each.debit.member_id,
        credit=each.credit.kind,
        credit_member_id=each.credit.member_id,
        amount=each.amount,
        booked_on=on,
        made_at=now,
        deal_id=each.deal_id,
        by_id=each.by_id,
        why=each.why,
        corrects_id=each.corrects_id,
    )


def _same(row: Entry, each: Transfer) -> bool:
    return (row.to_account, row.from_account, row.amount) == (each.debit, each.credit, each.amount)


def _settle(
    session: Session,
    entry: Entry,
    state: Literal["confirmed", "voided"],
    on: date,
    now: datetime,
    by_id: int | None,
) -> Entry | None:
    hold(session, collective_of(session))
    if entry.state != "pending":
        raise ValueError("only what is pending waits for a word")
    if session.scalars(select(Entry.id).where(Entry.settles_id == entry.id)).first() is not None:
        return None
    row = Entry(
        key=f"{entry.key}/{state}",
        cause=entry.cause,
        state=state,
        debit=entry.debit,
        debit_member_id=entry.debit_member_id,
        credit=entry.credit,
        credit_member_id=entry.credit_member_id,
        amount=entry.amount,
        booked_on=on,
        made_at=now,
        deal_id=entry.deal_id,
        by_id=by_id,
        settles_id=entry.id,
    )
    session.add(row)
    session.flush()
    _snapshot_when_due(session, [row])
    return row


def _snapshot_when_due(session: Session, rows: Sequence[Entry]) -> None:
    for row in rows:
        if row.id % SNAPSHOT_EVERY == 0:
            for account in (row.to_account, row.from_account):
                snapshot(session, account, row.id)


# --- asking -----------------------------------------------------------------------------------------------------


def balance(session: Session, account: Account, through_id: int | None = None) -> Balance:
    """What stands on an account: the newest snapshot and the lines after it."""
    before = _last_snapshot(session, account)
    posted, pending, after = (before.posted, before.pending, before.through_id) if before else (0, 0, 0)
    for column, member, sign in _SIDES:
        query = select(func.coalesce(func.sum(_POSTED), 0), func.coalesce(func.sum(_PENDING), 0)).where(
            column == account.kind, member == account.member_id, Entry.id > after
        )
        if through_id is not None:
            query = query.where(Entry.id <= through_id)
        more, waiting = session.execute(query).one()
        posted, pending = posted + sign * int(more), pending + sign * int(waiting)
    return Balance(posted, pending)


def balances(session: Session, kind: Kind, until: date | None = None) -> dict[int, Balance]:
    """The balance of each member who ever had something on this kind of account, up to and including a day."""
    found: dict[int, Balance] = {}
    for column, member, sign in _SIDES:
        query = select(member, func.sum(_POSTED), func.sum(_PENDING)).where(
            column == kind, member.is_not(None)
        )
        for member_id, posted, pending in session.execute(query.where(_until(until)).group_by(member)):
            holder = int(member_id or 0)
            before = found.get(holder, Balance())
            found[holder] = Balance(before.posted + sign * int(posted), before.pending + sign * int(pending))
    return dict(sorted(found.items()))


def totals(session: Session, until: date) -> dict[Account, int]:
    """What stands on every account at the end of a day, where that is not zero; only what counts."""
    found: dict[Account, int] = {}
    for kind, member, sign in _SIDES:
        query = select(kind, member, func.sum(_POSTED)).where(Entry.booked_on <= until)
        for name, member_id, posted in session.execute(query.group_by(kind, member)):
            account = Account(name, member_id)  # type: ignore[arg-type]  # the table checks the kinds
            found[account] = found.get(account, 0) + sign * int(posted)
    ordered = sorted(found, key=lambda account: (account.kind, account.member_id or 0))
    return {account: found[account] for account in ordered if found[account]}


def flow(session: Session, debit: Kind, credit: Kind, until: date, since: date | None = None) -> int:
    """What went from `credit` to `debit` for good, less what went back; both days included."""
    total = 0
    for to, out, sign in ((debit, credit, 1), (credit, debit, -1)):
        query = select(func.coalesce(func.sum(_POSTED), 0)).where(Entry.debit == to, Entry.credit == out)
        if since is not None:
            query = query.where(Entry.booked_on >= since)
        total += sign * int(session.execute(query.where(Entry.booked_on <= until)).scalar_one())
    return total


def first_day(session: Session, after: date | None) -> date | None:
    """The earliest day of any line, or of any after a day; None when there is none."""
    query = select(func.min(Entry.booked_on))
    return session.scalar(query if after is None else query.where(Entry.booked_on > after))


def of_deals(session: Session, deal_ids: Sequence[int]) -> Sequence[Entry]:
    """The lines of these deals, in order."""
    return session.scalars(select(Entry).where(Entry.deal_id.in_(deal_ids)).order_by(Entry.id)).all()


def of_member(session: Session, member_id: int, year: int | None = None) -> Sequence[Entry]:
    """The lines on accounts of a member, in order; of one year, or all."""
    mine = or_(
        (Entry.debit.in_(MEMBER_KINDS)) & (Entry.debit_member_id == member_id),
        (Entry.credit.in_(MEMBER_KINDS)) & (Entry.credit_member_id == member_id),
    )
    return session.scalars(_in_year(select(Entry).where(mine), year).order_by(Entry.id)).all()


def of_year(session: Session, year: int | None = None) -> Iterator[Entry]:
    """Every line of the collective, in order, a few at a time; of one year, or all."""
    query = _in_year(select(Entry), year).order_by(Entry.id)
    return iter(session.scalars(query, execution_options={"yield_per": 1000}))


def lines(session: Session, ids: Sequence[int] | None = None) -> Iterator[Line]:
    """Every line, in order and a few at a time; or only these."""
    columns = [getattr(Entry, name) for name in Line._fields]
    for first in range(0, 1 if ids is None else len(ids), _CHUNK):
        query = select(*columns).order_by(Entry.id)
        if ids is not None:
            query = query.where(Entry.id.in_(ids[first : first + _CHUNK]))
        for row in session.execute(query, execution_options={"yield_per": 5000}):
            yield Line._make(row)


def waiting(session: Session) -> Sequence[Entry]:
    """Pending lines that nobody confirmed or voided, oldest first."""
    settled = select(Entry.settles_id).where(Entry.settles_id.is_not(None))
    query = select(Entry).where(Entry.state == "pending", Entry.id.not_in(settled))
    return session.scalars(query.order_by(Entry.id)).all()


def with_key(session: Session, key: str) -> Entry | None:
    """The line that was booked under this key."""
    return session.scalars(select(Entry).where(Entry.key == key)).one_or_none()


def first_of(session: Session, cause: Cause, *, but: str) -> Entry | None:
    """The oldest line of this cause whose key does not end in `but`; None when there is none."""
    own = (Entry.cause == cause, ~Entry.key.endswith(but, autoescape=True))
    return session.scalars(select(Entry).where(*own).order_by(Entry.id).limit(1)).first()


def with_keys_like(session: Session, start: str) -> Sequence[Entry]:
    """The lines whose key begins so, in order."""
    return session.scalars(
        select(Entry).where(Entry.key.startswith(start, autoescape=True)).order_by(Entry.id)
    ).all()


def snapshots(session: Session) -> Sequence[Snapshot]:
    """Every snapshot, in order."""
    return session.scalars(select(Snapshot).order_by(Snapshot.through_id, Snapshot.id)).all()


def effect(state: str, amount: int) -> Balance:
    """What one line in this state does to the account on its debit side."""
    return Balance(
        amount if state in ("posted", "confirmed") else 0,
        {"pending": amount, "confirmed": -amount, "voided": -amount}.get(state, 0),
    )


# `effect`, for the database.
_POSTED: ColumnElement[int] = case((Entry.state.in_(("posted", "confirmed")), Entry.amount), else_=0)
_PENDING: ColumnElement[int] = case(
    (Entry.state == "pending", Entry.amount),
    (Entry.state.in_(("confirmed", "voided")), -Entry.amount),
    else_=0,
)
_SIDES = ((Entry.debit, Entry.debit_member_id, 1), (Entry.credit, Entry.credit_member_id, -1))


def _last_snapshot(session: Session, account: Account) -> Snapshot | None:
    query = select(Snapshot).where(Snapshot.kind == account.kind, Snapshot.member_id == account.member_id)
    return session.scalars(query.order_by(Snapshot.through_id.desc()).limit(1)).first()


def _with_keys(session: Session, keys: Sequence[str]) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for first in range(0, len(keys), _CHUNK):
        query = select(Entry).where(Entry.key.in_(keys[first : first + _CHUNK]))
        found |= {row.key: row for row in session.scalars(query)}
    return found


def _until(until: date | None) -> ColumnElement[bool]:
    return true() if until is None else Entry.booked_on <= until


def _in_year(query: Select[Entry], year: int | None) -> Select[Entry]:
    if year is None:
        return query
    return query.where(Entry.booked_on >= date(year, 1, 1), Entry.booked_on <= date(year, 12, 31))
