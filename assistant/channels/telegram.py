"""Telegram: hears by long polling and writes to private chats. The library is only our client.

Telegram keeps an update until a poll asks for what comes after it. So we store first and ask on later:
whatever ends this process, an update is in our inbox or comes again, and the inbox drops what comes again.
"""

import asyncio
import itertools
import logging
import os
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from telegram import Bot, Chat, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from assistant.channels import Front, Pace, carrying
from assistant.channels import telegram_updates as updates
from assistant.channels.documents import Readers, TooLargeError, UnreadableError
from assistant.channels.envelopes import Enclosed, checked, words_in
from assistant.channels.patience import patiently, where
from assistant.channels.pieces import parts, unbroken
from assistant.channels.telegram_cards import keyboard, menu
from assistant.errors import SettingsError
from assistant.messages import (
    Arrived,
    Capabilities,
    Delivery,
    Gone,
    Incoming,
    Media,
    Outcome,
    Refused,
    Retry,
    Sent,
)
from assistant.pictures import png
from assistant.settings import TELEGRAM_API

os.environ.setdefault(
    "PTB_TIMEDELTA", "1"
)  # the library's switch to its next form; without it each 429 warns
log = logging.getLogger(__name__)

LONG_POLL_S = 30
BATCH = 25  # of updates: few, so that a process that dies early still gets further than the one before it
ALBUM_S = 0.7  # the parts of an album are separate updates, sent together
CONFLICT_S = 15.0  # another process polls: quarrelling faster helps neither
MOST_BACKOFF_S = 60.0
UNREAD = "unread"  # beside the number of an update that the library cannot read: what it was
TRIES = 3  # of a download, before we say that we could not read it
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNEDITABLE = ("can't be edited", "to edit not found", "message_id_invalid", "identifier is not specified")


class TelegramChannel:
    """The bot behind one token. `listen` and `deliver` run side by side; `close` when both are done."""

    name = updates.CHANNEL
    capabilities = Capabilities(max_text=4096, max_buttons=8, max_label=60, can_edit=True)
    pace = Pace(per_chat=1, overall=30)

    def __init__(self, app: Front, token: str, api_url: str = TELEGRAM_API) -> None:
        """`api_url` ends in "/bot"; files are fetched from "/file/bot" beside it."""
        for noisy in (
            "httpx",
            "httpcore",
            "telegram",
        ):  # they write messages, and addresses that hold the token
            logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)
        self._app, self._token = app, token
        app.read_with(self.name, updates.read)
        self._requests = (
            PollRequest(connection_pool_size=2),
            HTTPXRequest(connection_pool_size=64, pool_timeout=30, read_timeout=20),
        )
        self._bot = Bot(
            token,
            base_url=api_url,
            base_file_url=f"{api_url.removesuffix('/bot')}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self._stored: asyncio.Queue[int] = asyncio.Queue()
        self._aside: set[asyncio.Task[None]] = set()
        self._albums_seen: set[str] = set()
        self._parts_sent: dict[int, int] = {}  # of a message in parts: how many Telegram has
        self._readers = Readers()

    async def listen(self, wake: asyncio.Event) -> None:
        """Hear until cancelled; `wake` is set after each message handled. Raises SettingsError for a refused token."""
        try:
            await self._introduce()
            async with asyncio.TaskGroup() as work:
                work.create_task(self._handle(wake))
                work.create_task(self._poll())
        except* InvalidToken:
            raise SettingsError("Telegram does not accept SEINTJE_TELEGRAM_TOKEN") from None

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Write one card to a chat, or over an earlier one. Every fault is an Outcome."""
        try:
            platform_id = await self._write(delivery)
        except RetryAfter as halt:
            return Retry(_seconds(halt.retry_after))
        except Forbidden:
            return Gone("blocked by the person")
        except BadRequest as refusal:
            gone = "chat not found" in refusal.message.lower()
            return Gone("no such chat") if gone else Refused(refusal.message.replace(self._token, "***"))
        except TelegramError as fault:
            kind = type(fault).__name__
            log.warning("telegram: message %s, try %s: %s", delivery.message_id, delivery.attempts + 1, kind)
            return Retry(fault=kind)
        self._parts_sent.pop(delivery.message_id, None)
        return Sent(platform_id)

    async def close(self) -> None:
        """End the connections."""
        for task in self._aside:
            task.cancel()
        for request in self._requests:
            await request.shutdown()

    # --- hearing

    async def _introduce(self) -> None:
        """Say who we are and what the menu shows, as soon as Telegram can be reached."""
        for tries in itertools.count(1):
            try:
                await self._choose_way()
                me = await self._bot.get_me()
                for language, shown_to in (("nl", None), ("nl", "nl"), ("en", "en")):
                    await self._bot.set_my_commands(menu(language), language_code=shown_to)
            except TelegramError as fault:
                await wait_out(fault, tries)
            else:
                await patiently(partial(self._app.set_bot_name, me.username or ""))
                log.info("telegram: listening as %s", me.username)
                return

    async def _choose_way(self) -> None:
        """Telegram lets us ask for updates only while it brings them nowhere."""
        await self._bot.delete_webhook()

    async def _poll(self) -> None:
        """Ask for updates, store them, and only then ask for what comes after them.

        The first poll names no offset: Telegram knows best what it has to give. Nor does a poll after an
        empty one: after a quiet week Telegram may number from anywhere, and an old offset would lose updates.
        """
        offset, tries = None, 0
        while True:
            try:
                batch = await self._bot.get_updates(offset, BATCH, LONG_POLL_S, updates.KINDS)
            except TelegramError as fault:
                tries += 1
                await wait_out(fault, tries)
                continue
            tries = 0
            ready = self._without_new_albums(batch)
            await self._take(ready)
            offset = ready[-1].update_id + 1 if ready else None
            if len(ready) < len(batch):
                await asyncio.sleep(ALBUM_S)

    def _without_new_albums(self, batch: Sequence[Update]) -> Sequence[Update]:
        """The updates before an album first seen now: the next poll brings it again, with all its parts."""
        albums = [updates.album_of(update) for update in batch]
        known, self._albums_seen = self._albums_seen, {album for album in albums if album}
        first = next((n for n, album in enumerate(albums) if album and album not in known), len(batch))
        return batch[:first]

    async def _take(self, batch: Sequence[Update]) -> None:
        """Store what was said, in order and before anything else; then the courtesies, which may fail."""
        for heard in updates.in_order(batch, await asyncio.gather(*map(self._understood, batch))):
            await self._store(heard.event_id, partial(self._app.receive, heard))
        for update in batch:
            if (content := update.api_kwargs.get(UNREAD)) is not None:
                await self._store(str(update.update_id), partial(self._receive_unread, content))
        for update in batch:
            self._be_polite(update)

    def _be_polite(self, update: Update) -> None:
        if update.callback_query:
            self._beside(self._bot.answer_callback_query(update.callback_query.id))
        elif update.effective_chat and update.effective_chat.type != Chat.PRIVATE:
            self._beside(self._bot.leave_chat(update.effective_chat.id))

    async def _understood(self, update: Update) -> Incoming | None:
        try:
            words, unread = await self._enclosed(update)
            return checked(updates.incoming(update, words, unread))
        except Exception as fault:  # noqa: BLE001  one strange update must not stop the poll for everybody
            log.error("telegram: update %s set aside: %s", update.update_id, where(fault))  # noqa: TRY400
            return None

    async def _enclosed(self, update: Update) -> tuple[str, Media | None]:
        """The words in a document, or what stands in the way of reading it."""
        document = updates.document_in(update)
        if not isinstance(document, Enclosed):
            return "", document
        sender = str(update.effective_chat.id) if update.effective_chat else ""
        return await words_in(self._readers, sender, document, self._fetched)

    async def _fetched(self, file_id: str) -> bytes:
        for tries in range(1, TRIES + 1):
            try:
                file = await self._bot.get_file(file_id)
                return bytes(await file.download_as_bytearray())
            except BadRequest as refusal:
                raise TooLargeError if "too big" in refusal.message else UnreadableError from None
            except TelegramError as fault:
                log.warning("telegram: a document, try %s: %s", tries, type(fault).__name__)
                await asyncio.sleep(_backoff_s(tries))
        raise UnreadableError

    def _receive_unread(self, content: dict[str, Any], now: datetime) -> int | None:
        arrived = Arrived(str(content["update_id"]), updates.chat_of(content), content)
        return self._app.receive_unread(self.name, arrived, now)

    async def _store(self, event_id: str, receive: Callable[[datetime], int | None]) -> None:
        try:
            stored = await patiently(lambda: receive(self._app.clock.now()))
        except Exception as fault:  # noqa: BLE001  what no database takes would otherwise come back for ever
            log.error("telegram: event %s set aside: %s", event_id, where(fault))  # noqa: TRY400
        else:
            if stored is not None:
                self._stored.put_nowait(stored)

    async def _handle(self, wake: asyncio.Event) -> None:
        """Carry out what was stored, in the order it came."""
        while True:
            await carrying.carry_out(self._app, "telegram", await carrying.waiting(self._stored))
            wake.set()

    def _beside(self, courtesy: Coroutine[Any, Any, bool]) -> None:
        """Do something without waiting for it: that a query is too old, say, is nobody's loss."""

        async def tried() -> None:
            try:
                await courtesy
            except TelegramError as fault:
                log.debug("telegram: %s", type(fault).__name__)

        task = asyncio.create_task(tried())
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    # --- writing

    async def _write(self, delivery: Delivery) -> str:
        """Telegram's number for the message (of its last part). Raises TelegramError."""
        texts, buttons = parts(unbroken(delivery.card.text)), keyboard(delivery.card.buttons)
        if delivery.edits and len(texts) == 1 and await self._edited(delivery, texts[0], buttons):
            return delivery.edits
        number = 0
        for n in range(self._parts_sent.get(delivery.message_id, 0), len(texts)):
            message = await self._bot.send_message(
                delivery.account,
                texts[n],
                reply_markup=buttons if n == len(texts) - 1 else None,
                link_preview_options=NO_PREVIEW,
            )
            self._parts_sent[delivery.message_id] = n + 1
            number = message.message_id
        if delivery.card.picture is not None:
            drawn = await asyncio.to_thread(png, delivery.card.picture)
            number = (await self._bot.send_photo(delivery.account, drawn)).message_id
        if (file := delivery.card.document) is not None:
            sent = await self._bot.send_document(delivery.account, file.data, filename=file.name)
            number = sent.message_id
        return str(number)

    async def _edited(self, delivery: Delivery, text: str, buttons: InlineKeyboardMarkup | None) -> bool:
        """Whether the earlier message shows this now; False if it cannot be changed. Raises TelegramError."""
        try:
            await self._bot.edit_message_text(
                text,
                delivery.account,
                int(delivery.edits or 0),
                reply_markup=buttons,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as refusal:
            said = refusal.message.lower()
            if any(reason in said for reason in UNEDITABLE):
                return False
            if "not modified" not in said:
                raise
        return True


def name_of_bot(token: str, api_url: str = TELEGRAM_API) -> str | None:
    """The bot's public name; None when Telegram cannot be asked now. Raises SettingsError for a refused token."""

    async def asked() -> str | None:
        request = HTTPXRequest()
        try:
            return (await Bot(token, base_url=api_url, request=request).get_me()).username
        except InvalidToken:
            raise SettingsError("Telegram does not accept SEINTJE_TELEGRAM_TOKEN") from None
        except TelegramError:
            return None
        finally:
            await request.shutdown()

    return asyncio.run(asked())


class PollRequest(HTTPXRequest):
    """Keeps an update the library cannot read apart, beside its number, so that it does not stop the others."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's own; raises TelegramError for what is no JSON."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return answer


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except Exception as fault:  # noqa: BLE001  the library raises whatever a missing field makes it stumble over
        log.error("telegram: update %s cannot be read: %s", update["update_id"], where(fault))  # noqa: TRY400
        return {"update_id": update["update_id"], UNREAD: update}
    return update


async def wait_out(fault: TelegramError, tries: int) -> None:
    """Sleep until another try makes sense. Raises what no try will mend."""
    match fault:
        case InvalidToken():
            raise fault
        case Conflict():
            log.error(
                "telegram: another process listens with this token, or a webhook was set: only one of them can"
            )
            await asyncio.sleep(CONFLICT_S)
        case RetryAfter():
            await asyncio.sleep(_seconds(fault.retry_after))
        case _:
            log.warning("telegram: no contact, try %s: %s", tries, type(fault).__name__)
            await asyncio.sleep(_backoff_s(tries))


def _backoff_s(tries: int) -> float:
    """1, 2, 4, ... seconds."""
    return min(MOST_BACKOFF_S, 2.0 ** min(tries - 1, 10))


def _seconds(halt: float | timedelta) -> float:
    return halt.total_seconds() if isinstance(halt, timedelta) else halt
