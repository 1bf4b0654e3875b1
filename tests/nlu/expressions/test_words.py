"""The lists of words: each phrase is read as the symbol it stands under, and each symbol is used by some grammar."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import nlu
from nlu import Context
from nlu.components.words import WordReader
from nlu.language import codes, load_expressions
from nlu.meaning import LanguageCode
from nlu.reader import build_pipeline
from nlu.tape import tape_of

HOME = Path(nlu.__file__).parent
NLP = build_pipeline()
FAMILY = re.compile(
    r"(?:M|W|EVERY|DAYPARTS?)\d+~?(?:\+DAYPARTS?\d)?|[\d.]+(?:th)?"
)  # a symbol for each month, day, part of it or number


def phrases() -> list[Any]:
    found = []
    for path in sorted(HOME.glob("languages/*/expressions/*.yaml")):
        for symbol, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if symbol != "own":
                found += [
                    pytest.param(path.parts[-3], str(symbol), text, id=f"{path.parts[-3]} {text}")
                    for text in texts
                ]
    assert found
    return found


def tape(code: str, text: str) -> str:
    doc = NLP.make_doc(text)
    doc.user_data.update(language=code, context=Context(today=date(2026, 11, 21)))
    return tape_of(WordReader()(doc)).text


@pytest.mark.parametrize(("code", "symbol", "text"), phrases())
def test_phrase_is_read_as_its_symbol(code: str, symbol: str, text: str) -> None:
    assert tape(code, text).split() == (symbol.split("+") if symbol[1:] else [symbol])


def test_no_symbol_is_dead() -> None:
    sources = [*HOME.glob("components/*.py"), *HOME.glob("shaping/*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    written = {str(param.values[1]) for param in phrases()}
    symbols = {half for symbol in written for half in (symbol.split("+") if symbol[1:] else [symbol])}
    named = {symbol for symbol in symbols if not FAMILY.fullmatch(symbol)}
    used = {symbol for symbol in named if re.search(rf"\b{symbol.strip('~')}\b", code)}
    assert named - used == {"VATEX", "VATIN", "VATEX~", "VATIN~"}  # named together in quantities.VAT


@pytest.mark.parametrize("code", codes())
def test_every_language_reads(code: LanguageCode) -> None:
    assert load_expressions(code).pairs


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("24-32u", "24 - 32 HOUR"),
        ("€95/h", "EUR 95 PERHOUR"),
        ("wk12", "WEEK 12"),
        ("ma/di/wo", "W1~ / W2~ / W3~"),
        ("95eu", "95 EUR"),
        ("3dgn", "3 DAY"),
        ("4.250 euro", "4250 EUR"),
        ("€ 87,50", "EUR 87.50"),
        ("14:30", "CLOCK"),
        ("09.00 uur", "CLOCK HOUR"),
        ("06-12345678", "PHONE"),
        ("+31 6 1234 5678", "PHONE"),
        ("bel@example.org", "MAIL"),
        ("https://example.org/1-3-2027", "URL"),
        ("01-03-2027", "01 - 03 - 2027"),
        ("1e juni", "1th M6"),
        ("a\nb", "A BREAK _"),
        ("vierentwintig", "24"),
        ("twenty-four", "24"),
        ("tweeëndertig", "32"),
        ("C# en 's-Hertogenbosch", "_ # AND ' _ - _"),
        ("", ""),
        ("٣ uur", "_ HOUR"),
    ],
)
def test_text_becomes_symbols(text: str, symbols: str) -> None:
    assert tape("nl", text).split() == symbols.split()
