"""The year end in chat: a preview, a button, and the list of who is to be paid (mission row A12)."""

from assistant import rights
from assistant.books import years
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    Euros,
    Notice,
    NoYearToClose,
    PayoutDue,
    PayoutLine,
    YearClosed,
    YearPreviewed,
)
from assistant.rules.credit import YearEnd
from db.members import Member
from dialogs.commands import CloseYear


def preview(desk: Desk, member: Member) -> list[Notice]:
    """What closing the first open year would do; nothing is written."""
    rights.require(desk, member, "money")
    year = years.to_close(desk)
    if year is None:
        raise RefusedError(NoYearToClose(member.id))
    found = years.preview(desk, year)
    return [
        YearPreviewed(
            member.id,
            year,
            _some(found.result.received_cents),
            _some(found.result.pot_cents),
            found.result.coins,
            _lines(desk, found.result),
            _some(found.unconfirmed_cents),
        )
    ]


def close(desk: Desk, member: Member, command: CloseYear) -> list[Notice]:
    """Share the pot and close the year; who earned hears their own part. A second time nobody hears it again."""
    rights.require(desk, member, "money")
    first = years.to_close(desk)
    if command.year >= desk.today.year:
        raise RefusedError(NoYearToClose(member.id))
    if first is not None and first < command.year:  # that one comes first: shown, for another press
        return preview(desk, member)
    is_first = first == command.year
    result = years.close(desk, command.year, member.id).result
    told: list[Notice] = [YearClosed(member.id, command.year, _some(result.pot_cents), _lines(desk, result))]
    if not is_first:
        return told
    pot = Euros(result.pot_cents)
    name = desk.collective.name
    return told + [
        PayoutDue(each.member_id, name, command.year, each.coins, pot, result.coins, Euros(each.cents))
        for each in result.payouts
        if desk.member(each.member_id).state == "active"
    ]


def _lines(desk: Desk, result: YearEnd) -> tuple[PayoutLine, ...]:
    return tuple(
        PayoutLine(desk.member(each.member_id).name, each.coins, Euros(each.cents)) for each in result.payouts
    )


def _some(cents: int) -> Euros | None:
    return Euros(cents) if cents else None
