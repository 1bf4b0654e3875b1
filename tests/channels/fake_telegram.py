"""A small Bot API server for tests: one bot, private chats, strict about what it takes, and it remembers everything.

It does what the documentation of the Bot API promises: updates stay until a poll asks for what comes after them, a long
poll waits, of two polls the older one ends with 409, limits are refused in Telegram's own words. Faults are scripted.
By hand: `python -m tests.channels.fake_telegram --port 8081`, then lines such as `mieke: hallo` and `mieke> Klopt`.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from aiohttp import ClientError, ClientSession, web

TOKEN = "4242:fake-token"
Json = dict[str, Any]
Params = Mapping[str, str]

# Per method: the parameters it takes, and those it cannot do without.
METHODS: Mapping[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "deleteWebhook": ({"drop_pending_updates"}, set()),
    "setWebhook": ({"url", "secret_token", "allowed_updates", "max_connections"}, {"url"}),
    "getWebhookInfo": (set(), set()),
    "getUpdates": ({"offset", "limit", "timeout", "allowed_updates"}, set()),
    "setMyCommands": ({"commands", "scope", "language_code"}, {"commands"}),
    "sendMessage": ({"chat_id", "text", "reply_markup", "link_preview_options"}, {"chat_id", "text"}),
    "sendPhoto": ({"chat_id", "photo"}, {"chat_id", "photo"}),
    "sendDocument": ({"chat_id", "document"}, {"chat_id", "document"}),
    "editMessageText": (
        {"chat_id", "message_id", "text", "reply_markup", "link_preview_options"},
        {"chat_id", "message_id", "text"},
    ),
    "answerCallbackQuery": ({"callback_query_id", "text", "show_alert", "cache_time"}, {"callback_query_id"}),
    "getFile": ({"file_id"}, {"file_id"}),
    "leaveChat": ({"chat_id"}, {"chat_id"}),
}


@dataclass(frozen=True)
class Call:
    """One request, and what became of it: 200, another status, or 0 for a connection that was cut."""

    method: str
    params: Json
    at: float
    status: int


@dataclass
class Shown:
    """A message of the bot as a person sees it now. `buttons` are label and callback data."""

    message_id: int
    text: str
    buttons: list[tuple[str, str]]
    at: float
    versions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """What a scripted call meets, after `skip` calls that went well. `taken`: accepted, but the answer never arrives."""

    method: str
    chat: int | None = None
    status: int = 0  # 0: the connection is cut
    description: str = ""
    retry_after: int | None = None
    taken: bool = False
    skip: int = 0


class RefusalError(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        self.status, self.description, self.retry_after = status, description, retry_after


class FakeTelegram:
    """`async with FakeTelegram() as telegram:` serves at `telegram.api_url` until the block ends."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.calls: list[Call] = []
        self.chats: dict[int, list[Shown]] = {}
        self.blocked: set[int] = set()
        self.faults: list[Fault] = []
        self.files: dict[str, bytes] = {}
        self.commands: dict[str, list[Json]] = {}
        self.pending: list[Json] = []
        self.queries: set[str] = set()
        self.left: list[int] = []
        self.issued: list[int] = []  # every update id
        self.polls = self.given = (
            0  # how often we were asked, and how many updates we handed out, repeats included
        )
        self.cut: set[int] = set()  # messages taken whose answer never arrived
        self.webhook = "https://elsewhere.example/hook"
        self.door = ""  # where a webhook really is, when its address is a made-up one
        self.secret = ""
        self.brought: list[tuple[int, int]] = []  # update id and the status we answered: 0 when nobody did
        self.twice = False  # whether each update is brought once more, as after an answer that was lost
        self.shuffled: random.Random | None = None  # by webhook, what waits in a chat may come in any order
        self._bringing: dict[
            str, asyncio.Task[None]
        ] = {}  # of one chat one after another, chats side by side
        self._does = {
            "getMe": self._me,
            "deleteWebhook": self._delete_webhook,
            "setWebhook": self._set_webhook,
            "getWebhookInfo": self._webhook_info,
            "setMyCommands": self._set_commands,
            "sendMessage": self._send,
            "sendPhoto": self._photo,
            "sendDocument": self._document,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._answer_query,
            "leaveChat": self._leave,
            "getFile": self._file_of,
        }
        self._last_update, self._last_message = 5000, 0
        self._news = asyncio.Condition()
        self._poll: asyncio.Task[Any] | None = None
        self._conflicted: set[asyncio.Task[Any]] = set()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path}", self._file)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._bringing.values():
            task.cancel()
        await asyncio.gather(*self._bringing.values(), return_exceptions=True)
        await self._runner.cleanup()

    # --- what people do

    async def says(self, chat: int, text: str | None = None, **content: Any) -> int:
        """A message in a private chat; its message id. `content` is the rest of a Message object."""
        message = self.message(chat, text, **content)
        await self.update(message=message)
        return int(message["message_id"])

    def message(self, chat: int, text: str | None = None, **content: Any) -> Json:
        """A Message object, not sent yet. A new chat opens with it."""
        self.chats.setdefault(chat, [])
        self._last_message += 1
        base = {"message_id": self._last_message, "date": int(time.time())} | people(chat)
        return base | ({"text": text} if text is not None else {}) | content

    async def presses(self, chat: int, label: str) -> None:
        """The newest button in this chat whose label contains this."""
        shown, data = next(
            (shown, data)
            for shown in reversed(self.chats[chat])
            for text, data in shown.buttons
            if label in text
        )
        await self.presses_data(chat, data, shown.message_id)

    async def presses_data(self, chat: int, data: str, message_id: int) -> None:
        """A button by what it carries."""
        query = f"q{self._last_update}"
        self.queries.add(query)
        carrier = {"message_id": message_id, "date": int(time.time())} | people(chat)
        await self.update(
            callback_query={
                "id": query,
                "from": people(chat)["from"],
                "message": carrier,
                "chat_instance": "1",
                "data": data,
            }
        )

    async def changes_membership(self, chat: int, status: str, kind: str = "private") -> None:
        """The person blocks the bot ("kicked") or is back ("member")."""
        (self.blocked.add if status == "kicked" else self.blocked.discard)(chat)
        self.chats.setdefault(chat, [])
        bot = {"id": 4242, "is_bot": True, "first_name": "Seintje"}
        new: Json = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        change = {
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": new,
        }
        who = people(chat)
        await self.update(
            my_chat_member=who | {"chat": who["chat"] | {"type": kind, "title": "groep"}} | change
        )

    async def update(self, **content: Json) -> int:
        """Any update; its id."""
        async with self._news:
            self._last_update += 1
            self.pending.append({"update_id": self._last_update} | content)
            self.issued.append(self._last_update)
            self._news.notify_all()
            self._bring_what_waits()
            return self._last_update

    # --- what tests look at

    def texts(self, chat: int) -> list[str]:
        """What the person reads now, top to bottom."""
        return [shown.text for shown in self.chats.get(chat, [])]

    def made(self, method: str, status: int = 200) -> list[Call]:
        """Calls of one method that ended so."""
        return [call for call in self.calls if call.method == method and call.status == status]

    # --- what the bot asks

    async def _answer(self, request: web.Request) -> web.Response:
        method, at = request.match_info["method"], time.monotonic()
        params = {
            name: (value.filename or "") if isinstance(value, web.FileField) else str(value)
            for name, value in (await request.post()).items()
        }
        fault = self._fault_for(method, params)
        try:
            result = await self._result(request.match_info["token"], method, params, fault)
        except RefusalError as refusal:
            self.calls.append(Call(method, params, at, refusal.status))
            answer: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            if refusal.retry_after is not None:
                answer["parameters"] = {"retry_after": refusal.retry_after}
            return web.json_response(answer, status=refusal.status)
        self.calls.append(Call(method, params, at, 0 if fault else 200))
        if fault and request.transport is not None:
            request.transport.abort()
            if method == "sendMessage" and fault.taken:
                self.cut.add(result["message_id"])
        told = web.json_response({"ok": True, "result": result})
        if not await was_told(request, told) and method == "sendMessage" and result:
            self.cut.add(result["message_id"])  # whoever asked gave up meanwhile, or is gone
        return told

    def _fault_for(self, method: str, params: Params) -> Fault | None:
        for n, fault in enumerate(self.faults):
            if fault.method == method and (fault.chat is None or str(fault.chat) == params.get("chat_id")):
                if fault.skip:
                    self.faults[n] = replace(fault, skip=fault.skip - 1)
                    return None
                return self.faults.pop(n)
        return None

    async def _result(self, token: str, method: str, params: Params, fault: Fault | None) -> Any:
        if token != TOKEN:
            raise RefusalError(401, "Unauthorized")
        if method not in METHODS:
            raise RefusalError(404, "Not Found")
        takes, needs = METHODS[method]
        if unknown := set(params) - takes:
            raise RefusalError(400, f"Bad Request: the fake server does not know {sorted(unknown)}")
        if missing := needs - set(params):
            raise RefusalError(400, f"Bad Request: {sorted(missing)} is empty")
        if fault is not None and fault.status:
            raise RefusalError(fault.status, fault.description, fault.retry_after)
        if fault is not None and not fault.taken:
            return None
        if method == "getUpdates":
            return await self._updates(params)
        return self._does[method](params)

    def _me(self, _params: Params) -> Json:
        return {"id": 4242, "is_bot": True, "first_name": "Seintje", "username": "seintje_test_bot"}

    def _delete_webhook(self, _params: Params) -> bool:
        self.webhook = ""
        return True

    def _set_commands(self, params: Params) -> bool:
        self.commands[params.get("language_code", "")] = commands(params["commands"])
        return True

    def _answer_query(self, params: Params) -> bool:
        if params["callback_query_id"] not in self.queries:
            raise RefusalError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.queries.discard(params["callback_query_id"])
        return True

    def _leave(self, params: Params) -> bool:
        self.left.append(int(params["chat_id"]))
        return True

    def _set_webhook(self, params: Params) -> bool:
        if not re.fullmatch(r"[\w-]{0,256}", params.get("secret_token", ""), re.ASCII):
            raise RefusalError(400, "Bad Request: secret token contains unallowed characters")
        self.webhook, self.secret = params["url"], params.get("secret_token", "")
        self._bring_what_waits()
        return True

    def _webhook_info(self, _params: Params) -> Json:
        return {
            "url": self.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }

    def _bring_what_waits(self) -> None:
        if (self.door and self.secret) or self.webhook.startswith("http://"):
            for chat in {chat_of(update) for update in self.pending} - set(self._bringing):
                self._bringing[chat] = asyncio.create_task(self._bring(chat))

    async def _bring(self, chat: str) -> None:
        """The updates of one chat, each until it is taken."""
        async with ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": self.secret}) as client:
            while waiting := [update for update in self.pending if chat_of(update) == chat]:
                # a press is about what was said before it: only words are brought in any order
                loose = self.shuffled if all("message" in each for each in waiting) else None
                update = loose.choice(waiting) if loose else waiting[0]
                statuses = [await self._posted(client, update) for _ in range(1 + self.twice)]
                self.brought += [(update["update_id"], status) for status in statuses]
                if 200 in statuses:
                    self.pending.remove(update)
                else:
                    await asyncio.sleep(0.05)
        del self._bringing[chat]

    async def _posted(self, client: ClientSession, update: Json) -> int:
        try:
            async with client.post(self.door or self.webhook, json=update) as answer:
                return answer.status
        except ClientError:
            return 0

    async def _updates(self, params: Params) -> list[Json]:
        if self.webhook:
            raise RefusalError(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll is not None:
            self._conflicted.add(self._poll)
            self._poll.cancel()
        me = self._poll = asyncio.current_task()
        self.polls += 1
        allowed = json.loads(params.get("allowed_updates", "[]"))
        offset = int(params.get("offset", 0))
        self.pending = [update for update in self.pending if update["update_id"] >= offset]

        def ready() -> list[Json]:
            return [update for update in self.pending if not allowed or set(allowed) & set(update)]

        try:
            async with asyncio.timeout(int(params.get("timeout", 0))), self._news:
                await self._news.wait_for(ready)
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            if me is not None and me in self._conflicted:
                self._conflicted.discard(me)
                me.uncancel()
                raise RefusalError(409, "Conflict: terminated by other getUpdates request") from None
            raise
        finally:
            if self._poll is me:
                self._poll = None
        found = ready()[: int(params.get("limit", 100))]
        self.given += len(found)
        return found

    def _send(self, params: Params) -> Json:
        chat = self._reachable(params["chat_id"])
        text, buttons = checked_text(params["text"]), checked_buttons(params.get("reply_markup"))
        json.loads(params.get("link_preview_options", "{}"))
        self._last_message += 1
        shown = Shown(self._last_message, text, buttons, time.monotonic(), [text])
        self.chats[chat].append(shown)
        return {
            "message_id": shown.message_id,
            "date": int(time.time()),
            "chat": people(chat)["chat"],
            "text": text,
        }

    def _photo(self, params: Params) -> Json:
        chat = self._reachable(params["chat_id"])
        self._last_message += 1
        self.chats[chat].append(Shown(self._last_message, "[photo]", [], time.monotonic()))
        size = {"file_id": "p", "file_unique_id": "p", "width": 640, "height": 320}
        return {
            "message_id": self._last_message,
            "date": int(time.time()),
            "chat": people(chat)["chat"],
            "photo": [size],
        }

    def _document(self, params: Params) -> Json:
        chat = self._reachable(params["chat_id"])
        self._last_message += 1
        name = params["document"]
        self.chats[chat].append(Shown(self._last_message, f"<{name}>", [], time.monotonic()))
        return {
            "message_id": self._last_message,
            "date": int(time.time()),
            "chat": people(chat)["chat"],
            "document": {"file_id": "d", "file_unique_id": "d", "file_name": name},
        }

    def _edit(self, params: Params) -> Json:
        chat = self._reachable(params["chat_id"])
        found = [shown for shown in self.chats[chat] if str(shown.message_id) == params["message_id"]]
        if not found:
            raise RefusalError(400, "Bad Request: message to edit not found")
        shown = found[0]
        text, buttons = checked_text(params["text"]), checked_buttons(params.get("reply_markup"))
        if (shown.text, shown.buttons) == (text, buttons):
            raise RefusalError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        shown.text, shown.buttons = text, buttons
        shown.versions.append(text)
        return {
            "message_id": shown.message_id,
            "date": int(time.time()),
            "chat": people(chat)["chat"],
            "text": text,
        }

    def _reachable(self, chat_id: str) -> int:
        if not chat_id.lstrip("-").isdigit() or int(chat_id) not in self.chats:
            raise RefusalError(400, "Bad Request: chat not found")
        if int(chat_id) in self.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        return int(chat_id)

    def _file_of(self, params: Params) -> Json:
        file_id = params["file_id"]
        if file_id not in self.files:
            raise RefusalError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        if size > 20_000_000:
            raise RefusalError(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": file_id}

    async def _file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN or request.match_info["path"] not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[request.match_info["path"]])


async def was_told(request: web.Request, answer: web.Response) -> bool:
    """Send the answer; whether there was still somebody to hear it."""
    try:
        await answer.prepare(request)
        await answer.write_eof()
    except ConnectionResetError:
        return False
    return True


def chat_of(update: Json) -> str:
    """Whose queue an update stands in."""
    content = next(value for name, value in update.items() if name != "update_id")
    return str(content.get("message", content).get("chat", {}).get("id", ""))


def people(chat: int) -> Json:
    """The chat and the sender of something said in private."""
    name = f"P{chat}"
    return {
        "chat": {"id": chat, "type": "private", "first_name": name},
        "from": {
            "id": chat,
            "is_bot": False,
            "first_name": name,
            "last_name": "Test",
            "username": name.lower(),
            "language_code": "nl-NL",
        },
    }


def checked_text(text: str) -> str:
    """The text of a message within Telegram's limits. Raises RefusalError."""
    if not text.strip():
        raise RefusalError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise RefusalError(400, "Bad Request: message is too long")
    return text


def checked_buttons(markup: str | None) -> list[tuple[str, str]]:
    """Label and data of each button of an inline keyboard within Telegram's limits. Raises RefusalError."""
    found = []
    for row in json.loads(markup)["inline_keyboard"] if markup else []:
        if not 1 <= len(row) <= 8:
            raise RefusalError(400, "Bad Request: a row holds 1 to 8 buttons")
        for button in row:
            if set(button) != {"text", "callback_data"} or not button["text"]:
                raise RefusalError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
            found.append((button["text"], button["callback_data"]))
    if len(found) > 100:
        raise RefusalError(400, "Bad Request: reply markup is too long")
    return found


def commands(text: str) -> list[Json]:
    """A list of commands within Telegram's limits. Raises RefusalError."""
    found: list[Json] = json.loads(text)
    for command in found:
        if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]):
            raise RefusalError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise RefusalError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return found


async def by_hand(port: int) -> None:
    """Play everybody from the terminal."""
    async with FakeTelegram(port) as telegram:
        print(f"SEINTJE_TELEGRAM_API_URL={telegram.api_url} SEINTJE_TELEGRAM_TOKEN={TOKEN}", flush=True)
        chats: dict[str, int] = {}
        printing = asyncio.create_task(_print_news(telegram, chats))
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            name, mark, words = re.split("([:>])", line, maxsplit=1)
            chat = chats.setdefault(name, len(chats) + 1)
            await (telegram.says if mark == ":" else telegram.presses)(chat, words.strip())
        printing.cancel()


async def _print_news(telegram: FakeTelegram, chats: Mapping[str, int]) -> None:
    printed: dict[tuple[int, int], int] = {}
    while True:
        for name, chat in list(chats.items()):
            for shown in telegram.chats.get(chat, []):
                if printed.get((chat, shown.message_id)) != len(shown.versions):
                    printed[chat, shown.message_id] = len(shown.versions)
                    labels = " ".join(f"[{label}]" for label, _ in shown.buttons)
                    print(f"--> {name}: {shown.text} {labels}", flush=True)
        await asyncio.sleep(0.1)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8081)
    asyncio.run(by_hand(options.parse_args().port))
