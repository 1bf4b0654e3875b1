"""The line under a name: what somebody said of their time, in both languages. A case is a row."""

from datetime import date, timedelta

import pytest

from assistant.channels.web import people, texts
from assistant.channels.web.people import Person, Status
from assistant.channels.web.texts import Language
from db.availability import Period

TODAY = date(2026, 11, 23)
Row = tuple[int, int | None, Status, float | None]


def period(start: int, end: int | None, status: str, hours: float | None, stated: int = 0) -> Period:
    """A period in days from today."""
    return Period(
        start_on=TODAY + timedelta(days=start),
        end_on=None if end is None else TODAY + timedelta(days=end),
        status=status,
        hours=hours,
        stated_on=TODAY + timedelta(days=stated),
    )


@pytest.mark.parametrize(
    ("language", "periods", "line", "status"),
    [
        ("nl", [], "beschikbaarheid onbekend", "unknown"),
        ("nl", [(0, None, "free", 32)], "vrij, 32 uur per week", "free"),
        ("nl", [(0, None, "free", 7.5)], "vrij, 7.5 uur per week", "free"),
        ("nl", [(0, None, "free", None)], "vrij", "free"),
        ("nl", [(-3, None, "partly", 8)], "deels vrij, 8 uur per week", "partly"),
        ("nl", [(0, None, "full", 0)], "zit vol", "full"),
        ("nl", [(0, 38, "full", 0)], "zit vol tot en met 31 december", "full"),
        ("nl", [(0, 4, "away", 0), (5, None, "free", 32)], "met vakantie tot en met 27 november", "away"),
        ("nl", [(8, None, "free", 32)], "vrij vanaf 1 december", "unknown"),
        ("nl", [(-9, -1, "free", 32)], "beschikbaarheid onbekend", "unknown"),
        ("en", [(0, None, "free", 32)], "free, 32 hours a week", "free"),
        ("en", [(8, None, "free", 32)], "free from 1 December", "unknown"),
    ],
)
def test_availability_in_a_line(language: Language, periods: list[Row], line: str, status: Status) -> None:
    person = Person("mieke", "Mieke", periods=tuple(period(*row) for row in periods))
    assert people.availability_line(person, TODAY, texts.read(language)) == line
    assert people.status(person, TODAY) == status


def test_old_news_and_a_pause_are_said() -> None:
    old = period(-21, None, "free", 28, stated=-21)
    person = Person("ruben", "Ruben", quiet_until=TODAY + timedelta(days=2), periods=(old,))
    line = people.availability_line(person, TODAY, texts.read("nl"))
    assert line == "vrij, 28 uur per week · 3 weken geleden gezegd · pauze tot en met 25 november"


@pytest.mark.parametrize(
    ("name", "first", "initials"),
    [
        ("Mieke de Boer", "Mieke", "MB"),
        ("Joris", "Joris", "J"),
        ("Fatima Yılmaz-van der Heijden", "Fatima", "FH"),
        ("  ", "mieke", "M"),
        ("🙂 ok", "🙂", "O"),
        ("<b>x</b>", "<b>x</b>", "M"),
    ],
)
def test_what_somebody_is_called(name: str, first: str, initials: str) -> None:
    person = Person("mieke", name)
    assert (person.first, person.initials) == (first, initials)
