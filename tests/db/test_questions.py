"""A question past the session is answered as the session would: the same entities, nothing of it missed."""

from datetime import date

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import NoResultFound

from db import availability, questions, tables
from db.availability import Spell
from db.session import Session, narrow
from tests.db.world import OWNED, Worlds

ABOUT = select(tables.Member).where(tables.Member.about == bindparam("about"))
WITH_TALK = select(tables.Member, tables.OpenTalk.state).outerjoin(
    tables.OpenTalk, tables.OpenTalk.member_id == tables.Member.id
)
TALK_OF_MEMBER = select(tables.Member.id, tables.OpenTalk).outerjoin(
    tables.OpenTalk, tables.OpenTalk.member_id == tables.Member.id
)


@pytest.mark.parametrize("table", OWNED)
def test_an_entity_has_every_column_the_session_would_give_it(
    table: type[tables.Member], worlds: Worlds
) -> None:
    with worlds.at_home() as session:
        quick = questions.get_one(session, table, worlds.mine.ids[table])
        values = {column.key: getattr(quick, column.key) for column in table.__mapper__.column_attrs}
        assert not session.dirty
        session.expunge_all()
        usual = session.get_one(table, worlds.mine.ids[table])

        assert {name: getattr(usual, name) for name in values} == values
        assert usual is not quick


def test_an_entity_the_session_has_is_the_answer_itself(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        known = session.get_one(tables.Member, worlds.mine.member)
        known.about = "anders"

        assert questions.scalars(session, ABOUT, {"about": "anders"}) == [known]
        assert questions.get(session, tables.Member, known.id) is known


def test_a_change_of_an_answer_is_written(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        member = questions.get_one(session, tables.Member, worlds.mine.member)
        member.about = "veranderd"
        session.flush()
        session.expunge_all()

        assert session.get_one(tables.Member, worlds.mine.member).about == "veranderd"


def test_what_is_not_yet_written_is_not_missed(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        session.get_one(tables.Member, worlds.mine.member).about = "net gezegd"

        assert len(questions.scalars(session, ABOUT, {"about": "net gezegd"})) == 1


def test_what_a_question_does_not_read_waits(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        lead = session.get_one(tables.Lead, worlds.mine.lead)
        lead.title = "anders"
        questions.scalars(session, ABOUT, {"about": ""})

        assert lead in session.dirty


def test_entities_and_columns_stand_side_by_side(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        ((member, state),) = questions.mixed(session, WITH_TALK, {})
        ((number, talk),) = questions.mixed(session, TALK_OF_MEMBER, {})

        assert (member.id, number) == (worlds.mine.member, worlds.mine.member)
        assert state == talk.state


def test_an_entity_that_an_outer_join_does_not_find_is_none(worlds: Worlds) -> None:
    with worlds.at_home() as session:
        session.delete(session.get_one(tables.OpenTalk, worlds.mine.ids[tables.OpenTalk]))

        ((number, talk),) = questions.mixed(session, TALK_OF_MEMBER, {})
        assert number == worlds.mine.member
        assert talk is None


@pytest.mark.parametrize("number", [None, 0, 1_000_000])
def test_nobody_has_this_id(number: int | None, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        assert questions.get(session, tables.Member, number) is None
        with pytest.raises(NoResultFound):
            questions.get_one(session, tables.Member, number)


def test_rows_are_stored_at_once_and_stamped(worlds: Worlds) -> None:
    spells = [
        Spell(date(2027, month, 1), None, "free", 8.0, "", "", date(2026, 11, 1)) for month in (1, 2, 3)
    ]
    with worlds.at_home() as session:
        availability.replace(session, worlds.mine.member, spells)
        found = availability.of_members(session, [worlds.mine.member])[worlds.mine.member]

        assert [each.start_on for each in found] == [spell.start_on for spell in spells]
        assert {each.collective_id for each in found} == {worlds.mine.collective}


def test_without_a_collective_no_row_is_stored(worlds: Worlds) -> None:
    with worlds.nowhere() as session, pytest.raises(ValueError, match="no collective"):
        questions.add(session, tables.Period, [{"member_id": worlds.mine.member}])


def test_nothing_to_store_asks_nothing(worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        questions.add(session, tables.Period, [])


def test_narrowed_later_the_same_question_sees_more(worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        assert _members(session) == []
        narrow(session, worlds.mine.collective)

        assert _members(session) == [worlds.mine.member]


def _members(session: Session) -> list[int]:
    return [member.id for member, _state in questions.mixed(session, WITH_TALK, {})]
