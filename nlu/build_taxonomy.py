"""Writes the compact list of roles and skills from the readable files: `python -m nlu.build_taxonomy`.

A line of a readable file is "Dutch = English; another word; another". A word with ! before it is read in a text only in
this spelling ("!Go"), one with ~ is never looked for in a text ("~hoofd") but understood when it is given as a role.
`data/spelling.txt` says which words have capitals when they are shown. `isco` gives every role its group of ISCO-08,
the international list of occupations; the groups that exist are in `data/isco_08.txt`.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlu.lexicon import Phrases, Words, key, read_yaml, split

DATA = Path(__file__).parent / "data"
ARTEFACT = DATA / "taxonomy.json"


Row = tuple[str, str, str, str, list[str], dict[int, float]]


class TaxonomyError(Exception):
    """A line of the taxonomy that cannot be right; the text says which."""


def main() -> None:
    """Write nlu/data/taxonomy.json."""
    ARTEFACT.write_text(build(), encoding="utf-8")


def build() -> str:
    """The compact form as text: `terms`, `generic` words, the words of each sector, and the ISCO-08 groups.

    Sectors, groups and neighbours name a term by its place in the list. A term is [Dutch, English, kind, field, words,
    {place in the list: closeness}], its names as they are shown; its words are cut and folded here, so that reading the
    list is quick, but for those of one spelling.

    Raises:
        TaxonomyError: when a term stands twice, a neighbour is no term, a sector's word is another term's, or a role
            has no group that exists.
    """
    tables = {path.stem: read_yaml(path) for path in sorted((DATA / "taxonomy").glob("*.yaml"))}
    terms = [
        (field, kind.removesuffix("s"), line)
        for kind in ("roles", "skills")
        for field, table in tables.items()
        for line in table.get(kind, "").strip().splitlines()
    ]
    index: dict[str, int] = {}
    rows: list[Row] = []
    for place, (field, kind, line) in enumerate(terms):
        dutch, words = _words(line)
        if key(dutch) in index:
            raise TaxonomyError(f"{dutch} stands twice")
        index[key(dutch)] = place
        near: dict[int, float] = {}
        english = words[1].lstrip("!~") if len(words) > 1 else dutch
        rows.append((dutch, english, kind, field, [_cut(word) for word in words], near))
    sectors = _sectors(tables["sectors"], rows, index)
    for closeness, first, second in _pairs(tables.values()):
        a, b = number(index, first), number(index, second)
        rows[a][5][b] = max(closeness, rows[a][5].get(b, 0))
    groups = _groups(tables.values(), rows, index)
    generic = sorted(
        key(word) for table in tables.values() for word in table.get("generic", "").split(",") if word.strip()
    )
    spelling = Spelling((DATA / "spelling.txt").read_text(encoding="utf-8"))
    lines = ",\n".join(_compact((spelling(row[0]), spelling(row[1]), *row[2:])) for row in rows)
    head = ",\n".join(
        f'"{name}":{_compact(value)}'
        for name, value in (("generic", generic), ("isco", groups), ("sectors", sectors))
    )
    return f'{{{head},\n"terms":[\n{lines}\n]}}\n'


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sectors(table: dict[str, str], rows: list[Row], index: dict[str, int]) -> dict[int, list[str]]:
    """The words of each sector. One that is a skill too ("zorg") is that term; another one becomes a term."""
    owner = {key(word.lstrip("!~")): place for place, row in enumerate(rows) for word in reversed(row[4])}
    owner |= index
    sectors = {}
    for line in table["sectors"].strip().splitlines():
        dutch, words = _words(line)
        place = index.setdefault(key(dutch), len(rows))
        if place == len(rows):
            rows.append((dutch, words[1], "sector", "sectors", [], {}))
        for word in words:
            if owner.setdefault(key(word), place) != place:
                raise TaxonomyError(f"{word!r}, a word for {dutch}, belongs to {rows[owner[key(word)]][0]}")
        sectors[place] = [_cut(word) for word in words]
    return sectors


def isco_codes() -> frozenset[str]:
    """Every group of ISCO-08: four digits."""
    lines = (DATA / "isco_08.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def _groups(tables: Iterable[dict[str, str]], rows: list[Row], index: dict[str, int]) -> dict[str, list[int]]:
    """The places of the roles in each group; every role stands in one."""
    groups: dict[str, list[int]] = {}
    known = isco_codes()
    for table in tables:
        for line in table.get("isco", "").strip().splitlines():
            code, _, names = line.strip().partition(":")
            if code not in known:
                raise TaxonomyError(f"ISCO-08 has no group {code}")
            groups.setdefault(code, []).extend(number(index, name.strip()) for name in names.split(","))
    placed = [place for places in groups.values() for place in places]
    for place, row in enumerate(rows):
        if (row[2] == "role") != (placed.count(place) == 1):
            raise TaxonomyError(f"{row[0]} stands in {placed.count(place)} groups of ISCO-08")
    return dict(sorted(groups.items()))


class Spelling:
    """Gives words their capitals: "sap-consultant" becomes "SAP-consultant"."""

    def __init__(self, text: str) -> None:
        marked = [part.strip() for line in text.splitlines() if line[:1] != "#" for part in line.split(",")]
        self._alone = {part[1:].lower(): part[1:] for part in marked if part.startswith("=")}
        self._inside: Phrases[str] = Phrases((part, part) for part in marked if part and part[0] != "=")

    def __call__(self, term: str) -> str:
        """The term as colleagues write it."""
        shown, words = self._alone.get(term.lower(), term), Words(term)
        for hit in reversed(self._inside.find(words)):
            start, end = words.starts[hit.first], words.ends[hit.last]
            if key(shown[start:end]) == key(hit.value):
                shown = shown[:start] + hit.value + shown[end:]
        return shown


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
        for line in table.get("close", "").strip().splitlines():
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
