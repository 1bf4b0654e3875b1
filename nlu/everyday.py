"""Words that mean something of their own in any message, so that they can be no role, skill or client."""

from functools import cache
from typing import Final

from nlu.language import LANGUAGES, codes, load_expressions
from nlu.lexicon import fold

MAY_BE_MORE: Final = frozenset({"PM"})  # a project manager too: a collective may teach which


@cache
def everyday() -> frozenset[str]:
    """Everyday words of all languages, folded: "ok", "tarief", "maandag", "niet"."""
    found: set[str] = set()
    for name in ("everyday.txt", "function_words.txt"):
        for path in LANGUAGES.glob(f"*/{name}"):
            lines = path.read_text(encoding="utf-8").splitlines()
            found.update(fold(word) for line in lines if not line.startswith("#") for word in line.split())
    for code in codes():
        alone = load_expressions("en" if code == "en" else "nl").alone
        found.update(fold(word) for word, symbol in alone.items() if symbol not in MAY_BE_MORE)
    return frozenset(found)
