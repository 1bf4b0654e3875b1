"""Only this machine plays the playground, or a browser that was given the link: no page of another site can."""

import asyncio
from collections.abc import Mapping

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket

from assistant.channels.web.guard import HEADERS, KEY, Guard, Key

HERE = "127.0.0.1:8000"


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def page(_request: object) -> PlainTextResponse:
    return PlainTextResponse("welkom")


def guarded(key: Key | None = None) -> Guard:
    site = Starlette(routes=[Route("/", page), Route("/kies/x", page), WebSocketRoute("/ws", talk)])
    return Guard(site, ["192.168.1.4"], key)


class Browser:
    """Keeps its cookies, as a browser does."""

    def __init__(self, guard: Guard) -> None:
        self._guard, self.cookies = guard, httpx.Cookies()

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, key: str | None = None
    ) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self._guard)
            async with httpx.AsyncClient(
                transport=transport, base_url=f"http://{HERE}", cookies=self.cookies
            ) as client:
                answer = await client.get(path, headers=headers, params={KEY: key} if key else None)
                self.cookies.update(client.cookies)
                return answer

        return asyncio.run(asked())


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (HERE, None, 200),
        (HERE, f"http://{HERE}", 200),
        ("localhost:8000", "http://localhost:8000", 200),
        ("[::1]:8000", None, 200),
        ("192.168.1.4:8000", None, 200),
        (HERE, "https://kwaad.example", 403),
        (HERE, "http://127.0.0.1:9000", 403),  # another program on this machine
        (HERE, "null", 403),  # a sandboxed frame
        ("kwaad.example", None, 403),  # a name that was pointed at this machine
        ("kwaad.example:8000", "http://kwaad.example:8000", 403),
        ("", None, 403),
        ("[", None, 403),
    ],
)
def test_who_gets_in(host: str, origin: str | None, status: int) -> None:
    headers = {"host": host} | ({"origin": origin} if origin else {})

    assert Browser(guarded()).get("/", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "opens"),
    [
        ({"host": HERE, "origin": f"http://{HERE}"}, True),
        ({"host": HERE, "origin": "https://kwaad.example"}, False),
        ({"host": "kwaad.example", "origin": "http://kwaad.example"}, False),
    ],
)
def test_a_websocket_is_looked_at_too(headers: dict[str, str], opens: bool) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": "/ws", "headers": raw, "query_string": b"", "scheme": "ws"}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guarded()(scope, receive, send))
    assert (sent[0]["type"] == "websocket.accept") is opens


def test_from_elsewhere_the_link_opens_once() -> None:
    key = Key()
    link = key.link
    guard = guarded(key)
    browser, other = Browser(guard), Browser(guard)

    assert browser.get("/").status_code == 403
    assert browser.get("/", key="geraden").status_code == 403
    opened = browser.get("/", key=link)
    assert opened.status_code == 303
    assert "HttpOnly" in opened.headers["set-cookie"]
    assert "SameSite=strict" in opened.headers["set-cookie"]
    assert browser.get("/").text == "welkom"
    assert other.get("/", key=link).status_code == 403
    assert other.get("/kies/x").text == "welkom"


def test_every_answer_says_what_a_browser_must_not_do() -> None:
    headers = Browser(guarded()).get("/").headers

    assert {name: headers[name.decode()].encode() for name in HEADERS} == HEADERS
