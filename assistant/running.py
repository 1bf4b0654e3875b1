"""What goes on with a lead that is out: who chooses, how its members are reached, and whether its wave is over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from assistant import codes, once, teams
from assistant.crossings import ALLY
from assistant.desk import Desk
from assistant.duty import is_there
from assistant.loading import fit_of, lead_of, periods_of, wanted
from assistant.notices import CandidatesReady, ClientLink, Interested, Notice
from assistant.rules import availability as rules
from assistant.rules import quiet
from assistant.rules.matching import Band, Reason
from assistant.rules.policy import Chooser
from assistant.rules.pools import is_of_client
from assistant.rules.volume import is_pushed
from db import accounts, choices, members, offers, opt_ins, outbox, pools, prompts
from db.accounts import Account
from db.choices import ChoiceLink
from db.leads import Lead
from db.members import Member
from db.offers import Offer
from nlu import taxonomy
from nlu.meaning import Lead as Known
from nlu.meaning import Rate

WEEK = timedelta(days=7)
REMINDERS = 2  # to who chooses, before the coordinators hear of it
END_AFTER = timedelta(days=14)  # so long after the last reminder, where no coordinator can step in
WINDOW = timedelta(days=1)  # so long after somebody wrote a platform that minds lets us write to them
LINK_DAYS = 14  # how long a client can choose with one link


def chooser_of(lead: Lead) -> Chooser:
    """Who chooses, as texts name them."""
    chooser: Any = lead.chooser
    named: Chooser = chooser  # only ever written from a policy
    return named


def choosers(desk: Desk, lead: Lead) -> Sequence[int]:
    """Ids of who chooses among those who said yes; without a coordinator it is the source after all."""
    if lead.chooser == teams.CONTRACTOR:
        return [teams.contractor_of(desk, lead) or lead.source_id]
    if lead.chooser != "coordinator":
        return [lead.source_id]
    return [each.id for each in members.coordinators(desk.session)] or [lead.source_id]


def at_pool_rate(desk: Desk, lead: Known, member: Member) -> tuple[Known, str | None]:
    """The lead as this member may see it: at the rate the client set for a pool the member is in, and which that is."""
    for pool in pools.of_member(desk.session, member.id):
        if pool.rate_cents is not None and is_of_client(lead.client, pool.client):
            unit: Any = pool.rate_unit
            return replace(lead, rate=Rate(pool.rate_cents, pool.rate_cents, unit)), pool.name
    return lead, None


def contract_of(desk: Desk, lead: Known) -> tuple[str, str] | None:
    """The client, and the address of its standard contract, if one of its pools has one."""
    found = (each for each in pools.everyone(desk.session) if is_of_client(lead.client, each.client))
    return next(((each.client, each.contract) for each in found if each.contract is not None), None)


def can_be_taken_over(desk: Desk, lead: Lead) -> bool:
    """Whether there is a coordinator who does not choose already; for an allied collective nobody here chooses."""
    if lead.chooser == ALLY:
        return False
    known = set(choosers(desk, lead))
    return any(each.id not in known for each in members.coordinators(desk.session))


def remind_at(desk: Desk) -> datetime:
    """When who has not chosen by then is reminded."""
    return quiet.add_working_hours(desk.now, desk.policy.remind_hours, desk.policy.quiet)


def client_link(desk: Desk, lead: Lead) -> list[Notice]:
    """A page for the client to choose on, told to the source; nothing when there is one or somebody else chooses."""
    if (
        lead.chooser != "client"
        or desk.public_url is None
        or choices.is_live(desk.session, lead.id, desk.now)
    ):
        return []
    code, expires = codes.new_code(), desk.now + timedelta(days=LINK_DAYS)
    desk.session.add(
        ChoiceLink(lead_id=lead.id, token_hash=codes.hash_of(code), created_at=desk.now, expires_at=expires)
    )
    desk.session.flush()
    address = codes.page_of(desk.public_url, code)
    return [ClientLink(lead.source_id, lead.title, address, expires.date())]


def moment_for(desk: Desk, member: Member, lead: Lead, band: Band, *, is_tip: bool) -> tuple[bool, datetime]:
    """How and when this member can hear of a lead: True for a push at the next open moment, else in their digest.

    What another collective of theirs asked them already is in the digest (mission row B19).
    """
    hours = desk.quiet_of(member)
    sent = offers.sent_since(desk.session, member.id, desk.now - WEEK)
    budget = quiet.budget_left(sent, desk.now, desk.policy.pushes_per_week)
    by_push = is_pushed(band, member.volume, budget, is_tip=is_tip)
    if by_push and not once.heard_elsewhere(desk, member, lead):
        return True, quiet.next_open(desk.now, hours)
    return False, quiet.next_digest(desk.now, hours, member.digest_weekday, member.digest_hour)


def candidates_ready(desk: Desk, lead: Lead, *, reminder: bool = False) -> list[Notice]:
    """Everyone who said yes so far, best band first, as who chooses sees them; one card for each of those."""
    rows = offers.of_lead(desk.session, lead.id)
    ready = tuple(_interested(desk, offer) for offer in proposed(rows, lead))
    waiting = sum(offer.state == "offered" and is_awaited(desk, offer) for offer in rows)
    until = lead.window_ends_at if waiting else None
    source = desk.member(lead.source_id)
    return [
        CandidatesReady(
            each,
            lead.id,
            lead.title,
            ready,
            waiting,
            until,
            reminder,
            source=None if each == source.id else source.name,
            one=lead.mode == "one",
        )
        for each in choosers(desk, lead)
    ]


def is_awaited(desk: Desk, offer: Offer) -> bool:
    """Who blocked the bot or paused meanwhile is not waited for, though they may yet come back and answer."""
    member = desk.member(offer.member_id)
    return is_there(desk, member) and not members.is_unreachable(desk.session, member.person_id)


def hears_at_once(desk: Desk, member: Member) -> bool:
    """Whether what is sent to them now reaches them: somewhere nobody closed, or where we may knock.

    On a platform that lets us write for a day after they did, we may knock once on the door of who agreed to that.
    """
    return any(_is_open(desk, each) for each in accounts.of_person(desk.session, member.person_id))


def _is_open(desk: Desk, account: Account) -> bool:
    if account.blocked:
        return False
    if account.heard_at is None or account.heard_at > desk.now - WINDOW:
        return True
    return opt_ins.is_given(desk.session, account.id) and not outbox.has_knocked(desk.session, account)


def proposed(rows: Sequence[Offer], lead: Lead) -> list[Offer]:
    """The yeses that are shown to who chooses: one at a time where the collective is set so, first come (row B9)."""
    yes = [offer for offer in rows if offer.state == "yes"]
    if lead.mode != "one":
        return yes
    return sorted(yes, key=lambda offer: (offer.answered_at or lead.created_at, offer.id))[:1]


def _interested(desk: Desk, offer: Offer) -> Interested:
    member, known = desk.member(offer.member_id), fit_of(offer.fit)
    drive = member.drive if member.shows_drive else None
    if known is None:
        return Interested(member.id, member.name, "guess", (), (), offer.words, drive)
    reasons = in_own_words(desk, member, known.reasons)
    return Interested(member.id, member.name, known.band, reasons, known.doubts, offer.words, drive)


def in_own_words(desk: Desk, member: Member, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons with the member's own word for their trade, where that is another than the usual one (row E1)."""
    words = members.terms_of(desk.session, [member.id])[member.id]
    said = {each.term: each.said for each in words if each.kind == "role"}
    return tuple(_in_own_word(each, said) for each in reasons)


def _in_own_word(reason: Reason, said: Mapping[str, str]) -> Reason:
    if reason.kind not in ("role_same", "role_near") or reason.facts[0] not in said:
        return reason
    term, *others = reason.facts
    usual = {term, taxonomy.display(term, "nl"), taxonomy.display(term, "en")}
    is_usual = said[term].casefold() in {each.casefold() for each in usual}
    return reason if is_usual else Reason(reason.kind, (said[term], *others))


GIVE_WAY = "give_way"  # the prompt to wait no longer for who cannot be reached, or asked for silence
STALE = "stale"  # the question whether what was said about availability still holds


def wave_may_be_over(desk: Desk, lead: Lead, *, lost_yes: bool = False) -> None:
    """When nobody of the wave can still say yes in time, nobody need wait for the window to end.

    `lost_yes`: the yes that held the next wave back is gone.
    """
    desk.session.flush()
    every = offers.of_lead(desk.session, lead.id)
    asked = [o for o in every if o.wave <= lead.wave]
    soon = quiet.next_open(desk.now, desk.policy.quiet)
    coming = [o for o in asked if o.state == "planned" and o.offer_at is not None and o.offer_at <= soon]
    if coming or any(o.state == "yes" for o in asked):
        return
    is_running = lead.window_ends_at is not None
    had_their_time = not is_running and (lost_yes or len(asked) < len(every))
    silent = (o for o in asked if o.state == "offered")
    if had_their_time or not any(is_awaited(desk, o) if is_running else True for o in silent):
        lead.window_ends_at = desk.now


def is_idle(desk: Desk, row: Lead) -> bool:
    """Whether the next wave waits for nothing but its moment: no answers, no choice of the source, no named tip."""
    every = offers.of_lead(desk.session, row.id)
    planned = [offer for offer in every if offer.state == "planned"]
    if row.window_ends_at is not None or any(offer.tipped_by is not None for offer in planned):
        return False
    begun = any(offer.offer_at is not None for offer in planned)
    return begun or not any(offer.state == "yes" for offer in every)


def rests_on_old_word(desk: Desk, member_id: int, lead: Lead) -> bool:
    """Whether asking this member now would rely on what they said too long ago, and were not asked about lately."""
    wish = wanted(desk, lead_of(lead), lead.source_id)
    periods = periods_of(desk, member_id)
    room = rules.room(periods, wish.start or desk.today, wish.end, desk.today)
    if not (room.known and room.available and rules.is_stale(room.stated_on, desk.today)):
        return False
    before = prompts.of_member(desk.session, member_id, STALE)
    lately = desk.now - timedelta(days=rules.MAX_AGE_DAYS)
    return before is None or before.asked_at is None or before.asked_at <= lately


def confirmed_by(desk: Desk, lead: Lead) -> datetime:
    """Until when an offer waits for that word; then it goes out with the doubt."""
    hours = rules.confirm_hours(desk.policy.confirm_hours, urgent=lead_of(lead).asap)
    return quiet.add_working_hours(desk.now, hours, desk.policy.quiet)
