"""The settings of a collective: defaults, what a coordinator changes, and what cannot be."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.policy import (
    BOUNDS,
    SHOWN,
    CreditName,
    OutOfBoundsError,
    Policy,
    SettingName,
    change,
    of_name,
    policy_of,
)

ZONE = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("name", "said", "stands"),
    [
        ("answer_hours", "2", 2.0),
        ("answer_hours", "1.5", 1.5),
        ("wave_size", "4", 4),
        ("pushes_per_week", "0", 0),
        ("chooser", "coordinator", "coordinator"),
        ("mode", "waves", "waves"),
        ("quiet_weekends", "off", False),
        ("credit_percent", "12", 12),
        ("credit_tiers", "10.000, 5.000 en 7500", (500_000, 750_000, 1_000_000)),
        ("credit_tiers", "€ 4,000", (400_000,)),
        ("credit_caps_per", "job", "job"),
        ("credit_count_months", "12", 12),
        ("credit_count_months", "all", None),
        ("credit_with_vat", "on", True),
        ("credit_dues_cents", "62.5", 6_250),
        ("credit_entry_cents", "0", 0),
        ("credit_leaver_coins", "lapse", "lapse"),
    ],
)
def test_a_setting_is_changed(name: SettingName | CreditName, said: str, stands: object) -> None:
    assert of_name(policy_of(change({}, name, said), ZONE), name) == stands


@pytest.mark.parametrize(
    ("said", "start", "end"), [("20-7:30", time(20), time(7, 30)), ("24-8", time(0), time(8))]
)
def test_quiet_hours_are_two_settings_at_once(said: str, start: time, end: time) -> None:
    quiet = policy_of(change({}, "quiet_hours", said), ZONE).quiet

    assert (quiet.start, quiet.end) == (start, end)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("answer_hours", "0"),
        ("answer_hours", "veel"),
        ("answer_hours", "nan"),
        ("wave_size", "2.5"),
        ("wave_size", "11"),
        ("rumour_size", "4"),
        ("mode", "lottery"),
        ("credit_percent", "101"),
        ("credit_percent", "12.5"),
        ("credit_tiers", "4.00"),
        ("credit_tiers", "5.000, 0"),
        ("credit_tiers", "1, 2, 3, 4, 5, 6"),
        ("credit_tiers", "2.000.000"),
        ("credit_tiers", "veel"),
        ("credit_dues_cents", "1.000"),
        ("credit_dues_cents", "-5"),
        ("credit_dues_cents", "20000"),
        ("credit_count_months", "0"),
        ("credit_coins_talks", "1000"),
        ("quiet_hours", "20-"),
        ("quiet_hours", "20-7:99"),
    ],
)
def test_what_cannot_be(name: str, said: str) -> None:
    with pytest.raises(OutOfBoundsError):
        change({}, name, said)


def test_a_setting_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        change({}, "percentage", "3")
    with pytest.raises(KeyError):
        policy_of({"percentage": 3}, ZONE)


def test_one_candidate_at_a_time() -> None:
    waves = policy_of({"mode": "one", "wave_size": 5}, ZONE).waves

    assert (waves.size, waves.max_live, waves.rumour_size) == (1, 1, 1)


@given(
    name=st.sampled_from([each for each in SHOWN if each in BOUNDS]), said=st.floats() | st.integers(-5, 200)
)
def test_a_number_is_within_its_bounds_or_refused(name: SettingName, said: float) -> None:
    bounds = BOUNDS[name]
    try:
        stands = of_name(policy_of(change({}, name, str(said)), ZONE), name)
    except OutOfBoundsError:
        assert not (bounds.low <= said <= bounds.high and (not bounds.whole or float(said).is_integer()))
        return
    assert bounds.low <= float(str(stands)) <= bounds.high


def test_what_is_shown_stands() -> None:
    assert [of_name(Policy(), name) for name in SHOWN]
