"""Whoever cannot be reached any more, or asked for silence, is not waited for: the next is asked at once."""

from collections.abc import Callable

import pytest

from assistant.messages import Gone
from dialogs import commands as do
from nlu.meaning import Lead
from tests.app.stage import Stage, incoming

ONE_BY_ONE = {"wave_size": 1}
Fate = Callable[[Stage, str], object]


def offered(stage: Stage) -> list[str]:
    """Who was offered the lead so far, in that order."""
    return [who for who, text in stage.said if "Iets voor jou?" in text]


def shared(stage: Stage) -> None:
    command = do.ShareLead(Lead(roles=("projectleider",)), "een opdracht", is_new=True)
    stage.presses("mieke", stage.button("mieke", command))
    stage.passes(hours=0)


def blocks(stage: Stage, who: str) -> None:
    stage.happens(incoming(who, kind="blocked"))


def cannot_be_delivered_to(stage: Stage, who: str) -> None:
    stage.app.hear(incoming(who, text="hallo"), stage.now)
    stage.deliver(Gone("403"))


@pytest.mark.parametrize(
    "fate",
    [
        blocks,
        cannot_be_delivered_to,
        lambda stage, who: stage.presses(who, stage.button(who, do.Pause())),
        lambda stage, who: stage.presses(who, stage.button(who, do.Pause("2026-11-27"))),
        lambda stage, who: stage.presses(who, stage.button(who, do.Leave())),
    ],
    ids=["blocked", "gone", "paused", "paused_until", "left"],
)
def test_the_next_is_asked_at_once(stage: Stage, fate: Fate) -> None:
    stage.found("Noord", "mieke", "kees", "bram", policy=ONE_BY_ONE)
    shared(stage)
    (first,) = offered(stage)
    fate(stage, first)
    stage.passes(minutes=15)

    assert sorted(offered(stage)) == ["bram", "kees"]
    assert sum("ik vraag nu" in text.casefold() for who, text in stage.said if who == "mieke") == 1


@pytest.mark.parametrize(
    "fate", [blocks, lambda stage, who: stage.presses(who, stage.button(who, do.Pause()))]
)
def test_who_can_still_answer_has_the_time_that_was_told(stage: Stage, fate: Fate) -> None:
    stage.found("Noord", "mieke", "kees", "bram", "daan", policy={"wave_size": 2})
    shared(stage)
    before = offered(stage)
    fate(stage, before[0])
    stage.passes(minutes=30)

    assert offered(stage) == before


def test_who_blocked_is_waited_for_in_none_of_their_collectives(stage: Stage) -> None:
    """The work is different in both, so that it is offered in both."""
    stage.found("Noord", "mieke", "kees", "bram", policy=ONE_BY_ONE)
    stage.found("Zuid", "joris", "kees", "daan", policy=ONE_BY_ONE)
    for source, place in (("mieke", "Utrecht"), ("joris", "Groningen")):
        work = Lead(roles=("projectleider",), place=place, remote="remote")
        command = do.ShareLead(work, "een opdracht", is_new=True, tips=("Kees",))
        stage.presses(source, stage.button(source, command))
    stage.passes(hours=0)
    before = offered(stage)
    blocks(stage, "kees")
    stage.passes(minutes=1)

    assert before == ["kees", "kees"]
    assert sorted(offered(stage)) == ["bram", "daan", "kees", "kees"]


def test_a_pause_that_is_undone_at_once_passes_nobody_by(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees", "bram", policy=ONE_BY_ONE)
    shared(stage)
    (first,) = offered(stage)
    stage.presses(first, stage.button(first, do.Pause()))
    stage.passes(minutes=5)
    stage.presses(first, stage.button(first, do.Resume()))
    stage.passes(minutes=30)

    assert offered(stage) == [first]


def test_who_comes_back_can_still_say_yes(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees", "bram", policy=ONE_BY_ONE)
    shared(stage)
    (first,) = offered(stage)
    blocks(stage, first)
    stage.passes(minutes=1)
    told = stage.presses(first, stage.button(first, do.ShowInterest(1)))

    assert any(who == "mieke" and first.title() in text for who, text in told)
