"""A profile holds what its member says of their work, and no longer what they take off it."""

from db import tables
from dialogs import commands as do
from dialogs.commands import Command
from nlu.meaning import Profile
from tests.app.stage import Stage


def does(stage: Stage, command: Command) -> None:
    stage.presses("mieke", stage.button("mieke", command))


def terms(stage: Stage, kind: str) -> set[str]:
    return {row.term for row in stage.rows(tables.Term) if row.kind == kind}


def test_what_is_taken_off_a_profile_is_gone_until_it_is_undone(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    does(stage, do.UpdateProfile(Profile(skills=("python", "Power BI"), likes=("banken",))))
    does(stage, do.UpdateProfile(Profile(dislikes=("banken",), dropped=("Python", "banken"))))
    assert (terms(stage, "skill"), terms(stage, "like"), terms(stage, "dislike")) == (
        {"power bi"},
        set(),
        {"banken"},
    )
    does(stage, do.Undo())
    assert (terms(stage, "skill"), terms(stage, "like"), terms(stage, "dislike")) == (
        {"python", "power bi"},
        {"banken"},
        set(),
    )
