"""Every decision about whom to ask can be made again from the log alone."""

from datetime import date

import msgspec

from assistant.rules.ranking import Record, replay
from db import tables
from dialogs import commands as do
from nlu.meaning import Lead, Range, Rate
from tests.app.stage import Stage

LEAD = Lead(
    roles=("projectleider",),
    place="Utrecht",
    start=date(2027, 1, 4),
    hours_per_week=Range(24, 32),
    rate=Rate(None, 9_500, "hour"),
)


def test_a_decision_is_replayed_from_what_was_written_down(stage: Stage) -> None:
    people = [f"lid{number}" for number in range(9)]
    stage.found("Noord", "mieke", *people, "zus")
    shared = do.ShareLead(LEAD, "een opdracht", tips=("Lid3",), ruled_out=("Lid4",), is_new=True)
    stage.presses("mieke", stage.button("mieke", shared))
    stage.passes(hours=6)
    stage.presses("mieke", stage.button("mieke", do.AmendLead(Lead(place="Goes"))))
    ranked = [row for row in stage.rows(tables.Decision) if row.kind == "ranked"]
    kept = [msgspec.convert(row.content, Record) for row in ranked]

    assert len(kept) == 2
    assert [replay(each, row.rule_version) for each, row in zip(kept, ranked, strict=True)] == [
        "same",
        "same",
    ]
    names = {row.id: row.name for row in stage.rows(tables.Member)}
    first, *later = kept[0].waves
    assert [names[number] for number in first] == ["Lid3"]
    assert "Lid4" not in {names[number] for wave in later for number in wave}
