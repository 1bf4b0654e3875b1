"""Who is reached how when their window is shut."""

import pytest

from assistant.rules.window import Way, way


@pytest.mark.parametrize(
    ("elsewhere", "opted_in", "knocked", "left", "expected"),
    [
        (True, True, False, 250, "elsewhere"),
        (True, False, True, 0, "elsewhere"),
        (False, True, False, 250, "knock"),
        (False, True, False, 1, "knock"),
        (False, True, False, 0, "hold"),
        (False, True, True, 250, "hold"),
        (False, False, False, 250, "hold"),
    ],
)
def test_the_way(elsewhere: bool, opted_in: bool, knocked: bool, left: int, expected: Way) -> None:
    assert way(elsewhere=elsewhere, opted_in=opted_in, knocked=knocked, knocks_left=left) == expected
