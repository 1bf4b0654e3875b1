"""Who is in two collectives hears of the same work once; other work they hear of as usual."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from db import tables
from dialogs import commands as do
from nlu.meaning import Lead, Range
from tests.app.stage import Stage, staged

WORK = Lead(
    roles=("projectleider",),
    client="Philips",
    place="Utrecht",
    start=date(2027, 1, 4),
    hours_per_week=Range(24, 24),
)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as made:
        made.found("Noord", "mieke", "kees")
        made.found("Zuid", "joris", "kees")
        yield made


def asked(stage: Stage, source: str, work: Lead) -> int:
    """How many cards Kees gets when somebody passes this on."""
    stage.presses(source, stage.button(source, do.ShareLead(work, "projectleider", is_new=True)))
    return sum(to == "kees" for to, _ in stage.passes(hours=0))


def test_the_same_work_is_pushed_once(stage: Stage) -> None:
    assert asked(stage, "mieke", WORK) == 1
    assert asked(stage, "joris", WORK) == 0

    states = [row.state for row in stage.rows(tables.Offer)]
    assert states == ["offered", "digest"]
    assert "contact" not in str([row.print for row in stage.rows(tables.Push)]).replace("'contact': None", "")


def test_who_shares_it_second_is_told_when_it_is_heard(stage: Stage) -> None:
    """Not "now": the colleague reads it in the digest. And nothing of why, which is of another collective."""
    asked(stage, "mieke", WORK)
    told = stage.presses("joris", stage.button("joris", do.ShareLead(WORK, "projectleider", is_new=True)))

    assert any("Die hoort het do 26 nov 09:00" in text for to, text in told if to == "joris"), told
    assert not any("Noord" in text or "mieke" in text.casefold() for _, text in told)


@pytest.mark.parametrize(
    "other",
    [
        replace(WORK, client="Rabobank"),
        replace(WORK, place="Zwolle", client="ASML"),
    ],
)
def test_other_work_is_pushed_as_usual(other: Lead, stage: Stage) -> None:
    assert asked(stage, "mieke", WORK) == 1
    assert asked(stage, "joris", other) == 1
