"""Patterns that are left out could not have fitted, and hardly any other pattern is tried."""

import pytest

from nlu import settings
from nlu.components import intent
from nlu.needles import Patterns, needles
from tests.nlu.shapes import real_messages

LISTS: dict[str, Patterns[str] | Patterns[tuple[str, str]]] = {
    "cues": intent.cues(),
    "certain": intent.certain(),
    "settings": settings.lines(),
}


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("ik zoek", [{"ik zoek"}]),
        (r"\bgezocht\b(?<!werk gezocht)", [{"gezocht"}]),
        (r"\b(?:heeft|hebben)\b.{0,25}\bgeen \w{4,} meer\b", [{"geen "}, {" meer"}, {"eft", "bben"}, {"he"}]),
        (r"(?:zeker |wel )?interesse", [{"interesse"}]),
        (r"(?:zeker |wel )+ja", [{"zeker ", "wel "}, {"ja"}]),
        (r"tarie(?:f|ven)", [{"tarie"}, {"f", "ven"}]),
        (r"ja|nee|\d", []),
        (r"(?=.*\bals\b)(?!.*\bniet\b)", [{"als"}]),
        (r"(?i:uur) per", [{" per"}]),
        (r"[a-z]+", []),
        (r"\(af\)", [{"(af)"}]),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, needed: list[set[str]]) -> None:
    """The longest first."""
    assert needles(pattern) == needed


@pytest.mark.parametrize("name", LISTS)
def test_no_pattern_that_fits_is_left_out(name: str) -> None:
    """Whatever fits one of our messages is worth trying on it."""
    for text in map(str.lower, real_messages()):
        tried = [sought.pattern for sought in LISTS[name].worth_trying(text)]
        fitting = [sought.pattern for sought in LISTS[name].all if sought.regex.search(text)]
        assert set(fitting) <= set(tried)


@pytest.mark.parametrize("name", ["cues", "certain", "settings"])
def test_every_pattern_needs_a_word(name: str) -> None:
    """One that can do without any would be tried on every message."""
    assert [sought.pattern for sought in LISTS[name].all if not needles(sought.pattern)] == []


def test_patterns_come_in_their_own_order() -> None:
    """The first that fits counts, as in the list."""
    patterns = Patterns([("c", "vier"), ("b", r"\w+"), ("a", "een"), ("d", "twee")])
    assert [sought.value for sought in patterns.worth_trying("een of vier")] == ["c", "b", "a"]
    assert [sought.value for sought in patterns.worth_trying("")] == ["b"]
