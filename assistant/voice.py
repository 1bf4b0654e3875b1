"""The voice: notices become cards in the member's language, and cards become rows in the outbox."""

import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from assistant.loading import plain
from assistant.messages import Action, Card
from assistant.notices import HERE, Notice, ToClient
from assistant.rules.quiet import QuietHours, next_open
from assistant.words import say, to_guest
from assistant.words.texts import languages
from db import accounts, outbox, questions
from db.accounts import Account
from db.collectives import Collective
from db.members import Member
from db.outbox import NewButton, NewMessage
from db.session import Session
from dialogs.commands import GUESTS_MAY, to_json

TOKEN_BYTES = 12
TOGETHER = frozenset({"whatsapp"})  # one consolidated reply per message heard
WITH_BUTTONS, WITHOUT = 1024, 4096  # characters of one message there
log = logging.getLogger(__name__)


def _is_beside(card: Card) -> bool:
    """Whether there is something to see beside the words."""
    return card.picture is not None or card.document is not None


@dataclass
class Voice:
    """Says things in one turn or one tick of the clock.

    `cause` names the turn or tick, so that saying the same twice is refused by the database. `account`,
    `member_id` and `language` are those of whoever this turn is with. `quiet` are the hours in which nobody else is
    written to: what they did not ask for waits until their own morning. `via` is the allied collective that
    this turn is with a guest of.
    """

    session: Session
    cause: str
    now: datetime
    zone: str
    language: str
    account: Account | None = None
    member_id: int = HERE
    collective_id: int | None = None
    quiet: Callable[[], QuietHours] | None = None
    via: str | None = None
    _position: int = field(default=0, init=False)
    _messages: list[NewMessage] = field(default_factory=list, init=False)
    _buttons: list[tuple[int, NewButton]] = field(default_factory=list, init=False)

    def speak_with(self, member: Member) -> None:
        """This turn is with this member."""
        self.member_id, self.language, self.via = member.id, member.language, self._via(member)

    def owe(self, notices: Iterable[Notice]) -> None:
        """Put every notice, as a card, in the outbox of its one member."""
        self.session.flush()  # what is said may be about rows of this turn; the outbox is written past the session
        for each in notices:
            self._owe(each)
        self._write()

    def retire(self, message_id: int, text: str, label: str | None) -> None:
        """Take the buttons off a message and show which one was pressed and heard, where the platform can.

        At once, before anything is done: whoever is forgotten by what was pressed is forgotten with it.
        """
        card = Card(f"{text}\n\n✓ {label}" if label else text)
        if self.account is not None:
            self._put(self.account.id, card, edits_id=message_id)
            self._write()

    def _write(self) -> None:
        outbox.put(self.session, self._messages, self._buttons)
        self._messages, self._buttons = [], []

    def _owe(self, notice: Notice) -> None:
        account, language, not_before, via = self._recipient(notice)
        if account is None:
            log.warning("no account for a %s", type(notice).__name__)
            return
        said = say(notice, language, self.zone)
        pressed = [
            (label, choice.command)
            for label, choice in zip(said.labels, notice.choices, strict=True)
            if via is None or isinstance(choice.command, GUESTS_MAY)
        ]
        actions = tuple(Action(label, secrets.token_urlsafe(TOKEN_BYTES)) for label, _command in pressed)
        text = said.text if via is None else to_guest(said.text, language, via, may_press=bool(pressed))
        card = Card(text, actions, said.picture, said.document, language)
        position = self._joined(account, card, not_before)
        if position is None:
            position = self._position
            self._put(account.id, card, not_before=not_before)
        for (_label, command), action in zip(pressed, actions, strict=True):
            button = NewButton(
                token=action.token,
                account_id=account.id,
                collective_id=self.collective_id,
                label=action.label,
                command=to_json(command),
            )
            self._buttons.append((position, button))

    def _joined(self, account: Account, card: Card, not_before: datetime | None) -> int | None:
        """Where every message costs, cards of one turn are one message if they fit: its position; None: they do not.

        Only what has nothing to press goes before another: buttons stand under the words they are about.
        """
        before = next((each for each in reversed(self._messages) if each["account_id"] == account.id), None)
        if account.channel not in TOGETHER or before is None or before["retry_at"] != not_before:
            return None
        earlier = msgspec.convert(before["card"], Card)
        if before["edits_id"] is not None or earlier.buttons or any(map(_is_beside, (earlier, card))):
            return None
        text = f"{earlier.text}\n\n{card.text}"
        if len(text) > (WITH_BUTTONS if card.buttons else WITHOUT):
            return None
        before["card"] = plain(replace(card, text=text))
        return before["position"]

    def _recipient(self, notice: Notice) -> tuple[Account | None, str, datetime | None, str | None]:
        """Where it goes, in which language, not before when; and to a guest, by which allied collective it comes."""
        if isinstance(notice, ToClient) and notice.account_id:
            return *self._client(notice.account_id), None
        if notice.member_id in (HERE, self.member_id):
            return self.account, self.language, None, self.via
        member = questions.get_one(self.session, Member, notice.member_id)
        reachable = accounts.of_person(self.session, member.person_id)
        not_before = None if notice.awaited else self._morning(member.zone)
        account = reachable[0] if reachable else None
        return account, member.language, not_before, self._via(member)

    def _via(self, member: Member) -> str | None:
        if member.state != "guest":
            return None
        return questions.get_one(self.session, Collective, self.collective_id).name

    def _client(self, account_id: int) -> tuple[Account, str, datetime | None]:
        """In the language they write in, else that of the collective."""
        account = questions.get_one(self.session, Account, account_id)
        spoken = (account.language or "")[:2]
        if spoken not in languages():
            spoken = questions.get_one(self.session, Collective, self.collective_id).language
        return account, spoken, self._morning(None)

    def _morning(self, zone: str | None) -> datetime | None:
        """When somebody on this clock, or that of the collective, may be written to; None: now."""
        if self.quiet is None:
            return None
        at = next_open(self.now, replace(self.quiet(), zone=zone or self.zone))
        return at if at > self.now else None

    def _put(
        self, account_id: int, card: Card, edits_id: int | None = None, not_before: datetime | None = None
    ) -> None:
        message = NewMessage(
            account_id=account_id,
            collective_id=self.collective_id,
            cause=self.cause,
            position=self._position,
            card=plain(card),
            edits_id=edits_id,
            created_at=self.now,
            retry_at=not_before,
        )
        self._position += 1
        self._messages.append(message)
