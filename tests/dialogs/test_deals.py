"""What is told of a deal or of money becomes a command; answers complete or mend what was told before."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs import commands as do
from dialogs.commands import Command, TellDeal, TellTurnover
from dialogs.conversation import Awaiting
from dialogs.deals import asked_deal, asked_turnover, command_of, deal_answer, merged, turnover_answer
from nlu.deals import DealReport, Doubt, Terms
from nlu.meaning import Meaning

MARCH = date(2026, 3, 1)
DAYS = Terms(quantity=60, unit="day", rate_cents=90_000, rate_unit="day")
WEEKLY = Terms(per_week=32, per_week_unit="hour", rate_cents=9_500, rate_unit="hour", end=date(2027, 9, 30))
TYPO = (Doubt("negative", "-500"),)


def said(report: DealReport | None, intent: str = "unknown") -> Meaning:
    return Meaning("nl", intent, 0.9, confident=True, deal=report)


@pytest.mark.parametrize(
    ("report", "command"),
    [
        (DealReport("won", DAYS), TellDeal(DAYS)),
        (DealReport("won", DAYS, words="dgaen"), TellDeal(DAYS, words="dgaen")),
        (DealReport("followup", DAYS), TellDeal(DAYS, follows=True)),
        (DealReport("extended", Terms(months=3)), do.ExtendDeal(months=3)),
        (DealReport("ended", Terms(end=MARCH)), do.EndDeal(on=MARCH)),
        (DealReport("turnover", cents=7_200_00, month=MARCH), TellTurnover(7_200_00, MARCH)),
        (
            DealReport("turnover", cents=6_200_00, instead_cents=7_200_00, corrects=True, month=MARCH),
            TellTurnover(6_200_00, MARCH, instead_cents=7_200_00, existing="replace"),
        ),
        (DealReport("turnover", cents=500_00, doubts=TYPO), TellTurnover(500_00, doubts=TYPO)),
        (
            DealReport("paid", cents=675_00, name="Bram", to="Mieke"),
            do.RecordPayment(675_00, "Bram", "Mieke"),
        ),
        (DealReport("tier", Terms(rate_cents=750_000)), do.PickTier(None, 750_000)),
        (DealReport("terms", DAYS), None),  # bare values say nothing by themselves
    ],
)
def test_what_a_report_asks_for(report: DealReport, command: Command | None) -> None:
    assert command_of(report) == command


@pytest.mark.parametrize(
    ("old", "new", "together"),
    [
        (DAYS, Terms(quantity=50, unit="day"), replace(DAYS, quantity=50)),
        (DAYS, Terms(rate_cents=95_000), replace(DAYS, rate_cents=95_000)),
        (DAYS, Terms(rate_cents=9_500), replace(DAYS, rate_cents=9_500, rate_unit=None)),  # an hour's, likely
        (WEEKLY, DAYS, replace(DAYS, end=WEEKLY.end)),  # all days instead of hours a week
        (Terms(), WEEKLY, WEEKLY),
        (WEEKLY, Terms(end=date(2027, 6, 30)), replace(WEEKLY, end=date(2027, 6, 30))),
    ],
)
def test_what_is_newly_said_takes_the_place_of_what_stood_there(
    old: Terms, new: Terms, together: Terms
) -> None:
    assert merged(old, new) == together


@pytest.mark.parametrize(
    ("so_far", "answer", "command"),
    [
        (TellDeal(Terms(), 7), said(DealReport("terms", DAYS)), TellDeal(DAYS, 7)),
        (TellDeal(DAYS, 7), said(None, "confirm"), do.KeepDeal(DAYS, 7)),
        (TellDeal(Terms(), 7), said(None, "confirm"), None),  # a yes to nothing
        (
            TellDeal(DAYS, 7),
            said(DealReport("terms", Terms(rate_cents=750_000, rate_unit="total"), why="samen")),
            do.KeepDeal(DAYS, 7, cap_cents=750_000, why="samen"),
        ),
        (
            TellDeal(DAYS, 7),
            said(DealReport("terms", Terms(quantity=50, unit="day"))),
            TellDeal(replace(DAYS, quantity=50), 7),
        ),
        (TellDeal(DAYS, 7), said(DealReport("paid", cents=5)), None),
        (TellDeal(DAYS, 7), said(None, "share_lead"), None),
    ],
)
def test_answers_about_a_deal(so_far: TellDeal, answer: Meaning, command: Command | None) -> None:
    assert deal_answer(Awaiting("deal", deal=so_far), answer) == command


@pytest.mark.parametrize(
    ("so_far", "answer", "command"),
    [
        (
            TellTurnover(None, MARCH, deal_id=3),
            DealReport("terms", Terms(rate_cents=720_000, rate_unit="total")),
            TellTurnover(720_000, MARCH, deal_id=3),
        ),
        (
            TellTurnover(720_000, deal_id=3),
            DealReport("turnover", month=MARCH),
            TellTurnover(720_000, MARCH, deal_id=3),
        ),
        (TellTurnover(None, MARCH, deal_id=3), DealReport("terms", DAYS), None),
    ],
)
def test_answers_about_turnover(so_far: TellTurnover, answer: DealReport, command: Command | None) -> None:
    assert turnover_answer(Awaiting("turnover", turnover=so_far), said(answer)) == command


def test_bare_values_answer_what_was_asked_and_nothing_else() -> None:
    amount = DealReport("terms", Terms(rate_cents=720_000, rate_unit="total"))

    assert asked_turnover(amount) == TellTurnover(720_000)
    assert asked_turnover(DealReport("terms", DAYS)) is None
    assert asked_deal(DealReport("terms", DAYS)) == TellDeal(DAYS)
    assert asked_deal(amount) is None
