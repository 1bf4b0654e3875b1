"""A message is heard once, and a turn happens wholly or not at all."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from sqlalchemy import event, update

from assistant.messages import Gone, Media, Receipt, Refused, Retry
from assistant.notices import (
    HERE,
    AlreadyMember,
    LeadGone,
    NothingOffered,
    NothingToUndo,
    Sorry,
    Stale,
    Stranger,
    TooLong,
)
from assistant.notices import Unreadable as CannotRead
from assistant.turn import DOUBLE_TAP, MAX_TEXT
from db import tables
from db.base import Base
from dialogs import commands as do
from nlu.meaning import Availability, LanguageCode, Lead, Meaning
from tests.app.stage import NOW, Stage, Stumbling, incoming, lines, words

SECRET = "Bel Kees van Dam op 06-12345678"
LEAD = Lead(roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4))
SHARE = do.ShareLead(LEAD, "projectleider in Utrecht")
FREE = Meaning(
    "nl", "set_availability", 0.9, confident=True, availability=Availability(status="free", now=True)
)
ENGLISH = replace(FREE, language="en")


def policy(stage: Stage, collective: str, **settings: object) -> None:
    table = Base.metadata.tables["collectives"]
    with stage.app.engine.begin() as connection:
        connection.execute(update(table).where(table.c.name == collective).values(policy=settings))


# --- wholly or not at all ---------------------------------------------------------------------------------------


def test_a_turn_is_kept(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    stage.reader.meanings = {"ik ben vrij": FREE}

    assert [to for to, _ in stage.says("mieke", "ik ben vrij")] == ["mieke"]
    assert stage.states() == ["handled"]
    assert [row.status for row in stage.rows(tables.Period)] == ["free"]


def test_a_bug_leaves_nothing_but_an_apology(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.found("Noord", "mieke", "kees", policy={SECRET: 1})  # found only after the lead was written
    token = stage.button("mieke", replace_is_new(SHARE))

    assert stage.presses("mieke", token) == [("mieke", words(Sorry(HERE)))]
    assert stage.states() == ["failed"]
    assert [row.error for row in stage.rows(tables.Heard)] == ["KeyError"]
    for table in (tables.Lead, tables.Offer, tables.Change, tables.Decision, tables.OpenTalk):
        assert stage.rows(table) == []
    assert [row.pressed_at for row in stage.rows(tables.Button)] == [None]
    assert "KeyError" in caplog.text
    assert "policy.py" in caplog.text
    assert SECRET not in caplog.text
    assert "06-" not in caplog.text


def replace_is_new(command: do.ShareLead) -> do.ShareLead:
    return do.ShareLead(command.lead, command.text, is_new=True)


def test_after_a_bug_the_button_still_works(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees", policy={"nonsense": 1})
    token = stage.button("mieke", SHARE)
    stage.presses("mieke", token)
    policy(stage, "Noord")

    assert [to for to, _ in stage.presses("mieke", token)] == ["mieke", "mieke"]  # the card, and the answer
    assert len(stage.rows(tables.Lead)) == 1


def test_a_bug_while_reading_quotes_nobody(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.found("Noord", "mieke")
    stage.app.reader = Stumbling({})

    assert stage.says("mieke", SECRET) == [("mieke", words(Sorry(HERE)))]
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("can_apologise", [True, False])
def test_what_cannot_be_read_stops_nobody(
    can_apologise: bool, stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is set aside, with an apology if that can be given; what comes after it is answered."""
    stage.found("Noord", "mieke")
    stage.app.receive(replace(incoming("mieke", text="hallo"), forwarded_from=SECRET), NOW)
    with stage.app.engine.begin() as connection:
        broken = {"forwarded_from": {SECRET: 1}, "channel": "test"}
        connection.execute(update(Base.metadata.tables["inbox"]).values(payload=broken))
    stage.app.receive(incoming("mieke", text="hallo"), NOW)
    if not can_apologise:
        monkeypatch.setattr("assistant.app.enter_to_refuse", lambda _: 1 / 0)

    assert stage.app.catch_up(NOW) == 2
    sorry = ("mieke", words(Sorry(HERE), "nl"))
    told = stage.deliver()
    assert len(told) == 1 + can_apologise
    assert told.count(sorry) == can_apologise
    assert stage.states() == ["failed", "handled"]
    assert SECRET not in caplog.text
    assert stage.app.catch_up(NOW) == 0


def test_a_refusal_leaves_nothing_but_its_reason(stage: Stage) -> None:
    ids = stage.found("Noord", "mieke")

    assert stage.presses("mieke", stage.button("mieke", do.Undo())) == [
        ("mieke", words(NothingToUndo(ids["mieke"])))
    ]
    assert stage.states() == ["handled"]
    assert [row.pressed_at for row in stage.rows(tables.Button)] == [None]
    assert stage.rows(tables.OpenTalk) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_refusal_before_anything_was_done_is_said_at_once(language: LanguageCode, stage: Stage) -> None:
    """In the language of whoever is refused, in which they are answered from then on."""
    ids = stage.found("Noord", "mieke")
    stage.reader.meanings = {"ja dat wil ik": Meaning(language, "show_interest", 0.9, confident=True)}
    begun: list[object] = []
    event.listen(stage.app.engine, "begin", begun.append)
    stage.app.hear(incoming("mieke", text="ja dat wil ik"), NOW)

    assert len(begun) == 1
    assert stage.deliver() == [("mieke", words(NothingOffered(ids["mieke"]), language))]
    assert (stage.states(), stage.rows(tables.OpenTalk)) == (["handled"], [])
    assert [row.language for row in stage.rows(tables.Member)] == [language]


# --- once -------------------------------------------------------------------------------------------------------


def test_a_repeat_of_an_event_is_not_heard(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    stage.reader.meanings = {"ik ben vrij": FREE}
    first = incoming("mieke", text="ik ben vrij")

    assert len(stage.happens(first)) == 1
    assert stage.happens(first) == []
    assert stage.happens(replace(first, text="iets anders")) == []
    assert stage.app.receive(first, NOW) is None
    assert len(stage.rows(tables.Change)) == 1


def test_an_event_is_handled_once(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    stage.reader.meanings = {"ik ben vrij": FREE}
    heard_id = stage.app.receive(incoming("mieke", text="ik ben vrij"), NOW)
    assert heard_id is not None
    stage.app.handle(heard_id, NOW)
    stage.app.handle(heard_id, NOW)
    stage.app.handle(heard_id + 1, NOW)

    assert len(stage.deliver()) == 1
    assert len(stage.rows(tables.Change)) == 1


def test_what_was_stored_before_a_crash_is_handled_after_it(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    stage.reader.meanings = {"ik ben vrij": FREE}
    for who in ("mieke", "kees", "mieke"):
        stage.app.receive(incoming(who, text="ik ben vrij"), NOW)

    assert stage.app.owed("test", NOW) == []
    assert stage.app.catch_up(NOW) == 3
    assert sorted(to for to, _ in stage.deliver()) == ["kees", "mieke", "mieke"]
    assert stage.app.catch_up(NOW) == 0


# --- buttons ----------------------------------------------------------------------------------------------------


def test_a_button_works_once(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    token = stage.button("mieke", SHARE)

    assert len(stage.presses("mieke", token)) == 2
    assert stage.presses("mieke", token) == []  # a double tap is heard as one
    stage.now += DOUBLE_TAP
    assert stage.presses("mieke", token) == []
    stage.passes(seconds=1)
    assert stage.presses("mieke", token) == [("mieke", words(Stale(HERE)))]
    assert len(stage.rows(tables.Lead)) == 1


def test_the_card_shows_what_was_pressed(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    token = stage.button("mieke", do.ShowMyLeads())
    stage.app.hear(incoming("mieke", kind="press", token=token), NOW)
    (edit,) = stage.app.owed("test", NOW)

    assert (edit.edits, edit.card.text, edit.card.buttons) == (f"old-{token}", "Kies maar.\n\n✓ Doen", ())


@pytest.mark.parametrize("who", ["kees", "a stranger"])
def test_the_button_of_somebody_else_does_nothing(who: str, stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    token = stage.button("mieke", SHARE)

    assert stage.presses(who, token) == [(who, words(Stale(HERE)))]
    assert stage.rows(tables.Lead) == []
    assert len(stage.presses("mieke", token)) == 2
    assert len(stage.rows(tables.Lead)) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 500, None])
def test_a_button_nobody_knows(token: str | None, stage: Stage) -> None:
    stage.found("Noord", "mieke")

    assert stage.happens(incoming("mieke", kind="press", token=token)) == [("mieke", words(Stale(HERE)))]


# --- several collectives ----------------------------------------------------------------------------------------


def test_a_button_of_another_collective_works_in_its_own(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    stage.found("Zuid", "anna", "mieke")
    north, south = (row.id for row in stage.rows(tables.Collective))
    stage.presses("mieke", stage.button("mieke", SHARE, collective_id=south))

    assert [row.collective_id for row in stage.rows(tables.Lead)] == [south]
    assert {row.collective_id for row in stage.rows(tables.Offer)} == {south}
    stage.reader.meanings = {"ik ben vrij": FREE}
    stage.says("mieke", "ik ben vrij")  # and her words still go to the other
    assert [row.collective_id for row in stage.rows(tables.Period)] == [north]


def test_a_refusal_in_another_collective_is_said(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    ids = stage.found("Zuid", "anna", "mieke")
    south = stage.rows(tables.Collective)[1].id
    token = stage.button("mieke", do.WithdrawLead(1), collective_id=south)

    assert stage.presses("mieke", token) == [("mieke", words(LeadGone(ids["mieke"], None, own=True)))]
    assert stage.states() == ["handled"]


def test_ids_of_another_collective_are_of_no_use(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    ids = stage.found("Zuid", "anna", "bas")
    stage.presses("mieke", stage.button("mieke", SHARE))
    (lead,) = stage.rows(tables.Lead)
    offer = stage.rows(tables.Offer)[0]
    for command in (
        do.WithdrawLead(lead.id),
        do.CloseLead(lead.id),
        do.ChooseNobodyYet(lead.id),
        do.Choose(lead.id, offer.member_id),
        do.ShowInterest(offer.id),
        do.Decline(offer.id),
        do.AskTip(offer.id),
        do.Tip("Bas", offer.id),
        do.ExplainOffer(offer.id),
        do.Undo(1),
        do.ReportOutcome("won", 1),
        do.OutcomeUnknown(1),
        do.SwitchCollective(1),
    ):
        told = stage.presses("anna", stage.button("anna", command))
        assert [to for to, _ in told] == ["anna"], command

    assert stage.states() == ["handled"] * 14
    assert stage.rows(tables.Lead) == [lead]
    assert ids


def test_switching_goes_where_one_is_a_member_only(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    ids = stage.found("Zuid", "anna")
    north, south = (row.id for row in stage.rows(tables.Collective))

    assert stage.presses("anna", stage.button("anna", do.SwitchCollective(north))) == [
        ("anna", words(AlreadyMember(ids["anna"], "Zuid")))
    ]
    assert [row.collective_id for row in stage.rows(tables.Account)] == [north, south]


# --- strangers, and who blocked us ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [("hallo", "nl"), ("/start", "nl"), ("/help", "en"), ("", "nl"), ("x" * 50_000, "en")],
)
def test_a_stranger_is_told_how_to_get_in(text: str, language: str, stage: Stage) -> None:
    stage.found("Noord", "mieke")
    spoken = "en" if language == "en" else "nl"

    assert stage.says("vreemde", text, language=language) == [("vreemde", words(Stranger(HERE), spoken))]
    assert stage.reader.read_so_far == []


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("hello, who are you?", "", "en"),
        ("hello, who are you?", "de", "en"),
        ("hallo", "de", "nl"),
        (" ", "", "nl"),
    ],
)
def test_a_stranger_is_answered_in_the_language_they_write(
    text: str, language: str, spoken: str, stage: Stage
) -> None:
    stage.reader.meanings = {"hello, who are you?": Meaning("en", "how_it_works", 0.9, confident=True)}

    assert stage.says("vreemde", text, language=language) == [("vreemde", words(Stranger(HERE), spoken))]


def test_a_stranger_with_an_unknown_code(stage: Stage) -> None:
    told = stage.says("vreemde", "/start GEHEIM")

    assert [to for to, _ in told] == ["vreemde"]
    assert stage.states() == ["handled"]
    assert stage.rows(tables.Person) == []


def test_what_is_owed_waits_for_who_blocked_us(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    stage.presses("mieke", stage.button("mieke", SHARE))
    stage.app.tick(stage.now)
    stage.happens(incoming("kees", kind="blocked"))

    assert {to for to, _ in stage.said} == {"mieke"}
    assert len(stage.happens(incoming("kees", kind="unblocked"))) == 1
    assert stage.said[-1][0] == "kees"


def test_who_writes_has_not_blocked_us(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    stage.happens(incoming("mieke", kind="blocked"))

    assert len(stage.says("mieke", "hallo")) == 1


# --- how deliveries end -----------------------------------------------------------------------------------------


def owe_two(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    for text in ("een", "twee"):
        stage.app.hear(incoming("mieke", text=text), NOW)


def test_a_retry_keeps_the_order(stage: Stage) -> None:
    owe_two(stage)
    stage.deliver(Retry(30))

    assert stage.deliver() == []
    stage.passes(seconds=30)
    assert [row.state for row in stage.rows(tables.Message)] == ["sent", "sent"]
    assert [row.attempts for row in stage.rows(tables.Message)] == [2, 1]


def test_who_is_gone_gets_nothing_until_they_are_back(stage: Stage) -> None:
    owe_two(stage)
    stage.deliver(Gone("blocked by the user"))

    assert stage.deliver() == []
    assert len(stage.says("mieke", "drie")) == 3


def test_what_a_platform_refuses_is_set_aside(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    owe_two(stage)
    stage.deliver(Refused("too long"))

    assert len(stage.deliver()) == 1
    assert [row.state for row in stage.rows(tables.Message)] == ["failed", "sent"]
    assert "too long" in caplog.text


# --- whatever people send ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("media", get_args(Media))
def test_what_holds_no_words_is_refused_kindly(media: Media, stage: Stage) -> None:
    ids = stage.found("Noord", "mieke")

    told = stage.happens(incoming("mieke", kind="media", media=media))
    assert told == [("mieke", words(CannotRead(ids["mieke"], media)))]
    assert stage.reader.read_so_far == []


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b "])
def test_an_empty_text(text: str, stage: Stage) -> None:
    stage.found("Noord", "mieke")

    assert len(stage.says("mieke", text)) == 1
    assert stage.states() == ["handled"]


def test_fifty_thousand_characters_are_too_many(stage: Stage) -> None:
    ids = stage.found("Noord", "mieke")

    assert stage.says("mieke", "x" * 50_000) == [("mieke", words(TooLong(ids["mieke"], MAX_TEXT)))]
    assert stage.reader.read_so_far == []


ODD = (
    pytest.param("🎉🎉🎉", id="emoji"),
    pytest.param("een\x00twee", id="a character no database keeps"),
    pytest.param("half \ud83d paar", id="half an emoji"),
    pytest.param("\u202eomgekeerd", id="right to left"),
    pytest.param("/onbekend", id="an unknown command"),
    pytest.param("/", id="a slash"),
    pytest.param("'; DROP TABLE members; --", id="SQL"),
    pytest.param("{name} %s {0}", id="a template"),
)


@pytest.mark.parametrize("text", ODD)
def test_odd_receipts_are_taken(text: str, stage: Stage) -> None:
    stage.app.confirm("test", [Receipt(None, text, "failed", 1, text)], NOW)

    assert stage.app.unpack() == {}
    assert stage.app.backlog(NOW)["waiting"] == 0


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_answered(text: str, stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    wants_human = Meaning("nl", "talk_to_human", 0.9, confident=True)
    stage.reader.meanings = {"mens": wants_human}

    assert len(stage.says("mieke", text, display_name=text, forwarded_from=text)) == 1
    stage.says("kees", "mens")
    told = stage.says("kees", text)  # said on, word for word, to the coordinator
    assert {to for to, _ in told} <= {"kees", "mieke"}
    assert stage.states() == ["handled"] * 3


def test_we_answer_in_the_language_of_the_member(stage: Stage) -> None:
    ids = stage.found("Noord", "mieke")
    member = ids["mieke"]
    stage.reader.meanings = {"I am free now": ENGLISH, "free now": ENGLISH, "ik ben nu vrij": FREE}
    stage.says("mieke", "free now")
    assert stage.rows(tables.Member)[0].language == "nl"  # two words say little
    stage.says("mieke", "I am free now", forwarded_from="Recruiter")
    assert stage.rows(tables.Member)[0].language == "nl"  # a forward says nothing about who forwards it
    stage.says("mieke", "I am free now")
    assert stage.presses("mieke", "nonsense") == [("mieke", words(Stale(HERE), "en"))]
    assert stage.happens(incoming("mieke", kind="media", media="voice")) == [
        ("mieke", words(CannotRead(member, "voice"), "en"))
    ]
    stage.says("mieke", "ik ben nu vrij")
    assert stage.presses("mieke", "nonsense") == [("mieke", words(Stale(HERE), "nl"))]


def test_each_hears_in_their_own_language(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    with stage.app.engine.begin() as connection:
        table = Base.metadata.tables["members"]
        connection.execute(update(table).where(table.c.name == "Kees").values(language="en"))
    stage.presses("mieke", stage.button("mieke", SHARE))
    told = dict(stage.passes(hours=0))

    assert list(told) == ["kees"]
    assert "Utrecht" in told["kees"]
    assert lines(told["kees"]) != lines(push_in_dutch(stage))


def push_in_dutch(stage: Stage) -> str:
    with stage.app.engine.begin() as connection:
        connection.execute(update(Base.metadata.tables["members"]).values(language="nl"))
    other = do.ShareLead(replace(LEAD, place="Breda"), "een heel andere opdracht, in Breda", is_new=True)
    stage.presses("mieke", stage.button("mieke", other))
    return dict(stage.passes(hours=0))["kees"]


def test_names_and_handles_are_kept_up_to_date(stage: Stage) -> None:
    stage.found("Noord", "mieke")
    stage.says("mieke", "hallo", display_name="Mieke V.", handle="@miekev")
    stage.says("mieke", "hallo")

    (row,) = stage.rows(tables.Account)
    assert (row.display_name, row.handle) == ("Mieke V.", "@miekev")
