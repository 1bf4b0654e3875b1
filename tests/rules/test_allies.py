"""When a lead may be offered to an allied collective."""

import pytest

from assistant.rules.allies import WhyNot, why_not

# public, a seat, still asking, yeses: why it stays
ROWS: list[tuple[bool, bool, int, int, WhyNot | None]] = [
    (True, False, 0, 0, None),
    (False, False, 0, 0, "not_public"),
    (True, True, 0, 0, "seat"),
    (True, False, 1, 0, "asking"),
    (True, False, 0, 1, "yes"),
    (True, False, 3, 1, "yes"),
    (False, True, 3, 1, "not_public"),
]


@pytest.mark.parametrize(("is_public", "is_seat", "asking", "yes", "why"), ROWS)
def test_why_a_lead_stays(is_public: bool, is_seat: bool, asking: int, yes: int, why: WhyNot | None) -> None:
    assert why_not(is_public=is_public, is_seat=is_seat, asking=asking, yes=yes) == why
