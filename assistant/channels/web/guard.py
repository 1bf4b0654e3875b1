"""The guard of the playground: who plays it plays every member, so only this machine gets in, or who has the link.

A page of another site can make a browser call an address on this machine, and can point its own name at it. So the name
that is asked for and the page that asks are looked at, on every request and every websocket.
"""

import secrets
from collections.abc import Iterable
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
OPEN = "/kies/"  # the page of a client is opened by a link of its own
COOKIE, KEY = "seintje", "sleutel"
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


class Key:
    """What opens the page from another machine: a link that works once, and then the browser that used it."""

    def __init__(self) -> None:
        self.link: str | None = secrets.token_urlsafe(24)
        self._cookies: set[str] = set()

    def use(self, said: str) -> str | None:
        """The cookie for the browser that brings the link, the first time."""
        if self.link is None or not secrets.compare_digest(said, self.link):
            return None
        self.link = None
        cookie = secrets.token_urlsafe(24)
        self._cookies.add(cookie)
        return cookie

    def knows(self, cookie: str) -> bool:
        """Whether this is a browser that used the link."""
        return cookie in self._cookies


class Guard:
    """ASGI middleware. `names` are the hosts this page is asked for by; `key` None: no link is needed."""

    def __init__(self, app: ASGIApp, names: Iterable[str], key: Key | None = None) -> None:
        self._app, self._names, self._key = app, frozenset(names) | LOOPBACK, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in; anything else is refused before the page sees it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_ours(headers):
            await _refuse(scope, receive, send, 403, "This page is not for that address.")
        elif self._key is None or scope["path"].startswith(OPEN) or self._key.knows(_cookie(headers)):
            await self._app(scope, receive, _adding(send))
        else:
            await self._open(self._key, scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        """The name asked for is ours, and so is the page that asks, where the browser tells."""
        origin = headers.get("origin")
        if _name(f"//{headers.get('host', '')}") not in self._names:
            return False
        return origin is None or urlsplit(origin).netloc == headers.get("host")

    async def _open(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        said = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(KEY, [""])[0]
        cookie = key.use(said) if scope["type"] == "http" else None
        if cookie is None:
            await _refuse(
                scope, receive, send, 403, "This page opens with the link that Seintje printed, once."
            )
            return
        answer = RedirectResponse(scope["path"], 303)
        answer.set_cookie(COOKIE, cookie, httponly=True, samesite="strict")
        await answer(scope, receive, send)


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _cookie(headers: Headers) -> str:
    kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    return kept.value if kept else ""


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(why, status)(scope, receive, send)


def _adding(send: Send) -> Send:
    """Say with every answer what a browser must not do with it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = {name.lower() for name, _value in message["headers"]}
            more = [(name, value) for name, value in HEADERS.items() if name not in said]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending
