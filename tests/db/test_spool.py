"""The spool: what is added is there until it is dropped, whoever opens the file, and the database's lock is not in its way."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import open_database, spool
from db.inbox import NewEvent
from db.spool import Spool, SpoolError
from tests.db.world import NOW


@pytest.fixture
def laid_by(tmp_path: Path) -> Iterator[Spool]:
    opened = Spool(str(tmp_path / "seintje.db-spool"))
    yield opened
    opened.close()


def event(name: str, channel: str = "telegram", text: str = "hallo ☕ \u0000") -> NewEvent:
    return NewEvent(
        channel=channel,
        event_id=name,
        external_id="7",
        payload={"text": text},
        received_at=NOW,
        state="raw",
        attempts=0,
    )


def names(laid_by: Spool, channel: str | None = None) -> list[str]:
    return [each["event_id"] for each in laid_by.oldest(channel).values()]


def test_what_was_added_comes_out_as_it_went_in_and_in_order(laid_by: Spool) -> None:
    laid_by.add([event("1"), event("2", "whatsapp")])
    laid_by.add([event("3")])

    assert list(laid_by.oldest().values()) == [event("1"), event("2", "whatsapp"), event("3")]
    assert names(laid_by, "telegram") == ["1", "3"]
    assert laid_by.count() == 3


def test_only_what_was_dropped_is_gone_for_whoever_comes_next(laid_by: Spool, tmp_path: Path) -> None:
    laid_by.add([event("1"), event("2"), event("3")])
    first, second, third = laid_by.oldest()
    laid_by.drop([first, third])
    laid_by.close()  # and it opens again by itself

    assert list(laid_by.oldest()) == [second]
    other = Spool(str(tmp_path / "seintje.db-spool"))
    assert names(other) == ["2"]
    other.close()


def test_many_come_out_a_handful_at_a_time(laid_by: Spool) -> None:
    laid_by.add([event(str(number)) for number in range(spool.MOST + 1)])

    assert names(laid_by) == [str(number) for number in range(spool.MOST)]
    laid_by.drop(list(laid_by.oldest()))
    assert names(laid_by) == [str(spool.MOST)]


def test_a_spool_nobody_used_has_no_file(laid_by: Spool, tmp_path: Path) -> None:
    assert laid_by.count() == 0
    assert laid_by.oldest() == {}
    assert list(tmp_path.iterdir()) == []


def test_what_was_dropped_leaves_no_words_in_the_file(laid_by: Spool, tmp_path: Path) -> None:
    laid_by.add([event("1", text="geheim" * 300)])
    laid_by.drop(list(laid_by.oldest()))
    laid_by.close()

    assert b"geheim" not in b"".join(each.read_bytes() for each in tmp_path.iterdir())


def test_the_file_is_for_its_owner_alone(laid_by: Spool, tmp_path: Path) -> None:
    laid_by.add([event("1")])

    assert {each.stat().st_mode & 0o077 for each in tmp_path.iterdir()} == {0}


@pytest.mark.parametrize("broken", [event("1", text="\ud83d"), event("\ud83d")], ids=["content", "name"])
def test_what_no_database_takes_is_refused_before_anything_is_written(
    laid_by: Spool, broken: NewEvent
) -> None:
    with pytest.raises(UnicodeEncodeError):
        laid_by.add([event("0"), broken])
    assert names(laid_by) == []


def test_a_file_that_is_locked_is_told_of(
    laid_by: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.spool.BUSY_MS", 10)
    laid_by.add([event("1")])
    laid_by.close()
    other = sqlite3.connect(tmp_path / "seintje.db-spool", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(SpoolError, match="OperationalError"):
        laid_by.add([event("2")])
    other.close()
    laid_by.add([event("2")])
    assert names(laid_by) == ["1", "2"]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////srv/seintje.db", "/srv/seintje.db-spool"),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql://somewhere/seintje", None),
    ],
)
def test_who_needs_one(url: str, path: str | None) -> None:
    found = spool.beside(open_database(url))

    assert (found.path if found else None) == path
