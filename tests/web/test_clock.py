"""Where the clock's buttons lead, and how moments are written: one row a case."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.web import clock, texts
from assistant.channels.web.clock import Step
from assistant.channels.web.texts import Language

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "step", "to"),
    [
        ("2026-11-23 10:15", "hour", "2026-11-23 11:15"),
        ("2026-11-23 23:30", "hour", "2026-11-24 00:30"),
        ("2026-11-23 10:15", "week", "2026-11-30 10:15"),
        ("2026-11-23 10:15", "morning", "2026-11-24 09:00"),
        ("2026-11-23 06:00", "morning", "2026-11-23 09:00"),
        ("2026-11-23 09:00", "morning", "2026-11-24 09:00"),
        ("2026-10-24 12:00", "morning", "2026-10-25 09:00"),  # summer time ends that night
        ("2026-10-24 12:00", "week", "2026-10-31 12:00"),
        ("2027-03-27 12:00", "morning", "2027-03-28 09:00"),  # and begins that night
    ],
)
def test_a_button_moves_the_clock(now: str, step: Step, to: str) -> None:
    assert clock.moved(at(now), step, AMSTERDAM) == at(to)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(
        lambda moment: moment.replace(tzinfo=UTC)
    ),
    step=st.sampled_from(["hour", "morning", "week"]),
)
def test_the_clock_only_moves_on_and_never_far(now: datetime, step: Step) -> None:
    assert now < clock.moved(now, step, AMSTERDAM) <= now + timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("language", "now", "words", "short"),
    [
        ("nl", "2026-11-23 09:05", "maandag 23 november 2026, 09:05", "ma 23 nov 09:05"),
        ("nl", "2027-03-07 23:59", "zondag 7 maart 2027, 23:59", "zo 7 maa 23:59"),
        ("en", "2026-11-23 09:05", "Monday 23 November 2026, 09:05", "Mon 23 Nov 09:05"),
    ],
)
def test_a_moment_in_words(language: Language, now: str, words: str, short: str) -> None:
    calendar = texts.read(language).calendar
    assert clock.in_words(at(now), AMSTERDAM, calendar) == words
    assert clock.in_short(at(now), AMSTERDAM, calendar) == short


@pytest.mark.parametrize(
    ("language", "sent", "words"),
    [
        ("nl", "2026-11-23 00:00", "vandaag"),
        ("nl", "2026-11-22 23:59", "gisteren"),
        ("nl", "2026-11-21 12:00", "zaterdag 21 november"),
        ("nl", "2025-12-31 12:00", "woensdag 31 december 2025"),
        ("en", "2026-11-22 12:00", "yesterday"),
        ("en", "2026-11-02 12:00", "Monday 2 November"),
    ],
)
def test_the_day_of_a_message(language: Language, sent: str, words: str) -> None:
    calendar = texts.read(language).calendar
    assert clock.day_in_words(at(sent), at("2026-11-23 09:00"), AMSTERDAM, calendar) == words
