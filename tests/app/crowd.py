"""A crowd: two hundred members with anything that may keep somebody from being asked, and leads for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from assistant.desk import Desk
from db.accounts import Person
from db.availability import Period
from db.collectives import Collective
from db.members import Member, Term
from db.room import Room
from db.session import narrow, open_database, transaction
from nlu import taxonomy
from nlu.gazetteer import locate
from nlu.meaning import Lead
from tests.app.stage import NOW, ZONE

ROLES = ("projectleider", "programmamanager", "tekstschrijver", "data-engineer", "advocaat")
SKILLS = ("python", "sql", "scrum", "avg")
TODAY = NOW.date()

LEADS = [
    Lead(roles=("projectleider",)),
    Lead(roles=("projectleider",), skills=("scrum", "avg"), start=TODAY + timedelta(days=40)),
    Lead(roles=("data-engineer",), skills=("python", "sql"), must=("python",)),
    Lead(skills=("python",)),
    Lead(roles=("projectleider",), skills=("scrum",), place="Utrecht", remote="onsite"),
    Lead(roles=("projectleider", "programmamanager"), place="Groningen"),
    Lead(roles=("advocaat", "data-engineer"), skills=("sql",)),
    Lead(roles=("advocaat",)),
]


@contextmanager
def crowd(database_url: str) -> Iterator[Desk]:
    """A collective of two hundred members of five professions, always the same one."""
    engine = open_database(database_url)
    with transaction(engine) as session:
        collective = Collective(name="Noord", language="nl", zone=ZONE, policy={})
        person = Person(name="Iemand")
        session.add_all([collective, person])
        session.flush()
        narrow(session, collective.id)
        desk = Desk(session, collective, NOW)
        chances = [Random(number) for number in range(200)]
        joined = [member(person.id, chance) for chance in chances]
        session.add_all(joined)
        session.flush()
        session.add_all(
            row for one, chance in zip(joined, chances, strict=True) for row in about(one.id, chance)
        )
        session.flush()
        yield desk
    engine.dispose()


def member(person_id: int, chance: Random) -> Member:
    """One member, with anything of their own that may keep them from being asked."""
    spot = locate(chance.choice(("Utrecht", "Zwolle", "Nieuwegein", "nergens")))
    return Member(
        person_id=person_id,
        name="Iemand",
        language="nl",
        state=chance.choice(("active", "active", "active", "left")),
        quiet_until=chance.choice((None, None, TODAY, TODAY - timedelta(days=1))),
        last_asked_at=chance.choice((None, NOW - timedelta(hours=chance.randrange(2000)))),
        remote=chance.choice((None, "remote", "hybrid")),
        radius_km=chance.choice((None, 0, 15, 40, 700)),
        latitude=spot.latitude if spot else None,
        longitude=spot.longitude if spot else None,
    )


def about(number: int, chance: Random) -> Iterator[Term | Room | Period]:
    """Their words, and what may be known of their time."""
    own = [("role", word) for word in chance.sample(ROLES, chance.randrange(1, 3))]
    own += [("skill", word) for word in chance.sample(SKILLS, chance.randrange(1, 3))]
    if chance.random() < 0.5:
        own.append(("checked", "advocaat"))
    for kind, word in own:
        yield Term(member_id=number, kind=kind, term=taxonomy.canonical(word), said=word)
    if chance.random() < 0.3:
        yield Room(member_id=number, room="much", ends_at=NOW + timedelta(days=9))
    if chance.random() < 0.6:
        start = TODAY + timedelta(days=chance.randrange(-30, 60))
        end = chance.choice((None, start + timedelta(days=chance.randrange(60))))
        status = chance.choice(("free", "full", "away"))
        yield Period(member_id=number, start_on=start, end_on=end, status=status, stated_on=TODAY)
