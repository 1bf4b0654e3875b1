"""Commands and talks sleep in the database: whatever they hold, they wake up the same."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import Conversation, commands, conversation
from dialogs.commands import ALL, Command
from tests.dialogs.values import COMMANDS, CONVERSATIONS, command_of


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_every_command_wakes_up_the_same(each: type[Command], data: st.DataObject) -> None:
    command = data.draw(command_of(each))
    stored = json.loads(json.dumps(commands.to_json(command)))

    assert commands.from_json(stored) == command


def test_commands_have_names_of_their_own() -> None:
    assert len({each.__name__ for each in ALL}) == len(ALL)


@given(COMMANDS, COMMANDS)
def test_different_commands_are_stored_differently(one: Command, other: Command) -> None:
    assert (commands.to_json(one) == commands.to_json(other)) == (one == other)


@given(CONVERSATIONS)
def test_every_talk_wakes_up_the_same(talk: Conversation) -> None:
    assert conversation.from_json(json.loads(json.dumps(conversation.to_json(talk)))) == talk


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"version": 0, "puzzle": "oud"}, id="an older version"),
        pytest.param({"version": 99, "puzzle": "nieuw"}, id="a newer version"),
        pytest.param({"version": "1"}, id="a version that is no number"),
        pytest.param({"draft": {"number": 1, "form": "picnic"}}, id="a form we do not know"),
        pytest.param({"draft": "lead"}, id="no form at all"),
        pytest.param({"draft": {"number": 1, "form": "lead", "lead": {"start": "ooit"}}}, id="no date"),
        pytest.param({"awaiting": {"kind": "godot"}}, id="a question we do not know"),
        pytest.param([1, 2, 3], id="a list"),
        pytest.param("talk", id="a text"),
    ],
)
def test_what_cannot_be_read_is_a_fresh_talk(stored: Any) -> None:
    assert conversation.from_json(stored) == Conversation()
