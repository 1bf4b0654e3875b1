"""A code that links another app to the same person: random, kept as a hash, for a quarter of an hour, once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from assistant.actions import linking
from assistant.codes import Apps, link_to
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import LinkCode
from db import collectives, links
from db.accounts import Account
from db.links import Link
from db.members import Member
from db.session import in_collective
from tests.app.stage import NOW, Stage


@pytest.mark.parametrize(
    ("minutes", "spoilt", "person", "used", "works"),
    [
        (0, "", None, False, True),
        (15, "", None, False, True),
        (16, "", None, False, False),
        (0, "x", None, False, False),
        (0, "", None, True, False),
        (0, "", "anna", False, False),
        (0, "", "kim", False, False),
    ],
    ids=[
        "at once",
        "just in time",
        "too late",
        "another code",
        "used before",
        "the same person",
        "somebody else",
    ],
)
def test_what_a_code_is_good_for(
    stage: Stage, minutes: int, spoilt: str, person: str | None, used: bool, works: bool
) -> None:
    ids = stage.found("De Kade", "anna", "kim")
    with in_collective(stage.app.engine, 1) as session:
        first, member = session.get_one(Account, 1), session.get_one(Member, ids["anna"])
        whose = session.get_one(Member, ids[person]).person_id if person else None
        other = Account(channel="whatsapp", external_id="NL.1", display_name="Anna", person_id=whose)
        session.add(other)
        session.flush()
        (told,) = linking.ask(Desk(session, collectives.hold(session, 1), NOW), member, first)
        assert isinstance(told, LinkCode)
        session.flush()
        if used:
            session.execute(update(Link).values(used_at=NOW))
        later = Desk(session, collectives.hold(session, 1), NOW + timedelta(minutes=minutes))
        told_again: Any = None
        try:
            told_again = linking.link(later, other, told.code + spoilt)
        except RefusedError:
            assert not works
        assert (told_again is not None) == works
        assert (other.person_id == first.person_id) == (works or person == "anna")


def test_only_a_hash_is_kept(stage: Stage) -> None:
    stage.found("De Kade", "anna")
    with in_collective(stage.app.engine, 1) as session:
        desk = Desk(session, collectives.hold(session, 1), NOW)
        (told,) = linking.ask(desk, session.get_one(Member, 1), session.get_one(Account, 1))
        assert isinstance(told, LinkCode)
        session.flush()
        assert len(told.code) == 16
        assert links.with_code(session, told.code) is None


@pytest.mark.parametrize(
    ("apps", "link"),
    [
        (Apps(), None),
        (Apps(bot_name="bot"), "https://t.me/bot?start=abc"),
        (Apps(number="31200000000"), "https://wa.me/31200000000?text=%2Fstart%20abc"),
        (
            Apps("bot", "31200000000"),
            "Telegram: https://t.me/bot?start=abc\nWhatsApp: https://wa.me/31200000000?text=%2Fstart%20abc",
        ),
    ],
    ids=["in no app that told its name", "Telegram", "WhatsApp", "both"],
)
def test_a_code_is_opened_by_a_link_in_each_app_we_are_in(apps: Apps, link: str | None) -> None:
    assert link_to(apps, "abc") == link


@pytest.mark.parametrize(
    ("channel", "opens"),
    [("telegram", "https://wa.me/31200000000?"), ("whatsapp", "https://t.me/bot?")],
)
def test_the_link_beside_a_code_opens_the_other_app(stage: Stage, channel: str, opens: str) -> None:
    ids = stage.found("De Kade", "anna")
    with in_collective(stage.app.engine, 1) as session:
        first, member = session.get_one(Account, 1), session.get_one(Member, ids["anna"])
        first.channel = channel
        desk = Desk(session, collectives.hold(session, 1), NOW, first, Apps("bot", "31200000000"))
        (told,) = linking.ask(desk, member, first)

    assert isinstance(told, LinkCode)
    assert told.link is not None
    assert told.link.startswith(opens)
    assert told.code in told.link
