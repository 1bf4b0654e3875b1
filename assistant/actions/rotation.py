"""A job that lasts: a reminder at months 5, 6, 9 and 11, the nine points, and one's share of turnover per client.

Mission rows B12 (swap only on the client's decision), C14 and D25 (own share, private); the nine points are those of
the Supreme Court: ECLI:NL:HR:2023:443 (Deliveroo) and ECLI:NL:HR:2025:319 (Uber). Nobody else sees the answers.
"""

from collections import Counter

from assistant import milestones
from assistant.desk import Desk
from assistant.due import due_now
from assistant.errors import RefusedError
from assistant.notices import (
    Euros,
    Notice,
    PointAsked,
    PointLine,
    PointsShown,
    RotationDue,
    RotationNoted,
    ShareLine,
    SharesShown,
    Stale,
)
from assistant.rules import milestones as rules
from assistant.rules import shares
from db import deals, members
from db.deals import Deal
from db.members import Member
from dialogs.commands import CheckWork, ShowShares

POINTS = 9
COLOURS = {"g": "green", "a": "amber", "q": "ask"}


def remind_due(desk: Desk) -> list[Notice]:
    """To who does the job, with the check; to the coordinators, that swapping is up to the client."""
    told: list[Notice] = []
    for row in due_now(desk, milestones.ROTATION):
        deal, member = desk.session.get_one(Deal, row.subject_id), desk.member(row.member_id)
        row.asked_at = desk.now
        milestones.plan_rotation(desk, deal, desk.today)
        months = rules.months_lasted(milestones.started_on(desk, deal), desk.today)
        if deal.state != "running" or member.state != "active" or not months:
            continue
        told.append(RotationDue(member.id, deal.title, months))
        told += [
            RotationNoted(each.id, member.name, deal.title, months)
            for each in members.coordinators(desk.session)
            if each.id != member.id
        ]
    return told


def check(desk: Desk, member: Member, command: CheckWork) -> list[Notice]:
    """The next of the nine points, or how they came out; what was answered travels under the buttons only."""
    del desk  # nothing is looked up and nothing stored
    answers = command.answers
    if len(answers) > POINTS or not set(answers) <= set(COLOURS):
        raise RefusedError(Stale(member.id))
    if len(answers) < POINTS:
        return [PointAsked(member.id, len(answers) + 1, answers)]  # type: ignore[arg-type]  # 1 to 9
    lines = tuple(PointLine(str(number), COLOURS[each]) for number, each in enumerate(answers, 1))
    return [PointsShown(member.id, lines, answers.count("a"), answers.count("q"))]


def show_shares(desk: Desk, member: Member, command: ShowShares) -> list[Notice]:
    """Of what a member told here in twelve months: what came from which client."""
    found = shares.shares(_by_client(desk, member))
    lines = tuple(ShareLine(each.client, each.percent, Euros(each.cents)) for each in found)
    total = sum(each.cents for each in found)
    asked = command.client.strip()
    meant = [each for each in found if asked.casefold() in each.client.casefold()] if asked else []
    percent = round(100 * sum(each.cents for each in meant) / total) if meant else 0
    high = bool(found) and found[0].percent >= shares.HIGH_PERCENT
    return [SharesShown(member.id, lines, Euros(total) if total else None, asked or None, percent, high=high)]


def _by_client(desk: Desk, member: Member) -> Counter[str]:
    """Whole cents by client; a job without a client goes by its title."""
    own = {deal.id: deal for deal in deals.of_member(desk.session, member.id)}
    first = shares.since(desk.today)
    found: Counter[str] = Counter()
    for report in deals.turnover_of(desk.session, list(own)):
        deal = own[report.deal_id]
        when = report.month or deal.ended_on or deal.ends_on or deal.won_on
        if when >= first:
            found[deal.client or deal.title] += report.amount_cents
    return found
