"""Why not me, and why somebody else: the first is answered from the log, the second kindly not at all."""

from collections import Counter
from datetime import timedelta

import msgspec

from assistant.desk import Desk
from assistant.notices import Notice, WhyNot, WhyNotLine, WhyOther
from assistant.rules.matching import RULE_VERSION, Gate, gates
from assistant.rules.ranking import Record
from db import decisions, offers
from db.decisions import Decision
from db.members import Member

DAYS = 30
HIDDEN: frozenset[Gate] = frozenset({"source", "excluded", "no_match"})


def why_not(desk: Desk, member: Member) -> list[Notice]:
    """The rules that kept this member from being asked lately, counted over the leads in their field.

    No lead is named: who was not asked is not to know what it was. A lead whose source ruled the member out is not
    counted, since that is the source's own business.
    """
    since = desk.now - timedelta(days=DAYS)
    newest: dict[int, Decision] = {row.lead_id: row for row in decisions.ranked_since(desk.session, since)}
    found = Counter(why for row in newest.values() if (why := _why(desk, row, member)) is not None)
    lines = tuple(WhyNotLine(why, count) for why, count in found.most_common())
    return [WhyNot(member.id, lines)]


def _why(desk: Desk, row: Decision, member: Member) -> Gate | None:
    """The first rule that shut this member out of one lead; None when there is none to tell of."""
    if row.rule_version != RULE_VERSION:
        return None
    offer = offers.of_lead_to(desk.session, row.lead_id, member.id)
    if offer is not None and (offer.offered_at is not None or offer.state == "barred"):
        return None
    question = msgspec.convert(row.content, Record).question
    me = next((one for one in question.candidates if one.member_id == member.id), None)
    shut = gates(question.wanted, me, question.today) if me is not None else ()
    return None if HIDDEN & {*shut} else next(iter(shut), None)


def why_other(_desk: Desk, member: Member, name: str) -> list[Notice]:
    """What is known of one member is not told to another."""
    return [WhyOther(member.id, name)]
