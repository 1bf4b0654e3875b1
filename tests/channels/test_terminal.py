"""The chat in the terminal: one line, its answer; numbers press buttons; nobody else's messages."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import App, build
from assistant.channels.terminal import TerminalChannel, converse
from assistant.founding import create_collective
from assistant.messages import Action, Card, Delivery, Document
from assistant.settings import Settings

SEINTJE = Path(sys.executable).with_name("seintje")


@pytest.fixture
def app(sqlite_url: str) -> Iterator[App]:
    opened = build(Settings(sqlite_url))
    yield opened
    opened.engine.dispose()


def printed(app: App, person: str, *lines: str) -> list[str]:
    """What appears while this person types these lines."""
    shown: list[str] = []
    asyncio.run(converse(app, person, lines, shown.append))
    return shown


def card(text: str, *labels: str, edits: str | None = None) -> Delivery:
    return Delivery(1, "anna", Card(text, tuple(Action(label, f"t-{label}") for label in labels)), edits)


def test_a_stranger_is_told_how_to_get_in(app: App) -> None:
    (answer,) = printed(app, "wim", "", "  ", "hallo\n", "/quit", "nooit gelezen")

    assert "uitnodiging" in answer


def test_a_number_presses_the_button_of_that_number(app: App) -> None:
    code = create_collective(app, "De Kring", "Anna", "nl", app.clock.now()).code

    welcome, *after = printed(app, "anna", f"/start {code}", "1")

    assert "[1] Ja" in welcome
    assert after[0].startswith("~ ")  # the same card, its buttons gone
    assert "✓ Ja" in after[0]
    assert "[1] Ja" not in after[0]


def test_a_talk_goes_on_where_it_stopped(app: App) -> None:
    code = create_collective(app, "De Kring", "Anna", "nl", app.clock.now()).code
    printed(app, "anna", f"/start {code}", "1")

    assert not any("uitnodiging" in answer for answer in printed(app, "anna", "help"))


def test_nobody_sees_what_is_for_another(app: App) -> None:
    code = create_collective(app, "De Kring", "Anna", "nl", app.clock.now()).code
    heard = TerminalChannel("anna", print).heard("anna", f"/start {code}")
    app.hear(heard, app.clock.now())

    assert printed(app, "bram") == []
    assert len(printed(app, "anna")) == 1


@pytest.mark.parametrize(
    ("typed", "kind", "token", "text"),
    [
        ("1", "press", "t-Klopt", ""),
        ("2", "press", "t-Aanpassen", ""),
        ("3", "press", "t-Interesse", ""),  # of a second message that came with the first
        ("4", "text", None, "4"),
        ("0", "text", None, "0"),
        ("²", "text", None, "²"),
        ("1 dag", "text", None, "1 dag"),
    ],
)
def test_what_a_line_means(typed: str, kind: str, token: str | None, text: str) -> None:
    shown: list[str] = []
    channel = TerminalChannel("anna", shown.append)
    asyncio.run(channel.deliver(card("Zo begrepen?", "Klopt", "Aanpassen")))
    asyncio.run(channel.deliver(card("Iets voor jou?", "Interesse")))
    asyncio.run(channel.deliver(card("Genoteerd.")))

    heard = channel.heard("anna", typed)

    assert shown == [
        "Zo begrepen?\n[1] Klopt  [2] Aanpassen\n",
        "Iets voor jou?\n[3] Interesse\n",
        "Genoteerd.\n",
    ]
    assert (heard.kind, heard.token, heard.text) == (kind, token, text)


def test_buttons_of_the_next_answer_are_numbered_anew() -> None:
    shown: list[str] = []
    channel = TerminalChannel("anna", shown.append)
    asyncio.run(channel.deliver(card("Eerst", "Ja", "Nee")))
    channel.heard("anna", "Ja")
    asyncio.run(channel.deliver(card("Dan", "Klopt")))

    assert shown[-1] == "Dan\n[1] Klopt\n"
    assert channel.heard("anna", "1").token == "t-Klopt"


def test_the_command_takes_lines_from_a_pipe(sqlite_url: str, tmp_path: Path) -> None:
    environ = os.environ | {"SEINTJE_DATABASE_URL": sqlite_url, "PYTHONIOENCODING": "utf-8"}
    command = [str(SEINTJE), "chat", "--as", "wim"]

    done = subprocess.run(
        command, input="hallo\n", capture_output=True, text=True, env=environ, cwd=tmp_path, check=True
    )

    assert "uitnodiging" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_is_put_where_only_this_user_reads_it() -> None:
    told: list[str] = []
    file = Document("../mijn-gegevens.json", "application/json", b'{"naam": "Mieke"}')

    asyncio.run(
        TerminalChannel("mieke", told.append).deliver(Delivery(1, "mieke", Card("Hier.", (), None, file)))
    )

    path = Path(told[0].splitlines()[1].strip("[]"))
    assert path.name == "mijn-gegevens.json"
    assert path.read_bytes() == file.data
    assert path.parent.stat().st_mode & 0o077 == 0
