"""What a model may learn from beside our own lines: corrections, where the collective and the member allow it."""

from typing import Any

from assistant.rules.policy import policy_of
from db import corrections
from db.session import Session
from nlu.templates import Template

HAND = "installation"
MODEL_FILE = "intents.npz"  # what an installation learned itself, in its data folder


def templates_of(session: Session) -> list[Template]:
    """The corrections of all collectives that keep them, as templates; no two the same."""
    found: dict[Template, None] = {}
    for each in corrections.agreed(session):
        if policy_of(each.policy, "UTC").keeps_corrections:
            language: Any = each.language
            found[Template(each.text, each.intent, language, HAND)] = None
    return list(found)
