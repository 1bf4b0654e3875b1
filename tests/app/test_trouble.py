"""The database is locked or gone for a minute: nothing is lost, nothing happens twice."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import make_url

from assistant.errors import UnreachableError
from assistant.messages import Sent
from db import engine as engine_room
from db import tables
from nlu.meaning import Availability, Meaning
from tests.app.stage import NOW, Stage, incoming, staged
from tests.postgres import Server

FREE = Meaning(
    "nl", "set_availability", 0.9, confident=True, availability=Availability(status="free", now=True)
)
Trouble = Callable[[], AbstractContextManager[None]]


@pytest.fixture(params=["sqlite", "postgresql"])
def cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Stage, Trouble]]:
    """A stage, and a way to make its database unreachable for as long as a block runs."""
    monkeypatch.setattr(engine_room, "BUSY_MS", 20)
    url = request.getfixturevalue(f"{request.param}_url")
    meanings = {"ik ben vrij": FREE}
    with staged(url, meanings) as stage:
        stage.found("Noord", "mieke", "kees")
        if request.param == "sqlite":
            yield stage, lambda: locked(url)
        else:
            server = request.getfixturevalue("postgresql_server")
            yield stage, lambda: gone(server, url)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else writes, and does not stop."""
    path = make_url(url).database
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def gone(server: Server, url: str) -> Iterator[None]:
    """The server cuts every connection and takes no new ones."""
    name = make_url(url).database
    server.admin(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    server.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    yield
    server.admin(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


CALLS: dict[str, Callable[[Stage], object]] = {
    "receive": lambda s: s.app.receive(incoming("mieke", text="hallo"), NOW),
    "handle": lambda s: s.app.handle(1, NOW),
    "hear": lambda s: s.app.hear(incoming("mieke", text="hallo"), NOW),
    "catch_up": lambda s: s.app.catch_up(NOW),
    "tick": lambda s: s.app.tick(NOW),
    "next_due": lambda s: s.app.next_due(),
    "advance": lambda s: s.app.advance(NOW),
    "owed": lambda s: s.app.owed("test", NOW),
    "delivered": lambda s: s.app.delivered(1, Sent("1"), NOW),
    "last_moment": lambda s: s.app.last_moment(),
    "last_event": lambda s: s.app.last_event(),
    "find_button": lambda s: s.app.find_button("test", "mieke", "Doen"),
}


@pytest.mark.parametrize("call", CALLS)
def test_every_door_says_so(call: str, cut: tuple[Stage, Trouble]) -> None:
    stage, trouble = cut
    stage.app.hear(incoming("mieke", text="ik ben vrij"), NOW)
    with trouble(), pytest.raises(UnreachableError) as caught:
        CALLS[call](stage)

    assert "ik ben vrij" not in str(caught.value)
    assert len(stage.deliver()) == 1
    assert stage.states() == ["handled"]


def test_what_was_stored_is_handled_once_it_is_back(
    cut: tuple[Stage, Trouble],
) -> None:
    stage, trouble = cut
    heard_id = stage.app.receive(incoming("mieke", text="ik ben vrij"), NOW)
    assert heard_id is not None
    with trouble(), pytest.raises(UnreachableError):
        stage.app.handle(heard_id, NOW)
    assert stage.states() == ["waiting"]

    assert stage.app.catch_up(NOW + timedelta(minutes=1)) == 1
    assert len(stage.deliver()) == 1
    assert len(stage.rows(tables.Change)) == 1
