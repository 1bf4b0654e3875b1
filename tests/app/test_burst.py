"""Much at once: turns that share a transaction end as they would one by one, and what goes wrong in one harms no other."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event

from assistant.errors import UnreachableError
from assistant.notices import HERE, NothingToUndo, Sorry
from db import tables
from dialogs import commands as do
from nlu import Context, Meaning
from nlu.meaning import Availability
from nlu.vocabulary import Word
from tests.app.stage import NOW, Remembering, Stage, incoming, staged, words
from tests.app.test_together import another, at_once
from tests.app.test_vocabulary import known_to

FREE = Meaning(
    "nl", "set_availability", 0.9, confident=True, availability=Availability(status="free", now=True)
)
PEOPLE = ("mieke", "kees", "sanne", "omar")


class StumblingOver(Remembering):
    """Falls over one message, and reads the others."""

    def read(self, text: str, context: Context) -> Meaning:
        if text == "au":
            raise ValueError(text)
        return super().read(text, context)


def kept(stage: Stage, *said: tuple[str, str]) -> list[int]:
    """These messages, stored and not handled yet."""
    stored = [stage.app.receive(incoming(who, text=text), NOW) for who, text in said]
    return [each for each in stored if each is not None]


def transactions(stage: Stage, heard_ids: Sequence[int]) -> int:
    """How many it takes to carry these out, beside the question where they belong."""
    begun: list[Any] = []
    event.listen(stage.app.engine, "begin", begun.append)
    stage.app.handle_all(heard_ids, NOW)
    return len(begun) - (stage.app.engine.dialect.name == "postgresql")


def test_a_burst_shares_a_transaction(stage: Stage) -> None:
    stage.found("Noord", *PEOPLE)
    stage.reader.meanings = {"ik ben vrij": FREE}
    heard = kept(stage, *((who, "ik ben vrij") for who in PEOPLE))

    assert transactions(stage, heard) == 1
    assert sorted(to for to, _text in stage.deliver()) == sorted(PEOPLE)
    assert len(stage.rows(tables.Change)) == len(PEOPLE)
    assert set(stage.states()) == {"handled"}


def test_a_chat_is_carried_out_in_its_order(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    stage.reader.meanings = {"ik ben vrij": FREE}
    heard = kept(stage, ("mieke", "wat?"), ("kees", "ik ben vrij"), ("mieke", "ik ben vrij"))
    stage.app.handle_all(heard[1:], NOW)  # we were told of the later one only

    told = [text for to, text in stage.deliver() if to == "mieke"]
    assert len(told) == 2
    assert told[1] == stage.says("kees", "ik ben vrij")[0][1]
    assert set(stage.states()) == {"handled"}


def test_a_bug_in_one_turn_costs_nobody_else_anything(stage: Stage) -> None:
    stage.found("Noord", *PEOPLE)
    stage.app.reader = StumblingOver({"ik ben vrij": FREE})
    heard = kept(stage, ("mieke", "ik ben vrij"), ("kees", "au"), ("sanne", "ik ben vrij"))
    stage.app.handle_all(heard, NOW)

    told = dict(stage.deliver())
    assert told["kees"] == words(Sorry(HERE))
    assert told["mieke"] == told["sanne"]
    assert len(stage.rows(tables.Change)) == 2
    assert sorted(stage.states()) == ["failed", "handled", "handled"]


def test_a_refusal_takes_nobody_elses_turn_back(stage: Stage) -> None:
    """That the button was pressed is written before Kees is refused, and so has to be undone."""
    ids = stage.found("Noord", *PEOPLE)
    stage.reader.meanings = {"ik ben vrij": FREE}
    undo = incoming("kees", kind="press", token=stage.button("kees", do.Undo()))
    heard = [*kept(stage, ("mieke", "ik ben vrij")), stage.app.receive(undo, NOW) or 0]
    stage.app.handle_all(heard, NOW)

    assert dict(stage.deliver())["kees"] == words(NothingToUndo(ids["kees"]))
    assert len(stage.rows(tables.Change)) == 1
    assert [row.pressed_at for row in stage.rows(tables.Button) if row.label == "Doen"] == [None]
    assert stage.states() == ["handled"] * 2


def test_collectives_do_not_see_each_other(stage: Stage) -> None:
    """A button of another collective than the one before it is found, and nothing of that one is."""
    north, south = stage.found("Noord", "mieke", "kees"), stage.found("Zuid", "sanne", "omar")
    stage.reader.meanings = {"ik ben vrij": FREE}
    undo = stage.button("omar", do.Undo())
    heard = kept(stage, ("mieke", "ik ben vrij"), ("sanne", "ik ben vrij"), ("kees", "ik ben vrij"))
    pressed = stage.app.receive(incoming("omar", kind="press", token=undo), NOW)
    assert pressed is not None
    stage.app.handle_all([*heard, pressed], NOW)

    assert sorted(to for to, _text in stage.deliver()) == ["kees", "mieke", "omar", "sanne"]
    changed = [(row.collective_id, row.member_id) for row in stage.rows(tables.Change)]
    own = stage.rows(tables.Member)
    assert sorted(changed) == sorted(
        (row.collective_id, row.id)
        for row in own
        if row.id in {north["mieke"], north["kees"], south["sanne"]}
    )


class LosingTheDatabase(Remembering):
    """The database goes away over one message, once."""

    lost = False

    def read(self, text: str, context: Context) -> Meaning:
        if text == "weg" and not self.lost:
            self.lost = True
            raise UnreachableError
        return super().read(text, context)


def test_what_was_read_in_a_transaction_that_never_was_is_forgotten(stage: Stage) -> None:
    """Mieke teaches a word, Kees is read with it, and then all is undone: another process teaches another one first."""
    stage.found("Noord", *PEOPLE)
    reader = LosingTheDatabase({})
    stage.app.reader = reader
    taught = stage.button("mieke", do.TeachWord("pm", "programmamanager", "role"))
    pressed = stage.app.receive(incoming("mieke", kind="press", token=taught), NOW)
    assert pressed is not None
    with pytest.raises(UnreachableError):
        stage.app.handle_all([pressed, *kept(stage, ("kees", "hallo"), ("sanne", "weg"))], NOW)
    with another(stage) as other:
        first = stage.button("mieke", do.TeachWord("pgo", "adviseur", "role"))
        other.hear(incoming("mieke", kind="press", token=first), NOW)

    stage.says("omar", "hallo")
    assert known_to(reader).words == (Word("pgo", "role", "adviseur"),)


@pytest.mark.parametrize("step", [1, -1])
def test_two_processes_share_a_burst(database_url: str, step: int) -> None:
    """Each has half of it, in opposite orders, and takes what it has at once: nothing is done twice or left."""
    with staged(database_url) as stage:
        stage.found("Noord", *PEOPLE)
        stage.found("Zuid", "eve", "fay")
        heard = kept(
            stage, *((who, f"{who} {number}") for number in range(6) for who in (*PEOPLE, "eve", "fay"))
        )
        with another(stage) as one, another(stage) as other:
            at_once(
                lambda: one.handle_all(heard[0::2], NOW),
                lambda: other.handle_all(heard[1::2][::step], NOW),
            )

        assert set(stage.states()) == {"handled"}
        assert len([row for row in stage.rows(tables.Message) if row.cause.startswith("inbox:")]) == len(
            heard
        )
