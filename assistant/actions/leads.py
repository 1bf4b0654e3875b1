"""Leads: told, recognised when told again, planned in waves, taken back or closed, and shown to who brought them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

import msgspec

from assistant import crossings, teams, titles
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import candidates_of, fit_of, hourly, lead_of, plain, spell, wanted
from assistant.notices import (
    FoundAfterAll,
    IdeaShared,
    LeadAmended,
    LeadEnded,
    LeadGone,
    LeadKnown,
    LeadLine,
    LeadNeedsRole,
    LeadShared,
    MyLeads,
    NotChosen,
    NothingToUndo,
    Notice,
    OfferAmended,
    RuledOut,
    SeatLine,
    TeamAsked,
    TeamShared,
    TipImpossible,
)
from assistant.planning import plan, plan_anew
from assistant.rules import quiet
from assistant.rules.availability import Period
from assistant.rules.matching import RULE_VERSION, gates
from assistant.rules.outcomes import moments_to_start
from assistant.rules.sameness import LeadPrint, print_of, same_lead, words_of
from assistant.running import (
    REMINDERS,
    can_be_taken_over,
    chooser_of,
    confirmed_by,
    hears_at_once,
    is_idle,
    moment_for,
    rests_on_old_word,
    wave_may_be_over,
)
from db import agendas, availability, choices, introductions, leads, members, offers, prompts, questions
from db.changes import Change
from db.decisions import Decision
from db.leads import Lead as LeadRow
from db.leads import LeadContact
from db.members import Member
from db.offers import Offer
from dialogs.commands import AmendLead, ShareLead
from dialogs.forms import corrected
from nlu import taxonomy
from nlu.meaning import Contact, Lead

WHAT = "lead"
MATCH = "match"  # the prompt to look at open leads again for a member
BARRED = (
    "barred"  # the state of an offer to somebody the source ruled out: it keeps its place and is never made
)
PRINT = msgspec.json.Decoder(LeadPrint)
NEWEST = 10  # how many of one's leads an overview shows


# --- told -------------------------------------------------------------------------------------------------------


def share(desk: Desk, member: Member, command: ShareLead) -> list[Notice]:
    """Store a lead and plan whom to ask when; the clock does the asking. A second telling changes nothing (row A1)."""
    lead = command.lead
    if not (lead.roles or lead.skills):
        raise RefusedError(LeadNeedsRole(member.id))
    seen = _print(lead, command)
    known = None if command.is_new else _known(desk, seen)
    if known is not None:
        on = known.created_at.date()
        again = msgspec.structs.replace(command, is_new=True, text="", words=tuple(sorted(seen.words)))
        mine = known.source_id == member.id
        # to another teller it is called as they told it: the first may have known more
        title = known.title if mine else titles.title(lead, desk.collective.language)
        return [LeadKnown(member.id, title, on, mine, again)]
    if command.idea is not None:
        return _share_team(desk, member, command, seen)
    if command.team is None and _may_be_team(command):
        kept = msgspec.structs.replace(command, is_new=True, text="", words=tuple(sorted(seen.words)))
        one, team = (msgspec.structs.replace(kept, team=each) for each in (False, True))
        return [TeamAsked(member.id, lead.roles, one, team)]
    if command.team:
        return _share_team(desk, member, command, seen)
    row = _store(desk, member, lead, seen)
    ruled_out = _bar(desk, row, command.ruled_out)
    tipped, unknown, several = _tipped(desk, member, command.tips)
    fitting = plan(desk, row, list(tipped))
    desk.session.add(Change(member_id=member.id, at=desk.now, what=WHAT, subject_id=row.id, before={}))
    if row.mode == "one":
        first_nudge = moments_to_start(desk.now, desk.policy.quiet)[0]
        prompts.plan(desk.session, row.source_id, "start", row.id, first_nudge)
    first = offers.first_of_lead(desk.session, row.id)
    promised = {offer.member_id for offer in first if offer.tipped_by is not None}
    number, first_at = _first(desk, row, first)
    return [
        LeadShared(
            member.id,
            row.id,
            row.title,
            fitting=fitting,
            first_wave=number,
            first_at=None if first_at <= desk.now else first_at,
            tips=tuple(name for number, name in tipped.items() if number in promised),
            unknown_tips=unknown,
            several_tips=several,
            ruled_out=tuple(each.name for each in ruled_out),
            unknown_ruled_out=_unknown(command.ruled_out, ruled_out),
            chooser=chooser_of(row),
            allies=not fitting and bool(crossings.may_go_to(desk, row)),
        ),
        *(
            TipImpossible(member.id, name, "quiet")
            for number, name in tipped.items()
            if number not in promised
        ),
    ]


def _may_be_team(command: ShareLead) -> bool:
    """Several roles may be one person who does one of them, or one person each (mission row A21)."""
    return len(command.lead.roles) > 1 and command.lead.headcount != 1 and not command.tips


def _share_team(desk: Desk, member: Member, command: ShareLead, seen: LeadPrint) -> list[Notice]:
    """One lead of the whole, which keeps the credit and the client's person, and one below it for each role.

    Of an idea there is no client: whoever has it leads.
    """
    language, idea = desk.collective.language, command.idea
    team = _store(desk, member, command.lead, seen)
    team.state = teams.TEAM
    team.title = (
        titles.team_title(command.lead, language) if idea is None else titles.idea_title(idea, language)
    )
    if idea is not None:
        team.contractor_id, team.stage = member.id, teams.IDEA
    lines: list[SeatLine] = []
    gaps: list[tuple[int, str]] = []
    for role in dict.fromkeys(command.lead.roles or command.lead.skills):
        alone = _seat(command.lead, role)
        seat = _store(desk, member, alone, _print(alone, ShareLead(alone, "")))
        seat.parent_id = team.id
        if idea is not None:
            seat.chooser, seat.stage = teams.CONTRACTOR, teams.IDEA
            seat.title = titles.idea_seat(seat.title, language)
        _bar(desk, seat, command.ruled_out)
        fitting = plan(desk, seat, [])
        lines.append(SeatLine(role, "asking" if fitting else "nobody", None, fitting))
        gaps += [] if fitting else [(seat.id, role)]
    told = IdeaShared if idea is not None else TeamShared
    return [told(member.id, team.id, team.title, tuple(lines), tuple(gaps))]


def _seat(lead: Lead, role: str) -> Lead:
    """One seat of the whole; where only skills are sought, one for each skill."""
    if lead.roles:
        return replace(lead, roles=(role,), headcount=None, contact=None)
    return replace(lead, skills=(role,), headcount=None, contact=None)


def rule_out(desk: Desk, member: Member, names: Sequence[str]) -> list[Notice]:
    """The source names who is not to be asked for their last open lead. Who was asked already is told nothing."""
    row = next((lead for lead in leads.of_source(desk.session, member.id) if lead.state == "open"), None)
    if row is None:
        raise RefusedError(LeadGone(member.id, None, own=True))
    barred = _bar(desk, row, names)
    known = {each.id: offers.of_lead_to(desk.session, row.id, each.id) for each in barred}
    asked = [each.name for each in barred if (offer := known[each.id]) is None or offer.state != BARRED]
    rest = tuple(each.name for each in barred if each.name not in asked)
    wave_may_be_over(desk, row)
    return [RuledOut(member.id, row.title, rest, tuple(asked), _unknown(names, barred))]


def _bar(desk: Desk, row: LeadRow, names: Sequence[str]) -> list[Member]:
    """Keep everybody of these names from being asked: of two with one name, rather both than the wrong one."""
    found = [m for name in names for m in members.named(desk.session, name) if m.id != row.source_id]
    if not found:
        return []
    for each in found:
        offer = offers.of_lead_to(desk.session, row.id, each.id)
        if offer is None:
            desk.session.add(Offer(lead_id=row.id, member_id=each.id, wave=0, fit={}, state=BARRED))
        elif offer.offered_at is None:
            offer.state, offer.offer_at, offer.tipped_by = BARRED, None, None
    desk.session.flush()
    return found


def _unknown(names: Sequence[str], found: Sequence[Member]) -> tuple[str, ...]:
    """The names that nobody has."""
    known = [each.name.casefold() for each in found]
    return tuple(n for n in names if not any(f"{k} ".startswith(f"{n.casefold()} ") for k in known))


def _first(desk: Desk, row: LeadRow, first: Sequence[Offer]) -> tuple[int, datetime]:
    """How many of the first wave hear it first, and when.

    Who had enough this week reads it in the digest (mission row C10), and who is first asked whether their
    availability still holds hears it a little later. Whoever cannot be reached now hears it when they write again.
    """
    moments = [_hears_at(desk, row, offer) for offer in first if _hears(desk, offer)]
    earliest = min(moments, default=desk.now)
    return moments.count(earliest), earliest


def _hears(desk: Desk, offer: Offer) -> bool:
    return offer.offer_at is not None and hears_at_once(desk, desk.member(offer.member_id))


def _hears_at(desk: Desk, row: LeadRow, offer: Offer) -> datetime:
    known, is_tip = fit_of(offer.fit), offer.tipped_by is not None
    band = known.band if known else "guess"
    by_push, at = moment_for(desk, desk.member(offer.member_id), row, band, is_tip=is_tip)
    if by_push and at == desk.now and not is_tip and rests_on_old_word(desk, offer.member_id, row):
        return quiet.next_open(confirmed_by(desk, row), desk.policy.quiet)
    return at


def _print(lead: Lead, command: ShareLead) -> LeadPrint:
    contact = lead.contact
    facts = LeadPrint(
        roles=frozenset(taxonomy.canonical(role) for role in lead.roles),
        client=lead.client,
        place=lead.place,
        start=lead.start,
        hours=(lead.hours_per_week.low, lead.hours_per_week.high) if lead.hours_per_week else None,
        rate_cents=hourly(lead.rate),
        contact=(contact.email or contact.phone or contact.name) if contact else None,
    )
    seen = print_of(command.text, facts)
    words = frozenset(_unreadable(word) for word in seen.words)
    person = " ".join(sorted(_unreadable(word) for word in words_of(facts.contact or "")))
    return replace(seen, words=words | set(command.words), contact=person or None)


def _unreadable(word: str) -> str:
    """Words are only ever compared: the names in a mail need not be kept to recognise it."""
    return blake2b(word.encode(), digest_size=6).hexdigest()


def _known(desk: Desk, seen: LeadPrint) -> LeadRow | None:
    """The first telling of the same lead, if there was one lately."""
    since = desk.now - timedelta(days=desk.policy.repeat_days)
    told = leads.prints_since(desk.session, since)
    same = (number for number, print_ in told if same_lead(PRINT.decode(print_), seen))
    first = next(same, None)
    return None if first is None else questions.get_one(desk.session, LeadRow, first)


def _store(desk: Desk, member: Member, lead: Lead, seen: LeadPrint) -> LeadRow:
    row = LeadRow(
        source_id=member.id,
        stage=lead.stage,
        title=titles.title(lead, desk.collective.language),
        details=plain(replace(lead, contact=None)),
        print=plain(seen),
        seed=0,
        created_at=desk.now,
        mode=desk.policy.mode,
        chooser=_chooser(desk),
    )
    desk.session.add(row)
    desk.session.flush()
    row.seed = row.id  # any number will do for the draw, as long as it can be repeated
    if lead.contact is not None:
        leads.set_contact(desk.session, row.id, _contact(row.id, lead.contact))
    return row


def _chooser(desk: Desk) -> str:
    """As the collective is set now; a coordinator can only choose when there is one."""
    chooser = desk.policy.chooser
    return "source" if chooser == "coordinator" and not members.coordinators(desk.session) else chooser


def _contact(lead_id: int, person: Contact) -> LeadContact:
    return LeadContact(lead_id=lead_id, name=person.name, phone=person.phone, email=person.email)


def _tipped(
    desk: Desk, member: Member, names: Sequence[str]
) -> tuple[dict[int, str], tuple[str, ...], tuple[str, ...]]:
    """Members who were named, id to name; the names that are no member; the names that several have."""
    found = {name: [m for m in members.named(desk.session, name) if m.id != member.id] for name in names}
    one_each = [rows[0] for rows in found.values() if len(rows) == 1]
    unknown = tuple(name for name, rows in found.items() if not rows)
    several = tuple(name for name, rows in found.items() if len(rows) > 1)
    return {m.id: m.name for m in one_each}, unknown, several


# --- matched again ----------------------------------------------------------------------------------------------


def look_again(desk: Desk, member: Member) -> None:
    """Somebody became free, joined, or can be asked again: open leads are looked at anew, after a pause if need be."""
    at = quiet.next_open(desk.now, desk.quiet_of(member), _last_quiet_day(desk, member))
    prompts.plan(desk.session, member.id, MATCH, 0, None if member.quiet_until == date.max else at)


def _last_quiet_day(desk: Desk, member: Member) -> date | None:
    until = member.quiet_until
    return until if until is not None and desk.today <= until < date.max else None


def take_over_agendas(desk: Desk) -> list[Notice]:
    """What members said of when they are free in another collective of theirs holds here too (mission row B19)."""
    for word in agendas.take(desk.session, desk.collective.id):
        member = members.of_person(desk.session, word.person_id)
        if member is not None and member.state == "active":
            periods = msgspec.convert(word.periods, tuple[Period, ...])
            availability.replace(desk.session, member.id, [spell(each) for each in periods])
            look_again(desk, member)
        desk.session.delete(word)
    return []


def members_to_match(desk: Desk) -> list[int]:
    """Ids of the members whose situation changed for the better, the longest waiting first."""
    return [prompt.member_id for prompt in prompts.due(desk.session, MATCH, desk.now)]


def match_again(desk: Desk, member_id: int) -> list[Notice]:
    """Such a member is put in the waves of the open leads that suit them."""
    prompt = prompts.of_member(desk.session, member_id, MATCH)
    if prompt is None or prompt.at is None or prompt.at > desk.now:  # somebody was here a moment before
        return []
    prompt.at = None
    member = desk.member(member_id)
    if member.state != "active":
        return []
    since = desk.now - timedelta(days=desk.policy.repeat_days)
    return [each for row in leads.open_since(desk.session, since) for each in _join_in(desk, row, member)]


def _join_in(desk: Desk, row: LeadRow, member: Member) -> list[Notice]:
    """Whoever is not asked yet is ranked anew, with this member among them; the source of a stuck lead hears of it."""
    known = offers.of_lead_to(desk.session, row.id, member.id)
    if known is not None and known.state != "skipped":
        return []
    asked = wanted(desk, lead_of(row), row.source_id)
    (candidate,) = candidates_of(desk, [member.id], asked)
    if gates(asked, candidate, desk.today):
        return []
    idle = is_idle(desk, row)
    every = offers.of_lead(desk.session, row.id)
    is_stuck = idle and not any(each.state in ("planned", "digest", "yes") for each in every)
    if known is not None:
        desk.session.delete(known)
    plan_anew(desk, row, may_begin=idle)
    added = offers.of_lead_to(desk.session, row.id, member.id) is not None
    return [FoundAfterAll(row.source_id, row.title)] if is_stuck and added else []


# --- corrected --------------------------------------------------------------------------------------------------


def amend(desk: Desk, member: Member, command: AmendLead) -> list[Notice]:
    """The source corrects the last open lead: who was asked hears it, and who was not yet asked is ranked anew."""
    row = next((lead for lead in leads.of_source(desk.session, member.id) if lead.state == "open"), None)
    if row is None:
        raise RefusedError(LeadGone(member.id, None, own=True))
    lead = corrected(lead_of(row), replace(command.lead, contact=None))
    if command.lead.contact is not None:
        leads.set_contact(desk.session, row.id, _contact(row.id, command.lead.contact))
    row.details, row.stage = plain(lead), lead.stage
    old_title, row.title = row.title, titles.title(lead, desk.collective.language)
    may_begin = is_idle(desk, row)
    told = [
        OfferAmended(offer.member_id, offer.id, old_title, lead, offer.state == "yes")
        for offer in offers.of_lead(desk.session, row.id)
        if offer.state in ("offered", "yes", "later")
    ]
    plan_anew(desk, row, may_begin=may_begin)
    crossings.follow(desk, row)
    return [LeadAmended(member.id, replace(lead, contact=command.lead.contact), len(told)), *told]


# --- taken back or closed ---------------------------------------------------------------------------------------


def withdraw(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """The source takes a lead back; who answered hears it."""
    row = _own(desk, member, lead_id)
    told = _end_all(desk, row, "withdrawn")
    return [LeadEnded(member.id, row.title, len(told), withdrawn=True), *told]


def close(desk: Desk, member: Member, lead_id: int) -> list[Notice]:
    """The source ends a lead without a choice; who answered hears it."""
    row = _own(desk, member, lead_id)
    told = _end(desk, row, "closed")
    return [LeadEnded(member.id, row.title, len(told)), *told]


def close_all(desk: Desk, member: Member) -> list[Notice]:
    """Who leaves takes no open lead along: each is closed, and who answered hears it."""
    told: list[Notice] = []
    for row in leads.of_source(desk.session, member.id):
        if row.state in ("open", teams.TEAM):
            told += _end(desk, row, "closed")
    return told


def end_overdue(desk: Desk) -> list[Notice]:
    """Nobody chose after all reminders and no coordinator can: the lead is closed, and who answered hears it."""
    told: list[Notice] = []
    for row in leads.to_nudge(desk.session, desk.now):
        waits = any(offer.state == "yes" for offer in offers.of_lead(desk.session, row.id))
        if waits and row.reminders >= REMINDERS and not can_be_taken_over(desk, row):
            ended = _end(desk, row, "closed")
            told += [LeadEnded(row.source_id, row.title, len(ended), overdue=True), *ended]
    return told


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """Undo of telling a lead; once a colleague answered, a mere "undo" may mean something else: it is for a button."""
    row = questions.get_one(desk.session, LeadRow, change.subject_id)
    if row.state != "open":
        raise RefusedError(NothingToUndo(member.id))
    if any(each.answered_at is not None for each in offers.of_lead(desk.session, row.id)):
        raise RefusedError(*show_mine(desk, member))
    return withdraw(desk, member, row.id)


def _own(desk: Desk, member: Member, lead_id: int) -> LeadRow:
    row = questions.get(desk.session, LeadRow, lead_id)
    if row is None or row.source_id != member.id:
        raise RefusedError(LeadGone(member.id, None, own=True))
    if row.state not in ("open", teams.TEAM):
        raise RefusedError(LeadGone(member.id, row.title, own=True))
    return row


def _end_all(desk: Desk, row: LeadRow, how: str) -> list[Notice]:
    """A team ends with the seats that are still open; who has a seat keeps it."""
    open_seats = (
        [each for each in teams.seats(desk, row) if each.state == "open"] if row.state == teams.TEAM else []
    )
    return [notice for each in (row, *open_seats) for notice in _end(desk, each, how)]


def _end(desk: Desk, row: LeadRow, how: str) -> list[Notice]:
    """Close every offer; those who saw the lead and did not say no to it are told why it ended (row A2)."""
    row.state = "withdrawn" if how == "withdrawn" else "closed"
    choices.end_all(desk.session, row.id, desk.now)
    row.closing, row.closed_at, row.window_ends_at, row.nudge_at = how, desk.now, None, None
    told: list[Notice] = []
    for offer in offers.of_lead(desk.session, row.id):
        if offer.state in ("yes", "later", "no"):
            why = "withdrawn" if how == "withdrawn" else "closed"
            told.append(NotChosen(offer.member_id, row.title, offer.state, why, chooser_of(row)))  # type: ignore[arg-type]
        offer.state = "withdrawn"
    desk.session.add(
        Decision(lead_id=row.id, at=desk.now, kind="closed", rule_version=RULE_VERSION, content={"how": how})
    )
    crossings.follow(desk, row)
    return told


# --- shown ------------------------------------------------------------------------------------------------------


def show_mine(desk: Desk, member: Member) -> list[Notice]:
    """How the leads of this member are doing."""
    rows = leads.of_source(desk.session, member.id)[:NEWEST]
    return [MyLeads(member.id, tuple(_line(desk, row) for row in rows))]


def _line(desk: Desk, row: LeadRow) -> LeadLine:
    every = offers.of_lead(desk.session, row.id)
    asked = [offer for offer in every if offer.offered_at is not None]
    yes = [offer for offer in asked if offer.state in ("yes", "chosen", "passed")]
    introduction = introductions.of_lead(desk.session, row.id)
    chosen = desk.member(introduction.member_id).name if introduction else None
    return LeadLine(
        row.id,
        row.title,
        _state(
            row,
            introduction.outcome if introduction else None,
            every,
            is_away=row.state == "open" and crossings.is_away(desk, row),
        ),
        len(asked),
        len(yes),
        chosen,
    )


def _state(row: LeadRow, outcome: str | None, every: Sequence[Offer], *, is_away: bool) -> str:
    if row.state == teams.TEAM:
        return "team"
    if row.state == "chosen":
        return outcome or "chosen"
    if row.closing == crossings.ALLY:
        return "ally"
    if row.state != "open":
        return "closed"
    if any(offer.state == "yes" for offer in every):
        return "waiting" if row.window_ends_at is None and row.chooser == "source" else "interested"
    if any(offer.state in ("planned", "digest", "offered") for offer in every):
        return "asking"
    if is_away:
        return "away"
    return "nobody" if any(offer.offered_at for offer in every) else "unasked"
