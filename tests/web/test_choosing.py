"""A client chooses on a page: once, in time, only who said yes, and looking chooses nobody."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import httpx
import pytest
from fastapi import FastAPI

from assistant.app import App
from assistant.channels.web.choosing import routes
from db import tables
from dialogs import commands as do
from tests.app.stage import NOW, Stage, staged
from tests.app.test_together import SHARE, another, at_once

POLICY = {"chooser": "client"}


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as made:
        made.app.set_public_url("https://seintje.example")
        yield made


def asked(stage: Stage) -> str:
    """Kees and Sanne said yes to Mieke's lead: the code of the link she was told."""
    stage.found("Noord", "mieke", "kees", "sanne", policy=POLICY)
    stage.presses("mieke", stage.button("mieke", SHARE))
    stage.passes(hours=0)
    for who in ("kees", "sanne"):
        stage.presses(who, stage.button(who, do.ShowInterest(words="bel me: <b>06-12345678</b>")))
    told = [text for to, text in stage.said if to == "mieke" and "https://seintje.example/kies/" in text]
    assert len(told) == 1
    return told[0].split("/kies/")[1].split()[0]


@dataclass
class Site:
    """The page as a browser asks for it, without a server."""

    web: FastAPI

    def get(self, path: str) -> httpx.Response:
        return asyncio.run(self._asked("GET", path, {}))

    def post(self, path: str, **form: object) -> httpx.Response:
        return asyncio.run(self._asked("POST", path, {name: str(value) for name, value in form.items()}))

    async def _asked(self, method: str, path: str, form: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.web)
        async with httpx.AsyncClient(transport=transport, base_url="https://seintje.example") as client:
            return await client.request(method, path, data=form or None)


def site(stage: Stage) -> Site:
    web = FastAPI()
    web.include_router(routes(stage.app))
    stage.app.clock.stand_at(stage.now)
    return Site(web)


def test_looking_chooses_nobody(stage: Stage) -> None:
    code = asked(stage)
    pages = [site(stage).get(f"/kies/{code}") for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Kees" in pages[0].text
    assert "06-12345678" not in pages[0].text
    assert "<b>" not in pages[0].text
    assert pages[0].headers["referrer-policy"] == "no-referrer"
    assert stage.rows(tables.Introduction) == []


def test_a_link_works_once(stage: Stage) -> None:
    code = asked(stage)
    kees = next(row.id for row in stage.rows(tables.Member) if row.name == "Kees")
    first = site(stage).post(f"/kies/{code}", member=kees)
    again = site(stage).post(f"/kies/{code}", member=kees)
    after = site(stage).get(f"/kies/{code}")

    assert [first.status_code, again.status_code, after.status_code] == [200, 410, 410]
    assert [row.member_id for row in stage.rows(tables.Introduction)] == [kees]
    assert {to for to, _ in stage.deliver()} == {"mieke", "kees", "sanne"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("none", 200),
        ("late", 410),
        ("withdrawn", 410),
        ("other code", 410),
        ("no yes", 410),
        ("no number", 422),
    ],
)
def test_what_a_link_is_worth(change: str, status: int, stage: Stage) -> None:
    code = asked(stage)
    members = {row.name: row.id for row in stage.rows(tables.Member)}
    lead = stage.rows(tables.Lead)[0].id
    if change == "late":
        stage.now += timedelta(days=15)
    if change == "withdrawn":
        stage.presses("mieke", stage.button("mieke", do.WithdrawLead(lead)))
    who = {"no yes": members["Mieke"], "no number": "kees"}.get(change, members["Sanne"])
    page = site(stage).post(f"/kies/{'x' * 16 if change == 'other code' else code}", member=who)

    assert page.status_code == status
    assert len(stage.rows(tables.Introduction)) == (1 if status == 200 else 0)


def choose(app: App, code: str, member_id: int) -> None:
    app.choose_by_link(code, member_id, NOW)


def test_two_choices_at_once_are_one(stage: Stage) -> None:
    code = asked(stage)
    members = {row.name: row.id for row in stage.rows(tables.Member)}
    with another(stage) as one, another(stage) as other:
        at_once(
            partial(choose, one, code, members["Kees"]),
            partial(choose, other, code, members["Sanne"]),
        )

    assert len(stage.rows(tables.Introduction)) == 1


def test_without_an_address_a_client_cannot_be_let_choose(stage: Stage) -> None:
    stage.app._public_url = None
    stage.found("Noord", "mieke", "kees")
    told = stage.presses("mieke", stage.button("mieke", do.SetPolicy("chooser", "client")))

    assert "SEINTJE_PUBLIC_URL" in told[-1][1]
    assert stage.rows(tables.Collective)[0].policy == {}
