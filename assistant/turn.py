"""The corridor: every message walks it once, front to back, in one transaction."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.actions import membership
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.messages import Incoming
from assistant.notices import HERE, InvitationInvalid, Notice, Stale, Stranger, Switched
from assistant.perform import perform
from assistant.vocabularies import Vocabularies
from assistant.voice import Voice
from db import accounts, collectives, conversations, invitations, members, offers, outbox, room
from db.accounts import Account
from db.collectives import Collective
from db.members import Member
from db.outbox import Button
from db.session import Session, narrow
from dialogs import Choice, Conversation, Decision, Said, Situation, decide, press
from dialogs import commands as do
from dialogs.conversation import from_json, to_json
from nlu import Reader
from nlu.meaning import Context, Form, LanguageCode, Meaning

MAX_TEXT = 20_000  # characters: what the ears read at once
ROOM_ANSWER = timedelta(days=3)  # so long a bare number may be the answer to the question about room
DOUBLE_TAP = timedelta(seconds=20)
SHORT = 8  # words: a message that may well go on about what was said before
FEW_WORDS = 3  # a shorter message does not change the language we speak
LANGUAGE, ZONE = "nl", "Europe/Amsterdam"  # for strangers
FORM_OF: dict[str, Form] = {
    "share_lead": "lead",
    "set_availability": "availability",
    "update_profile": "profile",
}
ASKS_FOR_WORDS = (do.Agree, do.Ask, do.AskWhatIsWrong)
KEEP_THE_CARD = (do.ExplainOffer, do.AskTip)  # buttons that leave the others under the card alone


@dataclass(frozen=True)
class House:
    """What a turn uses that outlives it."""

    reader: Reader
    bot_name: str | None = None
    vocabularies: Vocabularies = field(default_factory=Vocabularies)


@dataclass(frozen=True)
class Visit:
    """One message of one person: everything about it that the rooms of this corridor share."""

    session: Session
    house: House
    heard: Incoming
    account: Account
    voice: Voice
    now: datetime


def take_turn(session: Session, house: House, heard: Incoming, cause: str, now: datetime) -> None:
    """Hear, understand, decide, act, and owe the answers. Raises RefusedError when the answer is no."""
    visit = arrive(session, house, heard, cause, now)
    if heard.kind == "blocked":
        visit.account.blocked = True
        return
    if heard.kind == "unblocked":
        return
    if heard.kind == "press":
        _press(visit)
        return
    code = _start_code(heard.text)
    if code is not None:
        _open_door(visit, code)
        return
    entered = _enter(visit)
    if entered is None:
        _answer_stranger(visit)
        return
    desk, member = entered
    _answer(visit, desk, member)


def arrive(session: Session, house: House, heard: Incoming, cause: str, now: datetime) -> Visit:
    """Who is this? An account is made for who never wrote before. Whoever writes is not (or no longer) blocking us."""
    account = accounts.known(session, heard.channel, heard.account, heard.display_name)
    heard_of = {
        "display_name": heard.display_name or account.display_name,
        "handle": heard.handle or account.handle,
        "language": heard.language or account.language,
        "blocked": False,
    }
    for name, value in heard_of.items():
        if (
            getattr(account, name) != value
        ):  # a row set to what it was would be looked at before every question
            setattr(account, name, value)
    language = (account.language or "")[:2] if _speaks_ours(account) else LANGUAGE
    voice = Voice(session, cause, now, ZONE, language, account)
    return Visit(session, house, heard, account, voice, now)


def enter_to_refuse(visit: Visit) -> None:
    """Find the member again, in the collective it was about, so that a refusal is said in their language."""
    button = outbox.button(visit.session, visit.heard.token) if visit.heard.token else None
    own = button is not None and button.account_id == visit.account.id
    if _enter(visit, button.collective_id if button and own else None) is not None:
        return
    if (code := _start_code(visit.heard.text)) and not _speaks_ours(visit.account):
        invited_to = invitations.collective_of(visit.session, membership.hash_of(code))
        if invited_to is not None:
            visit.voice.language = visit.session.get_one(Collective, invited_to).language


def _speaks_ours(account: Account) -> bool:
    """Whether the platform told a language of this account that we speak."""
    return (account.language or "")[:2] in ("nl", "en")


# --- doors ------------------------------------------------------------------------------------------------------


def _start_code(text: str) -> str | None:
    """The code of "/start CODE"."""
    words = text.split()
    return words[1] if len(words) == 2 and words[0].lower() == "/start" else None


def _open_door(visit: Visit, code: str) -> None:
    """An invitation opens its own collective, whatever the account was talking with."""
    collective_id = invitations.collective_of(visit.session, membership.hash_of(code))
    if collective_id is None:
        raise RefusedError(InvitationInvalid(HERE, "unknown"))
    desk = _narrowed(visit, collective_id)
    notices = membership.open_invitation(desk, visit.account, code)
    _speak_as(visit, notices[0].member_id)
    visit.voice.owe(notices)


def _enter(visit: Visit, collective_id: int | None = None) -> tuple[Desk, Member] | None:
    """The member behind an account, in the collective it is talking with; None for a stranger."""
    person_id = visit.account.person_id
    if person_id is None:
        return None
    chosen = collective_id or visit.account.collective_id
    if chosen is None:
        chosen = next(iter(members.collectives_of(visit.session, person_id)), None)
    if chosen is None:
        return None
    desk = _narrowed(visit, chosen)
    member = members.of_person(visit.session, person_id)
    if member is None:
        return None
    _speak_as(visit, member.id)
    return desk, member


def _narrowed(visit: Visit, collective_id: int) -> Desk:
    narrow(visit.session, collective_id)
    collective = collectives.hold(visit.session, collective_id)
    visit.voice.collective_id, visit.voice.zone = collective.id, collective.zone
    return Desk(visit.session, collective, visit.now, visit.account, visit.house.bot_name)


def _speak_as(visit: Visit, member_id: int) -> None:
    visit.voice.member_id = member_id
    visit.voice.language = visit.session.get_one(Member, member_id).language


# --- a button ---------------------------------------------------------------------------------------------------


def _press(visit: Visit) -> None:
    """A button works once, and only for the account it was sent to. A double tap is heard as one."""
    button = outbox.button(visit.session, visit.heard.token or "")
    if button is None or button.account_id != visit.account.id:
        enter_to_refuse(visit)
        visit.voice.owe([Stale(HERE)])
        return
    entered = _enter(visit, button.collective_id)
    if entered is None:
        visit.voice.owe([Stranger(HERE)])
        return
    visit.session.refresh(button)  # another process may have heard the other half of a double tap
    if button.pressed_at is not None:
        if visit.now - button.pressed_at > DOUBLE_TAP:
            visit.voice.owe([Stale(HERE)])
        return
    desk, member = entered
    command = do.from_json(button.command)
    talk = from_json(conversations.load(visit.session, member.id))
    decision = _pressed(visit, desk, member, command, talk)
    if not isinstance(command, KEEP_THE_CARD):
        _retire(visit, button, shown=decision.commands != (do.Stale(),))
    _carry_out(visit, desk, member, decision)
    if decision.talk.awaiting is not None or any(
        isinstance(each, ASKS_FOR_WORDS) for each in decision.commands
    ):
        _stay(visit, desk, member)


def _stay(visit: Visit, desk: Desk, member: Member) -> None:
    """The answer to a question belongs to the collective that asked it, whatever the account was talking with."""
    if visit.account.collective_id not in (None, desk.collective.id):
        visit.voice.owe([Switched(member.id, desk.collective.name)])
    visit.account.collective_id = desk.collective.id


def _pressed(visit: Visit, desk: Desk, member: Member, command: do.Command, talk: Conversation) -> Decision:
    if not isinstance(command, do.ReadAs) or talk.puzzle is None:
        return press(command, talk)
    context = Context(
        desk.today,
        _code(member.language),
        form=FORM_OF.get(command.intent),
        vocabulary=visit.house.vocabularies.of(desk),
    )
    meaning = visit.house.reader.read(talk.puzzle, context)
    meaning = replace(meaning, intent=command.intent, confident=True, parts=())
    return decide(Said(talk.puzzle), meaning, talk, Situation())


def _retire(visit: Visit, pressed: Button, *, shown: bool) -> None:
    for each in outbox.buttons_of(visit.session, pressed.message_id):
        each.pressed_at = visit.now
    message = visit.session.get_one(outbox.Message, pressed.message_id)
    visit.voice.retire(message, pressed.label if shown else None)


# --- words ------------------------------------------------------------------------------------------------------


def _answer_stranger(visit: Visit) -> None:
    """Whoever is not a member is told how to get in; where the platform does not know, in the language they write."""
    text = visit.heard.text
    if not _speaks_ours(visit.account) and text.strip() and len(text) <= MAX_TEXT:
        today = visit.now.astimezone(ZoneInfo(ZONE)).date()
        visit.voice.language = visit.house.reader.read(text, Context(today)).language
        if len(text.split()) >= FEW_WORDS:
            visit.account.language = visit.voice.language
    visit.voice.owe([Stranger(HERE)])


def _answer(visit: Visit, desk: Desk, member: Member) -> None:
    """Understand, decide, act."""
    talk = from_json(conversations.load(visit.session, member.id))
    _carry_out(visit, desk, member, _decided(visit, desk, member, talk))


def _decided(visit: Visit, desk: Desk, member: Member, talk: Conversation) -> Decision:
    heard = visit.heard
    if heard.kind == "media" or not heard.text.strip():
        return Decision((do.Unreadable(heard.media or "empty"),), talk)
    if len(heard.text) > MAX_TEXT:
        return Decision((do.TooLong(MAX_TEXT),), talk)
    situation = _situation(desk, member, heard)
    context = _context(desk, member, heard, talk, situation)
    meaning = _read(visit, replace(context, vocabulary=visit.house.vocabularies.of(desk)), talk)
    _follow_language(visit, member, meaning)
    said = Said(heard.text, heard.forwarded_from, heard.message_id, heard.edited)
    return decide(said, meaning, talk, situation)


def _read(visit: Visit, context: Context, talk: Conversation) -> Meaning:
    """ "Maak er 4 van" says nothing by itself: it is read once more as going on about the last subject."""
    reader, text = visit.house.reader, visit.heard.text
    meaning = reader.read(text, context)
    loose = meaning.correction or not meaning.confident
    if context.form is not None or not loose or len(text.split()) > SHORT:
        return meaning
    if talk.topic == "availability":
        again = reader.read(text, replace(context, form="availability"))
        return again if again.intent == "set_availability" and again.spans else meaning
    if talk.topic == "lead":
        again = reader.read(text, replace(context, form="lead"))
        return replace(again, intent="share_lead") if _goes_on_about_lead(again) else meaning
    return meaning


def _goes_on_about_lead(meaning: Meaning) -> bool:
    """A correction that holds a value, and does not say of the writer to be free or busy."""
    said = meaning.availability
    own = said is not None and said.status is not None
    return meaning.correction and not own and meaning.intent in ("share_lead", "set_availability")


def _situation(desk: Desk, member: Member, heard: Incoming) -> Situation:
    """What the database knows that a decision needs."""
    if member.state != "active":
        return Situation(agreed=member.agreed_at is not None, joining=True)
    waiting = offers.at_stake(desk.session, member.id)
    yeses = [offer for offer in waiting if offer.state == "yes"]
    choices = tuple(Choice(o.lead_id, o.member_id, desk.member(o.member_id).name) for o in yeses)
    # only a bare answer can be one to the question about room: no need to ask the database of any other
    room_asked = len(heard.text.split()) <= SHORT and room.awaits(
        desk.session, member.id, desk.now - ROOM_ANSWER
    )
    return Situation(
        coordinator=member.is_coordinator,
        offered=len(yeses) < len(waiting),
        choices=choices,
        room_asked=room_asked,
    )


def _context(
    desk: Desk, member: Member, heard: Incoming, talk: Conversation, situation: Situation
) -> Context:
    draft, awaiting = talk.draft, talk.awaiting
    form: Form | None = draft.form if draft else None
    if awaiting is not None and awaiting.kind in ("availability", "profile"):
        form = "availability" if awaiting.kind == "availability" else "profile"
    return Context(
        desk.today,
        _code(member.language),
        form=form,
        asked=draft.asking if draft and awaiting is None else None,
        forwarded=heard.forwarded_from is not None,
        offered=situation.offered,
        confirming=not situation.agreed or (draft is not None and draft.asking is None),
    )


def _follow_language(visit: Visit, member: Member, meaning: Meaning) -> None:
    """We answer in the language somebody writes in; a forward, a few words or what we cannot read say nothing of it."""
    typed = visit.heard.forwarded_from is None and len(visit.heard.text.split()) >= FEW_WORDS
    understood = bool(meaning.spans) or (meaning.confident and meaning.intent != "unknown")
    if typed and understood and meaning.language != member.language:
        member.language = visit.voice.language = meaning.language


def _code(language: str) -> LanguageCode:
    return "en" if language == "en" else "nl"


# --- and act ----------------------------------------------------------------------------------------------------


def _carry_out(visit: Visit, desk: Desk, member: Member, decision: Decision) -> None:
    notices: list[Notice] = []
    for command in decision.commands:
        notices += perform(desk, member, visit.account, command, decision.talk)
    if not any(isinstance(command, do.Disagree | do.Leave) for command in decision.commands):
        conversations.save(visit.session, member.id, to_json(decision.talk), visit.now)
    visit.voice.owe(notices)
