"""What is written in the books when something happens, on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.desk import Desk
from assistant.rules.credit import Contribution
from db import ledger
from db.deals import Deal
from db.introductions import Introduction
from db.leads import Lead
from db.ledger import KeyReusedError, Transfer
from db.session import DatabaseError
from tests.books.treasury import Account, Balance, Books, coins, deals, dues, euros, opened, payments, years


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    with opened(database_url) as made:
        yield made
        assert made.problems() == []


# --- contributions ----------------------------------------------------------------------------------------------


def test_a_contribution_follows_turnover_up_to_the_cap(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 7500)
    so_far = [books.reports("werk", 18_000, f"2026-0{month}").owed.total_cents for month in range(3, 8)]

    assert so_far == [euros(each) for each in (2_700, 5_400, 7_500, 7_500, 7_500)]
    assert books.balance("contribution_due", "sanne") == euros(3_750)
    assert books.balance("source_due", "sanne") == -books.balance("source_share", "mieke") == euros(3_750)


def test_nothing_is_owed_until_a_tier_is_picked(books: Books) -> None:
    books.wins("sanne")

    assert books.reports("werk", 40_000).owed.total_cents == 0
    assert books.picks("werk", 5000).owed.total_cents == euros(5_000)
    assert books.picks("werk", 10_000).owed.total_cents == euros(6_000)
    assert books.picks("werk", 5000).owed.total_cents == euros(5_000)


def test_an_amount_that_is_no_tier(books: Books) -> None:
    books.wins("sanne")
    with pytest.raises(ValueError, match="tiers"):
        books.picks("werk", 6000)


def test_a_repeat_books_nothing(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    first = books.reports("werk", 10_000, "2026-03", key="message 7")
    lines = books.count()

    assert books.reports("werk", 10_000, "2026-03", key="message 7").owed == first.owed
    assert books.reports("werk", 10_000, "2026-03", key="message 8").owed == first.owed
    assert books.picks("werk", 5000).owed == first.owed
    assert books.count() == lines


def test_a_correction_is_a_line_the_other_way(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    books.reports("werk", 20_000, "2026-03")

    assert books.reports("werk", 2_000, "2026-03").owed.total_cents == euros(300)
    with books.desk() as desk:
        lines = ledger.of_deals(desk.session, [books.won["werk"]])
        assert [(line.cause, line.debit, line.amount) for line in lines] == [
            ("report", "contribution_due", euros(1_500)),
            ("report", "source_due", euros(1_500)),
            ("correction", "contributions", euros(1_350)),
            ("correction", "source_share", euros(1_350)),
        ]
        assert {line.by_id for line in lines} == {books.ids["sanne"]}


def test_months_or_the_whole_job(books: Books) -> None:
    books.wins("sanne")
    books.reports("werk", 20_000, "2026-03")
    with pytest.raises(deals.ReportedOtherwiseError):
        books.reports("werk", 60_000)


@pytest.mark.parametrize(
    ("settings", "second"),
    [
        pytest.param({}, 500, id="one cap for one client"),
        pytest.param({"credit_caps_per": "job"}, 4_500, id="a cap for each job"),
        pytest.param({"credit_count_followups": False}, 0, id="follow-ups do not count"),
    ],
)
def test_a_follow_up(database_url: str, settings: dict[str, object], second: float) -> None:
    with opened(database_url, policy=settings) as books:
        books.wins("sanne")
        books.picks("werk", 5000)
        books.reports("werk", 30_000)
        books.wins("sanne", "vervolg", follows="werk", source_id=None)
        if settings:
            books.picks("vervolg", 5000)
        assert books.reports("vervolg", 30_000).owed.total_cents == euros(second)
        assert books.problems() == []


def test_less_turnover_on_the_first_job_leaves_more_of_the_cap_to_the_next(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    books.reports("werk", 30_000)
    books.wins("sanne", "vervolg", follows="werk")
    books.reports("vervolg", 30_000)
    books.reports("werk", 20_000)

    assert books.stands("werk").owed.total_cents == euros(3_000)
    assert books.stands("vervolg").owed.total_cents == euros(2_000)


def test_work_nobody_passed_on_is_the_collectives(books: Books) -> None:
    books.wins("sanne", source_id=None)
    books.picks("werk", 5000)

    assert books.reports("werk", 10_000).owed == Contribution(0, euros(1_500))


def test_own_work_asks_nothing(books: Books) -> None:
    books.wins("sanne", source_id=books.ids["sanne"])
    books.picks("werk", 5000)

    assert books.reports("werk", 10_000).owed.total_cents == 0


def test_extensions_that_do_not_count(database_url: str) -> None:
    with opened(database_url, policy={"credit_count_extensions": False}) as books:
        books.wins("sanne", starts_on=date(2026, 3, 1), ends_on=date(2026, 4, 30))
        books.picks("werk", 5000)
        with books.desk() as desk:
            deal = desk.session.get_one(Deal, books.won["werk"])
            deals.extend(desk, deal, date(2026, 8, 31), deal.member_id)
        books.reports("werk", 10_000, "2026-04")
        after = books.reports("werk", 10_000, "2026-05")

        assert (after.turnover_cents, after.owed.total_cents) == (euros(20_000), euros(1_500))
        assert books.problems() == []


def test_a_team_contributes_each_for_themselves(books: Books) -> None:
    books.wins("sanne", "deel 1")
    books.wins("bram", "deel 2")
    for title in ("deel 1", "deel 2"):
        books.picks(title, 5000)
        books.reports(title, 40_000)

    assert books.balance("source_share", "mieke") == -euros(5_000)
    assert books.balance("source_due", "bram") == euros(2_500)


def test_an_introduction_leads_to_one_deal(books: Books) -> None:
    """Both sides say that it was won."""
    with books.desk() as desk:
        introduced = introduction(desk, books)
        told = deals.Won(books.ids["sanne"], "werk", introduction_id=introduced.id)
        assert deals.win(desk, told).id == deals.win(desk, told).id


def test_the_credit_is_of_who_brought_the_first_lead(books: Books) -> None:
    """Row A7: the client wanted something else after all, and somebody else wrote it down."""
    with books.desk() as desk:
        first = lead(desk, books.ids["mieke"])
        second = lead(desk, books.ids["bram"], parent_id=first.id)
        third = lead(desk, books.ids["sanne"], parent_id=second.id)
        assert deals.source_of(desk, third.id) == deals.source_of(desk, first.id) == books.ids["mieke"]


def lead(desk: Desk, source_id: int, parent_id: int | None = None) -> Lead:
    made = Lead(
        source_id=source_id,
        parent_id=parent_id,
        title="werk",
        details={},
        print={},
        seed=1,
        created_at=desk.now,
    )
    desk.session.add(made)
    desk.session.flush()
    return made


def introduction(desk: Desk, books: Books) -> Introduction:
    made = Introduction(
        lead_id=lead(desk, books.ids["mieke"]).id,
        member_id=books.ids["sanne"],
        source_id=books.ids["mieke"],
        introduced_at=desk.now,
    )
    desk.session.add(made)
    desk.session.flush()
    return made


# --- payments ---------------------------------------------------------------------------------------------------


def test_a_payment_counts_when_it_is_confirmed(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    books.reports("werk", 20_000)
    books.pays("werk", 1_000, confirmed=False)
    now = books.stands("werk")
    assert (now.paid.total_cents, now.waiting.collective_cents) == (0, euros(1_000))
    assert books.balance("bank") == 0
    with books.desk() as desk:
        (waiting,) = ledger.waiting(desk.session)
        assert payments.confirm(desk, waiting, books.ids["anna"])
        assert not payments.confirm(desk, waiting, books.ids["anna"])
        assert not payments.deny(desk, waiting, books.ids["anna"])

    now = books.stands("werk")
    assert (now.paid.collective_cents, now.waiting.total_cents) == (euros(1_000), 0)
    assert (now.open_cents, books.balance("bank")) == (euros(2_000), euros(1_000))


def test_a_payment_that_did_not_arrive(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    books.reports("werk", 20_000)
    books.pays("werk", 1_500, to="source", confirmed=False)
    with books.desk() as desk:
        (waiting,) = ledger.waiting(desk.session)
        assert payments.deny(desk, waiting, books.ids["mieke"])

    assert books.stands("werk").waiting.total_cents == 0
    assert books.balance("source_due", "sanne") == euros(1_500)


def test_more_than_is_open_is_asked_about(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    books.reports("werk", 20_000)
    books.pays("werk", 1_000, confirmed=False)
    with pytest.raises(payments.TooMuchError) as refused:
        books.pays("werk", 500.01)

    assert refused.value.open_cents == euros(500)


def test_a_payment_taken_back(books: Books) -> None:
    books.wins("sanne")
    books.picks("werk", 5000)
    books.reports("werk", 20_000)
    books.pays("werk", 1_000)
    with books.desk() as desk:
        payment = ledger.with_key(desk.session, ledger.of_deals(desk.session, [books.won["werk"]])[-1].key)
        assert payment is not None
        assert payments.take_back(desk, payment, books.ids["anna"], "verkeerde rekening") is not None
        assert payments.take_back(desk, payment, books.ids["anna"], "verkeerde rekening") is None

    assert books.balance("bank") == 0
    assert books.stands("werk").paid.total_cents == 0


# --- dues -------------------------------------------------------------------------------------------------------


def test_dues_are_charged_once_a_quarter(books: Books) -> None:
    charged = []
    for day in ("2026-03-02", "2026-03-02", "2026-04-01", "2026-06-30", "2027-01-01"):
        books.today = date.fromisoformat(day)
        with books.desk() as desk:
            charged.append(len(dues.charge(desk)))

    assert charged == [4, 0, 4, 0, 12]
    assert books.balance("dues_due", "sanne") == euros(250)


def test_nobody_owes_for_the_time_before_dues_were_charged(books: Books) -> None:
    """A collective that begins with the books, or with dues, does not present its old members a bill of years."""
    books.today = date(2027, 1, 4)
    with books.desk() as desk:
        dues.charge(desk)
    assert books.balance("dues_due", "sanne") == euros(50)

    books.today = date(2027, 4, 1)
    with books.desk() as desk:
        dues.charge(desk)
    assert books.balance("dues_due", "sanne") == euros(100)


def test_dues_paid_waived_and_left(books: Books) -> None:
    sanne, anna = books.ids["sanne"], books.ids["anna"]
    with books.desk() as desk:
        dues.charge(desk)
        paid = payments.of_dues(desk, sanne, "paid", euros(30), sanne)
        assert paid is not None
        with pytest.raises(payments.TooMuchError):
            payments.of_dues(desk, sanne, "more", euros(20.01), sanne)
        payments.confirm(desk, paid, anna)
        payments.waive(desk, Account("dues_due", sanne), "waived", euros(5), anna, "afgesproken")
        stands = dues.standing(desk, sanne)

    assert (stands.dues, stands.open_cents) == (Balance(euros(15)), euros(15))


@pytest.mark.parametrize(("policy", "left"), [({}, 3), ({"credit_leaver_coins": "lapse"}, 0)])
def test_leaving_settles_what_is_open(database_url: str, policy: dict[str, object], left: int) -> None:
    with opened(database_url, policy=policy) as books:
        books.wins("sanne")
        books.picks("werk", 5000)
        books.reports("werk", 20_000)
        with books.desk() as desk:
            coins.give(desk, books.ids["sanne"], "newcomer", 99)
            coins.give(desk, books.ids["sanne"], "talks", 7)
            coins.give(desk, books.ids["sanne"], "publicity", "krant", pending=True)
            member = desk.member(books.ids["sanne"])
            stands = dues.leave(desk, member)
            member.state = "left"
            assert dues.leave(desk, member) == stands
        assert stands.coins == Balance(left)
        assert stands.open_cents == euros(3_000)
        assert books.problems() == []


# --- coins ------------------------------------------------------------------------------------------------------


def test_coins(books: Books) -> None:
    mieke, anna = books.ids["mieke"], books.ids["anna"]
    with books.desk() as desk:
        assert coins.give(desk, mieke, "newcomer", 12) is not None
        assert coins.give(desk, mieke, "newcomer", 12) is None
        article = coins.give(desk, mieke, "publicity", "https://example.org/stuk", pending=True)
        assert article is not None
        assert coins.held(desk, mieke) == Balance(2, 1)
        payments.confirm(desk, article, anna)
        coins.give(desk, mieke, "talks", 3)
        assert coins.held(desk, mieke) == Balance(4)
        assert coins.take_back(desk, "talks", 3) is not None  # it was won after all
        assert coins.take_back(desk, "talks", 3) is None
        assert coins.take_back(desk, "talks", 4) is None
        assert coins.held(desk, mieke) == Balance(3)


def test_a_claim_is_taken_back_before_or_after_it_is_confirmed(books: Books) -> None:
    mieke, anna = books.ids["mieke"], books.ids["anna"]
    with books.desk() as desk:
        claim = coins.give(desk, mieke, "publicity", "a", pending=True)
        coins.take_back(desk, "publicity", "a", anna)
        assert claim is not None
        assert not payments.confirm(desk, claim, anna)
        other = coins.give(desk, mieke, "publicity", "b", pending=True)
        assert other is not None
        payments.confirm(desk, other, anna)
        coins.take_back(desk, "publicity", "b", anna)
        coins.take_back(desk, "publicity", "b", anna)
        assert coins.held(desk, mieke) == Balance(0)


def test_an_act_that_earns_nothing(database_url: str) -> None:
    with opened(database_url, policy={"credit_coins_talks": 0}) as books, books.desk() as desk:
        assert coins.give(desk, books.ids["mieke"], "talks", 3) is None


# --- year end ---------------------------------------------------------------------------------------------------


def shared(books: Books) -> None:
    """3,000.01 received by the collective, and three coins."""
    books.wins("sanne", source_id=None)
    books.picks("werk", 5000)
    books.reports("werk", 30_000)
    books.pays("werk", 3_000.01)
    with books.desk() as desk:
        coins.give(desk, books.ids["mieke"], "newcomer", 99)
        coins.give(desk, books.ids["bram"], "talks", 7)


def test_a_year_end_is_run_once(books: Books) -> None:
    shared(books)
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        preview = years.preview(desk, 2026)
        assert years.to_close(desk) == 2026
    lines = books.count()
    with books.desk() as desk:
        done = years.close(desk, 2026, books.ids["anna"])
    after = books.count()
    with books.desk() as desk:
        again = years.close(desk, 2026, books.ids["anna"])
        assert years.to_close(desk) is None

    assert done.result == preview.result == again.result
    assert [(each.coins, each.cents) for each in done.result.payouts] == [(2, euros(1_000)), (1, euros(500))]
    assert done.result.pot_cents == euros(1_500)
    assert (lines, after, books.count()) == (lines, lines + 5, lines + 5)
    assert books.balance("payout_due", "mieke") == -euros(1_000)
    assert books.balance("coins", "mieke") == books.balance("pot") == 0


def test_a_closed_year_takes_no_more_lines(books: Books) -> None:
    shared(books)
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        years.close(desk, 2026, books.ids["anna"])
    books.today = date(2026, 12, 31)
    with pytest.raises(DatabaseError):
        books.pays("werk", 1)


def test_a_correction_after_the_year_end_lands_in_the_next(books: Books) -> None:
    shared(books)
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        years.close(desk, 2026, books.ids["anna"])
        payment = next(each for each in list(ledger.of_year(desk.session)) if each.state == "confirmed")
        payments.take_back(desk, payment, books.ids["anna"], "was voor een ander")
        coins.take_back(desk, "talks", 7)
        coins.give(desk, books.ids["mieke"], "newcomer", 100)
        assert years.pot_now(desk).carried_cents == -euros(3_000.01)
        assert coins.held(desk, books.ids["bram"]) == Balance(-1)
    books.today = date(2028, 1, 8)
    with books.desk() as desk:
        assert years.close(desk, 2027, books.ids["anna"]).result.pot_cents == 0
    books.pays("werk", 4_000.01)
    books.today = date(2029, 1, 8)
    with books.desk() as desk:
        done = years.close(desk, 2028, books.ids["anna"])

    assert done.result.received_cents == euros(1_000)
    assert [(each.coins, each.cents) for each in done.result.payouts] == [(2, euros(500))]


def test_a_year_is_closed_when_it_is_over_and_in_order(books: Books) -> None:
    shared(books)
    with books.desk() as desk, pytest.raises(years.NotOverError):
        years.preview(desk, 2026)
    books.today = date(2028, 1, 8)
    with books.desk() as desk, pytest.raises(years.EarlierOpenError) as refused:
        years.close(desk, 2027, books.ids["anna"])
    assert refused.value.year == 2026


def test_what_nobody_confirmed_is_told(books: Books) -> None:
    shared(books)
    books.pays("werk", 10, confirmed=False)
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        found = years.preview(desk, 2026)

    assert (found.unconfirmed_cents, found.result.received_cents) == (euros(10), euros(3_000.01))


@pytest.mark.parametrize(("settings", "received"), [({}, 0), ({"credit_dues_in_pot": True}, 50)])
def test_dues_enter_the_pot_where_they_are_set_to(
    database_url: str, settings: dict[str, object], received: float
) -> None:
    with opened(database_url, policy=settings) as books:
        with books.desk() as desk:
            dues.charge(desk)
            coins.give(desk, books.ids["bram"], "newcomer", 99)
            paid = payments.of_dues(desk, books.ids["sanne"], "paid", euros(50), books.ids["sanne"])
            assert paid is not None
            payments.confirm(desk, paid, books.ids["anna"])
            assert years.pot_now(desk).received_cents == euros(received)
        books.today = date(2027, 1, 8)
        with books.desk() as desk:
            years.close(desk, 2026, books.ids["anna"])
        assert books.problems() == []


def test_paying_out(books: Books) -> None:
    shared(books)
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        years.close(desk, 2026, books.ids["anna"])
        with pytest.raises(payments.TooMuchError):
            payments.of_payout(desk, books.ids["mieke"], "out:1", euros(1_000.01), books.ids["anna"])
        assert payments.of_payout(desk, books.ids["mieke"], "out:2", euros(1_000), books.ids["anna"])
        assert payments.of_payout(desk, books.ids["mieke"], "out:2", euros(1_000), books.ids["anna"]) is None

    assert books.balance("bank") == euros(2_000.01)


# --- the ledger itself ------------------------------------------------------------------------------------------


def test_two_causes_do_not_share_a_key(books: Books) -> None:
    due, own = Account("dues_due", books.ids["sanne"]), Account("dues")
    with books.desk() as desk:
        ledger.book(desk.session, [Transfer("k", "dues", due, own, 5)], books.today, desk.now)
        assert ledger.book(desk.session, [Transfer("k", "dues", due, own, 5)], books.today, desk.now) == []
        with pytest.raises(KeyReusedError):
            ledger.book(desk.session, [Transfer("k", "dues", due, own, 6)], books.today, desk.now)


def test_a_balance_is_the_same_with_and_without_snapshots(books: Books) -> None:
    due, own = Account("dues_due", books.ids["sanne"]), Account("dues")
    with books.desk() as desk:
        transfers = [Transfer(f"k{number}", "dues", due, own, number) for number in range(1, 251)]
        ledger.book(desk.session, transfers, books.today, desk.now)
        taken = ledger.snapshots(desk.session)
        assert ledger.balance(desk.session, due) == Balance(250 * 251 // 2)
        assert ledger.balance(desk.session, own) == Balance(-250 * 251 // 2)

    assert {(each.kind, each.through_id) for each in taken} == {
        (kind, through) for kind in ("dues_due", "dues") for through in (100, 200)
    }


@pytest.mark.parametrize("account", [("dues_due", None), ("bank", 7)])
def test_an_account_of_nobody(account: tuple[ledger.Kind, int | None]) -> None:
    with pytest.raises(ValueError, match="member"):
        Account(*account)
