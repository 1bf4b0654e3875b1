"""Who writes very fast is asked for patience once; nobody else notices, and a code cannot be found by trying."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.codes import new_code
from assistant.founding import create_collective
from assistant.limits import CODES, MESSAGES, STRANGERS, Limits, Pace
from assistant.messages import Incoming
from assistant.notices import HERE, Stranger
from db import tables
from dialogs import commands as do
from tests.app.stage import Stage, incoming, words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@given(st.integers(1, 20), st.lists(st.integers(0, 30), max_size=60))
def test_never_more_than_the_burst_and_what_time_allows(burst: int, pauses: list[int]) -> None:
    limits, at, gone = Limits(Pace(burst, every_s=10.0)), NOW, 0
    for pause in pauses:
        at += timedelta(seconds=pause)
        gone += limits.take("mieke", at) == "go"

    assert gone <= burst + (at - NOW).total_seconds() / 10
    assert gone >= min(burst, len(pauses))


def test_it_is_said_once_until_there_is_room_again() -> None:
    limits = Limits(Pace(2, every_s=10.0))

    assert [limits.take("mieke", NOW) for _ in range(5)] == ["go", "go", "say", "skip", "skip"]
    assert limits.take("kees", NOW) == "go"
    assert limits.take("mieke", NOW + timedelta(seconds=11)) == "go"
    assert limits.take("mieke", NOW + timedelta(seconds=11)) == "say"


def test_a_clock_that_is_set_back_shuts_nobody_out() -> None:
    limits = Limits(Pace(2, every_s=10.0))
    limits.take("mieke", NOW + timedelta(hours=6))

    assert [limits.take("mieke", NOW) for _ in range(3)] == ["go", "go", "say"]


def flooding() -> Incoming:
    return replace(incoming("flood", text="hallo"), channel="telegram")


def test_a_flood_is_answered_once_and_what_was_accepted_is_done(stage: Stage) -> None:
    stage.found("Noord", "anna", "kees")
    for _ in range(MESSAGES.burst):
        stage.happens(flooding())
    for _ in range(50):
        stage.happens(flooding())

    assert set(stage.states()) == {"handled"}
    texts = [row.card["text"] for row in stage.rows(tables.Message)]
    assert len([text for text in texts if text.startswith("Dat gaat me even te snel")]) == 1
    assert len([text for text in texts if text.startswith("Hoi!")]) == STRANGERS.burst


def test_channels_of_our_own_are_not_held_back(stage: Stage) -> None:
    stage.found("Noord", "anna")
    for _ in range(MESSAGES.burst + 5):
        stage.says("anna", "hallo")

    assert not [text for _to, text in stage.said if "te snel" in text]


def test_a_code_cannot_be_found_by_trying(stage: Stage) -> None:
    ids = stage.found("Noord", "anna")
    stage.presses("anna", stage.button("anna", do.Invite("Noor", "kent iedereen")))
    code = next(text.split("/start ")[1].split()[0] for _to, text in stage.said if "/start " in text)
    told = [stage.says("dief", f"/start {number:016}")[0][1] for number in range(CODES.burst + 3)]

    assert len({*told[: CODES.burst]}) == 1
    assert "veel codes" in told[-1]
    assert "veel codes" in stage.says("dief", f"/start {code}")[0][1]
    assert "uitgenodigd" in stage.says("noor", f"/start {code}")[0][1]
    assert ids


@pytest.mark.parametrize("count", [1, 500])
def test_codes_are_long_and_differ(count: int) -> None:
    codes = {new_code() for _ in range(count)}
    assert len(codes) == count
    assert all(len(code) >= 16 for code in codes)


def test_a_stranger_is_told_how_to_get_in_a_few_times_and_can_still_come_in(stage: Stage) -> None:
    code = create_collective(stage.app, "Noord", "Anna", "nl", stage.now).code
    for _ in range(10):
        stage.happens(flooding())
    told = [row.card["text"] for row in stage.rows(tables.Message)]
    stage.happens(replace(flooding(), text=f"/start {code}"))

    assert told == [words(Stranger(HERE))] * STRANGERS.burst
    assert "Hoi" in stage.rows(tables.Message)[-1].card["text"]
    assert len(stage.rows(tables.Message)) == STRANGERS.burst + 1
