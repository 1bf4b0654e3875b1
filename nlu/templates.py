"""Turns the lines we wrote of what people say into many different messages to learn from.

A file `languages/<code>/intents/<intent>.yaml` holds `lines`, one template a line, and may hold `texts`, templates of
several lines (mails, job ads); `languages/<code>/hands/<hand>/<intent>.yaml` is the same by somebody who had not seen
it. In a template `(a|b)` is a choice, `[x]` may be left out, and `{slot}` is filled from `languages/<code>/slots.yaml`,
whose values may be templates again. Drawing is seeded:
the same seed, the same messages.
"""

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from nlu.meaning import LanguageCode

LANGUAGES = Path(__file__).parent / "languages"
CODES: tuple[LanguageCode, ...] = ("nl", "en")
FIRST_HAND = "first"

_CHOICE = re.compile(r"\(([^()\[\]]*\|[^()\[\]]*)\)")
_OPTION = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
# What these say is the whole message: "hi" before them would make it another one.
_BARE = frozenset({"greeting", "thanks", "confirm", "deny", "unknown"})
_EMOJI = "🙂👍🙏😊🎉😅👋🤞🤔💪"
_NEAR = {"a": "s", "e": "r", "i": "o", "n": "m", "o": "p", "r": "t", "t": "y", "u": "i", "l": "k", "d": "f"}

Slots = dict[str, tuple[str, ...]]


class TemplateError(ValueError):
    """A template names a slot that its language does not have."""


@dataclass(frozen=True, slots=True)
class Template:
    """One way to say something, with its intent, its language, and who wrote it."""

    text: str
    intent: str
    language: LanguageCode
    hand: str = FIRST_HAND


def read_templates() -> list[Template]:
    """Return all templates, by language, hand, intent and order of writing."""
    return [
        Template(text, path.stem, code, hand)
        for code in CODES
        for path, hand in _files(code)
        for text in read_file(path)
    ]


def _files(code: str) -> list[tuple[Path, str]]:
    first = [(path, FIRST_HAND) for path in sorted((LANGUAGES / code / "intents").glob("*.yaml"))]
    others = sorted((LANGUAGES / code / "hands").glob("*/*.yaml"))
    return first + [(path, path.parent.name) for path in others]


def read_file(path: Path) -> list[str]:
    """Return the templates of one intent's file: its lines, then its longer texts."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [line for line in data["lines"].splitlines() if line.strip()] + list(data.get("texts", []))


def read_slots() -> dict[LanguageCode, Slots]:
    """Return, a language, what each slot may be filled with."""
    return {code: _slots(LANGUAGES / code / "slots.yaml") for code in CODES}


def _slots(path: Path) -> Slots:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: tuple(values.splitlines()) for name, values in data.items()}


def digest() -> str:
    """Return the fingerprint of all template and slot files: the artefact made from them carries it."""
    total = hashlib.sha256()
    files = [LANGUAGES / code / "slots.yaml" for code in CODES]
    for path in files + [path for code in CODES for path, _ in _files(code)]:
        total.update(path.relative_to(LANGUAGES).as_posix().encode())
        total.update(path.read_text(encoding="utf-8").encode())
    return total.hexdigest()


def draw(template: Template, slots: Slots, rng: random.Random) -> str:
    """Draw one message as a person might type it; TemplateError names a slot that does not exist."""
    return disturb(expand(frame(template, rng), slots, rng), rng)


def expand(template: Template, slots: Slots, rng: random.Random) -> str:
    """Draw one message from a template; TemplateError names a slot that does not exist."""

    def fill(match: re.Match[str]) -> str:
        if match[1] not in slots:
            raise TemplateError(
                f"{template.language}/{template.intent}: no slot {{{match[1]}}} in {template.text!r}"
            )
        return rng.choice(slots[match[1]])

    text, before = template.text, ""
    while text != before:
        before = text
        text = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)
        text = _OPTION.sub(lambda match: match[1] if rng.random() < 0.5 else "", text)
        text = _SLOT.sub(fill, text)
    return re.sub(r" +([,.?!]|$)", r"\1", re.sub("  +", " ", text)).strip(" ,")


def fits(template: Template, slots: Slots) -> bool:
    """Whether a template that was not written here can be filled in."""
    return all(match[1] in slots for match in _SLOT.finditer(template.text))


def frame(template: Template, rng: random.Random) -> Template:
    """Add a greeting or a thank-you to some templates, as people do around a request."""
    if template.intent in _BARE:
        return template
    opening = "{opening} " if rng.random() < 0.2 else ""
    closing = rng.choice((", ", ". ", " ", "\n")) + "{closing}" if rng.random() < 0.1 else ""
    return replace(template, text=opening + template.text + closing)


def disturb(text: str, rng: random.Random) -> str:
    """Write a message as a hurried person would: typos, no capitals or marks, a stray emoji."""
    for chance, change in _DISTURBANCES:
        if rng.random() < chance:
            text = change(text, rng)
    return text


def _typo(text: str, rng: random.Random) -> str:
    """Drop, double, swap or mistype one letter."""
    if len(text) < 6:
        return text
    at = rng.randrange(1, len(text) - 1)
    here, there = text[at], text[at + 1]
    slip = rng.choice(["", here + here, there + here, _NEAR.get(here, here)])
    return text[:at] + slip + text[at + (2 if slip == there + here else 1) :]


def _drop_word(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    if len(words) > 4:
        del words[rng.randrange(len(words))]
    return " ".join(words)


def _lower(text: str, _rng: random.Random) -> str:
    return text.lower()


def _upper(text: str, _rng: random.Random) -> str:
    return text.upper()


def _capital(text: str, _rng: random.Random) -> str:
    return text[:1].upper() + text[1:]


def _bare(text: str, _rng: random.Random) -> str:
    """Leave out the marks, as on a phone."""
    return re.sub(r"[,.?!'](?=\s|$)", "", text)


def _emoji(text: str, rng: random.Random) -> str:
    return f"{text} {rng.choice(_EMOJI)}"


_DISTURBANCES: tuple[tuple[float, Callable[[str, random.Random], str]], ...] = (
    (0.2, _typo),
    (0.1, _typo),
    (0.1, _drop_word),
    (0.3, _capital),
    (0.35, _lower),
    (0.02, _upper),
    (0.3, _bare),
    (0.05, _emoji),
)
