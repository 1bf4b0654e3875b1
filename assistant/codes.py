"""Codes that open a door: made at random, shown once, and stored only as something they can be recognised by."""

import hashlib
import secrets

CODE_BYTES = 12  # 16 characters, 96 bits: not to be guessed


def new_code() -> str:
    """A code that nobody can guess."""
    return secrets.token_urlsafe(CODE_BYTES)


def hash_of(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def page_of(public_url: str, code: str) -> str:
    """The web page on which a client chooses with this code."""
    return f"{public_url.rstrip('/')}/kies/{code}"


def link_to(bot_name: str | None, code: str) -> str | None:
    """The link that opens the bot with this code; None while the bot's name is not known."""
    return f"https://t.me/{bot_name}?start={code}" if bot_name else None
