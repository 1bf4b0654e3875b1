"""What will be asked about a job: planned again whenever it is won, goes on longer or ends."""

from datetime import date, timedelta

from assistant.desk import Desk
from assistant.rules import milestones
from db import prompts
from db.deals import Deal

EVALUATION, ROTATION, CHECK_IN = "evaluation", "rotation", "check_in"  # prompts; their subject is the deal
A_DAY = timedelta(days=1)


def plan(desk: Desk, deal: Deal) -> None:
    """After the end each side is asked how it went; while it lasts, its member whether to go on."""
    over = deal.ended_on or deal.ends_on
    at = milestones.moment_of(over + A_DAY, desk.now, desk.policy.quiet) if over else None
    for each in {deal.member_id, deal.source_id or deal.member_id}:
        asked = prompts.of_member(desk.session, each, EVALUATION, deal.id)
        if asked is None or asked.asked_at is None:  # once is enough
            prompts.plan(desk.session, each, EVALUATION, deal.id, at)
    _plan_check_in(desk, deal, over)
    plan_rotation(desk, deal, desk.today - A_DAY)


def _plan_check_in(desk: Desk, deal: Deal, over: date | None) -> None:
    """Half a year after the end its member is reminded of an old client, once (mission row C14)."""
    before = prompts.of_member(desk.session, deal.member_id, CHECK_IN, deal.id)
    if before is None or before.asked_at is None:
        day = milestones.check_in(over) if over is not None and deal.client else None
        at = milestones.moment_of(day, desk.now, desk.policy.quiet) if day else None
        prompts.plan(desk.session, deal.member_id, CHECK_IN, deal.id, at)


def plan_rotation(desk: Desk, deal: Deal, after: date) -> None:
    """The next reminder of a job that runs, later than a day."""
    running = deal.state == "running"
    day = milestones.next_rotation(started_on(desk, deal), deal.ends_on, after) if running else None
    at = milestones.moment_of(day, desk.now, desk.policy.quiet) if day else None
    prompts.plan(desk.session, deal.member_id, ROTATION, deal.id, at)


def started_on(desk: Desk, deal: Deal) -> date:
    """When the member began at this client: the first of the jobs that followed each other."""
    first = deal
    while first.follows_id is not None:
        first = desk.session.get_one(Deal, first.follows_id)
    return first.starts_on or first.won_on
