"""Vocabulary: the words a collective has taught, who did and when. Another collective never sees them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import questions
from db.base import Owned


class Word(Owned):
    """`said` is read as `meaning`, which is a "role", "skill" or "client" (`kind`).

    `key` is the same for every spelling of it, and stands once in a collective. `member_id` is who taught or
    confirmed it; None when that person is forgotten.
    """

    __tablename__ = "vocabulary"
    __table_args__ = (UniqueConstraint("collective_id", "key", name="uq_vocabulary_collective_id_key"),)

    key: Mapped[str]
    said: Mapped[str]
    kind: Mapped[str]
    meaning: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]


WITH_KEY = select(Word).where(Word.key == bindparam("key"))


def words(session: Session) -> Sequence[Word]:
    """Every word of the collective, in the order of the alphabet."""
    return session.scalars(select(Word).order_by(Word.key)).all()


def word(session: Session, key: str) -> Word | None:
    """The word with this key, if it was taught."""
    return questions.first(session, WITH_KEY, {"key": key})
