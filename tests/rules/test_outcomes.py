"""When the source of a lead is asked how it ended."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.rules.outcomes import ask_moments


@pytest.mark.parametrize(
    ("introduced", "zone", "first", "second"),
    [
        pytest.param(
            "2027-01-14T10:00", "Europe/Amsterdam", "2027-01-21T09:30", "2027-02-04T09:30", id="Thursday"
        ),
        pytest.param(
            "2027-01-16T10:00", "Europe/Amsterdam", "2027-01-25T09:30", "2027-02-08T09:30", id="Saturday"
        ),
        pytest.param(
            "2027-01-17T10:00", "Europe/Amsterdam", "2027-01-25T09:30", "2027-02-08T09:30", id="Sunday"
        ),
        pytest.param(
            "2027-03-22T23:30",
            "Europe/Amsterdam",
            "2027-03-29T09:30",
            "2027-04-12T09:30",
            id="over summer time",
        ),
        pytest.param(
            "2027-01-14T23:30", "America/New_York", "2027-01-21T09:30", "2027-02-04T09:30", id="elsewhere"
        ),
    ],
)
def test_ask_moments(introduced: str, zone: str, first: str, second: str) -> None:
    at, one, two = (
        datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for text in (introduced, first, second)
    )

    assert ask_moments(at, zone) == (one, two)


def test_a_moment_has_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ask_moments(datetime(2027, 1, 14, 10))
