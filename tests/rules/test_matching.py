"""Who is asked for a lead, how well they suit it and what they are told about that."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as but

from assistant.rules.availability import Room
from assistant.rules.matching import (
    PRIVATE_KINDS,
    Band,
    Candidate,
    Fit,
    Gate,
    Point,
    Reason,
    Wanted,
    distance_km,
    fit,
    gates,
    may_be_tipped,
    rank,
)

TODAY = date(2027, 1, 10)
UTRECHT, AMERSFOORT, AMSTERDAM = Point(52.09, 5.12), Point(52.16, 5.39), Point(52.37, 4.90)
ZWOLLE, GRONINGEN = Point(52.51, 6.09), Point(53.22, 6.57)

LEAD = Wanted(
    roles={"compliance officer": 1.0, "risk officer": 0.7},
    skills={"wwft": 1.0, "audit": 1.0, "kyc": 0.6},
    point=UTRECHT,
    place="Utrecht",
    remote="hybrid",
    start=date(2027, 3, 1),
    hours=(32, 36),
    rate_cents_max=10_500,
    client="Voorbeeldbank",
    themes=frozenset({"banken", "energietransitie"}),
    excluded=frozenset({8}),
    source=9,
)
REGULATED = replace(LEAD, regulated=frozenset({"compliance officer"}))
FREE = Room(known=True, available=True, hours=32, free_from=date(2027, 2, 1), stated_on=TODAY)
UNSAID = Candidate(1).room
NOOR = Candidate(
    member_id=1,
    roles=frozenset({"compliance officer"}),
    skills=frozenset({"wwft", "audit"}),
    years=12,
    sectors=frozenset({"Banken"}),
    point=AMERSFOORT,
    place="Amersfoort",
    radius_km=40,
    rate_cents=10_000,
    room=FREE,
    own_words="Ik ben er voor de klant. Compliance officer, 12 jaar banken. Ook wwft.",
)


def test_a_perfect_fit() -> None:
    assert fit(LEAD, NOOR, TODAY) == Fit(
        skills=1.0,
        proof=1.0,
        practical=1.0,
        wish=0.5,
        band="strong",
        reasons=(
            Reason("role_same", ("compliance officer",)),
            Reason("skills_shared", ("wwft", "audit")),
            Reason("free_from", ("2027-02-01",)),
        ),
        doubts=(),
        quote="Compliance officer, 12 jaar banken.",
    )


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        pytest.param(UTRECHT, UTRECHT, 0, id="here"),
        pytest.param(UTRECHT, AMSTERDAM, 34.5, id="Utrecht to Amsterdam"),
        pytest.param(UTRECHT, GRONINGEN, 159, id="Utrecht to Groningen"),
        pytest.param(Point(0, -179.5), Point(0, 179.5), 111.2, id="over the date line"),
        pytest.param(Point(90, 0), Point(-90, 0), 20_015, id="pole to pole"),
    ],
)
def test_distance(one: Point, other: Point, kilometres: float) -> None:
    assert distance_km(one, other) == pytest.approx(kilometres, rel=0.01)


ANYONE = Candidate(1, roles=frozenset({"compliance officer"}))


@pytest.mark.parametrize(
    ("wanted", "candidate", "shut"),
    [
        pytest.param(LEAD, NOOR, (), id="may be asked"),
        pytest.param(LEAD, ANYONE, (), id="what is unknown passes"),
        pytest.param(LEAD, but(NOOR, member_id=9), ("source",), id="brought it"),
        pytest.param(LEAD, but(NOOR, member_id=8), ("excluded",), id="left out by the source"),
        pytest.param(LEAD, but(NOOR, quiet=True), ("quiet",), id="asked for silence"),
        pytest.param(LEAD, but(NOOR, dislikes=frozenset({"Banken"})), ("disliked",), id="no banks"),
        pytest.param(
            LEAD, but(NOOR, dislikes=frozenset({"voorbeeldbank"})), ("disliked",), id="not that client"
        ),
        pytest.param(
            replace(LEAD, client="Voorbeeldbank Nederland"),
            but(NOOR, dislikes=frozenset({"voorbeeldbank"})),
            ("disliked",),
            id="not that client, whose name is longer",
        ),
        pytest.param(
            LEAD,
            but(NOOR, dislikes=frozenset({"voorbeeld"})),
            (),
            id="part of a word is not a part of the name",
        ),
        pytest.param(LEAD, but(NOOR, dislikes=frozenset({"utrecht"})), ("disliked",), id="not that place"),
        pytest.param(LEAD, but(NOOR, dislikes=frozenset({"WWFT"})), ("disliked",), id="not that skill"),
        pytest.param(LEAD, but(NOOR, dislikes=frozenset({"kyc"})), (), id="a neighbour was not asked"),
        pytest.param(LEAD, but(NOOR, dislikes=frozenset({"zorg"})), (), id="a dislike elsewhere"),
        pytest.param(LEAD, Candidate(1), ("no_match",), id="nothing known of the member"),
        pytest.param(
            LEAD, Candidate(1, roles=frozenset({"tekstschrijver"})), ("no_match",), id="another field"
        ),
        pytest.param(LEAD, Candidate(1, skills=frozenset({"wwft"})), (), id="one skill of two"),
        pytest.param(
            replace(LEAD, skills={"wwft": 1.0, "audit": 1.0, "sql": 1.0}),
            Candidate(1, skills=frozenset({"sql"})),
            ("no_match",),
            id="one skill of three",
        ),
        pytest.param(Wanted(), NOOR, ("no_match",), id="a lead that asks nothing goes to nobody"),
        pytest.param(replace(LEAD, must=frozenset({"wwft"})), NOOR, (), id="has what is a must"),
        pytest.param(
            replace(LEAD, must=frozenset({"sql"})), NOOR, ("must_missing",), id="lacks what is a must"
        ),
        pytest.param(
            replace(LEAD, must=frozenset({"compliance officer"})), NOOR, (), id="a must that is the role"
        ),
        pytest.param(REGULATED, but(NOOR, checked=NOOR.roles), (), id="looked up in the register"),
        pytest.param(REGULATED, NOOR, ("not_checked",), id="only says so"),
        pytest.param(
            REGULATED,
            but(NOOR, roles=frozenset({"risk officer"}), checked=NOOR.roles),
            ("not_checked",),
            id="looked up, but does it no more",
        ),
        pytest.param(
            replace(REGULATED, roles={"compliance officer": 1.0, "risk officer": 1.0}),
            but(NOOR, roles=frozenset({"risk officer"})),
            (),
            id="either would do",
        ),
        pytest.param(
            LEAD,
            but(NOOR, room=Room(True, False, None, date(2027, 9, 1), TODAY)),
            ("not_available",),
            id="not free",
        ),
        pytest.param(LEAD, but(NOOR, room=replace(FREE, hours=19)), ("too_few_hours",), id="19 of 32 hours"),
        pytest.param(LEAD, but(NOOR, room=replace(FREE, hours=20)), (), id="20 of 32 hours"),
        pytest.param(
            replace(LEAD, hours=(30, None)),
            but(NOOR, room=replace(FREE, hours=18)),
            (),
            id="18 of 30 hours",
        ),
        pytest.param(
            replace(LEAD, hours=(None, 32)),
            but(NOOR, room=replace(FREE, hours=4)),
            (),
            id="at most 32 hours",
        ),
        pytest.param(LEAD, but(NOOR, point=GRONINGEN), ("too_far",), id="159 kilometres, 40 is the limit"),
        pytest.param(
            LEAD, but(NOOR, point=GRONINGEN, radius_km=None), (), id="159 kilometres, no limit named"
        ),
        pytest.param(LEAD, but(NOOR, point=AMSTERDAM, radius_km=30), (), id="a little too far is a doubt"),
        pytest.param(replace(LEAD, remote="remote"), but(NOOR, point=GRONINGEN), (), id="far but remote"),
        pytest.param(
            replace(LEAD, remote=None),
            but(NOOR, point=GRONINGEN, remote="remote"),
            (),
            id="forty kilometres or remote, and the lead may be remote",
        ),
        pytest.param(
            replace(LEAD, remote="onsite"),
            but(NOOR, radius_km=None, remote="remote"),
            ("only_remote",),
            id="on site for who works remote",
        ),
        pytest.param(
            replace(LEAD, remote="onsite"),
            but(NOOR, remote="remote"),
            (),
            id="near enough, or remote: a choice",
        ),
        pytest.param(LEAD, but(NOOR, rate_cents=20_000), (), id="a rate never shuts"),
        pytest.param(replace(LEAD, end=date(2027, 1, 9)), NOOR, ("over",), id="the lead has passed"),
        pytest.param(replace(LEAD, end=TODAY), NOOR, (), id="the last day of the lead"),
        pytest.param(
            LEAD, but(NOOR, member_id=8, quiet=True), ("excluded", "quiet"), id="every gate is named"
        ),
    ],
)
def test_gates(wanted: Wanted, candidate: Candidate, shut: tuple[Gate, ...]) -> None:
    assert gates(wanted, candidate, TODAY) == shut


@pytest.mark.parametrize(
    ("candidate", "may_be"),
    [
        pytest.param(Candidate(1), True, id="a colleague knows better than an empty profile"),
        pytest.param(but(NOOR, room=Room(True, False, None, None, TODAY)), True, id="may be free after all"),
        pytest.param(but(NOOR, point=GRONINGEN), True, id="far away"),
        pytest.param(but(NOOR, quiet=True), False, id="silence is silence"),
        pytest.param(but(NOOR, dislikes=frozenset({"banken"})), False, id="no banks is no banks"),
        pytest.param(but(NOOR, member_id=8), False, id="left out by the source"),
        pytest.param(but(NOOR, member_id=9), False, id="the source"),
    ],
)
def test_a_tip_by_name(candidate: Candidate, *, may_be: bool) -> None:
    assert may_be_tipped(LEAD, candidate, TODAY) is may_be


ROLE_ONLY = replace(LEAD, skills={})


@pytest.mark.parametrize(
    ("wanted", "candidate", "band"),
    [
        pytest.param(LEAD, NOOR, "strong", id="role, skills and practical"),
        pytest.param(ROLE_ONLY, NOOR, "strong", id="only a role was asked"),
        pytest.param(LEAD, but(NOOR, skills=frozenset({"wwft"})), "strong", id="role and half of the skills"),
        pytest.param(LEAD, but(NOOR, skills=frozenset()), "fair", id="role without the skills"),
        pytest.param(
            LEAD, but(NOOR, roles=frozenset({"risk officer"})), "strong", id="near role, all skills"
        ),
        pytest.param(
            LEAD,
            but(NOOR, roles=frozenset({"risk officer"}), skills=frozenset()),
            "fair",
            id="near role only",
        ),
        pytest.param(LEAD, but(NOOR, roles=frozenset()), "fair", id="all skills, no role"),
        pytest.param(
            LEAD,
            but(NOOR, roles=frozenset(), skills=frozenset({"wwft"})),
            "guess",
            id="half of the skills",
        ),
        pytest.param(
            replace(LEAD, roles={"compliance officer": 1.0, "jurist": 0.55}),
            but(NOOR, roles=frozenset({"jurist"}), skills=frozenset()),
            "guess",
            id="a third of what is asked",
        ),
        pytest.param(
            replace(LEAD, roles={"compliance officer": 1.0, "jurist": 0.55}),
            but(NOOR, roles=frozenset({"jurist"}), skills=frozenset(), likes=frozenset({"Energietransitie"})),
            "fair",
            id="a third of what is asked, and follows the theme",
        ),
        pytest.param(LEAD, but(NOOR, room=UNSAID), "fair", id="availability unknown is never strong"),
        pytest.param(
            LEAD,
            but(NOOR, room=replace(FREE, stated_on=TODAY - timedelta(days=30))),
            "strong",
            id="said a month ago",
        ),
        pytest.param(LEAD, but(NOOR, rate_cents=20_000), "strong", id="a rate changes no band"),
        pytest.param(
            LEAD,
            but(NOOR, skills=frozenset({"wwft"}), room=replace(FREE, hours=28)),
            "fair",
            id="nobody is strong beside several doubts",
        ),
        pytest.param(
            LEAD,
            but(NOOR, rate_cents=20_000, room=replace(FREE, hours=28)),
            "strong",
            id="of a private doubt and another one counts",
        ),
        pytest.param(
            LEAD,
            but(NOOR, room=Room(True, False, None, None, TODAY), point=GRONINGEN),
            "guess",
            id="tipped, but busy and far",
        ),
    ],
)
def test_band(wanted: Wanted, candidate: Candidate, band: Band) -> None:
    assert fit(wanted, candidate, TODAY).band == band


@pytest.mark.parametrize(
    ("wanted", "candidate", "practical"),
    [
        pytest.param(LEAD, NOOR, 1.0, id="on time, enough hours, near"),
        pytest.param(LEAD, but(NOOR, room=UNSAID), 2 / 3, id="time and hours unknown"),
        pytest.param(LEAD, but(NOOR, room=replace(FREE, hours=24)), 2.75 / 3, id="24 of 32 hours"),
        pytest.param(LEAD, but(NOOR, room=replace(FREE, hours=80)), 1.0, id="more hours than asked"),
        pytest.param(
            LEAD, but(NOOR, room=replace(FREE, free_from=date(2027, 3, 9))), 2.75 / 3, id="a week late"
        ),
        pytest.param(
            LEAD, but(NOOR, room=replace(FREE, stated_on=date(2026, 12, 1))), 2.75 / 3, id="said long ago"
        ),
        pytest.param(LEAD, but(NOOR, room=Room(True, False, 32, None, TODAY)), 2 / 3, id="not free"),
        pytest.param(LEAD, but(NOOR, point=None, place=None), 2.5 / 3, id="place unknown"),
        pytest.param(LEAD, but(NOOR, remote="remote", radius_km=None), 2.5 / 3, id="will not travel"),
        pytest.param(LEAD, but(NOOR, point=None, place="Utrecht"), 1.0, id="the same place, not on a map"),
        pytest.param(replace(LEAD, remote="remote"), but(NOOR, point=GRONINGEN), 1.0, id="no travel needed"),
        pytest.param(LEAD, but(NOOR, point=GRONINGEN, radius_km=80), 2.5 / 3, id="twice as far as wanted"),
        pytest.param(LEAD, but(NOOR, point=GRONINGEN, radius_km=None), 2.25 / 3, id="far, no limit named"),
    ],
)
def test_practical(wanted: Wanted, candidate: Candidate, practical: float) -> None:
    assert fit(wanted, candidate, TODAY).practical == pytest.approx(practical, abs=0.002)


@pytest.mark.parametrize(
    ("years", "sectors", "proof"),
    [
        pytest.param(12, {"banken"}, 1.0, id="twelve years in the sector"),
        pytest.param(5, {"banken"}, 0.65, id="five years in the sector"),
        pytest.param(5, {"zorg"}, 0.35, id="five years elsewhere"),
        pytest.param(0, {}, 0.0, id="a beginner"),
        pytest.param(None, {}, 0.21, id="not said"),
    ],
)
def test_proof(years: int | None, sectors: set[str], proof: float) -> None:
    candidate = but(NOOR, years=years, sectors=frozenset(sectors))

    assert fit(LEAD, candidate, TODAY).proof == pytest.approx(proof)


def all_reasons(wanted: Wanted, candidate: Candidate) -> dict[str, tuple[str, ...]]:
    """What fits and what is doubtful, found one by one: other reasons may push it out of the first three."""
    its_fit = fit(wanted, candidate, TODAY)
    return {reason.kind: reason.facts for reason in (*its_fit.reasons, *its_fit.doubts)}


BARE = Candidate(1, room=UNSAID)


@pytest.mark.parametrize(
    ("wanted", "candidate", "reason"),
    [
        pytest.param(
            LEAD,
            but(BARE, roles=NOOR.roles),
            Reason("role_same", ("compliance officer",)),
            id="role_same",
        ),
        pytest.param(
            LEAD,
            but(BARE, roles=frozenset({"risk officer"})),
            Reason("role_near", ("risk officer", "compliance officer")),
            id="role_near",
        ),
        pytest.param(LEAD, NOOR, Reason("skills_shared", ("wwft", "audit")), id="skills_shared"),
        pytest.param(
            LEAD, but(BARE, skills=frozenset({"kyc"})), Reason("skills_near", ("kyc",)), id="skills_near"
        ),
        pytest.param(
            LEAD,
            but(BARE, likes=frozenset({"Energietransitie", "zorg"})),
            Reason("follows", ("Energietransitie",)),
            id="follows a theme",
        ),
        pytest.param(
            LEAD,
            but(BARE, likes=frozenset({"Voorbeeldbank"})),
            Reason("follows", ("Voorbeeldbank",)),
            id="follows a client",
        ),
        pytest.param(
            replace(LEAD, client="Voorbeeldbank Nederland"),
            but(BARE, likes=frozenset({"voorbeeldbank"})),
            Reason("follows", ("voorbeeldbank",)),
            id="follows a client whose name is longer",
        ),
        pytest.param(
            LEAD,
            but(BARE, room=replace(FREE, free_from=date(2027, 1, 1))),
            Reason("free_now"),
            id="free_now",
        ),
        pytest.param(LEAD, but(BARE, room=FREE), Reason("free_from", ("2027-02-01",)), id="free_from"),
        pytest.param(LEAD, but(BARE, years=12), Reason("years", ("12",)), id="years"),
        pytest.param(LEAD, but(BARE, years=2), Reason("years", ("2",)), id="two years"),
        pytest.param(
            LEAD, but(BARE, room=replace(FREE, free_from=TODAY)), Reason("free_now"), id="free today"
        ),
        pytest.param(
            LEAD,
            but(BARE, years=12, sectors=frozenset({"Banken", "zorg"})),
            Reason("years", ("12", "Banken")),
            id="years in the sector",
        ),
        pytest.param(
            LEAD,
            but(BARE, years=1, sectors=frozenset({"Banken"})),
            Reason("sector", ("Banken",)),
            id="sector",
        ),
        pytest.param(
            LEAD,
            but(BARE, place="Amersfoort", point=AMERSFOORT),
            Reason("near", ("Amersfoort", "20")),
            id="near",
        ),
        pytest.param(LEAD, but(BARE, place="utrecht"), Reason("same_place", ("utrecht",)), id="same_place"),
        pytest.param(
            replace(LEAD, remote="remote"),
            but(BARE, remote="remote"),
            Reason("remote_fits"),
            id="remote_fits",
        ),
        pytest.param(
            LEAD,
            but(BARE, room=replace(FREE, hours=32)),
            Reason("hours_fit", ("32",)),
            id="hours_fit",
        ),
        pytest.param(
            LEAD, but(NOOR, room=Room(True, False, None, None, TODAY)), Reason("not_free"), id="not_free"
        ),
        pytest.param(LEAD, BARE, Reason("availability_unknown"), id="availability_unknown"),
        pytest.param(
            LEAD,
            but(NOOR, room=replace(FREE, stated_on=TODAY - timedelta(days=15))),
            Reason("availability_old", ("15",)),
            id="availability_old",
        ),
        pytest.param(
            LEAD,
            but(NOOR, room=replace(FREE, free_from=date(2027, 3, 15))),
            Reason("start_later", ("2027-03-15",)),
            id="start_later",
        ),
        pytest.param(
            replace(LEAD, start=None),
            NOOR,
            Reason("start_later", ("2027-02-01",)),
            id="start_later than as soon as possible",
        ),
        pytest.param(
            LEAD,
            but(NOOR, room=replace(FREE, free_until=date(2027, 5, 31))),
            Reason("free_until", ("2027-05-31",)),
            id="free_until",
        ),
        pytest.param(
            LEAD,
            but(NOOR, room=replace(FREE, hours=24)),
            Reason("hours_less", ("24", "32")),
            id="hours_less",
        ),
        pytest.param(
            LEAD, but(NOOR, room=replace(FREE, hours=None)), Reason("hours_unknown"), id="hours_unknown"
        ),
        pytest.param(
            LEAD, but(NOOR, point=AMSTERDAM, radius_km=30), Reason("further", ("35", "30")), id="further"
        ),
        pytest.param(LEAD, but(NOOR, point=ZWOLLE, radius_km=None), Reason("far", ("81",)), id="far"),
        pytest.param(LEAD, BARE, Reason("place_unknown"), id="place_unknown"),
        pytest.param(
            replace(LEAD, point=None), BARE, Reason("place_unknown"), id="place_unknown, lead not on a map"
        ),
        pytest.param(
            LEAD, but(BARE, place="Ergenshuizen"), Reason("place_unknown"), id="place_unknown to the map"
        ),
        pytest.param(
            LEAD,
            but(NOOR, remote="remote", radius_km=None),
            Reason("not_fully_remote"),
            id="not_fully_remote",
        ),
        pytest.param(
            replace(LEAD, remote=None),
            but(NOOR, remote="remote"),
            Reason("remote_unknown"),
            id="remote_unknown",
        ),
        pytest.param(
            LEAD,
            but(NOOR, skills=frozenset({"wwft"})),
            Reason("skills_missing", ("audit",)),
            id="skills_missing",
        ),
        pytest.param(
            LEAD,
            but(NOOR, roles=frozenset({"jurist"})),
            Reason("role_missing", ("compliance officer",)),
            id="role_missing",
        ),
        pytest.param(LEAD, but(NOOR, rate_cents=10_501), Reason("rate_above_budget"), id="rate_above_budget"),
        pytest.param(LEAD, but(NOOR, rate_cents=None), Reason("rate_unknown"), id="rate_unknown"),
    ],
)
def test_reason(wanted: Wanted, candidate: Candidate, reason: Reason) -> None:
    assert all_reasons(wanted, candidate).get(reason.kind) == reason.facts


@pytest.mark.parametrize(
    ("wanted", "candidate", "kind"),
    [
        pytest.param(LEAD, but(NOOR, room=UNSAID), "hours_unknown", id="of who said nothing at all"),
        pytest.param(LEAD, but(BARE, years=1), "years", id="one year"),
        pytest.param(
            LEAD,
            but(NOOR, room=Room(True, False, None, date(2027, 9, 1), TODAY)),
            "not_free",
            id="busy, with an end named",
        ),
        pytest.param(
            LEAD, but(NOOR, room=replace(FREE, free_from=None)), "not_free", id="free, no date named"
        ),
        pytest.param(
            replace(LEAD, place=None), but(BARE, place="Utrecht"), "same_place", id="no place named"
        ),
        pytest.param(LEAD, but(BARE, room=replace(FREE, free_from=None)), "free_now", id="free by silence"),
        pytest.param(LEAD, but(NOOR, rate_cents=10_500), "rate_above_budget", id="exactly the budget"),
        pytest.param(
            replace(LEAD, rate_cents_max=None), but(NOOR, rate_cents=None), "rate_unknown", id="no rate"
        ),
        pytest.param(
            replace(LEAD, point=None, place=None), BARE, "place_unknown", id="the lead has no place"
        ),
        pytest.param(replace(LEAD, remote="remote"), BARE, "place_unknown", id="no place needed"),
        pytest.param(LEAD, but(NOOR, remote="remote"), "remote_unknown", id="known to be hybrid"),
        pytest.param(LEAD, but(NOOR, remote="remote"), "not_fully_remote", id="near enough, or remote"),
        pytest.param(replace(LEAD, remote=None), NOOR, "remote_unknown", id="does not ask for remote work"),
        pytest.param(replace(LEAD, hours=None), but(BARE, room=FREE), "hours_fit", id="no hours asked"),
        pytest.param(LEAD, but(BARE, roles=frozenset({"risk officer"})), "role_missing", id="a near role"),
        pytest.param(
            LEAD, but(NOOR, remote="remote", radius_km=None), "near", id="near for who will not travel"
        ),
    ],
)
def test_no_reason(wanted: Wanted, candidate: Candidate, kind: str) -> None:
    assert kind not in all_reasons(wanted, candidate)


@pytest.mark.parametrize(
    ("own_words", "quote"),
    [
        pytest.param("Ik doe wwft.", "Ik doe wwft.", id="a skill"),
        pytest.param(
            "Hallo!\nCompliance Officer te Utrecht", "Compliance Officer te Utrecht", id="own spelling"
        ),
        pytest.param("Ik bouw wwft-tools; leuk.", "Ik bouw wwft-tools;", id="part of a compound"),
        pytest.param("Ik doe wwftx.", None, id="another word"),
        pytest.param("Ik schilder.", None, id="something else"),
        pytest.param("", None, id="no words"),
    ],
)
def test_quote(own_words: str, quote: str | None) -> None:
    assert fit(LEAD, but(NOOR, own_words=own_words), TODAY).quote == quote


def test_nobody_is_quoted_for_what_they_do_not_share() -> None:
    assert fit(LEAD, Candidate(1, own_words="Geen wwft voor mij."), TODAY).quote is None


# --- the turn


def hour(number: int) -> datetime:
    return datetime(2027, 1, 1, number, tzinfo=UTC)


WEAK = frozenset({"wwft"})


@pytest.mark.parametrize(
    ("candidates", "order"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([but(NOOR, quiet=True)], [], id="nobody passes: an honest empty list"),
        pytest.param(
            [but(NOOR, member_id=1, last_asked=hour(3)), but(NOOR, member_id=2, last_asked=hour(2))],
            [2, 1],
            id="longest ago first",
        ),
        pytest.param(
            [but(NOOR, member_id=1, last_asked=hour(3)), but(NOOR, member_id=2)],
            [2, 1],
            id="never asked first",
        ),
        pytest.param(
            [but(NOOR, member_id=1), but(NOOR, member_id=2, last_asked=hour(3), low_work=True)],
            [2, 1],
            id="little work first, among equals",
        ),
        pytest.param(
            [
                but(NOOR, member_id=1, last_asked=hour(3)),
                but(NOOR, member_id=2, roles=frozenset(), skills=WEAK, low_work=True),
                but(NOOR, member_id=3, skills=frozenset()),
            ],
            [1, 3, 2],
            id="fit before turn",
        ),
    ],
)
def test_rank(candidates: list[Candidate], order: list[int]) -> None:
    assert [one.member_id for one in rank(LEAD, candidates, TODAY, seed=1)] == order


def test_the_lot_is_fair() -> None:
    """Of three equal members each comes first about as often, over 300 leads."""
    equals = [but(NOOR, member_id=number) for number in (1, 2, 3)]
    firsts = [rank(LEAD, equals, TODAY, seed)[0].member_id for seed in range(300)]

    assert all(70 <= firsts.count(number) <= 130 for number in (1, 2, 3))


ROOMS = st.builds(
    Room,
    known=st.booleans(),
    available=st.booleans(),
    hours=st.sampled_from([None, 8.0, 24.0, 40.0]),
    free_from=st.sampled_from([None, date(2027, 1, 1), date(2027, 2, 1), date(2027, 6, 1)]),
    stated_on=st.sampled_from([None, TODAY, date(2026, 11, 1)]),
    free_until=st.sampled_from([None, date(2027, 5, 1)]),
)
TERMS = st.frozensets(st.sampled_from(["compliance officer", "risk officer", "wwft", "audit", "kyc", "sql"]))
TOPICS = st.frozensets(st.sampled_from(["banken", "energietransitie", "Voorbeeldbank", "zorg"]))
CANDIDATES = st.builds(
    Candidate,
    member_id=st.integers(1, 30),
    roles=TERMS,
    skills=TERMS,
    years=st.sampled_from([None, 0, 5, 20]),
    sectors=TOPICS,
    point=st.sampled_from([None, UTRECHT, AMSTERDAM, GRONINGEN]),
    place=st.sampled_from([None, "Utrecht", "Groningen"]),
    radius_km=st.sampled_from([None, 0, 20, 200]),
    remote=st.sampled_from([None, "remote", "hybrid", "onsite"]),
    rate_cents=st.sampled_from([None, 8_000, 12_000]),
    likes=TOPICS,
    dislikes=st.just(frozenset()) | TOPICS,
    room=ROOMS,
    quiet=st.booleans(),
    low_work=st.booleans(),
    last_asked=st.none() | st.integers(0, 23).map(hour),
)
MEMBERS = st.lists(CANDIDATES, unique_by=lambda one: one.member_id, max_size=12)
LEADS = st.builds(
    replace,
    st.just(LEAD),
    roles=st.sampled_from([LEAD.roles, {}]),
    skills=st.sampled_from([LEAD.skills, {}, {"sql": 1.0}]),
    remote=st.sampled_from([None, "remote", "hybrid", "onsite"]),
    start=st.sampled_from([None, date(2027, 3, 1)]),
    hours=st.sampled_from([None, (32.0, 36.0), (None, 24.0), (0.0, None)]),
    point=st.sampled_from([None, UTRECHT]),
)
SEEDS = st.integers()
BANDS = get_args(Band)


@given(LEADS, MEMBERS, SEEDS)
def test_exactly_who_passes_the_gates_is_ranked(lead: Wanted, members: list[Candidate], seed: int) -> None:
    passed = sorted(one.member_id for one in members if not gates(lead, one, TODAY))

    assert sorted(one.member_id for one in rank(lead, members, TODAY, seed)) == passed


@given(LEADS, MEMBERS, SEEDS)
def test_turn_never_overrules_fit(lead: Wanted, members: list[Candidate], seed: int) -> None:
    bands = [BANDS.index(one.fit.band) for one in rank(lead, members, TODAY, seed)]

    assert bands == sorted(bands)


@given(LEADS, MEMBERS, SEEDS, st.randoms())
def test_a_draw_repeats_from_its_seed(
    lead: Wanted, members: list[Candidate], seed: int, chance: Random
) -> None:
    shuffled = list(members)
    chance.shuffle(shuffled)

    assert rank(lead, shuffled, TODAY, seed) == rank(lead, members, TODAY, seed)


@given(LEADS, CANDIDATES)
def test_little_work_is_seen_nowhere(lead: Wanted, member: Candidate) -> None:
    """Nor is when they were last asked: both only count for the turn."""
    other = but(member, low_work=not member.low_work, last_asked=None)

    assert fit(lead, other, TODAY) == fit(lead, member, TODAY)
    assert gates(lead, other, TODAY) == gates(lead, member, TODAY)


@given(LEADS, CANDIDATES, st.none() | st.integers(1, 50_000))
def test_a_rate_is_only_a_private_doubt(lead: Wanted, member: Candidate, cents: int | None) -> None:
    """What others may see of a member does not change with the member's rate."""

    def public(candidate: Candidate) -> Fit:
        its_fit = fit(lead, candidate, TODAY)
        return replace(its_fit, doubts=tuple(one for one in its_fit.doubts if one.kind not in PRIVATE_KINDS))

    other = but(member, rate_cents=cents)

    assert public(other) == public(member)
    assert gates(lead, other, TODAY) == gates(lead, member, TODAY)


@given(LEADS, CANDIDATES)
def test_a_fit_is_three_reasons_and_parts_of_one(lead: Wanted, member: Candidate) -> None:
    its_fit = fit(lead, member, TODAY)
    kinds = [reason.kind for reason in (*its_fit.reasons, *its_fit.doubts)]

    assert len(its_fit.reasons) <= 3
    assert len(set(kinds)) == len(kinds)
    assert all(0 <= part <= 1 for part in (its_fit.skills, its_fit.proof, its_fit.practical, its_fit.wish))


@given(LEADS, CANDIDATES)
def test_every_fact_is_stated(lead: Wanted, member: Candidate) -> None:
    """A reason quotes the member, the lead, or a distance between their places."""
    room = member.room
    dates = {str(one) for one in (room.free_from, room.free_until) if one}
    hours = {f"{one:g}" for one in (room.hours, (lead.hours or (None, None))[0]) if one is not None}
    stated = {*member.roles, *member.skills, *member.sectors, *member.likes, member.place, str(member.years)}
    asked = {", ".join(role for role in lead.roles if lead.roles[role] == 1), *lead.roles, *lead.skills}
    computed = {"near": 1, "further": 0, "far": 0, "availability_old": 0}
    its_fit = fit(lead, member, TODAY)

    for reason in (*its_fit.reasons, *its_fit.doubts):
        facts = [fact for place, fact in enumerate(reason.facts) if computed.get(reason.kind) != place]
        assert set(facts) <= {*stated, *asked, *dates, *hours, str(member.radius_km)}
