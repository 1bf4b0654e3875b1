"""The pipe: a line in, everything it leads to, and `done`."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.pipe import Pipe
from db import tables
from nlu.meaning import Availability, Lead, Meaning, Profile
from tests.app.stage import NOW, Stage, staged

YES = Meaning("nl", "confirm", 0.9, confident=True)
FREE = Meaning(
    "nl", "set_availability", 0.9, confident=True, availability=Availability(status="free", now=True)
)
LEAD = Lead(roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4))
MEANINGS = {
    "ja": YES,
    "ik ben vrij": FREE,
    "projectleider, Utrecht": Meaning(
        "nl",
        "update_profile",
        0.9,
        confident=True,
        profile=Profile(roles=("projectleider",), place="Utrecht"),
    ),
    "een opdracht": Meaning("nl", "share_lead", 0.9, confident=True, lead=LEAD),
    "een opdracht in Breda": Meaning(
        "nl", "share_lead", 0.9, confident=True, lead=Lead(roles=("tester",), place="Breda", asap=True)
    ),
}
Line = dict[str, Any]


class Script:
    """A pipe on a stage; `send` gives the lines that one line leads to."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        stage.app.clock.stand_at(NOW)
        self.told: list[Line] = []
        self._pipe = Pipe(stage.app, self.told.append)

    def send(self, *lines: Line | str) -> list[Line]:
        """What the last of these lines leads to, without its `done`."""
        for line in lines:
            self.told.clear()
            asyncio.run(self._pipe.carry_out(line if isinstance(line, str) else json.dumps(line)))
            assert "done" in self.told[-1]
        return self.told[:-1]

    def error(self, line: Line | str) -> str:
        assert self.send(line) == []
        return str(self.told[-1].get("error", ""))

    def member(self, *names: str) -> None:
        """A collective of these, each through an invitation."""
        founded = self.send(
            {"as": "operator", "do": "collective create", "name": "Noord", "coordinator": names[0]}
        )
        self.join(names[0], founded[0]["text"].splitlines()[0])

    def join(self, who: str, line: str) -> None:
        self.send(*({"from": who, "text": text} for text in (line, "ja", "projectleider, Utrecht", "ja")))


@pytest.fixture
def script(database_url: str) -> Iterator[Script]:
    with staged(database_url, MEANINGS) as stage:
        yield Script(stage)


def test_everything_said_comes_as_a_line(script: Script) -> None:
    script.member("anna")
    told = script.send({"from": "anna", "text": "een opdracht"})

    (card,) = told
    assert set(card) == {"to", "id", "text", "buttons", "image"}
    assert (card["to"], card["image"]) == ("anna", None)
    assert "Klopt" in card["buttons"][0]
    edit, answer = script.send({"from": "anna", "press": "klopt"})
    assert (edit["to"], edit["edit"], edit["buttons"]) == ("anna", card["id"], [])
    assert edit["text"].startswith(card["text"])
    assert answer["id"] > card["id"]
    assert script.told[-1] == {"done": 7}


def test_a_stranger_is_told_how_to_get_in(script: Script) -> None:
    (card,) = script.send({"from": "vreemde", "text": "hallo"})

    assert card["to"] == "vreemde"
    assert "/start" in card["text"]
    assert script.stage.rows(tables.Member) == []


def test_a_forward_says_from_whom(script: Script) -> None:
    script.member("anna")
    script.send({"from": "anna", "text": "een opdracht", "forwarded_from": "Recruiter X"})

    assert script.stage.reader.read_so_far[-1][1].forwarded


def test_an_edit_names_the_line_it_changes(script: Script) -> None:
    script.member("anna")
    events = script.stage.app.last_event()
    (card,) = script.send({"from": "anna", "text": "een opdracht"})
    told = script.send({"from": "anna", "text": "een opdracht in Breda", "edited": events + 1})

    assert "Breda" in told[-1]["text"]
    assert "Breda" not in card["text"]


@pytest.mark.parametrize("media", ["voice", "photo", "sticker", "document"])
def test_what_holds_no_words(media: str, script: Script) -> None:
    script.member("anna")

    assert [line["to"] for line in script.send({"from": "anna", "media": media})] == ["anna"]


def test_who_blocks_us_gets_it_later(script: Script) -> None:
    script.member("anna")
    assert script.send({"from": "anna", "blocked": True}) == []
    assert script.send({"from": "anna", "blocked": False}) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "JSON"),
        ('"hallo"', "object"),
        ("[]", "object"),
        ({}, "from"),
        ({"text": "hallo"}, "from"),
        ({"from": "", "text": "hallo"}, "from"),
        ({"from": 5, "text": "hallo"}, "from"),
        ({"from": "anna"}, "text"),
        ({"from": "anna", "text": 5}, "text"),
        ({"from": "anna", "media": "smoke"}, "text"),
        ({"from": "anna", "text": "x", "forwarded_from": 5}, "forwarded_from"),
        ({"from": "anna", "press": "Klopt"}, "Klopt"),
        ({"now": "straks"}, "straks"),
        ({"now": "0001-01-01T00:00"}, "no moment"),
        ({"now": "9999-12-31T23:59-10:00"}, "no moment"),
        ({"now": "2020-01-01T00:00"}, "back"),
        ({"now": 5}, "from"),
        ({"as": "operator", "do": "dance"}, "operator"),
        ({"as": "operator", "do": "collective create", "name": "Noord"}, "coordinator"),
        ({"as": "operator", "do": "collective create", "name": " ", "coordinator": "a"}, "name"),
        (
            {"as": "operator", "do": "collective create", "name": "N", "coordinator": "a", "language": "fr"},
            "language",
        ),
        (
            {"as": "operator", "do": "collective create", "name": "N", "coordinator": "a", "language": 5},
            "language",
        ),
    ],
)
def test_what_cannot_be_used_is_said_and_the_next_goes_on(
    line: Line | str, says: str, script: Script
) -> None:
    assert says in script.error(line)
    assert script.stage.rows(tables.Collective) == []
    assert script.send({"from": "anna", "text": "hallo"})
    assert script.told[-1] == {"done": 2}


def test_a_name_is_taken_once(script: Script) -> None:
    script.member("anna")

    line = {"as": "operator", "do": "collective create", "name": "Noord", "coordinator": "bas"}
    assert "Noord" in script.error(line)


def test_a_push_comes_with_the_clock(script: Script) -> None:
    """At night a lead is shared; in the morning, at opening time, the members hear it."""
    script.member("anna")
    invitation = script.send({"from": "anna", "text": "/start"})  # any answer: only the clock matters here
    assert invitation
    script.stage.found("Zuid", "mieke", "kees")
    pipe_accounts(script.stage)
    assert script.send({"now": "2026-11-23T22:00"}) == []
    told = script.send({"from": "mieke", "text": "een opdracht"}, {"from": "mieke", "press": "klopt"})
    assert {line["to"] for line in told} == {"mieke"}
    told = script.send({"now": "2026-11-24T10:00"})
    assert [line["to"] for line in told] == ["kees"]
    (offer,) = script.stage.rows(tables.Offer)
    assert moment(offer.offered_at) == "2026-11-24 07:00"  # eight in the morning, in Utrecht
    assert script.send({"now": "2026-11-24T10:00"}) == []


def moment(stored: datetime) -> str:
    return stored.strftime("%Y-%m-%d %H:%M")


def pipe_accounts(stage: Stage) -> None:
    with stage.app.engine.begin() as connection:
        table = tables.Base.metadata.tables["accounts"]
        connection.execute(table.update().values(channel="pipe"))


def test_waves_pass_in_order(script: Script) -> None:
    people = [f"lid{number}" for number in range(6)]
    script.stage.found("Zuid", "mieke", *people)
    pipe_accounts(script.stage)
    first = script.send({"from": "mieke", "text": "een opdracht"}, {"from": "mieke", "press": "klopt"})
    later = script.send({"now": "2026-11-25T12:00"})

    asked = [line["to"] for line in (*first, *later) if line["to"] != "mieke"]
    assert sorted(asked) == people
    assert len({moment(row.offered_at) for row in script.stage.rows(tables.Offer)}) == 2


def test_a_second_run_goes_on_where_the_first_stopped(script: Script) -> None:
    script.member("anna")
    again = Script(script.stage)

    assert again.send({"from": "anna", "text": "ik ben vrij"})
    assert script.stage.states().count("handled") == len(script.stage.states())
    assert len(script.stage.rows(tables.Change)) == 1


def test_as_a_process(tmp_path: Path) -> None:
    """The real thing, with the real reader: JSON in, JSON out, nothing else."""
    lines = [
        {"as": "operator", "do": "collective create", "name": "Noord", "coordinator": "anna"},
        {"from": "anna", "text": "hallo"},
        {"now": "2026-11-24T10:00"},
        {"from": "anna", "text": "héél \ud83d apart"},
    ]
    command = [sys.executable, "-m", "assistant", "pipe", "--db", f"sqlite:///{tmp_path}/x.db"]
    done = subprocess.run(
        [*command, "--now", "2026-11-23T09:00"],
        input="\n".join(map(json.dumps, lines)) + "\ngeen json\n\n",
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.stderr == ""
    assert [line["done"] for line in answers if "done" in line] == [1, 2, 3, 4, 5]
    assert "error" in answers[-1]
    assert answers[0]["text"].startswith("/start ")
