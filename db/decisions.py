"""The decision log: why somebody was asked, what they answered, who chose. Rows are only ever added.

Words and names in it go when the member is erased; the rest is kept for as long as `db/retention.py` says.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Json, Owned


class Decision(Owned):
    """What was decided about a lead; `content` holds what it was decided from.

    `kind` is "ranked", "offered", "answered", "passed", "taken_over", "chosen", "undone" or "closed".
    """

    __tablename__ = "decisions"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    rule_version: Mapped[str]
    content: Mapped[Json]


def ranked_since(session: Session, moment: datetime) -> Sequence[Decision]:
    """Every ranking made since a moment, in order: the last one of a lead holds."""
    query = select(Decision).where(Decision.kind == "ranked", Decision.at >= moment)
    return session.scalars(query.order_by(Decision.id)).all()


def of_lead(session: Session, lead_id: int) -> Sequence[Decision]:
    """Everything decided about a lead, in order."""
    return session.scalars(select(Decision).where(Decision.lead_id == lead_id).order_by(Decision.id)).all()


def forget_words(session: Session, member_id: int) -> None:
    """Take a member's own words out of every ranking they were in; numbers and reasons by rule stay.

    The sentence is taken from the question and from its answer alike, so that replaying one still gives the other.
    """
    for row in session.scalars(select(Decision).where(Decision.kind == "ranked")):
        question = row.content.get("question", {})
        mine = [one for one in question.get("candidates", ()) if one["member_id"] == member_id]
        if any(one.get("own_words") for one in mine):
            row.content = _without_words(row.content, member_id)


def _without_words(content: Json, member_id: int) -> Json:
    question = content["question"]
    candidates = [
        one | {"own_words": ""} if one["member_id"] == member_id else one for one in question["candidates"]
    ]
    ranked = [
        one | {"fit": one["fit"] | {"quote": None}} if one["member_id"] == member_id else one
        for one in content["ranked"]
    ]
    return content | {"question": question | {"candidates": candidates}, "ranked": ranked}
