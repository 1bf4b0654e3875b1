"""The `seintje` command: every part of it helps, and what cannot be done is said in one line."""

import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.cli import main
from db import open_database

Run = Callable[..., tuple[int, str, str]]
COMMANDS = (
    "demo",
    "run",
    "chat",
    "pipe",
    "parse",
    "migrate",
    "doctor",
    "collective",
    "collective create",
    "ledger",
    "ledger export",
    "ledger statement",
    "ledger verify",
    "features",
    "wishes",
    "nlu",
    "nlu evaluate",
    "nlu train",
    "taxonomy",
    "taxonomy import",
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Carry out a command in an empty folder; its status, and what it printed and complained of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name in ("DATABASE_URL", "TELEGRAM_TOKEN", "TELEGRAM_API_URL", "WEB_HOST", "WEB_PORT"):
        monkeypatch.delenv(f"SEINTJE_{name}", raising=False)

    def carry_out(*arguments: str, stdin: str = "", **environ: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", StringIO(stdin))
        for name, value in environ.items():
            monkeypatch.setenv(f"SEINTJE_{name}", value)
        try:
            status = main(arguments)
        except SystemExit as stop:  # argparse
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return carry_out


# --- help -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_worth_reading(command: str, run: Run) -> None:
    status, out, err = run(*command.split(), "--help")

    assert (status, err) == (0, "")
    assert out.startswith(f"usage: seintje {command}".rstrip())
    assert len(out.split()) > 12


def test_every_command_is_in_the_help(run: Run) -> None:
    _, out, _ = run("--help")

    assert all(command.split()[0] in out for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [(), ("dance",), ("parse", "--today", "ooit", "x"), ("chat",), ("collective",), ("parse",)]
)
def test_called_wrongly(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err


# --- parse ------------------------------------------------------------------------------------------------------


def test_parse_prints_one_reading(run: Run) -> None:
    status, out, _ = run("parse", "Ik ben vrij vanaf 1 maart", "--today", "2026-11-21")
    reading = json.loads(out)

    assert status == 0
    assert reading["language"] == "nl"
    assert reading["intent"] == "set_availability"
    assert reading["availability"]["start"] == "2027-03-01"
    assert set(reading) >= {"id", "language", "intent", "confidence", "lead", "availability", "spans"} - {
        "id"
    }


GOOD = {"id": "a", "text": "Ik ben vrij vanaf 1 maart", "today": "2026-11-21"}
LINES = [
    # a line of input, its id, and what the error says; None: a reading
    pytest.param(json.dumps(GOOD), "a", None, id="a line"),
    pytest.param(
        json.dumps({"id": 7, "text": "hallo"}), 7, None, id="today by itself, and an id that is a number"
    ),
    pytest.param(json.dumps({"text": ""}), None, None, id="an empty text without an id"),
    pytest.param(json.dumps({"id": "b", "text": "\ud83d \x00"}), "b", None, id="half an emoji"),
    pytest.param("{dit is geen json", None, "JSON", id="no JSON"),
    pytest.param("[1]", None, "text", id="no object"),
    pytest.param('{"id": "c"}', "c", "text", id="no text"),
    pytest.param('{"id": "d", "text": 5}', "d", "text", id="a text that is none"),
    pytest.param('{"id": "e", "text": "x", "today": "ooit"}', "e", "today", id="no day"),
    pytest.param('{"id": "f", "text": "x", "today": 5}', "f", "today", id="a day that is a number"),
]


def test_parse_answers_every_line(run: Run) -> None:
    """A line that cannot be used has its error in its own place; the others are read."""
    rows = [row.values for row in LINES]
    status, out, err = run("parse", "--jsonl", stdin="\n".join(f"{row[0]}\n" for row in rows))
    answers = [json.loads(line) for line in out.splitlines()]

    assert (status, err) == (0, "")
    assert [answer.get("id") for answer in answers] == [row[1] for row in rows]
    assert ["error" in answer for answer in answers] == [row[2] is not None for row in rows]
    assert all(str(row[2]) in answer["error"] for row, answer in zip(rows, answers, strict=True) if row[2])
    assert answers[0]["availability"]["start"] == "2027-03-01"


# --- the operator -----------------------------------------------------------------------------------------------


def test_a_collective_is_founded_once(run: Run) -> None:
    status, out, _ = run("collective", "create", "Collectief Noord", "--coordinator", "Anna")
    assert status == 0
    (line,) = [line for line in out.splitlines() if line.startswith("/start ")]
    assert len(line.split()[1]) >= 16

    status, out, err = run("collective", "create", "Collectief Noord", "--coordinator", "Anna")
    assert (status, out) == (1, "")
    assert "Collectief Noord" in err
    assert run("collective", "create", " ", "--coordinator", "Anna")[0] == 2


def test_the_code_of_the_coordinator_lets_them_in(run: Run) -> None:
    out = run("collective", "create", "Noord", "--coordinator", "Anna")[1]
    (line,) = [line for line in out.splitlines() if line.startswith("/start ")]
    _, out, _ = run("pipe", stdin=json.dumps({"from": "anna", "text": line}))

    welcome = json.loads(out.splitlines()[0])
    assert welcome["to"] == "anna"
    assert "Noord" in welcome["text"]
    assert len(welcome["buttons"]) == 2


def test_migrate_says_whether_it_did_something(run: Run) -> None:
    first, second = run("migrate"), run("migrate")

    assert (first[0], second[0]) == (0, 0)
    assert "now" in first[1]
    assert "already" in second[1]


def test_the_doctor_changes_nothing(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("doctor")
    assert status == 1
    assert "seintje migrate" in out
    assert not (tmp_path / "seintje" / "seintje.db").exists()

    run("migrate")
    status, out, _ = run("doctor")
    assert status == 0
    assert "reachable" in out
    assert "Telegram is off" in out
    assert "0 collectives, 0 members" in out

    run("collective", "create", "Noord", "--coordinator", "Anna")
    _status, out, _ = run("doctor")
    assert "1 collective, 0 members\n" in out


def test_the_doctor_sees_what_is_wrong(run: Run, tmp_path: Path) -> None:
    run("migrate")
    engine = open_database(f"sqlite:///{tmp_path}/seintje/seintje.db")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO inbox (channel, event_id, external_id, payload, received_at, state, attempts)"
                " VALUES ('x', '1', 'x', '{}', '2026-11-23', 'failed', 1), ('x', '2', 'x', '{}', '2026-11-23', 'waiting', 0)"
            )
        )
    engine.dispose()
    status, out, _ = run("doctor")

    assert status == 1
    assert "!!  1 message heard and not handled yet" in out
    assert "!!  1 message led to a bug" in out


PASSWORD = "wachtwoord"
TROUBLE = [
    pytest.param({"WEB_PORT": "zes"}, "WEB_PORT", id="a value that cannot be used"),
    pytest.param({"DATABASE_URL": "nonsense"}, "DATABASE_URL", id="no address"),
    pytest.param({"DATABASE_URL": "sqlite:///no/such/folder/x.db"}, "", id="no such folder"),
    pytest.param({"DATABASE_URL": f"postgresql://a:{PASSWORD}@127.0.0.1:1/x"}, "", id="no server"),
    pytest.param({"DATABASE_URL": f"postgresql://a:{PASSWORD}@h:port/x"}, "DATABASE_URL", id="no port"),
]


@pytest.mark.parametrize(("environ", "says"), TROUBLE)
@pytest.mark.parametrize(
    "command", ["migrate", "doctor", "pipe", "collective create Noord --coordinator Anna"]
)
def test_trouble_is_said_in_a_line(command: str, environ: dict[str, str], says: str, run: Run) -> None:
    status, out, err = run(*command.split(), **environ)

    assert status == 1
    assert says in out + err
    assert "Traceback" not in out + err
    assert PASSWORD not in out + err
    assert len((out + err).splitlines()) <= 5


def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff" * 500)
    for command in ("migrate", "doctor", "pipe"):
        status, out, err = run(command, DATABASE_URL=f"sqlite:///{file}")
        assert status == 1
        assert "database" in out + err
    assert file.read_bytes() == b"\xff\xd8\xff" * 500


def test_a_broken_env_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SEINTJE_TELEGRAM_TOKEN=1:GEHEIM\ndit is geen regel\n")
    status, out, err = run("migrate")

    assert (status, out) == (1, "")
    assert ".env, line 2" in err
    assert "GEHEIM" not in err


def test_without_a_channel_nothing_runs(run: Run) -> None:
    status, out, err = run("run")

    assert (status, out) == (1, "")
    assert "SEINTJE_TELEGRAM_TOKEN" in err


def test_features_are_printed(run: Run) -> None:
    status, out, _ = run("features")

    assert status == 0
    assert "tests/stories/" in out


# --- how messages are read, and from which lists -----------------------------------------------------------------

LABELLED = Path(__file__).parents[1] / "nlu" / "evaluation" / "labelled.jsonl"
DOWNLOAD = Path(__file__).parents[1] / "nlu" / "esco" / "download"


def test_evaluate_prints_the_score_table(run: Run) -> None:
    status, out, err = run("nlu", "evaluate", str(LABELLED))

    assert (status, err) == (0, "")
    assert "lead.roles" in out
    assert "intent right" in out


def test_evaluate_names_a_line_that_is_no_label(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong.jsonl").write_text("{}\n", encoding="utf-8")

    assert run("nlu", "evaluate", "wrong.jsonl") == (
        1,
        "",
        "seintje: line 1 is no labelled message: KeyError\n",
    )
    assert run("nlu", "evaluate", "none.jsonl")[0] == 1


def test_a_taxonomy_is_taken_over_and_used(run: Run) -> None:
    text = "opdracht: weaver of clouds in Utrecht, 32 uur"
    assert json.loads(run("parse", text)[1])["lead"]["roles"] != ["weaver of clouds"]

    status, out, _ = run("taxonomy", "import", str(DOWNLOAD))
    assert (status, out) == (0, "Taken over: 3 roles and 2 skills. They count from the next start on.\n")

    assert json.loads(run("parse", text)[1])["lead"]["roles"] == ["weaver of clouds"]


def test_a_taxonomy_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("taxonomy", "import", str(tmp_path)) == (1, "", "seintje: occupations_nl.csv is not there\n")
