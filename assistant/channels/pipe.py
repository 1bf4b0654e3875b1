"""A channel for scripts: JSON lines in, JSON lines out, with a clock that stands still until it is told to move."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from assistant.app import App
from assistant.channels import sender
from assistant.founding import NameTakenError, create_collective
from assistant.messages import Capabilities, Delivery, Incoming, Media, Outcome, Sent
from assistant.pictures import data_uri, file_uri

NAME = "pipe"
ZONE = ZoneInfo("Europe/Amsterdam")  # of moments without a zone
Line = dict[str, Any]


class UnusableError(Exception):
    """A line that cannot be carried out; the message says why."""


class PipeChannel:
    """Writes each delivery as a line."""

    name = NAME
    capabilities = Capabilities()

    def __init__(self, write: Callable[[Line], None]) -> None:
        self._write = write

    async def deliver(self, delivery: Delivery) -> Outcome:
        """One line: a new message with its id, or an edit of an earlier one."""
        card = delivery.card
        what: Line = {"edit": int(delivery.edits)} if delivery.edits else {"id": delivery.message_id}
        buttons = [action.label for action in card.buttons]
        image = data_uri(card.picture) if card.picture else None
        line: Line = {"to": delivery.account} | what | {"text": card.text, "buttons": buttons, "image": image}
        if card.document is not None:
            line["document"] = {"name": card.document.name, "data": file_uri(card.document)}
        self._write(line)
        return Sent(delivery.edits or str(delivery.message_id))


class Pipe:
    """Carries out one input line after another."""

    def __init__(self, app: App, write: Callable[[Line], None]) -> None:
        self._app, self._write = app, write
        self._channel = PipeChannel(write)
        self._count = 0
        self._events = app.last_event()

    async def run(self, lines: Iterable[str]) -> None:
        """Until the input ends. First what a former run left undone."""
        self._app.catch_up(self._now())
        await self._deliver()
        for text in lines:
            if text.strip():
                await self.carry_out(text)

    async def carry_out(self, text: str) -> None:
        """One line, everything it leads to, and `done`."""
        self._count += 1
        done: Line = {"done": self._count}
        try:
            await self._do(_parsed(text))
        except UnusableError as fault:
            done["error"] = str(fault)
        self._write(done)

    async def _do(self, line: Line) -> None:
        match line:
            case {"now": str(moment)}:
                await self._move(moment_of(moment))
            case {"as": "operator", "do": str(what)}:
                self._operate(what, line)
            case {"from": str(who)} if who.strip():
                self._hear(who, line)
                await self._settle()
            case _:
                raise UnusableError("a line needs `from`, `now`, or `as` with `do`")

    def _hear(self, who: str, line: Line) -> None:
        self._events += 1
        event = str(self._events)
        plain = Incoming(NAME, who, event, display_name=who, handle=f"@{who}")
        self._app.hear(replace(plain, **self._what(who, line, event)), self._now())

    def _what(self, who: str, line: Line, event: str) -> Line:
        """The fields of an Incoming that this line fills."""
        match line:
            case {"press": str(label)}:
                token = self._app.find_button(NAME, who, label)
                if token is None:
                    raise UnusableError(f"no button of {who} contains {label!r}")
                return {"kind": "press", "token": token}
            case {"media": str(media)} if media in get_args(Media):
                return {"kind": "media", "media": media}
            case {"blocked": bool(blocked)}:
                return {"kind": "blocked" if blocked else "unblocked"}
            case {"text": str(text)}:
                edited = line.get("edited")
                name = event if edited is None else str(edited)
                forwarded = line.get("forwarded_from")
                if not isinstance(forwarded, str | None):
                    raise UnusableError("`forwarded_from` is a name")
                return {
                    "text": text,
                    "forwarded_from": forwarded,
                    "message_id": name,
                    "edited": edited is not None,
                }
            case _:
                raise UnusableError("`from` needs `text`, `press` or `media`")

    def _operate(self, what: str, line: Line) -> None:
        name, coordinator, language = line.get("name"), line.get("coordinator"), line.get("language", "nl")
        if what != "collective create" or not isinstance(name, str) or not isinstance(coordinator, str):
            raise UnusableError("the operator can: collective create, with name and coordinator")
        if language not in ("nl", "en"):
            raise UnusableError("`language` is nl or en")
        try:
            founded = create_collective(self._app, name, coordinator, language, self._now())
        except NameTakenError as fault:
            raise UnusableError(f"there is a collective called {name!r} already") from fault
        except ValueError as fault:
            raise UnusableError(str(fault)) from fault
        text = "\n".join(filter(None, (f"/start {founded.code}", founded.link)))
        self._write({"to": "operator", "id": 0, "text": text, "buttons": [], "image": None})

    async def _move(self, to: datetime) -> None:
        """Every moment at which something is due comes by, in order, before the clock stands at `to`."""
        if to < self._now():
            raise UnusableError("the clock does not go back")
        while (due := self._app.next_due()) is not None and self._now() < due <= to:
            self._app.clock.stand_at(due)
            await self._settle()
        self._app.clock.stand_at(to)
        await self._settle()

    async def _settle(self) -> None:
        """Deliver what is owed, and what the clock does at this same moment."""
        await self._deliver()
        due = self._app.next_due()
        if due is not None and due <= self._now():
            self._app.tick(self._now())
            await self._deliver()

    async def _deliver(self) -> None:
        await sender.drain(self._app, [self._channel], self._now)

    def _now(self) -> datetime:
        return self._app.clock.now()


def _parsed(text: str) -> Line:
    try:
        line = json.loads(text)
    except json.JSONDecodeError as fault:
        raise UnusableError("not a line of JSON") from fault
    if not isinstance(line, dict):
        raise UnusableError("a line is a JSON object")
    return line


def moment_of(text: str) -> datetime:
    """The moment somebody wrote, in UTC; without a zone it is Dutch time. Raises UnusableError."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)
    except (OverflowError, ValueError) as fault:
        raise UnusableError(f"{text!r} is no moment such as 2026-11-23T09:00") from fault
