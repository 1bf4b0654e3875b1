"""Checks: availability is asked about before anybody relies on it, when it may change, and when a member wants it.

Sources: mission rows B9 (available then), C11 (the weekly check) and C14 (the end of an assignment). What is asked
unasked comes in working hours and not during a pause; what is asked weekly comes at the moment the member chose.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from assistant import agenda
from assistant.desk import Desk
from assistant.loading import lead_of, periods_of
from assistant.notices import (
    AskRhythmMoment,
    AssignmentEnds,
    AvailabilityCheck,
    AvailabilityKept,
    BusyEnds,
    Notice,
    RhythmSet,
    RhythmStopped,
    SpotForOthers,
)
from assistant.rules import assignments, quiet, rhythm
from assistant.rules import availability as rules
from assistant.rules.availability import Period
from assistant.running import STALE, confirmed_by, rests_on_old_word
from db import deals, introductions, offers, prompts
from db.introductions import Introduction
from db.leads import Lead as LeadRow
from db.members import Member
from db.offers import Offer
from db.prompts import Prompt
from dialogs.commands import AskEvery

WEEKLY, BUSY_END, JOB_END, JOB_SPOT = "weekly", "busy_end", "job_end", "job_spot"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)
LONGEST_PAUSE = timedelta(days=366)  # a longer one has no end that is worth waiting for


# --- what a member says of it -----------------------------------------------------------------------------------


def keep(desk: Desk, member: Member) -> list[Notice]:
    """ "Klopt nog": what was said before is as good as said today."""
    periods = tuple(replace(each, stated_on=desk.today) for each in periods_of(desk, member.id))
    agenda.put(desk, member, periods)
    desk.session.flush()
    return [AvailabilityKept(member.id, rules.ahead(periods, desk.today))]


def follow_up(desk: Desk, member: Member) -> None:
    """After a word about availability: what waited for it goes on, and the end of a busy time is remembered."""
    desk.session.flush()
    now = quiet.next_open(desk.now, desk.policy.quiet)
    for offer in offers.held(desk.session, member.id):
        offer.offer_at = now
    last = _busy_until(periods_of(desk, member.id), desk.today)
    at = assignments.ask_end_at(last, desk.now, desk.policy.quiet) if last else None
    too_soon = at is not None and at <= now  # who says today to be full for three weeks need not be asked now
    if at is not None or prompts.of_member(desk.session, member.id, BUSY_END) is not None:
        prompts.plan(desk.session, member.id, BUSY_END, 0, None if too_soon else at)


def ask_every(desk: Desk, member: Member, command: AskEvery) -> list[Notice]:
    """The weekly check, at a moment the member chose."""
    if command.weekday is None:
        return [AskRhythmMoment(member.id)]
    at = time(command.hour, command.minute)
    first = rhythm.first_at(desk.now, DAYS.index(command.weekday), at, desk.collective.zone)
    prompts.plan(desk.session, member.id, WEEKLY, 0, first)
    return [RhythmSet(member.id, first)]


def stop(desk: Desk, member: Member) -> list[Notice]:
    """No weekly check any more."""
    row = prompts.of_member(desk.session, member.id, WEEKLY)
    was_on = row is not None and row.at is not None
    if row is not None:
        row.at = None
    return [RhythmStopped(member.id, was_on=was_on)]


def _busy_until(periods: tuple[Period, ...], today: date) -> date | None:
    """The last day of the busy time that ends first, when nothing was said of the day after."""
    for each in periods:
        if each.status != "full" or each.end is None or each.end < today:
            continue
        after = each.end + A_DAY
        if not any(other.start <= after and (other.end is None or other.end >= after) for other in periods):
            return each.end
    return None


# --- assignments ------------------------------------------------------------------------------------------------


def plan_assignments(desk: Desk, member: Member) -> None:
    """Somebody told that an assignment is on: who does it is asked about its end, and what they see there."""
    desk.session.flush()
    for row in introductions.of_member(desk.session, member.id):
        if row.outcome != "won" or prompts.of_member(desk.session, row.member_id, JOB_SPOT, row.id):
            continue
        lead = lead_of(desk.session.get_one(LeadRow, row.lead_id))
        start = lead.start or row.introduced_at.date()
        last = assignments.last_day(start, lead.end, lead.duration_months)
        spot_at = assignments.ask_spot_at(start, last, desk.now, desk.policy.quiet)
        end_at = assignments.ask_end_at(last, desk.now, desk.policy.quiet) if last else None
        prompts.plan(desk.session, row.member_id, JOB_SPOT, row.id, spot_at)
        prompts.plan(desk.session, row.member_id, JOB_END, row.id, end_at)


# --- the clock --------------------------------------------------------------------------------------------------


def hold_stale(desk: Desk) -> list[Notice]:
    """Before an offer rests on an old word about availability, ask: one tap. The offer waits a while, then goes on."""
    notices: list[Notice] = []
    asked: set[int] = set()
    for offer in offers.due(desk.session, desk.now):
        lead = desk.session.get_one(LeadRow, offer.lead_id)
        member = desk.member(offer.member_id)
        if member.id not in asked and not _must_ask(desk, offer, lead, member):
            continue
        offer.offer_at = confirmed_by(desk, lead)
        if member.id not in asked:
            asked.add(member.id)
            prompts.note_asked(desk.session, member.id, STALE, 0, desk.now)
            periods = rules.ahead(periods_of(desk, member.id), desk.today)
            notices.append(AvailabilityCheck(member.id, "stale", periods))
    return notices


def _must_ask(desk: Desk, offer: Offer, lead: LeadRow, member: Member) -> bool:
    """Whether this offer would rest on an old statement, now that it could go out."""
    is_open = quiet.next_open(desk.now, desk.policy.quiet) <= desk.now
    if offer.tipped_by is not None or not is_open or _is_paused(desk, member) or member.state != "active":
        return False
    if not rests_on_old_word(desk, member.id, lead):
        return False
    sent = offers.sent_since(desk.session, member.id, desk.now - A_WEEK)
    return quiet.room_at(sent, desk.now, desk.policy.pushes_per_week) == desk.now


def ask_weekly(desk: Desk) -> list[Notice]:
    """The weekly check of who asked for it; a pause skips it."""
    notices: list[Notice] = []
    for row in prompts.due(desk.session, WEEKLY, desk.now):
        member = desk.member(row.member_id)
        last = row.at or desk.now
        row.at = rhythm.next_at(last, desk.now, desk.collective.zone) if member.state == "active" else None
        if member.state == "active" and not _is_paused(desk, member):
            row.asked_at = desk.now
            periods = rules.ahead(periods_of(desk, member.id), desk.today)
            notices.append(AvailabilityCheck(member.id, "weekly", periods))
    return notices


def ask_ends(desk: Desk) -> list[Notice]:
    """A month before a busy time or an assignment ends: free from then?"""
    notices: list[Notice] = []
    for _row, member in _due(desk, BUSY_END):
        last = _busy_until(periods_of(desk, member.id), desk.today)
        if last is not None:
            notices.append(BusyEnds(member.id, last, last + A_DAY))
    for row, member in _due(desk, JOB_END):
        lead_row, introduction = _assignment(desk, row)
        lead = lead_of(lead_row)
        start = lead.start or introduction.introduced_at.date()
        last = assignments.last_day(start, lead.end, lead.duration_months)
        if introduction.outcome == "won" and last is not None:
            notices.append(AssignmentEnds(member.id, lead_row.title, last, last + A_DAY))
    return notices


def ask_spots(desk: Desk) -> list[Notice]:
    """In the second month of an assignment: is there work at the client for another trade?"""
    notices: list[Notice] = []
    for row, member in _due(desk, JOB_SPOT):
        lead, introduction = _assignment(desk, row)
        deal = deals.of_introduction(desk.session, introduction.id)
        over = (deal.ended_on or deal.ends_on) if deal is not None else None
        if introduction.outcome == "won" and (over is None or over >= desk.today):
            notices.append(SpotForOthers(member.id, lead.title))
    return notices


def _assignment(desk: Desk, row: Prompt) -> tuple[LeadRow, Introduction]:
    introduction = desk.session.get_one(Introduction, row.subject_id)
    return desk.session.get_one(LeadRow, introduction.lead_id), introduction


def _due(desk: Desk, kind: str) -> Iterator[tuple[Prompt, Member]]:
    """Who can be asked now; who cannot is asked when messages may go out again, or not at all."""
    for row in prompts.due(desk.session, kind, desk.now):
        member = desk.member(row.member_id)
        until = member.quiet_until if _is_paused(desk, member) else None
        if member.state != "active" or (until is not None and until - desk.today > LONGEST_PAUSE):
            row.at = None
            continue
        at = quiet.next_open(desk.now, desk.policy.quiet, until)
        if at > desk.now:
            row.at = at
            continue
        row.at, row.asked_at = None, desk.now
        yield row, member


def _is_paused(desk: Desk, member: Member) -> bool:
    return member.quiet_until is not None and member.quiet_until >= desk.today
