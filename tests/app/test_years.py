"""Standing and year end in chat: who may see what, and that a year is shared once."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.actions import standing, years
from assistant.errors import RefusedError
from assistant.notices import (
    DealLine,
    Euros,
    NoYearToClose,
    PayoutDue,
    PayoutLine,
    Standing,
    TreasurerOnly,
    YearClosed,
    YearPreviewed,
)
from assistant.words import say
from dialogs.commands import CloseYear
from tests.books.treasury import Books, coins, dues, euros, opened


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    """Sanne contributed on work of Mieke's and paid her part; Mieke and Bram have coins."""
    with opened(database_url) as made:
        made.wins("sanne", "projectleider in Goes")
        made.picks("projectleider in Goes", 7500)
        made.reports("projectleider in Goes", 36_000)
        made.pays("projectleider in Goes", 2_700)
        with made.desk() as desk:
            dues.charge(desk)
            coins.give(desk, made.ids["mieke"], "newcomer", 9)
            coins.give(desk, made.ids["bram"], "talks", 7)
        yield made


def stands(books: Books, who: str) -> Standing:
    with books.desk() as desk:
        (notice,) = standing.show(desk, desk.member(books.ids[who]))
    assert isinstance(notice, Standing)
    return notice


def test_how_do_i_stand(books: Books) -> None:
    sanne, mieke = stands(books, "sanne"), stands(books, "mieke")

    assert sanne.deals == (
        DealLine(
            "projectleider in Goes",
            Euros(euros(5_400)),
            Euros(euros(7_500)),
            Euros(euros(2_700)),
            deal_id=books.won["projectleider in Goes"],
        ),
    )
    assert (sanne.dues, sanne.source_share, sanne.coins) == (Euros(5_000), None, 0)
    assert (mieke.deals, mieke.source_share, mieke.coins) == ((), Euros(euros(2_700)), 2)
    assert sanne.pot == mieke.pot == Euros(euros(1_350))


def test_as_it_is_said(books: Books) -> None:
    text = say(stands(books, "sanne"), "nl", "Europe/Amsterdam").text.replace("\u00a0", " ")

    assert text == (
        "Zo sta je ervoor:\n"
        "– projectleider in Goes: afdracht € 5.400 van max € 7.500, nog € 2.700 te betalen\n"
        "– Contributie te betalen: € 50\n\n"
        "In de pot zit nu € 1.350. Samen zijn er 3 coins."
    )


@pytest.mark.parametrize("who", ["mieke", "sanne"])
def test_only_who_keeps_the_money_closes_a_year(books: Books, who: str) -> None:
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        member = desk.member(books.ids[who])
        with pytest.raises(RefusedError) as preview:
            years.preview(desk, member)
        with pytest.raises(RefusedError) as close:
            years.close(desk, member, CloseYear(2026))
    assert isinstance(preview.value.notice, TreasurerOnly)
    assert isinstance(close.value.notice, TreasurerOnly)


def test_a_year_that_is_not_over(books: Books) -> None:
    with books.desk() as desk, pytest.raises(RefusedError) as refused:
        years.preview(desk, desk.member(books.ids["anna"]))
    assert isinstance(refused.value.notice, NoYearToClose)


def test_a_year_end(books: Books) -> None:
    books.today = date(2027, 1, 8)
    anna, mieke, bram = (books.ids[each] for each in ("anna", "mieke", "bram"))
    lines = (PayoutLine("Mieke", 2, Euros(euros(900))), PayoutLine("Bram", 1, Euros(euros(450))))
    with books.desk() as desk:
        (found,) = years.preview(desk, desk.member(anna))
        assert isinstance(found, YearPreviewed)
        assert (found.pot, found.coins, found.payouts) == (Euros(euros(1_350)), 3, lines)
        assert [each.command for each in found.choices] == [CloseYear(2026)]
    with books.desk() as desk:
        told = years.close(desk, desk.member(anna), CloseYear(2026))
    pot = Euros(euros(1_350))
    assert told == [
        YearClosed(anna, 2026, pot, lines),
        PayoutDue(mieke, "Noord", 2026, 2, pot, 3, Euros(euros(900))),
        PayoutDue(bram, "Noord", 2026, 1, pot, 3, Euros(euros(450))),
    ]
    with books.desk() as desk:  # pressed again, or by another treasurer
        assert years.close(desk, desk.member(anna), CloseYear(2026)) == told[:1]
    assert books.problems() == []


def test_a_button_of_a_year_that_is_not_its_turn(books: Books) -> None:
    """Kept from an earlier preview, or made up."""
    books.today = date(2028, 1, 8)
    with books.desk() as desk:
        (found,) = years.close(desk, desk.member(books.ids["anna"]), CloseYear(2027))
        assert isinstance(found, YearPreviewed)
        assert found.year == 2026
        with pytest.raises(RefusedError):
            years.close(desk, desk.member(books.ids["anna"]), CloseYear(2030))
