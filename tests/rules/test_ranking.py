"""A decision is written down with all it was made of, and can be made again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as but

from assistant.rules import ranking
from assistant.rules.availability import Room
from assistant.rules.matching import RULE_VERSION, Candidate, Wanted, fit, gates, may_be_tipped, rank
from assistant.rules.ranking import Question, Record, decide, record, replay
from assistant.rules.waves import PLANNED, WavePolicy, plan

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROLES = ("tester", "test engineer", "kok")
SKILLS = ("jira", "python", "scrum")
BANDS = ("strong", "fair", "guess")

rooms = st.builds(
    Room,
    known=st.booleans(),
    available=st.booleans(),
    hours=st.none() | st.sampled_from([16.0, 24.0, 36.0]),
    free_from=st.none() | st.dates(TODAY, TODAY + timedelta(days=90)),
    stated_on=st.none() | st.dates(TODAY - timedelta(days=60), TODAY),
)


def some(words: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words))


candidates = st.builds(
    Candidate,
    member_id=st.integers(1, 30),
    roles=some(ROLES),
    skills=some(SKILLS),
    years=st.none() | st.integers(0, 30),
    rate_cents=st.none() | st.integers(5_000, 20_000),
    likes=some(("Philips", "jira")),
    dislikes=some(("Philips", "kok")),
    room=rooms,
    quiet=st.booleans(),
    low_work=st.booleans(),
    last_asked=st.none()
    | st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 22)).map(lambda at: at.replace(tzinfo=UTC)),
    own_words=st.sampled_from(
        ["", "Ik woon in Goes. Tester met jira.", "Ik kook graag. Bel me op 06-12345678."]
    ),
    checked=some(ROLES),
)
wanteds = st.builds(
    Wanted,
    roles=st.sampled_from([{"tester": 1.0, "test engineer": 0.7}, {"kok": 1.0}, {}]),
    skills=st.sampled_from([{"jira": 1.0, "python": 0.6}, {"scrum": 1.0}, {}]),
    start=st.none() | st.just(TODAY),
    hours=st.none() | st.just((24.0, 32.0)),
    rate_cents_max=st.none() | st.just(10_000),
    client=st.none() | st.just("Philips"),
    excluded=st.frozensets(st.integers(1, 30), max_size=4),
    stage=st.sampled_from([None, "open", "rumour"]),
    source=st.integers(1, 30),
    must=some(SKILLS),
    regulated=some(ROLES),
)
questions = st.builds(
    Question,
    wanted=wanteds,
    candidates=st.lists(candidates, max_size=20, unique_by=lambda one: one.member_id).map(tuple),
    tipped=st.lists(st.integers(1, 30), max_size=3).map(tuple),
    today=st.just(TODAY),
    seed=st.integers(0, 9),
    policy=st.builds(WavePolicy, size=st.integers(1, 5), max_live=st.integers(1, 6)),
)


@given(question=questions)
def test_nobody_is_in_a_plan_twice_or_outside_the_gates(question: Question) -> None:
    planned = [name for wave in decide(question).waves for name in wave]
    known = {one.member_id: one for one in question.candidates}

    assert len(planned) == len(set(planned))
    for name in planned:
        asked = question.wanted
        may = may_be_tipped if name in question.tipped else lambda *a: not gates(*a)
        assert may(asked, known[name], TODAY)


@given(question=questions)
def test_turn_never_overrules_fit(question: Question) -> None:
    bands = [BANDS.index(one.band) for one in decide(question).placed]

    assert bands == sorted(bands)


@given(question=questions)
def test_who_is_planned_is_what_the_whole_fit_says(question: Question) -> None:
    """Who comes first is found without reasons, and only the first get any; that changes nothing."""
    asked, made = question.wanted, decide(question)
    ranked = rank(asked, question.candidates, TODAY, question.seed)
    fits = {one.member_id: fit(asked, one, TODAY) for one in question.candidates}

    assert [(one.member_id, one.fit.band) for one in ranked] == list(made.placed)
    assert all(one.fit == fits[one.member_id] for one in ranked)
    assert made.fits == {name: fits[name] for wave in made.waves for name in wave}
    tips = [name for name in question.tipped if name in made.fits]
    whole = plan(made.placed, tips, asked.stage, question.policy)
    flat = [name for wave in whole for name in wave]
    assert [name for wave in made.waves for name in wave] == flat[: len(made.fits)]
    assert len(made.fits) >= min(len(flat), PLANNED)


@given(question=questions)
def test_no_wave_is_larger_than_may_be_live(question: Question) -> None:
    assert all(len(wave) <= question.policy.max_live for wave in decide(question).waves)


@given(question=questions)
def test_what_is_kept_decides_the_same(question: Question) -> None:
    """Through JSON, as the log keeps it."""
    made = decide(question)
    kept = msgspec.convert(msgspec.to_builtins(record(question)), Record)

    assert ({one.member_id: one.fit for one in kept.ranked}, kept.waves) == (made.fits, made.waves)
    assert replay(kept, RULE_VERSION) == "same"


@given(question=questions)
def test_of_rates_and_words_only_what_counts_is_kept(question: Question) -> None:
    budget = question.wanted.rate_cents_max
    for one in record(question).question.candidates:
        assert one.rate_cents is None or one.rate_cents in (budget, (budget or 0) + 1)
        assert "06-12345678" not in one.own_words


@given(question=questions)
def test_who_has_little_work_is_not_kept_nor_when_anybody_was_asked(question: Question) -> None:
    kept = record(question).question.candidates
    moments = {one.last_asked for one in question.candidates}

    assert not any(one.low_work or one.last_asked in moments for one in kept)


@given(question=questions)
def test_a_rate_changes_nobody_s_place(question: Question) -> None:
    bare = replace(question, candidates=tuple(but(one, rate_cents=None) for one in question.candidates))

    assert decide(bare).waves == decide(question).waves


@given(question=questions)
def test_the_order_of_members_does_not_matter(question: Question) -> None:
    """The draw depends on its seed alone."""
    turned = replace(question, candidates=question.candidates[::-1])

    assert decide(turned) == decide(question)


def test_another_outcome_is_seen() -> None:
    kept = record(
        Question(
            Wanted(roles={"tester": 1.0}),
            (Candidate(1, roles=frozenset({"tester"})),),
            (),
            TODAY,
            1,
            WavePolicy(),
        )
    )

    assert replay(replace(kept, waves=()), RULE_VERSION) == "different"


@pytest.mark.parametrize(("version", "replayed"), [(RULE_VERSION, "same"), ("2026-11-21", "other_rules")])
def test_older_rules_are_named(version: str, replayed: ranking.Replayed) -> None:
    kept = record(Question(Wanted(), (), (), TODAY, 1, WavePolicy()))

    assert replay(kept, version) == replayed
