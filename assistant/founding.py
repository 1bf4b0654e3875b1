"""Founding a collective: the operator's one step, after which everything happens in chat."""

from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from assistant.actions import membership
from assistant.app import App
from assistant.codes import link_to
from assistant.desk import Desk
from assistant.rules import retention, rounds
from db import collectives
from db import rounds as planned
from db.collectives import Collective
from db.session import narrow, transaction


class NameTakenError(Exception):
    """There is a collective of this name already."""


@dataclass(frozen=True, slots=True)
class Founded:
    """The coordinator's invitation. `link` only when the bot's name is known."""

    collective_id: int
    code: str
    link: str | None


def create_collective(app: App, name: str, coordinator: str, language: str, now: datetime) -> Founded:
    """A new collective with an invitation for its coordinator. Raises NameTakenError; ValueError for an empty name."""
    name, coordinator = name.strip(), coordinator.strip()
    if not name or not coordinator:
        raise ValueError("a collective needs a name, and a coordinator with a name")
    with transaction(app.engine) as session:
        if collectives.named(session, name) is not None:
            raise NameTakenError(name)
        row = Collective(name=name, language=language, zone="Europe/Amsterdam", policy={})
        session.add(row)
        session.flush()
        narrow(session, row.id)
        desk = Desk(session, row, now)
        begin_rounds(desk)
        _invitation, code = membership.invitation(desk, coordinator, None, None)
        return Founded(row.id, code, link_to(app.apps, code))


def begin_rounds(desk: Desk) -> None:
    """From here on the clock knows when something comes round for this collective."""
    for kind in get_args(rounds.RoundKind):
        planned.plan(desk.session, kind, rounds.first(kind, desk.now, desk.policy.quiet))
    planned.plan(desk.session, "retention", retention.next_night(desk.now, desk.collective.zone))
