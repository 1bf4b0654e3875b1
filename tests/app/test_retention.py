"""What was kept long enough goes by itself: the day before it is there, the day after it is not."""

from datetime import date
from pathlib import Path

import pytest

from assistant.rules.retention import TERMS
from db import rounds, tables
from db.base import Base
from db.session import in_collective
from dialogs import commands as do
from nlu.meaning import Contact, Lead
from tests.app.stage import Stage

LEAD = Lead(
    roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4), contact=Contact("Jan", "0612345678")
)


def press(stage: Stage, who: str, command: do.Command) -> None:
    stage.presses(who, stage.button(who, command))


@pytest.fixture
def over(stage: Stage) -> Stage:
    """A lead with a contact that Kees said yes to in his own words, and was chosen for; and an invitation."""
    stage.found("Noord", "anna", "kees")
    with in_collective(stage.app.engine, stage.rows(tables.Collective)[0].id) as session:
        rounds.plan(session, "retention", stage.now)
    press(stage, "anna", do.Invite("Noor", "kent iedereen"))
    press(stage, "anna", do.ShareLead(LEAD, "projectleider in Utrecht"))
    stage.passes(hours=0)
    press(stage, "kees", do.ShowInterest(stage.rows(tables.Offer)[0].id, words="graag, ik ken Jan"))
    press(stage, "anna", do.Choose(stage.rows(tables.Lead)[0].id, stage.rows(tables.Member)[1].id))
    press(stage, "anna", do.ShowFairness())
    return stage


def words(stage: Stage) -> list[object]:
    return [row.words for row in stage.rows(tables.Offer) if row.words]


@pytest.mark.parametrize(
    ("table", "last_day", "first_day"),
    [
        (tables.LeadContact, 27, 29),
        (tables.Invitation, 57, 59),  # 30 days valid, and four weeks
        (tables.Decision, 364, 366),
        (tables.Change, 364, 366),
        (tables.Lookup, 364, 366),
    ],
)
def test_a_row_goes_when_its_term_is_over(
    table: type[Base], last_day: int, first_day: int, over: Stage
) -> None:
    assert over.rows(table)
    over.passes(days=last_day)
    assert over.rows(table)
    over.passes(days=first_day - last_day)
    assert over.rows(table) == []


def test_own_words_go_and_the_answer_stays(over: Stage) -> None:
    over.passes(days=27)
    assert words(over)
    over.passes(days=2)

    assert words(over) == []
    assert [row.state for row in over.rows(tables.Offer)] == ["chosen"]


def test_messages_and_their_buttons_go_and_what_is_owed_stays(over: Stage) -> None:
    old = {row.id for row in over.rows(tables.Message)}
    over.passes(days=29)
    over.says("anna", "hallo")
    over.passes(days=1)

    assert len(old & {row.id for row in over.rows(tables.Message)}) <= 1
    assert {row.message_id for row in over.rows(tables.Button)} <= {
        row.id for row in over.rows(tables.Message)
    }


def test_an_event_is_recognised_for_two_weeks(over: Stage) -> None:
    events = len(over.rows(tables.Heard))
    over.passes(days=13)
    assert len(over.rows(tables.Heard)) == events
    newest = over.app.last_event()
    over.passes(days=2)
    assert [row.id for row in over.rows(tables.Heard)] == [newest]


def test_a_number_is_never_given_out_twice(over: Stage) -> None:
    """SQLite would: an answer to the new event 1 would then be taken for one that the old event 1 already had."""
    over.passes(days=15)
    told = over.says("anna", "hallo")

    assert told
    assert over.states()[-1] == "handled"


def test_a_stranger_is_forgotten(stage: Stage) -> None:
    stage.found("Noord", "anna")
    stage.says("langslopen", "wie ben jij?")
    stage.passes(days=0)
    assert "langslopen" in [row.external_id for row in stage.rows(tables.Account)]
    stage.passes(days=20)
    stage.says("anna", "hallo")
    stage.passes(days=9)

    assert [row.external_id for row in stage.rows(tables.Account)] == ["anna"]


def test_the_page_for_members_shows_every_term() -> None:
    """Changed a term? Change docs/privacy.md too."""
    page = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    shown = [
        line
        for line in page.splitlines()
        if line.startswith("| ") and not line.startswith("| what | kept for")
    ]

    assert shown == [f"| {each.what} | {spelled(each.days)} | {each.since} |" for each in TERMS]


def spelled(days: int) -> str:
    if days == 0:
        return "not at all"
    return f"{days // 365} year{'s' * (days > 365)}" if days % 365 == 0 else f"{days} days"
