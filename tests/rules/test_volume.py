"""What is worth a push of its own; the rest waits for the weekly digest."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.matching import Band
from assistant.rules.quiet import QuietHours, next_digest, next_open
from assistant.rules.volume import is_pushed

USUAL = QuietHours()


@pytest.mark.parametrize(
    ("band", "volume", "budget", "is_tip", "pushed"),
    [
        ("strong", "fitting", 2, False, True),
        ("fair", "fitting", 1, False, True),
        ("guess", "fitting", 2, False, False),  # never the budget for a weak fit
        ("guess", "all", 2, False, True),
        ("strong", "all", 0, False, False),  # whatever the volume, the budget holds
        ("strong", "digest", 2, False, False),
        ("guess", "fitting", 0, True, True),  # a colleague thought of them
        ("strong", "digest", 2, True, False),  # but is no way past their own no
    ],
)
def test_is_pushed(band: Band, volume: str, budget: int, is_tip: bool, pushed: bool) -> None:
    assert is_pushed(band, volume, budget, is_tip=is_tip) == pushed


@pytest.mark.parametrize(
    ("now", "zone", "weekday", "hour", "comes"),
    [
        pytest.param(
            "2027-01-11T10:00", "Europe/Amsterdam", None, None, "2027-01-14T09:00", id="Thursday morning"
        ),
        pytest.param(
            "2027-01-14T09:00", "Europe/Amsterdam", None, None, "2027-01-21T09:00", id="just had one"
        ),
        pytest.param(
            "2027-01-14T08:59", "Europe/Amsterdam", None, None, "2027-01-14T09:00", id="in a minute"
        ),
        pytest.param("2027-01-11T10:00", "Europe/Amsterdam", 0, 16, "2027-01-11T16:00", id="today"),
        pytest.param(
            "2027-01-11T10:00", "Europe/Amsterdam", 5, None, "2027-01-18T08:00", id="a Saturday is quiet"
        ),
        pytest.param(
            "2027-01-11T10:00", "Europe/Amsterdam", 1, 22, "2027-01-13T08:00", id="so is the evening"
        ),
        pytest.param(
            "2027-01-11T10:00", "America/Curacao", 0, 9, "2027-01-11T14:00", id="on their own clock"
        ),
        pytest.param("2027-03-27T10:00", "Europe/Amsterdam", 0, 8, "2027-03-29T08:00", id="past summer time"),
    ],
)
def test_next_digest(now: str, zone: str, weekday: int | None, hour: int | None, comes: str) -> None:
    here = ZoneInfo("Europe/Amsterdam")
    moment, expected = (datetime.fromisoformat(each).replace(tzinfo=here) for each in (now, comes))

    assert next_digest(moment, QuietHours(zone=zone), weekday, hour) == expected.astimezone(UTC)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),
    weekday=st.none() | st.integers(0, 6),
    hour=st.none() | st.integers(0, 23),
    quiet=st.builds(
        QuietHours,
        zone=st.sampled_from(["Europe/Amsterdam", "America/Curacao", "Asia/Makassar"]),
        start=st.sampled_from([time(19), time(22)]),
        end=st.sampled_from([time(7), time(8)]),
        weekends=st.booleans(),
    ),
)
def test_a_digest_comes_within_days_and_never_twice_a_week(
    now: datetime, weekday: int | None, hour: int | None, quiet: QuietHours
) -> None:
    first = next_digest(now, quiet, weekday, hour)
    second = next_digest(first, quiet, weekday, hour)

    assert now < first <= now + timedelta(days=10)
    assert next_open(first, quiet) == first
    assert timedelta(days=6) < second - first < timedelta(days=8)
