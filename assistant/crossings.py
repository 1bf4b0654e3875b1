"""Crossings: what goes between allied collectives about a lead, and nothing else ever does (mission row C5).

A lead crosses as a card without the client, anybody at the client, or who brought it. The name of who brought it goes
along unseen, for who is chosen to hear; what comes back is how it stands. Each letter is one of the classes below.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import msgspec

from assistant import teams
from assistant.desk import Desk
from assistant.loading import lead_of, plain
from assistant.rules.allies import WhyNot, why_not
from db import allies, letters, offers
from db.allies import Ally, Crossing
from db.leads import Lead as LeadRow
from nlu.meaning import Lead

ALLY = (
    "ally"  # who chooses for a lead that came from an ally: who brought it, there; and how one of ours closed
)


class Letter(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """What one collective tells another. Ids of leads are those of the collective the lead is of."""


class Propose(Letter, frozen=True):
    """Shall we share work? From the collective of this name."""

    name: str


class Accept(Letter, frozen=True):
    """Yes, let us. From the collective of this name."""

    name: str


class Refuse(Letter, frozen=True):
    """Rather not."""


class End(Letter, frozen=True):
    """No longer."""


class Send(Letter, frozen=True):
    """Who with you can do this? Or, of a lead that was sent before: this is how it reads now."""

    lead_id: int
    lead: Lead
    person_id: int
    name: str
    language: str


class CallBack(Letter, frozen=True):
    """It is over with us."""

    lead_id: int
    how: Literal["withdrawn", "closed"]


class Gone(Letter, frozen=True):
    """This person is no longer with us, and brings no more work."""

    person_id: int


class Asking(Letter, frozen=True):
    """So many with us fit, and hear of it."""

    lead_id: int
    count: int


class Nobody(Letter, frozen=True):
    """Nobody with us fits now; or, with `asked` False, we could not ask."""

    lead_id: int
    asked: bool = True


class Taken(Letter, frozen=True):
    """Somebody of us was chosen for it."""

    lead_id: int


class OpenAgain(Letter, frozen=True):
    """The choice was taken back."""

    lead_id: int


class Over(Letter, frozen=True):
    """It was closed with us."""

    lead_id: int


_ANY: Any = (
    Propose | Accept | Refuse | End | Send | CallBack | Gone | Asking | Nobody | Taken | OpenAgain | Over
)


def post(desk: Desk, to_id: int, letter: Letter) -> None:
    """Leave a letter for an allied collective."""
    letters.leave(desk.session, to_id, plain(letter), desk.now)


def read(content: dict[str, Any]) -> Letter:
    """The letter again."""
    letter: Letter = msgspec.convert(content, type=_ANY)
    return letter


def bare(lead: Lead) -> Lead:
    """What of a lead may cross: the work, when, where and for how much. The client and their people stay home."""
    return replace(lead, client=None, contact=None)


def may_go_to(desk: Desk, row: LeadRow) -> Sequence[Ally]:
    """The allied collectives a lead of ours may be offered to now; none while somebody of our own may do it."""
    if why_it_stays(desk, row) is not None:
        return []
    been = {each.ally_id for each in allies.crossings_of(desk.session, row.id) if each.state != "over"}
    return [each for each in allies.allied(desk.session) if each.ally_id not in been]


def why_it_stays(desk: Desk, row: LeadRow) -> WhyNot | None:
    """What keeps an open lead of ours at home."""
    known, every = lead_of(row), offers.of_lead(desk.session, row.id)
    return why_not(
        is_public=not known.confidential and row.stage != "rumour" and row.chooser != ALLY,
        is_seat=row.parent_id is not None or row.stage == teams.IDEA,
        asking=sum(each.state in ("planned", "digest", "offered") for each in every),
        yes=sum(each.state == "yes" for each in every),
    )


def is_away(desk: Desk, row: LeadRow) -> bool:
    """Whether an allied collective is being asked about a lead of ours."""
    there = ("sent", "asking")
    return any(
        each.theirs is None and each.state in there for each in allies.crossings_of(desk.session, row.id)
    )


def came_from(desk: Desk, row: LeadRow) -> str | None:
    """The allied collective a lead came from; None for one of our own."""
    if row.chooser != ALLY:
        return None
    (crossing,) = allies.crossings_of(desk.session, row.id)
    ally = allies.with_collective(desk.session, crossing.ally_id)
    return ally.name if ally is not None else None


def follow(desk: Desk, row: LeadRow) -> None:
    """Something changed about a lead: where it went to, or came from, hears what they need of it."""
    for crossing in allies.crossings_of(desk.session, row.id):
        if crossing.state == "over":
            continue
        if crossing.theirs is None:
            _tell_there(desk, row, crossing)
        else:
            _tell_home(desk, row, crossing, crossing.theirs)


def _tell_there(desk: Desk, row: LeadRow, crossing: Crossing) -> None:
    if row.closing == ALLY:
        return
    if row.state == "open":
        post(desk, crossing.ally_id, card_of(desk, row))
        return
    crossing.state = "over"
    how: Literal["withdrawn", "closed"] = "withdrawn" if row.state == "withdrawn" else "closed"
    post(desk, crossing.ally_id, CallBack(row.id, how))


def _tell_home(desk: Desk, row: LeadRow, crossing: Crossing, theirs: int) -> None:
    if row.state == "chosen" and crossing.state != "taken":
        crossing.state = "taken"
        post(desk, crossing.ally_id, Taken(theirs))
    elif row.state == "open" and crossing.state == "taken":
        crossing.state = "asking"
        post(desk, crossing.ally_id, OpenAgain(theirs))
    elif row.state in ("closed", "withdrawn"):
        crossing.state = "over"
        post(desk, crossing.ally_id, Over(theirs))


def card_of(desk: Desk, row: LeadRow) -> Send:
    """A lead of ours as it crosses."""
    source = desk.member(row.source_id)
    return Send(row.id, bare(lead_of(row)), source.person_id, source.name, source.language)
