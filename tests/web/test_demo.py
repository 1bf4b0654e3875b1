"""The example collective: complete, varied, written once, and everybody in it known to the rules by their own words."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from assistant import demo
from assistant.channels.web import people, texts
from db import accounts, members
from db.accounts import Account
from db.invitations import Invitation
from db.session import Engine, in_collective, open_database, transaction
from nlu.gazetteer import locate
from nlu.taxonomy import kind_of

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with the example in it."""
    engine = open_database(database_url)
    demo.fill(SimpleNamespace(engine=engine), NOW)
    yield engine
    engine.dispose()


def test_filling_twice_changes_nothing(engine: Engine) -> None:
    def everything() -> list[object]:
        found = people.read(engine, demo.CHANNEL, demo.roster())
        return [(p.handle, p.name, p.discipline, [(q.start_on, q.status) for q in p.periods]) for p in found]

    before = everything()
    demo.fill(SimpleNamespace(engine=engine), datetime(2027, 1, 1, tzinfo=UTC))
    assert everything() == before


def test_twelve_members_one_coordinator_and_two_guests(engine: Engine) -> None:
    found = people.read(engine, demo.CHANNEL, demo.roster())
    assert Counter(person.collective_id is None for person in found) == {False: 12, True: 2}
    assert [person.handle for person in found if person.coordinator] == ["anke"]


def test_they_are_free_in_different_ways(engine: Engine) -> None:
    found = people.read(engine, demo.CHANNEL, demo.roster())
    lines = {p.handle: people.availability_line(p, TODAY, texts.read("nl")) for p in found if p.collective_id}
    assert lines == {
        "anke": "deels vrij, 8 uur per week",
        "mieke": "zit vol tot en met 23 maart",
        "sanne": "vrij, 32 uur per week",
        "bram": "vrij, 40 uur per week",
        "youssef": "zit vol tot en met 4 december",
        "lotte": "vrij, 24 uur per week",
        "kees": "zit vol tot en met 22 januari",
        "fatima": "zit vol tot en met 13 december",
        "daan": "met vakantie tot en met 6 december",
        "joanna": "deels vrij, 16 uur per week",
        "ruben": "vrij, 28 uur per week · 3 weken geleden gezegd",
        "eva": "vrij, 24 uur per week · pauze tot en met 2 december",
    }


def test_an_invitation_waits_for_the_newcomer(engine: Engine) -> None:
    with transaction(engine) as session:
        mieke = accounts.at(session, demo.CHANNEL, "mieke")
    assert isinstance(mieke, Account)
    assert mieke.collective_id is not None
    with in_collective(engine, mieke.collective_id) as session:
        (invitation,) = session.query(Invitation).all()
        inviter = session.get_one(members.Member, invitation.inviter_id)
        assert (invitation.name, inviter.name) == ("Noor Verhoeven", "Kees van Dam")
        assert "vuurtoren" not in invitation.code_hash


@pytest.mark.parametrize("person", demo.example().members, ids=lambda person: person.handle)
def test_the_rules_know_what_they_do_and_where(person: demo.Freelancer) -> None:
    assert locate(person.place) is not None
    assert all(kind_of(role) == "role" for role in person.roles)
