"""Many patterns tried as one fit what each of them fits, whatever groups they keep."""

import re

import pytest

from nlu.lexicon import any_of

PATTERNS = (r"(volg|ik volg) (?P<topic>.+)", r"stop met (?P<topic>\w+)", r"\(af\)", r"(?:per )?week(?! niet)")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ik volg Zwolle", True),
        ("stop met volgen", True),
        ("(af)", True),
        ("af", False),
        ("per week", True),
        ("per maand", False),
        ("stop met", False),
        ("ik volg Zwolle\nniet", False),
    ],
)
def test_one_pattern_for_all(text: str, *, fits: bool) -> None:
    """It fits where one of them does, and nowhere else."""
    assert (any_of(PATTERNS).fullmatch(text) is not None) == fits
    assert any(re.fullmatch(pattern, text) for pattern in PATTERNS) == fits
