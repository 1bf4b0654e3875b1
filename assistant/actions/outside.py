"""Outside: when nobody inside fits we say so, ask a few members whom they know, and see what the group lacks.

Sources: mission rows C5 (go outside when nobody inside fits) and A20 (which skills are missing). Only after the source
pressed the button: a lead that is not public yet stays inside.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from assistant import rights, titles
from assistant.codes import hash_of, link_to, new_code
from assistant.desk import Desk
from assistant.due import due_now
from assistant.errors import RefusedError
from assistant.loading import candidates_of, lead_of, plain, wanted
from assistant.notices import (
    ForwardText,
    LeadGone,
    MissingSkills,
    Notice,
    OutsideAsked,
    OutsideImpossible,
    OutsideSearching,
    TooManyLinks,
)
from assistant.rules import outside as rules
from assistant.rules import quiet
from assistant.rules.matching import Wanted, fit
from assistant.rules.missing import Asked, Missing, missing
from db import invitations, leads, members, offers, prompts
from db.invitations import Invitation
from db.leads import Lead as LeadRow
from db.members import Member, Term
from db.offers import Offer
from nlu import taxonomy

KIND = "outside"
A_WEEK = timedelta(days=7)
A_QUARTER = timedelta(days=91)
MOST_LINKS = 5  # of one member for one lead
WORK = ("role", "skill")


# --- somebody outside -------------------------------------------------------------------------------------------


def search(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """The source lets a few members be asked whom they know outside the group."""
    lead = desk.session.get(LeadRow, lead_id)
    if lead is None or lead.source_id != member.id or lead.state != "open":
        title = lead.title if lead is not None and lead.source_id == member.id else None
        raise RefusedError(LeadGone(member.id, title, own=True))
    if lead_of(lead).confidential or lead.stage == "rumour":
        raise RefusedError(OutsideImpossible(member.id, lead.title))
    if prompts.about(desk.session, KIND, lead.id):  # the button stays under its card
        return [OutsideSearching(member.id, lead.id, lead.title, 0, again=True)]
    chosen = rules.whom_to_ask(_knowers(desk, lead))
    at = quiet.next_open(desk.now, desk.policy.quiet)
    for each in chosen:
        prompts.plan(desk.session, each, KIND, lead.id, at)
    first_at = at if at > desk.now else None
    return [OutsideSearching(member.id, lead.id, lead.title, len(chosen), first_at)]


def _knowers(desk: Desk, lead: LeadRow) -> Iterable[rules.Knower]:
    """Members who were not asked for this lead, want messages, and have room for one."""
    asked = wanted(desk, lead_of(lead), lead.source_id)
    seen = {each.member_id for each in offers.of_lead(desk.session, lead.id) if each.offered_at is not None}
    seen |= {each.member_id for each in prompts.about(desk.session, KIND, lead.id)} | {lead.source_id}
    may_be_asked = _who_may_be_asked(desk)
    rows = [row for row in members.active(desk.session) if row.id not in seen and may_be_asked(row)]
    terms = members.terms_of(desk.session, [row.id for row in rows])
    return [rules.Knower(row.id, _closeness(asked, terms[row.id]), row.last_asked_at) for row in rows]


def _who_may_be_asked(desk: Desk) -> Callable[[Member], bool]:
    """Who wants messages, was not asked this lately, and has room for one; looked up once for everybody."""
    since = desk.now - A_WEEK
    asked = prompts.members_asked_since(desk.session, KIND, since)
    sent = offers.everybody_sent_since(desk.session, since)

    def may_be_asked(member: Member) -> bool:
        is_quiet = member.quiet_until is not None and member.quiet_until >= desk.today
        if is_quiet or member.volume == "digest" or member.id in asked:
            return False
        return quiet.budget_left(sent.get(member.id, []), desk.now, desk.policy.pushes_per_week) > 0

    return may_be_asked


def _closeness(asked: Wanted, terms: Iterable[Term]) -> float:
    """How near this member's work lies: through the taxonomy's neighbours, else through the field of work."""
    own = [term.term for term in terms if term.kind in WORK]
    near = {**asked.roles, **asked.skills}
    best = max((near.get(term, 0.0) for term in own), default=0.0)
    fields = {field for term, weight in near.items() if weight >= 1 and (field := taxonomy.field_of(term))}
    shares_field = any(taxonomy.field_of(term) in fields for term in own)
    return max(best, rules.SAME_FIELD if shares_field else 0.0)


def ask_due(desk: Desk) -> list[Notice]:
    """The clock: ask whom somebody knows, unless the lead is over by now or they no longer want to be asked."""
    told: list[Notice] = []
    for row in due_now(desk, KIND):
        member, lead = desk.member(row.member_id), desk.session.get_one(LeadRow, row.subject_id)
        if lead.state != "open" or member.state != "active" or not _who_may_be_asked(desk)(member):
            continue
        row.asked_at = desk.now
        told.append(OutsideAsked(member.id, lead.id, replace(lead_of(lead), client=None)))
    return told


def forward(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """A text to pass on, with a code that brings whoever comes in to this lead and to who passed it on."""
    lead = desk.session.get(LeadRow, lead_id)
    was_asked = prompts.of_member(desk.session, member.id, KIND, lead_id) is not None
    if lead is None or not (was_asked or lead.source_id == member.id):
        raise RefusedError(LeadGone(member.id, None))
    if lead.state != "open":
        own = lead.source_id == member.id
        raise RefusedError(LeadGone(member.id, lead.title if own else _bare_title(lead, member), own=own))
    if lead_of(lead).confidential or lead.stage == "rumour":
        raise RefusedError(OutsideImpossible(member.id, lead.title))
    if invitations.count_for_lead(desk.session, member.id, lead.id) >= MOST_LINKS:
        raise RefusedError(TooManyLinks(member.id, MOST_LINKS))
    code = new_code()
    expires_at = desk.now + timedelta(days=desk.policy.invitation_days)
    row = Invitation(
        code_hash=hash_of(code),
        name="",
        inviter_id=member.id,
        for_coordinator=False,
        created_at=desk.now,
        expires_at=expires_at,
        lead_id=lead.id,
    )
    desk.session.add(row)
    link = link_to(desk.apps, code)
    bare = replace(lead_of(lead), client=None, contact=None)
    return [ForwardText(member.id, lead.id, bare, desk.collective.name, code, link, expires_at.date())]


def arrived(desk: Desk, member: Member) -> list[Notice]:
    """Who came in for a lead is asked for it, as tipped by who passed it on; when it is over they hear that."""
    desk.session.flush()
    came = [each for each in invitations.of_member(desk.session, member.id) if each.lead_id is not None]
    if not came:
        return []
    lead = desk.session.get_one(LeadRow, came[0].lead_id)
    if lead.state != "open":
        return [LeadGone(member.id, _bare_title(lead, member))]
    if offers.of_lead_to(desk.session, lead.id, member.id) is None:
        asked = wanted(desk, lead_of(lead), lead.source_id)
        (candidate,) = candidates_of(desk, [member.id], asked)
        lead.wave = max(lead.wave, 1)
        offer = Offer(lead_id=lead.id, member_id=member.id, wave=lead.wave, tipped_by=came[0].inviter_id)
        offer.fit = plain(fit(asked, candidate, desk.today))
        offer.offer_at = quiet.next_open(desk.now, desk.policy.quiet)
        desk.session.add(offer)
    return []


def _bare_title(lead: LeadRow, member: Member) -> str:
    """What the lead is called to who was never asked for it: the client stays out."""
    return titles.title(replace(lead_of(lead), client=None), member.language)


# --- what the group lacks ---------------------------------------------------------------------------------------


def show_missing(desk: Desk, member: Member) -> list[Notice]:
    """To a coordinator: what was asked this quarter and nobody has."""
    rights.require(desk, member, "reports")
    return [MissingSkills(member.id, _missing(desk))]


def _missing(desk: Desk) -> Missing:
    """Leads that are not public yet are left out: nobody else is to know of them."""
    told = [
        row
        for row in leads.since(desk.session, desk.now - A_QUARTER)
        if row.stage != "rumour" and not lead_of(row).confidential
    ]
    asked = [Asked(_terms(row), _had_candidate(desk, row)) for row in told]
    wanted_terms = {term for each in asked for term in each.terms}
    return missing(asked, members.terms_present(desk.session, wanted_terms))


def _terms(row: LeadRow) -> frozenset[str]:
    lead = lead_of(row)
    return frozenset(taxonomy.canonical(each) for each in (*lead.roles, *lead.skills))


def _had_candidate(desk: Desk, row: LeadRow) -> bool:
    every = offers.of_lead(desk.session, row.id)
    return any(each.state != "barred" for each in every)
