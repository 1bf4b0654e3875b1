"""What comes round for a collective: on working mornings, once a period, also when the clock stood still for long."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules import room, rounds
from assistant.rules.quiet import QuietHours, next_open

QUIET = QuietHours()
HERE = ZoneInfo("Europe/Amsterdam")
KINDS = ("room", "spotting", "fairness", "dues", "totals", "yearly")


def local(moment: datetime) -> str:
    return moment.astimezone(HERE).strftime("%Y-%m-%d %a %H:%M")


@pytest.mark.parametrize(
    ("kind", "now", "at"),
    [
        ("room", "2026-11-23 09:00", "2027-01-05 Tue 10:00"),
        ("room", "2026-11-24 10:00", "2027-01-05 Tue 10:00"),
        ("spotting", "2026-11-23 09:00", "2026-12-01 Tue 10:30"),
        ("spotting", "2026-12-01 10:30", "2027-01-05 Tue 10:30"),
        ("spotting", "2026-12-31 10:30", "2027-01-05 Tue 10:30"),
        ("fairness", "2026-11-23 09:00", "2027-01-05 Tue 09:30"),
        ("fairness", "2027-01-05 09:30", "2027-04-06 Tue 09:30"),
        ("dues", "2026-11-23 09:00", "2027-01-06 Wed 10:00"),
        ("dues", "2027-01-06 10:00", "2027-04-07 Wed 10:00"),
        ("totals", "2026-11-23 09:00", "2026-12-03 Thu 10:00"),
        ("yearly", "2026-11-23 09:00", "2027-01-13 Wed 10:00"),
        ("yearly", "2027-01-13 10:00", "2028-01-12 Wed 10:00"),
        (
            "fairness",
            "2027-03-31 09:30",
            "2027-04-06 Tue 09:30",
        ),  # after summer time began: still half past nine
    ],
)
def test_the_next_round(kind: rounds.RoundKind, now: str, at: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=HERE)

    assert local(rounds.following(kind, moment, QUIET)) == at


def test_a_new_collective_is_left_in_peace_for_two_weeks() -> None:
    founded = datetime(2026, 11, 23, 9, tzinfo=HERE)

    assert local(rounds.first("room", founded, QUIET)) == "2026-12-08 Tue 10:00"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.sampled_from(KINDS)
)
def test_a_round_lies_ahead_and_is_not_in_quiet_hours(now: datetime, kind: rounds.RoundKind) -> None:
    at = rounds.following(kind, now, QUIET)

    assert now < at
    assert next_open(at, QUIET) == at


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_answers_about_room_are_forgotten_before_the_next_but_one_round(now: datetime) -> None:
    coming = rounds.following("room", now, QUIET)

    assert room.ends_at(now) <= coming + timedelta(days=7)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        rounds.following("room", datetime(2026, 11, 23, 9), QUIET)


@pytest.mark.parametrize(
    ("days", "kind"),
    [(0, "none"), (0.5, "some"), (1, "some"), (2, "some"), (2.5, "some"), (3, "much"), (5, "much")],
)
def test_days_a_week_as_room(days: float, kind: str) -> None:
    assert room.of_days(days) == kind


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, None), (2, None), (3, 3), (40, 40)])
def test_two_are_never_counted(count: int, shown: int | None) -> None:
    assert room.shown(count) == shown


@pytest.mark.parametrize(
    ("declined", "unanswered", "may"),
    [(False, 0, True), (False, 1, True), (False, 2, False), (True, 0, False)],
)
def test_who_lets_it_pass_twice_is_left_in_peace(declined: bool, unanswered: int, may: bool) -> None:
    assert room.may_ask(declined=declined, unanswered=unanswered) is may
