"""Pools: members who work for one client under its framework contract, at the rate that the client set."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Owned


class Pool(Owned):
    """A pool of one client. `rate_cents` per `rate_unit` ("hour" or "day") is what the client set; None: nothing.

    `contract` is the address of the client's standard contract (mission row B10).
    """

    __tablename__ = "pools"
    __table_args__ = (UniqueConstraint("collective_id", "name", name="uq_pools_name"),)

    name: Mapped[str]
    client: Mapped[str]
    rate_cents: Mapped[int | None]
    rate_unit: Mapped[str | None]
    contract: Mapped[str | None]


class PoolMember(Owned):
    """A member of a pool; one may be in several (mission row B4)."""

    __tablename__ = "pool_members"
    __table_args__ = (UniqueConstraint("pool_id", "member_id", name="uq_pool_members_pool_member"),)

    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)


def everyone(session: Session) -> Sequence[Pool]:
    """Every pool, by name."""
    return session.scalars(select(Pool).order_by(func.lower(Pool.name), Pool.id)).all()


def named(session: Session, name: str) -> Pool | None:
    """The pool of this name, whatever the case."""
    return session.scalars(select(Pool).where(func.lower(Pool.name) == name.strip().lower())).first()


def of_member(session: Session, member_id: int) -> Sequence[Pool]:
    """The pools this member is in, by name."""
    query = select(Pool).join(PoolMember, PoolMember.pool_id == Pool.id)
    return session.scalars(query.where(PoolMember.member_id == member_id).order_by(Pool.name)).all()


def members_of(session: Session, pool_id: int) -> Sequence[PoolMember]:
    """Who is in a pool, in the order they came."""
    return session.scalars(
        select(PoolMember).where(PoolMember.pool_id == pool_id).order_by(PoolMember.id)
    ).all()
