"""The other front door: the clock. Everything that happens because of the time, in one list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.actions import (
    allies,
    check_ins,
    checks,
    dues,
    duty,
    evaluations,
    fairness,
    inquiries,
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

Job = Callable[[Desk], list[Notice]]


@dataclass(frozen=True, slots=True)
class OneByOne:
    """What is done for one lead or one member at a time: `due` says for which (ids), `work` does it for one of them."""

    due: Callable[[Desk], Sequence[int]]
    work: Callable[[Desk, int], list[Notice]]

    def of(self, number: int) -> Job:
        """What is done for this one."""
        return lambda desk: self.work(desk, number)


def together(*jobs: Job) -> Job:
    """All of these in one transaction: either each of them is done, or none."""

    def work(desk: Desk) -> list[Notice]:
        notices: list[Notice] = []
        for job in jobs:
            notices += job(desk)
            desk.session.flush()
        return notices

    return work


# One tick for one collective, in this order: a wave that is over first, so that the next can go out at once. Each of
# these is a transaction of its own, and so is each lead or member of what goes one by one: what fails for one rolls
# back no other, and between two of them whoever wrote meanwhile is answered.
STAGES: Sequence[Job | OneByOne] = (
    allies.read_letters,
    leads.take_over_agendas,
    OneByOne(leads.members_to_match, leads.match_again),
    offers.give_way,
    OneByOne(offers.windows_over, offers.close_window),
    checks.hold_stale,
    OneByOne(offers.leads_due, offers.offer_due),
    together(
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
        check_ins.remind_due,
        inquiries.remind_due,
        duty.tell_due,
        retention.forget_due,
    ),
)
