"""Which job or introduction a member means: the one they name, else the only one there is; otherwise they are asked."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import NoDeal, NotIntroduced, OnlyWhoWorks, WhichDeal, WhichIntroduction
from db import deals, introductions, offers
from db.deals import Deal
from db.introductions import Introduction
from db.leads import Lead
from db.members import Member
from dialogs import commands as do
from dialogs.commands import Command
from nlu.everyday import everyday
from nlu.lexicon import split

RECENT = timedelta(days=180)  # so far back what somebody won may have come from an offer
MOST_OFFERED = 5  # leads to choose from


def is_named(words: str, *texts: str | None) -> bool:
    """Whether all of these words but everyday ones stand in what the job or its client is called, and one at least."""
    known = {word for text in texts if text for word in split(text)}
    said = {word for word in split(words) if word in known or word not in everyday()}
    return bool(said) and known.issuperset(said)


def not_understood(words: str) -> str:
    """The words of these that say nothing to us: a typing error, perhaps. Everyday ones change nothing."""
    return " ".join(word for word in words.split() if word not in everyday())


def deal(
    desk: Desk,
    member: Member,
    number: int | None,
    words: str,
    command: Callable[[int], Command],
    *,
    running: bool,
) -> tuple[Deal, str]:
    """The job that is meant, and the words that do not name it. `running`: one that ended cannot be meant.

    Raises RefusedError when there is none, or several and none was named.
    """
    mine = [each for each in deals.of_member(desk.session, member.id) if number in (None, each.id)]
    if running and number is None:
        mine = [each for each in mine if each.state == "running"]
    named = [each for each in mine if is_named(words, each.title, each.client)]
    found = named or [each for each in mine if each.state == "running"] or mine[-1:]
    if not found:
        raise RefusedError(NoDeal(member.id))
    if len(found) > 1:
        raise RefusedError(WhichDeal(member.id, tuple((each.title, command(each.id)) for each in found)))
    return found[0], "" if named else not_understood(words)


def introduction(
    desk: Desk, member: Member, number: int | None, words: str, command: Callable[[int], Command]
) -> tuple[Introduction, Lead, str]:
    """The introduction through which the member won work, its lead, and the words that do not name it.

    Without a number one that no deal was told of. Raises RefusedError with a question when there is none or several.
    """
    every = introductions.of_member(desk.session, member.id)
    mine = [
        row
        for row in every
        if row.member_id == member.id and number in (None, row.id) and not _is_denied(row, member)
    ]
    of_lead = {row.id: desk.session.get_one(Lead, row.lead_id) for row in mine}
    named = [row for row in mine if is_named(words, of_lead[row.id].title)]
    fresh = [row for row in mine if row.outcome != "changed" and not _is_told(desk, row)]
    still = [row for row in fresh if row.outcome != "nothing"]
    found = named or still or fresh[:1] or mine[:1]
    if not found:
        raise RefusedError(_nobody(desk, member, every))
    if len(found) > 1:
        options = tuple((of_lead[row.id].title, command(row.id)) for row in found)
        raise RefusedError(WhichIntroduction(member.id, options))
    return found[0], of_lead[found[0].id], "" if named else not_understood(words)


def _is_denied(row: Introduction, member: Member) -> bool:
    """Somebody else said that nothing came of it: then who passed the work on is asked first."""
    return row.outcome == "nothing" and row.outcome_by != member.id


def _is_told(desk: Desk, row: Introduction) -> bool:
    return deals.of_introduction(desk.session, row.id) is not None


def _nobody(desk: Desk, member: Member, every: Sequence[Introduction]) -> OnlyWhoWorks | NotIntroduced:
    """Nobody introduced this member: perhaps they passed it on, perhaps it came from an offer to them."""
    passed_on = next((row for row in every if row.outcome in (None, "talks", "won")), None)
    if passed_on is not None:
        title = desk.session.get_one(Lead, passed_on.lead_id).title
        number = None if passed_on.outcome == "won" else passed_on.id
        return OnlyWhoWorks(member.id, title, desk.member(passed_on.member_id).name, number)
    offered = offers.made_to(desk.session, member.id, desk.now - RECENT)[:MOST_OFFERED]
    leads = [desk.session.get_one(Lead, offer.lead_id) for offer in offered]
    return NotIntroduced(member.id, tuple((lead.title, do.ClaimWork(lead.id)) for lead in leads))
