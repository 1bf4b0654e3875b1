"""Who is asked together, for how long, and when the next ones are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.matching import Band, Placed
from assistant.rules.waves import (
    Answer,
    Wave,
    WavePolicy,
    is_urgent,
    may_open_next,
    plan,
    room_for,
    window,
)

POLICY = WavePolicy()
ONE = WavePolicy(size=1)


def placed(line: str) -> list[Placed]:
    """'1s 2f 3g': member ids with strong, fair or guess."""
    bands: dict[str, Band] = {"s": "strong", "f": "fair", "g": "guess"}
    return [Placed(int(word[:-1]), bands[word[-1]]) for word in line.split()]


@pytest.mark.parametrize(
    ("line", "tipped", "stage", "policy", "waves"),
    [
        pytest.param("", (), "open", POLICY, (), id="nobody fits"),
        pytest.param("1s 2s 3f 4f", (), "open", POLICY, ((1, 2, 3), (4,)), id="three at a time"),
        pytest.param("1s 2s 3f", (), None, POLICY, ((1, 2, 3),), id="stage unknown"),
        pytest.param("1s 2s 3f", (), "request", ONE, ((1,), (2,), (3,)), id="one candidate at a time"),
        pytest.param(
            "1s 2f 3g 4g", (), "open", POLICY, ((1, 2), (3, 4)), id="a guess waits for its own wave"
        ),
        pytest.param("1s 2s", (7,), "open", POLICY, ((7,), (1, 2)), id="a tip goes first, alone"),
        pytest.param("1s 2s 7g", (7,), "open", POLICY, ((7,), (1, 2)), id="a tip who also fits"),
        pytest.param("", (7, 7, 8), "open", POLICY, ((7, 8),), id="tipped twice"),
        pytest.param("1s 2s 3s 4f 5f", (), "rumour", POLICY, ((1, 2, 3),), id="a rumour goes to three"),
        pytest.param("1s 2g 3g", (), "rumour", POLICY, ((1,),), id="a rumour is not for a guess"),
        pytest.param(
            "1s 2s 3s", (7,), "rumour", POLICY, ((7,), (1, 2)), id="a rumour with a tip: three in all"
        ),
        pytest.param("1s", (6, 7, 8, 9), "rumour", POLICY, ((6, 7, 8),), id="a rumour with many tips"),
        pytest.param(
            "", (1, 2, 3), "open", WavePolicy(max_live=2), ((1, 2), (3,)), id="never more live than allowed"
        ),
        pytest.param(
            "1s 2s 3s", (), "open", WavePolicy(max_live=2), ((1, 2), (3,)), id="the smaller of the two"
        ),
    ],
)
def test_plan(
    line: str, tipped: tuple[int, ...], stage: str | None, policy: WavePolicy, waves: tuple[Wave, ...]
) -> None:
    assert plan(placed(line), tipped, stage, policy) == waves


@pytest.mark.parametrize(
    ("stage", "urgent", "hours"),
    [
        pytest.param("open", False, 4, id="usual"),
        pytest.param(None, False, 4, id="stage unknown"),
        pytest.param("open", True, 1, id="urgent"),
        pytest.param("rumour", False, 48, id="rumour"),
        pytest.param("rumour", True, 48, id="a rumour is never urgent"),
    ],
)
def test_window(stage: str | None, *, urgent: bool, hours: float) -> None:
    assert window(stage, urgent, POLICY) == hours


@pytest.mark.parametrize(
    ("answers", "window_over", "may"),
    [
        pytest.param([], False, True, id="nobody was asked yet"),
        pytest.param(["waiting", "no"], False, False, id="somebody may still answer"),
        pytest.param(["no", "no"], False, True, id="all said no"),
        pytest.param(["waiting", "no"], True, True, id="time is over"),
        pytest.param(["silent", "no"], False, True, id="silence counts as an answer"),
        pytest.param(["yes", "no"], True, False, id="somebody said yes"),
        pytest.param(["yes", "waiting"], False, False, id="yes, and somebody may still answer"),
    ],
)
def test_may_open_next(answers: list[Answer], *, window_over: bool, may: bool) -> None:
    assert may_open_next(answers, window_over) is may


MEMBERS = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from("sfg")), unique_by=lambda one: one[0], max_size=25
).map(lambda pairs: placed(" ".join(f"{number}{band}" for number, band in pairs)))
TIPS = st.lists(st.integers(1, 45), max_size=8)
STAGES = st.sampled_from([None, "rumour", "request", "open"])
POLICIES = st.builds(
    WavePolicy, size=st.integers(1, 5), max_live=st.integers(1, 7), rumour_size=st.integers(1, 3)
)


@given(MEMBERS, TIPS, STAGES, POLICIES)
def test_nobody_is_asked_twice_or_out_of_the_blue(
    members: list[Placed], tipped: list[int], stage: str | None, policy: WavePolicy
) -> None:
    asked = [member for wave in plan(members, tipped, stage, policy) for member in wave]

    assert len(set(asked)) == len(asked)
    assert set(asked) <= {one.member_id for one in members} | set(tipped)


@given(MEMBERS, TIPS, STAGES, POLICIES)
def test_waves_are_small_and_never_empty(
    members: list[Placed], tipped: list[int], stage: str | None, policy: WavePolicy
) -> None:
    assert all(1 <= len(wave) <= policy.max_live for wave in plan(members, tipped, stage, policy))


@given(MEMBERS, TIPS, POLICIES)
def test_in_the_end_everybody_who_fits_is_asked(
    members: list[Placed], tipped: list[int], policy: WavePolicy
) -> None:
    asked = {member for wave in plan(members, tipped, "open", policy) for member in wave}

    assert asked == {one.member_id for one in members} | set(tipped)


@given(MEMBERS, TIPS, POLICIES)
def test_a_rumour_stays_with_a_few(members: list[Placed], tipped: list[int], policy: WavePolicy) -> None:
    asked = [member for wave in plan(members, tipped, "rumour", policy) for member in wave]
    guesses = {one.member_id for one in members if one.band == "guess"}

    assert len(asked) <= policy.rumour_size
    assert guesses.isdisjoint(set(asked) - set(tipped))


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "asap", "urgent"),
    [
        pytest.param(None, True, True, id="at once"),
        pytest.param(None, False, False, id="not said"),
        pytest.param(TODAY, False, True, id="today"),
        pytest.param(TODAY + timedelta(days=5), False, True, id="within days"),
        pytest.param(TODAY + timedelta(days=6), False, False, id="next week"),
    ],
)
def test_is_urgent(start: date | None, asap: bool, urgent: bool) -> None:
    assert is_urgent(start, TODAY, asap=asap) == urgent


@pytest.mark.parametrize(
    ("answers", "room"),
    [
        pytest.param([], 6, id="nobody asked"),
        pytest.param(["yes", "waiting", "no", "silent"], 4, id="a yes and who may still answer count"),
        pytest.param(["yes"] * 6, 0, id="full"),
        pytest.param(["yes"] * 9, 0, id="more by tips"),
    ],
)
def test_room_for(answers: list[Answer], room: int) -> None:
    assert room_for(answers, POLICY) == room
