"""A correction is kept only where the collective allows it and the member agreed, and is gone when either ends."""

import pytest

from assistant.learning import templates_of
from db import tables
from db.session import transaction
from dialogs import commands as do
from nlu.templates import Template
from tests.app.stage import Stage, staged

KEEP = do.KeepCorrection("nl", "ask_help", "iets met {name}")
YES, NO = do.AllowCorrections(allowed=True), do.AllowCorrections(allowed=False)


def learned(stage: Stage) -> list[Template]:
    with transaction(stage.app.engine) as session:
        return templates_of(session)


@pytest.mark.parametrize(
    ("policy", "commands", "kept"),
    [
        ({"keeps_corrections": True}, (KEEP,), 0),
        ({"keeps_corrections": True}, (YES, KEEP), 1),
        ({"keeps_corrections": True}, (YES, KEEP, KEEP), 2),
        ({"keeps_corrections": True}, (NO, KEEP), 0),
        ({"keeps_corrections": True}, (YES, KEEP, NO), 0),
        ({"keeps_corrections": True}, (YES, KEEP, do.Leave()), 0),
        ({}, (YES, KEEP), 0),
    ],
)
def test_what_is_kept(
    policy: dict[str, object], commands: tuple[do.Command, ...], kept: int, database_url: str
) -> None:
    with staged(database_url) as stage:
        stage.found("Noord", "mieke", "kees", policy=policy)
        for command in commands:
            stage.presses("kees", stage.button("kees", command))

        assert len(stage.rows(tables.Correction)) == kept
        expected = [Template("iets met {name}", "ask_help", "nl", "installation")]
        assert learned(stage) == (expected if kept else [])
