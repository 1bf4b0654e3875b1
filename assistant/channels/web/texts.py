"""The words of the page itself, read once from data: one YAML file a language, in the same form."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from assistant.channels.web.clock import Calendar

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
FOLDER = Path(__file__).parent / "texts"

Kind = Literal["member", "coordinator", "newcomer", "stranger"]


class Fill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that the guide puts ready in somebody's chat."""

    to: str
    text: str


class Done(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of the guide is done once `who` pressed something, or was told something."""

    who: str
    kind: Literal["press", "told"]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the guide: what to do, and the button that prepares it."""

    title: str
    text: str
    button: str
    open: tuple[str, ...]
    done: Done
    fill: Fill | None = None


class AvailabilityWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The line under a name; {hours}, {until}, {start} and {weeks} are filled in."""

    free: str
    free_hours: str
    partly: str
    partly_hours: str
    full: str
    full_until: str
    away: str
    away_until: str
    free_from: str
    unknown: str
    stale: str
    quiet: str


class Texts(msgspec.Struct, frozen=True):
    """One language. `labels` are the words that the page shows by their name."""

    calendar: Calendar
    availability: AvailabilityWords
    steps: tuple[Step, ...]
    suggestions: dict[Kind, tuple[str, ...]]
    labels: dict[str, str]


@cache
def read(language: Language) -> Texts:
    """All texts of the page in one language. Raises msgspec.ValidationError when a file is not in form."""
    raw = msgspec.yaml.decode((FOLDER / f"{language}.yaml").read_bytes(), type=dict[str, object])
    labels = {name: value for name, value in raw.items() if isinstance(value, str)}
    return msgspec.convert({**raw, "labels": labels}, Texts)
