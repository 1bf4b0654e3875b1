"""Pools of a client: made and filled by a coordinator, with the rate that the client set (mission rows B4, B8)."""

import re
from dataclasses import replace
from typing import Literal

from assistant import rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    Notice,
    PoolContractSet,
    PoolJoined,
    PoolLine,
    PoolMade,
    PoolRateAsked,
    PoolRateSet,
    PoolRefused,
    PoolRemoveAsked,
    PoolRemoved,
    PoolRenamed,
    PoolsShown,
    TipImpossible,
)
from assistant.rules.pools import can_be
from db import members, pools
from db.members import Member
from db.pools import Pool, PoolMember
from dialogs.commands import JoinPool, MakePool, RemovePool, RenamePool, SetPoolContract, SetPoolRate
from nlu.meaning import Rate

LINK = re.compile(r"https://[^\s/?#]+\.[^\s]{2,}")  # of a page that nobody on the way can change


def make(desk: Desk, member: Member, command: MakePool) -> list[Notice]:
    """A pool of one client."""
    rights.require(desk, member, "pools")
    name, client = command.pool.strip(), command.client.strip()
    if pools.named(desk.session, name) is not None:
        raise RefusedError(PoolRefused(member.id, "known", name))
    desk.session.add(Pool(name=name, client=client))
    return [PoolMade(member.id, name, client)]


def join(desk: Desk, member: Member, command: JoinPool) -> list[Notice]:
    """Somebody is put in a pool, or taken out of it; they hear it."""
    rights.require(desk, member, "pools")
    pool = _pool(desk, member, command.pool)
    found = members.named(desk.session, command.name)
    if len(found) != 1:
        raise RefusedError(TipImpossible(member.id, command.name, "several" if found else "unknown"))
    row = next(
        (each for each in pools.members_of(desk.session, pool.id) if each.member_id == found[0].id), None
    )
    if command.out and row is None:
        raise RefusedError(PoolRefused(member.id, "not_in", pool.name))
    if command.out:
        desk.session.delete(row)
    elif row is None:
        desk.session.add(PoolMember(pool_id=pool.id, member_id=found[0].id))
    told = PoolJoined(member.id, pool.name, pool.client, _rate(pool), found[0].name, out=command.out)
    if found[0].id == member.id or (row is not None and not command.out):
        return [told]
    return [told, replace(told, member_id=found[0].id, name=None)]


def remove(desk: Desk, member: Member, command: RemovePool) -> list[Notice]:
    """A pool is over, after a look at who is in it; they hear it."""
    rights.require(desk, member, "pools")
    pool = _pool(desk, member, command.pool)
    rows = pools.members_of(desk.session, pool.id)
    if not command.sure:
        names = tuple(desk.member(each.member_id).name for each in rows)
        return [PoolRemoveAsked(member.id, pool.name, pool.client, names)]
    told: list[Notice] = [PoolRemoved(member.id, pool.name, pool.client, yours=False)]
    readers = [desk.member(each.member_id) for each in rows if each.member_id != member.id]
    told += [PoolRemoved(m.id, pool.name, pool.client, yours=True) for m in readers if m.state == "active"]
    for row in rows:
        desk.session.delete(row)
    desk.session.flush()
    desk.session.delete(pool)
    return told


def rename(desk: Desk, member: Member, command: RenamePool) -> list[Notice]:
    """Another name, that no other pool has."""
    rights.require(desk, member, "pools")
    pool, name = _pool(desk, member, command.pool), command.name.strip()
    known = pools.named(desk.session, name)
    if known is not None and known.id != pool.id:
        raise RefusedError(PoolRefused(member.id, "known", name))
    before, pool.name = pool.name, name
    return [PoolRenamed(member.id, before, name)]


def set_rate(desk: Desk, member: Member, command: SetPoolRate) -> list[Notice]:
    """The rate of a pool: only what its client set, so that is asked first. Who is in the pool hears it."""
    rights.require(desk, member, "pools")
    pool = _pool(desk, member, command.pool)
    if command.cents is None or not can_be(command.cents):
        raise RefusedError(PoolRefused(member.id, "amount", pool.name))
    rate = Rate(command.cents, command.cents, command.unit)
    if not command.by_client:
        return [PoolRateAsked(member.id, pool.name, pool.client, rate, command.cents, command.unit)]
    pool.rate_cents, pool.rate_unit = command.cents, command.unit
    readers = {member.id, *(each.member_id for each in pools.members_of(desk.session, pool.id))}
    return [
        PoolRateSet(each, pool.name, pool.client, rate)
        for each in sorted(readers, key=lambda each: (each != member.id, each))
        if desk.member(each).state == "active"
    ]


def set_contract(desk: Desk, member: Member, command: SetPoolContract) -> list[Notice]:
    """Where the client's standard contract is; who is chosen for its work gets the address."""
    rights.require(desk, member, "pools")
    pool, link = _pool(desk, member, command.pool), command.link.strip()
    if link and not LINK.fullmatch(link):
        raise RefusedError(PoolRefused(member.id, "link", pool.name))
    pool.contract = link or None
    return [PoolContractSet(member.id, pool.name, pool.client, pool.contract)]


def show(desk: Desk, member: Member) -> list[Notice]:
    """The pools one is in; to a coordinator all of them, with who is in."""
    if not rights.may(desk, member, "pools"):
        own = pools.of_member(desk.session, member.id)
        return [PoolsShown(member.id, tuple(_line(each, ()) for each in own), all=False)]
    lines = tuple(
        _line(
            pool, tuple(desk.member(each.member_id).name for each in pools.members_of(desk.session, pool.id))
        )
        for pool in pools.everyone(desk.session)
    )
    return [PoolsShown(member.id, lines, all=True)]


def _line(pool: Pool, names: tuple[str, ...]) -> PoolLine:
    return PoolLine(pool.name, pool.client, _rate(pool), names)


def _rate(pool: Pool) -> Rate | None:
    if pool.rate_cents is None:
        return None
    unit: Literal["hour", "day"] = "day" if pool.rate_unit == "day" else "hour"
    return Rate(pool.rate_cents, pool.rate_cents, unit)


def _pool(desk: Desk, member: Member, name: str) -> Pool:
    found = pools.named(desk.session, name)
    if found is None:
        raise RefusedError(PoolRefused(member.id, "unknown", name))
    return found
