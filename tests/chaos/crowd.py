"""A crowd that keeps Seintje busy: some tell when they are free, some pass leads on and confirm them, some say yes."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from tests.channels.fake_telegram import FakeTelegram, Fault, Shown

ROLES = ("projectleider", "communicatieadviseur", "data-analist", "jurist", "hr-adviseur", "product owner")
PLACES = ("Utrecht", "Zwolle", "Groningen", "Eindhoven", "Arnhem", "Leiden", "Breda", "Almere")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober")
CLOUDS = 3  # faults that may wait at once for what they happen to
PAUSE_S = (1.0, 2.0)  # between two messages of one person: about what a chat may get back


@dataclass
class Crowd:
    """Who is in it, and what they did: statements and confirmed leads per chat."""

    telegram: FakeTelegram
    random: random.Random
    speakers: tuple[int, ...]
    sources: tuple[int, ...]
    statements: Counter[int] = field(default_factory=Counter)
    confirmed: Counter[int] = field(default_factory=Counter)
    interested: Counter[int] = field(default_factory=Counter)
    _numbers: "count[int]" = field(default_factory=count)
    _leads: "count[int]" = field(default_factory=count)

    async def live(self, stop: asyncio.Event) -> None:
        """Everybody goes on until `stop`, and then finishes what they were saying."""
        async with asyncio.TaskGroup() as work:
            for chat in self.speakers:
                work.create_task(self._speak(chat, stop))
            for chat in self.sources:
                work.create_task(self._bring(chat, stop))
            work.create_task(self._weather(stop))

    async def _speak(self, chat: int, stop: asyncio.Event) -> None:
        """Say when you are free, and say yes to what is offered in between."""
        answered: set[str] = set()
        while not stop.is_set():
            number = next(self._numbers)
            day, month, days = 1 + number % 28, MONTHS[number // 28 % 10], 1 + self.random.randrange(5)
            told = len(self.telegram.chats[chat])
            await self.telegram.says(chat, f"Vanaf {day} {month} {days} dagen per week vrij")
            self.statements[chat] += 1
            is_answered = False
            while not is_answered and not stop.is_set():  # on a busy machine the crowd is slower too
                await asyncio.sleep(0.02)
                is_answered = len(self.telegram.chats[chat]) > told
            offer = self._newest(chat, "Interesse", answered)
            if offer is not None:
                answered.add(offer[1])
                await self.telegram.presses_data(chat, offer[1], offer[0].message_id)
                self.interested[chat] += 1
            await asyncio.sleep(self.random.uniform(*PAUSE_S))

    async def _bring(self, chat: int, stop: asyncio.Event) -> None:
        """Tell of work, wait for the read-back, and press "Klopt", sometimes twice."""
        pressed: set[str] = set()
        while not stop.is_set():
            await self.telegram.says(chat, self._lead())
            found = None
            while found is None and not stop.is_set():
                await asyncio.sleep(0.02)
                found = self._newest(chat, "Klopt", pressed)
            if found is None:
                return
            shown, data = found
            pressed.add(data)
            self.confirmed[chat] += 1
            for _ in range(self.random.choice((1, 1, 2))):
                await self.telegram.presses_data(chat, data, shown.message_id)
            await asyncio.sleep(self.random.uniform(*PAUSE_S))

    async def _weather(self, stop: asyncio.Event) -> None:
        """Now and then Telegram falters: too fast, a bad gateway, a line that drops before or after it took a message."""
        while not stop.is_set():
            await asyncio.sleep(self.random.uniform(0.5, 1.5))
            if len(self.telegram.faults) >= CLOUDS:
                continue  # a busy machine meets them slower than they gather
            chat = self.random.choice(self.speakers + self.sources)
            self.telegram.faults.append(
                self.random.choice(
                    (
                        Fault("sendMessage", chat, 429, "Too Many Requests: retry after 1", retry_after=1),
                        Fault("sendMessage", chat, 502, "Bad Gateway"),
                        Fault("sendMessage", chat),
                        Fault("sendMessage", chat, taken=True),
                        Fault("getUpdates", taken=True),
                    )
                )
            )

    def _newest(self, chat: int, label: str, pressed: set[str]) -> tuple[Shown, str] | None:
        for shown in reversed(self.telegram.chats[chat]):
            for text, data in shown.buttons:
                if label in text and data not in pressed:
                    return shown, data
        return None

    def _lead(self) -> str:
        """Work of which the same was never told before: 480 kinds of it."""
        number = next(self._leads)
        role, place = ROLES[number % 6], PLACES[number // 6 % 8]
        month = MONTHS[number // 48 % 10]
        return f"Heb een opdracht: {role} in {place}, 32 uur p/w, vanaf 1 {month}, max {80 + number % 40}"
