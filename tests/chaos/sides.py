"""The two fake platforms as the crowd and the audit see them: who says what, what is shown to whom, what goes wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from assistant.channels.pieces import unbroken
from assistant.channels.whatsapp_cards import bodies
from assistant.messages import Card
from tests.channels.fake_telegram import FakeTelegram
from tests.channels.fake_telegram import Fault as TelegramFault
from tests.channels.fake_whatsapp import FakeWhatsApp, said, shown
from tests.channels.fake_whatsapp import Fault as WhatsAppFault

CLOUDS = 3  # faults that may wait at once for what they happen to


@dataclass(frozen=True)
class Choice:
    """A button that is shown: what it sends, and the message it stands under."""

    token: str
    label: str
    number: int


@dataclass(frozen=True)
class Bubble:
    """A message in a chat: every text it had. `cut`: taken, but we were never told; `row`: ours that it names."""

    chat: str
    name: str
    texts: tuple[str, ...]
    at: float
    cut: bool
    row: int | None = None


class Side(Protocol):
    """One platform. Chats are named as our accounts are."""

    channel: str

    def open(self, chat: str) -> None:
        """This person has written to us before."""
        ...

    async def says(self, chat: str, text: str) -> None:
        """A message."""
        ...

    async def presses(self, chat: str, choice: Choice) -> None:
        """A button."""
        ...

    def choices(self, chat: str) -> list[Choice]:
        """Every button in a chat, newest first."""
        ...

    def bubbles(self, chat: str) -> list[Bubble]:
        """What a person was shown, in order."""
        ...

    def parts(self, card: Card) -> Sequence[str]:
        """The messages a card is here."""
        ...

    def said(self) -> list[str]:
        """The name of every event people made."""
        ...

    def is_quiet(self) -> bool:
        """Whether nothing waits to be brought to us."""
        ...

    def falter(self, chat: str, chance: Random) -> None:
        """Let something go wrong in a chat, unless enough of that is about to happen."""
        ...

    def storm(self, chats: Sequence[str]) -> None:
        """Ask for patience in all these chats at once."""
        ...

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        ...


class Telegram:
    """Updates brought by webhook, or asked for."""

    channel = "telegram"

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake

    def open(self, chat: str) -> None:
        self.fake.chats[int(chat)] = []

    async def says(self, chat: str, text: str) -> None:
        await self.fake.says(int(chat), text)

    async def presses(self, chat: str, choice: Choice) -> None:
        await self.fake.presses_data(int(chat), choice.token, choice.number)

    def choices(self, chat: str) -> list[Choice]:
        return [
            Choice(token, label, each.message_id)
            for each in reversed(self.fake.chats[int(chat)])
            for label, token in each.buttons
        ]

    def bubbles(self, chat: str) -> list[Bubble]:
        return [
            Bubble(
                chat,
                str(each.message_id),
                tuple(each.versions),
                each.at,
                each.message_id in self.fake.cut,
            )
            for each in self.fake.chats[int(chat)]
        ]

    def parts(self, card: Card) -> Sequence[str]:
        return (unbroken(card.text),)

    def said(self) -> list[str]:
        return [str(each) for each in self.fake.issued]

    def is_quiet(self) -> bool:
        return not self.fake.pending

    def falter(self, chat: str, chance: Random) -> None:
        if len(self.fake.faults) >= CLOUDS:
            return  # a busy machine meets them slower than they gather
        number = int(chat)
        self.fake.faults.append(
            chance.choice(
                (
                    TelegramFault(
                        "sendMessage", number, 429, "Too Many Requests: retry after 1", retry_after=1
                    ),
                    TelegramFault("sendMessage", number, 502, "Bad Gateway"),
                    TelegramFault("sendMessage", number),
                    TelegramFault("sendMessage", number, taken=True),
                    TelegramFault("getUpdates", taken=True),
                )
            )
        )

    def storm(self, chats: Sequence[str]) -> None:
        self.fake.faults += [
            TelegramFault("sendMessage", int(chat), 429, "Too Many Requests: retry after 1", retry_after=1)
            for chat in chats
        ]

    def clear(self) -> None:
        self.fake.faults.clear()


class WhatsApp:
    """Each of our messages names its row, so that here nothing has to be guessed."""

    channel = "whatsapp"

    def __init__(self, fake: FakeWhatsApp) -> None:
        self.fake = fake

    def open(self, chat: str) -> None:
        self.fake.heard[number_of(chat)] = self.fake.now

    async def says(self, chat: str, text: str) -> None:
        await self.fake.says(number_of(chat), text)

    async def presses(self, chat: str, choice: Choice) -> None:
        who = number_of(chat)
        await self.fake.presses_data(who, self.fake.chats[who][choice.number], choice.label, choice.token)

    def choices(self, chat: str) -> list[Choice]:
        sent = self.fake.chats[number_of(chat)]
        return [
            Choice(token, label, number)
            for number in reversed(range(len(sent)))
            for label, token in shown(sent[number])
        ]

    def bubbles(self, chat: str) -> list[Bubble]:
        return [
            Bubble(
                chat,
                each.name,
                (said(each.body),),
                each.at,
                each.cut,
                int(each.body["biz_opaque_callback_data"]),
            )
            for each in self.fake.accepted
            if each.who == number_of(chat)
        ]

    def parts(self, card: Card) -> Sequence[str]:
        return [said(each) for each in bodies(card)]

    def said(self) -> list[str]:
        return self.fake.brought

    def is_quiet(self) -> bool:
        return self.fake.under_way == 0

    def falter(self, chat: str, chance: Random) -> None:
        if len(self.fake.faults) >= CLOUDS:
            return
        who = number_of(chat)
        self.fake.faults.append(
            chance.choice(
                (
                    WhatsAppFault(who, 429, 130429),
                    WhatsAppFault(who, 500, 131000),
                    WhatsAppFault(who),
                    WhatsAppFault(who, taken=True),
                )
            )
        )

    def storm(self, chats: Sequence[str]) -> None:
        self.fake.faults += [WhatsAppFault(number_of(chat), 429, 130429) for chat in chats]

    def clear(self) -> None:
        self.fake.faults.clear()


def number_of(chat: str) -> str:
    """A person is known to us by a business-scoped id, to this platform by a number."""
    return chat.removeprefix("NL.")
