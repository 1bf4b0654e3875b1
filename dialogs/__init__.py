"""Meaning in, commands out. Pure: no database, no clock, no words on screen."""

from dialogs.conversation import Choice, Conversation, Decision, Said, Situation
from dialogs.decide import decide, press
from dialogs.drafts import start_profile

__all__ = ["Choice", "Conversation", "Decision", "Said", "Situation", "decide", "press", "start_profile"]
