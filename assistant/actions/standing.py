"""How a member stands: answered in a few lines, to that member only (mission rows A3, A11, A12, A17)."""

from assistant.books import dues, years
from assistant.books.deals import DealStanding
from assistant.desk import Desk
from assistant.notices import DealLine, Euros, Mended, Notice, Standing
from db import deals
from db.deals import Deal
from db.members import Member


def show(desk: Desk, member: Member) -> list[Notice]:
    """So far, at most and open of each running or unpaid job; then dues, credit, coins, and the pot as totals."""
    stands, pot = dues.standing(desk, member.id), years.pot_now(desk)
    lines = tuple(
        DealLine(
            each.deal.title,
            Euros(each.owed.total_cents),
            None if each.deal.cap_cents is None else Euros(each.deal.cap_cents),
            Euros(each.open_cents),
            _mended(desk, each.deal),
            each.deal.id,
        )
        for each in stands.deals
        if each.deal.state == "running" or each.open_cents or _lacks_cap(each)
    )
    return [
        Standing(
            member.id,
            lines,
            _some(stands.dues.posted),
            _some(stands.source_share.posted),
            _some(stands.payout.posted),
            stands.coins.posted,
            _some(pot.pot_cents),
            pot.coins,
        )
    ]


def _lacks_cap(each: DealStanding) -> bool:
    """Something was earned, and how much of it is contributed at most was never said."""
    return each.deal.cap_cents is None and each.deal.percent > 0 and each.turnover_cents > 0


def _mended(desk: Desk, deal: Deal) -> Mended | None:
    """The last correction of what was told about a job."""
    told = deals.every_turnover_of(desk.session, deal.id)
    last = next((each for each in reversed(told) if each.replaces_id is not None), None)
    if last is None:
        return None
    was = next(each for each in told if each.id == last.replaces_id)
    by = desk.member(last.by_id).name
    return Mended(last.month, Euros(was.amount_cents), Euros(last.amount_cents), by, last.why)


def _some(cents: int) -> Euros | None:
    return Euros(cents) if cents else None
