"""The short way to the driver sends, reads and raises what SQLAlchemy's own way does."""

import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import (
    BindParameter,
    Executable,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from db import Engine, Session, driver, open_database, plans
from db.inbox import Heard
from db.session import DatabaseError, is_unreachable, transaction
from tests.db.world import NOW

NAMES = ("anna", "bram", "çağla", "50% \\ 'x'", "")
ROW = {
    "channel": "pipe",
    "external_id": "mieke",
    "payload": {"text": "één", "none": None, "list": [1, 2.5, True]},
    "received_at": NOW,
}
STORE = insert(Heard).returning(Heard.id)
STORE_QUIETLY = insert(Heard)
EVENTS: BindParameter[str] = bindparam("events", expanding=True)
QUESTIONS: Mapping[str, tuple[Any, dict[str, Any]]] = {
    "everything": (select(Heard.__table__).order_by(Heard.id), {}),
    "a value given": (select(Heard.id).where(Heard.event_id == bindparam("event")), {"event": "bram"}),
    "a value given twice": (
        select(Heard.id).where(
            (Heard.event_id == bindparam("event")) | (Heard.channel == bindparam("event"))
        ),
        {"event": "pipe"},
    ),
    "a value in the question": (select(Heard.id).where(Heard.channel == "pipe", Heard.attempts < 1), {}),
    "a list in the question": (select(Heard.event_id).where(Heard.event_id.in_(NAMES[:2])), {}),
    "nothing given": (
        select(Heard.id).where(Heard.error.is_not_distinct_from(bindparam("error"))),
        {"error": None},
    ),
    "a moment": (select(Heard.received_at).where(Heard.received_at == bindparam("at")), {"at": NOW}),
    "percent signs": (select(Heard.event_id).where(Heard.event_id.like("50%%")), {}),
    "a limit": (select(Heard.event_id).order_by(Heard.id).limit(2), {}),
    "a sum and a truth": (select(func.count(Heard.id), literal(value=True), func.max(Heard.received_at)), {}),
    "two in one": (union_all(select(Heard.id), select(Heard.attempts)), {}),
}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    database = open_database(database_url)
    with transaction(database) as session:
        driver.execute_each(session, STORE, [{**ROW, "event_id": name} for name in NAMES])
    yield database
    database.dispose()


def usual(session: Session, statement: Executable, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.connection().execute(statement, dict(values))]


@pytest.mark.parametrize(("question", "values"), QUESTIONS.values(), ids=QUESTIONS)
def test_the_answer_is_the_same(question: Executable, values: dict[str, Any], engine: Engine) -> None:
    """The third time too, when PostgreSQL has a plan."""
    with transaction(engine) as session:
        found = usual(session, question, values)
        assert found
        for _ in range(3):
            assert driver.execute(session, question, values) == found


@pytest.mark.parametrize(("question", "values"), QUESTIONS.values(), ids=QUESTIONS)
def test_the_answers_to_several_are_those_to_each(
    question: Executable, values: dict[str, Any], engine: Engine
) -> None:
    with transaction(engine) as session:
        found = usual(session, question, values)
        for many in (3, 1, 2):
            driver.tell(session, STORE_QUIETLY, {**ROW, "event_id": f"{many}"})
            session.execute(delete(Heard).where(Heard.event_id == f"{many}"))
            assert driver.execute_each(session, question, [values] * many) == [found] * many


def test_several_with_lists_of_any_length(engine: Engine) -> None:
    question = select(Heard.event_id).where(Heard.event_id.in_(EVENTS)).order_by(Heard.id)
    asked = [NAMES[:1], NAMES[1:2], (), NAMES]
    with transaction(engine) as session:
        for some in (asked[:2], asked, asked):
            found = driver.execute_each(session, question, [{"events": list(each)} for each in some])
            assert [[event for (event,) in rows] for rows in found] == [list(each) for each in some]


@pytest.mark.parametrize("known", [False, True])
def test_of_several_one_that_fails_undoes_all(known: bool, engine: Engine) -> None:
    if known:  # PostgreSQL has a plan: what is sent at once goes on after a fault, to be refused
        with transaction(engine) as session:
            driver.execute_each(session, STORE, [{**ROW, "event_id": f"before {each}"} for each in range(2)])
    rows = [{**ROW, "event_id": name} for name in ("new", NAMES[0], "newer")]
    with pytest.raises(IntegrityError), transaction(engine) as session:
        driver.execute_each(session, STORE, rows)
    with transaction(engine) as session:
        names = [name for (name,) in driver.execute(session, select(Heard.event_id), {})]
    assert not {"new", "newer"} & set(names)


@pytest.mark.parametrize("events", [NAMES, NAMES[:1], (), NAMES[1:4]], ids=len)
def test_a_list_is_as_long_as_it_is(events: Iterable[str], engine: Engine) -> None:
    question = select(Heard.event_id).where(Heard.event_id.in_(EVENTS)).order_by(Heard.id)
    with transaction(engine) as session:
        found = driver.execute(session, question, {"events": list(events)})

    assert [event for (event,) in found] == list(events)


def test_a_row_has_what_it_has_by_itself(engine: Engine) -> None:
    """The columns that were not given, as SQLAlchemy fills them in."""
    with transaction(engine) as session:
        driver.execute(session, STORE_QUIETLY, {**ROW, "event_id": "driver"})
        session.add(Heard(**ROW, event_id="usual"))
        session.flush()
        question = select(Heard.state, Heard.attempts, Heard.error, Heard.payload).where(
            Heard.event_id.in_(("driver", "usual"))
        )
        first, second = usual(session, question, {})

    assert first == second == ("waiting", 0, None, ROW["payload"])


@pytest.mark.parametrize("many", [0, 1, 2, driver.TOGETHER, driver.TOGETHER + 1, 2 * driver.TOGETHER + 3])
def test_rows_are_stored_together(many: int, engine: Engine) -> None:
    """With what they have by themselves, each of them."""
    rows = [{**ROW, "event_id": f"{number}", "error": f"E{number}"} for number in range(many)]
    question = select(Heard.event_id, Heard.error, Heard.state, Heard.payload).where(Heard.error.is_not(None))
    with transaction(engine) as session:
        driver.insert_all(session, Heard.__table__, rows)
        found = usual(session, question.order_by(Heard.id), {})

    assert found == [(row["event_id"], row["error"], "waiting", ROW["payload"]) for row in rows]


def test_what_both_ways_write_is_one_transaction(engine: Engine) -> None:
    with suppress(ZeroDivisionError), transaction(engine) as session:
        driver.execute(session, STORE, {**ROW, "event_id": "driver"})
        session.add(Heard(**ROW, event_id="usual"))
        session.flush()
        assert driver.execute(session, select(func.count(Heard.id)), {}) == [(len(NAMES) + 2,)]
        raise ZeroDivisionError
    with transaction(engine) as session:
        assert driver.execute(session, select(func.count(Heard.id)), {}) == [(len(NAMES),)]


def test_a_session_that_begins_again_is_asked_again(engine: Engine) -> None:
    with Session(engine) as session:
        for _ in range(2):
            driver.execute(
                session, delete(Heard).where(Heard.event_id == bindparam("event")), {"event": "anna"}
            )
            session.rollback()
        assert driver.execute(session, select(func.count(Heard.id)), {}) == [(len(NAMES),)]


def test_a_fault_is_told_as_usual_and_quotes_nobody(engine: Engine) -> None:
    secret = "Bel Kees op 06-12345678"
    with pytest.raises(IntegrityError) as caught, transaction(engine) as session:
        driver.execute_each(session, STORE, [{**ROW, "event_id": secret}] * 2)

    assert not is_unreachable(caught.value)
    assert secret not in str(caught.value).partition("DETAIL")[0]


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="time zone"), transaction(engine) as session:
        driver.execute(session, STORE, {**ROW, "event_id": "naive", "received_at": datetime(2026, 11, 23)})


def test_a_bug_is_no_lock(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, transaction(engine) as session:
        driver.execute(session, text("SELECT nothing FROM people"), {})

    assert not is_unreachable(caught.value)


def test_a_connection_that_is_cut_is_told_from_a_bug(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    with transaction(engine) as session, transaction(engine) as other:  # two connections, both cut
        me = driver.execute(session, text("SELECT pg_backend_pid()"), {})
        assert driver.execute(other, text("SELECT pg_backend_pid()"), {}) != me
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
    with pytest.raises(DatabaseError) as caught, transaction(engine) as session:
        driver.execute_each(session, cut, [{}, {}])
    assert is_unreachable(caught.value)
    with transaction(engine) as first, transaction(engine) as second:
        assert (
            driver.execute(first, text("SELECT 1"), {})
            == driver.execute(second, text("SELECT 1"), {})
            == [(1,)]
        )
    engine.dispose()


def test_a_line_that_drops_without_a_word_is_told_from_a_bug(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)

    def ask_after_it_dropped() -> None:
        with transaction(engine) as session:
            raw: Any = session.connection().connection.driver_connection
            with socket.fromfd(raw.pgconn.socket, socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.shutdown(socket.SHUT_RDWR)
            driver.execute(session, text("SELECT 1"), {})

    with pytest.raises(DatabaseError) as caught:
        ask_after_it_dropped()
    assert is_unreachable(caught.value)
    with transaction(engine) as session:
        assert driver.execute(session, text("SELECT 1"), {}) == [(1,)]
    engine.dispose()


def test_who_waits_for_the_database_holds_up_no_other_thread(postgresql_url: str) -> None:
    """The driver is asked in C and waits there: were Python to wait with it, these two would wait for ever."""
    engine = open_database(postgresql_url)
    hold, waiting = (
        text("SELECT pg_advisory_xact_lock(1)"),
        text("SELECT pid FROM pg_locks WHERE NOT granted"),
    )

    def wait() -> None:
        with transaction(engine) as session:
            driver.execute(session, hold, {})

    with transaction(engine) as session:
        driver.execute(session, hold, {})
        other = Thread(target=wait)
        other.start()
        while not driver.execute(session, waiting, {}):
            pass
    other.join()
    engine.dispose()


def test_no_more_plans_are_kept_than_will_do(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go, here and in the server, and what they answered is answered still."""
    monkeypatch.setattr(plans, "KEPT", 3)
    engine = open_database(postgresql_url)
    asked = [text(f"SELECT {number}") for number in range(6)]
    with transaction(engine) as session:
        for _ in range(2):
            for number, question in enumerate(asked):
                for _ in range(2):
                    assert driver.execute(session, question, {}) == [(number,)]
        kept = usual(
            session, text("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'plan%'"), {}
        )
    engine.dispose()

    assert {sql for (sql,) in kept} == {"SELECT 3", "SELECT 4", "SELECT 5"}


def test_the_time_is_kept_in_utc(engine: Engine) -> None:
    with transaction(engine) as session:
        ((at,),) = driver.execute(session, select(Heard.received_at).limit(1), {})

    assert (at, at.tzinfo) == (NOW, UTC)


# --- what nobody needs an answer to -----------------------------------------------------------------------------

RENAME = update(Heard).where(Heard.event_id == bindparam("this")).values(error="told").returning(Heard.id)
NAMED_SO = select(func.count(Heard.id)).where(Heard.error == "told")


@pytest.fixture
def planned(engine: Engine) -> Engine:
    """PostgreSQL has a plan for each of these: only then is an answer not waited for."""
    for _ in range(2):
        with suppress(ZeroDivisionError), transaction(engine) as session:
            driver.tell(session, RENAME, {"this": "bram"})
            driver.tell(session, STORE_QUIETLY, {**ROW, "event_id": "rehearsed"})
            driver.execute(session, NAMED_SO, {})
            raise ZeroDivisionError
    for _ in range(2):
        with transaction(engine) as session:
            driver.execute(session, NAMED_SO, {})
    return engine


def told_so(engine: Engine) -> int:
    with transaction(engine) as session:
        ((found,),) = driver.execute(session, NAMED_SO, {})
    return int(found)


def test_what_is_told_is_done_before_what_is_asked_next(planned: Engine) -> None:
    with transaction(planned) as session:
        driver.tell(session, RENAME, {"this": "bram"}, finds="bram")
        driver.tell(session, RENAME, {"this": "anna"}, finds="anna")

        assert driver.execute(session, NAMED_SO, {}) == [(2,)]
        assert session.scalar(NAMED_SO) == 2  # by SQLAlchemy's own way too


def test_what_is_told_last_is_committed(planned: Engine) -> None:
    with transaction(planned) as session:
        driver.tell(session, RENAME, {"this": "bram"})

    assert told_so(planned) == 1


def test_what_is_told_before_sqlalchemys_own_way_is_done_first(planned: Engine) -> None:
    with transaction(planned) as session:
        driver.tell(session, RENAME, {"this": "bram"})
        assert session.scalar(NAMED_SO) == 1


def test_what_is_told_is_undone_with_the_rest(planned: Engine) -> None:
    with suppress(ZeroDivisionError), transaction(planned) as session:
        driver.tell(session, RENAME, {"this": "bram"})
        raise ZeroDivisionError

    assert told_so(planned) == 0


def told(engine: Engine, *this: str, asks: bool = False, stores: str | None = None) -> None:
    with transaction(engine) as session:
        for each in this:
            driver.tell(session, RENAME, {"this": each}, finds=each)
        if stores is not None:
            driver.tell(session, STORE_QUIETLY, {**ROW, "event_id": stores})
        if asks:
            driver.execute(session, NAMED_SO, {})


@pytest.mark.parametrize("asks", [True, False], ids=["asked", "committed"])
def test_what_is_told_and_refused_undoes_all(asks: bool, planned: Engine) -> None:
    """By the next question, or else by the commit."""
    with pytest.raises(IntegrityError):
        told(planned, "bram", stores="anna", asks=asks)

    assert told_so(planned) == 0


@pytest.mark.parametrize("asks", [True, False], ids=["asked", "committed"])
def test_what_finds_no_row_undoes_all(asks: bool, planned: Engine) -> None:
    with pytest.raises(StaleDataError, match="nobody is gone"):
        told(planned, "bram", "nobody", asks=asks)

    assert told_so(planned) == 0


def test_what_is_told_and_refused_does_not_hide_the_bug(planned: Engine) -> None:
    """SQLite, which waits for nothing, refuses at once."""

    def refused_and_a_bug() -> None:
        with transaction(planned) as session:
            driver.tell(session, STORE_QUIETLY, {**ROW, "event_id": "anna"})
            raise ZeroDivisionError

    bug = IntegrityError if planned.dialect.name == "sqlite" else ZeroDivisionError
    with pytest.raises(bug):
        refused_and_a_bug()

    assert told_so(planned) == 0


def test_in_a_savepoint_what_is_refused_is_known_at_once(planned: Engine) -> None:
    with transaction(planned) as session:
        driver.tell(session, RENAME, {"this": "bram"})
        with pytest.raises(IntegrityError), session.begin_nested():
            driver.tell(session, STORE_QUIETLY, {**ROW, "event_id": "anna"})

    assert told_so(planned) == 1


def test_a_line_that_is_cut_between_telling_and_asking_is_told_from_a_bug(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    own, cut = text("SELECT pg_backend_pid()"), text("SELECT pg_terminate_backend(:pid)")

    def cut_off() -> None:
        with transaction(database) as session:
            ((pid,),) = driver.execute(session, own, {})
            with transaction(database) as other:
                driver.execute(other, cut, {"pid": pid})
            driver.tell(session, own, {})
            driver.execute(session, own, {})

    for _ in range(3):
        with transaction(database) as session:
            driver.tell(session, own, {})
    with pytest.raises(DatabaseError) as caught:
        cut_off()

    assert is_unreachable(caught.value)
    with transaction(database) as again:
        assert driver.execute(again, text("SELECT 1"), {}) == [(1,)]
    database.dispose()
