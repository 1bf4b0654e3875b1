"""The settings of the collective: shown, changed by a coordinator in chat, taken back; and who the coordinators are."""

from typing import Any

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    CoordinatorNamed,
    CoordinatorOnly,
    CreditShown,
    NamedCoordinator,
    NamedTreasurer,
    Notice,
    PolicyRefused,
    PolicySet,
    PolicyShown,
    TipImpossible,
    TreasurerNamed,
    Undone,
)
from assistant.rules import policy as rules
from assistant.rules.policy import OutOfBoundsError, policy_of
from db import members
from db.changes import Change
from db.members import Member
from dialogs.commands import NameCoordinator, NameTreasurer, SetPolicy

WHAT = "policy"


def show(desk: Desk, member: Member) -> list[Notice]:
    """How everything is set; anybody may know."""
    return [PolicyShown(member.id, desk.collective.name, desk.policy, member.is_coordinator)]


def show_credit(desk: Desk, member: Member) -> list[Notice]:
    """What is asked and given in money and coins; anybody may know (mission row D28)."""
    may_change = member.is_coordinator or member.is_treasurer
    return [CreditShown(member.id, desk.collective.name, desk.policy, may_change)]


def change(desk: Desk, member: Member, command: SetPolicy) -> list[Notice]:
    """One setting, read back; for leads and deals told from now on. Of money who keeps it may change them too."""
    if not (member.is_treasurer and command.name.startswith("credit_")):
        _only_coordinators(member)
    if (command.name, command.value) == ("chooser", "client") and desk.public_url is None:
        raise RefusedError(PolicyRefused(member.id, command.name))
    before = dict(desk.collective.policy)
    try:
        desk.collective.policy = rules.change(before, command.name, command.value)
    except OutOfBoundsError:
        raise RefusedError(PolicyRefused(member.id, command.name)) from None
    row = Change(member_id=member.id, at=desk.now, what=WHAT, before={"policy": before})
    desk.session.add(row)
    desk.session.flush()
    names: Any = ("quiet_from", "quiet_until") if command.name == "quiet_hours" else (command.name,)
    now = policy_of(desk.collective.policy, desk.collective.zone)
    others = [each.id for each in members.coordinators(desk.session) if each.id != member.id]
    told = [PolicySet(each, names, now, by=member.name) for each in others]
    return [PolicySet(member.id, names, now, row.id), *told]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """The settings as they were."""
    if not member.is_treasurer:
        _only_coordinators(member)
    desk.collective.policy = change.before["policy"]
    return [Undone(member.id, WHAT)]


def name_coordinator(desk: Desk, member: Member, command: NameCoordinator) -> list[Notice]:
    """Another coordinator beside who says so; the last one can then leave."""
    _only_coordinators(member)
    found = _the_one_named(desk, member, command.name)
    found.is_coordinator = True
    told: list[Notice] = [CoordinatorNamed(member.id, found.name)]
    if found.id != member.id:
        told.append(NamedCoordinator(found.id, member.name, desk.collective.name))
    return told


def name_treasurer(desk: Desk, member: Member, command: NameTreasurer) -> list[Notice]:
    """Somebody who keeps the money; until there is one, the coordinators do."""
    _only_coordinators(member)
    found = _the_one_named(desk, member, command.name)
    found.is_treasurer = True
    told: list[Notice] = [TreasurerNamed(member.id, found.name)]
    if found.id != member.id:
        told.append(NamedTreasurer(found.id, member.name, desk.collective.name))
    return told


def _the_one_named(desk: Desk, member: Member, name: str) -> Member:
    """Who is meant; refused when that is nobody or could be several."""
    found = members.named(desk.session, name)
    if len(found) != 1:
        raise RefusedError(TipImpossible(member.id, name, "several" if found else "unknown"))
    return found[0]


def _only_coordinators(member: Member) -> None:
    if not member.is_coordinator:
        raise RefusedError(CoordinatorOnly(member.id))
