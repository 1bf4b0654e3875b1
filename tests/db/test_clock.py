"""The clock knows when it is needed, and in which collectives."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Table, delete, update

from db import Session, clock, tables
from db.session import transaction
from tests.db.world import NOW, Worlds, two_worlds

SOON = NOW + timedelta(hours=1)
LEAD, OFFER, INTRODUCTION = tables.Lead, tables.Offer, tables.Introduction
CLEAN: tuple[tuple[type[tables.Base], dict[str, object]], ...] = (
    (LEAD, {"state": "open", "window_ends_at": None, "nudge_at": None}),
    (OFFER, {"state": "planned", "offer_at": None}),
    (INTRODUCTION, {"ask_at": None}),
    (tables.Prompt, {"at": None}),
    (tables.Room, {"ends_at": None}),
    (tables.Round, {"at": None}),
)


@pytest.fixture
def worlds(database_url: str) -> Iterator[Worlds]:
    with two_worlds(database_url) as both:
        with transaction(both.engine) as session:
            for each, values in CLEAN:
                session.connection().execute(update(table_of(each)).values(values))
            for on_its_way in (tables.Agenda, tables.Letter):  # always means due
                session.connection().execute(delete(table_of(on_its_way)))
        yield both


def table_of(each: type[tables.Base]) -> Table:
    return tables.Base.metadata.tables[each.__tablename__]


def put(session: Session, each: type[tables.Base], row_id: int, **values: object) -> None:
    table = table_of(each)
    session.connection().execute(update(table).where(table.c.id == row_id).values(values))


@pytest.mark.parametrize(
    ("each", "values", "lead_state", "due"),
    [
        pytest.param(LEAD, {"window_ends_at": SOON}, "open", True, id="a wave is over"),
        pytest.param(LEAD, {"window_ends_at": SOON}, "chosen", False, id="the lead is over before its wave"),
        pytest.param(LEAD, {"nudge_at": SOON}, "open", True, id="a source must be reminded"),
        pytest.param(LEAD, {"nudge_at": SOON}, "withdrawn", False, id="nobody is reminded of what is over"),
        pytest.param(OFFER, {"offer_at": SOON}, "open", True, id="an offer may go out"),
        pytest.param(OFFER, {"offer_at": SOON}, "closed", False, id="no offer of what is over"),
        pytest.param(OFFER, {"offer_at": SOON, "state": "offered"}, "open", False, id="an offer went out"),
        pytest.param(INTRODUCTION, {"ask_at": SOON}, "chosen", True, id="how did it go"),
        pytest.param(LEAD, {}, "open", False, id="nothing"),
    ],
)
def test_what_is_due(
    each: type[tables.Base], values: dict[str, object], lead_state: str, due: bool, worlds: Worlds
) -> None:
    with transaction(worlds.engine) as session:
        put(session, LEAD, worlds.theirs.lead, state=lead_state)
        if values:
            put(session, each, worlds.theirs.ids[each], **values)

        assert clock.next_due(session) == (SOON if due else None)
        assert clock.collectives_due(session, SOON) == ([worlds.theirs.collective] if due else [])
        assert clock.collectives_due(session, SOON - timedelta(seconds=1)) == []


def test_the_earliest_of_all(worlds: Worlds) -> None:
    moments: list[datetime] = [NOW + timedelta(hours=hours) for hours in (3, 1, 2)]
    with transaction(worlds.engine) as session:
        put(session, LEAD, worlds.mine.lead, nudge_at=moments[0], window_ends_at=moments[2])
        put(session, OFFER, worlds.theirs.ids[OFFER], offer_at=moments[1])

        assert clock.next_due(session) == moments[1]
        assert clock.collectives_due(session, moments[0]) == [
            worlds.mine.collective,
            worlds.theirs.collective,
        ]
        assert clock.collectives_due(session, moments[1]) == [worlds.theirs.collective]
