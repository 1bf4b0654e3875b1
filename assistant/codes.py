"""Codes that open a door: made at random, shown once, and stored only as something they can be recognised by."""

import hashlib
import secrets
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Apps:
    """Where people find us, as far as the channels have told: the bot's name on Telegram, the number on WhatsApp."""

    bot_name: str | None = None
    number: str | None = None  # digits only, with the country


NOWHERE = Apps()


def link_to(apps: Apps, code: str) -> str | None:
    """The link that opens a chat with us with this code; one a line when we are in both apps, None while in neither."""
    links = {
        "Telegram": f"https://t.me/{apps.bot_name}?start={code}" if apps.bot_name else None,
        "WhatsApp": f"https://wa.me/{apps.number}?text=%2Fstart%20{code}" if apps.number else None,
    }
    known = {app: link for app, link in links.items() if link}
    if len(known) > 1:
        return "\n".join(f"{app}: {link}" for app, link in known.items())
    return next(iter(known.values()), None)
