"""When the clock is needed: asked across all collectives, before any of them is opened."""

from datetime import datetime

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

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


def _moments() -> list[Select[tuple[int, datetime]]]:
    is_open = _leads.c.state == "open"
    return [
        select(_leads.c.collective_id, _leads.c.window_ends_at.label("at")).where(
            is_open, _leads.c.window_ends_at.is_not(None)
        ),
        select(_leads.c.collective_id, _leads.c.nudge_at.label("at")).where(
            is_open, _leads.c.nudge_at.is_not(None)
        ),
        select(_offers.c.collective_id, _offers.c.offer_at.label("at"))
        .join(_leads, _leads.c.id == _offers.c.lead_id)
        .where(_offers.c.state.in_(("planned", "digest")), _offers.c.offer_at.is_not(None), is_open),
        select(_introductions.c.collective_id, _introductions.c.ask_at.label("at")).where(
            _introductions.c.ask_at.is_not(None)
        ),
        select(_prompts.c.collective_id, _prompts.c.at.label("at")).where(_prompts.c.at.is_not(None)),
        select(_room.c.collective_id, _room.c.ends_at.label("at")).where(_room.c.ends_at.is_not(None)),
        select(_agendas.c.collective_id, _agendas.c.at.label("at")),
        select(_letters.c.collective_id, _letters.c.at.label("at")),
        select(_rounds.c.collective_id, _rounds.c.at.label("at")).where(_rounds.c.at.is_not(None)),
    ]


def next_due(session: Session) -> datetime | None:
    """The first moment at which anything wants to happen."""
    due = union(*_moments()).subquery()
    first: datetime | None = session.execute(select(func.min(due.c.at))).scalar_one()
    return first


def collectives_due(session: Session, now: datetime) -> list[int]:
    """The collectives in which something wants to happen now."""
    due = union(*_moments()).subquery()
    query = select(due.c.collective_id).where(due.c.at <= now).distinct().order_by(due.c.collective_id)
    return list(session.execute(query).scalars())
