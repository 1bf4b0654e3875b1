"""Deals: work that was won. What was agreed is read back, a tier is picked, and whoever passed it on hears of it.

Mission rows A3, A4, A5 (between member and client: only what the member tells is kept), A7, A10 (no approval).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from msgspec import structs

from assistant import meant
from assistant.books import coins
from assistant.books import deals as books
from assistant.books.deals import Won
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import lead_of
from assistant.notices import (
    CoinsBack,
    DealAsked,
    DealEnded,
    DealExtended,
    DealKept,
    DealOdd,
    DealReadBack,
    DealShown,
    DealTold,
    DealUnclear,
    DealUnitAsked,
    Euros,
    LeadChanged,
    LeadLives,
    NotATier,
    Notice,
    Tier,
    TierReasonAsked,
    TierReasonKept,
    TierTold,
    Undone,
    UntilAsked,
)
from assistant.rules import credit, terms, turnover
from assistant.rules.assignments import last_day
from assistant.rules.credit import CreditPolicy
from assistant.rules.outcomes import ask_moments
from assistant.rules.terms import Load
from assistant.titles import next_title, other_title
from db import deals, members, prompts
from db.changes import Change
from db.deals import Deal
from db.introductions import Introduction
from db.leads import Lead as LeadRow
from db.members import Member
from dialogs import commands as do
from dialogs.commands import Command, EndDeal, ExtendDeal, KeepDeal, TellDeal
from nlu.deals import Doubt, Terms

WHAT = "deal"
TURNOVER = "turnover"  # the prompt that asks what a job brought in


# --- what was agreed --------------------------------------------------------------------------------------------


def ask(desk: Desk, member: Member, command: do.AskDeal) -> list[Notice]:
    """What was agreed?"""
    told = TellDeal(Terms(), command.introduction_id, command.follows_id is not None, command.follows_id)
    return [DealAsked(member.id, _subject(desk, member, told)[0].title)]


def tell(desk: Desk, member: Member, command: TellDeal) -> list[Notice]:
    """Read back what was agreed and what follows from it; whatever is unclear is asked. Nothing is kept."""
    won, command = _subject(desk, member, command)
    if unclear := _unclear(member, command):
        return [unclear]
    said = command.terms
    if said.rate_cents is None:
        return [DealAsked(member.id, won.title, price=said != Terms())]
    if said.rate_unit is None:
        return [DealUnitAsked(member.id, Euros(said.rate_cents), command)]
    if not command.sure and _is_odd(said, won):
        return [DealOdd(member.id, said, _euros(won.expected_cents), command)]
    return [_read_back(desk, member, won, command)]


def _unclear(member: Member, told: TellDeal) -> DealUnclear | None:
    """The question about the first thing that was not understood; None when all was."""
    doubt = next(iter(told.doubts), Doubt("words", told.words) if told.words else None)
    return DealUnclear(member.id, doubt.kind, doubt.text) if doubt else None


def keep(desk: Desk, member: Member, command: KeepDeal) -> list[Notice]:
    """What was read back is right: kept under the settings of today, with the tier that was picked."""
    follows = command.follows_id is not None
    number, words, doubts = command.introduction_id, command.words, command.doubts
    told = TellDeal(command.terms, number, follows, command.follows_id, words=words, doubts=doubts)
    won, told = _subject(desk, member, told)
    if unclear := _unclear(member, told):  # it was asked, and never read back
        return [unclear]
    policy = desk.policy.credit
    if command.cap_cents is not None and command.cap_cents not in policy.tiers:
        raise RefusedError(NotATier(member.id, Euros(command.cap_cents), _tiers(desk, won.expected_cents)))
    known = won.introduction_id is not None and deals.of_introduction(desk.session, won.introduction_id)
    deal = books.win(desk, won)
    if known:
        books.amend(desk, deal, won, member.id)
    back = _won(desk, member, won.introduction_id) if won.introduction_id else []
    asked = deal.percent > 0
    if asked and command.cap_cents is not None:
        books.pick_tier(desk, deal, command.cap_cents, member.id, command.why)
    if asked:
        prompts.plan(
            desk.session, member.id, TURNOVER, deal.id, turnover.ask_moment(desk.today, desk.collective.zone)
        )
    return [_kept(desk, member, deal, command.why), *_others_told(desk, member, deal, command.why), *back]


def pick_tier(desk: Desk, member: Member, command: do.PickTier) -> list[Notice]:
    """The most the member contributes: own judgement, no approval (mission row A4). Picked again, the books follow."""
    make = partial(_picking, command)
    deal, words = meant.deal(desk, member, command.deal_id, command.words, make, running=False)
    if command.doubts or words:
        doubt = next(iter(command.doubts), Doubt("words", words))
        return [DealUnclear(member.id, doubt.kind, doubt.text)]
    if command.cap_cents not in desk.policy.credit.tiers:
        tiers = _tiers(desk, deal.expected_cents)
        raise RefusedError(NotATier(member.id, Euros(command.cap_cents), tiers))
    changed = deal.cap_cents is not None
    books.pick_tier(desk, deal, command.cap_cents, member.id, command.why)
    kept = replace(_kept(desk, member, deal, command.why), changed=changed)
    told = _others_told(desk, member, deal, command.why, changed=changed)
    return [
        kept,
        *(replace(each, later=not changed) if isinstance(each, DealTold) else each for each in told),
    ]


def _picking(command: do.PickTier, number: int) -> Command:
    return structs.replace(command, deal_id=number, words="")


def ask_reason(desk: Desk, member: Member, command: do.AskTierReason) -> list[Notice]:
    """Why this cap?"""
    return [TierReasonAsked(member.id, _own(desk, member, command.deal_id).title)]


def explain_tier(desk: Desk, member: Member, command: do.ExplainTier) -> list[Notice]:
    """The reason is kept, and told to who was told of the cap."""
    deal = _own(desk, member, command.deal_id)
    books.explain_tier(desk, deal, member.id, command.why)
    told = _others_told(desk, member, deal, command.why, known=True)
    return [TierReasonKept(member.id, deal.title), *told]


def _kept(desk: Desk, member: Member, deal: Deal, why: str | None) -> DealKept:
    picked = deal.cap_cents is not None or deal.percent == 0
    expected = _contribution(deal.expected_cents, deal.percent, deal.cap_cents)
    tiers = () if picked else _tiers(desk, deal.expected_cents)
    monthly = desk.policy.credit.report_every == "month"
    shared = deal.cap_of_id is not None
    return DealKept(
        member.id, deal.title, deal.id, _euros(deal.cap_cents), expected, why, tiers, monthly, shared
    )


def _others_told(
    desk: Desk, member: Member, deal: Deal, why: str | None, *, known: bool = False, changed: bool = False
) -> list[Notice]:
    """Who passed it on hears the most it brings them; who keeps the money hears the cap. Nobody hears the price."""
    told: list[Notice] = []
    source = desk.member(deal.source_id) if deal.source_id is not None else None
    if source is not None and source.id != member.id and source.is_told:
        cap, shared = _euros(deal.cap_cents), deal.cap_of_id is not None
        most = None if deal.cap_cents is None else Euros(deal.cap_cents * deal.source_percent // 100)
        told.append(DealTold(source.id, deal.title, member.name, cap, most, why, known, shared, changed))
    if deal.cap_cents is not None and deal.percent and deal.cap_of_id is None:
        told += [
            TierTold(each.id, deal.title, member.name, Euros(deal.cap_cents), why, known)
            for each in members.treasurers(desk.session)
            if each.id not in (member.id, deal.source_id)
        ]
    return told


def _won(desk: Desk, member: Member, introduction_id: int) -> list[Notice]:
    """The introduction led to work: coins for mere talks go back, the contribution takes their place (row A11)."""
    row = desk.session.get_one(Introduction, introduction_id)
    row.outcome, row.outcome_at, row.outcome_by, row.ask_at = "won", desk.now, member.id, None
    source = desk.member(row.source_id)
    taken = coins.take_back(desk, "talks", row.id, member.id)
    if taken is None or source.state != "active":
        return []
    title = desk.session.get_one(LeadRow, row.lead_id).title
    return [CoinsBack(source.id, title, taken.amount, coins.held(desk, source.id).posted)]


def _read_back(desk: Desk, member: Member, won: Won, told: TellDeal) -> Notice:
    policy = desk.policy.credit
    free = won.source_id == member.id or (won.follows is not None and not policy.count_followups)
    shared = won.follows if won.follows is not None and policy.caps_per == "client" else None
    source = desk.member(won.source_id) if won.source_id is not None else None
    room = None
    if shared is not None and shared.cap_cents is not None:
        group = books.standing(desk, deals.sharing_cap(desk.session, shared))
        room = Euros(max(shared.cap_cents - sum(each.owed.total_cents for each in group), 0))
    tiers = () if free or room is not None else _tiers(desk, won.expected_cents)
    return DealReadBack(
        member.id,
        won.title,
        told.terms,
        won.starts_on,
        won.ends_on,
        _euros(won.expected_cents),
        0 if free else policy.percent,
        source.name if source and source.id != member.id else None,
        policy.source_percent,
        tiers,
        told.introduction_id,
        told.follows_id,
        room,
        policy.with_vat,
        source is not None and not source.is_told,
    )


def _tiers(desk: Desk, expected_cents: int | None) -> tuple[Tier, ...]:
    policy = desk.policy.credit
    return tuple(Tier(Euros(cap), _contribution(expected_cents, policy.percent, cap)) for cap in policy.tiers)


def _contribution(expected_cents: int | None, percent: int, cap_cents: int | None) -> Euros | None:
    if expected_cents is None or cap_cents is None or not percent:
        return None
    return Euros(credit.contribution_cents(expected_cents, percent, cap_cents))


def _euros(cents: int | None) -> Euros | None:
    return None if cents is None else Euros(cents)


# --- which job is meant -----------------------------------------------------------------------------------------


def _subject(desk: Desk, member: Member, told: TellDeal) -> tuple[Won, TellDeal]:
    """What was won; and the command with its job found, and the words that named it taken out."""
    if told.follows:
        before, words = meant.deal(desk, member, told.follows_id, told.words, _following(told), running=False)
        won = Won(
            member.id,
            _next_title(desk, before),
            None,
            before.lead_id,
            before.source_id,
            before.client,
            follows=before,
        )
        return _with_terms(desk, won, told.terms), structs.replace(told, follows_id=before.id, words=words)
    number, make = told.introduction_id, _introduced(told)
    row, lead, words = meant.introduction(desk, member, number, told.words, make)
    source_id, known = books.credited(desk, lead.id), lead_of(lead)
    won = Won(member.id, lead.title, row.id, lead.id, source_id, known.client, starts_on=known.start)
    return _with_terms(desk, won, told.terms), structs.replace(told, introduction_id=row.id, words=words)


def _next_title(desk: Desk, before: Deal) -> str:
    return next_title(before.title, desk.collective.language)


def _following(told: TellDeal) -> Callable[[int], Command]:
    return lambda number: structs.replace(told, follows_id=number, words="")


def _introduced(told: TellDeal) -> Callable[[int], Command]:
    return lambda number: structs.replace(told, introduction_id=number, words="")


def _own(desk: Desk, member: Member, deal_id: int) -> Deal:
    return meant.deal(desk, member, deal_id, "", do.AskTurnover, running=False)[0]


def _with_terms(desk: Desk, won: Won, said: Terms) -> Won:
    """The period and what is expected of it; whoever names no start begins when the lead said, or today."""
    starts_on = said.start or won.starts_on or desk.today
    ends_on = said.end or last_day(starts_on, None, said.months)
    unit = said.rate_unit if said.rate_unit in ("hour", "day") else None
    return replace(
        won,
        starts_on=starts_on,
        ends_on=ends_on,
        expected_cents=_expected(said, starts_on, ends_on, desk.policy.credit),
        rate_cents=said.rate_cents if unit else None,
        rate_unit=unit,
    )


def _expected(said: Terms, starts_on: date, ends_on: date | None, policy: CreditPolicy) -> int | None:
    """What the job brings in, counted as the collective does: with or without VAT."""
    if said.rate_cents is None or said.rate_unit is None:
        return None
    weeks = None if ends_on is None else max((ends_on - starts_on).days + 1, 0) / 7
    quantity, per_week = _quantities(said)
    found = terms.expected_cents(said.rate_cents, said.rate_unit, quantity, per_week, weeks)
    if found is None or said.vat is None:
        return found
    return credit.net_cents(found, said.vat == "incl", policy)


def _quantities(said: Terms) -> tuple[Load | None, Load | None]:
    quantity = (said.quantity, said.unit) if said.quantity is not None and said.unit else None
    per_week = (
        (said.per_week, said.per_week_unit) if said.per_week is not None and said.per_week_unit else None
    )
    return quantity, per_week


def _is_odd(said: Terms, won: Won) -> bool:
    if said.rate_cents is None or said.rate_unit is None:
        return False
    backwards = won.starts_on is not None and won.ends_on is not None and won.ends_on < won.starts_on
    return backwards or terms.is_odd(said.rate_cents, said.rate_unit, *_quantities(said), won.expected_cents)


# --- what becomes of it -----------------------------------------------------------------------------------------


def extend(desk: Desk, member: Member, command: ExtendDeal) -> list[Notice]:
    """A running job goes on longer; whether that counts was settled on the first day (list F4)."""
    make = partial(_extending, command)
    deal, words = meant.deal(desk, member, command.deal_id, command.words, make, running=True)
    if words:
        return [DealUnclear(member.id, "words", words)]
    until = command.until
    if until is None and command.months is not None and deal.ends_on is not None:
        until = last_day(deal.ends_on + timedelta(days=1), None, command.months)
    if until is None:
        return [UntilAsked(member.id, deal.title, deal.ends_on)]
    if deal.ends_on is not None and until <= deal.ends_on:
        return [UntilAsked(member.id, deal.title, deal.ends_on, until, deal.id)]
    change = _remember(desk, member, deal)
    expected = _longer(deal, until)
    books.extend(desk, deal, until, member.id, expected)
    if deal.percent:
        at = turnover.ask_moment(desk.today, desk.collective.zone)
        prompts.plan(desk.session, member.id, TURNOVER, deal.id, at)
    counts = deal.percent > 0 and (deal.counts_until is None or deal.counts_until >= until)
    return [DealExtended(member.id, deal.title, until, counts, _euros(expected), change.id)]


def _extending(command: ExtendDeal, number: int) -> Command:
    return structs.replace(command, deal_id=number, words="")


def _longer(deal: Deal, until: date) -> int | None:
    """What is expected when the job goes on at the same pace; None when that was not known."""
    if deal.expected_cents is None or deal.starts_on is None or deal.ends_on is None:
        return None
    days = (deal.ends_on - deal.starts_on).days + 1
    if days <= 0:
        return None
    return terms.estimate(deal.expected_cents * ((until - deal.starts_on).days + 1) / days)


def ask_extend(desk: Desk, member: Member, command: do.AskExtend) -> list[Notice]:
    """Until when does it go on?"""
    deal = _own(desk, member, command.deal_id)
    return [UntilAsked(member.id, deal.title, deal.ends_on)]


def show(desk: Desk, member: Member, command: do.ShowDeal) -> list[Notice]:
    """How one job stands, with what can be told about it as buttons."""
    deal = _own(desk, member, command.deal_id)
    stands = books.standing(desk, [deal])[0]
    source = (
        None if deal.source_id is None or deal.source_id == member.id else desk.member(deal.source_id).name
    )
    return [
        DealShown(
            member.id,
            deal.title,
            deal.id,
            deal.starts_on,
            deal.ended_on or deal.ends_on,
            Euros(stands.turnover_cents),
            _euros(deal.expected_cents),
            Euros(stands.owed.total_cents),
            _euros(deal.cap_cents),
            Euros(stands.open_cents) if stands.open_cents else None,
            source,
            deal.state == "running",
        )
    ]


def end(desk: Desk, member: Member, command: EndDeal) -> list[Notice]:
    """A running job is over; what was earned can still be told."""
    make = partial(_ending, command)
    deal, words = meant.deal(desk, member, command.deal_id, command.words, make, running=True)
    if words:
        return [DealUnclear(member.id, "words", words)]
    change = _remember(desk, member, deal)
    on = command.on or desk.today
    books.end(desk, deal, on, member.id)
    stands = books.standing(desk, [deal])[0]
    return [DealEnded(member.id, deal.title, on, Euros(stands.turnover_cents), deal.id, change.id)]


def _ending(command: EndDeal, number: int) -> Command:
    return structs.replace(command, deal_id=number, words="")


def _remember(desk: Desk, member: Member, deal: Deal) -> Change:
    before = {
        "ends_on": deal.ends_on.isoformat() if deal.ends_on else None,
        "ended_on": deal.ended_on.isoformat() if deal.ended_on else None,
        "expected": deal.expected_cents,
    }
    change = Change(member_id=member.id, at=desk.now, what=WHAT, subject_id=deal.id, before=before)
    desk.session.add(change)
    desk.session.flush()
    return change


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """An extension or an end that was none."""
    deal = _own(desk, member, change.subject_id or 0)
    ends_on, ended_on = (
        date.fromisoformat(change.before[name]) if change.before[name] else None
        for name in ("ends_on", "ended_on")
    )
    books.restore(desk, deal, ends_on, ended_on, change.before["expected"], member.id)
    return [Undone(member.id, WHAT)]


def change_lead(desk: Desk, member: Member, command: do.ChangeLead) -> list[Notice]:
    """The job is gone and the client wants something else: a lead of its own, whose credit goes along (row A7)."""
    number = command.introduction_id
    row, lead, _words = meant.introduction(desk, member, number, "", do.ChangeLead)
    row.outcome, row.outcome_at, row.outcome_by, row.ask_at = "changed", desk.now, member.id, None
    lead.closing = "changed"
    child = LeadRow(
        source_id=lead.source_id,
        parent_id=lead.id,
        state="chosen",
        stage="rumour",
        title=other_title(lead.title, desk.collective.language),
        details=lead.details,
        print=lead.print,
        seed=lead.seed,
        created_at=desk.now,
        closed_at=desk.now,
        mode=lead.mode,
        chooser=lead.chooser,
    )
    desk.session.add(child)
    desk.session.flush()
    first, _second = ask_moments(desk.now, desk.collective.zone)
    desk.session.add(
        Introduction(
            lead_id=child.id,
            member_id=member.id,
            source_id=lead.source_id,
            introduced_at=desk.now,
            ask_at=first,
        )
    )
    source = desk.member(books.source_of(desk, child.id))
    told: list[Notice] = [
        LeadChanged(member.id, child.title, source.name if source.id != member.id else None)
    ]
    if source.is_told and source.id != member.id:
        told.append(LeadLives(source.id, lead.title, member.name))
    return told
