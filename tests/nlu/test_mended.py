"""A message takes something back only when it says so."""

from datetime import date

import pytest

from nlu import Context, Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        ("ik zei 4 dagen maar dat moet 3 zijn", True),
        ("not 32 hours but 24 from March", True),
        ("78 per uur moest 87 zijn, bij die tester in Goes", True),
        ("my old boss needs a tester in Goes, 3 days a week", False),
        ("klant zoekt een tester voor 3 dagen per week vanaf 1 mei", False),
    ],
)
def test_correction(reader: Reader, text: str, corrects: bool) -> None:
    assert reader.read(text, Context(today=date(2026, 11, 21))).correction is corrects
