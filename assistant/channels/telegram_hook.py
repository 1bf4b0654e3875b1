"""Telegram by webhook: Telegram brings updates to an address of ours, instead of our asking for them."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from assistant.channels import telegram_updates as updates
from assistant.channels.envelopes import decoded, reading
from assistant.channels.hooks import HookFront, Mailroom
from assistant.channels.patience import where
from assistant.channels.porter import Brought, ForgedError
from assistant.channels.telegram import ALBUM_S, TelegramChannel
from assistant.errors import SettingsError
from assistant.messages import Arrived, Incoming, Unfetched
from assistant.settings import TELEGRAM_API

log = logging.getLogger(__name__)

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  the header's name
CONNECTIONS = 40  # at once; Telegram keeps the updates of one chat in order, one after another


class TelegramWebhook(TelegramChannel):
    """The bot behind one token, hearing at `url`."""

    def __init__(
        self, app: HookFront, token: str, url: str, secret: str | None = None, api_url: str = TELEGRAM_API
    ) -> None:
        """`secret` proves that a request is Telegram's; without one it is made from the token."""
        super().__init__(app, token, api_url)
        self._url, self._secret = url, secret or secret_of(token)
        self.mailroom = Mailroom(app, self)

    @property
    def routes(self) -> Sequence[Route]:
        """Where Telegram posts: the path of the public address."""
        return [self.mailroom.porter.route(urlsplit(self._url).path or "/")]

    async def listen(self, wake: asyncio.Event) -> None:
        """Carry out what comes until cancelled. Raises SettingsError for a refused token or address."""
        try:
            async with asyncio.TaskGroup() as work:
                work.create_task(self._introduce())
                work.create_task(self.mailroom.work(wake))
        except* InvalidToken:
            raise SettingsError("Telegram does not accept SEINTJE_TELEGRAM_TOKEN") from None

    async def _choose_way(self) -> None:
        await set_webhook(self._bot, self._url, self._secret)

    # --- what the mailroom asks

    def brought(self, body: bytes, headers: Mapping[str, str]) -> Brought:
        """One update. Raises ForgedError without the secret, MalformedError for what is no update."""
        if not hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            raise ForgedError
        return update_in(body)

    def fetches_after(self, content: dict[str, Any]) -> float | None:
        """The parts of an album come one after another; a document is fetched at once."""
        if not isinstance(updates.read(content), Unfetched):
            return None
        return ALBUM_S if "media_group_id" in content.get("message", {}) else 0.0

    async def fetched(
        self, heard_id: int, unread: Mapping[int, dict[str, Any]]
    ) -> Mapping[int, Incoming | None]:
        """This update; of an album all parts, as one message in the place of the first."""
        updates_of = {number: _update(content) for number, content in unread.items()}
        name = updates.name_of(updates_of[heard_id])
        parts = {number: each for number, each in updates_of.items() if updates.name_of(each) == name}
        understood = await asyncio.gather(*map(self._understood, parts.values()))
        wholes = updates.in_order(list(parts.values()), understood)
        return dict.fromkeys(parts) | ({min(parts): wholes[0]} if wholes else {})

    def welcome(self, arrived: Sequence[Arrived]) -> None:
        """End the spinner on a button, and leave groups."""
        for each in arrived:
            try:
                self._be_polite(Update.de_json(each.content, None))
            except Exception as fault:  # noqa: BLE001  a courtesy; the update itself is set aside where it is read
                log.debug("telegram: %s", where(fault))


def update_in(body: bytes) -> Brought:
    """The update of a request. Raises MalformedError."""
    with reading():
        content = decoded(body)
        return Brought([Arrived(str(int(content["update_id"])), updates.chat_of(content), content)])


async def set_webhook(bot: Bot, url: str, secret: str) -> None:
    """Let Telegram bring updates here from now on. Raises TelegramError."""
    await bot.set_webhook(
        url, secret_token=secret, allowed_updates=updates.KINDS, max_connections=CONNECTIONS
    )


def secret_of(token: str) -> str:
    """A secret that only who has the token can make, so that there is one less to keep."""
    return hmac.new(token.encode(), b"seintje webhook", hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Seen:
    """What Telegram says of the bot: its name, where updates are brought, how many wait, what went wrong last."""

    name: str
    url: str
    waiting: int
    trouble: str | None = None

    def __str__(self) -> str:
        """For the operator."""
        if not self.url:
            return f"@{self.name}: Telegram brings nothing; `seintje run` asks for updates itself."
        trouble = f" The last trouble with that: {self.trouble}." if self.trouble else ""
        waiting = f"{self.waiting} {'is' if self.waiting == 1 else 'are'} waiting"
        return f"@{self.name}: Telegram brings updates to {self.url}; {waiting}.{trouble}"


def look(token: str, api_url: str) -> Seen:
    """What Telegram says of the bot now. Raises SettingsError, also when Telegram cannot be asked."""
    return asyncio.run(_asked(token, api_url, _seen))


def point(token: str, api_url: str, url: str | None, secret: str | None) -> Seen:
    """Set the webhook, or with None take it away; what Telegram then says. Raises SettingsError."""

    async def done(bot: Bot) -> Seen:
        if url is None:
            await bot.delete_webhook()
        else:
            await set_webhook(bot, url, secret or secret_of(token))
        return await _seen(bot)

    return asyncio.run(_asked(token, api_url, done))


async def _asked(token: str, api_url: str, question: Callable[[Bot], Awaitable[Seen]]) -> Seen:
    request = HTTPXRequest()
    try:
        return await question(Bot(token, base_url=api_url, request=request))
    except InvalidToken:
        raise SettingsError("Telegram does not accept SEINTJE_TELEGRAM_TOKEN") from None
    except TelegramError as fault:
        raise SettingsError(f"Telegram cannot be asked: {fault.message.replace(token, '***')}") from None
    finally:
        await request.shutdown()


async def _seen(bot: Bot) -> Seen:
    me, hook = await bot.get_me(), await bot.get_webhook_info()
    return Seen(me.username or "", hook.url, hook.pending_update_count, hook.last_error_message)


def _update(content: dict[str, Any]) -> Update:
    """An update that cannot be read is its number alone: it says nothing, and the others still do."""
    try:
        return Update.de_json(content, None)
    except Exception as fault:  # noqa: BLE001  the library raises whatever a missing field makes it stumble over
        log.error("telegram: update %s cannot be read: %s", content["update_id"], where(fault))  # noqa: TRY400
        return Update(int(content["update_id"]))
