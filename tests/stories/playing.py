"""Plays a story: a transcript of a whole journey, through the real front door, inbox, outbox and sender.

A story is YAML: `title`, `rows` (the requirements it proves), `language`, `now`, `members` (a short set-up), `policy` (settings
that differ), `elsewhere` (another collective: its name as `collective`, its `members`), `rounds` (when something next comes round for all: room, spotting, fairness), `introduced` (who was
introduced a week ago, to which work, by whom), and `story`, a list of lines of one key each:

    - mieke: ik ben vrij vanaf 1 maart          she writes
    - mieke presses: Klopt                      the newest button of hers whose label contains this
    - mieke forwards from Recruiter X: ...      a forwarded message
    - mieke sends: voice                        something without words
    - mieke edits 3: ...                        her third event, edited
    - mieke blocks: Seintje                     she wants no more messages from the bot
    - at: 2026-11-24 10:00                      the clock moves; what is due until then happens
    - to mieke: ...                             delivered to her, word for word, buttons in [brackets] on the last line, a file in <these>
    - edit to mieke: ✓ Klopt                    an earlier card loses its buttons; only the new last line is shown

    - client opens: CODE                        the page of a link that somebody was told
    - client picks: Sanne                       the button on that page whose label contains this
    - to client: ...                            what that page says

Every card is also made into what WhatsApp would show, within its limits, and what is pressed has to stand there.
CODE stands for the invitation code or link that was shown last.
"""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from assistant.app import App, Clock
from assistant.channels import whatsapp_cards
from assistant.channels.pipe import Pipe, PipeChannel
from assistant.loading import plain
from assistant.messages import Delivery, Outcome
from assistant.titles import title
from db.accounts import Account, Person
from db.availability import Period
from db.collectives import Collective
from db.introductions import Introduction
from db.leads import Lead as LeadRow
from db.members import Member, set_terms
from db.rounds import Round
from db.session import Session, narrow, open_database, transaction
from nlu import Reader, gazetteer, taxonomy
from nlu.meaning import Lead
from tests.channels.fake_whatsapp import checked, shown

FOLDER = Path(__file__).parent
ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = timedelta(days=7)
NOW = datetime(2026, 11, 23, 9, 0)  # a Monday
CODE = re.compile(r"(?:(?<=/start )|(?<=/kies/))[\w-]{8,}")
Line = dict[str, Any]


@cache
def reader() -> Reader:
    """One reader for all stories: it remembers nothing between messages."""
    return Reader()


class OnWhatsApp(PipeChannel):
    """Also makes of every card what WhatsApp would show: a card it would refuse, or a button it hides, fails the story."""

    def __init__(self, write: Callable[[Line], None]) -> None:
        super().__init__(write)
        self.buttons: dict[str, dict[str, str]] = defaultdict(
            dict
        )  # per person: what a press sends, what it reads

    async def deliver(self, delivery: Delivery) -> Outcome:
        if delivery.edits is None:  # there a message cannot be changed: it stays as it was
            for body in whatsapp_cards.bodies(delivery.card):
                checked(body)
                self.buttons[delivery.account] |= {token: label for label, token in shown(body)}
        return await super().deliver(delivery)


class Player:
    """A house with a clock set by hand, and what was delivered since the last line."""

    def __init__(self, script: Line, database_url: str) -> None:
        clock = Clock()
        clock.stand_at((script.get("now") or NOW).replace(tzinfo=ZONE))
        self._app = App(open_database(database_url), reader(), clock)
        self._told: list[Line] = []
        self._texts: dict[tuple[str, int], str] = {}
        self._code = ""
        self._app.set_public_url("https://seintje.example")
        self._pipe = Pipe(self._app, self._hear)
        self._whatsapp = self._pipe._channel = OnWhatsApp(self._hear)
        houses = [script, {"language": script.get("language"), **script.get("elsewhere", {})}]
        for each in houses:  # a transaction belongs to one collective
            with transaction(self._app.engine) as session:
                _set_up(session, each, clock.now())

    def play(self, lines: list[Line]) -> list[Line]:
        """What was said and what was delivered, in order; lines that tell what should be delivered are passed over."""
        return asyncio.run(self._play(lines))

    async def _play(self, lines: list[Line]) -> list[Line]:
        told: list[Line] = []
        for line in lines:
            ((key, value),) = line.items()
            if key in ("client opens", "client picks"):
                told += [line, self._client(key, str(value))]
            elif not key.startswith(("to ", "edit to ", "error")):
                await self._pipe.carry_out(json.dumps(self._input(key, value)))
                told += [line, *self._told]
                self._told.clear()
        self._app.engine.dispose()
        return told

    def _client(self, key: str, value: str) -> Line:
        """What a client sees on the page of the link that was told last. What members are told of it comes next."""
        now = self._app.clock.now()
        page = self._app.show_choice(self._code, now)
        if key == "client picks":
            number = next(number for label, number in page.options if value in label)
            page = self._app.choose_by_link(self._code, number, now)
        buttons = " ".join(f"[{label}]" for label, _number in page.options)
        return {"to client": f"{page.text}\n{buttons}".strip()}

    def _input(self, key: str, value: Any) -> Line:
        who, _space, how = key.partition(" ")
        if key == "at":
            return {
                "now": (value if isinstance(value, datetime) else datetime.fromisoformat(value)).isoformat()
            }
        if key == "operator founds":
            return {"as": "operator", "do": "collective create", **value}
        text = str(value).replace("CODE", self._code)
        if how == "presses":
            token = self._app.find_button("pipe", who, text)
            assert token is None or text in self._whatsapp.buttons[who][token], (
                f"WhatsApp does not show {text!r}"
            )
            return {"from": who, "press": text}
        if how == "blocks":
            return {"from": who, "blocked": True}
        if how == "sends":
            return {"from": who, "media": text}
        if how.startswith("forwards"):
            return {
                "from": who,
                "text": text,
                "forwarded_from": how.removeprefix("forwards").removeprefix(" from "),
            }
        if how.startswith("edits "):
            return {"from": who, "text": text, "edited": how.removeprefix("edits ")}
        return {"from": who, "text": text}

    def _hear(self, line: Line) -> None:
        if "done" in line:
            if "error" in line:
                self._told.append({"error": line["error"]})
            return
        text = str(line["text"])
        if found := CODE.search(text):
            self._code = found[0]
            text = text.replace(self._code, "CODE")
        if "edit" in line:
            before = self._texts[line["to"], line["edit"]]
            self._told.append({f"edit to {line['to']}": text.removeprefix(before).strip()})
            return
        self._texts[line["to"], line["id"]] = text
        if "document" in line:
            text = f"{text}\n<{line['document']['name']}>"
        buttons = " ".join(f"[{label}]" for label in line["buttons"])
        self._told.append({f"to {line['to']}": f"{text}\n{buttons}".strip()})


def load(path: Path) -> Line:
    """The story as it is written."""
    script: Line = yaml.safe_load(path.read_text(encoding="utf-8"))
    return script


def stories() -> list[Path]:
    """Every story, by name."""
    return sorted(FOLDER.glob("*.yaml"))


# --- set-up -----------------------------------------------------------------------------------------------------


def _set_up(session: Session, script: Line, now: datetime) -> None:
    """The collective and its members, as if they had joined long ago."""
    if not script.get("members"):
        return
    collective = Collective(
        name=script.get("collective", "De Kade"),
        language=script["language"],
        zone="Europe/Amsterdam",
        policy=script.get("policy", {}),
    )
    session.add(collective)
    session.flush()
    narrow(session, collective.id)
    for kind, moment in script.get("rounds", {}).items():
        session.add(Round(kind=kind, at=moment.replace(tzinfo=ZONE)))
    ids = {
        name: _join(session, name, facts or {}, script["language"], now)
        for name, facts in script["members"].items()
    }
    for facts in script.get("introduced", []):
        _introduce(session, facts, ids, script["language"], now)


def _introduce(session: Session, facts: Line, ids: dict[str, int], language: str, now: datetime) -> None:
    """`who` was introduced by `by` to the client of `work`; `start` is when it is to begin."""
    known = Lead(roles=(facts["work"],), client=facts.get("client"), start=facts.get("start"))
    lead = LeadRow(
        source_id=ids[facts["by"]],
        state="chosen",
        title=title(known, language),
        details=plain(known),
        print={},
        seed=1,
        created_at=now - WEEK,
        closed_at=now - WEEK,
    )
    session.add(lead)
    session.flush()
    session.add(
        Introduction(
            lead_id=lead.id,
            member_id=ids[facts["who"]],
            source_id=lead.source_id,
            introduced_at=now - WEEK,
            ask_at=None,
        )
    )


def _join(session: Session, name: str, facts: Line, language: str, now: datetime) -> int:
    person = Person(name=facts.get("name", name.title()))
    session.add(person)
    session.flush()
    account = Account(
        channel="pipe", external_id=name, display_name=name, person_id=person.id, handle=f"@{name}"
    )
    place = gazetteer.locate(facts["place"]) if "place" in facts else None
    member = Member(
        person_id=person.id,
        name=person.name,
        language=facts.get("language", language),
        state=facts.get("state", "active"),
        is_coordinator=bool(facts.get("coordinator")),
        is_treasurer=bool(facts.get("treasurer")),
        agreed_at=now,
        joined_at=facts.get("joined", now),
        about=facts.get("about", ""),
        place=facts.get("place"),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        radius_km=facts.get("radius"),
        remote=facts.get("remote"),
        rate_cents=facts["rate"] * 100 if "rate" in facts else None,
        years=facts.get("years"),
    )
    session.add_all([account, member])
    session.flush()
    for kind in ("role", "skill", "sector", "like", "dislike"):
        words = facts.get(f"{kind}s", [])
        set_terms(session, member.id, kind, [(taxonomy.canonical(word), word) for word in words])
    set_terms(
        session, member.id, "checked", [(taxonomy.canonical(word), word) for word in facts.get("checked", [])]
    )
    if "from" in facts or "hours" in facts or "status" in facts:
        stated: date = facts.get("stated", now.date())
        session.add(
            Period(
                member_id=member.id,
                start_on=facts.get("from", now.date()),
                end_on=facts.get("until"),
                status=facts.get("status", "free"),
                hours=facts.get("hours"),
                stated_on=stated,
            )
        )
    return member.id
