"""When the clock is needed: asked across all collectives, before any of them is opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, bindparam, func, select, union, union_all
from sqlalchemy.orm import Session

from db import driver
from db.agendas import Agenda
from db.introductions import Introduction
from db.leads import Lead
from db.letters import Letter
from db.offers import Offer
from db.prompts import Prompt
from db.room import Room
from db.rounds import Round

# Tables, not mapped classes: these questions are the clock's own and are not narrowed to one collective.
_leads, _offers, _introductions = Lead.__table__, Offer.__table__, Introduction.__table__
_prompts, _room, _rounds, _agendas = Prompt.__table__, Room.__table__, Round.__table__, Agenda.__table__
_letters = Letter.__table__


# Where a collective has something that wants to happen, and when. None that wants nothing is among them.
_open = _leads.c.state == "open"
_open_leads = _offers.join(_leads, _leads.c.id == _offers.c.lead_id)
_MOMENTS: Sequence[
    tuple[FromClause, ColumnElement[int], ColumnElement[Any], tuple[ColumnElement[bool], ...]]
] = (
    (_leads, _leads.c.collective_id, _leads.c.window_ends_at, (_open,)),
    (_leads, _leads.c.collective_id, _leads.c.nudge_at, (_open,)),
    (
        _open_leads,
        _offers.c.collective_id,
        _offers.c.offer_at,
        (_offers.c.state.in_(("planned", "digest")), _open),
    ),
    (_introductions, _introductions.c.collective_id, _introductions.c.ask_at, ()),
    (_prompts, _prompts.c.collective_id, _prompts.c.at, ()),
    (_room, _room.c.collective_id, _room.c.ends_at, ()),
    (_agendas, _agendas.c.collective_id, _agendas.c.at, ()),
    (_letters, _letters.c.collective_id, _letters.c.at, ()),
    (_rounds, _rounds.c.collective_id, _rounds.c.at, ()),
)

# Written once: the clock asks both all day. Each table answers for itself, so that none is read further than it must.
_FIRSTS = union_all(
    *(select(func.min(at).label("at")).select_from(tables).where(*also) for tables, _of, at, also in _MOMENTS)
).subquery()
FIRST = select(func.min(_FIRSTS.c.at))
DUE = union(
    *(
        select(of.label("collective_id")).select_from(tables).where(at <= bindparam("now"), *also)
        for tables, of, at, also in _MOMENTS
    )
).order_by("collective_id")


def next_due(session: Session) -> datetime | None:
    """The first moment at which anything wants to happen."""
    ((first,),) = driver.execute(session, FIRST, {})
    return cast("datetime | None", first)


def collectives_due(session: Session, now: datetime) -> list[int]:
    """The collectives in which something wants to happen now."""
    return [row[0] for row in driver.execute(session, DUE, {"now": now})]
