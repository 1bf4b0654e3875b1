"""Who is compared for a lead: everybody near in a collective of usual size, of a crowd the nearest in turn."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from assistant import loading
from assistant.desk import Desk
from assistant.loading import candidates, candidates_of, wanted
from assistant.rules.matching import Ranked, gates, rank
from assistant.rules.sides import Candidate, Wanted
from db import members
from db.accounts import Person
from db.availability import Period
from db.collectives import Collective
from db.members import Member
from db.room import Room
from db.session import narrow, open_database, transaction
from nlu import taxonomy
from nlu.meaning import Lead
from tests.app.stage import NOW, ZONE

ROLES = ("projectleider", "programmamanager", "tekstschrijver", "data-engineer")
SKILLS = ("python", "sql", "scrum", "avg")
TODAY = NOW.date()

LEADS = [
    Lead(roles=("projectleider",)),
    Lead(roles=("projectleider",), skills=("scrum", "avg"), start=TODAY + timedelta(days=40)),
    Lead(roles=("data-engineer",), skills=("python", "sql"), must=("python",)),
    Lead(skills=("python",)),
]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A collective of two hundred members of four professions, always the same one."""
    engine = open_database(database_url)
    with transaction(engine) as session:
        collective = Collective(name="Noord", language="nl", zone=ZONE, policy={})
        person = Person(name="Iemand")
        session.add_all([collective, person])
        session.flush()
        narrow(session, collective.id)
        desk = Desk(session, collective, NOW)
        for number in range(200):
            join(desk, person.id, Random(number))
        session.flush()
        yield desk
    engine.dispose()


def join(desk: Desk, person_id: int, chance: Random) -> None:
    """One member, with anything that may keep them from being asked."""
    member = Member(
        person_id=person_id,
        name="Iemand",
        language="nl",
        state=chance.choice(("active", "active", "active", "left")),
        quiet_until=chance.choice((None, None, TODAY, TODAY - timedelta(days=1))),
        last_asked_at=chance.choice((None, NOW - timedelta(hours=chance.randrange(2000)))),
    )
    desk.session.add(member)
    desk.session.flush()
    for kind, words in (("role", ROLES), ("skill", SKILLS)):
        own = chance.sample(words, chance.randrange(1, 3))
        members.set_terms(desk.session, member.id, kind, [(taxonomy.canonical(word), word) for word in own])
    if chance.random() < 0.3:
        desk.session.add(Room(member_id=member.id, room="much", ends_at=NOW + timedelta(days=9)))
    if chance.random() < 0.6:
        start = TODAY + timedelta(days=chance.randrange(-30, 60))
        end = chance.choice((None, start + timedelta(days=chance.randrange(60))))
        status = chance.choice(("free", "full", "away"))
        desk.session.add(
            Period(member_id=member.id, start_on=start, end_on=end, status=status, stated_on=TODAY)
        )


def everybody(desk: Desk, asked: Wanted) -> list[Candidate]:
    """Every member, read one by one: what no question to the database may lose."""
    return candidates_of(desk, members.active(desk.session), asked)


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
    monkeypatch.setattr(loading, "SHORTLIST", 12)
    asked = wanted(desk, lead, source_id=0)
    cut = candidates(desk, asked, (), 7)
    closed = {gate for one in cut for gate in gates(asked, one, TODAY)}
    rest = [one for one in everybody(desk, asked) if one.member_id not in {each.member_id for each in cut}]
    passed = rank(asked, rest, TODAY, 7)
    chosen = rank(asked, cut, TODAY, 7)

    assert 0 < len(cut) <= 12
    assert closed.isdisjoint({"quiet", "must_missing"})
    assert nearest(chosen) >= nearest(passed)
    # whoever has the very profession is not cut for somebody with one like it
    if asked.roles and passed and not asked.skills:
        assert max(one.fit.skills for one in passed) <= min(one.fit.skills for one in chosen)


def test_members_named_by_a_colleague_are_always_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "EVERYBODY", 5)
    monkeypatch.setattr(loading, "SHORTLIST", 3)
    tipped = members.active(desk.session)[-1].id
    asked = wanted(desk, Lead(roles=("projectleider",)), source_id=0)

    assert tipped in {one.member_id for one in candidates(desk, asked, (tipped,), 7)}


def nearest(ranked: tuple[Ranked, ...]) -> float:
    """How near the best of these is."""
    return max((one.fit.skills for one in ranked), default=0.0)
