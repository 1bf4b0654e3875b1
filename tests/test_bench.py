"""The figures of the benchmark are what their names say."""

import logging
from types import SimpleNamespace

import pytest

from tests.bench import __main__ as bench
from tests.bench.__main__ import line, main
from tests.bench.measure import Figures, mail, per_second, percentile, short_messages, varied

PERCENTILES = [
    # values, percent, the value that so many do not exceed
    ([3.0, 1.0, 2.0], 50, 2.0),
    ([3.0, 1.0, 2.0], 99, 3.0),
    ([float(n) for n in range(1, 101)], 99, 99.0),
    ([7.0], 50, 7.0),
]

LINES = [
    # key, value, whether its goal is reached
    ("turn.sqlite.p99_ms", 25.0, True),
    ("turn.sqlite.p99_ms", 25.1, False),
    ("turn.sqlite.per_s", 149.0, False),
    ("turn.sqlite.per_s", 150.0, True),
    ("peer.dateparser.per_s", 1.0, True),
]


@pytest.mark.parametrize(("values", "percent", "expected"), PERCENTILES)
def test_percentile(values: list[float], percent: float, expected: float) -> None:
    assert percentile(values, percent) == expected


@pytest.mark.parametrize(("key", "value", "reached"), LINES)
def test_a_line_says_when_a_goal_is_missed(key: str, value: float, reached: bool) -> None:
    assert ("NOT REACHED" not in line(key, value)) == reached


def test_per_second_of_four_that_took_half_a_second_each() -> None:
    assert per_second([500.0] * 4) == 2


def test_messages_differ_but_are_the_same_ones_every_run() -> None:
    texts = short_messages()
    first = list(varied(texts, 500))

    assert first == list(varied(texts, 500))
    assert len(set(first)) > len(texts)


@pytest.mark.parametrize("length", [2000, 20_000])
def test_a_mail_has_the_length_asked_for(length: int) -> None:
    assert len(mail(length)) == length


@pytest.mark.parametrize("asked", ["soup", "match.sqlite.2m", "turn.sqlite", "match."])
def test_an_unknown_part_is_refused(asked: str) -> None:
    with pytest.raises(SystemExit, match=f"no such part: {asked} "):
        main([asked])


def test_figures_of_what_went_wrong_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def apologises() -> Figures:
        logging.getLogger("assistant.app").error("a turn was undone")
        return {"turn.sqlite.p50_ms": 0.1}

    monkeypatch.setattr(bench, "file", lambda _part: SimpleNamespace(measure=apologises))
    with pytest.raises(SystemExit, match="turn: what was measured went wrong, a turn was undone"):
        main(["turn"])
