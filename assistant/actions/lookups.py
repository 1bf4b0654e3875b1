"""Lookups: whenever somebody with a role looks at members through that role, the members can see that it was done."""

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.notices import CandidatesReady, Notice
from db.lookups import Lookup
from db.members import Member


def report(desk: Desk, member: Member, what: str) -> None:
    """Remember that a report about everybody was shown."""
    desk.session.add(Lookup(by_id=member.id, member_id=None, what=what, at=desk.now))


def candidates(desk: Desk, member: Member, shown: Sequence[Notice]) -> None:
    """Remember who was shown by name to who chooses as coordinator; what a source sees is their own lead's."""
    named = {
        each.member_id
        for notice in shown
        if isinstance(notice, CandidatesReady) and notice.source is not None
        for each in notice.candidates
    }
    desk.session.add_all(
        Lookup(by_id=member.id, member_id=number, what="candidates", at=desk.now) for number in sorted(named)
    )
