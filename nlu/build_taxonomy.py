"""Writes the compact list of roles and skills from the readable files: `python -m nlu.build_taxonomy`.

A line of a readable file is "Dutch = English; another word; another". A word with ! before it is read in a text only in
this spelling ("!Go"), one with ~ is never looked for in a text ("~hoofd") but understood when it is given as a role.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlu.lexicon import key, read_yaml, split

DATA = Path(__file__).parent / "data"
ARTEFACT = DATA / "taxonomy.json"


class TaxonomyError(Exception):
    """A line of the taxonomy that cannot be right; the text says which."""


def main() -> None:
    """Write nlu/data/taxonomy.json."""
    ARTEFACT.write_text(build(), encoding="utf-8")


def build() -> str:
    """The compact form as text: `terms`, and `generic` words.

    A term is [Dutch, English, "role" or "skill", field, words, {place in the list: closeness}]; its words are cut and
    folded here, so that reading the list is quick, but for those of one spelling.

    Raises:
        TaxonomyError: when a term stands twice, or a neighbour is no term.
    """
    tables = {path.stem: read_yaml(path) for path in sorted((DATA / "taxonomy").glob("*.yaml"))}
    terms = [
        (field, kind.removesuffix("s"), line)
        for kind in ("roles", "skills")
        for field, table in tables.items()
        for line in table[kind].strip().splitlines()
    ]
    index: dict[str, int] = {}
    rows = []
    for place, (field, kind, line) in enumerate(terms):
        dutch, words = _words(line)
        if key(dutch) in index:
            raise TaxonomyError(f"{dutch} stands twice")
        index[key(dutch)] = place
        near: dict[int, float] = {}
        english = words[1].lstrip("!~") if len(words) > 1 else dutch
        rows.append((dutch, english, kind, field, [_cut(word) for word in words], near))
    for closeness, first, second in _pairs(tables.values()):
        a, b = number(index, first), number(index, second)
        rows[a][5][b] = max(closeness, rows[a][5].get(b, 0))
    generic = sorted(
        key(word) for table in tables.values() for word in table.get("generic", "").split(",") if word.strip()
    )
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{{"generic":{json.dumps(generic, ensure_ascii=False)},\n"terms":[\n{lines}\n]}}\n'


def _words(line: str) -> tuple[str, list[str]]:
    """The Dutch main term as we write it, and all words with their marks, the Dutch one first."""
    dutch, _, rest = line.partition(" =")
    words = [dutch.strip(), *(word.strip() for word in rest.split(";"))]
    main = words[0].lstrip("~")
    return (main[1:].lower() if main.startswith("!") else main), [word for word in words if word]


def _cut(word: str) -> str:
    if word.startswith("!"):
        return word
    return ("~" if word.startswith("~") else "") + " ".join(split(word))


def _pairs(tables: Iterable[dict[str, str]]) -> Iterator[tuple[float, str, str]]:
    """Every two different terms of one line of neighbours."""
    for table in tables:
        for line in table["close"].strip().splitlines():
            closeness, _, names = line.strip().partition(":")
            group = [name.strip() for name in names.split(",")]
            yield from ((float(closeness), a, b) for a in group for b in group if a != b)


def number(index: dict[str, int], name: str) -> int:
    """The place of a term in the list.

    Raises:
        TaxonomyError: when it is not there.
    """
    if key(name) not in index:
        raise TaxonomyError(f"the neighbour {name!r} is no term")
    return index[key(name)]


if __name__ == "__main__":
    main()
