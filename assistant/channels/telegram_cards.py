"""How a card looks in Telegram: its text in parts of the size Telegram takes, its buttons as rows. Pure."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from assistant.messages import Action

SHORT_LABEL = 18  # two buttons of this length stand side by side on a phone
WORDS = Path(__file__).parents[1] / "words"


def keyboard(buttons: Sequence[Action]) -> InlineKeyboardMarkup | None:
    """Buttons under a message: two short ones side by side, a long one alone."""
    rows: list[list[InlineKeyboardButton]] = []
    for action in buttons:
        button = InlineKeyboardButton(action.label, callback_data=action.token)
        beside = rows[-1] if rows else []
        if len(beside) == 1 and max(len(beside[0].text), len(action.label)) <= SHORT_LABEL:
            beside.append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows) if rows else None


def menu(language: str) -> list[BotCommand]:
    """The commands shown in the menu, in one language."""
    texts = yaml.safe_load((WORDS / f"commands.{language}.yaml").read_text("utf-8"))
    return [BotCommand(command, description) for command, description in texts.items()]
