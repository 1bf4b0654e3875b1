"""A crowd that keeps Seintje busy: some tell when they are free, some pass leads on and confirm them, some say yes."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from tests.chaos.sides import Choice, Side

ROLES = ("projectleider", "communicatieadviseur", "data-analist", "jurist", "hr-adviseur", "product owner")
PLACES = ("Utrecht", "Zwolle", "Groningen", "Eindhoven", "Arnhem", "Leiden", "Breda", "Almere")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober")
PAUSE_S = (1.0, 2.0)  # between two messages of one person: about what a chat may get back
BURST = 0.1  # how often somebody says two things in one breath


@dataclass
class Crowd:
    """Who is in it, on which side, and what they did: statements, confirmed leads and yeses per chat."""

    random: random.Random
    speakers: Mapping[str, Side]
    sources: Mapping[str, Side]
    statements: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    interested: Counter[str] = field(default_factory=Counter)
    _numbers: "count[int]" = field(default_factory=count)
    _leads: "count[int]" = field(default_factory=count)

    @property
    def everybody(self) -> dict[str, Side]:
        """All chats."""
        return {**self.speakers, **self.sources}

    async def live(self, stop: asyncio.Event) -> None:
        """Everybody goes on until `stop`, and then finishes what they were saying."""
        async with asyncio.TaskGroup() as work:
            for chat, side in self.speakers.items():
                work.create_task(self._speak(chat, side, stop))
            for chat, side in self.sources.items():
                work.create_task(self._bring(chat, side, stop))
            work.create_task(self._weather(stop))

    async def _speak(self, chat: str, side: Side, stop: asyncio.Event) -> None:
        """Say when you are free, and say yes to what is offered in between."""
        answered: set[str] = set()
        while not stop.is_set():
            told = len(side.bubbles(chat))
            sayings = 2 if self.random.random() < BURST else 1
            self.statements[chat] += sayings
            await asyncio.gather(*(side.says(chat, self._statement()) for _ in range(sayings)))
            is_answered = False
            while not is_answered and not stop.is_set():  # on a busy machine the crowd is slower too
                await asyncio.sleep(0.05)
                is_answered = len(side.bubbles(chat)) > told
            offer = _newest(side, chat, "Interesse", answered)
            if offer is not None:
                answered.add(offer.token)
                self.interested[chat] += 1
                await side.presses(chat, offer)
            await asyncio.sleep(self.random.uniform(*PAUSE_S))

    async def _bring(self, chat: str, side: Side, stop: asyncio.Event) -> None:
        """Tell of work, wait for the read-back, and press "Klopt", sometimes twice."""
        pressed: set[str] = set()
        while not stop.is_set():
            pressed |= {each.token for each in side.choices(chat)}  # what is asked from here on
            await side.says(chat, self._lead())
            found = None
            while found is None and not stop.is_set():
                await asyncio.sleep(0.05)
                found = _newest(side, chat, "Klopt", pressed)
            if found is None:
                return
            pressed.add(found.token)
            self.confirmed[chat] += 1
            taps = self.random.choice((1, 1, 2))
            await asyncio.gather(*(side.presses(chat, found) for _ in range(taps)))
            await asyncio.sleep(self.random.uniform(*PAUSE_S))

    async def _weather(self, stop: asyncio.Event) -> None:
        """Now and then a platform falters: too fast, a bad gateway, a line that drops before or after it took a message."""
        while not stop.is_set():
            await asyncio.sleep(self.random.uniform(0.3, 1.0))
            chat, side = self.random.choice(list(self.everybody.items()))
            side.falter(chat, self.random)

    def _statement(self) -> str:
        number = next(self._numbers)
        day, month, days = 1 + number % 28, MONTHS[number // 28 % 10], 1 + self.random.randrange(5)
        return f"Vanaf {day} {month} {days} dagen per week vrij"

    def _lead(self) -> str:
        """Work of which the same was never told before: 480 kinds of it."""
        number = next(self._leads)
        role, place = ROLES[number % 6], PLACES[number // 6 % 8]
        month = MONTHS[number // 48 % 10]
        return f"Heb een opdracht: {role} in {place}, 32 uur p/w, vanaf 1 {month}, max {80 + number % 40}"


def _newest(side: Side, chat: str, label: str, pressed: set[str]) -> Choice | None:
    return next(
        (each for each in side.choices(chat) if label in each.label and each.token not in pressed), None
    )
