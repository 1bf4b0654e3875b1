"""Collectives: the tenants. Each has a language, a time zone and its own settings."""

import re

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.util import identity_key

from db import questions
from db.base import Base, Json


class Collective(Base):
    """A group of freelancers. `policy` holds only the settings that differ from the defaults.

    `vocabulary_version` counts the changes of its vocabulary: whoever has read an older one reads it again.
    """

    __tablename__ = "collectives"

    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str]
    policy: Mapped[Json]
    vocabulary_version: Mapped[int] = mapped_column(default=0, server_default="0")


HOLD = select(Collective).where(Collective.id == bindparam("collective_id")).with_for_update(key_share=True)


def hold(session: Session, collective_id: int) -> Collective:
    """The collective, held until this transaction ends: one turn or tick at a time, whichever process it is in."""
    if identity_key(Collective, collective_id) in session.identity_map:  # seen before it was held: read again
        return session.get_one(Collective, collective_id, with_for_update={"key_share": True})
    (collective,) = questions.scalars(session, HOLD, {"collective_id": collective_id})
    return collective


def everyone(session: Session) -> list[Collective]:
    """All collectives, oldest first."""
    return list(session.scalars(select(Collective).order_by(Collective.id)))


ARTICLE = re.compile(r"^(?:de|het|the)\s+", re.IGNORECASE)


def is_called(name: str, said: str) -> bool:
    """Whether a collective of this name is meant: with or without "het" before it, whatever the case."""
    one, other = (ARTICLE.sub("", each.strip()).casefold() for each in (name, said))
    return one == other


def called(session: Session, said: str) -> list[Collective]:
    """The collectives that may be meant by this name."""
    return [each for each in everyone(session) if is_called(each.name, said)]


def named(session: Session, name: str) -> Collective | None:
    """The collective with exactly this name."""
    return session.scalars(select(Collective).where(Collective.name == name)).first()
