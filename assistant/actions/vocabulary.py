"""The collective's own words: taught, confirmed in a lead or profile, shown, taken back, and forgotten."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from assistant import rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    KnownWord,
    NothingToUndo,
    Notice,
    Undone,
    VocabularyShown,
    WordForgotten,
    WordKindAsked,
    WordNotYours,
    WordRefused,
    WordTaught,
    WordUnknown,
    first_name,
)
from db import vocabulary
from db.changes import Change
from db.members import Member
from db.vocabulary import Word
from dialogs.commands import TeachWord
from nlu import taxonomy, teachable
from nlu.lexicon import key
from nlu.meaning import Lead, Profile
from nlu.vocabulary import WordKind

WHAT = "word"
MOST_SHOWN = 60  # words in one message


def teach(desk: Desk, member: Member, command: TeachWord) -> list[Notice]:
    """Read a word so from now on. Asks first what kind of thing it is, where that does not show."""
    why = teachable.refusal(command.word)
    if why is not None:
        raise RefusedError(WordRefused(member.id, command.word, why))
    if command.kind is None:
        return [WordKindAsked(member.id, command.word, command.meaning)]
    before = vocabulary.word(desk.session, key(command.word))
    stood = None if before is None else {"said": before.said, "kind": before.kind, "meaning": before.meaning}
    meaning = command.meaning if command.kind == "client" else command.meaning.lower()
    row = _put(desk, member, command.word, command.kind, meaning)
    change = Change(member_id=member.id, at=desk.now, what=WHAT, subject_id=row.id, before={"word": stood})
    desk.session.add(change)
    desk.session.flush()
    differs = stood["meaning"] if stood and stood["meaning"] != meaning else None
    return [WordTaught(member.id, command.word, meaning, command.kind, change.id, differs)]


def learn_lead(desk: Desk, member: Member, lead: Lead) -> None:
    """Remember the words of a confirmed lead that are read nowhere else; of a secret one not for whom it is."""
    secret = lead.confidential or lead.stage == "rumour"
    _learn(desk, member, "role", lead.roles)
    _learn(desk, member, "skill", lead.skills)
    _learn(desk, member, "client", [lead.client] if lead.client and not secret else [])


def learn_profile(desk: Desk, member: Member, profile: Profile) -> None:
    """Remember what a member calls their own work."""
    _learn(desk, member, "role", profile.roles)
    _learn(desk, member, "skill", profile.skills)


def show(desk: Desk, member: Member) -> list[Notice]:
    """The words, to the coordinator with their clients; another member need not know for whom others work."""
    sees_all = rights.may(desk, member, "words")
    rows = [row for row in vocabulary.words(desk.session) if sees_all or row.kind != "client"]
    shown = tuple(_known(desk, row) for row in rows[:MOST_SHOWN])
    return [VocabularyShown(member.id, shown, len(rows), sees_all)]


def forget(desk: Desk, member: Member, word: str) -> list[Notice]:
    """Remove a word: for the coordinator, and for who taught it."""
    row = vocabulary.word(desk.session, key(word))
    if row is None or (row.kind == "client" and not _may_remove(desk, member, row)):
        raise RefusedError(WordUnknown(member.id, word))
    if not _may_remove(desk, member, row):
        raise RefusedError(WordNotYours(member.id, row.said))
    desk.session.delete(row)
    _changed(desk)
    return [WordForgotten(member.id, row.said)]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """As it was before the lesson."""
    row = desk.session.get(Word, change.subject_id)
    if row is None:
        raise RefusedError(NothingToUndo(member.id))
    stood: dict[str, Any] | None = change.before["word"]
    if stood is None:
        desk.session.delete(row)
    else:
        row.said, row.kind, row.meaning = stood["said"], stood["kind"], stood["meaning"]
    _changed(desk)
    return [Undone(member.id, WHAT)]


def _learn(desk: Desk, member: Member, kind: WordKind, words: Iterable[str]) -> None:
    """A word that was taught already keeps what was taught."""
    for word in words:
        # seen at once: what everybody reads already is not new. To look for places of that name takes milliseconds
        known = kind != "client" and taxonomy.kind_of(word) is not None
        if not known and teachable.is_new(word, kind) and vocabulary.word(desk.session, key(word)) is None:
            _put(desk, member, word, kind, word)


def _put(desk: Desk, member: Member, word: str, kind: WordKind, meaning: str) -> Word:
    row = vocabulary.word(desk.session, key(word)) or Word(key=key(word))
    row.said, row.kind, row.meaning = word, kind, meaning
    row.member_id, row.at = member.id, desk.now
    desk.session.add(row)
    desk.session.flush()
    _changed(desk)
    return row


def _changed(desk: Desk) -> None:
    """Every process reads the vocabulary again before the next message of this collective."""
    desk.collective.vocabulary_version += 1


def _may_remove(desk: Desk, member: Member, row: Word) -> bool:
    return rights.may(desk, member, "words") or row.member_id == member.id


def _known(desk: Desk, row: Word) -> KnownWord:
    by = first_name(desk.member(row.member_id).name) if row.member_id is not None else None
    kind: Any = row.kind
    return KnownWord(
        row.said, kind, row.meaning, by, row.at.astimezone(ZoneInfo(desk.collective.zone)).date()
    )
