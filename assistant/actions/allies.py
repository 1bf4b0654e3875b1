"""Allies: two collectives share the work that nobody of their own can do, when both coordinators want it (row C5).

Each side keeps its own rows; they only tell each other, by letters. Who brings a lead is a guest on the other side:
they choose among who said yes there, and the contribution is paid by the rules of who does the work.
"""

from dataclasses import replace

from assistant import crossings, erasing, rights, titles
from assistant.crossings import (
    ALLY,
    Accept,
    Asking,
    CallBack,
    End,
    Gone,
    Letter,
    Nobody,
    OpenAgain,
    Over,
    Propose,
    Refuse,
    Send,
    Taken,
    post,
)
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import hourly, lead_of, plain
from assistant.notices import (
    MOST_BUTTONS,
    AlliesShown,
    AllyAsked,
    AllyChanged,
    AllyLine,
    AllyProposed,
    AllyRefused,
    CrossingAsked,
    CrossingImpossible,
    CrossingNews,
    LeadGone,
    NotChosen,
    Notice,
    OfferAmended,
)
from assistant.planning import plan, plan_anew
from assistant.rules.matching import RULE_VERSION
from assistant.rules.sameness import LeadPrint, print_of
from assistant.running import chooser_of, is_idle
from db import allies, collectives, deals, introductions, leads, letters, members, offers
from db.allies import Ally, Crossing
from db.decisions import Decision
from db.leads import Lead as LeadRow
from db.members import Member
from dialogs.commands import AnswerAlly, AskAllies, CrossLead, EndAlly, ProposeAlly
from nlu import taxonomy
from nlu.meaning import Lead

PENDING = ("proposed", "asked", "allied")


# --- the two coordinators ---------------------------------------------------------------------------------------


def propose(desk: Desk, member: Member, command: ProposeAlly) -> list[Notice]:
    """Ask another collective to share work. Whether there is one of that name is not said: that is theirs to tell."""
    rights.require(desk, member, "allies")
    found = collectives.called(desk.session, command.name)
    if len(found) != 1:
        return [AllyProposed(member.id, command.name)]
    other = found[0]
    if other.id == desk.collective.id:
        raise RefusedError(AllyRefused(member.id, "own"))
    row = allies.with_collective(desk.session, other.id)
    if row is not None and row.state == "allied":
        raise RefusedError(AllyRefused(member.id, "already", row.name))
    if row is not None and row.state == "asked":
        return _agreed(desk, member, row)
    if row is None or row.state != "proposed":
        row = row or Ally(ally_id=other.id, name=command.name, state="proposed")
        row.state, row.name = "proposed", command.name
        desk.session.add(row)
        post(desk, other.id, Propose(desk.collective.name))
    return [AllyProposed(member.id, command.name)]


def answer(desk: Desk, member: Member, command: AnswerAlly) -> list[Notice]:
    """Yes or no to what another collective proposed."""
    rights.require(desk, member, "allies")
    row = desk.session.get(Ally, command.ally_id)
    if row is None or row.state != "asked":
        raise RefusedError(AllyRefused(member.id, "answered", row.name if row else ""))
    if command.yes:
        return _agreed(desk, member, row)
    row.state = "ended"
    post(desk, row.ally_id, Refuse())
    return _all_coordinators(desk, AllyChanged(member.id, row.name, "refused", ours=True), member)


def _agreed(desk: Desk, member: Member, row: Ally) -> list[Notice]:
    row.state = "allied"
    post(desk, row.ally_id, Accept(desk.collective.name))
    return _all_coordinators(desk, AllyChanged(member.id, row.name, "allied", ours=True), member)


def end(desk: Desk, member: Member, command: EndAlly) -> list[Notice]:
    """From now on no lead goes there or comes from there; what is under way goes on."""
    rights.require(desk, member, "allies")
    known = [each for each in allies.everyone(desk.session) if each.state in PENDING]
    row = next((each for each in known if collectives.is_called(each.name, command.name)), None)
    if row is None:
        raise RefusedError(AllyRefused(member.id, "unknown", command.name))
    row.state = "ended"
    post(desk, row.ally_id, End())
    return _all_coordinators(desk, AllyChanged(member.id, row.name, "ended", ours=True), member)


def _all_coordinators(desk: Desk, told: AllyChanged, by: Member | None = None) -> list[Notice]:
    """Those of the collective hear it alike; the others with who said so."""
    own: list[Notice] = [told] if by is not None else []
    others = [each for each in members.coordinators(desk.session) if by is None or each.id != by.id]
    return own + [replace(told, member_id=each.id, by=by.name if by else None) for each in others]


def show(desk: Desk, member: Member) -> list[Notice]:
    """With whom we share work; what is only proposed is for who may answer it."""
    shown = PENDING if rights.may(desk, member, "allies") else ("allied",)
    rows = [each for each in allies.everyone(desk.session) if each.state in shown]
    return [AlliesShown(member.id, tuple(AllyLine(each.name, each.state) for each in rows))]


# --- who brought the lead ---------------------------------------------------------------------------------------


def ask(desk: Desk, member: Member, command: AskAllies) -> list[Notice]:
    """What an allied collective would see of a lead, and a button for each: nothing crosses without that yes."""
    row = _own(desk, member, command.lead_id)
    why = crossings.why_it_stays(desk, row)
    if why is not None:
        raise RefusedError(CrossingImpossible(member.id, row.title, why))
    options = tuple((each.name, each.ally_id) for each in crossings.may_go_to(desk, row))[:MOST_BUTTONS]
    if not options:
        raise RefusedError(CrossingImpossible(member.id, row.title, "no_allies"))
    return [CrossingAsked(member.id, row.id, row.title, crossings.bare(lead_of(row)), options)]


def cross(desk: Desk, member: Member, command: CrossLead) -> list[Notice]:
    """The source says yes: the card goes to that collective, if it may still."""
    row = _own(desk, member, command.lead_id)
    ally = next((e for e in crossings.may_go_to(desk, row) if e.ally_id == command.ally_id), None)
    if ally is None:
        why = crossings.why_it_stays(desk, row) or "no_allies"
        raise RefusedError(CrossingImpossible(member.id, row.title, why))
    desk.session.add(Crossing(ally_id=ally.ally_id, lead_id=row.id, theirs=None, state="sent"))
    post(desk, ally.ally_id, crossings.card_of(desk, row))
    return [CrossingNews(member.id, row.title, ally.name, "sent")]


def _own(desk: Desk, member: Member, lead_id: int | None) -> LeadRow:
    mine = [row for row in leads.of_source(desk.session, member.id) if row.state == "open"]
    found = next((row for row in mine if lead_id in (None, row.id)), None)
    if found is None:
        raise RefusedError(LeadGone(member.id, None, own=True))
    return found


def leave(desk: Desk, member: Member) -> list[Notice]:
    """Who leaves is no guest of an allied collective any more."""
    for each in allies.everyone(desk.session):
        if any(row.theirs is None for row in allies.crossings_with(desk.session, each.ally_id)):
            post(desk, each.ally_id, Gone(member.person_id))
    return []


# --- the clock: letters -----------------------------------------------------------------------------------------


def read_letters(desk: Desk) -> list[Notice]:
    """What allied collectives told us since."""
    told: list[Notice] = []
    for letter in letters.take(desk.session, desk.now):
        told += _read(desk, letter.from_id, crossings.read(letter.content))
        desk.session.delete(letter)
        desk.session.flush()
    return told


def _read(desk: Desk, from_id: int, letter: Letter) -> list[Notice]:
    match letter:
        case Propose(name):
            return _proposed(desk, from_id, name)
        case Accept(name):
            return _answered(desk, from_id, "allied", name)
        case Refuse():
            return _answered(desk, from_id, "refused", None)
        case End():
            return _ended(desk, from_id)
        case Send():
            return _arrived(desk, from_id, letter)
        case CallBack(lead_id, how):
            return _called_back(desk, from_id, lead_id, how)
        case Gone(person_id):
            guest = members.of_person(desk.session, person_id)
            return _goodbye(desk, guest) if guest is not None and guest.state == "guest" else []
        case Asking() | Nobody() | Taken() | OpenAgain() | Over():
            return _home(desk, from_id, letter)
        case _:
            raise TypeError(type(letter).__name__)


def _proposed(desk: Desk, from_id: int, name: str) -> list[Notice]:
    row = allies.with_collective(desk.session, from_id)
    if row is not None and row.state == "allied":
        return []
    if row is not None and row.state == "proposed":  # both proposed it at once
        row.state, row.name = "allied", name
        post(desk, from_id, Accept(desk.collective.name))
        return _all_coordinators(desk, AllyChanged(0, name, "allied"))
    row = row or Ally(ally_id=from_id, name=name, state="asked")
    row.state, row.name = "asked", name
    desk.session.add(row)
    desk.session.flush()
    return [AllyAsked(each.id, row.id, name) for each in members.coordinators(desk.session)]


def _answered(desk: Desk, from_id: int, how: str, name: str | None) -> list[Notice]:
    """Only what we proposed can be answered: nobody is made an ally by somebody else's word alone."""
    row = allies.with_collective(desk.session, from_id)
    if row is None or row.state != "proposed":
        return []
    row.state, row.name = ("allied" if how == "allied" else "ended"), name or row.name
    return _all_coordinators(desk, AllyChanged(0, row.name, "allied" if how == "allied" else "refused"))


def _ended(desk: Desk, from_id: int) -> list[Notice]:
    row = allies.with_collective(desk.session, from_id)
    if row is None or row.state not in PENDING:
        return []
    was_allied, row.state = row.state == "allied", "ended"
    return _all_coordinators(desk, AllyChanged(0, row.name, "ended")) if was_allied else []


# --- a lead that comes in ---------------------------------------------------------------------------------------


def _arrived(desk: Desk, from_id: int, card: Send) -> list[Notice]:
    known = allies.arrived(desk.session, from_id, card.lead_id)
    if known is not None and known.state != "over":
        return _amended(desk, known, card)
    ally = allies.with_collective(desk.session, from_id)
    if ally is None or ally.state != "allied":
        post(desk, from_id, Nobody(card.lead_id, asked=False))
        return []
    with desk.session.begin_nested() as attempt:
        guest = _guest(desk, card)
        row = _stored(desk, guest, card)
        count = plan(desk, row, [])
        if not count:  # then nothing of it is kept here
            attempt.rollback()
    if not count:
        post(desk, from_id, Nobody(card.lead_id))
        return []
    desk.session.add(Crossing(ally_id=from_id, lead_id=row.id, theirs=card.lead_id, state="asking"))
    post(desk, from_id, Asking(card.lead_id, count))
    return []


def _guest(desk: Desk, card: Send) -> Member:
    """Who brought it, on this side: themselves when they are a member here too, else a guest nobody sees."""
    known = members.of_person(desk.session, card.person_id)
    if known is not None and known.is_told:
        return known
    guest = Member(person_id=card.person_id, name=card.name, language=card.language, state="guest")
    desk.session.add(guest)
    desk.session.flush()
    return guest


def _stored(desk: Desk, guest: Member, card: Send) -> LeadRow:
    lead = card.lead
    row = LeadRow(
        source_id=guest.id,
        stage=lead.stage,
        title=titles.title(lead, desk.collective.language),
        details=plain(lead),
        print=plain(_print(lead)),
        seed=card.lead_id,
        created_at=desk.now,
        chooser=ALLY,
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def _print(lead: Lead) -> LeadPrint:
    """What it is recognised by when somebody here tells it too: the facts on the card."""
    hours = lead.hours_per_week
    return print_of(
        "",
        LeadPrint(
            roles=frozenset(taxonomy.canonical(role) for role in lead.roles),
            client=None,
            place=lead.place,
            start=lead.start,
            hours=(hours.low, hours.high) if hours else None,
            rate_cents=hourly(lead.rate),
            contact=None,
        ),
    )


def _amended(desk: Desk, crossing: Crossing, card: Send) -> list[Notice]:
    """It was corrected there: who was asked here hears it, and who was not yet asked is ranked anew."""
    row = desk.session.get_one(LeadRow, crossing.lead_id)
    if row.state != "open" or lead_of(row) == card.lead:
        return []
    row.details, row.stage = plain(card.lead), card.lead.stage
    before, row.title = row.title, titles.title(card.lead, desk.collective.language)
    may_begin = is_idle(desk, row)
    told: list[Notice] = [
        OfferAmended(offer.member_id, offer.id, before, card.lead, offer.state == "yes")
        for offer in offers.of_lead(desk.session, row.id)
        if offer.state in ("offered", "yes", "later")
    ]
    plan_anew(desk, row, may_begin=may_begin)
    return told


def _called_back(desk: Desk, from_id: int, lead_id: int, how: str) -> list[Notice]:
    """It ended there: who answered here hears why, unless somebody here was chosen a moment before."""
    crossing = allies.arrived(desk.session, from_id, lead_id)
    if crossing is None or crossing.state == "over":
        return []
    row = desk.session.get_one(LeadRow, crossing.lead_id)
    if row.state != "open":
        return []
    crossing.state = "over"
    row.state, row.closing, row.closed_at = ("withdrawn" if how == "withdrawn" else "closed"), how, desk.now
    return [*_ends(desk, row, how), *_goodbye(desk, desk.member(row.source_id))]


def _ends(desk: Desk, row: LeadRow, how: str) -> list[Notice]:
    row.window_ends_at, row.nudge_at = None, None
    told: list[Notice] = []
    for offer in offers.of_lead(desk.session, row.id):
        if offer.state in ("yes", "later", "no"):
            told.append(NotChosen(offer.member_id, row.title, offer.state, how, chooser_of(row)))  # type: ignore[arg-type]
        offer.state = "passed" if offer.state == "yes" else "withdrawn"
    log = Decision(
        lead_id=row.id, at=desk.now, kind="closed", rule_version=RULE_VERSION, content={"how": how}
    )
    desk.session.add(log)
    return told


def _goodbye(desk: Desk, guest: Member) -> list[Notice]:
    """A guest with nothing under way here is forgotten like anybody who left."""
    if guest.state != "guest":
        return []
    is_open = any(row.state == "open" for row in leads.of_source(desk.session, guest.id))
    undecided = any(
        each.outcome != "nothing" for each in introductions.of_member(desk.session, guest.id)
    ) or bool(deals.of_source(desk.session, guest.id))
    if not is_open and not undecided:
        guest.state, guest.left_at = "left", desk.now
        erasing.plan(desk, guest)
    return []


# --- how it goes there ------------------------------------------------------------------------------------------


def _home(desk: Desk, from_id: int, letter: Asking | Nobody | Taken | OpenAgain | Over) -> list[Notice]:
    """What became of a lead of ours."""
    row = desk.session.get(LeadRow, letter.lead_id)
    ally = allies.with_collective(desk.session, from_id)
    crossing = next(
        (
            each
            for each in reversed(allies.crossings_of(desk.session, letter.lead_id))
            if each.ally_id == from_id and each.theirs is None and each.state != "over"
        ),
        None,
    )
    if row is None or ally is None or crossing is None:
        return []
    match letter:
        case Asking(_, count):
            crossing.state = "asking"
            return [CrossingNews(row.source_id, row.title, ally.name, "asking", count)]
        case Nobody(_, asked):
            crossing.state = "over"
            how = "nobody" if asked else "not_now"
            return [CrossingNews(row.source_id, row.title, ally.name, how)]  # type: ignore[arg-type]
        case Taken():
            return _taken(desk, row, crossing, ally)
        case OpenAgain():
            return _open_again(row, crossing)
        case Over():
            crossing.state = "over"
            return []


def _taken(desk: Desk, row: LeadRow, crossing: Crossing, ally: Ally) -> list[Notice]:
    """Somebody there was chosen: the lead is over here, and who answered hears it."""
    crossing.state = "taken"
    if row.state != "open":
        return []
    row.state, row.closing, row.closed_at = "closed", ALLY, desk.now
    others = [each for each in allies.crossings_of(desk.session, row.id) if each.id != crossing.id]
    for other in others:
        if other.theirs is None and other.state != "over":
            other.state = "over"
            post(desk, other.ally_id, CallBack(row.id, "closed"))
    return [CrossingNews(row.source_id, row.title, ally.name, "taken"), *_ends(desk, row, "chosen")]


def _open_again(row: LeadRow, crossing: Crossing) -> list[Notice]:
    crossing.state = "asking"
    if row.closing == ALLY:
        row.state, row.closing, row.closed_at = "open", None, None
    return []
