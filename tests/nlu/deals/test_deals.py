"""What is told of deals and money is read from whole messages; what is unclear is handed on as a doubt, never guessed."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from nlu import Context, Reader
from nlu.deals import DealReport, Terms
from nlu.meaning import LanguageCode
from nlu.shaping.deals import cents_of

DATA = yaml.safe_load(Path(__file__).with_name("deals.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def shown(report: DealReport) -> dict[str, Any]:
    """What was read, as a row writes it: money in euros, dates as they are, and nothing that was not said."""
    found = {each.name: getattr(report, each.name) for each in fields(report) if each.name != "terms"}
    found |= {each.name: getattr(report.terms, each.name) for each in fields(Terms)}
    found["doubts"] = [each.kind for each in report.doubts]
    for cents in ("cents", "instead_cents", "of_cents", "rate_cents"):
        if found[cents] is not None:
            found[cents] /= 100
    if found["months"] is not None:
        found["months"] = round(found["months"], 2)
    return {name: value for name, value in found.items() if value or (value == 0 and value is not False)}


@pytest.mark.parametrize(("text", "meant"), [(row["say"], row["read"]) for row in DATA["rows"]])
def test_what_is_told(reader: Reader, text: str, meant: dict[str, Any]) -> None:
    report = reader.read(text, Context(TODAY)).deal

    assert report is not None
    assert shown(report) == meant


@pytest.mark.parametrize("text", DATA["never"])
def test_what_is_about_something_else(reader: Reader, text: str) -> None:
    report = reader.read(text, Context(TODAY)).deal

    assert report is None or report.kind == "terms"


def test_a_forward_tells_nothing_of_the_writer(reader: Reader) -> None:
    assert reader.read("gewonnen, 60 dagen x 900", Context(TODAY, forwarded=True)).deal is None


@given(st.integers(0, 10_000_000_00), st.sampled_from(["nl", "en"]))
def test_an_amount_is_read_as_its_own_language_writes_it(cents: int, language: LanguageCode) -> None:
    """Never a factor thousand off: as people write it in a language it has no other reading there."""
    pattern = "#,##0.00" if cents % 100 else "#,##0"
    written = format_decimal(cents / 100, pattern, locale=language)

    assert cents_of(written, language) == (cents, None)
    assert cents_of(f"€ {written}", language) == (cents, None)


@given(st.integers(1_000, 999_999), st.sampled_from([("nl", "en"), ("en", "nl")]))
def test_thousands_of_the_other_language_are_doubted(
    amount: int, pair: tuple[LanguageCode, LanguageCode]
) -> None:
    written = format_decimal(amount, "#,##0", locale=pair[0])

    _cents, doubt = cents_of(written, pair[1])

    assert doubt is not None


@given(st.text(alphabet="0123456789.,-€k ", min_size=1, max_size=12), st.sampled_from(["nl", "en"]))
def test_any_figures_are_an_amount_or_a_doubt(said: str, language: LanguageCode) -> None:
    cents, doubt = cents_of(said, language)

    assert (cents is not None and cents >= 0) or doubt is not None
