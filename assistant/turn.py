"""The corridor: every message walks it once, front to back, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant import clients, guests, reaching
from assistant.actions import inquiries as doors
from assistant.actions import linking, membership
from assistant.codes import NOWHERE, Apps, hash_of
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.guests import Elsewhere
from assistant.limits import CODES, MESSAGES, OPEN_TO_ALL, STRANGERS, Limits
from assistant.messages import Incoming
from assistant.milestones import EVALUATION
from assistant.notices import HERE, InvitationInvalid, Notice, Stale, Stranger, Switched, TooFast
from assistant.perform import perform, take_along
from assistant.postings import Postings
from assistant.vocabularies import Vocabularies
from assistant.voice import Voice
from db import (
    accounts,
    collectives,
    conversations,
    deals,
    evaluations,
    inquiries,
    introductions,
    invitations,
    links,
    members,
    offers,
    opt_ins,
    outbox,
    prompts,
)
from db.accounts import Account
from db.base import Json
from db.collectives import Collective
from db.inquiries import Client
from db.members import Member
from db.prompts import Prompt
from db.session import Session, is_unchanged, narrow, writes
from dialogs import Choice, Conversation, Decision, Said, Situation, decide, press
from dialogs import commands as do
from dialogs.conversation import from_json, to_json
from nlu import Reader
from nlu.masking import mask
from nlu.meaning import Context, Form, LanguageCode, Meaning

MAX_TEXT = 20_000  # characters: what the ears read at once
ROOM_ANSWER = timedelta(days=3)  # so long a bare number may be the answer to the question about room
EVALUATION_ANSWER = timedelta(days=7)  # so long "deels" may answer a question about a job
A_WHILE = timedelta(hours=4)  # after so long an open form is recalled once more
CHECK_ANSWER = timedelta(days=1)  # and so long "klopt" answers whether the availability still holds
TURNOVER_ANSWER = timedelta(days=14)  # and so long a bare amount may be what a job brought in
DOUBLE_TAP = timedelta(seconds=20)
CHECKS = ("weekly", "stale")
BARE = 4  # words: "ja, dat klopt nog"
SHORT = 8  # words: a message that may well go on about what was said before
FEW_WORDS = 3  # a shorter message does not change the language we speak
LANGUAGE, ZONE = "nl", "Europe/Amsterdam"  # for strangers
FORM_OF: dict[str, Form] = {
    "share_lead": "lead",
    "set_availability": "availability",
    "update_profile": "profile",
}
ASKS_FOR_WORDS = (do.Agree, do.Ask, do.AskWhatIsWrong)
KEEP_THE_CARD = (
    do.ExplainOffer,
    do.AskTip,
    do.SearchOutside,
    do.ForwardLead,
    do.AskAllies,
)  # buttons that leave the others under the card alone


@dataclass(frozen=True)
class House:
    """What a turn uses that outlives it."""

    reader: Reader
    apps: Apps = NOWHERE
    public_url: str | None = None
    vocabularies: Vocabularies = field(default_factory=Vocabularies)
    messages: Limits = field(default_factory=lambda: Limits(MESSAGES))
    codes: Limits = field(default_factory=lambda: Limits(CODES))
    strangers: Limits = field(default_factory=lambda: Limits(STRANGERS))
    postings: Postings | None = None


@dataclass(frozen=True)
class Visit:
    """One message of one person: everything about it that the rooms of this corridor share."""

    session: Session
    house: House
    heard: Incoming
    account: Account
    voice: Voice
    now: datetime
    collective: Collective | None = None  # the one it is about, where that is held already
    button: outbox.Button | None = None  # the one that was pressed, where it is their own
    may_be_guest: bool = True  # of an allied collective


@dataclass(frozen=True)
class Entered:
    """A member at the desk of their collective, and where the talk with them stands, also as it is stored."""

    desk: Desk
    member: Member
    stored: Json
    talk: Conversation
    room_asked_at: datetime | None
    changed_at: datetime | None
    may_be_at_stake: bool


def take_turn(session: Session, house: House, heard: Incoming, cause: str, now: datetime) -> None:
    """Hear, understand, decide, act, and owe the answers. Raises RefusedError when the answer is no."""
    pace = house.messages.take(_sender(heard), now) if heard.channel in OPEN_TO_ALL else "go"
    if pace == "skip":
        return
    code = _start_code(heard.text)
    visit = arrive(session, house, heard, cause, now)
    if pace == "say":
        enter_to_refuse(visit)
        visit.voice.owe([TooFast(HERE)])
    elif heard.kind == "blocked":
        reaching.blocked(session, visit.account, now)
    elif heard.kind in ("opted_in", "opted_out"):
        opt_ins.record(session, visit.account.id, "platform", now, given=heard.kind == "opted_in")
    elif heard.kind == "press":
        _press(visit)
    elif code is not None:
        _open_door(visit, code)
    elif _is_talking(heard):
        there = _elsewhere(visit)
        entered = _enter(visit, there.collective_id if there else None)
        if entered is not None:
            _answer(visit, entered, there)
        elif client := _client(visit, visit.account.collective_id):
            _answer_client(visit, *client)
        else:
            _answer_stranger(visit)


def _is_talking(heard: Incoming) -> bool:
    """Whether it goes on with the collective the account is talking with."""
    return heard.kind in ("text", "media") and _start_code(heard.text) is None


def _elsewhere(visit: Visit) -> Elsewhere | None:
    """What these words do in a collective that the writer is a guest of."""
    heard = visit.heard
    is_typed = heard.kind == "text" and heard.forwarded_from is None and not heard.edited
    if not visit.may_be_guest:
        return None
    return guests.choosing(visit.session, visit.account, heard.text) if is_typed else None


def _sender(heard: Incoming) -> str:
    return f"{heard.channel}:{heard.account}"


def arrive(session: Session, house: House, heard: Incoming, cause: str, now: datetime) -> Visit:
    """Who is this? An account is made for who never wrote before. Whoever writes is not (or no longer) blocking us.

    The collective it is about is held at once: that of their button, or the one the account is talking with.
    """
    account, collective, button, may_be_guest = _find(session, heard)
    heard_of = {
        "display_name": heard.display_name or account.display_name,
        "handle": heard.handle or account.handle,
        "language": heard.language or account.language,
        "blocked": False,
        "heard_at": _heard_at(account, heard),
    }
    for name, value in heard_of.items():
        if (
            getattr(account, name) != value
        ):  # set to what it was, a row would be looked at before every question
            setattr(account, name, value)
    language = (account.language or "")[:2] if _speaks_ours(account) else LANGUAGE
    voice = Voice(session, cause, now, ZONE, language, account)
    return Visit(session, house, heard, account, voice, now, collective, button, may_be_guest)


def _find(session: Session, heard: Incoming) -> tuple[Account, Collective | None, outbox.Button | None, bool]:
    if heard.token:
        if pressing := outbox.pressing(session, heard.channel, heard.account, heard.token):
            return *pressing, True
    elif _is_talking(heard) and (found := accounts.talking(session, heard.channel, heard.account)):
        return found.account, found.collective, None, found.is_guest
    account = accounts.known(session, heard.channel, heard.account, heard.display_name)
    button = outbox.button(session, heard.token) if heard.token else None
    return account, None, button if button is not None and button.account_id == account.id else None, True


def _heard_at(account: Account, heard: Incoming) -> datetime | None:
    """When they last wrote, where the platform lets us answer for a while only; a wish is no message."""
    if heard.sent_at is None or heard.kind in ("opted_in", "opted_out"):
        return account.heard_at
    return max(heard.sent_at, account.heard_at or heard.sent_at)


def enter_to_refuse(visit: Visit) -> None:
    """Find the member again, in the collective it was about, so that a refusal is said in their language."""
    about = visit.button or _elsewhere(visit)
    if _enter(visit, about.collective_id if about else None) is not None:
        return
    if (code := _start_code(visit.heard.text)) and not _speaks_ours(visit.account):
        opened = invitations.collective_of(visit.session, hash_of(code))
        opened = opened or inquiries.collective_of(visit.session, code)
        if opened is not None:
            visit.voice.language = visit.session.get_one(Collective, opened).language


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
    if visit.house.codes.take(_sender(visit.heard), visit.now) != "go":
        raise RefusedError(InvitationInvalid(HERE, "tries"))
    collective_id = invitations.collective_of(visit.session, hash_of(code))
    if collective_id is None:
        _open_to_clients(visit, code)
        return
    desk = _narrowed(visit, collective_id)
    notices = membership.open_invitation(desk, visit.account, code)
    _speak_as(visit, visit.session.get_one(Member, notices[0].member_id))
    visit.voice.owe(notices)


def _open_to_clients(visit: Visit, code: str) -> None:
    """The collective's own link lets a client ask; any other code joins two accounts of one person."""
    collective_id = inquiries.collective_of(visit.session, code)
    if collective_id is None:
        _link(visit, code)
        return
    desk = _narrowed(visit, collective_id)
    if visit.account.person_id is None:
        _speak_to_client(visit, desk)
        visit.voice.owe(doors.come_in(desk, visit.account, code))
        return
    raise RefusedError(doors.turned_away(desk))


def _speak_to_client(visit: Visit, desk: Desk) -> None:
    """In the language of their platform, else that of the collective."""
    if not _speaks_ours(visit.account):
        visit.voice.language = desk.collective.language


def _client(visit: Visit, collective_id: int | None) -> tuple[Desk, Client] | None:
    """The client behind an account, at the desk of the collective whose door they came to; None for a stranger."""
    if visit.account.person_id is not None or collective_id is None:
        return None
    desk = _narrowed(visit, collective_id)
    found = clients.client_of(desk, visit.account)
    _speak_to_client(visit, desk)
    return None if found is None else (desk, found)


def _answer_client(visit: Visit, desk: Desk, client: Client) -> None:
    vocabulary = visit.house.vocabularies.of(desk)

    def read(text: str, context: Context) -> Meaning:
        return visit.house.reader.read(text, replace(context, vocabulary=vocabulary))

    told = clients.answer(desk, visit.account, client, visit.heard, read, MAX_TEXT)
    if _speaks_ours(visit.account):
        visit.voice.language = (visit.account.language or LANGUAGE)[:2]
    visit.voice.owe(told)


def _link(visit: Visit, code: str) -> None:
    """A code from another app joins this account to the person there."""
    row = links.with_code(visit.session, hash_of(code))
    if row is None:
        raise RefusedError(InvitationInvalid(HERE, "unknown"))
    notices = linking.link(_narrowed(visit, row.collective_id), visit.account, code)
    _enter(visit, row.collective_id)  # so that it is said in the member's language
    visit.voice.owe(notices)


def _enter(visit: Visit, collective_id: int | None = None) -> Entered | None:
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
    found = conversations.with_member(visit.session, person_id)
    if found is None:
        return None
    _speak_as(visit, found.member)
    return Entered(
        desk,
        found.member,
        found.talk,
        from_json(found.talk),
        found.room_asked_at,
        found.changed_at,
        found.may_be_at_stake,
    )


def _narrowed(visit: Visit, collective_id: int) -> Desk:
    narrow(visit.session, collective_id)
    collective = visit.collective
    if collective is None or collective.id != collective_id:
        collective = collectives.hold(visit.session, collective_id)
    visit.voice.collective_id, visit.voice.zone = collective.id, collective.zone
    house = visit.house
    desk = Desk(
        visit.session, collective, visit.now, visit.account, house.apps, house.public_url, house.postings
    )
    visit.voice.quiet = lambda: desk.policy.quiet  # looked up only when somebody else is written to
    return desk


def _speak_as(visit: Visit, member: Member) -> None:
    visit.voice.speak_with(member)


# --- a button ---------------------------------------------------------------------------------------------------


def _press(visit: Visit) -> None:
    """A button works once, and only for the account it was sent to. A double tap is heard as one."""
    button = visit.button
    if button is None:
        enter_to_refuse(visit)
        visit.voice.owe([Stale(HERE)])
        return
    entered = _enter(visit, button.collective_id)
    client = _client(visit, button.collective_id) if entered is None else None
    if entered is None and client is None:
        _press_after_leaving(visit, button)
        return
    pressed_at, card = outbox.pressed(visit.session, button)  # read again, now that nobody else can press
    if pressed_at is not None:
        if visit.now - pressed_at > DOUBLE_TAP:
            visit.voice.owe([Stale(HERE)])
        return
    command = do.from_json(button.command)
    if entered is None:
        outbox.press(visit.session, button, visit.now)
        visit.voice.retire(button.message_id, str(card["text"]), button.label)
        if client is not None:
            visit.voice.owe(clients.press(client[0], visit.account, client[1], command))
        return
    decision = _pressed(visit, entered, command)
    if not isinstance(command, KEEP_THE_CARD) and not _is_among(command):
        outbox.press(visit.session, button, visit.now)
        is_heard = decision.commands != (do.Stale(),)
        visit.voice.retire(button.message_id, str(card["text"]), button.label if is_heard else None)
    _carry_out(visit, entered, decision)
    if entered.member.state == "guest":  # they go on talking with their own collective
        return
    if decision.talk.awaiting is not None or any(
        isinstance(each, ASKS_FOR_WORDS) for each in decision.commands
    ):
        _stay(visit, entered)


def _is_among(command: do.Command) -> bool:
    """Of several leads on one card, a yes to one leaves the buttons of the others."""
    return isinstance(command, do.ShowInterest) and command.among


def _press_after_leaving(visit: Visit, button: outbox.Button) -> None:
    """Of all their buttons one goes on working for who left: to take along what is still kept (mission row A18)."""
    person_id = visit.account.person_id
    member = members.left_of_person(visit.session, person_id) if person_id is not None else None
    if member is None or not isinstance(do.from_json(button.command), do.TakeAlong):
        visit.voice.owe([Stranger(HERE)])
        return
    pressed_at, _card = outbox.pressed(visit.session, button)
    if pressed_at is not None and visit.now - pressed_at <= DOUBLE_TAP:
        return
    outbox.press(visit.session, button, visit.now)
    _speak_as(visit, member)
    visit.voice.owe(take_along(_narrowed(visit, member.collective_id), member))


def _stay(visit: Visit, entered: Entered) -> None:
    """The answer to a question belongs to the collective that asked it, whatever the account was talking with."""
    collective = entered.desk.collective
    if visit.account.collective_id not in (None, collective.id):
        visit.voice.owe([Switched(entered.member.id, collective.name)])
    visit.account.collective_id = collective.id


def _pressed(visit: Visit, entered: Entered, command: do.Command) -> Decision:
    talk = entered.talk
    if not isinstance(command, do.ReadAs) or talk.puzzle is None:
        return press(command, talk)
    context = Context(
        entered.desk.today,
        _code(entered.member.language),
        form=FORM_OF.get(command.intent),
        vocabulary=visit.house.vocabularies.of(entered.desk),
    )
    meaning = visit.house.reader.read(talk.puzzle, context)
    meaning = replace(meaning, intent=command.intent, confident=True, parts=())
    decision = decide(Said(talk.puzzle), meaning, talk, Situation())
    template = mask(talk.puzzle, meaning)
    if template is None or entered.member.state != "active":
        return decision
    lesson = do.KeepCorrection(meaning.language, command.intent, template)
    return replace(decision, commands=(*decision.commands, lesson))


# --- words ------------------------------------------------------------------------------------------------------


def _answer_stranger(visit: Visit) -> None:
    """Whoever is not a member is told how to get in; where the platform does not know, in the language they write.

    The same answer to everything says nothing more after a few times, and to some it is a nuisance: they said "stop".
    """
    heard = visit.heard
    if heard.channel in OPEN_TO_ALL and visit.house.strangers.take(_sender(heard), visit.now) != "go":
        return
    text = heard.text
    if not _speaks_ours(visit.account) and text.strip() and len(text) <= MAX_TEXT:
        today = visit.now.astimezone(ZoneInfo(ZONE)).date()
        visit.voice.language = visit.house.reader.read(text, Context(today)).language
        if len(text.split()) >= FEW_WORDS:
            visit.account.language = visit.voice.language
    visit.voice.owe([Stranger(HERE)])


def _answer(visit: Visit, entered: Entered, there: Elsewhere | None) -> None:
    """Understand, decide, act. A refusal before anything was done is said at once: nothing has to be taken back."""
    decision = Decision((there.command,), entered.talk) if there else _decided(visit, entered)
    visit.session.flush()  # in which language somebody writes stays known, whatever becomes of what they ask
    before = writes(visit.session)
    try:
        _carry_out(visit, entered, decision)
    except RefusedError as refusal:
        if not is_unchanged(visit.session, before):
            raise
        visit.voice.owe([refusal.notice])


def _decided(visit: Visit, entered: Entered) -> Decision:
    heard, talk = visit.heard, entered.talk
    if heard.kind == "media" or not heard.text.strip():
        return Decision((do.Unreadable(heard.media or "empty"),), talk)
    if len(heard.text) > MAX_TEXT:
        return Decision((do.TooLong(MAX_TEXT),), talk)
    desk, member = entered.desk, entered.member
    situation = _situation(entered, heard)
    context = _context(desk, member, heard, talk, situation)
    meaning = _read(visit, replace(context, vocabulary=visit.house.vocabularies.of(desk)), talk)
    _follow_language(visit, member, meaning)
    if meaning.deal is not None:
        situation = _with_deals(situation, entered)
    said = Said(heard.text, heard.forwarded_from, heard.message_id, heard.edited)
    return decide(said, meaning, talk, situation)


def _read(visit: Visit, context: Context, talk: Conversation) -> Meaning:
    """ "Maak er 4 van" says nothing by itself: it is read once more as going on about the last subject."""
    reader, text = visit.house.reader, visit.heard.text
    meaning = reader.read(text, context)
    says_nothing = meaning.intent in FORM_OF and not meaning.spans
    loose = meaning.correction or says_nothing or not meaning.confident
    if context.form is not None or not loose or len(text.split()) > SHORT:
        return meaning
    if talk.topic == "availability" and not _tells_a_price(meaning):
        again = reader.read(text, replace(context, form="availability"))
        if again.correction and again.intent in ("deny", "unknown") and again.spans:
            return replace(again, intent="set_availability", confident=True)  # "nee, februari"
        return again if again.intent == "set_availability" and again.spans else meaning
    if talk.topic == "lead":
        again = reader.read(text, replace(context, form="lead"))
        return replace(again, intent="share_lead") if _goes_on_about_lead(again) else meaning
    return meaning


def _tells_a_price(meaning: Meaning) -> bool:
    """ "5 dagen x 640" is about work that was won, not about when the writer is free."""
    told = meaning.deal
    return told is not None and told.terms.rate_cents is not None and not meaning.correction


def _goes_on_about_lead(meaning: Meaning) -> bool:
    """A correction that holds a value, and does not say of the writer to be free or busy."""
    said = meaning.availability
    own = said is not None and said.status is not None
    return meaning.correction and not own and meaning.intent in ("share_lead", "set_availability")


def _situation(entered: Entered, heard: Incoming) -> Situation:
    """What the database knows that a decision needs."""
    desk, member = entered.desk, entered.member
    if member.state != "active":
        return Situation(agreed=member.agreed_at is not None, joining=True)
    offered, choices = offers.at_stake(desk.session, member.id) if entered.may_be_at_stake else (False, [])
    if member.is_coordinator:  # they also choose where the collective is set so
        rows = offers.yes_for_coordinators(desk.session)
        choices = [*choices, *((each.lead_id, each.member_id) for each in rows)]
    asked_at, asked = entered.room_asked_at, _asked_lately(entered, heard)
    return Situation(
        may_invite=member.is_coordinator or member.is_intake,  # asked each turn, so without the table
        offered=offered,
        choices=tuple(Choice(lead_id, who, desk.member(who).name) for lead_id, who in choices),
        room_asked=asked_at is not None and asked_at > desk.now - ROOM_ANSWER,
        availability_asked=any(each.kind in CHECKS for each in asked),
        evaluation=_evaluation(entered, asked),
        returned=entered.changed_at is not None and entered.changed_at <= desk.now - A_WHILE,
    )


def _asked_lately(entered: Entered, heard: Incoming) -> list[Prompt]:
    """What the clock asked to which "klopt nog" or "deels" can be the answer; of a longer message nothing."""
    if len(heard.text.split()) > BARE:
        return []
    desk, kinds = entered.desk, (*CHECKS, EVALUATION)
    asked = prompts.asked_since(desk.session, entered.member.id, kinds, desk.now - EVALUATION_ANSWER)
    return [each for each in asked if each.kind == EVALUATION or _is_since(each, desk.now - CHECK_ANSWER)]


def _is_since(prompt: Prompt, moment: datetime) -> bool:
    return prompt.asked_at is not None and prompt.asked_at > moment


def _evaluation(entered: Entered, asked: Sequence[Prompt]) -> tuple[int, int] | None:
    """The evaluation that was asked last and is not done, and its next question."""
    session, member_id = entered.desk.session, entered.member.id
    about = [each.subject_id for each in asked if each.kind == EVALUATION]
    found = (evaluations.by_member(session, deal_id, member_id) for deal_id in reversed(about))
    row = next((each for each in found if each is not None and each.done_at is None), None)
    if row is None:
        return None
    return row.id, 1 if row.first is None else 2 if row.second is None else 3


def _with_deals(situation: Situation, entered: Entered) -> Situation:
    """What only matters of who speaks of a deal or of money."""
    session, member_id = entered.desk.session, entered.member.id
    asked = prompts.asked_since(session, member_id, ("turnover",), entered.desk.now - TURNOVER_ANSWER)
    working, untold = bool(deals.of_member(session, member_id)), introductions.untold(session, member_id)
    return replace(situation, working=working, turnover_asked=bool(asked), deal_asked=untold)


def _context(
    desk: Desk, member: Member, heard: Incoming, talk: Conversation, situation: Situation
) -> Context:
    draft, awaiting = talk.draft, talk.awaiting
    form: Form | None = draft.form if draft else None
    if not situation.agreed:  # whoever is at the door speaks of themself
        form = "profile"
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
    """We answer in the language somebody asks for, else writes in; a forward, a few words or riddles tell of none."""
    typed = visit.heard.forwarded_from is None and len(visit.heard.text.split()) >= FEW_WORDS
    understood = bool(meaning.spans) or (meaning.confident and meaning.intent != "unknown")
    if meaning.setting is not None and meaning.setting.name == "language":
        member.language = visit.voice.language = meaning.setting.value
    elif typed and understood and meaning.language != member.language:
        member.language = visit.voice.language = meaning.language


def _code(language: str) -> LanguageCode:
    return "en" if language == "en" else "nl"


# --- and act ----------------------------------------------------------------------------------------------------


def _carry_out(visit: Visit, entered: Entered, decision: Decision) -> None:
    """Every command in turn. Of several things a message asks for, one that is refused takes no other along."""
    desk, member = entered.desk, entered.member
    notices: list[Notice] = []
    is_one_thing = sum(not isinstance(each, do.TalkCommand) for each in decision.commands) <= 1
    for command in decision.commands:
        visit.session.flush()
        before = writes(visit.session)
        try:
            notices += perform(desk, member, visit.account, command, decision.talk)
        except RefusedError as refusal:
            if is_one_thing or not is_unchanged(visit.session, before):
                raise
            notices.append(refusal.notice)
    if not any(isinstance(command, do.Disagree | do.Leave | do.DeleteMe) for command in decision.commands):
        state = to_json(decision.talk)
        if state != entered.stored:
            conversations.save(visit.session, member.id, state, visit.now)
    visit.voice.owe(notices)
