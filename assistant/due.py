"""Due: the questions whose moment has come; in the hours of silence they are put off until the next morning."""

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.rules import quiet
from db import prompts
from db.prompts import Prompt


def due_now(desk: Desk, kind: str) -> Sequence[Prompt]:
    """The prompts of this kind to do something about now, each with its moment taken away; none while we are quiet."""
    rows = prompts.due(desk.session, kind, desk.now)
    at = quiet.next_open(desk.now, desk.policy.quiet)
    for row in rows:
        row.at = at if at > desk.now else None
    return [] if at > desk.now else rows
