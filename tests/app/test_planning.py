"""Few are planned at a time; who is next is found when these are asked, until everybody who fits was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import event

from assistant.rules.ranking import Record, replay
from assistant.rules.waves import PLANNED
from db import tables
from dialogs import commands as do
from nlu.meaning import Lead
from tests.app.stage import Stage

FITTING = PLANNED + 4


def test_in_the_end_everybody_who_fits_is_asked_and_nobody_twice(stage: Stage) -> None:
    people = [f"lid{number}" for number in range(FITTING)]
    stage.found("Noord", "mieke", *people, policy={"wave_size": 6})
    shared = do.ShareLead(Lead(roles=("projectleider",)), "een opdracht", is_new=True)
    told = stage.presses("mieke", stage.button("mieke", shared))
    planned = [row.member_id for row in stage.rows(tables.Offer)]
    while stage.now.day < 27:  # nobody answers
        stage.passes(hours=3)
    offered = [row.member_id for row in stage.rows(tables.Offer) if row.offered_at is not None]
    kept = [row for row in stage.rows(tables.Decision) if row.kind == "ranked"]

    assert any(str(FITTING) in text for _, text in told)
    assert len(planned) == PLANNED
    assert len(offered) == len(set(offered)) == FITTING
    assert [replay(msgspec.convert(row.content, Record), row.rule_version) for row in kept] == ["same"] * 2


def test_planning_a_lead_and_offering_a_wave_are_one_transaction_each(stage: Stage) -> None:
    """Whatever is read between two commits, and would be found after a cut: all of it or nothing."""
    people = [f"lid{number}" for number in range(5)]
    stage.found("Noord", "mieke", *people, policy={"wave_size": 3})
    shared = do.ShareLead(Lead(roles=("projectleider",)), "een opdracht", is_new=True)
    token = stage.button("mieke", shared)
    seen: list[tuple[int, int, int]] = []

    def look(*_: object) -> None:
        """Behind every transaction: how many decisions, offers, and offers that went out."""
        offers = stage.rows(tables.Offer)
        ranked = [row for row in stage.rows(tables.Decision) if row.kind == "ranked"]
        now = len(ranked), len(offers), sum(row.offered_at is not None for row in offers)
        if now not in seen:
            seen.append(now)

    with watched(stage, look):
        stage.presses("mieke", token)
        stage.passes(hours=0)
        stage.passes(hours=6)

    assert seen == [(1, 5, 0), (1, 5, 3), (1, 5, 5)]


@contextmanager
def watched(stage: Stage, look: Callable[..., None]) -> Iterator[None]:
    """`look` is called whenever a transaction of the app has ended; not for what it reads itself."""
    ended: list[bool] = []

    def hear(*_: object) -> None:
        if not ended:
            ended.append(True)
            look()
            ended.clear()

    event.listen(stage.app.engine, "checkin", hear)
    yield
    event.remove(stage.app.engine, "checkin", hear)
