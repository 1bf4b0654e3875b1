"""Roles: who keeps the collective, its money and its door; given and taken back by a coordinator in chat, and kept."""

from assistant import rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    LastOfRole,
    Notice,
    RoleKnown,
    RoleSet,
    RolesShown,
    RoleYours,
    TipImpossible,
    Undone,
)
from assistant.rules.rights import Role
from db import members
from db.changes import Change
from db.members import Member
from dialogs.commands import EndRole, GiveRole

WHAT = "role"


def show(desk: Desk, member: Member) -> list[Notice]:
    """Who does what; anybody may know."""
    may_change = rights.may(desk, member, "roles")
    names = {role: tuple(each.name for each in members.with_role(desk.session, role)) for role in _FIELDS}
    return [
        RolesShown(
            member.id,
            desk.collective.name,
            names["coordinator"],
            names["treasurer"],
            names["intake"],
            may_change,
        )
    ]


def give(desk: Desk, member: Member, command: GiveRole) -> list[Notice]:
    """Somebody gets a role; they hear it, and so do the other coordinators."""
    rights.require(desk, member, "roles")
    found = _the_one_named(desk, member, command.name)
    if _has(found, command.role):
        return [RoleKnown(member.id, command.role, found.name, has=True)]
    return _changed(desk, member, found, command.role, has=True)


def end(desk: Desk, member: Member, command: EndRole) -> list[Notice]:
    """Somebody has a role no longer: a coordinator says so, or they do themselves."""
    found = member if command.name is None else _the_one_named(desk, member, command.name)
    if found.id != member.id:
        rights.require(desk, member, "roles")
    if not _has(found, command.role):
        return [RoleKnown(member.id, command.role, found.name, has=False)]
    return _changed(desk, member, found, command.role, has=False)


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """As it was. Who has no right to it any more does not get it back in this way."""
    rights.require(desk, member, "roles")
    role: Role = change.before["role"]
    found, had = desk.member(change.before["member_id"]), change.before["had"]
    _set(desk, member, found, role, has=had)
    return [Undone(member.id, WHAT), *_told(desk, member, found, role, has=had)]


def _changed(desk: Desk, member: Member, found: Member, role: Role, *, has: bool) -> list[Notice]:
    others = [each.id for each in members.coordinators(desk.session) if each.id not in (member.id, found.id)]
    _set(desk, member, found, role, has=has)
    before = {"role": role, "member_id": found.id, "had": not has}
    change = Change(member_id=member.id, at=desk.now, what=WHAT, subject_id=found.id, before=before)
    desk.session.add(change)
    desk.session.flush()
    own = found.id == member.id
    undo = change.id if rights.may(desk, member, "roles") else None
    told: list[Notice] = [RoleSet(member.id, role, found.name, has, undo, own=own)]
    by = None if own else member.name
    told += [RoleSet(each, role, found.name, has, by=by, other=True) for each in others]
    return [*told, *_told(desk, member, found, role, has=has)]


def _told(desk: Desk, member: Member, found: Member, role: Role, *, has: bool) -> list[Notice]:
    """Whose role it is hears it, if they did not say so themselves."""
    if found.id == member.id or found.state != "active":
        return []
    return [RoleYours(found.id, role, member.name, desk.collective.name, has=has)]


def _set(desk: Desk, member: Member, found: Member, role: Role, *, has: bool) -> None:
    """The last coordinator stays: without one nobody could ever give a role again."""
    others = [each for each in members.coordinators(desk.session) if each.id != found.id]
    if role == "coordinator" and not has and not others:
        raise RefusedError(LastOfRole(member.id, desk.collective.name, own=found.id == member.id))
    setattr(found, _FIELDS[role], has)


def _has(member: Member, role: Role) -> bool:
    held: bool = getattr(member, _FIELDS[role])
    return held


def _the_one_named(desk: Desk, member: Member, name: str) -> Member:
    """Who is meant; refused when that is nobody or could be several."""
    found = members.named(desk.session, name)
    if len(found) != 1:
        raise RefusedError(TipImpossible(member.id, name, "several" if found else "unknown"))
    return found[0]


_FIELDS = members.ROLES
