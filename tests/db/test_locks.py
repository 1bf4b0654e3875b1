"""PostgreSQL keeps collectives apart by itself: raw SQL in a turn sees, changes and makes only what is its own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db import accounts, locks, members, open_database, outbox, tables
from db.base import Base
from db.session import across, in_collective, narrow, transaction
from tests.db.world import APPEND_ONLY, Worlds, two_worlds

CLASSES = {each.class_.__tablename__: each.class_ for each in Base.registry.mappers}
LOCKED = [name for name in locks.tables() if CLASSES[name] not in APPEND_ONLY]


@pytest.fixture
def worlds(postgresql_url: str) -> Iterator[Worlds]:
    with two_worlds(postgresql_url) as two:
        yield two


def test_every_table_of_a_collective_is_locked(worlds: Worlds) -> None:
    """Also for its owner, which is who Seintje connects as."""
    query = """SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
               WHERE relrowsecurity AND relforcerowsecurity AND polname = 'own_collective'"""
    with transaction(worlds.engine) as session:
        assert set(session.connection().execute(text(query)).scalars()) == set(locks.tables())
        assert not locks.is_bypassed(session.connection())


def test_raw_sql_sees_own_rows_only(worlds: Worlds) -> None:
    with in_collective(worlds.engine, worlds.mine.collective) as session:
        for name in locks.tables():
            found = session.connection().execute(text(f"SELECT collective_id FROM {name}")).scalars().all()
            assert set(found) == {worlds.mine.collective}, name


def test_raw_sql_changes_and_removes_own_rows_only(worlds: Worlds) -> None:
    with in_collective(worlds.engine, worlds.mine.collective) as session:
        for name in LOCKED:
            number = worlds.theirs.ids[CLASSES[name]]
            for sql in ("UPDATE {} SET id = id WHERE id = {}", "DELETE FROM {} WHERE id = {}"):
                done = session.connection().execute(text(sql.format(name, number)))
                assert done.rowcount == 0, name


def test_raw_sql_gives_another_nothing(worlds: Worlds) -> None:
    """A row of one's own cannot be made another's."""
    theirs = worlds.theirs.collective
    with in_collective(worlds.engine, worlds.mine.collective) as session:
        for name in LOCKED:
            moved = f"UPDATE {name} SET collective_id = {theirs} WHERE id = {worlds.mine.ids[CLASSES[name]]}"
            with pytest.raises(DBAPIError, match="row-level security"), session.begin_nested():
                session.connection().execute(text(moved))


def test_the_lock_ends_with_the_transaction(worlds: Worlds) -> None:
    """The next one on the same connection is another's, or nobody's yet."""
    counted = text("SELECT count(*) FROM members")
    for world in (worlds.mine, worlds.theirs, worlds.mine):
        with in_collective(worlds.engine, world.collective) as session:
            assert [row.id for row in members.active(session)] == [world.member]
            assert session.connection().execute(counted).scalar_one() == 1
    with transaction(worlds.engine) as session:
        assert session.connection().execute(counted).scalar_one() == 2


def test_a_question_across_opens_it_and_shuts_it_again(worlds: Worlds) -> None:
    counted = text("SELECT count(*) FROM members")
    with in_collective(worlds.engine, worlds.mine.collective) as session:
        person = session.get_one(tables.Member, worlds.mine.member).person_id
        assert members.was_anywhere(session, person)
        with across(session):
            assert session.connection().execute(counted).scalar_one() == 2
        assert session.connection().execute(counted).scalar_one() == 1


def test_who_is_found_talking_is_locked_in_the_same_question(worlds: Worlds) -> None:
    """And whoever goes on with another collective after all is locked to that one."""
    counted = text("SELECT min(id) FROM members")
    mine, theirs = worlds.mine, worlds.theirs
    with transaction(worlds.engine) as session:
        account = session.get_one(tables.Account, mine.ids[tables.Account])
        account.collective_id = mine.collective
        session.flush()
        session.expunge_all()
        assert accounts.talking(session, account.channel, account.external_id) is not None
        assert session.connection().execute(counted).scalar_one() == mine.member
    with transaction(worlds.engine) as session:
        accounts.talking(session, account.channel, account.external_id)
        narrow(session, theirs.collective)
        assert session.connection().execute(counted).scalar_one() == theirs.member


def test_a_guest_is_known_before_the_lock(worlds: Worlds) -> None:
    """Of an allied collective, whose rows are not seen any more once theirs is found."""
    mine, theirs = worlds.mine, worlds.theirs
    with transaction(worlds.engine) as session:
        account = session.get_one(tables.Account, mine.ids[tables.Account])
        account.collective_id = mine.collective
        talking = account.channel, account.external_id
        person_id = account.person_id
        assert person_id is not None
        found = accounts.talking(session, *talking)
        assert found is not None
        assert found.is_guest is False
    with in_collective(worlds.engine, theirs.collective) as session:
        guest = session.get_one(tables.Member, theirs.member)
        guest.state, guest.person_id = "guest", person_id
    with transaction(worlds.engine) as session:
        found = accounts.talking(session, *talking)
        assert found is not None
        assert found.is_guest is True
        counted = text("SELECT array_agg(id) FROM members")
        assert session.connection().execute(counted).scalar_one() == [mine.member]


def test_what_is_pressed_is_locked_in_the_same_question(worlds: Worlds) -> None:
    """To the collective of the button, whichever the account was talking with; a button of another locks nothing."""
    mine, theirs = worlds.mine, worlds.theirs
    with transaction(worlds.engine) as session:
        account = session.get_one(tables.Account, theirs.ids[tables.Account])
        button = session.get_one(tables.Button, mine.ids[tables.Button])
        address, token = (account.channel, account.external_id), button.token
        account.collective_id, button.account_id = theirs.collective, account.id
        counted = text("SELECT array_agg(id ORDER BY id) FROM members")
        assert outbox.pressing(session, *address, "another") is None
        assert session.connection().execute(counted).scalar_one() == [mine.member, theirs.member]
        pressing = outbox.pressing(session, *address, token)
        assert pressing is not None
        assert (pressing[0], pressing[1].id, pressing[2]) == (account, mine.collective, button)
        assert session.connection().execute(counted).scalar_one() == [mine.member]


def test_a_press_takes_the_lock_of_its_collective_first_and_no_other(worlds: Worlds) -> None:
    """As a message does: two turns, or a turn and the clock, cannot wait for each other."""
    held = text(
        "SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
        " WHERE pid = pg_backend_pid() AND mode = 'RowShareLock' AND relkind = 'r'"
    )
    with transaction(worlds.engine) as session:
        account = session.get_one(tables.Account, worlds.mine.ids[tables.Account])
        button = session.get_one(tables.Button, worlds.mine.ids[tables.Button])
        address, token = (account.channel, account.external_id), button.token
        button.account_id = account.id
    with transaction(worlds.engine) as session:
        assert outbox.pressing(session, *address, token) is not None
        assert session.connection().execute(held).scalars().all() == ["collectives"]


def test_a_superuser_is_known_for_one(postgresql_url: str) -> None:
    admin = open_database(postgresql_url.replace("seintje@", "postgres@"))
    with admin.connect() as connection:
        assert locks.is_bypassed(connection)
    admin.dispose()
