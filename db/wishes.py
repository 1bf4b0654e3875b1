"""Wishes: what members asked for that Seintje cannot do yet. Only the kind of wish is kept, never the text."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Owned


class Wish(Owned):
    """One request for something that is not there yet, named by its intent."""

    __tablename__ = "wishes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    intent: Mapped[str]
