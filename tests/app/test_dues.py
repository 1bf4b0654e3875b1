"""Dues in chat: who may see and settle them, and that nothing is counted twice."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import pytest

from assistant.actions import dues
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    DuesCharged,
    DuesClaimed,
    DuesListed,
    DuesMarked,
    DuesReminder,
    DuesSettled,
    DuesShown,
    Euros,
    Notice,
    TipImpossible,
    TreasurerOnly,
)
from db import prompts
from db import rounds as planned
from db.members import Member
from dialogs.commands import ConfirmDues, MarkDues
from tests.books.treasury import Books, opened

FIFTY = Euros(5_000)
Kind = TypeVar("Kind", bound=Notice)


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    """Four members who came in this quarter; Anna keeps the money."""
    with opened(database_url) as made, made.desk() as desk:
        for each in ("anna", "mieke", "sanne", "bram"):
            dues.begin(desk, who(made, desk, each))
        desk.session.commit()
        yield made


def who(books: Books, desk: Desk, name: str) -> Member:
    return desk.member(books.ids[name])


def only(kind: type[Kind], told: list[Notice]) -> Kind:
    (found,) = [each for each in told if isinstance(each, kind)]
    return found


def owed(books: Books, name: str) -> int:
    return books.balance("dues_due", name)


def test_who_comes_in_is_asked_once(database_url: str) -> None:
    with opened(database_url) as books, books.desk() as desk:
        told = dues.begin(desk, who(books, desk, "sanne"))
        again = dues.begin(desk, who(books, desk, "sanne"))

    assert told == [DuesCharged(books.ids["sanne"], "Noord", FIFTY, None, None, ("Anna",))]
    assert again == []


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"credit_entry_cents": 0}, False),
        ({"credit_dues_cents": 0}, True),
        ({"credit_dues_cents": 0, "credit_entry_cents": 0}, False),
    ],
)
def test_a_collective_that_asks_nothing_asks_nobody(
    database_url: str, policy: dict[str, int], told: bool
) -> None:
    with opened(database_url, policy=policy) as books, books.desk() as desk:
        assert bool(dues.begin(desk, who(books, desk, "sanne"))) is told


def test_a_quarter_is_asked_once_and_reminded_of_once(books: Books) -> None:
    books.today = date(2026, 4, 2)
    with books.desk() as desk:
        planned.plan(desk.session, "dues", desk.now)
        asked = dues.charge_due(desk)
        assert dues.charge_due(desk) == []
        dues.mark(desk, who(books, desk, "anna"), MarkDues("Mieke"))
    books.today = date(2026, 4, 24)
    with books.desk() as desk:
        reminded = dues.remind_due(desk)
        assert dues.remind_due(desk) == []
        assert prompts.due(desk.session, dues.REMINDER, desk.now) == []

    assert len(asked) == 4
    assert only(DuesListed, reminded).total == Euros(30_000)
    names = {each.member_id for each in reminded if isinstance(each, DuesReminder)}
    assert names == {books.ids[each] for each in ("anna", "sanne", "bram")}


@pytest.mark.parametrize("name", ["mieke", "sanne"])
def test_only_who_keeps_the_money_sees_and_settles(books: Books, name: str) -> None:
    with books.desk() as desk:
        member = who(books, desk, name)
        tries: list[Callable[[], list[Notice]]] = [
            lambda: dues.list_open(desk, member),
            lambda: dues.mark(desk, member, MarkDues("Bram")),
            lambda: dues.confirm(desk, member, ConfirmDues(1, received=True)),
        ]
        for tried in tries:
            with pytest.raises(RefusedError) as refusal:
                tried()
            assert isinstance(refusal.value.notice, TreasurerOnly)

    assert owed(books, "bram") == 5_000


def test_a_claim_counts_once_it_is_confirmed(books: Books) -> None:
    with books.desk() as desk:
        claimed = only(DuesClaimed, dues.claim(desk, who(books, desk, "sanne")))
        shown = only(DuesShown, dues.show(desk, who(books, desk, "sanne")))
        with pytest.raises(RefusedError):  # all of it waits already
            dues.claim(desk, who(books, desk, "sanne"))
    assert (shown.open, shown.waiting, owed(books, "sanne")) == (None, FIFTY, 5_000)

    with books.desk() as desk:
        dues.confirm(desk, who(books, desk, "anna"), ConfirmDues(claimed.entry_id, received=True))
        with pytest.raises(RefusedError) as again:
            dues.confirm(desk, who(books, desk, "anna"), ConfirmDues(claimed.entry_id, received=False))
    assert again.value.notice == DuesSettled(books.ids["anna"], "Sanne")
    assert (owed(books, "sanne"), books.problems()) == (0, [])


def test_what_was_not_seen_is_open_again_and_can_be_said_again(books: Books) -> None:
    with books.desk() as desk:
        first = only(DuesClaimed, dues.claim(desk, who(books, desk, "sanne")))
        dues.confirm(desk, who(books, desk, "anna"), ConfirmDues(first.entry_id, received=False))
        second = only(DuesClaimed, dues.claim(desk, who(books, desk, "sanne")))
        dues.confirm(desk, who(books, desk, "anna"), ConfirmDues(second.entry_id, received=True))

    assert first.entry_id != second.entry_id
    assert (owed(books, "sanne"), books.problems()) == (0, [])


def test_marking_takes_along_what_was_claimed(books: Books) -> None:
    with books.desk() as desk:
        claimed = only(DuesClaimed, dues.claim(desk, who(books, desk, "sanne")))
        dues.mark(desk, who(books, desk, "anna"), MarkDues(member_id=books.ids["sanne"]))
        with pytest.raises(RefusedError):
            dues.confirm(desk, who(books, desk, "anna"), ConfirmDues(claimed.entry_id, received=True))

    assert (owed(books, "sanne"), books.problems()) == (0, [])


def test_who_keeps_the_money_need_not_ask_themself(books: Books) -> None:
    with books.desk() as desk:
        told = dues.claim(desk, who(books, desk, "anna"))

    assert told == [DuesMarked(books.ids["anna"], "Anna", FIFTY, received=True)]


@pytest.mark.parametrize(("name", "kind"), [("Nobody", TipImpossible), ("Sanne", DuesSettled)])
def test_nothing_is_booked_on_a_guess(books: Books, name: str, kind: type[Notice]) -> None:
    with books.desk() as desk:
        dues.mark(desk, who(books, desk, "anna"), MarkDues("Sanne"))
    before = books.count()
    with books.desk() as desk, pytest.raises(RefusedError) as refusal:
        dues.mark(desk, who(books, desk, "anna"), MarkDues(name))

    assert isinstance(refusal.value.notice, kind)
    assert books.count() == before


def test_another_line_is_no_claim_of_dues(books: Books) -> None:
    """A number under a button that was never ours settles nothing."""
    with books.desk() as desk:
        for number in (1, 9_999):
            with pytest.raises(RefusedError):
                dues.confirm(desk, who(books, desk, "anna"), ConfirmDues(number, received=True))

    assert owed(books, "sanne") == 5_000
