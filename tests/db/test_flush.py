"""What is written the short way is what SQLAlchemy's own flush would write."""

from datetime import UTC, datetime
from typing import cast

import pytest
from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm.exc import StaleDataError

from db import flush, tables
from db.base import Base
from tests.db.world import TABLES, Worlds

PROMPTS = cast("Table", tables.Prompt.__table__)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def planned(member_id: int, **said: object) -> tables.Prompt:
    return tables.Prompt(member_id=member_id, kind="flush", **said)


@pytest.mark.parametrize("entity", TABLES)
def test_every_table_says_plainly_what_a_new_row_holds(entity: type[Base]) -> None:
    columns = {column.key: column for column in entity.__table__.columns}
    said = flush._unsaid(entity)

    assert set(said) == set(columns) - {"id"} == set(flush._names(entity)) - {"id"}
    assert all(value is not None for name, value in said.items() if columns[name].default)
    assert all(columns[name].default for name in said if columns[name].server_default)


def test_a_new_row_is_as_whole_as_one_that_was_read(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        new = planned(worlds.mine.member, at=NOW)
        session.add(new)
        session.flush()
        held = {name: value for name, value in vars(new).items() if not name.startswith("_")}
        session.expunge_all()
        read = session.get_one(tables.Prompt, new.id)

        assert held == {name: getattr(read, name) for name in held}
        assert (held["subject_id"], held["asked_at"], held["at"]) == (0, None, NOW)
        assert not session.dirty
        assert new.collective_id == worlds.mine.collective


def test_of_a_row_only_what_changed_is_written(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        row = planned(worlds.mine.member)
        session.add(row)
        session.flush()
        session.connection().execute(update(PROMPTS).where(PROMPTS.c.id == row.id).values(subject_id=7))
        row.asked_at, row.subject_id = NOW, 0
        session.flush()

        assert row not in session.dirty
        found = session.connection().execute(
            select(PROMPTS.c.asked_at, PROMPTS.c.subject_id).where(PROMPTS.c.id == row.id)
        )
        assert found.one() == (NOW, 7)


def test_what_makes_room_is_written_before_what_takes_it(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        row = planned(worlds.mine.member)
        session.add(row)
        session.flush()
        session.add(planned(worlds.mine.member))
        row.subject_id = 7
        session.flush()

        assert session.scalars(
            select(tables.Prompt.subject_id).where(tables.Prompt.kind == "flush").order_by(tables.Prompt.id)
        ).all() == [7, 0]


def test_an_id_that_is_given_is_kept(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        row = planned(worlds.mine.member, id=987_654)
        session.add(row)
        session.flush()

        assert session.get_one(tables.Prompt, 987_654) is row


def test_a_row_that_is_gone_cannot_be_changed(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        row = planned(worlds.mine.member)
        session.add(row)
        session.flush()
        session.connection().execute(delete(PROMPTS).where(PROMPTS.c.id == row.id))
        row.at = NOW

        with pytest.raises(StaleDataError, match="prompts"):  # that it is gone is known by the next question
            session.scalars(select(tables.Prompt.id)).all()


def test_what_is_deleted_goes_with_what_is_new(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        old = planned(worlds.mine.member)
        session.add(old)
        session.flush()
        new = planned(worlds.mine.member, subject_id=1)
        session.add(new)
        session.delete(old)
        session.flush()

        assert session.scalars(select(tables.Prompt).where(tables.Prompt.kind == "flush")).all() == [new]
