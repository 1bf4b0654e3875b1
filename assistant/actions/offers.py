"""Offers: the private push, the answer to it, the next wave, and why somebody was asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from assistant import crossings, once, rights, teams
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import candidates_of, fit_of, lead_of, plain, wanted
from assistant.notices import (
    AllDeclined,
    AlreadyAnswered,
    AskTipName,
    BringAsked,
    BringNoted,
    ChoiceOverdue,
    DeclineNoted,
    DigestLine,
    DigestReady,
    InterestGone,
    InterestNoted,
    LeadGone,
    LeadOffered,
    MyWork,
    NotChosen,
    NothingOffered,
    NothingToUndo,
    Notice,
    OfferExplained,
    Pleasantry,
    TakenOver,
    ThoughtOver,
    TipImpossible,
    TipNoted,
    Undone,
    WaveOver,
    WhichOffer,
)
from assistant.planning import plan_more
from assistant.rules import quiet, waves
from assistant.rules.matching import RULE_VERSION, Fit, fit, gates, may_be_tipped
from assistant.rules.volume import LINES
from assistant.rules.waves import Answer
from assistant.running import (
    END_AFTER,
    GIVE_WAY,
    REMINDERS,
    at_pool_rate,
    can_be_taken_over,
    candidates_ready,
    chooser_of,
    choosers,
    client_link,
    in_own_words,
    is_awaited,
    moment_for,
    proposed,
    remind_at,
    wave_may_be_over,
)
from db import leads, members, offers, prompts, questions
from db.changes import Change
from db.decisions import Decision
from db.leads import Lead as LeadRow
from db.members import Member
from db.offers import Offer
from dialogs.commands import Decline, ExplainOffer, ShowInterest, Tip
from dialogs.commands import ShowInterest as Yes

WHAT = "answer"
DIGEST = "digest"  # the state of an offer that waits for the member's weekly digest
BANDS = ("strong", "fair", "guess")
A_WHILE = timedelta(days=14)  # so long "toch wel" may be about a lead that is gone
ANSWERED = ("yes", "later", "no")


# --- the clock: ask who is due ----------------------------------------------------------------------------------


def leads_due(desk: Desk) -> list[int]:
    """Ids of the leads of which somebody's moment has come, the longest waiting first."""
    return list(dict.fromkeys(offer.lead_id for offer in offers.due(desk.session, desk.now)))


def offer_due(desk: Desk, lead_id: int) -> list[Notice]:
    """Ask everyone whose moment has come, unless they are quiet, over their budget, or no longer fit."""
    notices: list[Notice] = []
    for offer in offers.due(desk.session, desk.now, lead_id=lead_id):
        notices += _offer(desk, offer, questions.get_one(desk.session, LeadRow, offer.lead_id))
    return notices


def _offer(desk: Desk, offer: Offer, lead: LeadRow) -> list[Notice]:
    member = desk.member(offer.member_id)
    fresh = _fit_now(desk, offer, lead, member)
    if fresh is None or members.is_unreachable(desk.session, member.person_id):
        offer.state = "skipped"
        wave_may_be_over(desk, lead)
        return []
    by_push, at = moment_for(desk, member, lead, fresh.band, is_tip=offer.tipped_by is not None)
    if not by_push or at > desk.now:  # the others need not wait for that
        offer.state, offer.offer_at = "planned" if by_push else DIGEST, at
        wave_may_be_over(desk, lead)
        return []
    _hand_over(desk, offer, lead, fresh)
    several = len(members.collectives_of(desk.session, member.person_id)) > 1
    if several:
        once.remember(desk, member, lead)
    member.last_asked_at = desk.now
    hours = waves.window(lead.stage, _is_urgent(desk, lead), desk.policy.waves)
    ends_at = quiet.add_working_hours(desk.now, hours, desk.policy.quiet)
    lead.window_ends_at = max(lead.window_ends_at or ends_at, ends_at)
    known, pool = at_pool_rate(desk, lead_of(lead), member)
    card = LeadOffered(
        member.id,
        offer.id,
        known,
        fresh.band,
        in_own_words(desk, member, fresh.reasons),
        fresh.doubts,
        answer_by=lead.window_ends_at,
        tipped_by=desk.member(offer.tipped_by).name if offer.tipped_by else None,
        quote=fresh.quote,
        collective=desk.collective.name if several else None,
        chooser=chooser_of(lead),
        pool=pool,
        team=team.title if (team := teams.team_of(desk, lead)) else None,
        idea=lead.stage == teams.IDEA,
        ally=crossings.came_from(desk, lead),
    )
    return [card]


def _hand_over(desk: Desk, offer: Offer, lead: LeadRow, fresh: Fit) -> None:
    offer.state, offer.offered_at, offer.fit = "offered", desk.now, plain(fresh)
    _log(desk, lead, "offered", member_id=offer.member_id, wave=offer.wave, by_digest=offer.by_digest)


def _is_urgent(desk: Desk, lead: LeadRow) -> bool:
    known = lead_of(lead)
    return waves.is_urgent(known.start, desk.today, asap=known.asap)


# --- the clock: the weekly digest -------------------------------------------------------------------------------


def send_digests(desk: Desk) -> list[Notice]:
    """The weekly digest of who has leads waiting in it (row C10)."""
    waiting: dict[int, list[Offer]] = {}
    for offer in offers.due(desk.session, desk.now, DIGEST):
        waiting.setdefault(offer.member_id, []).append(offer)
    return [notice for number, rows in waiting.items() for notice in _digest(desk, desk.member(number), rows)]


def _digest(desk: Desk, member: Member, rows: Sequence[Offer]) -> list[Notice]:
    """Best fits first; what does not go in comes next week, what no longer fits not at all."""
    hours = desk.quiet_of(member)
    following = quiet.next_digest(desk.now, hours, member.digest_weekday, member.digest_hour)
    if quiet.next_open(desk.now, hours) > desk.now:  # the member moved to another clock meanwhile
        for offer in rows:
            offer.offer_at = following
        return []
    fitting: list[tuple[Offer, LeadRow, Fit]] = []
    for offer in rows:
        lead = questions.get_one(desk.session, LeadRow, offer.lead_id)
        fresh = _fit_now(desk, offer, lead, member)
        if fresh is None:
            offer.state = "skipped"
        else:
            fitting.append((offer, lead, fresh))
    fitting.sort(key=lambda each: BANDS.index(each[2].band))
    for offer, lead, fresh in fitting[:LINES]:
        offer.by_digest = True
        _hand_over(desk, offer, lead, fresh)
        if lead.window_ends_at is None:  # there is no hurry, but the source hears when nobody answers
            hours_left = desk.policy.waves.rumour_window_hours
            lead.window_ends_at = quiet.add_working_hours(desk.now, hours_left, desk.policy.quiet)
    for offer, _lead, _fresh in fitting[LINES:]:
        offer.offer_at = following
    lines = tuple(
        DigestLine(offer.id, lead_of(lead), fresh.band, in_own_words(desk, member, fresh.reasons[:1]))
        for offer, lead, fresh in fitting[:LINES]
    )
    return [DigestReady(member.id, lines)] if lines else []


def _fit_now(desk: Desk, offer: Offer, lead: LeadRow, member: Member) -> Fit | None:
    """The fit as it is at this moment: a later wave must not rest on last week's agenda. None: not to be asked."""
    asked = wanted(desk, lead_of(lead), lead.source_id)
    if member.state != "active":
        return None
    (candidate,) = candidates_of(desk, [member.id], asked)
    may_ask = (
        may_be_tipped(asked, candidate, desk.today)
        if offer.tipped_by
        else not gates(asked, candidate, desk.today)
    )
    return fit(asked, candidate, desk.today) if may_ask else None


# --- the clock: waves that are over -----------------------------------------------------------------------------


def give_way(desk: Desk) -> list[Notice]:
    """A wave in which nobody is left who can be reached is over: the next need not wait for its window to end."""
    for prompt in prompts.due(desk.session, GIVE_WAY, desk.now):
        prompt.at = None
        for offer in offers.to_member(desk.session, prompt.member_id, "offered"):
            lead = questions.get_one(desk.session, LeadRow, offer.lead_id)
            if lead.window_ends_at is not None and lead.window_ends_at > desk.now:
                wave_may_be_over(desk, lead)
    return []


def windows_over(desk: Desk) -> list[int]:
    """Ids of the leads whose answer window has passed."""
    return [lead.id for lead in leads.with_window_over(desk.session, desk.now)]


def close_window(desk: Desk, lead_id: int) -> list[Notice]:
    """The next wave when nobody said yes, else the source chooses."""
    lead = desk.session.get_one(LeadRow, lead_id)
    ends_at = lead.window_ends_at
    if lead.state != "open" or ends_at is None or ends_at > desk.now:  # somebody was here a moment before
        return []
    lead.window_ends_at = None
    every = offers.of_lead(desk.session, lead.id)
    if not waves.may_open_next([_answer(o, lead) for o in every if o.wave <= lead.wave], window_over=True):
        return []
    lead.window_ends_at = _patience(desk, lead, every)
    return _further(desk, lead) if lead.window_ends_at is None else []


def _patience(desk: Desk, lead: LeadRow, every: Sequence[Offer]) -> datetime | None:
    """Until when silence is no answer yet, though the window is over: who is last is not hurried for nobody."""
    silent = [
        offer.offered_at
        for offer in every
        if offer.state == "offered" and offer.offered_at is not None and is_awaited(desk, offer)
    ]
    if not silent or _coming(every, lead) or plan_more(desk, lead):
        return None
    hours = waves.window_of_last(lead.stage, desk.policy.waves)
    until = quiet.add_working_hours(max(silent), hours, desk.policy.quiet)
    return until if until > desk.now else None


def _further(desk: Desk, lead: LeadRow) -> list[Notice]:
    """The next wave, unless there is none and somebody of this one is still to be asked on a later day."""
    every = offers.of_lead(desk.session, lead.id)
    planned = [o.wave > lead.wave for o in every if o.state == "planned"]
    unasked = all(o.offered_at is None for o in every) and any(o.state == DIGEST for o in every)
    if (planned and not any(planned)) or (unasked and not planned):
        return []
    over = _next_wave(desk, lead)
    # nobody of the wave was asked after all: then there is no answer to tell of
    return [] if over.asking and all(o.offered_at is None for o in every) else [over]


def ask_next(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """ "Nog geen keuze": the next wave is asked beside who already said yes; one at a time, who did is let go."""
    lead = _chosen_by(desk, member, lead_id)
    lead.nudge_at, lead.reminders = remind_at(desk), 0  # who said yes must not wait for ever
    told: list[Notice] = []
    if lead.mode == "one":
        for offer in proposed(offers.of_lead(desk.session, lead.id), lead):
            offer.state = "passed"
            told.append(NotChosen(offer.member_id, lead.title, "yes", "further", chooser_of(lead)))
            _log(desk, lead, "passed", member_id=offer.member_id, by=member.id)
        desk.session.flush()
        if proposed(offers.of_lead(desk.session, lead.id), lead):  # somebody else said yes meanwhile
            return [*candidates_ready(desk, lead), *told]
    return [replace(_next_wave(desk, lead), member_id=member.id), *told]


def _next_wave(desk: Desk, lead: LeadRow) -> WaveOver:
    """Give the next wave its moment, as far as there is room for candidates; when there is none, say so."""
    every = offers.of_lead(desk.session, lead.id)
    if not _coming(every, lead) and plan_more(desk, lead):
        every = offers.of_lead(desk.session, lead.id)
    yes, coming = sum(o.state == "yes" for o in every), _coming(every, lead)
    if not coming:
        digest = sum(o.state == DIGEST for o in every)
        away = not digest and bool(crossings.may_go_to(desk, lead))
        over = _how_it_is_over(desk, every)
        return WaveOver(lead.source_id, lead.id, lead.title, 0, yes, over, digest, allies=away)
    limits = replace(desk.policy.waves, max_live=1) if lead.mode == "one" else desk.policy.waves
    room = waves.room_for([_answer(o, lead) for o in every if o.offered_at is not None], limits)
    if not room:
        return WaveOver(lead.source_id, lead.id, lead.title, 0, yes, full=True)
    lead.wave = min(o.wave for o in coming)
    now_due = [o for o in coming if o.wave == lead.wave]
    for offer in now_due[:room]:
        offer.offer_at = quiet.next_open(desk.now, desk.policy.quiet)
    for offer in now_due[room:]:
        offer.wave += 1
    return WaveOver(lead.source_id, lead.id, lead.title, len(now_due[:room]), yes)


def _how_it_is_over(desk: Desk, every: Sequence[Offer]) -> Literal["unasked", "none", "none_yet"]:
    """Silence is no "no": who did not answer still can, unless they cannot be reached."""
    if all(o.offered_at is None for o in every):
        return "unasked"
    return "none_yet" if any(o.state == "offered" and is_awaited(desk, o) for o in every) else "none"


def _coming(every: Sequence[Offer], lead: LeadRow) -> list[Offer]:
    """Who is in a later wave."""
    return [offer for offer in every if offer.state == "planned" and offer.wave > lead.wave]


def _answer(offer: Offer, lead: LeadRow) -> Answer:
    if offer.state == "yes":
        return "yes"
    if offer.state != "offered":
        return "no"
    return "silent" if lead.window_ends_at is None else "waiting"


def remind_choosers(desk: Desk) -> list[Notice]:
    """Who has yeses and did not choose is reminded twice; then the coordinators hear that a lead waits."""
    notices: list[Notice] = []
    for lead in leads.to_nudge(desk.session, desk.now):
        yes = sum(offer.state == "yes" for offer in offers.of_lead(desk.session, lead.id))
        lead.nudge_at = None
        if not yes:
            continue
        lead.reminders += 1
        if lead.reminders <= REMINDERS:
            last = lead.reminders == REMINDERS and not can_be_taken_over(desk, lead)
            lead.nudge_at = (
                quiet.next_open(desk.now + END_AFTER, desk.policy.quiet) if last else remind_at(desk)
            )
            notices += [*candidates_ready(desk, lead, reminder=True), *client_link(desk, lead)]
        else:
            notices += _tell_coordinators(desk, lead, yes)
    return notices


def _tell_coordinators(desk: Desk, lead: LeadRow, yes: int) -> list[Notice]:
    """No names: those who said yes showed themselves to who chooses only."""
    source = desk.member(lead.source_id)
    known = choosers(desk, lead)
    others = [each.id for each in members.coordinators(desk.session) if each.id not in known]
    return [ChoiceOverdue(each, lead.id, lead.title, source.name, yes) for each in others]


def take_over(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """A coordinator chooses in the place of a source who does not; who said yes was told that this may be."""
    lead = questions.get(desk.session, LeadRow, lead_id)
    rights.require(desk, member, "choose")
    if lead is None or lead.state != "open" or lead.reminders <= REMINDERS:
        raise RefusedError(LeadGone(member.id, lead.title if lead else None, own=True))
    lead.chooser, lead.nudge_at, lead.reminders = "coordinator", remind_at(desk), 0
    _log(desk, lead, "taken_over", by=member.id)
    ready = [each for each in candidates_ready(desk, lead) if each.member_id == member.id]
    return [*ready, TakenOver(lead.source_id, member.name, lead.title)]


# --- the answer -------------------------------------------------------------------------------------------------


def say_yes(desk: Desk, member: Member, command: ShowInterest) -> list[Notice]:
    """Interest: noted with the member's own words, and shown to the source at once."""
    offer_id = command.offer_id if command.nth is None else _in_digest(desk, member, command.nth)
    offer, lead = _mine(desk, member, offer_id, Yes)
    is_seat = teams.team_of(desk, lead) is not None
    if offer.state == "yes" and is_seat and command.words:
        offer.words = command.words
        return [BringNoted(member.id, lead.title, command.words), *candidates_ready(desk, lead)]
    if offer.state == "yes":
        return [AlreadyAnswered(member.id, lead.title, "yes")]
    if (
        fresh := _fit_now(desk, offer, lead, member)
    ) is not None:  # what they told since they were asked counts
        offer.fit = plain(fresh)
    change = _note(desk, offer, lead, "yes", command.words)
    lead.nudge_at, lead.reminders = remind_at(desk), 0
    is_shown = offer in proposed(offers.of_lead(desk.session, lead.id), lead)
    noted = InterestNoted(member.id, lead.title, change.id, chooser_of(lead), queued=not is_shown)
    asked = [BringAsked(member.id, lead.title)] if is_seat and not command.words else []
    return [noted, *asked, *(candidates_ready(desk, lead) if is_shown else []), *client_link(desk, lead)]


def say_no(desk: Desk, member: Member, command: Decline) -> list[Notice]:
    """Not now or not for me. When everybody of a wave said no, the next is asked without waiting."""
    if command.offhand and not offers.to_member(desk.session, member.id, "offered", "later", "yes"):
        return [Pleasantry(member.id, "unasked", member.name)]
    offer, lead = _mine(desk, member, command.offer_id, lambda offer_id: Decline(offer_id, command.kind))
    was_yes = offer.state == "yes"
    if offer.state == command.kind:
        return [AlreadyAnswered(member.id, lead.title, command.kind)]
    change = _note(desk, offer, lead, command.kind, command.words)
    wave_may_be_over(desk, lead, lost_yes=was_yes)
    told = _interest_gone(desk, lead, member) if was_yes else []
    return [DeclineNoted(member.id, lead.title, command.kind, change.id), *told]


def say_no_to_all(desk: Desk, member: Member, offer_ids: Sequence[int]) -> list[Notice]:
    """Not now to each of these that has no answer yet; who said yes to one of them keeps that."""
    waiting = [each for each in offers.to_member(desk.session, member.id, "offered") if each.id in offer_ids]
    if not waiting:
        raise RefusedError(NothingOffered(member.id))
    for offer in waiting:
        lead = questions.get_one(desk.session, LeadRow, offer.lead_id)
        _note(desk, offer, lead, "later", None)
        wave_may_be_over(desk, lead)
    return [AllDeclined(member.id, len(waiting))]


def think_over(desk: Desk, member: Member) -> list[Notice]:
    """ "Even over nadenken": nothing is noted, and the newest that waits is said to wait."""
    waiting = offers.to_member(desk.session, member.id, "offered")
    if not waiting:
        return [Pleasantry(member.id, "confirm", member.name)]
    lead = questions.get_one(desk.session, LeadRow, waiting[0].lead_id)
    ahead = lead.window_ends_at if lead.window_ends_at and lead.window_ends_at > desk.now else None
    return [ThoughtOver(member.id, waiting[0].id, lead.title, ahead)]


def _interest_gone(desk: Desk, lead: LeadRow, member: Member) -> list[Notice]:
    return [InterestGone(each, member.name, lead.title) for each in choosers(desk, lead)]


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """An answer undone: it is as it was before, and the source hears of a yes that is gone or back."""
    offer = questions.get_one(desk.session, Offer, change.subject_id)
    lead = questions.get_one(desk.session, LeadRow, offer.lead_id)
    if lead.state != "open" or offer.state not in ANSWERED:
        raise RefusedError(NothingToUndo(member.id))
    was_yes = offer.state == "yes"
    offer.state, offer.words = change.before["state"], change.before["words"]
    _log(desk, lead, "answered", member_id=member.id, answer=offer.state)
    wave_may_be_over(desk, lead, lost_yes=was_yes)
    told = _interest_gone(desk, lead, member) if was_yes else []
    if offer.state == "yes":
        lead.nudge_at = remind_at(desk)
        told = candidates_ready(desk, lead)
    return [Undone(member.id, WHAT, offer_id=offer.id), *told]


def withdraw_all(desk: Desk, member: Member) -> list[Notice]:
    """Who leaves is out of every lead they were asked for: who saw a yes hears it, and the next are asked."""
    told: list[Notice] = []
    for offer in offers.to_member(desk.session, member.id, "offered", *ANSWERED):
        lead, was_yes = questions.get_one(desk.session, LeadRow, offer.lead_id), offer.state == "yes"
        offer.state = "withdrawn"
        wave_may_be_over(desk, lead, lost_yes=was_yes)
        if was_yes:
            told += _interest_gone(desk, lead, member)
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
    offer = questions.get(desk.session, Offer, offer_id)
    if offer is None or offer.member_id != member.id or offer.offered_at is None:
        raise RefusedError(NothingOffered(member.id))
    lead = questions.get_one(desk.session, LeadRow, offer.lead_id)
    if lead.state != "open":
        raise RefusedError(LeadGone(member.id, lead.title))
    return offer, lead


def _in_digest(desk: Desk, member: Member, nth: int) -> int:
    """The offer at this number in the digest they had last, best first as it was there. Raises RefusedError."""
    read = sorted(offers.latest_digest(desk.session, member.id), key=_place_in_digest)
    if nth <= len(read):
        return read[nth - 1].id
    open_ones = offers.to_member(desk.session, member.id, "offered")
    raise RefusedError(WhichOffer(member.id, _named(desk, open_ones, Yes), by="number"))


def _place_in_digest(offer: Offer) -> int:
    known = fit_of(offer.fit)
    return BANDS.index(known.band if known else "guess")


def _only_open(desk: Desk, member: Member, command: Any) -> int:
    """Whoever says something after having answered changes their mind, also from no to yes."""
    found = offers.to_member(desk.session, member.id, "offered", "later", "yes", "no")
    in_turn = ("offered",), ("later", "yes"), ("no",)
    open_ones = next(filter(None, ([o for o in found if o.state in states] for states in in_turn)), [])
    if not open_ones:
        raise RefusedError(_gone(desk, member) or NothingOffered(member.id))
    if len(open_ones) > 1:
        silent = tuple(o.id for o in open_ones if o.state == "offered")
        none = silent if isinstance(command(open_ones[0].id), Decline) else ()
        raise RefusedError(WhichOffer(member.id, _named(desk, open_ones, command), none))
    return open_ones[0].id


def _named(desk: Desk, rows: Sequence[Offer], command: Any) -> tuple[tuple[str, Any], ...]:
    """The title of each lead, with what to do about its offer."""
    return tuple((questions.get_one(desk.session, LeadRow, o.lead_id).title, command(o.id)) for o in rows)


def _gone(desk: Desk, member: Member) -> LeadGone | None:
    """Who answers too late is told so, and not that there never was anything."""
    last = offers.latest_to(desk.session, member.id)
    if last is None or last.offered_at is None or last.offered_at < desk.now - A_WHILE:
        return None
    lead = questions.get_one(desk.session, LeadRow, last.lead_id)
    return LeadGone(member.id, lead.title) if lead.state != "open" else None


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
    (candidate,) = candidates_of(desk, [other.id], asked)
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
        else questions.get(desk.session, Offer, command.offer_id)
    )
    if offer is None or offer.member_id != member.id or offer.offered_at is None:
        raise RefusedError(NothingOffered(member.id))
    lead = questions.get_one(desk.session, LeadRow, offer.lead_id)
    known = fit_of(offer.fit)
    if known is None:
        raise RefusedError(NothingOffered(member.id))
    tipper = desk.member(offer.tipped_by).name if offer.tipped_by else None
    passed, chooser = offer.state == "passed", chooser_of(lead)
    return [
        OfferExplained(
            member.id,
            lead.title,
            known.band,
            in_own_words(desk, member, known.reasons),
            known.doubts,
            tipper,
            passed,
            chooser,
        )
    ]


def explain_passed(desk: Desk, member: Member) -> list[Notice]:
    """ "Waarom niet ik?", after a yes that was not chosen: from what was recorded then. Empty when it was no such."""
    offer = offers.latest_to(desk.session, member.id)
    return explain(desk, member, ExplainOffer(offer.id)) if offer and offer.state == "passed" else []


def show_work(desk: Desk, member: Member) -> list[Notice]:
    """What is there for this member."""
    found = offers.to_member(desk.session, member.id, "offered", "later", "yes")

    def titled(*states: str) -> list[tuple[int, str]]:
        rows = [each for each in found if each.state in states]
        return [(o.id, questions.get_one(desk.session, LeadRow, o.lead_id).title) for o in rows]

    waiting = tuple(title for _number, title in titled("yes"))
    return [MyWork(member.id, tuple(titled("offered", "later")), waiting)]


def show_candidates(desk: Desk, member: Member) -> list[Notice]:
    """Who said yes to the open leads this member chooses for, one card a lead; nothing when nobody did."""
    yeses = [*offers.yes_to_leads_of(desk.session, member.id)]
    yeses += offers.yes_for_coordinators(desk.session) if rights.may(desk, member, "choose") else []
    rows = [
        questions.get_one(desk.session, LeadRow, number) for number in dict.fromkeys(o.lead_id for o in yeses)
    ]
    cards = [each for row in rows for each in candidates_ready(desk, row, reminder=True)]
    return [each for each in cards if each.member_id == member.id]


def _chosen_by(desk: Desk, member: Member, lead_id: int) -> LeadRow:
    lead = questions.get(desk.session, LeadRow, lead_id)
    if lead is None or member.id not in choosers(desk, lead) or lead.state != "open":
        own = lead.title if lead and member.id in choosers(desk, lead) else None
        raise RefusedError(LeadGone(member.id, own, own=True))
    return lead


def _log(desk: Desk, lead: LeadRow, kind: str, **content: Any) -> None:
    desk.session.add(
        Decision(lead_id=lead.id, at=desk.now, kind=kind, rule_version=RULE_VERSION, content=content)
    )
