"""The page on which a client chooses: opened by a link that cannot be guessed, without an account or a cookie.

Looking changes nothing, so that a mail program that follows links chooses nobody. The link is kept out of every log.
"""

import asyncio
from html import escape

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse

from assistant.app import App
from assistant.channels.pieces import unbroken
from assistant.messages import Page

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
}
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Seintje</title>
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem}}
p{{white-space:pre-line}}
button{{font:inherit;display:block;width:100%;margin:.6rem 0;padding:.8rem;cursor:pointer}}</style>
</head><body><main><p>{text}</p>{form}</main></body></html>"""


def routes(app: App) -> APIRouter:
    """The page and the choice made on it."""
    router = APIRouter()

    @router.get("/kies/{token}", response_class=HTMLResponse)
    async def show(token: str) -> HTMLResponse:
        return _shown(await asyncio.to_thread(app.show_choice, token, app.clock.now()))

    @router.post("/kies/{token}", response_class=HTMLResponse)
    async def choose(token: str, member: int = Form()) -> HTMLResponse:  # noqa: FAST002  # a form field, no dependency
        return _shown(await asyncio.to_thread(app.choose_by_link, token, member, app.clock.now()))

    return router


def _shown(page: Page) -> HTMLResponse:
    buttons = "".join(
        f'<button name="member" value="{number}">{escape(label)}</button>' for label, number in page.options
    )
    form = f'<form method="post">{buttons}</form>' if buttons else ""
    html = PAGE.format(language=escape(page.language), text=escape(unbroken(page.text)), form=form)
    return HTMLResponse(html, 200 if page.found else 410, HEADERS)
