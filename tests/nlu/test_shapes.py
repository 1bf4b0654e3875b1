"""Whatever is sent has a reading, and a text that is twice as long takes no more than twice the work."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlu import Context
from tests.nlu.shapes import (
    PIECES,
    TODAY,
    any_text,
    calls,
    check,
    contexts,
    heaps,
    mutated,
    nested,
    repeated,
    repeats,
)

MANY = settings(max_examples=250, deadline=None)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SHORT = 2_500
PLAIN = Context(today=TODAY)


@MANY
@given(any_text(), contexts())
def test_any_characters_are_read(text: str, context: Context) -> None:
    check(text, context)


@MANY
@given(heaps(), contexts())
def test_any_heap_of_pieces_is_read(text: str, context: Context) -> None:
    check(text, context)


@MANY
@given(mutated(), contexts())
def test_a_real_message_that_was_maimed_is_read(text: str, context: Context) -> None:
    check(text, context)


@FEW
@given(st.one_of(repeats(), nested()), contexts())
def test_a_text_of_any_length_is_read(text: str, context: Context) -> None:
    check(text, context)


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_over_and_over_takes_work_by_its_length(piece: str) -> None:
    assert_in_step(piece, PLAIN)


@FEW
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=4).map("".join), contexts())
def test_some_pieces_over_and_over_take_work_by_their_length(piece: str, context: Context) -> None:
    assert_in_step(piece, context)


def assert_in_step(piece: str, context: Context) -> None:
    """A square law would make it four times; what is looked up once for a text may come on top."""
    once, twice = (calls(repeated(piece, length), context) for length in (SHORT, 2 * SHORT))
    assert twice < 2.5 * once + 2_000
