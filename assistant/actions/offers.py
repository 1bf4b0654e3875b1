"""Offers: the private push, the answer to it, the next wave, and why somebody was asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import candidates_of, fit_of, lead_of, plain, wanted
from assistant.notices import (
    AlreadyAnswered,
    AskTipName,
    CandidatesReady,
    DeclineNoted,
    Interested,
    InterestGone,
    InterestNoted,
    LeadGone,
    LeadOffered,
    MyWork,
    NothingOffered,
    NothingToUndo,
    Notice,
    OfferExplained,
    TipImpossible,
    TipNoted,
    Undone,
    WaveOver,
    WhichOffer,
)
from assistant.rules import quiet, waves
from assistant.rules.matching import RULE_VERSION, Fit, fit, gates, may_be_tipped
from assistant.rules.waves import Answer
from assistant.running import wave_may_be_over
from db import leads, members, offers
from db.changes import Change
from db.decisions import Decision
from db.leads import Lead as LeadRow
from db.members import Member
from db.offers import Offer
from dialogs.commands import Decline, ExplainOffer, ShowInterest, Tip
from dialogs.commands import ShowInterest as Yes

WHAT = "answer"
WEEK = timedelta(days=7)
ANSWERED = ("yes", "later", "no")


# --- the clock: ask who is due ----------------------------------------------------------------------------------


def offer_due(desk: Desk) -> list[Notice]:
    """Ask everyone whose moment has come, unless they are quiet, over their budget, or no longer fit."""
    notices: list[Notice] = []
    for offer in offers.due(desk.session, desk.now):
        notices += _offer(desk, offer, desk.session.get_one(LeadRow, offer.lead_id))
    return notices


def _offer(desk: Desk, offer: Offer, lead: LeadRow) -> list[Notice]:
    member = desk.member(offer.member_id)
    at = quiet.next_open(desk.now, desk.policy.quiet)
    if at > desk.now:  # planned for a moment that turned out to be quiet
        offer.offer_at = at
        return []
    fresh = _fit_now(desk, offer, lead, member)
    room_at = _room_at(desk, offer, member)
    if fresh is None or room_at is None:
        offer.state = "skipped"
        wave_may_be_over(desk, lead)
        return []
    if room_at > desk.now:  # kept for when there is room again; the others need not wait for that
        offer.offer_at = quiet.next_open(room_at, desk.policy.quiet)
        wave_may_be_over(desk, lead)
        return []
    offer.state, offer.offered_at, offer.fit = "offered", desk.now, plain(fresh)
    member.last_asked_at = desk.now
    hours = waves.window(lead.stage, lead_of(lead).asap, desk.policy.waves)
    ends_at = quiet.add_working_hours(desk.now, hours, desk.policy.quiet)
    lead.window_ends_at = max(lead.window_ends_at or ends_at, ends_at)
    _log(desk, lead, "offered", member_id=member.id, wave=offer.wave)
    tipper = desk.member(offer.tipped_by).name if offer.tipped_by else None
    card = LeadOffered(
        member.id,
        offer.id,
        lead_of(lead),
        fresh.band,
        fresh.reasons,
        fresh.doubts,
        answer_by=lead.window_ends_at,
        tipped_by=tipper,
        quote=fresh.quote,
        collective=desk.collective.name
        if len(members.collectives_of(desk.session, member.person_id)) > 1
        else None,
    )
    return [card]


def _fit_now(desk: Desk, offer: Offer, lead: LeadRow, member: Member) -> Fit | None:
    """The fit as it is at this moment: a later wave must not rest on last week's agenda. None: not to be asked."""
    asked = wanted(desk, lead_of(lead), lead.source_id)
    if member.state != "active":
        return None
    (candidate,) = candidates_of(desk, [member], asked)
    may_ask = (
        may_be_tipped(asked, candidate, desk.today)
        if offer.tipped_by
        else not gates(asked, candidate, desk.today)
    )
    return fit(asked, candidate, desk.today) if may_ask else None


def _room_at(desk: Desk, offer: Offer, member: Member) -> datetime | None:
    """A named tip goes through; for the rest the weekly budget holds (mission row C10)."""
    if offer.tipped_by is not None:
        return desk.now
    sent = offers.sent_since(desk.session, member.id, desk.now - WEEK)
    return quiet.room_at(sent, desk.now, desk.policy.pushes_per_week)


# --- the clock: waves that are over -----------------------------------------------------------------------------


def close_windows(desk: Desk) -> list[Notice]:
    """For every lead whose answer window has passed: the next wave when nobody said yes, else the source chooses."""
    notices: list[Notice] = []
    for lead in leads.with_window_over(desk.session, desk.now):
        lead.window_ends_at = None
        asked = [o for o in offers.of_lead(desk.session, lead.id) if o.wave <= lead.wave]
        if waves.may_open_next([_answer(o, desk) for o in asked], window_over=True):
            notices += _further(desk, lead)
    return notices


def _further(desk: Desk, lead: LeadRow) -> list[Notice]:
    """The next wave, unless there is none and somebody of this one is still to be asked on a later day."""
    every = offers.of_lead(desk.session, lead.id)
    planned = [o.wave > lead.wave for o in every if o.state == "planned"]
    return [] if planned and not any(planned) else [_next_wave(desk, lead)]


def ask_next(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """ "Nog geen keuze": the next wave is asked beside who already said yes."""
    lead = _own(desk, member, lead_id)
    lead.nudge_at = _remind_at(desk)  # who said yes must not wait for ever
    return [_next_wave(desk, lead)]


def _next_wave(desk: Desk, lead: LeadRow) -> Notice:
    """Give the next wave its moment; when there is none, say so."""
    every = offers.of_lead(desk.session, lead.id)
    yes = sum(o.state == "yes" for o in every)
    coming = [o for o in every if o.state == "planned" and o.wave > lead.wave]
    if not coming:
        asked = sum(o.offered_at is not None for o in every)
        return WaveOver(lead.source_id, lead.id, lead.title, 0, yes, asked)
    lead.wave = min(o.wave for o in coming)
    now_due = [o for o in coming if o.wave == lead.wave]
    for offer in now_due:
        offer.offer_at = quiet.next_open(desk.now, desk.policy.quiet)
    return WaveOver(lead.source_id, lead.id, lead.title, len(now_due), yes)


def _answer(offer: Offer, _desk: Desk) -> Answer:
    if offer.state == "yes":
        return "yes"
    return "silent" if offer.state == "offered" else "no"


def remind_sources(desk: Desk) -> list[Notice]:
    """A source who has yeses and did not choose is reminded, once."""
    notices: list[Notice] = []
    for lead in leads.to_nudge(desk.session, desk.now):
        lead.nudge_at = None
        ready = _candidates_ready(desk, lead, reminder=True)
        if ready.candidates:
            notices.append(ready)
    return notices


# --- the answer -------------------------------------------------------------------------------------------------


def say_yes(desk: Desk, member: Member, command: ShowInterest) -> list[Notice]:
    """Interest: noted with the member's own words, and shown to the source at once."""
    offer, lead = _mine(desk, member, command.offer_id, Yes)
    if offer.state == "yes":
        return [AlreadyAnswered(member.id, lead.title, "yes")]
    change = _note(desk, offer, lead, "yes", command.words)
    lead.nudge_at = _remind_at(desk)
    return [InterestNoted(member.id, lead.title, change.id), _candidates_ready(desk, lead)]


def say_no(desk: Desk, member: Member, command: Decline) -> list[Notice]:
    """Not now or not for me. When everybody of a wave said no, the next is asked without waiting."""
    offer, lead = _mine(desk, member, command.offer_id, lambda offer_id: Decline(offer_id, command.kind))
    was_yes = offer.state == "yes"
    if offer.state == command.kind:
        return [AlreadyAnswered(member.id, lead.title, command.kind)]
    change = _note(desk, offer, lead, command.kind, command.words)
    wave_may_be_over(desk, lead, lost_yes=was_yes)
    told: list[Notice] = [InterestGone(lead.source_id, member.name, lead.title)] if was_yes else []
    return [DeclineNoted(member.id, lead.title, command.kind, change.id), *told]


def _remind_at(desk: Desk) -> datetime:
    return quiet.add_working_hours(desk.now, desk.policy.remind_hours, desk.policy.quiet)


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """An answer undone: it is as it was before, and the source hears of a yes that is gone or back."""
    offer = desk.session.get_one(Offer, change.subject_id)
    lead = desk.session.get_one(LeadRow, offer.lead_id)
    if lead.state != "open" or offer.state not in ANSWERED:
        raise RefusedError(NothingToUndo(member.id))
    was_yes = offer.state == "yes"
    offer.state, offer.words = change.before["state"], change.before["words"]
    _log(desk, lead, "answered", member_id=member.id, answer=offer.state)
    wave_may_be_over(desk, lead, lost_yes=was_yes)
    told: list[Notice] = [InterestGone(lead.source_id, member.name, lead.title)] if was_yes else []
    if offer.state == "yes":
        lead.nudge_at = _remind_at(desk)
        told = [_candidates_ready(desk, lead)]
    return [Undone(member.id, WHAT, offer_id=offer.id), *told]


def withdraw_all(desk: Desk, member: Member) -> list[Notice]:
    """Who leaves is out of every lead they were asked for: who saw a yes hears it, and the next are asked."""
    told: list[Notice] = []
    for offer in offers.to_member(desk.session, member.id, "offered", *ANSWERED):
        lead, was_yes = desk.session.get_one(LeadRow, offer.lead_id), offer.state == "yes"
        offer.state = "withdrawn"
        wave_may_be_over(desk, lead, lost_yes=was_yes)
        if was_yes:
            told.append(InterestGone(lead.source_id, member.name, lead.title))
    return told


def _note(desk: Desk, offer: Offer, lead: LeadRow, state: str, words: str | None) -> Change:
    before = {"state": offer.state, "words": offer.words}
    change = Change(member_id=offer.member_id, at=desk.now, what=WHAT, subject_id=offer.id, before=before)
    desk.session.add(change)
    offer.state, offer.words, offer.answered_at = state, words, desk.now
    _log(desk, lead, "answered", member_id=offer.member_id, answer=state)
    desk.session.flush()
    return change


def _mine(desk: Desk, member: Member, offer_id: int | None, command: Any) -> tuple[Offer, LeadRow]:
    """The offer that is meant. Raises RefusedError when there is none, several, or the lead is over."""
    if offer_id is None:
        offer_id = _only_open(desk, member, command)
    offer = desk.session.get(Offer, offer_id)
    if offer is None or offer.member_id != member.id or offer.offered_at is None:
        raise RefusedError(NothingOffered(member.id))
    lead = desk.session.get_one(LeadRow, offer.lead_id)
    if lead.state != "open":
        raise RefusedError(LeadGone(member.id, lead.title))
    return offer, lead


def _only_open(desk: Desk, member: Member, command: Any) -> int:
    """Whoever says something after having answered changes their mind, also from no to yes."""
    states = ("offered",), ("later", "yes"), ("no",)
    open_ones = next(filter(None, (offers.to_member(desk.session, member.id, *each) for each in states)), ())
    if not open_ones:
        raise RefusedError(NothingOffered(member.id))
    if len(open_ones) > 1:
        titles = [(desk.session.get_one(LeadRow, o.lead_id).title, command(o.id)) for o in open_ones]
        raise RefusedError(WhichOffer(member.id, tuple(titles)))
    return open_ones[0].id


# --- tips -------------------------------------------------------------------------------------------------------


def ask_tip(desk: Desk, member: Member, offer_id: int | None) -> list[Notice]:
    """ "Tip iemand": for whom?"""
    lead, _offer_row = _tipped_lead(desk, member, Tip("", offer_id))
    return [AskTipName(member.id, lead.title)]


def tip(desk: Desk, member: Member, command: Tip) -> list[Notice]:
    """A member names somebody for a lead they were asked for, or for their own last lead (mission row D14)."""
    lead, own_offer = _tipped_lead(desk, member, command)
    found = members.named(desk.session, command.name)
    why = _why_not(desk, lead, member, found)
    if why is not None:
        return [TipImpossible(member.id, command.name, why)]  # type: ignore[arg-type]
    other = found[0]
    asked = wanted(desk, lead_of(lead), lead.source_id)
    (candidate,) = candidates_of(desk, [other], asked)
    if not may_be_tipped(asked, candidate, desk.today):
        return [TipImpossible(member.id, other.name, "quiet")]
    _bring_forward(desk, lead, other, member, plain(fit(asked, candidate, desk.today)))
    if own_offer is not None and own_offer.state == "offered":
        _note(desk, own_offer, lead, "no", None)
    return [TipNoted(member.id, other.name, lead.title)]


def _tipped_lead(desk: Desk, member: Member, command: Tip) -> tuple[LeadRow, Offer | None]:
    own = [row for row in leads.of_source(desk.session, member.id) if row.state == "open"]
    if command.offer_id is None and own and not offers.to_member(desk.session, member.id, "offered"):
        return own[0], None
    offer, lead = _mine(desk, member, command.offer_id, lambda offer_id: Tip(command.name, offer_id))
    return lead, offer


def _why_not(desk: Desk, lead: LeadRow, member: Member, found: Sequence[Member]) -> str | None:
    """Who brought the lead and who else was asked is not for the tipper: both sound like "not now"."""
    if not found:
        return "unknown"
    if len(found) > 1:
        return "several"
    if found[0].id == member.id:
        return "self"
    known = offers.of_lead_to(desk.session, lead.id, found[0].id)
    if known is not None and known.state == "barred" and lead.source_id != member.id:
        return "quiet"
    if known is None or known.offered_at is None:
        return None
    return "asked" if known.tipped_by == member.id else "quiet"


def _bring_forward(
    desk: Desk, lead: LeadRow, other: Member, tipper: Member, fit_json: dict[str, Any]
) -> None:
    """The tipped member is asked at the next open moment, whatever wave they were in."""
    offer = offers.of_lead_to(desk.session, lead.id, other.id)
    if offer is None:
        offer = Offer(lead_id=lead.id, member_id=other.id, wave=max(lead.wave, 1), fit=fit_json)
        desk.session.add(offer)
    offer.wave, offer.tipped_by, offer.state = max(lead.wave, 1), tipper.id, "planned"
    offer.offer_at = quiet.next_open(desk.now, desk.policy.quiet)
    lead.wave = max(lead.wave, 1)


# --- shown ------------------------------------------------------------------------------------------------------


def explain(desk: Desk, member: Member, command: ExplainOffer) -> list[Notice]:
    """ "Waarom ik?": from what was recorded when it was decided."""
    offer = (
        offers.latest_to(desk.session, member.id)
        if command.offer_id is None
        else desk.session.get(Offer, command.offer_id)
    )
    if offer is None or offer.member_id != member.id or offer.offered_at is None:
        raise RefusedError(NothingOffered(member.id))
    lead = desk.session.get_one(LeadRow, offer.lead_id)
    known = fit_of(offer.fit)
    if known is None:
        raise RefusedError(NothingOffered(member.id))
    tipper = desk.member(offer.tipped_by).name if offer.tipped_by else None
    passed = offer.state == "passed"
    return [OfferExplained(member.id, lead.title, known.band, known.reasons, known.doubts, tipper, passed)]


def show_work(desk: Desk, member: Member) -> list[Notice]:
    """What is there for this member."""

    def titled(*states: str) -> list[tuple[int, str]]:
        rows = offers.to_member(desk.session, member.id, *states)
        return [(o.id, desk.session.get_one(LeadRow, o.lead_id).title) for o in rows]

    waiting = tuple(title for _number, title in titled("yes"))
    return [MyWork(member.id, tuple(titled("offered", "later")), waiting)]


def show_candidates(desk: Desk, member: Member) -> list[Notice]:
    """Who said yes to the open leads of this member, one card a lead."""
    numbers = dict.fromkeys(offer.lead_id for offer in offers.yes_to_leads_of(desk.session, member.id))
    rows = [desk.session.get_one(LeadRow, number) for number in numbers]
    return [_candidates_ready(desk, row, reminder=True) for row in rows] or [
        LeadGone(member.id, None, own=True)
    ]


def _candidates_ready(desk: Desk, lead: LeadRow, *, reminder: bool = False) -> CandidatesReady:
    """Everyone who said yes so far, best band first, as the source sees them."""
    rows = offers.of_lead(desk.session, lead.id)
    ready = tuple(_interested(desk, offer) for offer in rows if offer.state == "yes")
    waiting = sum(offer.state == "offered" for offer in rows)
    return CandidatesReady(
        lead.source_id,
        lead.id,
        lead.title,
        ready,
        waiting,
        lead.window_ends_at if waiting else None,
        reminder,
    )


def _interested(desk: Desk, offer: Offer) -> Interested:
    member, known = desk.member(offer.member_id), fit_of(offer.fit)
    if known is None:
        return Interested(member.id, member.name, "guess", (), (), offer.words)
    return Interested(member.id, member.name, known.band, known.reasons, known.doubts, offer.words)


def _own(desk: Desk, member: Member, lead_id: int) -> LeadRow:
    lead = desk.session.get(LeadRow, lead_id)
    if lead is None or lead.source_id != member.id or lead.state != "open":
        own = lead.title if lead and lead.source_id == member.id else None
        raise RefusedError(LeadGone(member.id, own, own=True))
    return lead


def _log(desk: Desk, lead: LeadRow, kind: str, **content: Any) -> None:
    desk.session.add(
        Decision(lead_id=lead.id, at=desk.now, kind=kind, rule_version=RULE_VERSION, content=content)
    )
