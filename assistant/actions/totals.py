"""Totals: every month and year what the collective did, and to each member privately how they stand themselves.

Mission rows A12 (monthly, totals only), B13 (yearly) and E8 (what one brought and got, without a league table).
"""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.books import dues, years
from assistant.desk import Desk
from assistant.notices import Euros, GivingShown, MonthTotals, Notice, YearTotals
from assistant.rounds import comes_now
from assistant.rules import totals
from db import deals, introductions, leads, members
from db.deals import Deal
from db.introductions import Introduction
from db.leads import Lead
from db.members import Member


def show(desk: Desk, member: Member) -> list[Notice]:
    """The month that is over, when somebody asks."""
    return [_month(desk, member, _earned(desk))]


def tell_month(desk: Desk) -> list[Notice]:
    """At the beginning of a month, to everybody; nothing when nothing happened."""
    if not comes_now(desk, "totals"):
        return []
    earned = _earned(desk)
    told = [_month(desk, each, earned) for each in members.active(desk.session) if not _is_paused(desk, each)]
    return [*told] if earned or any(each.jobs for each in told) else []


def _earned(desk: Desk) -> Counter[int]:
    """What each member reported for last month, in whole cents."""
    month = totals.month_before(desk.today)
    owners = {deal.id: deal.member_id for deal in deals.everyone(desk.session)}
    earned: Counter[int] = Counter()
    for report in deals.turnover_of(desk.session):
        if report.month == month and report.amount_cents:
            earned[owners[report.deal_id]] += report.amount_cents
    return earned


def _month(desk: Desk, member: Member, earned: Counter[int]) -> MonthTotals:
    first = totals.month_before(desk.today)
    pot, stands = years.pot_now(desk), dues.standing(desk, member.id)
    return MonthTotals(
        member.id,
        desk.collective.name,
        first.month,
        sum(1 for each in _won(desk, first, totals.month_after(first))),
        _some(totals.told_cents(earned)),
        _some(pot.pot_cents),
        pot.coins,
        _some(earned[member.id]),
        _some(max(stands.open_cents, 0)),
        stands.coins.posted,
    )


def tell_year(desk: Desk) -> list[Notice]:
    """In January, to everybody: the year before."""
    if not comes_now(desk, "yearly"):
        return []
    year = desk.today.year - 1
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    jobs = _won(desk, first, after)
    everyone, active = members.everyone(desk.session), members.active(desk.session)
    joined = sum(1 for each in everyone if _day(desk, each.joined_at).year == year)
    left = sum(1 for each in everyone if each.left_at is not None and _day(desk, each.left_at).year == year)
    if not jobs and not joined and not left:
        return []
    turnover = _some(totals.told_cents(_earned_in(desk, year)))
    told: list[Notice] = []
    for member in active:
        brought, got = _brought(desk, member, year), _got(desk, member, year)
        told.append(
            YearTotals(
                member.id,
                desk.collective.name,
                year,
                len(jobs),
                turnover,
                len(active),
                joined,
                left,
                len(brought),
                len(got),
            )
        )
    return told


def show_giving(desk: Desk, member: Member) -> list[Notice]:
    """What somebody brought and got this year: to that member only."""
    year = desk.today.year
    brought, got = _brought(desk, member, year), _got(desk, member, year)
    passed_on = {each.id for each in brought}
    won = [each for each in introductions.of_member(desk.session, member.id) if each.outcome == "won"]
    return [
        GivingShown(
            member.id,
            year,
            len(brought),
            sum(each.lead_id in passed_on for each in won),
            len(got),
            sum(each in got for each in won),
        )
    ]


def _brought(desk: Desk, member: Member, year: int) -> list[Lead]:
    return [
        each for each in leads.of_source(desk.session, member.id) if _day(desk, each.created_at).year == year
    ]


def _got(desk: Desk, member: Member, year: int) -> list[Introduction]:
    return [
        each
        for each in introductions.of_member(desk.session, member.id)
        if each.member_id == member.id and _day(desk, each.introduced_at).year == year
    ]


def _earned_in(desk: Desk, year: int) -> Counter[int]:
    owners = {deal.id: deal for deal in deals.everyone(desk.session)}
    earned: Counter[int] = Counter()
    for report in deals.turnover_of(desk.session):
        deal = owners[report.deal_id]
        when = report.month or deal.ended_on or deal.ends_on or deal.won_on
        if when.year == year:
            earned[deal.member_id] += report.amount_cents
    return earned


def _won(desk: Desk, first: date, after: date) -> list[Deal]:
    return [each for each in deals.everyone(desk.session) if first <= each.won_on < after]


def _day(desk: Desk, moment: datetime | None) -> date:
    """The day it was for the members; the first of all days when it never was."""
    return date.min if moment is None else moment.astimezone(ZoneInfo(desk.collective.zone)).date()


def _is_paused(desk: Desk, member: Member) -> bool:
    return member.quiet_until is not None and member.quiet_until >= desk.today


def _some(cents: int | None) -> Euros | None:
    return Euros(cents) if cents else None
