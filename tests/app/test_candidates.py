"""Who is compared for a lead: everybody near in a collective of usual size, of a crowd the nearest in turn."""

from collections.abc import Iterator
from itertools import islice

import pytest

from assistant import loading
from assistant.desk import Desk
from assistant.loading import candidates, candidates_of, search_for, wanted
from assistant.rules.matching import Ranked, gates, may_be_asked, rank
from assistant.rules.values import Candidate, Wanted
from db import candidates as nearby
from db import members
from db.candidates import Search
from db.collectives import Collective
from db.session import in_collective, open_database
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
    listed = set(in_turn(desk, search_for(desk, asked, 7)))
    passing = {one.member_id for one in everybody(desk, asked) if may_be_asked(asked, one, TODAY)}

    assert passing
    assert passing <= listed


@pytest.mark.parametrize("sizes", [(3, 6, 12, 24, 48, 96, 192), (200,), (1,) * 200])
@pytest.mark.parametrize("lead", LEADS)
def test_a_crowd_is_told_in_turn_so_many_at_a_time(desk: Desk, lead: Lead, sizes: tuple[int, ...]) -> None:
    """Whatever their number: nobody is skipped, nobody comes twice, and the order stays the same."""
    search = search_for(desk, wanted(desk, lead, source_id=0), 7)
    holders = nearby.holders(desk.session, search)
    every = in_turn(desk, search)
    pages = [[*islice(every, size)] for size in sizes]
    told = nearby.crowd(desk.session, search, holders, sizes)

    assert sum(map(len, pages)) > 3
    assert [[one.id for one in page] for page in told] == [sorted(page) for page in pages]


def test_after_a_crowd_the_few_of_another_lead_are_found_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not asked for at once then, and the next time again."""
    asked = wanted(desk, LEADS[0], source_id=0)
    few = candidates(desk, asked, (), 7)
    with monkeypatch.context() as changed:
        changed.setattr(loading, "EVERYBODY", 5)
        changed.setattr(loading, "SHORTLISTS", (3,))
        crowd = candidates(desk, asked, (), 7)

    assert len(crowd) == 3
    assert candidates(desk, asked, (), 7) == few == candidates(desk, asked, (), 7)


@pytest.mark.parametrize("lead", LEADS)
def test_members_may_be_read_while_a_crowd_is(desk: Desk, lead: Lead) -> None:
    search = search_for(desk, wanted(desk, lead, source_id=0), 7)
    every = list(in_turn(desk, search))
    read = [
        each.id for number in in_turn(desk, search) for each in nearby.profiles(desk.session, [number], NOW)
    ]

    assert read == every


def test_a_crowd_that_is_not_read_to_its_end_keeps_nobody_from_writing(database_url: str) -> None:
    with crowd(database_url) as desk:
        number = desk.collective.id
    engine = open_database(database_url)
    with in_collective(engine, number) as session:
        desk = Desk(session, session.get_one(Collective, number), NOW)
        first = next(in_turn(desk, search_for(desk, wanted(desk, LEADS[0], source_id=0), 7)))
        members.set_terms(session, first, "like", [("philips", "Philips")])
    with in_collective(engine, number) as session:
        words = nearby.words(nearby.profiles(session, [first], NOW)[0].words)
        members.set_terms(session, first, "like", [])
    engine.dispose()

    assert ("like", "philips", "Philips") in words


def test_of_a_crowd_more_are_looked_at_while_too_few_may_be_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who never passes is never asked, so always first in turn: they may not stand in the way of the others."""
    monkeypatch.setattr(loading, "EVERYBODY", 5)
    monkeypatch.setattr(loading, "SHORTLISTS", (4, 8, 16, 32, 64))
    asked = wanted(desk, Lead(roles=("projectleider",)), source_id=0)
    first = list(islice(in_turn(desk, search_for(desk, asked, 7)), 12))
    for number in first:
        members.set_terms(desk.session, number, "dislike", [("projectleider", "projectleider")])
    monkeypatch.setattr(loading, "ENOUGH", 6)
    ranked = rank(asked, candidates(desk, asked, (), 7), TODAY, 7)

    assert len(ranked) >= 6
    assert {one.member_id for one in ranked}.isdisjoint(first)


def test_members_named_by_a_colleague_are_always_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "EVERYBODY", 5)
    monkeypatch.setattr(loading, "SHORTLISTS", (3,))
    tipped = members.active(desk.session)[-1].id
    asked = wanted(desk, Lead(roles=("projectleider",)), source_id=0)

    assert tipped in {one.member_id for one in candidates(desk, asked, (tipped,), 7)}


def in_turn(desk: Desk, search: Search) -> Iterator[int]:
    """Of a crowd, by the database."""
    return nearby.in_turn(desk.session, search, nearby.holders(desk.session, search))


def nearest(ranked: tuple[Ranked, ...]) -> float:
    """How near the best of these is."""
    return max((one.fit.skills for one in ranked), default=0.0)
