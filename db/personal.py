"""What is kept of a member: which rows are about them, and what becomes of each when they ask to be forgotten.

Source: articles 15, 17 and 20 of the GDPR. Every table that names a member stands here, so that a new table cannot be
forgotten (`tests/db/test_personal.py`). Tables, not mapped classes, so each question names the collective itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Table, and_, delete, or_, select, update
from sqlalchemy.orm import Session

import db.tables  # noqa: F401  # every table
from db.base import Base
from db.session import own_or_none

Fate = Literal["erased", "kept"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. A row is about a member when one of the columns in `about` names them.

    `fate`: the rows go when the member is erased, or stay without what is in `blank`. `secret` is never handed out.
    """

    about: tuple[str, ...]
    fate: Fate
    blank: Mapping[str, Any] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()


NAMELESS = {  # a member without anything that tells who it was
    "about": "",
    "language": "nl",
    "is_coordinator": False,
    "is_treasurer": False,
    "is_intake": False,
    "place": None,
    "latitude": None,
    "longitude": None,
    "radius_km": None,
    "remote": None,
    "rate_cents": None,
    "years": None,
    "quiet_until": None,
    "last_asked_at": None,
    "shares_corrections": None,
    "volume": "fitting",
    "digest_weekday": None,
    "digest_hour": None,
    "zone": None,
    "left_why": None,
    "erase_at": None,
    "drive": None,
    "shows_drive": False,
}
HOLDINGS: Mapping[str, Holding] = {
    "members": Holding(("id",), "kept", NAMELESS),
    "member_terms": Holding(("member_id",), "erased"),
    "availability": Holding(("member_id",), "erased"),
    "conversations": Holding(("member_id",), "erased"),
    "changes": Holding(("member_id",), "erased"),
    "corrections": Holding(("member_id",), "erased"),
    "room": Holding(("member_id",), "erased"),
    "prompts": Holding(("member_id",), "erased"),
    "wishes": Holding(("member_id",), "erased"),
    "pool_members": Holding(("member_id",), "erased"),
    "duties": Holding(("member_id",), "erased"),
    "duty_swaps": Holding(("member_id",), "erased"),
    "lookups": Holding(("member_id", "by_id"), "kept"),  # who looked at what stays known to the others
    # what others rely on: the source's lead, the reasons that were given, who has the credit
    "offers": Holding(("member_id",), "kept", {"words": None, "fit": {}}),
    "introductions": Holding(("member_id", "source_id"), "kept", {"words": None}),
    "invitations": Holding(("member_id", "inviter_id"), "kept", {"reason": None}, frozenset({"code_hash"})),
    "evaluations": Holding(("member_id", "by_id"), "kept", {"words": None}),
    "leads": Holding(("source_id",), "kept", secret=frozenset({"print", "seed"})),
    "vocabulary": Holding(("member_id",), "kept"),
    # the books: the law asks for seven years, and the database refuses a change
    "deals": Holding(("member_id",), "kept", {"rate_cents": None, "rate_unit": None}),
    "deal_changes": Holding(("by_id",), "kept"),
    "turnover": Holding(("by_id",), "kept", secret=frozenset({"key"})),
    "ledger_entries": Holding(("debit_member_id", "credit_member_id"), "kept", secret=frozenset({"key"})),
    "ledger_snapshots": Holding(("member_id",), "kept"),
    "closings": Holding(("by_id",), "kept"),
}


def rows_of(session: Session, member_id: int) -> dict[str, list[Row]]:
    """Every row about a member, by table; plain values, moments as they are."""
    found: dict[str, list[Row]] = {}
    for name, holding in HOLDINGS.items():
        table = Base.metadata.tables[name]
        columns = [column for column in table.c if column.name not in holding.secret]
        query = select(*columns).where(_about(session, table, holding, member_id)).order_by(table.c.id)
        found[name] = [dict(row) for row in session.execute(query).mappings()]
    return found


def erase(session: Session, member_id: int, name: str) -> None:
    """Take away what is the member's own, and from what stays whatever tells who it was; `name` is their pseudonym."""
    session.flush()
    for table_name, holding in HOLDINGS.items():
        table = Base.metadata.tables[table_name]
        mine = _about(session, table, holding, member_id)
        if holding.fate == "erased":
            session.execute(delete(table).where(mine))
        elif holding.blank:
            session.execute(update(table).where(mine).values(**holding.blank))
    members, invitations = Base.metadata.tables["members"], Base.metadata.tables["invitations"]
    me = _about(session, members, HOLDINGS["members"], member_id)
    session.execute(update(members).where(me).values(name=name))
    mine = _about(session, invitations, HOLDINGS["invitations"], member_id)
    session.execute(delete(invitations).where(mine, invitations.c.used_at.is_(None)))
    session.expire_all()


def decisions_about(session: Session, member_id: int) -> list[Row]:
    """What each ranking was made of as far as this member goes; of the others in it nothing."""
    log = Base.metadata.tables["decisions"]
    query = select(log.c.lead_id, log.c.at, log.c.rule_version, log.c.content).where(
        log.c.collective_id == own_or_none(session), log.c.kind == "ranked"
    )
    found: list[Row] = []
    for lead_id, at, rule_version, content in session.execute(query.order_by(log.c.id)):
        for name, those in (("weighed_as", content["question"]["candidates"]), ("found", content["ranked"])):
            found += [
                {"lead_id": lead_id, "at": at, "rules": rule_version, name: one}
                for one in those
                if one["member_id"] == member_id
            ]
    return found


def _about(session: Session, table: Table, holding: Holding, member_id: int) -> Any:
    named = or_(*(table.c[column] == member_id for column in holding.about))
    return and_(table.c.collective_id == own_or_none(session), named)
