"""Who is compared for a lead: everybody near in a collective of usual size, of a crowd the nearest in turn."""

from collections.abc import Iterator

import pytest

from assistant import loading
from assistant.desk import Desk
from assistant.loading import candidates, candidates_of, search_for, wanted
from assistant.rules.matching import Ranked, gates, may_be_asked, rank
from assistant.rules.sides import Candidate, Wanted
from db import candidates as nearby
from db import members
from nlu.meaning import Lead
from tests.app.crowd import LEADS, crowd
from tests.app.stage import NOW

TODAY = NOW.date()


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """Of a collective of two hundred members."""
    with crowd(database_url) as desk:
        yield desk


def everybody(desk: Desk, asked: Wanted) -> list[Candidate]:
    """Every member, read one by one: what no question to the database may lose."""
    return candidates_of(desk, [each.id for each in members.active(desk.session)], asked)


@pytest.mark.parametrize("lead", LEADS)
def test_in_a_collective_of_usual_size_nobody_is_overlooked(desk: Desk, lead: Lead) -> None:
    asked = wanted(desk, lead, source_id=0)
    ranked = rank(asked, candidates(desk, asked, (), 7), TODAY, 7)

    assert ranked
    assert ranked == rank(asked, everybody(desk, asked), TODAY, 7)


@pytest.mark.parametrize("lead", LEADS)
def test_a_crowd_is_cut_after_who_could_be_asked_first(
    desk: Desk, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cut takes nobody whom a closed gate would drop, unless only Python can tell, and keeps the order of turn."""
    monkeypatch.setattr(loading, "EVERYBODY", 5)
    monkeypatch.setattr(loading, "SHORTLISTS", (12,))
    asked = wanted(desk, lead, source_id=0)
    cut = candidates(desk, asked, (), 7)
    closed = {gate for one in cut for gate in gates(asked, one, TODAY)}
    rest = [one for one in everybody(desk, asked) if one.member_id not in {each.member_id for each in cut}]
    passed = rank(asked, rest, TODAY, 7)
    chosen = rank(asked, cut, TODAY, 7)

    assert 0 < len(cut) <= 12
    assert closed.isdisjoint({"quiet", "must_missing", "not_checked"})
    assert nearest(chosen) >= nearest(passed)
    # whoever has the very profession is not cut for somebody with one like it
    if asked.roles and passed and not asked.skills:
        assert max(one.fit.skills for one in passed) <= min(one.fit.skills for one in chosen)


@pytest.mark.parametrize("lead", LEADS)
def test_the_database_leaves_out_nobody_whom_the_rule_lets_pass(desk: Desk, lead: Lead) -> None:
    asked = wanted(desk, lead, source_id=0)
    listed = {row.id for row in nearby.shortlist(desk.session, search_for(desk, asked, 7), 1000)}
    passing = {one.member_id for one in everybody(desk, asked) if may_be_asked(asked, one, TODAY)}

    assert passing
    assert passing <= listed


@pytest.mark.parametrize("lead", LEADS)
def test_a_short_list_is_the_beginning_of_a_longer_one(desk: Desk, lead: Lead) -> None:
    """Short ones are made without looking at everybody near: that must not show."""
    search = search_for(desk, wanted(desk, lead, source_id=0), 7)
    every = {row.id for row in nearby.shortlist(desk.session, search, 1000)}
    pages = [
        {row.id for row in nearby.shortlist(desk.session, search, 10, skip=first)}
        for first in range(0, len(every), 10)
    ]

    assert set().union(*pages) == every
    assert sum(map(len, pages)) == len(every)
    for most in (10, 20, 40):
        best = set().union(*pages[: most // 10])
        assert {row.id for row in nearby.shortlist(desk.session, search, most)} == best


def test_of_a_crowd_more_are_looked_at_while_too_few_may_be_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who never passes is never asked, so always first in turn: they may not stand in the way of the others."""
    monkeypatch.setattr(loading, "EVERYBODY", 5)
    monkeypatch.setattr(loading, "SHORTLISTS", (4, 8, 16, 32, 64))
    asked = wanted(desk, Lead(roles=("projectleider",)), source_id=0)
    first = nearby.shortlist(desk.session, search_for(desk, asked, 7), 12)
    for row in first:
        members.set_terms(desk.session, row.id, "dislike", [("projectleider", "projectleider")])
    monkeypatch.setattr(loading, "ENOUGH", 6)
    ranked = rank(asked, candidates(desk, asked, (), 7), TODAY, 7)

    assert len(ranked) >= 6
    assert {one.member_id for one in ranked}.isdisjoint(row.id for row in first)


def test_members_named_by_a_colleague_are_always_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "EVERYBODY", 5)
    monkeypatch.setattr(loading, "SHORTLISTS", (3,))
    tipped = members.active(desk.session)[-1].id
    asked = wanted(desk, Lead(roles=("projectleider",)), source_id=0)

    assert tipped in {one.member_id for one in candidates(desk, asked, (tipped,), 7)}


def nearest(ranked: tuple[Ranked, ...]) -> float:
    """How near the best of these is."""
    return max((one.fit.skills for one in ranked), default=0.0)
