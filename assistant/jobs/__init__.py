"""The other front door: the clock. Everything that happens because of the time, in one list."""

from collections.abc import Callable, Sequence

from assistant.actions import (
    checks,
    dues,
    evaluations,
    fairness,
    introductions,
    leads,
    offers,
    outside,
    retention,
    room,
    rotation,
    statements,
    totals,
    turnover,
)
from assistant.desk import Desk
from assistant.notices import Notice

# The order is the order within one tick: a wave that is over first, so that the next can go out at once.
JOBS: Sequence[Callable[[Desk], list[Notice]]] = (
    leads.match_again,
    offers.close_windows,
    checks.hold_stale,
    offers.offer_due,
    offers.send_digests,
    leads.end_overdue,
    offers.remind_choosers,
    introductions.nudge_start,
    introductions.ask_due,
    turnover.ask_due,
    outside.ask_due,
    checks.ask_ends,
    checks.ask_spots,
    checks.ask_weekly,
    room.forget_due,
    room.ask_everyone,
    room.count_answers,
    fairness.tell_spots,
    fairness.report_quarter,
    dues.charge_due,
    dues.remind_due,
    totals.tell_month,
    totals.tell_year,
    statements.send_due,
    evaluations.ask_due,
    rotation.remind_due,
    retention.forget_due,
)


def run(desk: Desk) -> list[Notice]:
    """One tick for one collective: what is due is done, and what there is to tell comes back."""
    notices: list[Notice] = []
    for job in JOBS:
        notices += job(desk)
        desk.session.flush()
    return notices
