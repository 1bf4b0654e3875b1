"""Totals and statements: what all may know, what only one may, and that files go to their owner."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.actions import statements, totals, years
from assistant.errors import RefusedError
from assistant.notices import (
    Euros,
    MonthTotals,
    NoStatement,
    StatementMade,
    TreasurerOnly,
    YearTotals,
)
from db import rounds as planned
from dialogs.commands import CloseYear, ShowOverview, ShowStatement
from tests.books.treasury import Books, euros, opened

EARNERS = {"mieke": 4_000, "sanne": 12_000, "bram": 9_000}


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    """Three members won work in March and reported what they earned."""
    with opened(database_url) as made:
        for name, amount in EARNERS.items():
            made.wins(name, name, source_id=made.ids["anna"])
            made.picks(name, 5000)
            made.reports(name, amount, "2026-03")
        made.today = date(2026, 4, 2)
        yield made


def month_of(books: Books) -> dict[str, MonthTotals]:
    with books.desk() as desk:
        planned.plan(desk.session, "totals", desk.now)
        told = [each for each in totals.tell_month(desk) if isinstance(each, MonthTotals)]
        assert totals.tell_month(desk) == []  # once
    names = {number: name for name, number in books.ids.items()}
    return {names[each.member_id]: each for each in told}


def test_a_month_is_told_to_all_and_amounts_to_their_owner(books: Books) -> None:
    told = month_of(books)

    assert set(told) == {"anna", *EARNERS}
    assert {(each.month, each.jobs, each.turnover) for each in told.values()} == {
        (3, 3, Euros(euros(25_000)))
    }
    assert {name: each.own_turnover for name, each in told.items()} == {
        "anna": None,
        **{name: Euros(euros(amount)) for name, amount in EARNERS.items()},
    }


def test_what_only_two_reported_is_told_to_nobody(books: Books) -> None:
    books.reports("bram", 0, "2026-03")

    assert {each.turnover for each in month_of(books).values()} == {None}


def test_a_month_in_which_nothing_happened_is_not_told(books: Books) -> None:
    books.today = date(2026, 6, 4)

    assert month_of(books) == {}


def test_a_year_is_told_with_what_each_brought_and_got(books: Books) -> None:
    books.today = date(2027, 1, 13)
    with books.desk() as desk:
        desk.member(books.ids["bram"]).state = "left"
        desk.member(books.ids["bram"]).left_at = desk.now.replace(year=2026)
        planned.plan(desk.session, "yearly", desk.now)
        told = [each for each in totals.tell_year(desk) if isinstance(each, YearTotals)]

    assert {(each.year, each.jobs, each.members, each.left) for each in told} == {(2026, 3, 3, 1)}
    assert {each.turnover for each in told} == {Euros(euros(25_000))}


def test_a_statement_is_asked_for(books: Books) -> None:
    with books.desk() as desk:
        (made,) = statements.show(desk, desk.member(books.ids["sanne"]), ShowStatement())

    assert isinstance(made, StatementMade)
    assert (made.member_id, made.year, made.attached.name) == (
        books.ids["sanne"],
        2026,
        "noord-2026-sanne.pdf",
    )
    assert made.attached.data.startswith(b"%PDF")


@pytest.mark.parametrize("year", [1999, 2027, 9999])
def test_of_a_year_with_nothing_in_it_there_is_no_statement(books: Books, year: int) -> None:
    with books.desk() as desk:
        member = desk.member(books.ids["anna"])
        with pytest.raises(RefusedError) as own:
            statements.show(desk, member, ShowStatement(year))
        with pytest.raises(RefusedError) as overview:
            statements.show_overview(desk, member, ShowOverview(year))

    assert own.value.notice == overview.value.notice == NoStatement(member.id, year)


def test_the_overview_is_for_who_keeps_the_money(books: Books) -> None:
    with books.desk() as desk:
        (made,) = statements.show_overview(desk, desk.member(books.ids["anna"]), ShowOverview())
        with pytest.raises(RefusedError) as refusal:
            statements.show_overview(desk, desk.member(books.ids["sanne"]), ShowOverview())

    assert isinstance(made, StatementMade)
    assert made.attached.name == "noord-2026.pdf"
    assert isinstance(refusal.value.notice, TreasurerOnly)


def test_after_the_year_end_each_gets_their_own_once_and_few_at_a_time(books: Books) -> None:
    books.today = date(2027, 1, 14)
    with books.desk() as desk:
        years.close(desk, desk.member(books.ids["anna"]), CloseYear(2026))
        statements.plan(desk, 2026)
        sent = []
        while told := statements.send_due(desk):
            assert len(told) <= statements.AT_ONCE
            sent += told

    made = [(each.member_id, each.kind) for each in sent if isinstance(each, StatementMade)]
    assert sorted(made) == sorted(
        [(books.ids["anna"], "collective"), *((number, "own") for number in books.ids.values())]
    )


@pytest.mark.parametrize(
    ("name", "plain"),
    [("De Kade", "de-kade"), ("Özlem d'Aubigné-de Wit", "ozlem-d-aubigne-de-wit"), ("☂", "seintje")],
)
def test_the_name_of_a_file_is_plain(name: str, plain: str) -> None:
    assert statements._plain(name) == plain
