"""After and during a job: who is asked what, who may read it, and that nothing is asked twice."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.actions import evaluations, rotation
from assistant.errors import RefusedError
from assistant.notices import (
    CoordinatorOnly,
    Euros,
    EvaluationAsked,
    EvaluationHeard,
    EvaluationsShown,
    NoEvaluation,
    Notice,
    PointAsked,
    PointsShown,
    RotationDue,
    RotationNoted,
    ShareLine,
    SharesShown,
    Stale,
)
from db.deals import Deal
from dialogs.commands import CheckWork, Evaluate, ShowEvaluations, ShowShares
from tests.books.treasury import Books, deals, euros, opened


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    """Sanne works for Goes from March to August, on a lead of Mieke's; Anna coordinates."""
    with opened(database_url) as made:
        made.wins(
            "sanne", "projectleider", client="Goes", starts_on=date(2026, 3, 2), ends_on=date(2026, 8, 31)
        )
        yield made


def asked(books: Books, day: date) -> list[EvaluationAsked]:
    books.today = day
    with books.desk() as desk:
        told = evaluations.ask_due(desk)
        assert evaluations.ask_due(desk) == []  # once
    return [each for each in told if isinstance(each, EvaluationAsked)]


def answers(books: Books, name: str, number: int, *said: str) -> list[Notice]:
    told: list[Notice] = []
    with books.desk() as desk:
        member = desk.member(books.ids[name])
        for question, each in enumerate(said, 1):
            told = evaluations.answer(desk, member, Evaluate(number, question, each))
    return told


def test_both_sides_are_asked_the_day_after(books: Books) -> None:
    assert asked(books, date(2026, 8, 31)) == []

    told = asked(books, date(2026, 9, 1))
    assert {(each.member_id, each.side) for each in told} == {
        (books.ids["sanne"], "doer"),
        (books.ids["mieke"], "source"),
    }


@pytest.mark.parametrize("ended", [date(2026, 4, 30), date(2026, 10, 15)])
def test_the_day_moves_with_the_end_of_the_job(books: Books, ended: date) -> None:
    with books.desk() as desk:
        deals.end(desk, desk.session.get_one(Deal, books.won["projectleider"]), ended, books.ids["sanne"])

    assert asked(books, ended) == []
    assert len(asked(books, ended.replace(day=ended.day + 1) if ended.day < 30 else date(2026, 5, 1))) == 2


def test_only_who_did_the_job_and_the_coordinator_read_it(books: Books) -> None:
    by_source = next(each for each in asked(books, date(2026, 9, 1)) if each.side == "source")
    told = answers(books, "mieke", by_source.evaluation_id, "yes", "partly", "Fijn gewerkt")

    heard = {each.member_id: each for each in told if isinstance(each, EvaluationHeard)}
    assert set(heard) == {books.ids["sanne"], books.ids["anna"]}
    assert {line.words for each in heard.values() for line in each.lines} == {"Fijn gewerkt"}
    with books.desk() as desk:
        (own,) = evaluations.show(desk, desk.member(books.ids["sanne"]), ShowEvaluations())
        (mine,) = evaluations.show(desk, desk.member(books.ids["mieke"]), ShowEvaluations())
        with pytest.raises(RefusedError) as refusal:
            evaluations.show(desk, desk.member(books.ids["mieke"]), ShowEvaluations("Sanne"))
    assert isinstance(own, EvaluationsShown)
    assert isinstance(mine, EvaluationsShown)
    assert (len(own.lines), len(mine.lines)) == (1, 0)
    assert isinstance(refusal.value.notice, CoordinatorOnly)


@pytest.mark.parametrize(
    ("who", "question", "answer"),
    [
        ("bram", 1, "yes"),  # somebody else's
        ("sanne", 1, "five stars"),
        ("sanne", 2, "yes"),  # before the first
        ("sanne", 3, "mooi"),
        ("sanne", 7, "yes"),
    ],
)
def test_an_answer_that_does_not_belong_here_stores_nothing(
    books: Books, who: str, question: int, answer: str
) -> None:
    own = next(each for each in asked(books, date(2026, 9, 1)) if each.side == "doer")
    command = Evaluate(own.evaluation_id, question, answer)
    with books.desk() as desk, pytest.raises(RefusedError) as refusal:
        evaluations.answer(desk, desk.member(books.ids[who]), command)

    assert isinstance(refusal.value.notice, NoEvaluation)


def test_what_is_done_is_not_answered_again(books: Books) -> None:
    own = next(each for each in asked(books, date(2026, 9, 1)) if each.side == "doer")
    answers(books, "sanne", own.evaluation_id, "yes", "yes", "")

    with pytest.raises(RefusedError):
        answers(books, "sanne", own.evaluation_id, "no")


def test_months_are_reminded_of_once_each(books: Books) -> None:
    """The job lasts six months less a day: the fifth month only."""
    found = []
    for day in (date(2026, 7, 31), date(2026, 8, 3), date(2026, 8, 4), date(2026, 9, 3)):
        books.today = day
        with books.desk() as desk:
            found += rotation.remind_due(desk)

    assert found == [
        RotationDue(books.ids["sanne"], "projectleider", 5),
        RotationNoted(books.ids["anna"], "Sanne", "projectleider", 5),
    ]


def test_nine_points_one_by_one(books: Books) -> None:
    with books.desk() as desk:
        member = desk.member(books.ids["sanne"])
        for number in range(9):
            (point,) = rotation.check(desk, member, CheckWork("g" * number))
            assert isinstance(point, PointAsked)
            assert point.number == number + 1
        (shown,) = rotation.check(desk, member, CheckWork("ggaqggagg"))
    assert isinstance(shown, PointsShown)
    assert (shown.amber, shown.ask, len(shown.lines)) == (2, 1, 9)


@pytest.mark.parametrize("answers", ["gggggggggg", "x", "GG"])
def test_points_that_were_never_answered_so(books: Books, answers: str) -> None:
    with books.desk() as desk, pytest.raises(RefusedError) as refusal:
        rotation.check(desk, desk.member(books.ids["sanne"]), CheckWork(answers))

    assert isinstance(refusal.value.notice, Stale)


def test_shares_are_of_ones_own_turnover(books: Books) -> None:
    books.wins("sanne", "tester", client="Zeeuwse Bank")
    books.reports("projectleider", 7_500, "2026-03")
    books.reports("tester", 2_500, "2026-03")
    books.wins("bram", "redacteur", client="Goes")
    books.reports("redacteur", 90_000, "2026-03")
    with books.desk() as desk:
        (shown,) = rotation.show_shares(desk, desk.member(books.ids["sanne"]), ShowShares("goes"))

    assert shown == SharesShown(
        books.ids["sanne"],
        (
            ShareLine("Goes", 75, Euros(euros(7_500))),
            ShareLine("Zeeuwse Bank", 25, Euros(euros(2_500))),
        ),
        Euros(euros(10_000)),
        "goes",
        75,
        high=True,
    )
