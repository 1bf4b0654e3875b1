"""Who asks for what is not there yet hears what does work now: every such intent has a line of its own."""

import pytest

from assistant.words.texts import load
from dialogs import Conversation, Said, Situation, commands, decide
from nlu.components.intent import IntentModel
from nlu.meaning import Meaning


def not_yet() -> list[str]:
    """The intents that no dialog takes up."""
    return [intent for intent in IntentModel.load().intents if _is_wish(intent)]


def _is_wish(intent: str) -> bool:
    decision = decide(Said("?"), Meaning("nl", intent, 1.0, confident=True), Conversation(), Situation())
    return any(isinstance(command, commands.NotYet) for command in decision.commands)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("intent", not_yet())
def test_what_is_not_there_yet_says_what_is(intent: str, language: str) -> None:
    assert f"instead.{intent}" in load(language).templates
