"""How a card looks in Telegram: its text in parts of the size Telegram takes, its buttons as rows. Pure."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from assistant.messages import Action

MAX_TEXT = 4096  # counted in UTF-16 units
SHORT_LABEL = 18  # two buttons of this length stand side by side on a phone
WORDS = Path(__file__).parents[1] / "words"


def parts(text: str, most: int = MAX_TEXT) -> list[str]:
    """The text in pieces of at most `most` UTF-16 units, broken at a line or a space where there is one."""
    pieces = []
    rest = text
    while units(rest) > most:
        piece = _start(rest, most)
        cut = max(piece.rfind("\n"), piece.rfind(" ")) + 1
        piece = piece[:cut] if cut > len(piece) // 2 else piece
        rest = rest[len(piece) :]
        pieces.append(piece.rstrip())
    return [piece for piece in (*pieces, rest) if piece.strip()] or [text]


def units(text: str) -> int:
    """Its length in UTF-16 units, as Telegram counts: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


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


def _start(text: str, most: int) -> str:
    """The longest start of `text` within `most` units; never half an emoji."""
    return text.encode("utf-16-le", "surrogatepass")[: most * 2].decode("utf-16-le", "ignore")
