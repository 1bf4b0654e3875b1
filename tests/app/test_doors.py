"""Coming in, changing one's mind, leaving and coming back: whatever the order, nobody is stuck halfway."""

from collections.abc import Sequence

import pytest

from assistant.founding import NameTakenError, create_collective
from assistant.notices import HERE, Stale, Stranger
from db import tables
from dialogs import commands as do
from nlu.meaning import Meaning, Profile
from tests.app.stage import CHANNEL, NOW, Stage, words

ABOUT = "Projectleider in Utrecht, 12 jaar"
PROFILE = Meaning(
    "nl", "update_profile", 0.9, confident=True, profile=Profile(roles=("projectleider",), place="Utrecht")
)
YES = Meaning("nl", "confirm", 0.9, confident=True)
NO = Meaning("nl", "deny", 0.9, confident=True)


def invitation(stage: Stage, name: str = "Noord") -> str:
    """A new collective, and the line that lets its coordinator in."""
    return f"/start {create_collective(stage.app, name, 'Anna', 'nl', NOW).code}"


def join(stage: Stage, who: str, line: str) -> None:
    stage.reader.meanings = {ABOUT: PROFILE, "ja": YES, "nee": NO}
    for text in (line, "ja", ABOUT, "ja"):
        stage.says(who, text)


def states(stage: Stage) -> list[tuple[int, str]]:
    return [(row.collective_id, row.state) for row in stage.rows(tables.Member)]


def test_a_coordinator_comes_in(stage: Stage) -> None:
    join(stage, "anna", invitation(stage))

    (member,) = stage.rows(tables.Member)
    assert (member.name, member.state, member.is_coordinator, member.place) == (
        "Anna",
        "active",
        True,
        "Utrecht",
    )
    assert "failed" not in stage.states()


def test_who_does_not_agree_leaves_no_trace(stage: Stage) -> None:
    line = invitation(stage)
    stage.reader.meanings = {"nee": NO}
    stage.says("anna", line)
    stage.says("anna", "nee")

    for table in (tables.Member, tables.Person, tables.OpenTalk):
        assert stage.rows(table) == []
    assert stage.says("anna", "hallo") == [("anna", words(Stranger(HERE)))]
    join(stage, "bert", line)  # and the invitation can be used again
    assert states(stage) == [(1, "active")]


def test_who_left_may_come_back_and_think_better_of_it(stage: Stage) -> None:
    join(stage, "anna", invitation(stage))
    stage.presses("anna", stage.button("anna", do.Leave()))
    assert stage.says("anna", "hallo") == [("anna", words(Stranger(HERE)))]
    stage.says("anna", invitation(stage, "Zuid"))
    stage.says("anna", "nee")

    assert "failed" not in stage.states()
    assert states(stage) == [(1, "left")]
    join(stage, "anna", invitation(stage, "Oost"))
    assert states(stage) == [(1, "left"), (3, "active")]


def test_who_leaves_one_collective_stays_in_the_other(stage: Stage) -> None:
    for name in ("Noord", "Zuid"):
        join(stage, "anna", invitation(stage, name))
    assert states(stage) == [(1, "active"), (2, "active")]
    stage.presses("anna", stage.button("anna", do.Leave(), collective_id=2))

    assert stage.says("anna", "hallo") != [("anna", words(Stranger(HERE)))]


def test_another_account_of_who_left_still_finds_the_other_collective(stage: Stage) -> None:
    for name in ("Noord", "Zuid"):
        join(stage, "anna", invitation(stage, name))
    second_account(stage, "anna", "anna-phone")
    stage.presses("anna", stage.button("anna", do.Leave(), collective_id=2))

    assert stage.says("anna-phone", "hallo") != [("anna-phone", words(Stranger(HERE)))]


def second_account(stage: Stage, who: str, other: str) -> None:
    """The same person on another telephone, talking with the collective joined last."""
    row = next(row for row in stage.rows(tables.Account) if row.external_id == who)
    with stage.app.engine.begin() as connection:
        connection.execute(
            tables.Base.metadata.tables["accounts"]
            .insert()
            .values(
                channel=CHANNEL,
                external_id=other,
                display_name=other,
                person_id=row.person_id,
                collective_id=row.collective_id,
                blocked=False,
            )
        )


def test_a_button_from_before_leaving_does_nothing(stage: Stage) -> None:
    join(stage, "anna", invitation(stage))
    token = stage.button("anna", do.ShowMyLeads())
    stage.presses("anna", stage.button("anna", do.Leave()))

    assert stage.presses("anna", token) in ([("anna", words(Stale(HERE)))], [("anna", words(Stranger(HERE)))])


@pytest.mark.parametrize("texts", [("/start", "hallo"), ("nee", "ja"), ("ja", "/stop"), ("/start x", "ja")])
def test_a_newcomer_is_always_answered(texts: Sequence[str], stage: Stage) -> None:
    line = invitation(stage)
    stage.reader.meanings = {"ja": YES, "nee": NO}
    for text in (line, *texts, line):
        assert stage.says("anna", text)
    assert "failed" not in stage.states()


@pytest.mark.parametrize(
    ("name", "coordinator"), [("", "Anna"), ("  ", "Anna"), ("Noord", ""), ("Noord", " ")]
)
def test_a_collective_needs_names(name: str, coordinator: str, stage: Stage) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        create_collective(stage.app, name, coordinator, "nl", NOW)

    assert stage.rows(tables.Collective) == []


def test_a_name_is_taken_once(stage: Stage) -> None:
    create_collective(stage.app, "Noord", "Anna", "nl", NOW)
    with pytest.raises(NameTakenError):
        create_collective(stage.app, " Noord ", "Bert", "nl", NOW)

    assert len(stage.rows(tables.Collective)) == 1
    assert len(stage.rows(tables.Invitation)) == 1
