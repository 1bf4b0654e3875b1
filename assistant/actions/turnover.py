"""Turnover: what a job brought in, told per month or at the end; the contribution follows it up to the cap (row A3).

A mistake is answered by a line the other way, with who and why; nothing is booked on a guess.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from msgspec import structs

from assistant import meant
from assistant.books import deals as books
from assistant.books.deals import DealStanding, ReportedOtherwiseError
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    DealUnclear,
    Euros,
    Notice,
    ShareGrew,
    TurnoverAsked,
    TurnoverKept,
    TurnoverKnown,
    TurnoverMonthAsked,
    TurnoverOdd,
    TurnoverOtherwise,
)
from assistant.rules import credit, turnover
from db import closings, deals, prompts
from db.deals import Deal, Turnover
from db.members import Member
from dialogs import commands as do
from dialogs.commands import Command, TellTurnover

PROMPT = "turnover"
MONTHS_OFFERED = 2
ANSWER = timedelta(days=14)  # so long an amount without a month answers the clock


def ask(desk: Desk, member: Member, command: do.AskTurnover) -> list[Notice]:
    """What did this job bring in?"""
    make = partial(_asking, command)
    deal, _words = meant.deal(desk, member, command.deal_id, "", make, running=False)
    return [TurnoverAsked(member.id, deal.title, deal.id, command.month)]


def _asking(command: do.AskTurnover, number: int) -> Command:
    return structs.replace(command, deal_id=number)


def _telling(command: TellTurnover, number: int) -> Command:
    return structs.replace(command, deal_id=number, words="")


def tell(desk: Desk, member: Member, command: TellTurnover) -> list[Notice]:
    """Keep what was earned; first ask about whatever is unclear, unusual, or was told otherwise before."""
    deal, words = meant.deal(
        desk, member, command.deal_id, command.words, partial(_telling, command), running=False
    )
    if command.doubts:
        return [DealUnclear(member.id, command.doubts[0].kind, command.doubts[0].text)]
    if words:
        return [DealUnclear(member.id, "words", words)]
    told = structs.replace(command, deal_id=deal.id, words="", month=_month(desk, deal, command))
    if told.cents is None:
        return [TurnoverAsked(member.id, deal.title, deal.id, told.month)]
    return _unclear(desk, member, deal, told) or _keep(desk, member, deal, told)


def _month(desk: Desk, deal: Deal, told: TellTurnover) -> date | None:
    """The month that was said, else the one the clock asked about."""
    if told.month is not None or told.whole:
        return told.month
    prompt = prompts.of_member(desk.session, deal.member_id, PROMPT, deal.id)
    if prompt is not None and prompt.asked_at is not None and desk.now - prompt.asked_at < ANSWER:
        return turnover.month_before(prompt.asked_at.date())
    return None


def _unclear(desk: Desk, member: Member, deal: Deal, told: TellTurnover) -> list[Notice]:
    """What must be asked before this counts; empty when all is clear."""
    first = turnover.first_of(desk.today)
    months, stands = _months(desk, deal), deals.turnover_of(desk.session, [deal.id])
    by_month = any(each.month for each in stands)
    if told.month is None and not told.whole:
        return [TurnoverMonthAsked(member.id, deal.title, told, months, by_month=by_month)]
    began = turnover.first_of(deal.starts_on or deal.won_on)
    if told.month is not None and (told.month > first or told.month < began):
        return [TurnoverMonthAsked(member.id, deal.title, told, months, told.month, by_month)]
    total = sum(each.amount_cents for each in stands)
    if any((each.month is None) != (told.month is None) for each in stands):
        raise RefusedError(TurnoverOtherwise(member.id, deal.title, Euros(total), told.month is None))
    cents = _counted(desk, told)
    before = next((each for each in stands if each.month == told.month), None)
    if before is not None and before.amount_cents != cents and not _mends(told, before):
        was, now = Euros(before.amount_cents), Euros(cents)
        together = Euros(was.cents + cents)
        plain = structs.replace(told, cents=cents, vat=None)
        return [TurnoverKnown(member.id, deal.title, told.month, was, now, together, plain)]
    total += cents - (before.amount_cents if before else 0)
    if not told.sure and turnover.is_odd(cents, total, deal.expected_cents, whole=told.month is None):
        above = deal.expected_cents is not None and total > deal.expected_cents
        expected = Euros(deal.expected_cents or 0) if above else None
        return [TurnoverOdd(member.id, deal.title, Euros(cents), Euros(total), expected, told)]
    return []


def _months(desk: Desk, deal: Deal) -> tuple[date, ...]:
    """The latest months there can be turnover of."""
    began = turnover.first_of(deal.starts_on or deal.won_on)
    months = [turnover.first_of(desk.today)]
    while len(months) < MONTHS_OFFERED:
        months.append(turnover.month_before(months[-1]))
    return tuple(month for month in reversed(months) if month >= began)


def _mends(told: TellTurnover, before: Turnover) -> bool:
    """It was said to take the place of what stands there, and nothing else was named."""
    if told.instead_cents is not None:
        return told.instead_cents == before.amount_cents
    return told.existing == "replace"


def _counted(desk: Desk, told: TellTurnover) -> int:
    """The amount as the collective counts it, with or without VAT (list F5)."""
    cents = told.cents or 0
    return cents if told.vat is None else credit.net_cents(cents, told.vat == "incl", desk.policy.credit)


def _keep(desk: Desk, member: Member, deal: Deal, told: TellTurnover) -> list[Notice]:
    before = books.standing(desk, [deal])[0]
    stood = next(
        (each for each in deals.turnover_of(desk.session, [deal.id]) if each.month == told.month), None
    )
    key = f"{deal.id}:{told.month or 'all'}:{len(deals.every_turnover_of(desk.session, deal.id))}"
    cents = _counted(desk, told)
    try:
        now = books.report(desk, deal, key, cents, told.month, member.id, told.why)
    except ReportedOtherwiseError:
        raise RefusedError(
            TurnoverOtherwise(member.id, deal.title, Euros(before.turnover_cents), told.month is None)
        ) from None
    _ask_on(desk, deal, told.month)
    kept = _kept(desk, member, deal, told, now)
    was = None if stood is None or stood.amount_cents == cents else Euros(stood.amount_cents)
    return [
        replace(kept, before=was, amount=Euros(cents)),
        *_source_told(desk, member, deal, told, before, now),
    ]


def _kept(desk: Desk, member: Member, deal: Deal, told: TellTurnover, now: DealStanding) -> TurnoverKept:
    source = None if deal.source_id is None or deal.source_id == member.id else desk.member(deal.source_id)
    to_source = now.owed.source_cents - now.paid.source_cents
    to_collective = now.owed.collective_cents - now.paid.collective_cents
    year = told.month.year if told.month is not None else None
    is_closed = year is not None and closings.of_year(desk.session, year) is not None
    return TurnoverKept(
        member.id,
        deal.title,
        told.month,
        Euros(0),
        None,
        Euros(now.owed.total_cents),
        None if deal.cap_cents is None else Euros(deal.cap_cents),
        _some(now.open_cents),
        source.name if source else None,
        _some(to_source),
        _some(to_collective),
        year if is_closed else None,
        desk.today.year if is_closed else None,
        full=deal.cap_cents is not None and now.owed.total_cents >= deal.cap_cents,
        free=deal.percent == 0,
        deal_id=deal.id,
        caps=desk.policy.credit.tiers,
    )


def _source_told(
    desk: Desk, member: Member, deal: Deal, told: TellTurnover, before: DealStanding, now: DealStanding
) -> list[Notice]:
    """Who passed the work on hears what came to them by it, and nothing else."""
    more = now.owed.source_cents - before.owed.source_cents
    if not more or deal.source_id is None:
        return []
    source = desk.member(deal.source_id)
    if not source.is_told or source.id == member.id:
        return []
    total = Euros(now.owed.source_cents)
    return [ShareGrew(source.id, deal.title, member.name, Euros(abs(more)), total, more < 0, told.why)]


def same(desk: Desk, member: Member, command: do.SameTurnover) -> list[Notice]:
    """The last amount again, for the month after it."""
    make = partial(_repeating, command)
    deal, _words = meant.deal(desk, member, command.deal_id, "", make, running=False)
    stands = [each for each in deals.turnover_of(desk.session, [deal.id]) if each.month is not None]
    if not stands:
        return [TurnoverAsked(member.id, deal.title, deal.id, turnover.month_before(desk.today))]
    last = max(stands, key=lambda each: each.month or date.min)
    month = turnover.next_month(last.month or desk.today)
    told = TellTurnover(last.amount_cents, month, deal_id=deal.id)
    if month >= turnover.first_of(desk.today):  # that month is not over: which one is meant?
        return [TurnoverMonthAsked(member.id, deal.title, told, _months(desk, deal), by_month=True)]
    return tell(desk, member, told)


def _repeating(command: do.SameTurnover, number: int) -> Command:
    return structs.replace(command, deal_id=number)


# --- the clock --------------------------------------------------------------------------------------------------


def ask_due(desk: Desk) -> list[Notice]:
    """On the first working day of a month: what did the month before bring in? At the end: what did all of it?"""
    told: list[Notice] = []
    for prompt in prompts.due(desk.session, PROMPT, desk.now):
        deal = desk.session.get_one(Deal, prompt.subject_id)
        member = desk.member(prompt.member_id)
        month = turnover.month_before(desk.today)
        prompt.at = (
            None
            if _is_over(deal, turnover.first_of(desk.today))
            else turnover.ask_moment(desk.today, desk.collective.zone)
        )
        if member.state != "active":
            prompt.at = None
            continue
        stands = deals.turnover_of(desk.session, [deal.id])
        by_month = desk.policy.credit.report_every == "month" and all(each.month for each in stands)
        if by_month and _may_ask(deal, month) and all(each.month != month for each in stands):
            last = max(stands, key=lambda each: each.month or date.min, default=None)
            before = Euros(last.amount_cents) if last is not None and last.amount_cents else None
            prompt.asked_at = desk.now
            told.append(TurnoverAsked(member.id, deal.title, deal.id, month, before, clock=True))
        elif not by_month and not stands and _is_over(deal, desk.today):
            prompt.asked_at, prompt.at = desk.now, None
            told.append(TurnoverAsked(member.id, deal.title, deal.id, None, clock=True))
    return told


def _may_ask(deal: Deal, month: date) -> bool:
    """Whether the job ran in this month; an agreed end stands until it is said to go on."""
    began = turnover.first_of(deal.starts_on or deal.won_on)
    return began <= month and not _is_over(deal, month)


def _is_over(deal: Deal, day: date) -> bool:
    """Whether the job ended before this day."""
    last = deal.ended_on or deal.ends_on
    return last is not None and last < day


def _ask_on(desk: Desk, deal: Deal, month: date | None) -> None:
    """Who told this month by themself is not asked for it again; a job that is wholly told is not asked about."""
    prompt = prompts.of_member(desk.session, deal.member_id, PROMPT, deal.id)
    if prompt is not None and month is None:
        prompt.at = None


def _some(cents: int) -> Euros | None:
    return Euros(cents) if cents else None
