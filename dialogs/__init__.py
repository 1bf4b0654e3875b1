"""Meaning in, commands out. Pure: no database, no clock, no words on screen."""

from dialogs.clients import decide_for_client, press_for_client, reach_of, without_reach
from dialogs.conversation import Choice, Conversation, Decision, Said, Situation
from dialogs.decide import decide, may_choose, named_in, only_chooses, press
from dialogs.drafts import start_profile

__all__ = [
    "Choice",
    "Conversation",
    "Decision",
    "Said",
    "Situation",
    "decide",
    "decide_for_client",
    "may_choose",
    "named_in",
    "only_chooses",
    "press",
    "press_for_client",
    "reach_of",
    "start_profile",
    "without_reach",
]
