"""Everybody: who is in the collective. A list of names is for who runs it; to a member it is a number (trust.md)."""

from assistant import rights
from assistant.desk import Desk
from assistant.notices import MembersShown, NobodyPutOut, Notice
from db import members
from db.lookups import Lookup
from db.members import Member
from dialogs.commands import PutOut

MOST = 60  # names in one message


def show(desk: Desk, member: Member) -> list[Notice]:
    """Names by alphabet to who may see them, which the members can look up; else how many there are."""
    rows = members.active(desk.session)
    if not rights.may(desk, member, "members"):
        return [MembersShown(member.id, desk.collective.name, len(rows))]
    desk.session.add(Lookup(by_id=member.id, member_id=None, what="members", at=desk.now))
    names = tuple(sorted((each.name for each in rows), key=str.casefold))
    more = max(len(names) - MOST, 0)
    return [MembersShown(member.id, desk.collective.name, len(rows), names[:MOST], more)]


def put_out(desk: Desk, member: Member, command: PutOut) -> list[Notice]:
    """Nobody is put out by a message: that is for people to decide and to say."""
    return [NobodyPutOut(member.id, command.name, mine=rights.may(desk, member, "members"))]
