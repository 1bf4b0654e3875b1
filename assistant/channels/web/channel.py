"""The playground as a channel: words go in by the one front door, cards come out in every open window."""

import asyncio
from collections.abc import Callable
from typing import Literal
from uuid import uuid4

from assistant.app import App
from assistant.channels.patience import patiently
from assistant.channels.web import chats
from assistant.messages import Capabilities, Delivery, Incoming, Outcome, Sent
from db import accounts, inbox, outbox
from db.session import transaction

NAME = "web"
Listener = Callable[[str], None]


class WebChannel:
    """Keeps each chat at hand and tells open windows which one changed. An account is a handle ("mieke")."""

    name = NAME
    capabilities = Capabilities()

    def __init__(self, app: App, wake: asyncio.Event) -> None:
        self.app = app
        self.typing: set[str] = set()
        self._wake = wake
        self._chats: dict[str, chats.Chat] = {}
        self._listeners: set[Listener] = set()
        self._turns: dict[str, asyncio.Lock] = {}

    def chat(self, account: str) -> chats.Chat:
        """All that was said with one account; read from the database the first time."""
        if account not in self._chats:
            self._chats[account] = self._remembered(account)
        return self._chats[account]

    def wake(self) -> None:
        """Something may be owed now: let the sender look."""
        self._wake.set()

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with an account whenever its chat changes. Returns the way to end it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Show a card. A chat that nobody looks at takes it too: its window reads it later."""
        at = delivery.created_at or self.app.clock.now()
        self._change(delivery.account, chats.Told(delivery, at))
        return Sent(str(delivery.message_id))

    async def say(self, incoming: Incoming) -> None:
        """Take one message in and answer it; each account's in the order they came.

        While the database is locked or gone this waits: what was typed is not lost.
        """
        lock = self._turns.setdefault(incoming.account, asyncio.Lock())
        async with lock:
            self.typing.add(incoming.account)
            self._tell(incoming.account)
            try:
                await self._turn(incoming)
            finally:
                self.typing.discard(incoming.account)
                self.wake()
                self._tell(incoming.account)

    async def _turn(self, incoming: Incoming) -> None:
        now = self.app.clock.now()
        heard_id = await patiently(lambda: self.app.receive(incoming, now))
        if heard_id is not None:
            self._change(incoming.account, chats.Said(heard_id, incoming, now))
            await patiently(lambda: self.app.handle(heard_id, now))

    def _change(self, account: str, event: chats.Said | chats.Told) -> None:
        self._chats[account] = chats.after(self.chat(account), event)
        self._tell(account)

    def _tell(self, account: str) -> None:
        for listener in tuple(self._listeners):
            listener(account)

    def _remembered(self, account: str) -> chats.Chat:
        with transaction(self.app.engine) as session:
            known = accounts.at(session, NAME, account)
            heard = inbox.of_account(session, NAME, account)
            messages = outbox.of_account(session, known.id) if known else []
            return chats.of_rows(heard, messages)


def heard(account: str, text: str, forwarded_from: str | None = None, name: str = "") -> Incoming:
    """A message as the playground hears it. `forwarded_from` "" is a forward without a name."""
    return Incoming(
        NAME, account, event_id=uuid4().hex, text=text, forwarded_from=forwarded_from, display_name=name
    )


def unreadable(account: str, why: Literal["unreadable", "too_large"]) -> Incoming:
    """A file of which no text could be taken."""
    return Incoming(NAME, account, event_id=uuid4().hex, kind="media", media=why)


def pressed(account: str, token: str) -> Incoming:
    """A button, pressed."""
    return Incoming(NAME, account, event_id=uuid4().hex, kind="press", token=token)
