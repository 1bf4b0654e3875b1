"""A chat in the terminal: you type, Seintje answers below; a number presses the button of that number."""

import asyncio
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from assistant.app import App
from assistant.channels import sender
from assistant.channels.patience import patiently
from assistant.messages import Action, Capabilities, Delivery, Document, Incoming, Outcome, Sent

QUIT = "/quit"
LOOK_S = 1.0  # how often we look for what others caused, while nobody types


class TerminalChannel:
    """Prints what one person gets. Each person is a channel of their own: nobody else's messages appear here."""

    capabilities = Capabilities()

    def __init__(self, person: str, write: Callable[[str], None]) -> None:
        self.name = f"terminal:{person}"
        self._write = write
        self._buttons: list[Action] = []
        self._is_answered = True

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Print a card; "~" marks one that replaces an earlier one. Its buttons are numbered."""
        if delivery.card.buttons and self._is_answered:
            self._buttons, self._is_answered = [], False
        first = len(self._buttons) + 1
        self._buttons += delivery.card.buttons
        labels = [f"[{n}] {action.label}" for n, action in enumerate(delivery.card.buttons, first)]
        text = f"~ {delivery.card.text}" if delivery.edits else delivery.card.text
        file = delivery.card.document
        kept = f"[{_keep(file)}]" if file else ""
        self._write("\n".join(filter(None, [text, kept, "  ".join(labels)])) + "\n")
        return Sent(delivery.edits or str(delivery.message_id))

    def heard(self, person: str, line: str) -> Incoming:
        """What was typed: words, or the number of a button in sight."""
        self._is_answered = True
        event = Incoming(self.name, person, uuid4().hex, display_name=person)
        if line.isdecimal() and 0 < int(line) <= len(self._buttons):
            return replace(event, kind="press", token=self._buttons[int(line) - 1].token)
        return replace(event, text=line)


async def converse(app: App, person: str, lines: Iterable[str], write: Callable[[str], None]) -> None:
    """Talk until the lines end or one says /quit. Each line is answered before the next is read."""
    channel = TerminalChannel(person, write)
    lock = asyncio.Lock()

    async def settle(heard: Incoming | None = None) -> None:
        async with lock:
            await patiently(lambda: _turn(app, heard))
            await sender.drain(app, [channel], app.clock.now)

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            await settle()

    await patiently(lambda: app.catch_up(app.clock.now()))
    await settle()
    looking = asyncio.create_task(look())
    typed = _queue_of(lines)
    while (line := await typed.get()) is not None and line.strip() != QUIT:
        if line.strip():
            await settle(channel.heard(person, line.strip()))
    looking.cancel()


def run(app: App, person: str) -> None:
    """Talk here, now, as this person."""
    if sys.stdin.isatty():
        print(f"Je bent {person}. Een nummer drukt op een knop; {QUIT} stopt.\n")
    # A file of our own: the thread that waits for a line would otherwise hold sys.stdin while Python ends.
    lines = os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8", errors="replace")
    asyncio.run(converse(app, person, lines, lambda text: print(text, flush=True)))


def _keep(file: Document) -> Path:
    """Put a file where only this user can read it."""
    path = Path(tempfile.mkdtemp(prefix="seintje-")) / Path(file.name).name
    path.write_bytes(file.data)
    return path


def _turn(app: App, heard: Incoming | None) -> None:
    now = app.clock.now()
    if heard is not None:
        app.hear(heard, now)
    due = app.next_due()
    if due is not None and due <= now:
        app.tick(now)


def _queue_of(lines: Iterable[str]) -> asyncio.Queue[str | None]:
    """The lines, read in a thread that nobody has to wait for when the talk ends; None after the last."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in lines:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return queue
