"""What is kept of an agenda is never older than what was said, and of nobody more than what they said last."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.loading import candidates_of, wanted
from assistant.newest import Newest
from db import availability
from db.availability import Spell
from nlu.meaning import Lead
from tests.app.crowd import crowd
from tests.app.stage import NOW

ASKED = st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc")), max_size=40)


@given(ASKED, st.integers(1, 5))
def test_what_is_told_is_made_of_the_text_that_was_given(asked: list[tuple[int, str]], most: int) -> None:
    newest = Newest(str.upper, most)

    assert [newest.of(*each) for each in asked] == [text.upper() for _, text in asked]
    assert len(newest) == min(most, len({whose for whose, _ in asked}))


@given(ASKED)
def test_only_another_text_is_made_anew(asked: list[tuple[int, str]]) -> None:
    made: list[str] = []
    newest = Newest(made.append, 6)
    told: dict[int, str] = {}
    expected = []
    for whose, text in asked:
        if told.get(whose) != text:
            expected.append(text)
        told[whose] = text
        newest.of(whose, text)

    assert made == expected


def test_who_was_new_longest_ago_gives_way() -> None:
    made: list[str] = []
    newest = Newest(made.append, 2)
    for whose in (1, 2, 3, 2, 3, 1):
        newest.of(whose, f"{whose}")

    assert made == ["1", "2", "3", "1"]


def test_a_match_sees_what_was_said_a_moment_ago(database_url: str) -> None:
    with crowd(database_url) as desk:
        asked = wanted(desk, Lead(roles=("projectleider",)), source_id=0)
        seen = []
        for hours in (8.0, 24.0, 8.0):
            said = Spell(date(2026, 11, 1), None, "free", hours, "", "", NOW.date())
            availability.replace(desk.session, 1, [said])
            (candidate,) = candidates_of(desk, [1], asked)
            seen.append(candidate.room.hours)

    assert seen == [8.0, 24.0, 8.0]
