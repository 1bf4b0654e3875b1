"""The settings of the collective: shown, changed by a coordinator in chat and taken back."""

from typing import Any

from assistant import rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    CreditShown,
    Notice,
    PolicyRefused,
    PolicySet,
    PolicyShown,
    Undone,
)
from assistant.rules import policy as rules
from assistant.rules.policy import OutOfBoundsError, policy_of
from assistant.rules.rights import Right
from db import members
from db.changes import Change
from db.members import Member
from dialogs.commands import SetPolicy

WHAT = "policy"


def show(desk: Desk, member: Member) -> list[Notice]:
    """How everything is set; anybody may know."""
    return [PolicyShown(member.id, desk.collective.name, desk.policy, rights.may(desk, member, "settings"))]


def show_credit(desk: Desk, member: Member) -> list[Notice]:
    """What is asked and given in money and coins; anybody may know (mission row D28)."""
    may_change = rights.may(desk, member, "credit_settings")
    return [CreditShown(member.id, desk.collective.name, desk.policy, may_change)]


def change(desk: Desk, member: Member, command: SetPolicy) -> list[Notice]:
    """One setting, read back; for leads and deals told from now on. Of money who keeps it may change them too."""
    rights.require(desk, member, _right_to(command.name))
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
    rights.require(desk, member, "credit_settings")
    desk.collective.policy = change.before["policy"]
    return [Undone(member.id, WHAT)]


def _right_to(name: str) -> Right:
    return "credit_settings" if name.startswith("credit_") else "settings"
