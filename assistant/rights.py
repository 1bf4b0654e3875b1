"""Whether this member may do this: their roles now, beside the table of rights."""

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import CoordinatorOnly, TreasurerOnly
from assistant.rules import rights as rules
from assistant.rules.rights import HELD_BY, SEEN, Right, Role
from db import members
from db.members import Member


def roles_of(desk: Desk, member: Member) -> frozenset[Role]:
    """The roles of a member. Where nobody keeps the money, the coordinators do."""
    if member.state != "active":
        return frozenset()
    held: set[Role] = set()
    if member.is_coordinator:
        held.add("coordinator")
    if member.is_intake:
        held.add("intake")
    if member.is_treasurer or (member.is_coordinator and not members.with_role(desk.session, "treasurer")):
        held.add("treasurer")
    return frozenset(held)


def may(desk: Desk, member: Member, right: Right) -> bool:
    """Whether this member has this right now."""
    return rules.may(roles_of(desk, member), right)


def require(desk: Desk, member: Member, right: Right) -> None:
    """Nothing, or RefusedError with whom to ask."""
    if may(desk, member, right):
        return
    if "coordinator" not in HELD_BY[right]:
        raise RefusedError(TreasurerOnly(member.id))
    raise RefusedError(CoordinatorOnly(member.id, "read" if right in SEEN else "change"))
