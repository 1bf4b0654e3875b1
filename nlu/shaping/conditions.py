"""Reads the conditions of a lead: who is not to be asked, and what the client cannot do without."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

import yaml

from nlu.finds import Find
from nlu.lexicon import LANGUAGES
from nlu.shaping.findings import LONGEST_CLAUSE, Findings

_JOINED: Final = re.compile(r"\s*(?:,|/|&|\+|\b(?:en|and)\b)\s*")
_SENTENCE: Final = re.compile(r"[.;!?\n]")


def ruled_out(findings: Findings) -> tuple[str, ...]:
    """The people who are not to be asked: "niet voor Kees". "Is dit niet voor Kees?" asks the opposite."""
    people = findings.all("person")
    if not people:
        return ()
    return tuple(dict.fromkeys([find.value for find in people if _is_ruled_out(findings, find)]))


def _is_ruled_out(findings: Findings, find: Find) -> bool:
    before, after = _around(findings.text, find)
    ending = _SENTENCE.search(findings.text, find.end)
    if ending is not None and ending[0] == "?":
        return False
    return _says("ruled_out_before", before) or _says("ruled_out_after", after)


def musts(findings: Findings, skills: Iterable[Find]) -> tuple[str, ...]:
    """The skills the client cannot do without: "PRINCE2 is een must", "vereist: scrum en jira"."""
    found: dict[str, None] = {}
    end = -1  # of the last one: what is joined to it by "en" belongs with it
    for find in skills:
        joined = end >= 0 and _JOINED.fullmatch(findings.text, end, find.start)
        if joined or _is_must(findings.text, find):
            found[find.value], end = None, find.end
    return tuple(found)


def _is_must(text: str, find: Find) -> bool:
    before, after = _around(text, find)
    return _says("must_list", before) or _says("must_before", before) or _says("must_after", after)


def _around(text: str, find: Find) -> tuple[str, str]:
    """The sentence up to what was found, and from there on; in small letters."""
    before = _SENTENCE.split(text[max(0, find.start - LONGEST_CLAUSE) : find.start])[-1]
    after = _SENTENCE.split(text[find.end : find.end + LONGEST_CLAUSE], maxsplit=1)[0]
    return before.lower(), after.lower()


def _says(name: str, words: str) -> bool:
    return any(pattern.search(words) for pattern in _patterns()[name])


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The expressions of all languages together: members mix them."""
    merged: dict[str, tuple[re.Pattern[str], ...]] = {}
    for path in sorted(LANGUAGES.glob("*/conditions.yaml")):
        for name, lines in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            merged[name] = merged.get(name, ()) + tuple(re.compile(line) for line in lines)
    return merged
