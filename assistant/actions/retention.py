"""Retention: every night what was kept long enough goes, without a word. The terms stand in the rules."""

from assistant import erasing
from assistant.desk import Desk
from assistant.notices import Notice
from assistant.rules import retention as terms
from db import postings, retention
from db import rounds as planned


def forget_due(desk: Desk) -> list[Notice]:
    """Once a night, whatever the hour it is noticed."""
    due = planned.due(desk.session, "retention", desk.now)
    if due is None:
        return []
    due.at = terms.next_night(desk.now, desk.collective.zone)
    session, now = desk.session, desk.now
    retention.drafts(session, now - terms.DRAFT.length)
    retention.contacts(session, now - terms.CONTACT.length)
    retention.inquiries(session, now - terms.CONTACT.length)
    retention.words_of_answers(session, now - terms.ANSWER.length)
    retention.prints(session, now - terms.PRINT.length)
    retention.invitations(session, now - terms.INVITATION.length)
    retention.links(session, now - terms.LINK.length)
    retention.changes(session, now - terms.CHANGE.length)
    retention.periods(session, desk.today - terms.AVAILABILITY.length)
    retention.decisions(session, now - terms.DECISION.length)
    retention.lookups(session, now - terms.LOOKUP.length)
    retention.wishes(session, now - terms.WISH.length)
    postings.trim(session)
    session.expire_all()
    for member in retention.to_erase(session, now):
        erasing.erase(desk, member)
    return []
