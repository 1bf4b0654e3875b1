"""Inquiries: a client asks at the collective's own door, one member takes it up, and it becomes a lead (row C2).

Nobody's name or rate is told to the client, and who the client is only to who takes it up. The credit is the
collective's: it came to its own door.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant import codes, rights, titles
from assistant.desk import Desk
from assistant.duty import on_duty
from assistant.errors import RefusedError
from assistant.loading import lead_of, plain
from assistant.notices import (
    ClientData,
    ClientForgotten,
    ClientPassedOn,
    ClientSays,
    ClientTurnedAway,
    ClientWelcome,
    DoorShown,
    DoorShut,
    InquiryAmended,
    InquiryCame,
    InquiryDeclined,
    InquiryGone,
    InquiryNoted,
    InquiryPassed,
    InquiryStanding,
    InquiryTold,
    InquiryWithdrawn,
    InquiryYours,
    LeadShared,
    Notice,
    ReachNoted,
    TeamShared,
    WithdrawInquiryAsked,
)
from assistant.notices.inquiries import InquiryState
from assistant.running import remind_at
from db import inquiries, leads, members, offers, prompts, retention
from db.accounts import Account
from db.inquiries import Client, Door, Inquiry
from db.leads import Lead as LeadRow
from db.leads import LeadContact
from db.members import Member
from db.session import across
from dialogs import reach_of, without_reach
from dialogs.commands import (
    AmendInquiry,
    DeclineInquiry,
    PassInquiry,
    ReleaseInquiry,
    SetDoor,
    ShareLead,
    TakeInquiry,
    WithdrawInquiry,
)
from dialogs.forms import corrected
from nlu.meaning import Contact

WHAT = "inquiry"  # the prompt to look at a question that nobody took up
HELD = timedelta(days=7)  # so long a question waits for somebody, with reminders
MOST_LIVE = 3  # questions that one client waits for
ITSELF_A_NUMBER = "whatsapp"  # the channel on which an address is a telephone number


# --- the link ---------------------------------------------------------------------------------------------------


def set_door(desk: Desk, member: Member, command: SetDoor) -> list[Notice]:
    """Any member may see the link and pass it on; a coordinator makes, renews and shuts it."""
    door, may_change = inquiries.door(desk.session), rights.may(desk, member, "door")
    if command.how == "show" and (door is not None or not may_change):
        return [_shown(desk, member, door) if door else DoorShut(member.id, may_change)]
    rights.require(desk, member, "door")
    if door is not None:
        door.closed_at = desk.now
    if command.how == "shut":
        return [DoorShut(member.id, may_change, was_open=door is not None)]
    fresh = Door(code=codes.new_code(), created_at=desk.now)
    desk.session.add(fresh)
    return [replace(_shown(desk, member, fresh), fresh=door is not None)]


def _shown(desk: Desk, member: Member, door: Door) -> DoorShown:
    link = codes.link_to(desk.apps, door.code)
    return DoorShown(member.id, desk.collective.name, door.code, link, rights.may(desk, member, "door"))


def come_in(desk: Desk, account: Account, code: str) -> list[Notice]:
    """Somebody follows the link: they are told what this is. Not through a link that is shut."""
    door = inquiries.door_with(desk.session, code)
    if door is None or door.closed_at is not None:
        raise RefusedError(ClientTurnedAway(why="shut", collective=desk.collective.name))
    if inquiries.client_at(desk.session, account.id) is None:
        new = Client(account_id=account.id, name=account.display_name, talk={}, changed_at=desk.now)
        desk.session.add(new)
    account.collective_id = desk.collective.id
    return welcome(desk)


def turned_away(desk: Desk) -> Notice:
    """A member pressed the link for clients."""
    return ClientTurnedAway(why="member", collective=desk.collective.name)


def welcome(desk: Desk) -> list[Notice]:
    """What Seintje is, what is kept and who sees it."""
    return [ClientWelcome(collective=desk.collective.name)]


# --- the client -------------------------------------------------------------------------------------------------


def ask(desk: Desk, client: Client, command: ShareLead) -> list[Notice]:
    """The client confirmed what they look for: it is held for who takes it up."""
    live = inquiries.live_of(desk.session, client.id)
    if len(live) >= MOST_LIVE:
        raise RefusedError(ClientTurnedAway(why="many", collective=desk.collective.name))
    if inquiries.door(desk.session) is None:
        raise RefusedError(ClientTurnedAway(why="shut", collective=desk.collective.name))
    _know(client, command.lead.contact)
    _know(client, reach_of(command.text))
    lead = replace(command.lead, contact=None)
    row = Inquiry(
        client_id=client.id,
        state="open",
        title=titles.title(lead, desk.collective.language),
        details=plain(lead),
        words=without_reach(command.text) or None,
        created_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    reach = bool(client.phone or client.email or _handle(desk, client))
    return [
        InquiryNoted(collective=desk.collective.name, title=row.title, reach=reach),
        *_offered(desk, row, _first_asked(desk)),
    ]


def _know(client: Client, said: Contact | None) -> None:
    """How they can be reached, as they told it in passing."""
    if said is not None:
        client.name = said.name or client.name
        client.phone, client.email = said.phone or client.phone, said.email or client.email


def status(desk: Desk, client: Client) -> list[Notice]:
    """How far it is, in plain words: of each question that is not over."""
    live = inquiries.live_of(desk.session, client.id)
    every = live or inquiries.of_client(desk.session, client.id)[:1]
    here = desk.collective.name
    return [InquiryStanding(collective=here, title=row.title, state=_state(desk, row)) for row in every] or [
        InquiryStanding(collective=here, title="", state="none")
    ]


def _state(desk: Desk, row: Inquiry) -> InquiryState:
    if row.state == "open":
        return "open"
    if row.state == "taken":
        return "taken"
    lead = desk.session.get(LeadRow, row.lead_id) if row.lead_id is not None else None
    if row.state != "shared" or lead is None or lead.state in ("closed", "withdrawn"):
        return "over"
    parts = [lead, *leads.children_of(desk.session, lead.id)]
    if any(each.state == "chosen" for each in parts):
        return "chosen"
    every = [offer for each in parts for offer in offers.of_lead(desk.session, each.id)]
    return "interested" if any(offer.state == "yes" for offer in every) else "asking"


def amend(desk: Desk, client: Client, command: AmendInquiry) -> list[Notice]:
    """A client changes what they asked, or tells how to reach them. Of a lead that is out who took it decides."""
    row, contact = _live(desk, client), command.lead.contact
    if contact is not None:
        _know(client, contact)
        if row.state == "open":  # who that is only who takes it up is told
            row.words = f"{_words(row)}\n{without_reach(command.words)}".strip()
        return [ReachNoted(contact=contact), *(_says(desk, row, command.words) if row.taken_by_id else [])]
    lead = corrected(lead_of(row), replace(command.lead, contact=None))
    row.details, row.title = plain(lead), titles.title(lead, desk.collective.language)
    told = InquiryAmended(title=row.title, lead=lead, passed=row.state != "open")
    if row.state == "open":
        every = prompts.about(desk.session, WHAT, row.id)
        asked = [desk.member(each.member_id) for each in every if each.at is not None]
        return [told, *(InquiryCame(m.id, row.id, lead, _words(row), changed=True) for m in asked)]
    return [told, ClientSays(_taker(row), "changed", row.title, command.words, lead)]


def withdraw(desk: Desk, client: Client, command: WithdrawInquiry) -> list[Notice]:
    """No longer needed: asked first, since others may be at it; who is at it hears it."""
    row = _live(desk, client, command.inquiry_id)
    if command.inquiry_id is None:
        return [WithdrawInquiryAsked(inquiry_id=row.id, title=row.title)]
    if command.stays:
        return [InquiryWithdrawn(title=row.title, stays=True)]
    return [InquiryWithdrawn(title=row.title, stays=False), *_end(desk, row)]


def pass_on(desk: Desk, client: Client, words: str) -> list[Notice]:
    """A client's own words go to who took it up, else to who was asked to."""
    row = _live(desk, client)
    return [ClientPassedOn(collective=desk.collective.name), *_says(desk, row, words)]


def show_data(desk: Desk, client: Client) -> list[Notice]:
    """What is kept of a client."""
    titles_ = tuple(each.title for each in inquiries.of_client(desk.session, client.id))
    contact = Contact(None, client.phone, client.email) if client.phone or client.email else None
    return [ClientData(collective=desk.collective.name, name=client.name, contact=contact, titles=titles_)]


def forget(desk: Desk, client: Client, account: Account) -> list[Notice]:
    """All of it goes at once; who was at it hears that the client needs nothing any more."""
    told: list[Notice] = []
    for row in inquiries.live_of(desk.session, client.id):
        was_shared = row.state == "shared"
        ended = _end(desk, row)
        told += [ClientSays(_taker(row), "forgot", row.title)] if was_shared else ended
    for row in inquiries.of_client(desk.session, client.id):
        if row.lead_id is not None:
            leads.drop_contact(desk.session, row.lead_id)
        desk.session.delete(row)
    desk.session.flush()
    desk.session.delete(client)
    account.collective_id = None
    with across(desk.session):  # messages belong to an account
        retention.account(desk.session, account, desk.collective.id)
    return [ClientForgotten(collective=desk.collective.name), *told]


def _live(desk: Desk, client: Client, number: int | None = None) -> Inquiry:
    live = inquiries.live_of(desk.session, client.id)
    found = next((each for each in live if number in (None, each.id)), None)
    if found is None:
        raise RefusedError(InquiryStanding(collective=desk.collective.name, title="", state="none"))
    return found


def _end(desk: Desk, row: Inquiry) -> list[Notice]:
    """Withdrawn: who took it hears it, with a button where the lead is still out; else nobody has to."""
    taken = row.state in ("taken", "shared")
    row.state, row.closed_at, row.words = "withdrawn", desk.now, None
    _unplan(desk, row)
    if not taken:
        return []
    lead = desk.session.get(LeadRow, row.lead_id) if row.lead_id is not None else None
    is_out = lead is not None and lead.state in ("open", "team")
    return [ClientSays(_taker(row), "withdrew", row.title, lead_id=row.lead_id if is_out else None)]


def _says(desk: Desk, row: Inquiry, words: str) -> list[Notice]:
    to = [_taker(row)] if row.taken_by_id is not None else [m.id for m in _first_asked(desk)]
    return [ClientSays(each, "words", row.title, words) for each in to]


# --- who takes it up --------------------------------------------------------------------------------------------


def _first_asked(desk: Desk) -> Sequence[Member]:
    """Who is on duty; without a rotation whoever has the role of intake, else the coordinators."""
    first = on_duty(desk, desk.today)
    if first is not None:
        return [first]
    return members.doing_intake(desk.session)


def _offered(desk: Desk, row: Inquiry, to: Sequence[Member], *, again: bool = False) -> list[Notice]:
    for each in to:
        prompts.plan(desk.session, each.id, WHAT, row.id, remind_at(desk))
    return [InquiryCame(each.id, row.id, lead_of(row), _words(row), again) for each in to]


def _unplan(desk: Desk, row: Inquiry) -> None:
    for each in prompts.about(desk.session, WHAT, row.id):
        each.at = None


def take(desk: Desk, member: Member, command: TakeInquiry) -> list[Notice]:
    """The first who takes it has it, and gets to know the client, who hears that somebody did."""
    row = _found(desk, member, command.inquiry_id)
    if row.state != "open":
        raise RefusedError(_gone(desk, member, row))
    row.state, row.taken_by_id = "taken", member.id
    _unplan(desk, row)
    contact = _contact(desk, desk.session.get_one(Client, row.client_id))
    yours = InquiryYours(member.id, row.id, row.title, contact, _words(row))
    return [yours, _to_client(desk, row, declined=False)]


def _to_client(desk: Desk, row: Inquiry, *, declined: bool) -> Notice:
    number = desk.session.get_one(Client, row.client_id).account_id
    return InquiryTold(account_id=number, collective=desk.collective.name, title=row.title, declined=declined)


def give_way(desk: Desk, member: Member, command: PassInquiry | ReleaseInquiry) -> list[Notice]:
    """Not me: the coordinators are asked. Who took it and did not share it yet may give it back."""
    row = _found(desk, member, command.inquiry_id)
    mine = row.state == "taken" and row.taken_by_id == member.id
    if row.state != "open" and not (mine and isinstance(command, ReleaseInquiry)):
        raise RefusedError(_gone(desk, member, row))
    row.state, row.taken_by_id = "open", None
    return _passed(desk, member, row)


def _passed(desk: Desk, member: Member, row: Inquiry) -> list[Notice]:
    others = [each for each in members.coordinators(desk.session) if each.id != member.id]
    prompts.plan(desk.session, member.id, WHAT, row.id, None if others else remind_at(desk))
    asked = {each.member_id for each in prompts.about(desk.session, WHAT, row.id) if each.at is not None}
    new = [each for each in others if each.id not in asked]
    told = InquiryPassed(member.id, row.title, tuple(each.name for each in others), not others)
    return [told, *_offered(desk, row, new, again=True)]


def decline(desk: Desk, member: Member, command: DeclineInquiry) -> list[Notice]:
    """Nothing for us, says who took it: the client hears it kindly."""
    row = _found(desk, member, command.inquiry_id)
    if row.state != "taken" or row.taken_by_id != member.id:
        raise RefusedError(_gone(desk, member, row))
    row.state, row.closed_at, row.words = "declined", desk.now, None
    return [InquiryDeclined(member.id, row.title), _to_client(desk, row, declined=True)]


def check(desk: Desk, member: Member, command: ShareLead) -> None:
    """What came from a client only who took it shares, once. Raises RefusedError."""
    if command.inquiry_id is None:
        return
    row = _found(desk, member, command.inquiry_id)
    if row.state != "taken" or row.taken_by_id != member.id:
        raise RefusedError(_gone(desk, member, row))


def share(desk: Desk, command: ShareLead, told: Sequence[Notice]) -> None:
    """The lead that was just shared came from a client: its person, and for the collective."""
    number = next((each.lead_id for each in told if isinstance(each, LeadShared | TeamShared)), None)
    row = desk.session.get(Inquiry, command.inquiry_id) if command.inquiry_id is not None else None
    if number is None or row is None:
        return
    row.state, row.lead_id, row.words = "shared", number, None
    lead = desk.session.get_one(LeadRow, number)
    lead.for_collective = True
    known = _contact(desk, desk.session.get_one(Client, row.client_id))
    if leads.contact_of(desk.session, number) is None:
        person = LeadContact(lead_id=number, name=known.name, phone=known.phone, email=known.email)
        leads.set_contact(desk.session, number, person)


def leave(desk: Desk, member: Member) -> list[Notice]:
    """Who leaves holds up no client: what they took and did not share is open again."""
    told: list[Notice] = []
    for row in inquiries.taken_by(desk.session, member.id):
        row.state, row.taken_by_id = "open", None
        others = [each for each in members.coordinators(desk.session) if each.id != member.id]
        told += _offered(desk, row, others, again=True)
    return told


def remind_due(desk: Desk) -> list[Notice]:
    """Nobody took it up in time: the coordinators are asked, again too; after a week the client hears it honestly."""
    told: list[Notice] = []
    for prompt in prompts.due(desk.session, WHAT, desk.now):
        prompt.at = None
        row = desk.session.get(Inquiry, prompt.subject_id)
        if row is None or row.state != "open" or _is_waiting(desk, row):
            continue
        if desk.now - row.created_at > HELD:
            row.state, row.closed_at, row.words = "declined", desk.now, None
            told.append(_to_client(desk, row, declined=True))
        else:
            told += _offered(desk, row, members.coordinators(desk.session), again=True)
    return told


def _is_waiting(desk: Desk, row: Inquiry) -> bool:
    """Whether somebody else has time left to take it up."""
    return any(
        each.at is not None and each.at > desk.now for each in prompts.about(desk.session, WHAT, row.id)
    )


def _found(desk: Desk, member: Member, number: int) -> Inquiry:
    row = desk.session.get(Inquiry, number)
    if row is None:
        raise RefusedError(InquiryGone(member.id, None, None))
    return row


def _gone(desk: Desk, member: Member, row: Inquiry) -> InquiryGone:
    by = desk.member(row.taken_by_id).name if row.taken_by_id not in (None, member.id) else None
    return InquiryGone(member.id, row.title, by)


def _taker(row: Inquiry) -> int:
    if row.taken_by_id is None:
        raise ValueError("nobody took this")
    return row.taken_by_id


def _words(row: Inquiry) -> str:
    return row.words or ""


def _handle(desk: Desk, client: Client) -> str | None:
    """How another person reaches this account on its channel."""
    account = desk.session.get_one(Account, client.account_id)
    return f"+{account.external_id}" if account.channel == ITSELF_A_NUMBER else account.handle


def _contact(desk: Desk, client: Client) -> Contact:
    """Name and address: what they told, else where they write from."""
    handle = _handle(desk, client)
    if handle is None:
        return Contact(client.name, client.phone, client.email)
    return Contact(f"{client.name} ({handle})", client.phone, client.email)
