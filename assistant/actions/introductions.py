"""Introductions: the source chooses, both sides get to know each other, and later tell how it went."""

from collections.abc import Callable, Sequence

from assistant import crossings, teams
from assistant.books import coins
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import fit_of, lead_of
from assistant.notices import (
    HERE,
    AskOutcome,
    ChoiceNoted,
    ChoiceUndone,
    ChosenLeft,
    ClientChoice,
    ClientThanked,
    CoinsBack,
    CoinsEarned,
    Interested,
    InterestGone,
    Introduced,
    IntroductionMade,
    LeadGone,
    NoIntroduction,
    NotChosen,
    NothingToUndo,
    Notice,
    OutcomeHeard,
    OutcomeLater,
    OutcomeStored,
    Reopened,
    SeatFilled,
    SeatTaken,
    StandardContract,
    StartNoted,
    StartNudge,
    Stuck,
    Undone,
    WhichIntroduction,
    first_name,
)
from assistant.rules.matching import RULE_VERSION
from assistant.rules.outcomes import ask_moments, moments_to_start
from assistant.rules.policy import Chooser
from assistant.running import (
    candidates_ready,
    chooser_of,
    choosers,
    contract_of,
    in_own_words,
    remind_at,
    wave_may_be_over,
)
from db import accounts, changes, choices, deals, introductions, offers, prompts, questions
from db.changes import Change
from db.decisions import Decision
from db.introductions import Introduction
from db.leads import Lead as LeadRow
from db.members import Member
from db.offers import Offer
from dialogs.commands import Choose, Command, OutcomeUnknown, ReportOutcome
from nlu.meaning import Contact

WHAT = "choice"
START = "start"  # the prompt about work that should begin within a week


def choose(desk: Desk, member: Member, command: Choose) -> list[Notice]:
    """The source picks one of who said yes.

    An introduction both ways, and the outcome to everybody else (rows A2, A5).
    """
    lead = questions.get(desk.session, LeadRow, command.lead_id)
    offer = offers.of_lead_to(desk.session, command.lead_id, command.member_id)
    if lead is None or member.id not in choosers(desk, lead):
        raise RefusedError(LeadGone(member.id, None, own=True))
    if lead.state != "open" or offer is None:
        raise RefusedError(LeadGone(member.id, lead.title, own=True))
    chosen = desk.member(command.member_id)
    if offer.state != "yes":
        raise RefusedError(InterestGone(member.id, chosen.name, lead.title))
    return _chosen(desk, lead, offer, member)


def _chosen(desk: Desk, lead: LeadRow, offer: Offer, by: Member | None) -> list[Notice]:
    """`by` None: the client, with a link; then the source can still take it back."""
    chosen, source = desk.member(offer.member_id), desk.member(lead.source_id)
    change = _remember(desk, lead, by or source)
    lead.state, lead.closed_at, lead.window_ends_at, lead.nudge_at = "chosen", desk.now, None, None
    choices.end_all(desk.session, lead.id, desk.now)
    _introduce(desk, lead, chosen)
    offer.state = "chosen"
    content = {"chosen": chosen.id, "by": by.id if by else "client"}
    desk.session.add(
        Decision(lead_id=lead.id, at=desk.now, kind="chosen", rule_version=RULE_VERSION, content=content)
    )
    crossings.follow(desk, lead)
    if (contractor := teams.contractor_of(desk, lead)) is not None:
        told = _seated(desk, lead, chosen, desk.member(contractor), change.id)
        return [*told, *_others(desk, lead)]
    contract = _contract(desk, lead, (chosen, by or source))
    own = change.id if by is None or by.id == source.id else None
    chooser = None if by is not None and by.id == source.id else chooser_of(lead)
    told = _both_ways(desk, lead, source, chosen, own, chooser)
    if by is not None and by.id != source.id:
        told.append(ChoiceNoted(by.id, chosen.name, lead.title, change.id))
    return [*told, *contract, *_others(desk, lead)]


def _contract(desk: Desk, lead: LeadRow, readers: Sequence[Member]) -> list[Notice]:
    """The client's standard contract, to both (mission row B10); a lead of one of our pools has one."""
    found = contract_of(desk, lead_of(lead))
    return [] if found is None else [StandardContract(each.id, lead.title, *found) for each in readers]


# --- the client chooses, with a link ----------------------------------------------------------------------------


def show_to_client(desk: Desk, code_hash: str) -> Notice | None:
    """Who said yes, by first name and with what fits; nothing private, and not what they said with their yes."""
    lead = _of_link(desk, code_hash)
    if lead is None:
        return None
    seen = []
    for offer in offers.of_lead(desk.session, lead.id):
        known = fit_of(offer.fit)
        if offer.state == "yes" and known is not None:
            member = desk.member(offer.member_id)
            reasons = in_own_words(desk, member, known.reasons)
            seen.append(Interested(member.id, first_name(member.name), known.band, reasons, ()))
    return ClientChoice(HERE, lead.id, lead.title, desk.collective.name, tuple(seen)) if seen else None


def choose_by_client(desk: Desk, code_hash: str, member_id: int) -> list[Notice]:
    """The client picks one of those; empty when the link no longer works or that member is no longer in."""
    lead = _of_link(desk, code_hash)
    offer = offers.of_lead_to(desk.session, lead.id, member_id) if lead is not None else None
    if lead is None or offer is None or offer.state != "yes":
        return []
    told = _chosen(desk, lead, offer, None)
    return [
        ClientThanked(HERE, first_name(desk.member(member_id).name), desk.member(lead.source_id).name),
        *told,
    ]


def _of_link(desk: Desk, code_hash: str) -> LeadRow | None:
    link = choices.with_token(desk.session, code_hash)
    if link is None or link.used_at is not None or link.expires_at <= desk.now:
        return None
    lead = questions.get_one(desk.session, LeadRow, link.lead_id)
    return lead if lead.state == "open" and lead.chooser == "client" else None


def _remember(desk: Desk, lead: LeadRow, member: Member) -> Change:
    states = {str(offer.id): offer.state for offer in offers.of_lead(desk.session, lead.id)}
    change = Change(
        member_id=member.id, at=desk.now, what=WHAT, subject_id=lead.id, before={"states": states}
    )
    desk.session.add(change)
    desk.session.flush()
    return change


def take_back(desk: Desk, member: Member, change: Change) -> list[Notice]:
    """A choice undone, as long as nobody told how it went: the lead is open again and every yes stands as before.

    What the two already know of each other cannot be taken back; both are told so.
    """
    lead = questions.get_one(desk.session, LeadRow, change.subject_id)
    row = introductions.of_lead(desk.session, lead.id)
    if lead.state != "chosen" or row is None or row.outcome is not None or row.started_at is not None:
        raise RefusedError(NothingToUndo(member.id))
    undone = ChoiceUndone(row.member_id, lead.title)
    told = _reopen(desk, lead, row, change, member)
    return [Undone(member.id, WHAT), *candidates_ready(desk, lead), undone, *told]


def _reopen(desk: Desk, lead: LeadRow, row: Introduction, change: Change | None, by: Member) -> list[Notice]:
    """The lead is open again and every yes stands as it did before the choice; who gave one hears it."""
    before = change.before["states"] if change is not None else {}
    desk.session.delete(row)
    lead.state, lead.closed_at, lead.nudge_at, lead.reminders = "open", None, remind_at(desk), 0
    told: list[Notice] = []
    for offer in offers.of_lead(desk.session, lead.id):
        offer.state = before.get(str(offer.id), offer.state)
        if offer.state == "yes" and offer.member_id != row.member_id:
            told.append(Reopened(offer.member_id, lead.title))
    content = {"by": by.id, "chosen": row.member_id}
    desk.session.add(
        Decision(lead_id=lead.id, at=desk.now, kind="undone", rule_version=RULE_VERSION, content=content)
    )
    desk.session.flush()
    crossings.follow(desk, lead)
    return told


def leave(desk: Desk, member: Member) -> list[Notice]:
    """Who leaves was chosen and no outcome is told: the lead is open again, and who chooses is asked to do so anew."""
    told: list[Notice] = []
    for row in introductions.of_member(desk.session, member.id):
        lead = questions.get_one(desk.session, LeadRow, row.lead_id)
        undecided = row.member_id == member.id and row.outcome not in ("won", "nothing")
        if not undecided or lead.state != "chosen" or not desk.member(lead.source_id).is_told:
            continue
        reopened = _reopen(desk, lead, row, changes.about(desk.session, WHAT, lead.id), member)
        offer = offers.of_lead_to(desk.session, lead.id, member.id)
        if offer is not None:
            offer.state = "withdrawn"
        wave_may_be_over(desk, lead, lost_yes=True)
        left = any(each.state == "yes" for each in offers.of_lead(desk.session, lead.id))
        told += [ChosenLeft(each, member.name, lead.title, others=left) for each in choosers(desk, lead)]
        told += [*(candidates_ready(desk, lead) if left else []), *reopened]
    return told


def _introduce(desk: Desk, lead: LeadRow, chosen: Member) -> None:
    first, _second = ask_moments(desk.now, desk.collective.zone)
    desk.session.add(
        Introduction(
            lead_id=lead.id,
            member_id=chosen.id,
            source_id=lead.source_id,
            introduced_at=desk.now,
            ask_at=first,
        )
    )


def _seated(desk: Desk, lead: LeadRow, chosen: Member, contractor: Member, change_id: int) -> list[Notice]:
    """Somebody has a seat in a team: they and who leads know how to reach each other; the client hears one of them."""
    team = teams.team_of(desk, lead)
    told: list[Notice] = []
    if chosen.id != contractor.id:
        reach = accounts.handle_of(desk.session, contractor.person_id)
        name, is_idea = team.title if team else "", lead.stage == teams.IDEA
        told.append(SeatTaken(chosen.id, lead.title, name, contractor.name, reach, is_idea))
    reach, own = accounts.handle_of(desk.session, chosen.person_id), chosen.id == contractor.id
    told.append(SeatFilled(contractor.id, lead.title, chosen.name, reach, None, change_id, own))
    if lead.source_id not in (contractor.id, chosen.id):
        told.append(SeatFilled(lead.source_id, lead.title, chosen.name, None, contractor.name, own=own))
    return told


def _both_ways(
    desk: Desk, lead: LeadRow, source: Member, chosen: Member, change_id: int | None, chooser: Chooser | None
) -> list[Notice]:
    known, person = lead_of(lead), teams.contact_of(desk, lead)
    contact = Contact(person.name, person.phone, person.email) if person else None
    reach_source = accounts.handle_of(desk.session, source.person_id)
    reach_chosen = accounts.handle_of(desk.session, chosen.person_id)
    return [
        IntroductionMade(
            source.id,
            lead.title,
            chosen.name,
            reach_chosen,
            known.client,
            contact is not None,
            change_id,
            chooser,
        ),
        Introduced(
            chosen.id,
            lead.title,
            source.name,
            reach_source,
            known.client,
            contact,
            crossings.came_from(desk, lead),
        ),
    ]


def _others(desk: Desk, lead: LeadRow) -> list[Notice]:
    told: list[Notice] = []
    for offer in offers.of_lead(desk.session, lead.id):
        if offer.state in ("yes", "later", "no"):
            who = chooser_of(lead)
            told.append(NotChosen(offer.member_id, lead.title, offer.state, "chosen", who))  # type: ignore[arg-type]
        if offer.state != "chosen":
            offer.state = "passed" if offer.state == "yes" else "withdrawn"
    return told


# --- how it went ------------------------------------------------------------------------------------------------


def ask_due(desk: Desk) -> list[Notice]:
    """Ask both sides how it went, one week and three weeks after the introduction."""
    notices: list[Notice] = []
    for row in introductions.to_ask(desk.session, desk.now):
        row.times_asked += 1
        again = ask_moments(row.introduced_at, desk.collective.zone)[1]
        row.ask_at = again if row.times_asked == 1 and again > desk.now else None
        source, chosen = desk.member(row.source_id), desk.member(row.member_id)
        title = questions.get_one(desk.session, LeadRow, row.lead_id).title
        if source.is_told:
            notices.append(AskOutcome(source.id, row.id, title, chosen.name))
        if chosen.state == "active" and chosen.id != source.id:
            notices.append(AskOutcome(chosen.id, row.id, title))
        if not source.is_told and chosen.state != "active":
            row.ask_at = None
    return notices


def nudge_start(desk: Desk) -> list[Notice]:
    """At work within a week: on day 3 and 5 who chooses hears where it is stuck (row B10)."""
    notices: list[Notice] = []
    for prompt in prompts.due(desk.session, START, desk.now):
        lead = questions.get_one(desk.session, LeadRow, prompt.subject_id)
        second = moments_to_start(lead.created_at, desk.policy.quiet)[1]
        prompt.at = second if prompt.asked_at is None and second > desk.now else None
        prompt.asked_at = desk.now
        row = introductions.of_lead(desk.session, lead.id)
        is_over = lead.state not in ("open", "chosen")
        if is_over or (row is not None and (row.started_at is not None or row.outcome is not None)):
            prompt.at = None
            continue
        days = (desk.now - lead.created_at).days
        states = {offer.state for offer in offers.of_lead(desk.session, lead.id)}
        may_answer = not states.isdisjoint(("planned", "offered", "digest"))
        asking: Stuck = "asking" if may_answer else "nobody"
        stuck: Stuck = "starting" if row else "choosing" if "yes" in states else asking
        number = row.id if row else None
        name = desk.member(row.member_id).name if row else None
        notices += [StartNudge(each, lead.title, days, stuck, number, name) for each in choosers(desk, lead)]
    return notices


def report_start(desk: Desk, member: Member, introduction_id: int) -> list[Notice]:
    """The work has begun: noted, and nobody is asked about it again."""
    row = questions.get(desk.session, Introduction, introduction_id)
    lead = questions.get_one(desk.session, LeadRow, row.lead_id) if row is not None else None
    if row is None or lead is None or member.id not in (row.member_id, row.source_id, *choosers(desk, lead)):
        raise RefusedError(NoIntroduction(member.id))
    row.started_at = row.started_at or desk.now
    return [StartNoted(member.id, lead.title)]


def has_any(desk: Desk, member: Member) -> bool:
    """Whether this member ever was introduced to somebody, or brought the work for which somebody was."""
    return bool(introductions.of_member(desk.session, member.id))


def report(desk: Desk, member: Member, command: ReportOutcome) -> list[Notice]:
    """Store how it went; the other side hears what was told, and who does the work is asked what was agreed."""
    row = _meant(desk, member, command.introduction_id, lambda n: ReportOutcome(command.outcome, n))
    lead = questions.get_one(desk.session, LeadRow, row.lead_id)
    stored = OutcomeStored(member.id, command.outcome, lead.title, _to_tell(desk, row, member))
    if row.outcome == command.outcome:  # the other side told it first
        return [stored]
    row.outcome, row.outcome_at, row.outcome_by = command.outcome, desk.now, member.id
    row.words = command.words
    if command.outcome != "talks":
        row.ask_at = None
    other = desk.member(row.source_id if member.id == row.member_id else row.member_id)
    told: list[Notice] = [stored]
    if other.is_told:
        to_tell = _to_tell(desk, row, other)
        told.append(OutcomeHeard(other.id, command.outcome, lead.title, member.name, to_tell))
    return told + _coins(desk, row, lead, member)


def _to_tell(desk: Desk, row: Introduction, member: Member) -> int | None:
    """The introduction of which this member, who does the work, has not told yet what was agreed."""
    if row.member_id != member.id or deals.of_introduction(desk.session, row.id) is not None:
        return None
    return row.id


def _coins(desk: Desk, row: Introduction, lead: LeadRow, by: Member) -> list[Notice]:
    """Talks without a job earn who brought the lead coins, by themselves; won after all, they go back (row A11)."""
    source = desk.member(row.source_id)
    if row.outcome == "talks":
        line = coins.give(desk, source.id, "talks", row.id) if source.state == "active" else None
        if line is None:
            return []
        held = coins.held(desk, source.id).posted
        return [CoinsEarned(source.id, "talks", lead.title, line.amount, held)]
    line = coins.take_back(desk, "talks", row.id, by.id) if row.outcome == "won" else None
    if line is None or source.state != "active":
        return []
    return [CoinsBack(source.id, lead.title, line.amount, coins.held(desk, source.id).posted)]


def ask_later(desk: Desk, member: Member, command: OutcomeUnknown) -> list[Notice]:
    """Too early to say."""
    row = _meant(desk, member, command.introduction_id, OutcomeUnknown)
    return [OutcomeLater(member.id, row.ask_at.date() if row.ask_at else None)]


def _meant(desk: Desk, member: Member, number: int | None, command: Callable[[int], Command]) -> Introduction:
    """The introduction that is meant: without a number the one that is open, else the last.

    Raises RefusedError when there is none or several.
    """
    mine = introductions.of_member(desk.session, member.id)
    if number is not None:
        found = [row for row in mine if row.id == number]
    else:
        found = [row for row in mine if row.outcome in (None, "talks")] or list(mine[:1])
    if not found:
        raise RefusedError(NoIntroduction(member.id))
    if len(found) > 1:
        titles = [
            (questions.get_one(desk.session, LeadRow, row.lead_id).title, command(row.id)) for row in found
        ]
        raise RefusedError(WhichIntroduction(member.id, tuple(titles)))
    return found[0]
