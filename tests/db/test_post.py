"""The inbox and the outbox: a repeat is harmless, and every chat gets its messages in order."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from db import Engine, Session, inbox, open_database, outbox
from db.accounts import Account
from db.collectives import Collective
from db.inbox import Heard, NewEvent
from db.outbox import Button, Message
from db.session import transaction
from tests.db.world import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    database = open_database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with transaction(engine) as opened:
        yield opened


# --- what was heard ---------------------------------------------------------------------------------------------


def heard(event_id: str, channel: str = "pipe", who: str = "mieke") -> NewEvent:
    return NewEvent(
        channel=channel,
        event_id=event_id,
        external_id=who,
        payload={},
        received_at=NOW,
        state="waiting",
        attempts=0,
    )


def test_a_repeat_is_not_stored(session: Session) -> None:
    first = inbox.store(session, heard("1"))

    assert first is not None
    assert inbox.store(session, heard("1")) is None
    assert inbox.store(session, heard("1", channel="web")) is not None
    assert len(inbox.waiting(session)) == 2


def test_what_waits_is_told_oldest_first(session: Session) -> None:
    ids = [inbox.store(session, heard(str(number))) for number in range(3)]
    for heard_id, state in zip(ids, ("handled", "waiting", "failed"), strict=True):
        session.get_one(Heard, heard_id).state = state

    assert inbox.waiting(session) == [ids[1]]


@pytest.mark.parametrize(("minutes", "left"), [(-60, True), (-1, False), (0, False), (1, False), (60, True)])
def test_what_came_in_before_a_clock_was_set_back_is_left_behind_too(
    minutes: int, left: bool, session: Session
) -> None:
    heard_id = inbox.store(session, heard("1"))
    session.get_one(Heard, heard_id).received_at = NOW + timedelta(minutes=minutes)
    session.flush()
    a_while = timedelta(minutes=2)

    assert inbox.waiting(session, None, NOW - a_while, NOW + a_while) == ([heard_id] if left else [])


def test_an_event_is_claimed_once(session: Session) -> None:
    heard_id = inbox.store(session, heard("1"))
    assert heard_id is not None
    row = inbox.claim(session, heard_id)
    assert row is not None
    row.state = "handled"

    assert inbox.claim(session, heard_id) is None


def test_an_event_another_process_works_at_is_left_alone(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    with transaction(engine) as first:
        heard_id = inbox.store(first, heard("1"))
    assert heard_id is not None
    with transaction(engine) as one, transaction(engine) as other:
        assert inbox.claim(one, heard_id) is not None
        assert inbox.claim(other, heard_id) is None
    engine.dispose()


def test_what_one_account_was_heard_to_say(session: Session) -> None:
    for event_id, channel in (("7", "telegram"), ("12", "telegram"), ("3", "web")):
        inbox.store(session, heard(event_id, channel))

    assert inbox.last_moment(session) == NOW
    assert [row.event_id for row in inbox.of_account(session, "telegram", "mieke")] == ["7", "12"]


# --- what is owed -----------------------------------------------------------------------------------------------


def account(session: Session, who: str, channel: str = "pipe", *, blocked: bool = False) -> Account:
    row = Account(channel=channel, external_id=who, display_name=who, blocked=blocked)
    session.add(row)
    session.flush()
    return row


def message(
    session: Session, to: Account, text: str, state: str = "owed", retry_at: datetime | None = None
) -> Message:
    row = Message(
        account_id=to.id,
        cause=f"test:{text}",
        position=0,
        card={"text": text},
        created_at=NOW,
        state=state,
        retry_at=retry_at,
    )
    session.add(row)
    session.flush()
    return row


def owed(session: Session, channel: str = "pipe", now: datetime = NOW, most: int = 100) -> list[str]:
    return [row.card["text"] for row in outbox.owed(session, channel, now, most)]


def test_a_chat_gets_its_oldest_message_first(session: Session) -> None:
    mieke, kees = account(session, "mieke"), account(session, "kees")
    first = message(session, mieke, "m1")
    message(session, mieke, "m2")
    message(session, kees, "k1")

    assert owed(session) == ["m1", "k1"]
    first.state = "sent"
    assert owed(session) == ["k1", "m2"] or owed(session) == ["m2", "k1"]
    assert owed(session, most=1) == ["m2"]


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_what_is_done_holds_nobody_up(state: str, session: Session) -> None:
    mieke = account(session, "mieke")
    message(session, mieke, "m1", state)
    message(session, mieke, "m2")

    assert owed(session) == ["m2"]


def test_a_retry_holds_up_its_own_chat_only(session: Session) -> None:
    mieke, kees = account(session, "mieke"), account(session, "kees")
    message(session, mieke, "m1", retry_at=LATER).attempts = 1
    message(session, mieke, "m2")
    message(session, kees, "k1")

    assert owed(session) == ["k1"]
    assert owed(session, now=LATER) == ["m1", "k1"]


@pytest.mark.parametrize(("minutes", "due"), [(0, True), (5, False), (60, False), (61, True), (10_000, True)])
def test_a_retry_does_not_wait_for_a_clock_that_was_set_back(
    minutes: int, due: bool, session: Session
) -> None:
    mieke = account(session, "mieke")
    message(session, mieke, "m1", retry_at=NOW + timedelta(minutes=minutes)).attempts = 1

    assert owed(session) == (["m1"] if due else [])


def test_what_waits_for_the_morning_holds_nobody_up(session: Session) -> None:
    mieke = account(session, "mieke")
    message(session, mieke, "m1", retry_at=LATER)
    message(session, mieke, "m2")

    assert owed(session) == ["m2"]
    assert owed(session, now=LATER) == ["m1"]


def test_what_is_owed_to_who_blocked_us_waits(session: Session) -> None:
    mieke = account(session, "mieke", blocked=True)
    message(session, mieke, "m1")

    assert owed(session) == []
    mieke.blocked = False
    assert owed(session) == ["m1"]


def test_a_channel_is_asked_for_its_own(session: Session) -> None:
    message(session, account(session, "mieke"), "pipe")
    message(session, account(session, "mieke", "web"), "web")

    assert owed(session, "web") == ["web"]
    assert owed(session, "pipe") == ["pipe"]
    assert owed(session, "telegram") == []


def test_a_chat_shows_what_was_sent(session: Session) -> None:
    mieke = account(session, "mieke")
    for text, state in (("een", "sent"), ("twee", "owed"), ("drie", "failed")):
        message(session, mieke, text, state).sent_at = NOW

    assert [row.card["text"] for row in outbox.of_account(session, mieke.id)] == ["een"]
    assert outbox.last_moment(session) == NOW


def test_the_same_cause_owes_nothing_twice(engine: Engine) -> None:
    with transaction(engine) as first:
        mieke = account(first, "mieke")
        message(first, mieke, "een")
    with pytest.raises(Exception, match=r"(?i)unique"), transaction(engine) as second:
        message(second, mieke, "een")


# --- several processes that send --------------------------------------------------------------------------------


def claimed(engine: Engine, per_s: float | None = None) -> list[str]:
    """What one of several processes gets to deliver, in a transaction of its own."""
    with transaction(engine) as session:
        return [row.card["text"] for row in outbox.claim(session, "pipe", NOW, per_s)]


def test_what_one_process_delivers_no_other_gets(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    with transaction(engine) as session:
        mieke, kees = account(session, "mieke"), account(session, "kees")
        first = message(session, mieke, "m1").id
        message(session, mieke, "m2")
    assert claimed(engine) == ["m1"]
    assert claimed(engine) == []  # m2 waits for m1, whoever asks

    with transaction(engine) as session:
        message(session, kees, "k1")
    assert claimed(engine) == ["k1"]

    with transaction(engine) as session:
        session.get_one(Message, first).state = "sent"
    assert claimed(engine) == ["m2"]
    engine.dispose()


def test_who_died_leaves_a_claim_that_ends(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    with transaction(engine) as session:
        message(session, account(session, "mieke"), "m1").claimed_until = NOW - timedelta(days=9000)
    assert claimed(engine) == ["m1"]
    engine.dispose()


def test_all_processes_together_go_no_faster_than_the_platform_allows(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    with transaction(engine) as session:
        for number in range(30):
            message(session, account(session, f"lid{number}"), f"{number}")

    assert len(claimed(engine, per_s=8)) == 8
    assert len(claimed(engine, per_s=8)) <= 1  # at most what came free between the two
    assert len(claimed(engine)) >= 21
    engine.dispose()


def test_a_process_alone_on_its_file_claims_nothing(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    with transaction(engine) as session:
        message(session, account(session, "mieke"), "m1")

    assert claimed(engine) == claimed(engine) == ["m1"]
    engine.dispose()


# --- buttons ----------------------------------------------------------------------------------------------------


def button(session: Session, under: Message, label: str, pressed_at: datetime | None = None) -> str:
    token = f"{under.id}-{label}"
    session.add(
        Button(
            token=token,
            account_id=under.account_id,
            message_id=under.id,
            label=label,
            command={"type": "Undo"},
            pressed_at=pressed_at,
        )
    )
    session.flush()
    return token


def test_a_button_is_found_by_a_part_of_its_label(session: Session) -> None:
    mieke, kees = account(session, "mieke"), account(session, "kees")
    old, new = message(session, mieke, "oud", "sent"), message(session, mieke, "nieuw", "sent")
    tokens = {
        "old": button(session, old, "Klopt"),
        "new": button(session, new, "Klopt helemaal"),
        "edit": button(session, new, "Aanpassen"),
        "not yet sent": button(session, message(session, mieke, "later"), "Klopt nog niet"),
        "kees": button(session, message(session, kees, "kees", "sent"), "Interesse"),
    }

    def found(who: str, label: str) -> str | None:
        return outbox.find_button(session, "pipe", who, label)

    assert found("mieke", "klopt") == tokens["new"]
    assert found("mieke", "PAS") == tokens["edit"]
    assert found("mieke", "Interesse") is None
    assert found("kees", "inter") == tokens["kees"]
    assert outbox.button(session, "nonsense") is None


def test_only_a_button_of_ones_own_is_found_by_pressing(session: Session) -> None:
    mieke, kees = account(session, "mieke"), account(session, "kees")
    tokens = {
        each.external_id: button(session, message(session, each, each.external_id, "sent"), "Ja")
        for each in (mieke, kees)
    }
    collective = Collective(name="C", language="nl", zone="UTC", policy={})
    session.add(collective)
    session.flush()

    assert outbox.pressing(session, "pipe", "mieke", tokens["mieke"]) is None  # about no collective
    for each in (row for token in tokens.values() if (row := outbox.button(session, token))):
        each.collective_id = collective.id
    found = outbox.pressing(session, "pipe", "mieke", tokens["mieke"])

    assert found == (mieke, collective, outbox.button(session, tokens["mieke"]))
    assert outbox.pressing(session, "pipe", "mieke", tokens["kees"]) is None
    assert outbox.pressing(session, "pipe", "nobody", tokens["mieke"]) is None


def test_pressing_a_button_presses_all_under_its_message(session: Session) -> None:
    mieke = account(session, "mieke")
    old, new = message(session, mieke, "oud", "sent"), message(session, mieke, "nieuw", "sent")
    tokens = [button(session, old, "Klopt"), button(session, new, "Klopt"), button(session, new, "Aanpassen")]
    before, pressed, beside = (found for token in tokens if (found := outbox.button(session, token)))

    outbox.press(session, pressed, NOW)

    assert outbox.pressed(session, before) == (None, old.card)
    assert outbox.pressed(session, pressed) == (NOW, new.card)
    assert outbox.pressed(session, beside) == (NOW, new.card)


def test_a_pressed_button_is_found_last(session: Session) -> None:
    mieke = account(session, "mieke")
    old, new = message(session, mieke, "oud", "sent"), message(session, mieke, "nieuw", "sent")
    fresh = button(session, old, "Klopt")
    pressed = button(session, new, "Klopt", pressed_at=NOW)

    assert outbox.find_button(session, "pipe", "mieke", "Klopt") == fresh
    assert pressed != fresh
