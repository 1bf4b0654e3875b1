"""Coins in chat: for bringing a member, for publicity that a coordinator confirms, and how many one has (row A11)."""

import re

from assistant import rights
from assistant.books import coins as books
from assistant.books import years
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    CoinLine,
    CoinsAlreadySettled,
    CoinsEarned,
    CoinsRefused,
    CoinsSettled,
    CoinsShown,
    Euros,
    Notice,
    PublicityAsked,
    PublicityHeard,
    PublicityKnown,
)
from db import ledger, members
from db.introductions import Introduction
from db.leads import Lead
from db.ledger import Entry
from db.members import Member
from dialogs.commands import SettleCoins, TellPublicity

NEWEST = 8  # acts shown
LONGEST = 200  # characters kept of what somebody says they did
LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)


def welcome(desk: Desk, newcomer: Member) -> list[Notice]:
    """Whoever brought a member who has just come in earns coins, by themselves."""
    if newcomer.invited_by is None or newcomer.state != "active":
        return []
    inviter = desk.member(newcomer.invited_by)
    if inviter.state != "active":
        return []
    line = books.give(desk, inviter.id, "newcomer", newcomer.id, why=newcomer.name)
    if line is None:
        return []
    held = books.held(desk, inviter.id).posted
    return [CoinsEarned(inviter.id, "newcomer", newcomer.name, line.amount, held)]


def tell_publicity(desk: Desk, member: Member, command: TellPublicity) -> list[Notice]:
    """A member did something that makes the collective known; the coins wait for a coordinator's word."""
    coordinators = members.coordinators(desk.session)
    asked = [each for each in coordinators if each.id != member.id] or coordinators
    if desk.policy.credit.coins_publicity == 0 or not asked:
        return [PublicityHeard(member.id, 0, ())]
    words = command.words.strip()[:LONGEST]
    link = LINK.search(words)
    subject = (
        link[0].rstrip(".,)").lower() if link else f"{member.id}:{desk.today}"
    )  # without a link one a day
    line = books.give(desk, member.id, "publicity", subject, by_id=member.id, pending=True, why=words)
    if line is None:
        return [PublicityKnown(member.id)]
    heard = PublicityHeard(member.id, line.amount, tuple(each.name for each in asked))
    return [heard, *(PublicityAsked(each.id, line.id, member.name, words, line.amount) for each in asked)]


def settle(desk: Desk, member: Member, command: SettleCoins) -> list[Notice]:
    """A coordinator confirms, or does not; the first word counts."""
    rights.require(desk, member, "coins")
    entry = desk.session.get(Entry, command.entry_id)
    if entry is None or entry.cause != "coins" or entry.state != "pending" or entry.debit_member_id is None:
        raise RefusedError(CoinsAlreadySettled(member.id))
    if not books.settle(desk, entry, granted=command.granted, by_id=member.id):
        raise RefusedError(CoinsAlreadySettled(member.id))
    other, words = desk.member(entry.debit_member_id), entry.why or ""
    told: list[Notice] = [CoinsSettled(member.id, other.name, entry.amount, command.granted)]
    if other.state != "active":
        return told
    if not command.granted:
        return [*told, CoinsRefused(other.id, words)]
    held = books.held(desk, other.id).posted
    return [*told, CoinsEarned(other.id, "publicity", words, entry.amount, held)]


def show(desk: Desk, member: Member) -> list[Notice]:
    """One's own coins and what they were for; of everybody only the totals (mission row A12)."""
    held, pot = books.held(desk, member.id), years.pot_now(desk)
    lines = _lines(desk, member)
    return [
        CoinsShown(
            member.id,
            held.posted,
            held.pending,
            tuple(lines[-NEWEST:]),
            Euros(pot.pot_cents) if pot.pot_cents else None,
            pot.coins,
        )
    ]


def _lines(desk: Desk, member: Member) -> list[CoinLine]:
    """Every act, oldest first; what was confirmed or voided since counts once, as it stands."""
    rows = [each for each in ledger.of_member(desk.session, member.id) if _is_coin(each)]
    settled = {each.settles_id: each.state for each in rows if each.settles_id is not None}
    found = []
    for row in rows:
        state = settled.get(row.id, row.state)
        if row.settles_id is not None or state == "voided":
            continue
        act, about = _act(desk, row)
        found.append(
            CoinLine(act, about, row.amount, row.booked_on, row.credit == "coins", state == "pending")
        )
    return found


def _is_coin(row: Entry) -> bool:
    return "coins" in (row.debit, row.credit)


def _act(desk: Desk, row: Entry) -> tuple[str, str]:
    """What a line was for, from its key ("coins:talks:7"), and what it was about."""
    start, _colon, rest = row.key.partition(":")
    if start != "coins":
        return "year_end", str(row.booked_on.year)
    act, _colon, subject = rest.removesuffix("/back").partition(":")
    if act == "talks":
        introduction = desk.session.get(Introduction, int(subject))
        lead = desk.session.get(Lead, introduction.lead_id) if introduction is not None else None
        return act, lead.title if lead else ""
    if act == "newcomer":
        return act, desk.member(int(subject)).name
    return act, row.why or ""
