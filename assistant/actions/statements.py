"""Statements: a member's year, or for who keeps the money that of the collective, as a PDF (mission rows A10, A12).

Asked for, or sent by itself when a year is closed: a few at a time, because a page takes a moment to draw.
"""

import unicodedata
from dataclasses import replace

from assistant import rights
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import Attached, NoStatement, Notice, StatementMade
from assistant.rules import quiet
from assistant.rules.totals import statement_year
from db import ledger, members, prompts
from db.members import Member
from dialogs.commands import ShowOverview, ShowStatement

OWN, COLLECTIVE = "statement", "overview"  # prompts; their subject is the year
AT_ONCE = 5  # in one tick: the clock goes on at once with the next few


def show(desk: Desk, member: Member, command: ShowStatement) -> list[Notice]:
    """One's own year."""
    joined_on = member.joined_at.date() if member.joined_at else None
    year = command.year or statement_year(desk.today, joined_on)
    if year > desk.today.year or not ledger.of_member(desk.session, member.id, year):
        raise RefusedError(NoStatement(member.id, year))
    return [_own(desk, member, year)]


def take_along(desk: Desk, member: Member) -> list[Notice]:
    """Every year of one's own, as for who leaves (mission row A18)."""
    joined_on = member.joined_at.date() if member.joined_at else desk.today
    years = range(joined_on.year, desk.today.year + 1)
    return [
        replace(_own(desk, member, year), kind="left")
        for year in years
        if ledger.of_member(desk.session, member.id, year)
    ]


def show_overview(desk: Desk, member: Member, command: ShowOverview) -> list[Notice]:
    """The year of the collective, with the names and amounts of all: for who keeps the money."""
    rights.require(desk, member, "money")
    year = command.year or statement_year(desk.today, None)
    if year > desk.today.year or not list(ledger.of_year(desk.session, year)):
        raise RefusedError(NoStatement(member.id, year))
    return [_of_collective(desk, member, year)]


def plan(desk: Desk, year: int) -> None:
    """A year was closed: who is in its books gets their statement, and whoever keeps the money the overview."""
    at = quiet.next_open(desk.now, desk.policy.quiet)
    for member in members.active(desk.session):
        if ledger.of_member(desk.session, member.id, year):
            prompts.plan(desk.session, member.id, OWN, year, at)
    for member in members.treasurers(desk.session):
        prompts.plan(desk.session, member.id, COLLECTIVE, year, at)


def send_due(desk: Desk) -> list[Notice]:
    """The next few that were planned."""
    told: list[Notice] = []
    for kind, made in ((OWN, _own), (COLLECTIVE, _of_collective)):
        for row in prompts.due(desk.session, kind, desk.now)[: AT_ONCE - len(told)]:
            row.at, row.asked_at = None, desk.now
            member = desk.member(row.member_id)
            if member.state == "active":
                told.append(made(desk, member, row.subject_id))
    return told


def _own(desk: Desk, member: Member, year: int) -> StatementMade:
    from assistant.statements import figures, pdf  # noqa: PLC0415 - loading what draws takes a third of a second

    page = pdf.statement(figures.statement(desk, member, year))
    file = Attached(
        f"{_plain(desk.collective.name)}-{year}-{_plain(member.name)}.pdf", "application/pdf", page
    )
    return StatementMade(member.id, "own", desk.collective.name, year, file)


def _of_collective(desk: Desk, member: Member, year: int) -> StatementMade:
    from assistant.statements import figures, pdf  # noqa: PLC0415

    page = pdf.overview(figures.overview(desk, year))
    file = Attached(f"{_plain(desk.collective.name)}-{year}.pdf", "application/pdf", page)
    return StatementMade(member.id, "collective", desk.collective.name, year, file)


def _plain(name: str) -> str:
    """A name as part of the name of a file: small letters, digits and dashes."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    kept = "".join(letter if letter.isalnum() else "-" for letter in ascii_only)
    return "-".join(part for part in kept.split("-") if part) or "seintje"
