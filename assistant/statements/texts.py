"""The words of statements and exports, read once from data: one YAML file a language, in the same form."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

Language = Literal["nl", "en"]
FOLDER = Path(__file__).parent


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language. `locale` writes numbers and days; `lines` and `words` are those of the pages, {gaps} and all."""

    locale: str
    separator: Literal[",", ";"]
    decimal: Literal[",", "."]
    columns: dict[str, str]
    causes: dict[str, str]
    states: dict[str, str]
    lines: dict[str, str]
    accounts: dict[str, str]
    words: dict[str, str]


@cache
def read(language: Language) -> Texts:
    """All texts in one language. Raises msgspec.ValidationError when a file is not in form."""
    return msgspec.yaml.decode((FOLDER / f"{language}.yaml").read_bytes(), type=Texts)
