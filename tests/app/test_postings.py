"""The index in memory finds whom the database finds, whatever happens to members meanwhile, also when it is taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import loading
from assistant.desk import Desk
from assistant.loading import search_for, wanted
from assistant.postings import Postings
from db import availability, candidates, members, postings, retention
from db.availability import Spell
from db.members import Member
from db.room import Room
from tests.app.crowd import LEADS, ROLES, SKILLS, TODAY, about, crowd, member
from tests.app.stage import NOW


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """Of a collective of two hundred members."""
    with crowd(database_url) as desk:
        yield desk


@pytest.fixture
def kept() -> Postings:
    """One for all examples of a test."""
    return Postings()


def assert_same(desk: Desk, kept: Postings, chance: Random) -> None:
    """For one lead: who is near, and everybody who can be asked, in turn."""
    search = search_for(desk, wanted(desk, chance.choice(LEADS), source_id=0), chance.randrange(99))
    index, holders = kept.of(desk.session), candidates.holders(desk.session, search)
    for most in (3, 400):
        near = index.everybody_near(search, most)
        assert (near and sorted(near)) == candidates.everybody_near(search, holders, most)
    assert list(index.in_turn(search)) == list(candidates.in_turn(desk.session, search, holders))


def change(desk: Desk, chance: Random) -> None:
    """Anything that may happen to a member; one thing."""
    session = desk.session
    one = session.get_one(Member, chance.choice(members.everyone(session)).id)
    match chance.randrange(8):
        case 0:
            one.last_asked_at = NOW - timedelta(minutes=chance.randrange(9999))
        case 1:
            one.state, one.quiet_until = chance.choice(("active", "left")), chance.choice((None, TODAY))
        case 2:
            own = chance.sample(ROLES, chance.randrange(3))
            members.set_terms(session, one.id, "role", [(word, word) for word in own])
        case 3:
            own = chance.sample(SKILLS, chance.randrange(3))
            members.set_terms(session, one.id, "skill", [(word, word) for word in own])
        case 4:
            starts = [TODAY + timedelta(days=chance.randrange(-20, 40)) for _ in range(chance.randrange(3))]
            spells = [Spell(day, day + timedelta(days=30), "full", None, "", "", TODAY) for day in starts]
            availability.replace(session, one.id, spells)
        case 5:
            for row in session.query(Room).filter_by(member_id=one.id):
                session.delete(row)
            session.flush()
            session.add(
                Room(member_id=one.id, room="much", ends_at=NOW + timedelta(hours=chance.randrange(-5, 5)))
            )
        case 6:
            joined = member(one.person_id, chance)
            session.add(joined)
            session.flush()
            session.add_all(about(joined.id, chance))
        case _:
            retention.periods(session, TODAY - timedelta(days=chance.randrange(9)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_index_keeps_in_step(desk: Desk, kept: Postings, seed: int) -> None:
    """One index through all examples: each of them ends in a rollback, of which it is not told."""
    chance = Random(seed)
    with desk.session.begin_nested() as attempt:
        assert_same(desk, kept, chance)
        for _ in range(chance.randrange(6)):
            change(desk, chance)
            assert_same(desk, kept, chance)
        attempt.rollback()
    desk.session.expire_all()


def test_an_index_that_is_far_behind_starts_anew(desk: Desk) -> None:
    kept, chance = Postings(), Random(1)
    assert_same(desk, kept, chance)
    for _ in range(9):
        change(desk, chance)
        desk.session.flush()
    postings.trim(desk.session, kept=3)

    assert postings.changed_since(desk.session, postings.Mark(1, 1)) is None
    assert_same(desk, kept, chance)


def test_a_lead_finds_the_same_candidates_either_way(desk: Desk) -> None:
    for lead in LEADS:
        asked = wanted(desk, lead, source_id=0)
        assert loading.candidates(replace(desk, postings=Postings()), asked, (), 7) == loading.candidates(
            desk, asked, (), 7
        )
