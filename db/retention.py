"""What goes by itself, and the questions that make it go; `assistant/rules/retention.py` says after how long.

Of one collective, with the session's narrowing. And of the house: messages in and out, and strangers.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.accounts import Account
from db.availability import Period
from db.changes import Change
from db.choices import ChoiceLink
from db.conversations import OpenTalk
from db.decisions import Decision
from db.inbox import Heard
from db.inquiries import Client, Inquiry
from db.introductions import Introduction
from db.invitations import Invitation
from db.leads import Lead, LeadContact
from db.links import Link
from db.lookups import Lookup
from db.members import Member
from db.offers import Offer
from db.opt_ins import OptIn
from db.outbox import Button, Message
from db.wishes import Wish

DONE = ("handled", "failed")
CHUNK = 500  # numbers in one question
NOTHING: dict[str, Any] = {}


# --- of one collective ------------------------------------------------------------------------------------------


def drafts(session: Session, before: datetime) -> None:
    """Talks that stood still since before a moment."""
    session.execute(delete(OpenTalk).where(OpenTalk.changed_at < before))


def contacts(session: Session, before: datetime) -> None:
    """The client's people of leads that were over before a moment."""
    over = select(Lead.id).where(Lead.closed_at < before)
    session.execute(delete(LeadContact).where(LeadContact.lead_id.in_(over)))


def inquiries(session: Session, before: datetime) -> None:
    """What clients asked that was over before a moment; then clients of whom nothing is left, silent since then."""
    over = select(Lead.id).where(Lead.closed_at < before)
    session.execute(delete(Inquiry).where(or_(Inquiry.closed_at < before, Inquiry.lead_id.in_(over))))
    asked = select(Inquiry.client_id)
    gone = session.scalars(select(Client).where(Client.changed_at < before, Client.id.not_in(asked))).all()
    for each in gone:
        session.get_one(Account, each.account_id).collective_id = None
        session.delete(each)


def words_of_answers(session: Session, before: datetime) -> None:
    """Own words in answers to leads that were over before a moment, and about outcomes told before it."""
    over = select(Lead.id).where(Lead.closed_at < before)
    session.execute(update(Offer).where(Offer.lead_id.in_(over), Offer.words.is_not(None)).values(words=None))
    told = (Introduction.outcome_at < before, Introduction.words.is_not(None))
    session.execute(update(Introduction).where(*told).values(words=None))


def prints(session: Session, before: datetime) -> None:
    """What leads told before a moment are recognised by."""
    session.execute(update(Lead).where(Lead.created_at < before).values(print=NOTHING))


def invitations(session: Session, before: datetime) -> None:
    """Invitations that nobody used and that expired before a moment."""
    unused = (Invitation.used_at.is_(None), Invitation.expires_at < before)
    session.execute(delete(Invitation).where(*unused))


def links(session: Session, before: datetime) -> None:
    """Links for clients that expired before a moment."""
    session.execute(delete(ChoiceLink).where(ChoiceLink.expires_at < before))


def changes(session: Session, before: datetime) -> None:
    """What stood before a change made before a moment."""
    session.execute(delete(Change).where(Change.at < before))


def periods(session: Session, before: date) -> None:
    """When somebody could work, in periods that ended before a day."""
    session.execute(delete(Period).where(Period.end_on < before))


def decisions(session: Session, before: datetime) -> None:
    """The log of decisions from before a moment, and the reasons kept with the offers they led to."""
    session.execute(delete(Decision).where(Decision.at < before))
    session.execute(update(Offer).where(Offer.offered_at < before).values(fit={}))


def lookups(session: Session, before: datetime) -> None:
    """Who looked at what before a moment."""
    session.execute(delete(Lookup).where(Lookup.at < before))


def wishes(session: Session, before: datetime) -> None:
    """What was asked for in vain before a moment."""
    session.execute(delete(Wish).where(Wish.at < before))


def to_erase(session: Session, now: datetime) -> Sequence[Member]:
    """Members who left, and whose term is over."""
    query = select(Member).where(Member.state == "left", Member.erase_at <= now)
    return session.scalars(query.order_by(Member.id)).all()


# --- of the house -----------------------------------------------------------------------------------------------


def words_of_failed(session: Session, before: datetime) -> None:
    """The words of messages that led to a bug and came in before a moment: by then it was looked at, or never will."""
    failed = (Heard.state == "failed", Heard.received_at < before)
    session.execute(update(Heard).where(*failed).values(payload=NOTHING))


def events(session: Session, before: datetime, kept: Collection[str]) -> None:
    """Events that were handled, and came in before a moment; not on the channels in `kept`."""
    _events(session, before, Heard.channel.not_in(kept))


def cards(session: Session, before: datetime, kept: Collection[str]) -> None:
    """Messages delivered or set aside before a moment, with their buttons; not on the channels in `kept`."""
    _cards(session, before, Account.channel.not_in(kept))


def own_chats(session: Session, before: datetime, channels: Collection[str]) -> None:
    """The chats on these channels, both sides, from before a moment."""
    _events(session, before, Heard.channel.in_(channels))
    _cards(session, before, Account.channel.in_(channels))


def _events(session: Session, before: datetime, channel: ColumnElement[bool]) -> None:
    """The newest one stays, so that SQLite never gives its number away again: answers are named after it."""
    newest = select(func.max(Heard.id)).scalar_subquery()
    done = (Heard.state.in_(DONE), Heard.received_at < before, Heard.id != newest)
    session.execute(delete(Heard).where(channel, *done))


def _cards(session: Session, before: datetime, channel: ColumnElement[bool]) -> None:
    """What a younger message edits stays as long as that one; the newest stays for its number, as an event does."""
    edit = aliased(Message)
    younger = exists().where(
        edit.edits_id == Message.id, or_(edit.created_at >= before, edit.state == "owed")
    )
    gone = select(Message.id).where(
        Message.state != "owed",
        Message.created_at < before,
        Message.account_id.in_(select(Account.id).where(channel)),
        not_(younger),
        Message.id != select(func.max(Message.id)).scalar_subquery(),
    )
    _drop(session, session.scalars(gone).all())


def _drop(session: Session, messages: Sequence[int]) -> None:
    for start in range(0, len(messages), CHUNK):
        chunk = messages[start : start + CHUNK]
        session.execute(delete(Button).where(Button.message_id.in_(chunk)))
        session.execute(update(Message).where(Message.edits_id.in_(chunk)).values(edits_id=None))
        session.execute(delete(Message).where(Message.id.in_(chunk)))


def strangers(session: Session) -> None:
    """Accounts of nobody, once all that was said with them is gone."""
    heard = exists().where(Heard.channel == Account.channel, Heard.external_id == Account.external_id)
    told = exists().where(Message.account_id == Account.id)
    asks = exists().where(Client.__table__.c.account_id == Account.id)
    gone = select(Account.id).where(Account.person_id.is_(None), not_(heard), not_(told), not_(asks))
    numbers = session.scalars(gone).all()
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        session.execute(delete(OptIn).where(OptIn.account_id.in_(chunk)))
        session.execute(delete(Link).where(Link.account_id.in_(chunk)))
        session.execute(delete(Account).where(Account.id.in_(chunk)))


def account(session: Session, row: Account, collective_id: int | None) -> None:
    """What was said with an account, of one collective or (None) all of it; what is still owed as an edit stays."""
    owed = select(Message.edits_id).where(Message.state == "owed", Message.edits_id.is_not(None))
    mine = [
        Message.account_id == row.id,
        or_(Message.state != "owed", Message.edits_id.is_(None)),
        Message.id.not_in(owed),
    ]
    if collective_id is not None:
        mine.append(Message.collective_id == collective_id)
    _drop(session, session.scalars(select(Message.id).where(*mine)).all())
    if collective_id is None:
        said = (Heard.channel == row.channel, Heard.external_id == row.external_id, Heard.state.in_(DONE))
        session.execute(update(Heard).where(*said).values(payload=NOTHING))
