"""A collective sees, counts, changes and deletes its own rows only. A new table joins this test by itself."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from types import ModuleType

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased, make_transient

from db import (
    Session,
    accounts,
    agendas,
    allies,
    availability,
    candidates,
    changes,
    choices,
    clock,
    closings,
    collectives,
    conversations,
    corrections,
    deals,
    decisions,
    duty,
    evaluations,
    inbox,
    inquiries,
    introductions,
    invitations,
    leads,
    ledger,
    letters,
    links,
    lookups,
    members,
    offers,
    opt_ins,
    outbox,
    overview,
    paces,
    personal,
    pools,
    postings,
    prompts,
    pushes,
    retention,
    room,
    rounds,
    tables,
    upkeep,
    vocabulary,
    wishes,
)
from db.base import Base, Owned
from db.candidates import Search
from db.postings import Mark
from db.session import narrow, own_or_none
from tests.db.world import APPEND_ONLY, NOW, OWNED, World, Worlds, rows_of

ROOMS: tuple[ModuleType, ...] = (
    accounts,
    agendas,
    allies,
    letters,
    links,
    opt_ins,
    paces,
    pushes,
    availability,
    candidates,
    changes,
    choices,
    clock,
    closings,
    collectives,
    conversations,
    corrections,
    deals,
    decisions,
    duty,
    evaluations,
    inbox,
    inquiries,
    introductions,
    invitations,
    leads,
    ledger,
    lookups,
    members,
    offers,
    outbox,
    overview,
    personal,
    pools,
    postings,
    prompts,
    retention,
    room,
    rounds,
    upkeep,
    vocabulary,
    wishes,
)

YEAR_AGO, YEAR_ON = NOW.replace(year=2025), NOW.replace(year=2027)
NONE: frozenset[str] = frozenset()
THEIRS = 1  # the id a crossing lead has on the other side
LATER = NOW.date().replace(year=2030)
SEARCH = Search(frozenset(["projectleider"]), NONE, NONE, NONE, NONE, NONE, LATER, LATER, LATER, NOW, 1)
HELD = "role", "projectleider"


def weighed(session: Session, world: World) -> bool:
    """Let the rankings at home weigh this member, with a sentence of their own."""
    if own_or_none(session) != world.collective:
        return True
    one = {"member_id": world.member, "own_words": "Ik doe dit al jaren."}
    found = {"member_id": world.member, "fit": {"quote": "Ik doe dit al jaren."}}
    content = {"question": {"candidates": [one]}, "ranked": [found]}
    owner = world.collective
    log = Base.metadata.tables["decisions"]
    query = update(log).where(log.c.collective_id == owner).values(kind="ranked", content=content)
    session.connection().execute(query)
    return True


def forget_weighed_words(session: Session, world: World) -> None:
    weighed(session, world)
    decisions.forget_words(session, world.member)


# Every question that is answered with rows: asked about a world, by its ids where it takes any.
Ask = Callable[[Session, World], object]
ROWS: Mapping[str, Ask] = {
    "allies.everyone": lambda s, _: allies.everyone(s),
    "allies.allied": lambda s, _: allies.allied(s),
    "allies.with_collective": lambda s, w: allies.with_collective(s, w.collective),
    "allies.crossings_of": lambda s, w: allies.crossings_of(s, w.lead),
    "allies.crossings_with": lambda s, w: allies.crossings_with(s, w.collective),
    "allies.arrived": lambda s, w: allies.arrived(s, w.collective, THEIRS),
    "members.guests_named": lambda s, _: everybody_is(s, "guest") and members.guests_named(s, "sanne"),
    "availability.of_members": lambda s, w: availability.of_members(s, [w.member]),
    "changes.about": lambda s, _: changes.about(s, "availability", None),
    "changes.latest": lambda s, w: changes.latest(s, w.member),
    "changes.newest_like": lambda s, w: changes.newest_like(
        s, tables.Change(member_id=w.member, what="availability", subject_id=None)
    ),
    "closings.all_years": lambda s, _: closings.all_years(s),
    "closings.last": lambda s, _: closings.last(s),
    "closings.of_year": lambda s, _: closings.of_year(s, 2025),
    "deals.of_member": lambda s, w: deals.of_member(s, w.member),
    "deals.of_source": lambda s, w: deals.of_source(s, w.member),
    "deals.of_introduction": lambda s, w: deals.of_introduction(s, w.ids[tables.Introduction]),
    "deals.of_lead": lambda s, w: deals.of_lead(s, w.lead),
    "deals.sharing_cap": lambda s, w: deals.sharing_cap(s, tables.Deal(id=w.ids[tables.Deal])),
    "deals.everyone": lambda s, _: deals.everyone(s),
    "deals.changes_of": lambda s, w: deals.changes_of(s, w.ids[tables.Deal]),
    "deals.turnover_of": lambda s, w: deals.turnover_of(s, [w.ids[tables.Deal]]),
    "deals.turnover_with_key": lambda s, w: deals.turnover_with_key(s, key_of(s, w, tables.Turnover)),
    "ledger.of_deals": lambda s, w: ledger.of_deals(s, [w.ids[tables.Deal]]),
    "ledger.of_member": lambda s, w: ledger.of_member(s, w.member),
    "ledger.of_year": lambda s, _: list(ledger.of_year(s)),
    "ledger.lines": lambda s, _: by_id(s, ledger.lines(s)),
    "ledger.waiting": lambda s, _: ledger.waiting(s),
    "ledger.with_key": lambda s, w: ledger.with_key(s, key_of(s, w, tables.Entry)),
    "ledger.first_of": lambda s, _: ledger.first_of(s, "dues", but="!"),
    "ledger.with_keys_like": lambda s, w: ledger.with_keys_like(s, key_of(s, w, tables.Entry)),
    "ledger.snapshots": lambda s, _: ledger.snapshots(s),
    "leads.line_of": lambda s, w: leads.line_of(s, tables.Lead(parent_id=w.lead))[1:],
    "choices.with_token": lambda s, w: choices.with_token(s, token_of(s, w)),
    "decisions.ranked_since": lambda s, _: ranked(s) and decisions.ranked_since(s, YEAR_AGO),
    "lookups.about": lambda s, w: lookups.about(s, w.member),
    "retention.to_erase": lambda s, _: everybody_left(s) and retention.to_erase(s, NOW),
    "decisions.of_lead": lambda s, w: decisions.of_lead(s, w.lead),
    "introductions.to_ask": lambda s, _: introductions.to_ask(s, NOW),
    "introductions.of_lead": lambda s, w: introductions.of_lead(s, w.lead),
    "introductions.of_member": lambda s, w: introductions.of_member(s, w.member),
    "invitations.with_code": lambda s, w: invitations.with_code(s, code_of(s, w)),
    "invitations.of_member": lambda s, w: invitations.of_member(s, w.member),
    "deals.every_turnover_of": lambda s, w: deals.every_turnover_of(s, w.ids[tables.Deal]),
    "evaluations.by_member": lambda s, w: evaluations.by_member(s, w.ids[tables.Deal], w.member),
    "evaluations.about": lambda s, w: evaluations.about(s, w.member),
    "duty.rotation": lambda s, _: duty.rotation(s),
    "duty.swap_of": lambda s, _: duty.swap_of(s, NOW.date()),
    "inquiries.door": lambda s, _: inquiries.door(s),
    "inquiries.door_with": lambda s, w: inquiries.door_with(s, door_code_of(s, w)),
    "inquiries.client_at": lambda s, w: inquiries.client_at(s, w.ids[tables.Account]),
    "inquiries.live_of": lambda s, w: inquiries.live_of(s, w.ids[tables.Client]),
    "inquiries.of_client": lambda s, w: inquiries.of_client(s, w.ids[tables.Client]),
    "inquiries.taken_by": lambda s, w: inquiries.taken_by(s, w.member),
    "inquiries.of_lead": lambda s, w: inquiries.of_lead(s, w.lead),
    "pools.everyone": lambda s, _: pools.everyone(s),
    "pools.named": lambda s, _: pools.named(s, "IT"),
    "pools.of_member": lambda s, w: pools.of_member(s, w.member),
    "pools.members_of": lambda s, w: pools.members_of(s, w.ids[tables.Pool]),
    "leads.children_of": lambda s, w: in_teams(s) and leads.children_of(s, w.lead),
    "leads.teams": lambda s, _: in_teams(s) and leads.teams(s),
    "leads.of_source": lambda s, w: leads.of_source(s, w.member),
    "leads.open_since": lambda s, _: leads.open_since(s, NOW),
    "leads.since": lambda s, _: leads.since(s, NOW),
    "leads.contact_of": lambda s, w: leads.contact_of(s, w.lead),
    "leads.with_window_over": lambda s, _: leads.with_window_over(s, NOW),
    "leads.to_nudge": lambda s, _: leads.to_nudge(s, NOW),
    "members.of_person": lambda s, w: members.of_person(s, w.ids[tables.Person]),
    "members.left_of_person": lambda s, w: (
        everybody_left(s) and members.left_of_person(s, w.ids[tables.Person])
    ),
    "members.left_named": lambda s, _: everybody_left(s) and members.left_named(s, "sanne"),
    "members.coordinators": lambda s, _: members.coordinators(s),
    "members.treasurers": lambda s, _: members.treasurers(s),
    "members.with_role": lambda s, _: members.with_role(s, "coordinator"),
    "members.doing_intake": lambda s, _: members.doing_intake(s),
    "members.everyone": lambda s, _: members.everyone(s),
    "members.active": lambda s, _: members.active(s),
    "members.named": lambda s, _: members.named(s, "sanne"),
    "members.terms_of": lambda s, w: members.terms_of(s, [w.member]),
    "vocabulary.words": lambda s, _: vocabulary.words(s),
    "vocabulary.word": lambda s, _: vocabulary.word(s, "pm"),
    "offers.due": lambda s, _: planned(s) and offers.due(s, NOW),
    "offers.offered_since": lambda s, _: offers.offered_since(s, YEAR_AGO),
    "offers.held": lambda s, w: planned(s) and offers.held(s, w.member),
    "offers.first_of_lead": lambda s, w: planned(s) and offers.first_of_lead(s, w.lead),
    "offers.of_lead": lambda s, w: offers.of_lead(s, w.lead),
    "offers.to_member": lambda s, w: offers.to_member(s, w.member, "offered"),
    "offers.made_to": lambda s, w: offers.made_to(s, w.member, YEAR_AGO),
    "offers.latest_to": lambda s, w: offers.latest_to(s, w.member),
    "offers.latest_digest": lambda s, w: in_digest(s) and offers.latest_digest(s, w.member),
    "offers.of_lead_to": lambda s, w: offers.of_lead_to(s, w.lead, w.member),
    "prompts.due": lambda s, _: prompts.due(s, "weekly", NOW),
    "prompts.of_member": lambda s, w: prompts.of_member(s, w.member, "weekly"),
    "prompts.about": lambda s, _: prompts.about(s, "weekly", 0),
    "prompts.asked_since": lambda s, w: prompts.asked_since(s, w.member, ["weekly"], YEAR_AGO),
    "room.of_member": lambda s, w: room.of_member(s, w.member),
    "room.over": lambda s, _: room.over(s, NOW),
    "rounds.due": lambda s, _: rounds.due(s, "room", NOW),
    "offers.yes_for_coordinators": lambda s, _: (
        answered_yes(s) and coordinators_choose(s) and offers.yes_for_coordinators(s)
    ),
    "offers.yes_to_leads_of": lambda s, w: answered_yes(s) and offers.yes_to_leads_of(s, w.member),
}

# Every question that is answered with a bare number or value: about another world it is zero or empty.
VALUES: Mapping[str, Ask] = {
    "wishes.counts": lambda s, w: wishes.counts(s) if w.member in ids_here(s) else 0,
    "personal.rows_of": lambda s, w: any(personal.rows_of(s, w.member).values()),
    "personal.decisions_about": lambda s, w: weighed(s, w) and personal.decisions_about(s, w.member),
    "availability.agenda": lambda s, w: availability.agenda(s, w.member),
    "introductions.untold": lambda s, w: won_without_deal(s) and introductions.untold(s, w.member),
    "choices.is_live": lambda s, w: choices.is_live(s, w.lead, YEAR_AGO),
    "candidates.everybody_near": lambda s, w: (
        w.member in (candidates.everybody_near(SEARCH, candidates.holders(s, SEARCH), 9) or ())
    ),
    "candidates.holders": lambda s, w: any(w.member in ids for ids in candidates.holders(s, SEARCH).values()),
    "candidates.in_turn": lambda s, w: w.member in candidates.in_turn(s, SEARCH, {HELD: [w.member]}),
    "candidates.profiles_near": lambda s, w: any(
        one.id == w.member
        for one in candidates.profiles_near(s, SEARCH, 9, NOW) or candidates.profiles(s, [w.member], NOW)
    ),  # SQLite has only the latter
    "candidates.crowd": lambda s, w: any(
        one.id == w.member for page in candidates.crowd(s, SEARCH, {HELD: [w.member]}, (9,)) for one in page
    ),
    "candidates.profiles": lambda s, w: candidates.profiles(s, [w.member], NOW),
    "candidates.spells": lambda s, w: [
        spell for each in candidates.profiles(s, [w.member], NOW) for spell in candidates.spells(each.agenda)
    ],
    "candidates.words": lambda s, w: [
        word for each in candidates.profiles(s, [w.member], NOW) for word in candidates.words(each.words)
    ],
    "postings.newest": lambda s, w: postings.newest(s).id if w.member in ids_here(s) else 0,
    "postings.changed_since": lambda s, w: w.member in changed_here(s),
    "postings.filling": lambda s, w: any(postings.filling(s, [w.member])),
    "conversations.with_member": lambda s, w: conversations.with_member(s, w.ids[tables.Person]),
    "changes.count_members": lambda s, w: (
        changes.count_members(s, "availability", YEAR_AGO) if w.member in ids_here(s) else 0
    ),
    "invitations.count_by": lambda s, w: invitations.count_by(s, w.member, NOW),
    "invitations.count_for_lead": lambda s, w: (
        for_a_lead(s) and invitations.count_for_lead(s, w.member, w.lead)
    ),
    "members.terms_present": lambda s, w: (
        members.terms_present(s, ["projectleider"]) if w.member in ids_here(s) else 0
    ),
    "leads.prints_since": lambda s, w: w.lead in dict(leads.prints_since(s, YEAR_AGO)),
    "offers.everybody_sent_since": lambda s, w: offers.everybody_sent_since(s, YEAR_AGO).get(w.member),
    "prompts.members_asked_since": lambda s, w: (
        w.member in prompts.members_asked_since(s, "weekly", YEAR_AGO)
    ),
    "offers.sent_since": lambda s, w: offers.sent_since(s, w.member, YEAR_AGO),
    "room.with_much": lambda s, w: room.with_much(s, [w.member], YEAR_AGO),
    "room.count_much": lambda s, w: room.count_much(s, YEAR_AGO) if w.member in ids_here(s) else 0,
    "offers.at_stake": lambda s, w: answered_yes(s) and any(offers.at_stake(s, w.member)),
    "ledger.balances": lambda s, w: ledger.balances(s, "dues_due").get(w.member),
    "ledger.balance": lambda s, w: ledger.balance(s, ledger.Account("dues_due", w.member)).pending,
}

# Totals of the whole collective: the same, whatever is in another one.
TOTALS: Mapping[str, Callable[[Session], object]] = {
    "ledger.flow": lambda s: ledger.flow(s, "dues_due", "dues", NOW.date()),
    "ledger.totals": lambda s: ledger.totals(s, NOW.date()),
    "ledger.first_day": lambda s: ledger.first_day(s, None),
}

# Everything that writes: called with another world's ids it may fail, but changes nothing there.
WRITES: Mapping[str, Ask] = {
    "decisions.forget_words": forget_weighed_words,
    "personal.erase": lambda s, w: personal.erase(s, w.member, "oud-lid 1"),
    "postings.trim": lambda s, _: postings.trim(s, kept=-1),
    "retention.drafts": lambda s, _: retention.drafts(s, YEAR_ON),
    "retention.contacts": lambda s, _: retention.contacts(s, YEAR_ON),
    "retention.inquiries": lambda s, _: retention.inquiries(s, YEAR_ON),
    "duty.clear": lambda s, _: duty.clear(s),
    "duty.leave": lambda s, w: duty.leave(s, w.member),
    "leads.drop_contact": lambda s, w: leads.drop_contact(s, w.lead),
    "retention.words_of_answers": lambda s, _: retention.words_of_answers(s, YEAR_ON),
    "retention.prints": lambda s, _: retention.prints(s, YEAR_ON),
    "retention.invitations": lambda s, _: retention.invitations(s, YEAR_ON),
    "retention.links": lambda s, _: retention.links(s, YEAR_ON),
    "retention.changes": lambda s, _: retention.changes(s, YEAR_ON),
    "retention.periods": lambda s, _: retention.periods(s, YEAR_ON.date()),
    "retention.decisions": lambda s, _: retention.decisions(s, YEAR_ON),
    "retention.lookups": lambda s, _: retention.lookups(s, YEAR_ON),
    "retention.wishes": lambda s, _: retention.wishes(s, YEAR_ON),
    "availability.replace": lambda s, w: availability.replace(s, w.member, []),
    "choices.end_all": lambda s, w: choices.end_all(s, w.lead, YEAR_AGO),
    "changes.erase": lambda s, w: changes.erase(s, w.member, "availability"),
    "conversations.save": lambda s, w: conversations.save(s, w.member, {"other": 1}, NOW),
    "corrections.forget": lambda s, w: corrections.forget(s, w.member),
    "conversations.forget": lambda s, w: conversations.forget(s, w.member),
    "ledger.book": lambda s, w: ledger.book(s, [dues_of(w)], NOW.date(), NOW),
    "ledger.confirm": lambda s, w: ledger.confirm(s, pending_of(w), NOW.date(), NOW, None),
    "ledger.void": lambda s, w: ledger.void(s, pending_of(w), NOW.date(), NOW, None),
    "ledger.snapshot": lambda s, w: ledger.snapshot(s, ledger.Account("dues"), w.ids[tables.Entry]),
    "leads.set_contact": lambda s, w: leads.set_contact(s, w.lead, tables.LeadContact(lead_id=w.lead)),
    "members.set_terms": lambda s, w: members.set_terms(s, w.member, "role", [("dief", "dief")]),
    "offers.plan": lambda s, w: offers.plan(s, [another_offer(s, w)]),
    "prompts.plan": lambda s, w: prompts.plan(s, w.member, "weekly", 0, YEAR_AGO),
    "prompts.note_asked": lambda s, w: prompts.note_asked(s, w.member, "weekly", 0, YEAR_AGO),
    "rounds.plan": lambda s, _: rounds.plan(s, "room", YEAR_AGO),
}

# Asked across collectives on purpose, each with its reason.
ACROSS: Mapping[str, str] = {
    "accounts.at": "an account belongs to a person",
    "accounts.talking": "an account belongs to a person; the collective is the one it talks with",
    "accounts.known": "an account belongs to a person",
    "accounts.of_person": "an account belongs to a person",
    "accounts.handle_of": "an account belongs to a person",
    "clock.next_due": "the clock looks before it opens a collective; moments only",
    "clock.collectives_due": "the clock looks before it opens a collective; ids only",
    "corrections.agreed": "the operator trains one model; who said it is not told",
    "collectives.everyone": "the tenants themselves",
    "collectives.named": "the tenants themselves",
    "collectives.hold": "the tenants themselves",
    "collectives.called": "the tenants themselves",
    "collectives.is_called": "two names only",
    "letters.leave": "to an allied collective; what may stand in one is in `assistant/crossings.py`",
    "letters.take": "what lies there for one collective",
    "agendas.leave": "from one collective of a person to their others, at that person's word",
    "agendas.take": "what lies there for one collective",
    "agendas.forget": "of one person in one collective",
    "opt_ins.record": "an account belongs to a person",
    "opt_ins.is_given": "an account belongs to a person",
    "allies.yes_to": "of one person: who said yes to the work they brought, shown to them in any case",
    "conversations.elsewhere": "of one person; only whether a question waits for them",
    "prompts.plan_everywhere": "of one person; that something is to be looked at, nothing else",
    "pushes.elsewhere": "of one person in their other collectives; only compared, shown to nobody",
    "pushes.record": "of one person",
    "paces.hold": "shows nothing of anybody",
    "paces.places": "shows nothing of anybody",
    "paces.book": "shows nothing of anybody",
    "links.with_code": "who writes is not known yet",
    "members.language_of": "of one person, for a text that belongs to no collective",
    "overview.backlog": "numbers for the operator",
    "outbox.put": "a message belongs to an account",
    "inbox.store": "who writes is not known yet",
    "inbox.store_all": "who writes is not known yet",
    "inbox.raw_of": "the chat of one account",
    "inbox.hold": "the chat of one account",
    "inbox.hold_free": "the chats of some accounts",
    "inbox.oldest": "the chat of one account",
    "inbox.collectives": "which collective each of these talks with",
    "inbox.waiting": "who writes is not known yet",
    "inbox.claim": "who writes is not known yet",
    "inbox.of_account": "the chat of one account",
    "inbox.last_moment": "a moment only",
    "inbox.last_number": "a number only",
    "retention.words_of_failed": "messages in belong to nobody yet; every collective keeps them as short",
    "retention.events": "messages in belong to nobody yet",
    "retention.cards": "messages out of all, once they are old",
    "retention.own_chats": "chats of all, once they are old",
    "retention.strangers": "strangers belong to no collective",
    "retention.account": "an account belongs to a person",
    "upkeep.look_at_indexes": "shows nothing",
    "choices.collective_of": "a link says which collective it opens",
    "inquiries.collective_of": "the link for clients says which collective it opens",
    "invitations.collective_of": "an invitation says which collective it opens",
    "members.collectives_of": "a person may be in several",
    "members.is_unreachable": "yes or no only, and an account belongs to a person",
    "members.was_anywhere": "yes or no only, before a person is forgotten",
    "outbox.owed": "the sender serves all; who may read a card was decided when it was written",
    "outbox.claim": "the sender serves all; who may read a card was decided when it was written",
    "outbox.hold": "shows nothing",
    "outbox.shut_out": "the sender serves all; accounts belong to nobody",
    "outbox.has_knocked": "of one account",
    "outbox.knocks_since": "a number only",
    "outbox.put_knock": "a knock belongs to an account",
    "outbox.move": "from one account of a person to another",
    "outbox.on_channel": "of a message the platform has a receipt for; nothing of it is shown",
    "outbox.of_account": "the chat of one account",
    "outbox.pressing": "a button of one account; the collective is the one it is about",
    "outbox.button": "the caller checks whose it is",
    "outbox.press": "of a button the caller has",
    "outbox.pressed": "of a button the caller has",
    "outbox.find_button": "of one account",
    "outbox.last_moment": "a moment only",
    "ledger.effect": "arithmetic only",
    "overview.counts": "numbers for the operator",
}


CHANGEABLE = tuple(table for table in OWNED if table not in APPEND_ONLY)


def in_teams(session: Session) -> bool:
    """Let the leads of both worlds be teams, and seats of themselves."""
    table = Base.metadata.tables["leads"]
    session.connection().execute(update(table).values(state="team", parent_id=table.c.id))
    return True


def code_of(session: Session, world: World) -> str:
    """The hash is known to whoever holds the code, of whatever collective."""
    table = tables.Invitation.__table__
    return str(
        session.execute(
            select(table.c.code_hash).where(table.c.collective_id == world.collective)
        ).scalar_one()
    )


def door_code_of(session: Session, world: World) -> str:
    """The code is known to everybody: it stands on a website."""
    table = tables.Door.__table__
    query = select(table.c.code).where(table.c.collective_id == world.collective)
    return str(session.execute(query).scalar_one())


def token_of(session: Session, world: World) -> str:
    """The hash is known to whoever holds the link, of whatever collective."""
    table = tables.ChoiceLink.__table__
    query = select(table.c.token_hash).where(table.c.collective_id == world.collective)
    return str(session.execute(query).scalar_one())


def ids_here(session: Session) -> set[int]:
    """The members this session sees: a number that takes no id is asked of one's own world only."""
    return set(session.scalars(select(tables.Member.id)))


def changed_here(session: Session) -> frozenset[int]:
    """Members of the session's collective of whom a change was noted."""
    found = postings.changed_since(session, Mark(0, 0))
    return found[1] if found else frozenset()


def key_of(session: Session, world: World, table: type[Owned]) -> str:
    """The key of its row, as whoever holds it knows it."""
    columns = Base.metadata.tables[table.__tablename__].c
    return str(
        session.connection()
        .execute(select(columns.key).where(columns.collective_id == world.collective))
        .scalar_one()
    )


def by_id(session: Session, found: Iterable[ledger.Line]) -> list[tables.Entry]:
    """Values say nothing of whose they are: the rows they were read from do."""
    return [session.get_one(tables.Entry, line.id) for line in found]


def dues_of(world: World) -> ledger.Transfer:
    """Dues of the member of a world."""
    due = ledger.Account("dues_due", world.member)
    return ledger.Transfer("dues:1", "dues", due, ledger.Account("dues"), 5000)


def pending_of(world: World) -> tables.Entry:
    """The line of a world that waits for a word, as one would make it up from its id."""
    return tables.Entry(
        id=world.ids[tables.Entry],
        key="made up",
        cause="dues",
        state="pending",
        debit="dues_due",
        debit_member_id=world.member,
        credit="dues",
        amount=1,
    )


def book_past_all_narrowing(session: Session, world: World, day: date) -> None:
    """One more line that counts in this world."""
    table = Base.metadata.tables["ledger_entries"]
    connection = session.connection()
    row = connection.execute(select(table).where(table.c.collective_id == world.collective)).mappings().one()
    more = dict(row) | {"id": None, "key": "one more", "state": "posted", "booked_on": day}
    del more["id"]
    connection.execute(insert(table).values(more))


def another_offer(session: Session, world: World) -> offers.NewOffer:
    """In the place of the one the world has: there is one for each lead and member."""
    session.execute(delete(tables.Offer))
    return offers.NewOffer(
        lead_id=world.lead, member_id=world.member, wave=9, tipped_by=None, fit={}, offer_at=None
    )


def for_a_lead(session: Session) -> bool:
    """Let every invitation be one for the lead of its own world."""
    table, leads_ = Base.metadata.tables["invitations"], Base.metadata.tables["leads"]
    own = select(leads_.c.id).where(leads_.c.collective_id == table.c.collective_id).scalar_subquery()
    session.connection().execute(update(table).values(lead_id=own))
    return True


def planned(session: Session) -> bool:
    """Let the offers of both worlds be planned."""
    return set_everywhere(session, "planned")


def won_without_deal(session: Session) -> bool:
    """Let the introductions of both worlds have led to work of which no deal is known."""
    session.connection().execute(update(Base.metadata.tables["introductions"]).values(outcome="won"))
    session.connection().execute(update(Base.metadata.tables["deals"]).values(introduction_id=None))
    return True


def answered_yes(session: Session) -> bool:
    return set_everywhere(session, "yes")


def in_digest(session: Session) -> bool:
    """Let every offer of both worlds have come in a digest."""
    session.connection().execute(update(Base.metadata.tables["offers"]).values(by_digest=True))
    return True


def ranked(session: Session) -> bool:
    """Let the decisions of both worlds be rankings."""
    session.connection().execute(update(Base.metadata.tables["decisions"]).values(kind="ranked"))
    return True


def everybody_left(session: Session) -> bool:
    """Let the members of both worlds have left."""
    return everybody_is(session, "left")


def everybody_is(session: Session, state: str) -> bool:
    """Let the members of both worlds be so."""
    session.connection().execute(update(Base.metadata.tables["members"]).values(state=state))
    return True


def coordinators_choose(session: Session) -> bool:
    """Let a coordinator choose for the leads of both worlds."""
    session.connection().execute(update(Base.metadata.tables["leads"]).values(chooser="coordinator"))
    return True


def set_everywhere(session: Session, state: str) -> bool:
    session.connection().execute(update(Base.metadata.tables["offers"]).values(state=state))
    return True


def owners(found: object) -> set[int]:
    """The collectives that the rows in an answer belong to."""
    if isinstance(found, Owned):
        return {found.collective_id}
    parts: Iterable[object] = ()
    if isinstance(found, Mapping):
        parts = found.values()
    elif isinstance(found, list | tuple):
        parts = found
    return {owner for part in parts for owner in owners(part)}


def test_every_question_of_db_is_in_these_tables() -> None:
    found = {
        f"{room.__name__.removeprefix('db.')}.{name}"
        for room in ROOMS
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == room.__name__
    }

    assert found == {*ROWS, *VALUES, *TOTALS, *WRITES, *ACROSS}


@pytest.mark.parametrize("name", ROWS)
def test_an_answer_holds_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        mine = worlds.mine.collective

        assert owners(ROWS[name](session, worlds.mine)) == {mine}
        assert owners(ROWS[name](session, worlds.theirs)) <= {mine}


@pytest.mark.parametrize("name", VALUES)
def test_a_number_counts_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        assert VALUES[name](session, worlds.mine)
        assert not VALUES[name](session, worlds.theirs)


@pytest.mark.parametrize("name", TOTALS)
def test_a_total_is_of_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        book_past_all_narrowing(session, worlds.mine, NOW.date())
        before = TOTALS[name](session)
        book_past_all_narrowing(session, worlds.theirs, NOW.date().replace(month=1))

        assert before
        assert TOTALS[name](session) == before
    with worlds.nowhere() as session:
        assert not TOTALS[name](session)


@pytest.mark.parametrize("name", [*ROWS, *VALUES])
def test_without_a_collective_there_is_nothing_to_see(name: str, worlds: Worlds) -> None:
    ask = {**ROWS, **VALUES}[name]
    with worlds.nowhere() as session:
        found = ask(session, worlds.mine)

        assert owners(found) == set()
        assert name in ROWS or not found


@pytest.mark.parametrize("name", WRITES)
def test_writing_changes_own_rows_only(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        before = rows_of(session, worlds.theirs)
        with suppress(IntegrityError), session.begin_nested():
            WRITES[name](session, worlds.theirs)

        assert rows_of(session, worlds.theirs) == before


@pytest.mark.parametrize("name", WRITES)
def test_writing_does_something_at_home(name: str, worlds: Worlds) -> None:
    with worlds.at_home() as session:
        before = rows_of(session, worlds.mine)
        WRITES[name](session, worlds.mine)

        assert rows_of(session, worlds.mine) != before


# --- and every table, whatever is asked of it -------------------------------------------------------------------


@pytest.mark.parametrize("table", OWNED)
def test_a_table_shows_own_rows_only(table: type[Owned], worlds: Worlds) -> None:
    mine, other = worlds.mine.collective, aliased(table)
    collective = tables.Collective
    with worlds.at_home() as session:
        assert [row.collective_id for row in session.scalars(select(table))] == [mine]
        assert list(session.scalars(select(table.collective_id))) == [mine]
        assert session.scalar(select(func.count(table.id))) == 1
        assert session.scalar(select(func.count()).select_from(table)) == 1
        assert list(session.scalars(select(other.collective_id))) == [mine]
        joined = select(table).join(collective, collective.id == table.collective_id)
        assert [row.collective_id for row in session.scalars(joined)] == [mine]
        inside = select(collective.id).where(collective.id.in_(select(table.collective_id)))
        assert list(session.scalars(inside)) == [mine]


@pytest.mark.parametrize("table", OWNED)
def test_the_id_of_another_is_of_no_use(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        assert session.get(table, worlds.mine.ids[table]) is not None
        assert session.get(table, worlds.theirs.ids[table]) is None


@pytest.mark.parametrize("table", OWNED)
def test_without_a_collective_a_table_is_empty(table: type[Owned], worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        assert list(session.scalars(select(table))) == []
        assert session.scalar(select(func.count(table.id))) == 0
        assert session.get(table, worlds.mine.ids[table]) is None


@pytest.mark.parametrize("table", CHANGEABLE)
def test_a_change_of_everything_stays_at_home(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        before = rows_of(session, worlds.theirs)
        session.execute(update(table).values(collective_id=table.collective_id))
        touched = session.execute(update(table).values(id=table.id + 1_000_000).where(table.id < 0))
        session.execute(delete(table).where(table.id == worlds.theirs.ids[table]))

        assert rows_of(session, worlds.theirs) == before
        assert touched.rowcount == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", CHANGEABLE)
def test_an_update_reaches_one_row(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        changed = session.execute(update(table).values(collective_id=table.collective_id))

        assert changed.rowcount == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", OWNED)
def test_a_new_row_is_stamped_whatever_it_says(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        row = session.get_one(table, worlds.mine.ids[table])
        make_transient(row)  # a row read at home, written as if it were new and theirs
        row.id, row.collective_id = 1_000_000, worlds.theirs.collective
        if isinstance(row, tables.Invitation):
            row.code_hash = "another"
        if isinstance(row, tables.Offer | tables.OpenTalk):  # one each: the new one is about somebody else
            row.member_id = worlds.theirs.member
        with suppress(IntegrityError), session.begin_nested():
            session.add(row)

        assert row.collective_id == worlds.mine.collective


@pytest.mark.parametrize("table", OWNED)
def test_without_a_collective_nothing_can_be_written(table: type[Owned], worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        session.add(table(collective_id=worlds.mine.collective))
        with pytest.raises(ValueError, match="needs a collective"):
            session.flush()


@pytest.mark.parametrize("table", OWNED)
def test_a_row_cannot_be_moved_to_another_collective(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session:
        session.get_one(table, worlds.mine.ids[table]).collective_id = worlds.theirs.collective
        with pytest.raises(ValueError, match="belongs to one collective"):
            session.flush()


@pytest.mark.parametrize("table", OWNED)
def test_rows_are_not_written_past_the_stamp(table: type[Owned], worlds: Worlds) -> None:
    with worlds.at_home() as session, pytest.raises(ValueError, match=r"session\.add"):
        session.execute(insert(table), [{"collective_id": worlds.theirs.collective}])


def test_a_transaction_belongs_to_one_collective(worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        narrow(session, worlds.mine.collective)
        narrow(session, worlds.mine.collective)
        with pytest.raises(ValueError, match="one collective"):
            narrow(session, worlds.theirs.collective)

        assert [row.id for row in members.active(session)] == [worlds.mine.member]


def test_what_was_seen_before_narrowing_does_not_come_along(worlds: Worlds) -> None:
    with worlds.nowhere() as session:
        assert members.active(session) == []
        narrow(session, worlds.mine.collective)

        assert [row.collective_id for row in members.active(session)] == [worlds.mine.collective]
