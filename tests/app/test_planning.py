"""Few are planned at a time; who is next is found when these are asked, until everybody who fits was."""

import msgspec

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
