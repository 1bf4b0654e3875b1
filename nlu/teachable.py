"""Decides whether a word may join a collective's vocabulary, and what kind of thing it names.

A word that could be anything ("ok", a first name, a village) would be read where nobody meant it: it is not learned.
"""

from typing import Final, Literal

from nlu import gazetteer, taxonomy
from nlu.components.client import is_organisation, well_known
from nlu.components.names import first_names
from nlu.components.role import is_role_word
from nlu.everyday import everyday
from nlu.lexicon import split
from nlu.vocabulary import WordKind

Refusal = Literal["everyday", "name", "place", "unreadable"]

LONGEST: Final = 4  # words in one entry; more is a sentence
LONGEST_LETTERS: Final = 60
SHORTEST_CLIENT: Final = 4  # letters; "Ka" in small letters could be anything


def refusal(word: str) -> Refusal | None:
    """Why a word cannot be taught, or None when it can. Raises nothing: any text may be asked about."""
    parts = split(word)
    letters = "".join(parts)
    if not 0 < len(parts) <= LONGEST or len(word) > LONGEST_LETTERS or not any(map(str.isalpha, letters)):
        return "unreadable"
    if len(letters) < 2:
        return "unreadable"
    if all(part in everyday() or part.isdecimal() for part in parts):
        return "everyday"
    if len(parts) == 1 and letters in first_names():
        return "name"
    if gazetteer.locate(word) is not None:
        return "place"
    return None


def kind_of(meaning: str) -> WordKind | None:
    """What kind of thing these words name, as far as we know: "projectmanager" a role, "gemeente Hoorn" a client."""
    known = taxonomy.kind_of(meaning)
    if known is not None:
        return "role" if known == "role" else "skill"
    parts = split(meaning)
    if not parts:
        return None
    if is_organisation(meaning):
        return "client"
    is_role = any(is_role_word(part) or taxonomy.kind_of(part) == "role" for part in (parts[0], parts[-1]))
    return "role" if is_role else None


def is_new(word: str, kind: WordKind) -> bool:
    """Whether a confirmed word is worth remembering: teachable, and not read rightly without it."""
    if refusal(word) is not None:
        return False
    parts = split(word)
    if kind == "client":
        return len("".join(parts)) >= SHORTEST_CLIENT and not well_known(word)
    if any(part in everyday() for part in parts):
        return False  # "iemand voor de kassa" is a description, no name
    return taxonomy.kind_of(word) is None and not (kind == "role" and is_role_word(parts[-1]))
