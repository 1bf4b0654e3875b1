"""`seintje ledger`: the books for who keeps them; what cannot be done is said in one line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli import main
from db.wishes import Wish
from tests.books.treasury import Books, dues, opened


@pytest.fixture
def books(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    monkeypatch.setenv("SEINTJE_DATABASE_URL", sqlite_url)
    with opened(sqlite_url) as made:
        with made.desk() as desk:
            dues.charge(desk)
        yield made


@pytest.mark.parametrize(
    ("form", "opens_with"), [("beancount", 'option "title"'), ("csv", "\ufeffregel;datum")]
)
def test_export(books: Books, form: str, opens_with: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["ledger", "export", "--format", form, "--collective", "Noord", "--year", "2026"]

    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith(opens_with)


@pytest.mark.parametrize("member", [None, "sanne"])
def test_statement(books: Books, member: str | None, tmp_path: Path) -> None:
    path = tmp_path / "year.pdf"
    arguments = ["ledger", "statement", "--collective", "Noord", "--year", "2026", "--output", str(path)]
    arguments += [] if member is None else ["--member", member]

    assert main(arguments) == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_verify_says_what_it_checked(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "verify"]) == 0
    out = capsys.readouterr().out

    assert out.startswith("Noord:\n  ok")
    assert out.endswith("Everything adds up.\n")
    assert len(out.splitlines()) == 11


def test_verify_finds_what_is_wrong(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody took the guards away and changed a line, and a snapshot was wrong all along."""
    with books.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_entries_no_update")
        connection.exec_driver_sql("UPDATE ledger_entries SET credit = 'contributions' WHERE id = 1")
        connection.exec_driver_sql(
            "INSERT INTO ledger_snapshots (collective_id, kind, through_id, posted, pending) VALUES (1, 'dues', 2, -1, 0)"
        )

    assert main(["ledger", "verify", "--collective", "Noord"]) == 1
    out = capsys.readouterr().out
    assert "dues through line 2" in out
    assert "do not add up" in out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("verify", "--collective", "Zuid"), "no collective called Zuid"),
        (("export", "--year", "2026", "--collective", "Zuid"), "no collective called Zuid"),
        (("statement", "--year", "2026", "--collective", "Noord", "--member", "x", "--output", "x.pdf"), "0 active"),
    ],
)  # fmt: skip
def test_what_cannot_be_done(
    books: Books, arguments: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", *arguments]) == 1
    assert complaint in capsys.readouterr().err


def test_wishes_are_counted_without_who_asked(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    with books.desk() as desk:
        for intent in ("propose_event", "offer_help", "propose_event"):
            desk.session.add(Wish(member_id=books.ids["sanne"], at=desk.now, intent=intent))

    assert main(["wishes"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Noord:", "     2  propose_event", "     1  offer_help"]
