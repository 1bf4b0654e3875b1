"""Fairness: what a coordinator sees of how the work is shared, and what members hear to spot work for others.

Sources: mission rows A9 (spot for other trades) and A20 (scale), and the fairness figures of the design. Counts only,
none below three, never a name.
"""

from collections import Counter
from datetime import date, timedelta

from assistant import rights
from assistant.desk import Desk
from assistant.loading import period
from assistant.notices import FairnessReport, Notice, SpotMonthly
from assistant.rounds import comes_now
from assistant.rules import availability as free
from assistant.rules import spotting
from assistant.rules.fairness import Fairness, Tally, fairness
from assistant.rules.spotting import Worker
from db import availability, changes, leads, members, offers
from db.leads import Lead
from db.members import Member
from db.offers import Offer
from nlu import taxonomy

A_QUARTER = timedelta(days=91)
SOON = timedelta(days=28)
YES = ("yes", "chosen", "passed")
PAUSE = "pause"


def show(desk: Desk, member: Member) -> list[Notice]:
    """To a coordinator: the last quarter."""
    rights.require(desk, member, "reports")
    return [FairnessReport(member.id, _report(desk))]


def _report(desk: Desk) -> Fairness:
    since = desk.now - A_QUARTER
    told = offers.offered_since(desk.session, since)
    counts = Counter(offer.member_id for offer in told)
    available = _available(desk, since.date(), desk.today)
    tallies = [_tally(desk, row) for row in leads.since(desk.session, since)]
    return fairness(
        [counts[each] for each in available], tallies, changes.count_members(desk.session, PAUSE, since)
    )


def _available(desk: Desk, first: date, last: date) -> list[int]:
    """Active members who said to have time somewhere in these days."""
    rows = [row.id for row in members.active(desk.session)]
    periods = availability.of_members(desk.session, rows)
    return [
        each
        for each in rows
        if any(
            row.status in ("free", "partly") and row.start_on <= last and (row.end_on or last) >= first
            for row in periods[each]
        )
    ]


def _tally(desk: Desk, lead: Lead) -> Tally:
    asked = [each for each in offers.of_lead(desk.session, lead.id) if each.offered_at is not None]
    said_yes = [each.answered_at for each in asked if each.state in YES and each.answered_at]
    answers = sum(_is_answered(each) for each in asked)
    return Tally(
        asked_at=min((each.offered_at for each in asked if each.offered_at), default=None),
        yes_at=min(said_yes, default=None),
        answers=answers,
        heard=0 if lead.state == "open" else answers,  # everybody who answered is told when a lead ends
    )


def _is_answered(offer: Offer) -> bool:
    return offer.answered_at is not None


# --- the clock --------------------------------------------------------------------------------------------------


def report_quarter(desk: Desk) -> list[Notice]:
    """The report to every coordinator, once a quarter."""
    if not comes_now(desk, "fairness"):
        return []
    report = _report(desk)
    return [FairnessReport(each.id, report) for each in members.coordinators(desk.session)]


def tell_spots(desk: Desk) -> list[Notice]:
    """Once a month: who is free in other fields, to look out for at one's own client."""
    if not comes_now(desk, "spotting"):
        return []
    rows = members.active(desk.session)
    workers = _workers(desk, [row for row in rows if not _is_paused(desk, row)])
    by_field = spotting.free_by_field(list(workers.values()))
    told = [
        (row, spotting.for_colleague(by_field, workers[row.id].fields)) for row in rows if row.id in workers
    ]
    return [SpotMonthly(row.id, found) for row, found in told if found and row.volume != "digest"]


def _workers(desk: Desk, rows: list[Member]) -> dict[int, Worker]:
    ids = [row.id for row in rows]
    terms, periods = members.terms_of(desk.session, ids), availability.of_members(desk.session, ids)
    soon = desk.today + SOON
    workers = {}
    for each in ids:
        work = [term.term for term in terms[each] if term.kind == "role"]
        fields = frozenset(field for term in work if (field := taxonomy.field_of(term)))
        room = free.room([period(row) for row in periods[each]], desk.today, None, desk.today)
        is_free = room.known and room.available and (room.free_from is None or room.free_from <= soon)
        workers[each] = Worker(each, fields, is_free)
    return workers


def _is_paused(desk: Desk, member: Member) -> bool:
    return member.quiet_until is not None and member.quiet_until >= desk.today
