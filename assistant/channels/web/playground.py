"""The playground behind the page: everybody you can play, what is unread, and the clock you can move."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from assistant.app import App
from assistant.channels import documents
from assistant.channels.patience import patiently
from assistant.channels.web import clock, people
from assistant.channels.web.channel import NAME, WebChannel, heard, pressed, unreadable
from assistant.channels.web.people import Person
from assistant.channels.web.texts import Done, Kind, Texts
from assistant.demo import Guest
from assistant.messages import Incoming
from db.session import DatabaseError

LATE_S = 3.0  # after so long it is said that an answer takes longer than usual

Listener = Callable[[str | None], None]


class Playground:
    """One per process. Windows listen to it: they are told a handle, or None for what concerns them all."""

    def __init__(
        self, app: App, channel: WebChannel, roster: Sequence[tuple[str, str]], guests: Sequence[Guest]
    ) -> None:
        self.app, self.channel = app, channel
        self.moving = False
        self.late: set[str] = set()
        self._roster = roster
        self.guests = {guest.handle: guest for guest in guests}
        self.zone = people.zone(app.engine)
        self.people = self._read_people()
        self._seen = {handle: len(channel.chat(handle)) for handle in self.people}
        self._listeners: set[Listener] = set()
        channel.follow(self._tell)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` on every change. Returns the way to end it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def kind(self, handle: str) -> Kind:
        """What somebody is to the collective: it decides the examples they are offered."""
        person = self.people[handle]
        if person.collective_id is not None:
            return "coordinator" if person.coordinator else "member"
        guest = self.guests.get(handle)  # none for a member who left
        return "newcomer" if guest and guest.code else "stranger"

    def unread(self, handle: str) -> int:
        """How many messages from Seintje nobody has looked at."""
        return sum(not bubble.mine for bubble in self.channel.chat(handle)[self._seen[handle] :])

    def look(self, handle: str) -> None:
        """Somebody has this chat before them: all of it is read now."""
        if self._seen[handle] != len(self.channel.chat(handle)):
            self._seen[handle] = len(self.channel.chat(handle))
            self._tell(handle)

    def is_done(self, done: Done) -> bool:
        """Whether a step of the guide has been taken."""
        chat = self.channel.chat(done.who) if done.who in self.people else ()
        return any(b.kind == "press" if done.kind == "press" else not b.mine for b in chat)

    def suggestions(self, handle: str, texts: Texts) -> list[str]:
        """What somebody might say, in the language of the page."""
        code = self.guests[handle].code if handle in self.guests else ""
        return [text.replace("{code}", code) for text in texts.suggestions[self.kind(handle)]]

    async def write(self, handle: str, text: str, forwarded_from: str | None) -> None:
        """Somebody sends a message; it is answered when this returns."""
        await self._say(handle, heard(handle, text, forwarded_from, self.people[handle].name))

    async def press(self, handle: str, token: str) -> None:
        """Somebody presses a button."""
        await self._say(handle, pressed(handle, token))

    async def attach(self, handle: str, data: bytes, name: str, forwarded_from: str | None) -> None:
        """Somebody sends a file: its text is the message. Of what cannot be read Seintje hears just that."""
        try:
            text = await documents.read_apart(data, name, None)
        except documents.UnreadableError:
            await self._say(handle, unreadable(handle, "unreadable"))
        except documents.TooLargeError:
            await self._say(handle, unreadable(handle, "too_large"))
        else:
            await self.write(handle, text, forwarded_from)

    async def move(self, step: clock.Step) -> None:
        """Move the clock on; what is due on the way happens in order."""
        if self.moving:
            return
        self.moving = True
        self._tell(None)
        try:
            to = clock.moved(self.app.clock.now(), step, self.zone)
            await patiently(lambda: self.app.advance(to))
            self.app.clock.offset += max(to - self.app.clock.now(), timedelta(0))
        finally:
            self.moving = False
            self.channel.wake()
            self._tell(None)

    async def _say(self, handle: str, incoming: Incoming) -> None:
        late = asyncio.get_running_loop().call_later(LATE_S, self._is_late, handle)
        try:
            await self.channel.say(incoming)
        finally:
            late.cancel()
            self.late.discard(handle)
        with suppress(DatabaseError):  # gone again just now: the line under a name is read again next time
            self.people = await asyncio.to_thread(self._read_people)
        self._tell(handle)

    def _is_late(self, handle: str) -> None:
        self.late.add(handle)
        self._tell(handle)

    def _read_people(self) -> dict[str, Person]:
        return {p.handle: p for p in people.read(self.app.engine, NAME, self._roster)}

    def _tell(self, handle: str | None) -> None:
        for listener in tuple(self._listeners):
            listener(handle)
