"""Deals in the books: work is won, turnover is reported, and the contribution follows it up to the cap.

Mission rows A3 (15% up to the cap), A4 (the member picks the cap), A5 (no party to the contract), A7 (a lead that
came out of another keeps its source), A21 (in a team each has a deal).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant import milestones
from assistant.desk import Desk
from assistant.rules import credit
from assistant.rules.credit import Contribution, Earned, Job
from db import deals, leads, ledger
from db.deals import Deal, DealChange, Turnover
from db.leads import Lead
from db.ledger import Account, Entry, Transfer


@dataclass(frozen=True, slots=True)
class Won:
    """What is known of work that was won. `rate_cents` (per hour or day) stays between the member and us.

    `follows` is the job it came after, with the same client. Without a source the client came to the collective.
    """

    member_id: int
    title: str
    introduction_id: int | None = None
    lead_id: int | None = None
    source_id: int | None = None
    client: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    expected_cents: int | None = None
    rate_cents: int | None = None
    rate_unit: str | None = None
    follows: Deal | None = None


@dataclass(frozen=True, slots=True)
class DealStanding:
    """How one deal stands, in whole cents. `owed` is the contribution so far, `paid` what was confirmed of it.

    `waiting` is said to be paid and not confirmed yet. No cap: the member has not picked one.
    """

    deal: Deal
    turnover_cents: int
    owed: Contribution
    paid: Contribution
    waiting: Contribution

    @property
    def open_cents(self) -> int:
        """What is still to be paid; below zero: paid too much."""
        return self.owed.total_cents - self.paid.total_cents


class ReportedOtherwiseError(ValueError):
    """Months were reported before and now the whole job, or the other way round: which of them stands?"""


def source_of(desk: Desk, lead_id: int) -> int:
    """Who has the credit for a lead: the source of the first lead it came out of (mission row A7)."""
    return leads.line_of(desk.session, desk.session.get_one(Lead, lead_id))[-1].source_id


def credited(desk: Desk, lead_id: int) -> int | None:
    """Whose part of a contribution it is; None when the client came to the collective itself (mission row C2)."""
    first = leads.line_of(desk.session, desk.session.get_one(Lead, lead_id))[-1]
    return None if first.for_collective else first.source_id


def win(desk: Desk, won: Won) -> Deal:
    """Keep a deal under the terms of today; an introduction leads to one deal only, told once or twice.

    Own work, and follow-ups where they do not count, ask no contribution.
    """
    if won.introduction_id is not None:
        known = deals.of_introduction(desk.session, won.introduction_id)
        if known is not None:
            return known
    policy, before = desk.policy.credit, won.follows
    source_id = before.source_id if before is not None else won.source_id
    free = source_id == won.member_id or (before is not None and not policy.count_followups)
    shares_cap = before is not None and policy.caps_per == "client"
    deal = Deal(
        introduction_id=won.introduction_id,
        lead_id=won.lead_id,
        member_id=won.member_id,
        source_id=source_id,
        follows_id=before.id if before else None,
        cap_of_id=(before.cap_of_id or before.id) if before and shares_cap else None,
        cap_cents=before.cap_cents if before and shares_cap else None,
        title=won.title,
        client=won.client,
        won_on=desk.today,
        starts_on=won.starts_on,
        ends_on=won.ends_on,
        counts_until=credit.counts_until(won.starts_on, won.ends_on, policy),
        expected_cents=won.expected_cents,
        rate_cents=won.rate_cents,
        rate_unit=won.rate_unit,
        percent=0 if free else policy.percent,
        source_percent=0 if source_id is None else policy.source_percent,
        made_at=desk.now,
    )
    desk.session.add(deal)
    desk.session.flush()
    milestones.plan(desk, deal)
    return deal


def amend(desk: Desk, deal: Deal, won: Won, by_id: int) -> None:
    """What was agreed was told anew: period, price, expectation. The terms of contribution stay as on the first day."""
    deal.starts_on, deal.ends_on = won.starts_on, won.ends_on
    deal.expected_cents, deal.rate_cents, deal.rate_unit = won.expected_cents, won.rate_cents, won.rate_unit
    _changed(desk, deal, "expected", by_id, None, cents=won.expected_cents, day=won.ends_on)


def explain_tier(desk: Desk, deal: Deal, by_id: int, why: str) -> None:
    """Why the member picked this cap, told afterwards (mission row A4: it may be told, and need not)."""
    _changed(desk, deal, "tier", by_id, why, cents=deal.cap_cents)


def pick_tier(desk: Desk, deal: Deal, cap_cents: int, by_id: int, why: str | None = None) -> DealStanding:
    """The member picks a cap, without asking anybody (mission row A4); picked again, what was booked follows.

    Raises ValueError for an amount that is none of the tiers.
    """
    if cap_cents not in desk.policy.credit.tiers:
        raise ValueError("this is none of the tiers")
    if deal.cap_cents != cap_cents:
        first_time = deal.cap_cents is None
        deal.cap_cents = cap_cents
        change = _changed(desk, deal, "tier", by_id, why, cents=cap_cents)
        _settle(desk, deal, f"tier:{change.id}", "report" if first_time else "correction", by_id, why)
    return standing(desk, [deal])[0]


def report(
    desk: Desk,
    deal: Deal,
    key: str,
    cents: int,
    month: date | None,
    by_id: int,
    why: str | None = None,
) -> DealStanding:
    """Turnover of a month (its first day), or of the whole job; the contribution follows it up to the cap.

    `cents` is as the collective counts it (`credit.net_cents`). `key` is what it was told with: the same key is not
    heard twice. Another amount for a month takes the place of what was told before. Raises ReportedOtherwiseError, and
    ValueError for an amount below zero or a day that does not begin a month.
    """
    if cents < 0 or (month is not None and month.day != 1):
        raise ValueError("turnover is not below zero, and is about whole months")
    if deals.turnover_with_key(desk.session, key) is not None:
        return standing(desk, [deal])[0]
    stands = deals.turnover_of(desk.session, [deal.id])
    if any((each.month is None) != (month is None) for each in stands):
        raise ReportedOtherwiseError(key)
    before = next((each for each in stands if each.month == month), None)
    if before is not None and before.amount_cents == cents:
        return standing(desk, [deal])[0]
    row = Turnover(
        deal_id=deal.id,
        key=key,
        month=month,
        amount_cents=cents,
        at=desk.now,
        by_id=by_id,
        why=why,
        replaces_id=before.id if before else None,
    )
    desk.session.add(row)
    desk.session.flush()
    _settle(desk, deal, f"turnover:{row.id}", "correction" if before else "report", by_id, why)
    return standing(desk, [deal])[0]


def extend(desk: Desk, deal: Deal, ends_on: date, by_id: int, expected_cents: int | None = None) -> None:
    """The job goes on longer; whether what comes of it counts was settled on the first day (list F4)."""
    deal.state, deal.ends_on, deal.ended_on = "running", ends_on, None
    deal.expected_cents = expected_cents or deal.expected_cents
    _changed(desk, deal, "extended", by_id, None, day=ends_on, cents=expected_cents)


def end(desk: Desk, deal: Deal, ended_on: date, by_id: int, why: str | None = None) -> None:
    """The job is over, early or as agreed. What was earned can still be reported."""
    deal.state, deal.ended_on = "ended", ended_on
    _changed(desk, deal, "ended", by_id, why, day=ended_on)


def restore(
    desk: Desk,
    deal: Deal,
    ends_on: date | None,
    ended_on: date | None,
    expected_cents: int | None,
    by_id: int,
) -> None:
    """An extension or an end was no such thing: as it stood before, and that is remembered too."""
    deal.ends_on, deal.ended_on, deal.expected_cents = ends_on, ended_on, expected_cents
    deal.state = "running" if ended_on is None else "ended"
    _changed(desk, deal, "extended", by_id, None, day=ends_on, cents=expected_cents)


def standing(desk: Desk, asked: Sequence[Deal]) -> list[DealStanding]:
    """How these deals stand, in the order asked."""
    ids = [deal.id for deal in asked]
    lines, reports = ledger.of_deals(desk.session, ids), deals.turnover_of(desk.session, ids)
    return [
        DealStanding(
            deal,
            sum(each.amount_cents for each in reports if each.deal_id == deal.id),
            booked([line for line in lines if line.deal_id == deal.id]),
            paid([line for line in lines if line.deal_id == deal.id], pending=False),
            paid([line for line in lines if line.deal_id == deal.id], pending=True),
        )
        for deal in asked
    ]


def booked(lines: Sequence[Entry]) -> Contribution:
    """What the lines of one deal say is owed on it; payments are another thing."""
    source = collective = 0
    for line in lines:
        if line.cause in ("report", "correction"):
            source += _moved(line, "source_due").posted
            collective += _moved(line, "contribution_due").posted
    return Contribution(source, collective)


def paid(lines: Sequence[Entry], *, pending: bool) -> Contribution:
    """What the lines of one deal say was paid: confirmed, or (`pending`) waiting for that."""
    source = collective = 0
    for line in lines:
        if line.cause == "payment":
            to_source, to_collective = _moved(line, "source_due"), _moved(line, "contribution_due")
            source -= to_source.pending if pending else to_source.posted
            collective -= to_collective.pending if pending else to_collective.posted
    return Contribution(source, collective)


def owed(group: Sequence[Deal], reports: Sequence[Turnover]) -> list[Contribution]:
    """What the rule says is owed on each of the deals that share a cap, oldest first."""
    return credit.contributions([_job(deal, reports) for deal in group])


def _job(deal: Deal, reports: Sequence[Turnover]) -> Job:
    told = [Earned(each.month, each.amount_cents) for each in reports if each.deal_id == deal.id]
    turnover = credit.counted_cents(told, deal.counts_until)
    return Job(turnover, deal.percent, deal.source_percent, deal.cap_cents)


def _settle(desk: Desk, deal: Deal, key: str, cause: ledger.Cause, by_id: int, why: str | None) -> None:
    """Book the difference between what the rule says is owed now and what was booked before."""
    group = deals.sharing_cap(desk.session, deal)
    ids = [each.id for each in group]
    lines, reports = ledger.of_deals(desk.session, ids), deals.turnover_of(desk.session, ids)
    transfers: list[Transfer] = []
    for each, now_owed in zip(group, owed(group, reports), strict=True):
        before = booked([line for line in lines if line.deal_id == each.id])
        for name, due, counterpart, more in (
            (
                "collective",
                Account("contribution_due", each.member_id),
                Account("contributions"),
                now_owed.collective_cents - before.collective_cents,
            ),
            (
                "source",
                Account("source_due", each.member_id),
                _source(each),
                now_owed.source_cents - before.source_cents,
            ),
        ):
            if more:
                debit, credited = (due, counterpart) if more > 0 else (counterpart, due)
                transfers.append(
                    Transfer(
                        f"{key}:{each.id}:{name}",
                        "correction" if more < 0 else cause,
                        debit,
                        credited,
                        abs(more),
                        deal_id=each.id,
                        by_id=by_id,
                        why=why,
                    )
                )
    ledger.book(desk.session, transfers, desk.today, desk.now)


def _source(deal: Deal) -> Account:
    """Who has the credit; where nobody has, nothing is ever booked for them (`source_percent` is 0)."""
    return Account("contributions") if deal.source_id is None else Account("source_share", deal.source_id)


def _moved(line: Entry, kind: ledger.Kind) -> ledger.Balance:
    """What a line does to the account of this kind; nothing when it is on neither side."""
    sign = (line.debit == kind) - (line.credit == kind)
    return ledger.effect(line.state, sign * line.amount)


def _changed(
    desk: Desk,
    deal: Deal,
    what: str,
    by_id: int,
    why: str | None,
    *,
    cents: int | None = None,
    day: date | None = None,
) -> DealChange:
    row = DealChange(deal_id=deal.id, what=what, cents=cents, day=day, at=desk.now, by_id=by_id, why=why)
    desk.session.add(row)
    desk.session.flush()
    milestones.plan(desk, deal)  # its days may be others now
    return row
