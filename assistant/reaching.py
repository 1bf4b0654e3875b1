"""Reaching people whose platform lets us write only for a while after they did: elsewhere, by a knock, or later."""

from datetime import datetime, timedelta

from assistant.loading import plain
from assistant.messages import Card, Receipt, Terms
from assistant.notices import HERE, Knocking
from assistant.rules.window import way
from assistant.running import GIVE_WAY
from assistant.words import say
from db import accounts, members, opt_ins, outbox, prompts
from db.accounts import Account
from db.outbox import NewMessage
from db.session import Session

DAY = timedelta(days=1)
STATES = ("sent", "delivered", "read", "failed")  # a receipt may come late: it never goes back

# Codes of the Cloud API, https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
SHUT, UNREACHABLE, UNWANTED = 131047, 131026, 131050


def knock(session: Session, channel: str, now: datetime, terms: Terms) -> None:
    """Decide for everybody who is owed something behind a shut window."""
    if terms.window is None:
        return
    outbox.hold(session, channel)  # two processes would both knock
    waiting = outbox.shut_out(session, channel, now, now - terms.window)
    if not waiting:
        return
    left = terms.knocks_per_day - outbox.knocks_since(session, channel, now - DAY)
    for account in waiting:
        other = _elsewhere(session, account)
        chosen = way(
            elsewhere=other is not None,
            opted_in=opt_ins.is_given(session, account.id),
            knocked=outbox.has_knocked(session, account),
            knocks_left=left,
        )
        if chosen == "elsewhere" and other is not None:
            outbox.move(session, account.id, other.id)
        elif chosen == "knock":
            left -= 1
            _put_knock(session, account, now)


def _elsewhere(session: Session, account: Account) -> Account | None:
    """Another account of the same person where nothing is shut."""
    if account.person_id is None:
        return None
    others = accounts.of_person(session, account.person_id)
    return next((each for each in others if each.channel != account.channel and not each.blocked), None)


def _put_knock(session: Session, account: Account, now: datetime) -> None:
    language = members.language_of(session, account.person_id) if account.person_id else None
    spoken = language or account.language or "nl"
    card = Card(say(Knocking(HERE), spoken, "Europe/Amsterdam").text, language=spoken, knocks=True)
    message = NewMessage(
        account_id=account.id,
        collective_id=None,
        cause=f"knock:{account.id}:{now.isoformat()}",
        position=0,
        card=plain(card),
        edits_id=None,
        created_at=now,
        retry_at=None,
    )
    outbox.put_knock(session, message)


def shut(account: Account, now: datetime) -> None:
    """The platform says they have not written lately, whatever our clock says; a knock since then still counts."""
    account.heard_at = now - DAY


def blocked(session: Session, account: Account, now: datetime) -> None:
    """They want no more messages there; what waits for an answer of theirs is looked at again, in each collective."""
    account.blocked = True
    if account.person_id is not None:
        prompts.plan_everywhere(session, account.person_id, GIVE_WAY, now)


def confirm(session: Session, channel: str, receipt: Receipt, now: datetime) -> None:
    """What became of a message the platform took. One it could not deliver after all is owed again, or set aside."""
    found = outbox.on_channel(session, channel, receipt.message_id) if receipt.message_id else None
    if found is None or receipt.state not in STATES:
        return
    message, account = found
    if message.receipt is not None and STATES.index(receipt.state) <= STATES.index(message.receipt):
        return
    message.receipt = receipt.state
    if receipt.state != "failed" or message.state != "sent":
        return
    message.note = f"{receipt.code} {receipt.reason}"
    if receipt.code == UNWANTED:
        opt_ins.record(session, account.id, "platform", now, given=False)
    if receipt.code == SHUT:
        shut(account, now)
    if receipt.code == UNREACHABLE:
        blocked(session, account, now)
    again = receipt.code in (SHUT, UNREACHABLE) and not message.knocks
    message.state = "owed" if again else "failed"
    if again:
        message.receipt, message.sent_at = None, None
