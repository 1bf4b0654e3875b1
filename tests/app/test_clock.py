"""The clock: what is due is done, each at its own moment, and a bug in one collective stops no other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event

import pytest
from msgspec import structs
from sqlalchemy import select, update

from assistant import app, jobs
from assistant.actions import leads
from assistant.desk import Desk
from assistant.notices import Notice
from db import availability, tables
from db.availability import Spell
from db.base import Base
from db.collectives import Collective
from db.session import narrow, transaction
from dialogs import commands as do
from nlu.meaning import Lead
from tests.app.stage import NOW, Stage, incoming

SHARE = do.ShareLead(
    Lead(roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4)), "projectleider in Utrecht"
)
SECRET = "Bel Kees van Dam op 06-12345678"


def set_policy(stage: Stage, name: str, **settings: object) -> None:
    table = Base.metadata.tables["collectives"]
    with stage.app.engine.begin() as connection:
        connection.execute(update(table).where(table.c.name == name).values(policy=settings))


def two_leads(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    stage.found("Zuid", "anna", "bas")
    for who in ("mieke", "anna"):
        stage.presses(who, stage.button(who, SHARE))


def test_every_collective_gets_its_turn(stage: Stage) -> None:
    two_leads(stage)

    assert sorted(to for to, _ in stage.passes(hours=0)) == ["bas", "kees"]
    assert stage.passes(hours=0) == []


def test_a_bug_in_one_collective_stops_no_other(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    two_leads(stage)
    set_policy(stage, "Noord", **{SECRET: 1})

    assert [to for to, _ in stage.passes(hours=0)] == ["bas"]
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text
    set_policy(stage, "Noord")
    assert [to for to, _ in stage.passes(hours=0)] == ["kees"]


def set_details(stage: Stage, source_id: int, details: dict[str, object]) -> dict[str, object]:
    """What was understood of the lead that this member shared, put in the place of what it was."""
    table = Base.metadata.tables["leads"]
    with stage.app.engine.begin() as connection:
        is_theirs = table.c.source_id == source_id
        before: dict[str, object] = connection.execute(select(table.c.details).where(is_theirs)).scalar_one()
        connection.execute(update(table).where(is_theirs).values(details=details))
    return before


def test_a_bug_in_one_lead_takes_back_no_other(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Each wave is a transaction of its own: what went out stays out, and is not said again."""
    ids = stage.found("Noord", "mieke", "kees")
    for who in ("mieke", "kees"):
        stage.presses(who, stage.button(who, structs.replace(SHARE, is_new=True)))
    right = set_details(stage, ids["mieke"], {"roles": 1})

    assert [to for to, _ in stage.passes(hours=0)] == ["mieke"]
    assert "the clock failed" in caplog.text
    set_details(stage, ids["mieke"], right)
    assert [to for to, _ in stage.passes(hours=0)] == ["kees"]


def set_agenda(stage: Stage, status: str, *member_ids: int) -> None:
    """Let these be free, so that open leads are looked at again for them, or full from now on."""
    with transaction(stage.app.engine) as session:
        collective = session.scalars(select(Collective)).one()
        narrow(session, collective.id)
        desk = Desk(session, collective, stage.now)
        for member_id in member_ids:
            said = Spell(stage.now.date(), None, status, None, "", "", stage.now.date())
            availability.replace(session, member_id, [said])
            if status == "free":
                leads.look_again(desk, desk.member(member_id))


def test_a_bug_in_what_one_member_is_matched_with_takes_back_no_other(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is a transaction of its own: on a Monday morning everybody's situation changed since Friday."""
    ids = stage.found("Noord", "mieke", "anna", "kees", "sanne")
    set_agenda(stage, "full", ids["mieke"], ids["anna"], ids["kees"])
    stage.presses("mieke", stage.button("mieke", SHARE))
    assert [to for to, _ in stage.passes(hours=0)] == ["sanne"]
    set_agenda(stage, "full", ids["sanne"])
    stage.presses("anna", stage.button("anna", structs.replace(SHARE, is_new=True)))
    stage.passes(hours=0)
    right = set_details(stage, ids["mieke"], {"roles": 1})  # which sanne was asked for, and kees was not
    set_agenda(stage, "free", ids["kees"], ids["sanne"])

    assert "sanne" in [to for to, _ in stage.passes(hours=0)]
    assert "the clock failed" in caplog.text
    assert [row.member_id for row in stage.rows(tables.Offer)].count(ids["kees"]) == 1
    set_details(stage, ids["mieke"], right)
    stage.passes(hours=0)
    assert [row.member_id for row in stage.rows(tables.Offer)].count(ids["kees"]) == 2


def test_time_ahead_is_lived_through_in_order(stage: Stage) -> None:
    """Nobody answers: wave after wave is asked, each when the window before it is over."""
    people = [f"lid{number}" for number in range(8)]
    stage.found("Noord", "mieke", *people)
    stage.presses("mieke", stage.button("mieke", SHARE))
    stage.app.advance(NOW + timedelta(days=3))

    asked = {row.offered_at for row in stage.rows(tables.Offer)}
    assert len(asked) == 3
    assert min(asked) == NOW
    assert max(asked) < NOW + timedelta(days=2)


def test_time_ahead_passes_a_collective_with_a_bug(stage: Stage) -> None:
    two_leads(stage)
    set_policy(stage, "Noord", nonsense=1)
    stage.app.advance(NOW + timedelta(days=30))

    assert {to for to, _ in stage.deliver()} == {"anna", "bas"}


def test_waves_of_members_who_cannot_be_asked_give_way_at_once(stage: Stage) -> None:
    """Everybody's weekly budget is spent, so wave after wave waits for the digests: one a member, of all there is."""
    people = [f"lid{number}" for number in range(7)]
    stage.found("Noord", "mieke", *people, policy={"pushes_per_week": 0})
    for _ in range(2):
        stage.presses("mieke", stage.button("mieke", structs.replace(SHARE, is_new=True)))

    assert stage.passes(hours=0) == []
    assert {row.state for row in stage.rows(tables.Offer)} == {"digest"}
    due = stage.app.next_due()
    assert due is not None
    stage.now = due
    assert sorted(to for to, _ in stage.passes(hours=0)) == people
    assert stage.passes(hours=0) == []


def test_who_blocked_us_is_not_waited_for(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees", "sanne", policy={"wave_size": 1})
    stage.presses("mieke", stage.button("mieke", SHARE))
    stage.happens(incoming("kees", kind="blocked"))
    stage.happens(incoming("sanne", kind="blocked"))

    assert {to for to, _ in stage.passes(hours=0)} == {"mieke"}
    assert {row.state for row in stage.rows(tables.Offer)} == {"skipped"}


def test_nothing_is_due_on_an_empty_stage(stage: Stage) -> None:
    assert stage.app.next_due() is None
    assert stage.passes(hours=1) == []
    assert stage.app.last_moment() is None


def test_between_its_jobs_the_clock_lets_members_be_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_leads(stage)
    begun, done = Event(), []

    def work(desk: Desk) -> list[Notice]:
        begun.set()
        done.append("a job")
        return []

    def write() -> None:
        assert begun.wait(timeout=60)
        stage.app.hear(incoming("mieke", text="hallo"), stage.now)
        done.append("an answer")

    monkeypatch.setattr(jobs, "STAGES", (work,) * 300)
    monkeypatch.setattr(app, "ROUNDS", 1)
    with ThreadPoolExecutor(1) as pool:
        answered = pool.submit(write)
        stage.app.tick(stage.now)
        answered.result()

    assert done.index("an answer") < len(done) - 1
