"""Follows: the clients and themes a member wants to hear of. Private; they weigh in the wish part of a fit.

Sources: mission rows E1-E3. Stored as the member's likes, in their own words beside the taxonomy's.
"""

import re

from assistant.desk import Desk
from assistant.notices import AskFollow, Followed, Follows, Notice, Undone, Unfollowed
from db import members
from db.changes import Change
from db.members import Member
from dialogs.commands import Follow, Unfollow
from nlu import taxonomy

WHAT = "follow"
KINDS = ("like", "dislike")
LONGEST = 60  # characters of one subject; more is a story, not a subject
_BETWEEN = re.compile(r"\s*,\s*|\s+(?:en|and)\s+")
Pairs = list[tuple[str, str]]


def follow(desk: Desk, member: Member, command: Follow) -> list[Notice]:
    """From now on a lead of this client or about this theme suits the member a little better."""
    said = [" ".join(each.split()) for each in _BETWEEN.split(command.topic)]
    new = [(taxonomy.canonical(each), each) for each in said if 0 < len(each) <= LONGEST]
    if not new:
        return [AskFollow(member.id)]
    known = _known(desk, member)
    change = _change(desk, member, known)
    terms = {term for term, _said in new}
    members.set_terms(desk.session, member.id, "like", known["like"] + new)
    # who follows what they had ruled out changed their mind
    members.set_terms(
        desk.session, member.id, "dislike", [pair for pair in known["dislike"] if pair[0] not in terms]
    )
    return [Followed(member.id, tuple(each for _term, each in new), change.id)]


def unfollow(desk: Desk, member: Member, command: Unfollow) -> list[Notice]:
    """No longer follow a subject; with nothing named, or what was never followed, show what is."""
    kind = "dislike" if command.ruled_out else "like"
    known = _known(desk, member)
    named = {command.topic.casefold(), taxonomy.canonical(command.topic)}
    left = [pair for pair in known[kind] if named.isdisjoint({pair[0], pair[1].casefold()})]
    if left == known[kind]:
        return show(desk, member)
    gone = next(pair[1] for pair in known[kind] if pair not in left)
    change = _change(desk, member, known)
    members.set_terms(desk.session, member.id, kind, left)
    return [Unfollowed(member.id, gone, change.id, ruled_out=command.ruled_out)]


def show(desk: Desk, member: Member) -> list[Notice]:
    """Everything this member follows or wants nothing of."""
    known = _known(desk, member)
    return [Follows(member.id, *(tuple(said for _term, said in known[kind]) for kind in KINDS))]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """As it was before."""
    for kind in KINDS:
        members.set_terms(desk.session, member.id, kind, [tuple(pair) for pair in change.before[kind]])
    return [Undone(member.id, WHAT)]


def _known(desk: Desk, member: Member) -> dict[str, Pairs]:
    terms = members.terms_of(desk.session, [member.id])[member.id]
    return {kind: [(each.term, each.said) for each in terms if each.kind == kind] for kind in KINDS}


def _change(desk: Desk, member: Member, known: dict[str, Pairs]) -> Change:
    before = {kind: [list(pair) for pair in known[kind]] for kind in KINDS}
    change = Change(member_id=member.id, at=desk.now, what=WHAT, before=before)
    desk.session.add(change)
    desk.session.flush()
    return change
