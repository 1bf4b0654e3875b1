"""Knows which words for work mean the same, which are near each other, and to which field they belong.

It widens a search and never bars anyone: a word it does not know stays as the member said it. The readable list is in
`data/taxonomy/`; `nlu.build_taxonomy` makes the compact one that is read here, at the first question.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from nlu import esco
from nlu.lexicon import Phrases, Words, key, split
from nlu.meaning import LanguageCode

ARTEFACT: Final = Path(__file__).parent / "data" / "taxonomy.json"
PART_OF_ROLE: Final = 0.8  # "projectleider gebiedsontwikkeling" is that near to "projectleider"
PART_OF_SKILL: Final = 0.6
SHORTEST_PART: Final = 5  # letters of a known word inside a longer one

Kind = Literal["role", "skill", "sector"]


class Term(NamedTuple):
    """A role, skill or sector: its main word, its field ("finance"), and the terms near it with their closeness.

    `shown` and `en` are how it is written for people; `nl` is the first of these in small letters.
    """

    nl: str
    shown: str
    en: str
    kind: Kind
    field: str
    near: Mapping[int, float]


class Named(NamedTuple):
    """How a term is named in a text; `exact` is the only spelling that counts, when there is one."""

    term: Term
    exact: str | None


def extend(path: Path) -> None:
    """Know the words of a list that was taken over from ESCO as well, from now on; see `nlu.esco`.

    To be called at a start. A list that is not there adds nothing.
    """
    _beside.clear()
    if path.is_file():
        _beside.append(path)
    for known in (_taxonomy, _isco, _lookup, _related, last_words):
        known.cache_clear()


def canonical(term: str) -> str:
    """The taxonomy's Dutch main term ("pm" gives "projectleider", "bank" gives "banken"), or the words, tidied.

    Two words for one role, skill or sector have one canonical term: what is matched is that, what is shown the words.
    """
    known = _lookup(term)
    return known.nl if known else _tidy(term)


def related(term: str) -> Mapping[str, float]:
    """Canonical terms near this one, with their closeness: 1.0 for itself, 0.5 to 0.9 for neighbours."""
    return _related(term)


def field_of(term: str) -> str | None:
    """The field of work a term belongs to ("finance", "software"), or None when nobody knows."""
    known = _lookup(term) or next(_parts(term), None)
    return known.field if known else None


def isco_of(term: str) -> str | None:
    """The four digits of a role's group in ISCO-08 ("2421"), or None for what is no role we know."""
    known = _lookup(term)
    return _isco().get(known.nl) if known and known.kind == "role" else None


def display(term: str, language: LanguageCode) -> str:
    """How a colleague who reads this language writes a term ("SQL", "Power BI"); unknown words stay as they are."""
    known = _lookup(term)
    if known is None:
        return term
    return known.shown if language == "nl" else known.en


def kind_of(term: str) -> Kind | None:
    """Whether a term is a role, a skill or (when it is neither) a sector, or None when it is not in the list."""
    known = _lookup(term)
    return known.kind if known else None


def phrases() -> Phrases[Named]:
    """Every word for every skill and role, to be found in a text."""
    return _taxonomy().phrases


def sector_phrases() -> Phrases[Term]:
    """Every word for every sector, to be found in a text."""
    return _taxonomy().sectors


def sectors_in(text: str) -> frozenset[str]:
    """The canonical sectors that a text names ("gemeente Utrecht" gives "gemeenten")."""
    return frozenset(hit.value.nl for hit in sector_phrases().find(Words(text)))


@cache
def last_words() -> frozenset[str]:
    """The last words of all roles, folded: what a plural must be the plural of."""
    table = _taxonomy()
    names = (split(word) for term, words in table.words for word in words if term.kind == "role")
    return frozenset(parts[-1] for parts in names if parts)


class _Taxonomy(NamedTuple):
    terms: list[Term]
    words: list[tuple[Term, list[str]]]
    by_key: dict[str, Term]
    phrases: Phrases[Named]
    sectors: Phrases[Term]
    generic: frozenset[str]


@cache
def _taxonomy() -> _Taxonomy:
    """Read the compact list; a main term outranks another term's synonym, a role a skill."""
    data = json.loads(ARTEFACT.read_text(encoding="utf-8"))
    by_key: dict[str, Term] = {}
    parts: dict[tuple[str, ...], Named] = {}
    terms = [
        Term(nl.lower(), nl, en, kind, field, {int(number): closeness for number, closeness in near.items()})
        for nl, en, kind, field, _, near in data["terms"]
    ]
    for term, row in zip(terms, data["terms"], strict=True):
        cut_already = (
            row[4] and row[4][0][0].isalnum()
        )  # cutting two thousand would take a quarter of the time
        by_key.setdefault(row[4][0].replace(" ", "") if cut_already else key(term.nl), term)
    for term, row in zip(terms, data["terms"], strict=True):
        _add_words(term, row[4], by_key, parts)
    sectors: list[tuple[tuple[str, ...], Term]] = []
    for number, marked_words in data["sectors"].items():
        for marked in marked_words:
            cut = tuple(marked.lstrip("~").split())
            by_key.setdefault("".join(cut), terms[int(number)])
            if not marked.startswith("~"):
                sectors.append((cut, terms[int(number)]))
    words = [(term, row[4]) for term, row in zip(terms, data["terms"], strict=True)]
    for path in _beside:
        for concept in esco.read(path):
            _take_over(concept, terms, by_key, parts)
    return _Taxonomy(
        terms,
        words,
        by_key,
        Phrases.of_parts(parts.items()).lasting(),
        Phrases.of_parts(sectors).lasting(),
        frozenset(data["generic"]),
    )


def _add_words(
    term: Term, words: list[str], by_key: dict[str, Term], parts: dict[tuple[str, ...], Named]
) -> None:
    """What the marks of a word mean stands in `nlu.build_taxonomy`; the first term with a word keeps it."""
    named = Named(term, None)
    for marked in words:
        sign = marked[0]
        if sign == "!":
            cut = split(marked[1:])
            if by_key.setdefault("".join(cut), term) is term:
                parts.setdefault(cut, Named(term, marked[1:]))
        elif sign == "~":
            by_key.setdefault(marked[1:].replace(" ", ""), term)
        elif by_key.setdefault(marked.replace(" ", ""), term) is term:
            parts.setdefault(tuple(marked.split()), named)


@cache
def _isco() -> dict[str, str]:
    terms = _taxonomy().terms
    groups = json.loads(ARTEFACT.read_text(encoding="utf-8"))["isco"]
    return {terms[place].nl: code for code, places in groups.items() for place in places}


_beside: list[Path] = []
LONG_ENOUGH: Final = 9  # letters: a single word of ESCO that is shorter is not looked for in a text


def _take_over(
    concept: esco.Concept,
    terms: list[Term],
    by_key: dict[str, Term],
    parts: dict[tuple[str, ...], Named],
) -> None:
    """Its words become words for our term, where one of its two names is ours; else it is a term by itself.

    Only roles are looked for in a text: ESCO names skills with words of every day.
    """
    ours = by_key.get(key(concept.nl)) or by_key.get(key(concept.en))
    if ours is not None and ours.kind != concept.kind:
        return
    term = ours or Term(concept.nl.lower(), concept.nl, concept.en, concept.kind, "esco", {})
    if ours is None:
        terms.append(term)
    for label in concept.labels:
        cut = split(label)
        if by_key.setdefault("".join(cut), term) is not term or concept.kind != "role":
            continue
        if len(cut) > 1 or len(cut[0]) >= LONG_ENOUGH:
            parts.setdefault(cut, Named(term, None))


def _tidy(term: str) -> str:
    return " ".join(term.split()).lower()


@lru_cache(maxsize=4096)
def _lookup(term: str) -> Term | None:
    """A term by any of its words, also in the plural or with "senior" before it."""
    by_key = _taxonomy().by_key
    text = key(term)
    known = by_key.get(text) or next((by_key[one] for one in singulars(text) if one in by_key), None)
    if known is not None:
        return known
    parts = term.split()
    if len(parts) > 1 and parts[0].lower().rstrip(".") in _GRADES:
        return _lookup(" ".join(parts[1:]))
    return None


_GRADES: Final = frozenset(
    {
        "senior",
        "sr",
        "medior",
        "junior",
        "jr",
        "ervaren",
        "experienced",
        "interim",
        "freelance",
        "zzp",
        "allround",
        "zelfstandig",
    }
)


def singulars(word: str) -> Iterator[str]:
    """What a word may be the plural of, the likeliest first; the caller knows which of them exist."""
    if word.endswith("en"):
        stem = word[:-2]
        yield stem
        yield from _lengthened(stem)
        yield word[:-1]
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]
    elif word.endswith("lieden"):
        yield word[:-6] + "man"
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("ci"):
        yield word[:-1] + "cus"
        yield word[:-1] + "us"


def _lengthened(stem: str) -> Iterator[str]:
    """ "fotograf(en)" to "fotograaf", "psycholog(en)" to "psycholoog", "archiv(en)" to "archief"."""
    if len(stem) > 3 and stem[-2] in "aeou" and stem[-1] not in "aeiou":
        last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
        yield stem[:-2] + stem[-2] * 2 + last


def _parts(term: str) -> Iterator[Term]:
    """Known terms inside an unknown one, the longest first: "adviseur", being too general, is none."""
    words = list(split(term))
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            known = _specific("".join(words[start : start + length]))
            if known is not None:
                yield known
    for word in words:
        for start in range(2, len(word) - SHORTEST_PART * 2 + 1):
            known = _specific(word[start:])
            if known is not None and known.kind == "role":
                yield known
                break


def _specific(text: str) -> Term | None:
    table = _taxonomy()
    if text in table.generic or len(text) < 2:
        return None
    known = _lookup(text)
    return known if known and known.kind != "sector" and key(known.nl) not in table.generic else None


@lru_cache(maxsize=4096)
def _related(term: str) -> Mapping[str, float]:
    """Closeness through parts is multiplied; anything below one half is not worth telling."""
    table = _taxonomy()
    known = _lookup(term)
    if known is not None:
        near = {table.terms[number].nl: closeness for number, closeness in known.near.items()}
        return {known.nl: 1.0, **near}
    result = {_tidy(term): 1.0}
    for part in _parts(term):
        weight = PART_OF_ROLE if part.kind == "role" else PART_OF_SKILL
        result[part.nl] = max(weight, result.get(part.nl, 0.0))
        for number, closeness in part.near.items():
            name = table.terms[number].nl
            if closeness * weight >= 0.5:
                result[name] = max(round(closeness * weight, 2), result.get(name, 0.0))
    return result
