"""What somebody is told of what is kept, and that nothing of it is left once they are erased."""

import base64
import json
from dataclasses import replace
from datetime import date

import pytest

from db import ledger, opt_ins, rounds, tables
from db.base import Base
from db.ledger import Account as LedgerAccount
from db.ledger import Transfer
from db.session import in_collective, transaction
from dialogs import commands as do
from nlu.meaning import Availability, Contact, Lead, Meaning, Profile, Range
from tests.app.stage import CHANNEL, Stage

MIEKE = "zwaantje"  # a name nothing else holds
OWN = "Ik leid al jaren projecten bij waterschap Kwakkel"
LEAD = Lead(roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4))
CONTACT = Contact("Jan Klepper", "0612345678", "jan@klepper.example")


def press(stage: Stage, who: str, command: do.Command) -> list[tuple[str, str]]:
    return stage.presses(who, stage.button(who, command))


def a_life(stage: Stage) -> None:
    """Somebody may be written to, tells of themself, brings a lead, answers one, and asks for a human."""
    stage.found("Noord", "anna", "kees", MIEKE, policy={"credit_entry_cents": 0})
    with transaction(stage.app.engine) as session:
        opt_ins.record(session, address(stage), "agreed", stage.now, given=True)
    said = Profile(roles=("projectleider",), place="Utrecht", rate=None)
    press(
        stage,
        MIEKE,
        do.SaveProfile(said, OWN, Availability(start=date(2026, 11, 24), days_per_week=Range(3, 3))),
    )
    press(stage, MIEKE, do.ShareLead(Lead(roles=("tester",), contact=CONTACT), f"{OWN} zoekt een tester"))
    press(stage, "kees", do.ShareLead(LEAD, "projectleider in Utrecht", is_new=True))
    stage.passes(hours=0)
    offer = next(row for row in stage.rows(tables.Offer) if row.member_id == number_of(stage, MIEKE))
    press(stage, MIEKE, do.ShowInterest(offer.id, words=f"{OWN}, dus graag"))
    press(stage, MIEKE, do.TalkToHuman(f"Bel {MIEKE} even"))
    stage.says(MIEKE, f"{OWN}, en nog iets")


def number_of(stage: Stage, who: str) -> int:
    return int(next(row.id for row in stage.rows(tables.Member) if row.name.lower() == who))


def everything(stage: Stage) -> str:
    """The whole database as text."""
    return "\n".join(
        f"{table}: {row}"
        for table in tables.Base.metadata.sorted_tables
        for row in stage.rows(_class(table.name))
    )


def _class(name: str) -> type[Base]:
    return next(each.class_ for each in Base.registry.mappers if each.class_.__tablename__ == name)


def file_of(stage: Stage, who: str) -> dict[str, object]:
    """The file that went out last to somebody."""
    account = next(row.id for row in stage.rows(tables.Account) if row.external_id == who)
    cards = [row.card for row in stage.rows(tables.Message) if row.account_id == account]
    document = next(card["document"] for card in reversed(cards) if card.get("document"))
    found: dict[str, object] = json.loads(base64.b64decode(document["data"]))
    return found


def test_the_file_holds_all_that_was_told(stage: Stage) -> None:
    a_life(stage)
    press(stage, MIEKE, do.ShowMyData())

    file = file_of(stage, MIEKE)
    kept = file["kept"]
    assert isinstance(kept, dict)
    assert kept["members"][0]["about"] == OWN
    assert kept["offers"][0]["words"] == f"{OWN}, dus graag"
    assert [row["title"] for row in kept["leads"]] == ["tester"]
    assert kept["availability"]
    assert file["why_asked_or_not"]
    assert file["reached_at"] == [
        {"channel": CHANNEL, "address": MIEKE, "name": MIEKE, "handle": f"@{MIEKE}"}
    ]


def test_the_file_holds_nothing_of_others(stage: Stage) -> None:
    a_life(stage)
    press(stage, "kees", do.ShowMyData())

    text = json.dumps(file_of(stage, "kees"))
    assert MIEKE not in text.lower()
    assert "Kwakkel" not in text


def test_nothing_is_left_of_who_is_erased(stage: Stage) -> None:
    """At once but for the bare address, and what others were told; those go with the rest that is old."""
    a_life(stage)
    assert "Kwakkel" in everything(stage)
    press(stage, MIEKE, do.DeleteMe())
    at_once = [line for line in everything(stage).splitlines() if not line.startswith(("outbox", "buttons"))]

    assert "Kwakkel" not in "".join(at_once)
    assert {line.split(":")[0] for line in at_once if MIEKE in line.lower()} <= {"accounts", "inbox"}
    assert OWN not in "".join(
        row.card["text"] for row in stage.rows(tables.Message) if row.account_id == address(stage)
    )

    stage.passes(days=20)
    stage.says("anna", "hallo")
    stage.passes(days=9)
    assert MIEKE not in everything(stage).lower()
    assert "Kwakkel" not in everything(stage)


def address(stage: Stage) -> int:
    return int(next(row.id for row in stage.rows(tables.Account) if row.external_id == MIEKE))


def test_who_owes_money_keeps_a_name_until_it_is_settled(stage: Stage) -> None:
    a_life(stage)
    number = number_of(stage, MIEKE)
    debt = Transfer("dues:1", "dues", LedgerAccount("dues_due", number), LedgerAccount("dues"), 5000)
    collective = stage.rows(tables.Collective)[0].id
    with in_collective(stage.app.engine, collective) as session:
        ledger.book(session, [debt], stage.now.date(), stage.now)
        rounds.plan(session, "retention", stage.now)
    press(stage, MIEKE, do.DeleteMe())

    names = [row.name for row in stage.rows(tables.Member)]
    assert MIEKE.title() in names
    assert OWN not in "".join(row.about for row in stage.rows(tables.Member))

    paid = Transfer("paid:1", "payment", LedgerAccount("bank"), LedgerAccount("dues_due", number), 5000)
    with in_collective(stage.app.engine, collective) as session:
        ledger.book(session, [paid], stage.now.date(), stage.now)
    stage.passes(days=1)
    assert f"oud-lid {number}" in [row.name for row in stage.rows(tables.Member)]
    assert MIEKE.title() not in [row.name for row in stage.rows(tables.Person)]


@pytest.mark.parametrize(("days", "kept"), [(27, True), (29, False)])
def test_who_left_is_kept_for_four_weeks(days: int, kept: bool, stage: Stage) -> None:
    a_life(stage)
    with in_collective(stage.app.engine, stage.rows(tables.Collective)[0].id) as session:
        rounds.plan(session, "retention", stage.now)
    press(stage, MIEKE, do.Leave())
    stage.passes(days=days)

    assert (OWN in [row.about for row in stage.rows(tables.Member)]) is kept


def test_a_message_is_kept_no_longer_than_its_turn(stage: Stage) -> None:
    """What was forwarded stands nowhere once the lead is confirmed, and neither does what was typed."""
    stage.found("Noord", "anna", "kees")
    stage.reader.meanings = {OWN: Meaning("nl", "share_lead", 1.0, confident=True, lead=LEAD)}
    stage.says("anna", OWN, forwarded_from="Recruiter X")
    stage.says("anna", "iets anders over Kwakkel")
    assert {row.payload == {} for row in stage.rows(tables.Heard)} == {True}
    confirm = stage.button("anna", do.ConfirmDraft(1))
    stage.presses("anna", confirm)

    assert [row.title for row in stage.rows(tables.Lead)] == ["projectleider in Utrecht"]
    assert "Kwakkel" not in everything(stage).replace("iets anders over Kwakkel", "")


def test_a_second_telling_keeps_no_words_under_its_button(stage: Stage) -> None:
    stage.found("Noord", "anna", "kees")
    told = do.ShareLead(replace(LEAD, client="Kwakkel", contact=CONTACT), f"{OWN}: projectleider in Utrecht")
    press(stage, "anna", told)
    press(stage, "kees", told)

    again = next(
        row
        for row in stage.rows(tables.Button)
        if row.command["type"] == "ShareLead" and row.pressed_at is None
    )
    assert OWN not in json.dumps(again.command)
    assert "klepper" not in json.dumps([row.print for row in stage.rows(tables.Lead)]).lower()
    stage.presses("kees", again.token)
    prints = [row.print["words"] for row in stage.rows(tables.Lead)]
    assert sorted(prints[0]) == sorted(prints[1])
