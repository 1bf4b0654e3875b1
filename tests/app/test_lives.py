"""The lives of leads, offers and introductions: whatever is pressed in whatever order, nobody waits for ever,
nothing goes astray, and nobody hears what is not for them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs
from sqlalchemy import update

from assistant.notices import HERE, NothingToUndo
from assistant.notices import TipImpossible as NoTip
from db import tables
from db.base import Base
from dialogs import commands as do
from nlu.meaning import Availability, Contact, Lead, Meaning, Range
from tests.app.stage import Stage, words

LEAD = Lead(roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4))
SHARE = do.ShareLead(LEAD, "projectleider in Utrecht", is_new=True)


def press(stage: Stage, who: str, command: do.Command) -> list[tuple[str, str]]:
    """What is told, the pressed card itself left out."""
    told = stage.presses(who, stage.button(who, command))
    return [(to, text) for to, text in told if not text.startswith("Kies maar.")]


def asked(stage: Stage) -> list[str]:
    """Who has been asked so far, in order."""
    names = {row.id: row.name.lower() for row in stage.rows(tables.Member)}
    offered = [row for row in stage.rows(tables.Offer) if row.offered_at is not None]
    return [names[row.member_id] for row in sorted(offered, key=lambda row: (row.offered_at, row.id))]


def offer_to(stage: Stage, who: str) -> int:
    """The id of the newest offer to somebody."""
    ids = {row.id: row.name.lower() for row in stage.rows(tables.Member)}
    return int([row.id for row in stage.rows(tables.Offer) if ids[row.member_id] == who][-1])


def two_of_four(stage: Stage) -> tuple[str, str]:
    """Mieke's lead has gone to the first two of four: their names."""
    stage.found("Noord", "mieke", "kees", "sanne", "bram", "noor", policy={"wave_size": 2})
    press(stage, "mieke", SHARE)
    stage.passes(hours=0)
    one, other = asked(stage)
    return one, other


# --- nobody waits for ever --------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["declines", "undoes", "leaves"])
def test_a_lead_goes_on_when_the_only_yes_is_gone(how: str, stage: Stage) -> None:
    """The answer window passed while there was a yes; the other one never answered."""
    one, _silent = two_of_four(stage)
    press(stage, one, do.ShowInterest(offer_to(stage, one)))
    stage.passes(hours=5)
    assert len(asked(stage)) == 2
    command = {"declines": do.Decline(offer_to(stage, one)), "undoes": do.Undo(), "leaves": do.Leave()}[how]
    told = press(stage, one, command) + stage.passes(days=1)

    assert any(to == "mieke" for to, _ in told)
    assert len(asked(stage)) == 4


def test_who_says_yes_after_all_is_seen_again(stage: Stage) -> None:
    """Yes, no, and the no undone: the source, who heard that the yes was gone, hears that it is back."""
    one, _other = two_of_four(stage)
    press(stage, one, do.ShowInterest(offer_to(stage, one)))
    press(stage, one, do.Decline(offer_to(stage, one)))
    told = press(stage, one, do.Undo())

    assert [text for to, text in told if to == "mieke" and one.title() in text]


def test_a_lead_changed_between_two_waves_goes_on(stage: Stage) -> None:
    """The first wave is over in the evening, the next waits for the morning, and the source corrects the lead."""
    two_of_four(stage)
    stage.passes(hours=9)
    assert len(asked(stage)) == 2
    press(stage, "mieke", do.AmendLead(Lead(hours_per_week=Range(24, 24))))
    stage.passes(hours=14)

    assert len(asked(stage)) == 4


def test_a_lead_changed_when_nobody_was_left_goes_to_whom_it_suits_now(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees", "sanne")
    press(stage, "mieke", do.ShareLead(replace(LEAD, roles=("tester",)), "tester in Utrecht", is_new=True))
    stage.passes(hours=9)
    assert asked(stage) == []
    press(stage, "mieke", do.AmendLead(Lead(roles=("projectleider",))))
    stage.passes(hours=14)

    assert sorted(asked(stage)) == ["kees", "sanne"]


# --- a tip is kept ----------------------------------------------------------------------------------------------


def test_a_named_tip_outlives_a_correction(stage: Stage) -> None:
    """Told in the evening, corrected before anybody was asked: who was named still goes first."""
    stage.found("Noord", "mieke", "kees", "sanne", "bram")
    stage.now = stage.now.replace(hour=20)
    press(stage, "mieke", structs.replace(SHARE, tips=("Sanne",)))
    press(stage, "mieke", do.AmendLead(Lead(hours_per_week=Range(24, 24))))
    told = stage.passes(hours=13)

    assert asked(stage) == ["sanne"]
    assert [to for to, _ in told] == ["sanne"]
    press(stage, "sanne", do.Decline(offer_to(stage, "sanne")))
    stage.passes(hours=0)
    assert sorted(asked(stage)) == ["bram", "kees", "sanne"]


def test_a_tip_that_cannot_be_asked_is_not_promised(stage: Stage) -> None:
    ids = stage.found("Noord", "mieke", "kees", "sanne")
    press(stage, "sanne", do.Pause())
    told = press(stage, "mieke", structs.replace(SHARE, tips=("Sanne",)))
    stage.passes(hours=0)

    assert ("mieke", words(NoTip(ids["mieke"], "Sanne", "quiet"))) in told
    assert not [text for _, text in told if "vraag eerst Sanne" in text]
    assert asked(stage) == ["kees"]


def test_who_was_passed_over_may_still_be_tipped(stage: Stage) -> None:
    """What waits for the digest is not asked yet: a colleague may know better than a budget."""
    stage.found("Noord", "mieke", "kees", policy={"pushes_per_week": 0})
    press(stage, "mieke", SHARE)
    stage.passes(hours=0)
    assert [row.state for row in stage.rows(tables.Offer)] == ["digest"]
    press(stage, "mieke", do.Tip("Kees"))
    stage.passes(hours=0)

    assert asked(stage) == ["kees"]


# --- nobody hears what is not for them --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["source", "asked", "paused"])
def test_a_tip_tells_nothing_of_who_was_asked_or_who_shared(name: str, stage: Stage) -> None:
    one, other = two_of_four(stage)
    paused = next(who for who in ("kees", "sanne", "bram", "noor") if who not in (one, other))
    press(stage, paused, do.Pause())
    named = {"source": "Mieke", "asked": other.title(), "paused": paused.title()}[name]
    told = press(stage, one, do.Tip(named, offer_to(stage, one)))

    assert [text for _, text in told] == [words(NoTip(HERE, named, "quiet"))]


def test_a_second_teller_does_not_learn_what_the_first_knew(stage: Stage) -> None:
    """The same text, but only the first told for which client it is."""
    text = (
        "projectleider infra voor bruggen en sluizen, start januari, standplaats Utrecht, tarief in overleg"
    )
    stage.found("Noord", "mieke", "kees", "sanne")
    press(stage, "mieke", do.ShareLead(replace(LEAD, client="Rijkswaterstaat"), text))
    stage.passes(hours=0)
    told = press(stage, "kees", do.ShareLead(LEAD, text))

    assert [to for to, _ in told if "Rijkswaterstaat" in _] == []
    assert len(stage.rows(tables.Lead)) == 1


def test_who_left_hears_nothing_more(stage: Stage) -> None:
    """The source leaves after the introduction: nobody asks them how it went."""
    one, _other = two_of_four(stage)
    press(stage, one, do.ShowInterest(offer_to(stage, one)))
    press(stage, "mieke", do.Choose(stage.rows(tables.Lead)[0].id, member_id(stage, one)))
    press(stage, "mieke", do.GiveRole("coordinator", "Noor"))  # the last one cannot leave
    press(stage, "mieke", do.Leave())

    assert [to for to, _ in stage.passes(days=8) if to == "mieke"] == []


def member_id(stage: Stage, who: str) -> int:
    return int(next(row.id for row in stage.rows(tables.Member) if row.name.lower() == who))


def test_a_contact_told_later_reaches_the_chosen_and_nobody_else(stage: Stage) -> None:
    one, other = two_of_four(stage)
    contact = Contact(name="Jan Bakker", phone="0612345678")
    told = press(stage, "mieke", do.AmendLead(Lead(contact=contact)))
    assert not [text for _, text in told if "0612345678" in text]
    press(stage, one, do.ShowInterest(offer_to(stage, one)))
    told = press(stage, "mieke", do.Choose(stage.rows(tables.Lead)[0].id, member_id(stage, one)))

    assert {to for to, text in told if "Jan Bakker" in text} == {one}
    assert other != one


# --- undo -------------------------------------------------------------------------------------------------------


def test_an_old_undo_button_does_not_throw_away_what_was_said_since(stage: Stage) -> None:
    ids = stage.found("Noord", "mieke")
    for month in (3, 5):
        said = Availability(status="free", start=date(2027, month, 1), end=date(2027, month, 28))
        press(stage, "mieke", do.SetAvailability(said))
    first = stage.rows(tables.Change)[0]
    before = [(row.start_on, row.status) for row in stage.rows(tables.Period)]

    assert press(stage, "mieke", do.Undo(first.id)) == [("mieke", words(NothingToUndo(ids["mieke"])))]
    assert [(row.start_on, row.status) for row in stage.rows(tables.Period)] == before


# --- a question is answered where it was asked --------------------------------------------------------------------


def test_a_question_of_another_collective_is_answered_there(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    stage.found("Zuid", "anna", "mieke", "bas", "daan", policy={"wave_size": 1})
    north, south = (row.id for row in stage.rows(tables.Collective))
    with stage.app.engine.begin() as connection:
        accounts = Base.metadata.tables["accounts"]
        connection.execute(
            update(accounts).where(accounts.c.external_id == "mieke").values(collective_id=north)
        )
    press(stage, "anna", structs.replace(SHARE, tips=("Mieke",)))
    stage.passes(hours=0)
    stage.reader.meanings = {"Bas": Meaning("nl", "tip_member", 0.9, confident=True, people=("Bas",))}
    number = stage.rows(tables.Offer)[0].id
    stage.presses("mieke", stage.button("mieke", do.AskTip(number), collective_id=south))
    stage.says("mieke", "Bas")
    stage.passes(hours=0)

    assert "bas" in asked(stage)


def test_after_a_long_silence_of_the_clock_both_sides_are_asked_once(stage: Stage) -> None:
    one, _other = two_of_four(stage)
    press(stage, one, do.ShowInterest(offer_to(stage, one)))
    press(stage, "mieke", do.Choose(stage.rows(tables.Lead)[0].id, member_id(stage, one)))

    assert sorted(to for to, _ in stage.passes(days=30)) == sorted([one, "mieke"])


def test_who_left_does_not_hear_how_it_went(stage: Stage) -> None:
    one, _other = two_of_four(stage)
    press(stage, one, do.ShowInterest(offer_to(stage, one)))
    press(stage, "mieke", do.Choose(stage.rows(tables.Lead)[0].id, member_id(stage, one)))
    press(stage, one, do.Leave())

    assert [to for to, _ in press(stage, "mieke", do.ReportOutcome("nothing"))] == ["mieke"]


def test_an_invitation_opened_again_is_where_the_talk_goes_on(stage: Stage) -> None:
    """A member of one collective opens the door of another, looks elsewhere, and opens it again."""
    stage.found("Zuid", "anna")
    stage.found("Noord", "mieke")
    south, north = (row.id for row in stage.rows(tables.Collective))
    told = press(stage, "anna", do.Invite("Mieke"))
    (line,) = (found for _, text in told for found in re.findall(r"/start \S+", text))
    stage.says("mieke", line)
    press(stage, "mieke", do.SwitchCollective(north))
    stage.says("mieke", line)

    assert {row.external_id: row.collective_id for row in stage.rows(tables.Account)} == {
        "anna": south,
        "mieke": south,
    }
