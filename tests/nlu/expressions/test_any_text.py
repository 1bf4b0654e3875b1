"""Any string has a reading, long ones in time that grows with their length, and every span quotes its text."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu import Context, Reader
from nlu.printing import to_json
from nlu.tape import Tape
from nlu.tokenizer import split_words

READER = Reader()
TODAY = date(2026, 11, 21)
PIECES = st.sampled_from(
    [
        "1",
        "2",
        "3",
        "24",
        "31",
        "32",
        "60",
        "95",
        "105",
        "2027",
        "per",
        "vanaf",
        "tot",
        "t/m",
        "-",
        "/",
        ",",
        ".",
        ":",
        "(",
        ")",
        "maart",
        "mei",
        "wk",
        "week",
        "uur",
        "u",
        "p/w",
        "dagen",
        "€",
        "euro",
        "max",
        "min",
        "niet",
        "maar",
        "maandag",
        "ma",
        "di",
        "en",
        "Q2",
        "kwartaal",
        "half",
        "eind",
        "begin",
        "volgend",
        "jaar",
        "tussen",
        "1e",
        "12:00",
        "06-12345678",
        "x",
        "fte",
        "k",
        "reageren",
        "start",
        "vrij",
        "vol",
        "vakantie",
        "zomer",
        "kerst",
        "\n",
    ]
)
FORMS = st.sampled_from([None, "lead", "availability", "profile"])
ASKED = st.sampled_from(
    [None, "start", "end", "hours_per_week", "rate", "place", "roles", "deadline", "headcount"]
)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), DAYS, FORMS, ASKED)
def test_any_string_is_read(text: str, today: date, form: None, asked: str | None) -> None:
    check(text, Context(today=today, form=form, asked=asked))


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), DAYS, FORMS, ASKED)
def test_any_heap_of_our_own_words_is_read(text: str, today: date, form: None, asked: str | None) -> None:
    check(text, Context(today=today, form=form, asked=asked))


def check(text: str, context: Context) -> None:
    meaning = READER.read(text, context)
    assert all(text[span.start : span.end] == span.text for span in meaning.spans)
    assert to_json(meaning)["intent"] == meaning.intent
    lead = meaning.lead
    if lead and lead.start:
        assert lead.start >= context.today
    for amount in [lead.hours_per_week, lead.days_per_week] if lead else []:
        if amount and amount.low is not None and amount.high is not None:
            assert amount.low <= amount.high


@pytest.mark.parametrize(
    "piece",
    [
        "32 uur per week vanaf 1 maart, max 105 euro. ",
        "1 - ",
        "a",
        "a.a",
        "1.",
        "€ ",
        "maandag ",
        "niet ",
        "ik zit vol, ",
        "ik zit vol 3 dagen tot 1 mei ",
        "vol vrij ma vol di vrij ",
        "volgende week woensdag t/m vrijdag ",
        "max 32 min 24 tot 105 - 95 euro ",
        "@",
        "\n",
        "Jan ",
        "2 tot 3 tot ",
        "https://a.nl/",
        "06-",
    ],
)
def test_long_text_takes_time_by_its_length(piece: str) -> None:
    """Ten times the text takes at most some thirty times the time: a square would be a hundred."""
    short, long = (piece * (length // len(piece)) for length in (2_000, 20_000))
    READER.read(short, Context(today=TODAY, form="lead"))
    assert seconds(long) < max(30 * seconds(short), 0.3)


def seconds(text: str) -> float:
    best = 9.0
    for _ in range(2):
        began = time.thread_time()
        READER.read(text, Context(today=TODAY, form="lead"))
        best = min(best, time.thread_time() - began)
    return best


@given(st.text())
def test_words_hold_all_that_is_no_space(text: str) -> None:
    assert "".join(split_words(text)) == "".join(text.lower().split())


def test_an_empty_tape_has_no_matches() -> None:
    assert Tape([]).text == " "
