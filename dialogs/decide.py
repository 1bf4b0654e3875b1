"""The one decision: given what was said and where we are, what now?

Three doors: `decide` for a message, `press` for a button, and for both the same rule of the house: an open form is
answered, corrected, or politely put aside for something else and taken up again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from dialogs import commands as do
from dialogs import deals, drafts
from dialogs.commands import Command
from dialogs.conversation import Awaiting, Choice, Conversation, Decision, Said, Situation
from dialogs.drafts import MANY_FIELDS
from dialogs.forms import count, is_empty, merge
from dialogs.ideas import new_idea
from dialogs.settings import command_of
from dialogs.shortcuts import SHORTCUTS
from nlu import replies
from nlu.meaning import Availability, Lead, Meaning

# What a newcomer may talk about before the introduction is done; all else belongs to the introduction.
NEWCOMER_SUBJECTS = frozenset(
    {"how_it_works", "talk_to_human", "greeting", "thanks", "leave", "undo", "my_data", "delete_me"}
)
QUESTIONS_OF_MEMBERS = frozenset(
    {"lead_status", "ask_leads", "ask_why", "pause", "report_win", "report_talk"}
)
NAMES_SOMEBODY = frozenset({"tip_member", "vouch", "unknown", "greeting"})
LATIN = re.compile(r"[a-z]", re.IGNORECASE)
LONGEST_NAME = 60  # characters
NOT_FOR_A_HUMAN = frozenset({"talk_to_human", "undo", "lead_status", "ask_leads", "pause", "resume"})
NOT_IN_NAMES = frozenset("<>{}[]/\\@#")
FEW_WORDS = 6  # a bare answer
MOST_NUMBERED = 5  # leads in a digest
SHORT = 8  # words: a message that does nothing but choose somebody
MOST_NAMES = 4  # words: "Anna van den Berg"
MOST_WHY = 200  # characters
MOST_WORDS = 500  # characters: of what is told of a job
EVALUATIONS = ("yes", "partly", "no", "unknown")  # what is said to the first two questions about a job
OPEN_QUESTION = 3
HOURS_A_DAY = 8.0
ALL_DAYS = 5.0  # "rustig bij mij" names no number
MOST_INVITED = 5  # at a time
MOST_MEANT = ("share_lead", "set_availability")
NO_READING = frozenset({"unknown", "confirm", "deny", "greeting", "thanks", "cancel"})


def decide(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    """What to do with a message. `talk` and the returned one are values; nothing is stored here."""
    return _reminded_once(_asked_again(_decide(said, meaning, talk, situation), talk), talk, situation)


def _reminded_once(decision: Decision, before: Conversation, situation: Situation) -> Decision:
    """An open form is recalled once, and again when they come back after a while; not at every message."""
    draft, known = decision.talk.draft, before.draft
    reminding = [each for each in decision.commands if _is_reminder(each)]
    if draft is None or not reminding or situation.joining:
        return decision
    was_recalled = known is not None and known.number == draft.number and known.reminded
    if was_recalled and not situation.returned and len(reminding) < len(decision.commands):
        return replace(decision, commands=tuple(each for each in decision.commands if each not in reminding))
    counted = structs.replace(draft, reminded=draft.reminded + 1)
    return replace(decision, talk=structs.replace(decision.talk, draft=counted))


def _is_reminder(command: Command) -> bool:
    return isinstance(command, do.Remind) or (isinstance(command, do.Ask) and command.back)


def _asked_again(decision: Decision, before: Conversation) -> Decision:
    """A question of ours outlives a message we could not follow, and is asked again in short."""
    awaiting = before.awaiting
    unclear = any(isinstance(each, do.Unclear) for each in decision.commands)
    if awaiting is None or not unclear or decision.talk.awaiting is not None:
        return decision
    talk = structs.replace(decision.talk, awaiting=awaiting)
    return Decision((*decision.commands, do.StillAsked(awaiting.kind)), talk)


def _decide(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    if said.text.startswith("/"):
        intent = SHORTCUTS.get(said.text.split()[0].split("@")[0].lower())
        if intent is None:
            return Decision((do.UnknownShortcut(),), talk)
        meaning = replace(meaning, intent=intent, confident=True)
    if (setting := _setting(said, meaning, talk, situation)) is not None:
        return setting
    if not situation.agreed:
        return _before_agreeing(said, meaning, talk)
    if said.edited:
        return _edited(said, meaning, talk, situation)
    idea = None if situation.joining else new_idea(said, meaning, talk)
    answered = idea or _awaited(said, meaning, talk, situation) or _told(meaning, talk, situation)
    answered = answered or _yes_but(said, meaning, talk, situation)
    if answered is not None:
        return answered
    talk = structs.replace(
        talk, awaiting=None
    )  # somebody who talks about something else has passed the question by
    if meaning.parts and not _is_of_profile(talk, situation):
        return _several(said, meaning.parts, talk, situation)
    if situation.joining and _is_for_members(said, meaning, talk):
        asking = (
            talk.draft is not None and talk.draft.asking is not None
        )  # then the answer itself says what to tell
        return Decision((do.IntroduceFirst(), *(() if asking else drafts.reminder(talk))), talk)
    subjects = NEWCOMER_SUBJECTS if situation.joining else None
    return drafts.answer(said, meaning, talk, subjects) or _afresh(said, meaning, talk, situation)


def _setting(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision | None:
    """What is set in one short message: the language at any moment, anything else when no form asks something."""
    if meaning.setting is None or said.edited:
        return None
    if meaning.setting.name == "language":
        return _in_other_words(talk, situation)
    if situation.joining or (talk.draft and talk.draft.asking):
        return None
    return Decision((command_of(meaning.setting), *drafts.reminder(talk)), talk)


def _in_other_words(talk: Conversation, situation: Situation) -> Decision:
    """ "English pls": what was asked is put again, in the language that the talk is in from now on."""
    if not situation.agreed:
        return Decision((do.ExplainJoining(),), talk)
    asked = (do.StillAsked(talk.awaiting.kind),) if talk.awaiting else drafts.put_again(talk)
    return Decision((do.Speak(), *asked), talk)


def _yes_but(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision | None:
    """ "Ja leuk, maar pas vanaf 1 februari" says on what terms, to who offered it: nothing of one's whole agenda."""
    if not situation.offered or said.forwarded_from is not None or "?" in said.text:
        return None
    is_about_time = meaning.intent in ("set_availability", "show_interest") or (
        meaning.intent == "share_lead" and _is_bare(meaning)
    )
    if not is_about_time or replies.pattern("yes_but").match(said.text.strip()) is None:
        return None
    yes = do.ShowInterest(words=said.text.strip())
    return Decision((yes, *drafts.reminder(talk)), structs.replace(talk, awaiting=None))


def press(command: Command, talk: Conversation) -> Decision:
    """What to do with a button. Buttons of a talk steer it; any other is its command."""
    steered = drafts.steered(command, talk)
    if steered is not None:
        return steered
    match command:
        case do.Agree():
            return drafts.agreed(talk)
        case do.TakeInquiry():
            return drafts.of_client(command, talk)
        case do.ReleaseInquiry(number) | do.DeclineInquiry(number):
            return Decision((command,), drafts.over_with_client(number, talk))
        case _:
            return Decision((command,), structs.replace(talk, awaiting=_awaited_after(command)))


def _awaited_after(command: Command) -> Awaiting | None:
    """The short answer that a button leads up to."""
    match command:
        case do.AskTip(offer_id):
            return Awaiting("tip", offer_id)
        case do.AskAvailability():
            return Awaiting("availability")
        case do.AskDriveWords():
            return Awaiting("drive")
        case do.Evaluate(number, 2, _):  # the third question is an open one
            return Awaiting("evaluation", number)
        case _:
            return deals.awaited_of(command)


def _told(meaning: Meaning, talk: Conversation, situation: Situation) -> Decision | None:
    """What is told of a deal or of money; a bare amount only where one was asked."""
    if meaning.deal is None or meaning.parts or situation.joining or (talk.draft and talk.draft.asking):
        return None
    if meaning.deal.kind == "ended" and not situation.working:
        return None  # of who has no job here, "mijn klus eindigt vrijdag" tells when they are free
    told = meaning.deal
    if told.kind == "turnover" and not told.cents and not situation.working:
        return None  # "in maart had ik niks" tells when they had time
    in_own_words = told.kind == "terms" and meaning.intent == "report_win" and meaning.confident
    if in_own_words and deals.holds_a_price(told):
        told = replace(told, kind="won")
    asked = deals.asked_turnover(told) if situation.turnover_asked else None
    agreed = deals.asked_deal(told) if situation.deal_asked else None
    command = deals.command_of(told) or asked or agreed
    if command is None:
        return None
    after = structs.replace(talk, awaiting=deals.awaited_of(command))
    return Decision((command, *drafts.reminder(talk)), after)


def _is_of_profile(talk: Conversation, situation: Situation) -> bool:
    """Whether the writer describes themself, so that periods belong to that."""
    return situation.joining or (talk.draft is not None and talk.draft.form == "profile")


# --- several things in one message --------------------------------------------------------------------------------


def _several(said: Said, parts: tuple[Meaning, ...], talk: Conversation, situation: Situation) -> Decision:
    """All of it: what can be done at once first, then the leads, each with its own read-back."""
    periods = [part.availability for part in parts if part.intent == "set_availability" and part.availability]
    leads = [part for part in parts if part.intent == "share_lead"]
    others = [part for part in parts if part.intent not in ("set_availability", "share_lead")]
    commands: list[Command] = []
    if periods:
        commands.append(do.SetAvailability(periods[0], also=tuple(periods[1:])))
        talk = structs.replace(talk, topic="availability")
    for part in others:
        decision = decide(replace(said, text=part.words), part, talk, situation)
        commands += decision.commands
        talk = decision.talk
    if leads:
        decision = drafts.new_leads(said, leads, talk)
        return Decision((*commands, *decision.commands), decision.talk)
    return Decision((*commands, *(() if others else drafts.reminder(talk))), talk)


# --- before anything else ---------------------------------------------------------------------------------------


def _before_agreeing(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    """A yes or a no; what they tell about themself waits for the yes, and goes with a no."""
    if meaning.intent in ("deny", "cancel", "leave"):
        return Decision((do.Disagree(),), talk)
    told = drafts.introduced(said, meaning, talk)
    if meaning.intent == "confirm":
        return drafts.agreed(told)
    return Decision((do.ExplainJoining() if told == talk else do.AskConsent(),), told)


def _is_for_members(said: Said, meaning: Meaning, talk: Conversation) -> bool:
    """Somebody else's assignment or name must not end up in a newcomer's own description, nor a question to us.

    What they type to the open question, or to "what kind of work?", is about themself however it sounds.
    """
    if not meaning.confident or talk.draft is None:
        return False
    about_work = talk.draft.asking in (drafts.ABOUT, "roles")
    match meaning.intent:
        case "share_lead":
            lead = meaning.lead or Lead()
            own = meaning.correction or bool(set(lead.roles) & set(talk.draft.profile.roles))
            is_of_client = bool(lead.client and (lead.start or lead.asap))  # nobody introduces themself so
            return said.forwarded_from is not None or (
                count(lead) >= MANY_FIELDS and (is_of_client or not about_work) and not own
            )
        case "vouch" | "tip_member":
            return talk.draft.asking != drafts.ABOUT
        case intent:
            return intent in QUESTIONS_OF_MEMBERS and is_empty(meaning.profile)


def _edited(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    """An edit of the message an open draft came from replaces the draft; the last availability is corrected."""
    draft = talk.draft
    if draft and draft.form == "lead" and draft.message_id == said.message_id:
        return drafts.new_lead(said, meaning, structs.replace(talk, draft=None))
    if (
        meaning.intent == "set_availability"
        and talk.topic == "availability"
        and not is_empty(meaning.availability)
    ):
        return _afresh(said, replace(meaning, correction=True, confident=True), talk, situation)
    return Decision((do.EditIgnored(),), talk)


# --- a short answer we asked for --------------------------------------------------------------------------------


def _awaited(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision | None:
    """The answer to a single question, unless the member talks about something else."""
    awaiting = talk.awaiting
    if awaiting is None or said.forwarded_from is not None:
        return None
    done = structs.replace(talk, awaiting=None)
    says_no = meaning.intent == "deny" and awaiting.kind not in ("human", "evaluation") and not meaning.people
    says_no = says_no and not (
        meaning.deal and awaiting.kind in ("deal", "turnover", "cap")
    )  # "nee, 50 dagen"
    if awaiting.kind == "leave":
        return _leaving(awaiting, said, meaning, done)
    if meaning.intent == "cancel" or says_no or drafts.stops(said, meaning):
        return Decision((do.Cancelled(question=True), *drafts.reminder(done)), done)
    if (
        awaiting.kind == "availability"
        and meaning.problems
        and not _is_about_else(meaning, "set_availability")
    ):
        return Decision((do.Impossible(meaning.problems),), talk)
    command = _AWAITED[awaiting.kind](awaiting, said, meaning)
    if isinstance(command, do.Invite) and _lacks_reason(command.reason, situation):
        return Decision((do.AskVouch(command.name),), _asking_why(command.name, talk))
    if command is None:
        return None
    done = structs.replace(done, awaiting=deals.awaited_of(command))
    return Decision((command, *drafts.reminder(done)), done)


def _leaving(awaiting: Awaiting, said: Said, meaning: Meaning, done: Conversation) -> Decision | None:
    """Once asked whether they mean to leave or to have a rest, who says so in so many words leaves; "stop!" is none."""
    match meaning.intent:
        case "leave" if replies.pattern("membership").search(said.text):
            return Decision((do.Leave(awaiting.name),), done)
        case "deny" | "cancel" | "decline":
            return Decision((do.Pleasantry("stay"),), done)
        case _:
            return None


def _name(said: Said, meaning: Meaning) -> str | None:
    """The person who was named: the one that was recognised, else a few words that mean nothing else."""
    if meaning.people:
        return _recognised(meaning)
    words = said.text.strip(" .!?")
    something_else = meaning.confident and meaning.intent not in NAMES_SOMEBODY
    is_short = 0 < len(words.split()) <= 3 and len(words) <= LONGEST_NAME
    is_name = is_short and any(letter.isalpha() for letter in words) and not set(words) & NOT_IN_NAMES
    return words if is_name and not something_else else None


def _recognised(meaning: Meaning) -> str | None:
    """The first person named, unless nobody is called that."""
    name = meaning.people[0] if meaning.people else ""
    return name if 0 < len(name) <= LONGEST_NAME else None


def _tip(awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    name = _name(said, meaning)
    return do.Tip(name, awaiting.subject_id) if name else None


def _vouch(awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    if awaiting.name:
        return do.Invite(awaiting.name, said.text.strip())
    name = _name(said, meaning)
    return do.Invite(name, meaning.reason) if name else None


def _human(_awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    """Almost anything may be for the coordinator, but not what is clearly asked of us."""
    if meaning.confident and meaning.intent in NOT_FOR_A_HUMAN:
        return None
    return do.TalkToHuman(said.text.strip())


def _availability(awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    """What was already said stands beside the answer: after "31 februari 2 dagen" only the day was asked anew."""
    known = meaning.availability
    if known is None or is_empty(known):
        return None
    if _is_about_else(meaning, "set_availability") and not _is_bare(meaning):
        return None
    later = tuple(part.availability for part in meaning.parts[1:] if part.availability)
    return do.SetAvailability(merge(awaiting.availability or Availability(), known), also=later)


def _profile(_awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    known = meaning.profile
    if known is None or is_empty(known) or _is_about_else(meaning, "update_profile"):
        return None
    return do.UpdateProfile(known)


def _follow(_awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    """Any few words may be a client or a theme, but not what is clearly asked of us."""
    if _is_about_else(meaning, "follow") or len(said.text.split()) > FEW_WORDS:
        return None
    return do.Follow(meaning.topic or said.text.strip(" .!?"))


def _deal(awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    return deals.deal_answer(awaiting, meaning)


def _extend(awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    return deals.extend_answer(awaiting, meaning)


def _cap(awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    return deals.cap_answer(awaiting, meaning)


def _turnover(awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    return deals.turnover_answer(awaiting, meaning)


def _tier(awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    """Why this cap: any words, but not what is clearly asked of us."""
    if meaning.confident and meaning.intent in NOT_FOR_A_HUMAN:
        return None
    return do.ExplainTier(awaiting.subject_id or 0, said.text.strip())


def _drive(_awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    """What gives them energy: any words, but not what is clearly asked of us."""
    if meaning.confident and meaning.intent in NOT_FOR_A_HUMAN:
        return None
    return do.SetDrive(said.text.strip())


def _evaluation(awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    """Almost anything may be said of a job, but not what is clearly asked of us."""
    if (meaning.confident and meaning.intent in NOT_FOR_A_HUMAN) or awaiting.subject_id is None:
        return None
    nothing = meaning.intent == "deny" and len(said.text.split()) <= 3
    return do.Evaluate(awaiting.subject_id, 3, "" if nothing else said.text.strip()[:MOST_WORDS])


def _is_bare(meaning: Meaning) -> bool:
    """ "Nee, 32 uur" looks like a lead but names nobody to look for: it answers what was asked."""
    lead = meaning.lead or Lead()
    return meaning.intent == "share_lead" and not (lead.roles or lead.skills)


def _is_about_else(meaning: Meaning, intent: str) -> bool:
    return meaning.confident and meaning.intent not in (intent, "unknown", "confirm", "deny")


_AWAITED: Mapping[str, Callable[[Awaiting, Said, Meaning], Command | None]] = {
    "tip": _tip,
    "vouch": _vouch,
    "human": _human,
    "availability": _availability,
    "profile": _profile,
    "follow": _follow,
    "deal": _deal,
    "cap": _cap,
    "extend": _extend,
    "tier": _tier,
    "drive": _drive,
    "turnover": _turnover,
    "evaluation": _evaluation,
}


# --- a new subject ----------------------------------------------------------------------------------------------


def _afresh(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    """A message that stands on its own. An open form is reminded of afterwards."""
    chosen = _chosen(said, meaning, situation) or _asked(said, meaning, situation)
    chosen = chosen or _let_go(said, situation) or _who(said, situation) or _agreed(said, situation)
    if chosen:
        awaiting = _awaited_after(chosen) if isinstance(chosen, do.Evaluate) else talk.awaiting
        return Decision((chosen, *drafts.reminder(talk)), structs.replace(talk, awaiting=awaiting))
    if numbered := _by_number(said, situation):
        return Decision((*numbered, *drafts.reminder(talk)), talk)
    if meaning.ruled_out and (meaning.intent == "tip_member" or not meaning.confident):
        return Decision((do.RuleOut(meaning.ruled_out), *drafts.reminder(talk)), talk)
    if _is_amendment(said, meaning, talk):
        return Decision((do.AmendLead(meaning.lead or Lead()), *drafts.reminder(talk)), talk)
    mere_rate = _is_mere_rate(said, meaning)
    if meaning.intent == "share_lead" and not mere_rate and (meaning.confident or _is_whole(meaning)):
        return drafts.new_lead(said, meaning, talk)
    if not meaning.confident or meaning.intent == "unknown" or mere_rate:
        return _unclear(said, meaning, talk)
    decision = _by_intent(said, meaning, talk, situation)
    if decision.talk.awaiting:  # one question at a time: the form is reminded of once this one is answered
        return decision
    return Decision((*decision.commands, *drafts.reminder(decision.talk)), decision.talk)


def _is_whole(meaning: Meaning) -> bool:
    """Likely a lead, with most of what a lead holds: the read-back asks whether it is, so we need not ask first."""
    lead = meaning.lead or Lead()
    return bool(lead.roles) and count(lead) >= MANY_FIELDS


def _chosen(said: Said, meaning: Meaning, situation: Situation) -> Command | None:
    """ "Kies Sanne": a short message of the source that names one of the interested.

    An introduction cannot be taken back, so only words that choose do it; "wie is Sanne?" shows the card again.
    """
    if meaning.intent in ("deny", "vouch", "share_lead", "ask_why") and meaning.confident:
        return None
    named = named_in(said.text, situation.choices)
    if len(named) == 1 and only_chooses(said.text, named[0]):
        return do.Choose(named[0].lead_id, named[0].member_id)
    return do.ShowCandidates() if named else None


def named_in(text: str, choices: Sequence[Choice]) -> Sequence[Choice]:
    """Those of the interested that a short message names, by first name or else by the whole of it."""
    words = _words(text)
    if len(words) > SHORT:
        return []
    named = [choice for choice in choices if _first(choice.name) in words]
    if len(named) > 1:
        named = [choice for choice in named if words.issuperset(choice.name.lower().split())] or named
    return named


def only_chooses(text: str, choice: Choice) -> bool:
    """Whether a message that names somebody says nothing but that it is to be them."""
    return "?" not in text and _words(text) <= replies.words("choosing") | set(choice.name.lower().split())


def may_choose(text: str) -> bool:
    """Whether a message is as short as "kies Sanne", with room for a name: before anything else is known."""
    words = _words(text)
    return len(words) <= SHORT and 0 < len(words - replies.words("choosing")) <= MOST_NAMES


def _words(text: str) -> set[str]:
    return {word.strip(".,!?").lower() for word in text.split()}


def _let_go(said: Said, situation: Situation) -> Command | None:
    """ "Toch niet", "toch wel" and "nu niet", in no more words: none says by itself what it is about."""
    words = said.text.strip(" .!")
    if replies.pattern("not_after_all").fullmatch(words):
        return do.Decline(offhand=True)
    if replies.pattern("after_all").fullmatch(words):
        return do.ShowInterest()
    if replies.pattern("wait").fullmatch(words):
        return do.Pleasantry("wait")
    return (
        do.Decline(kind="later")
        if situation.offered and replies.pattern("not_now").fullmatch(words)
        else None
    )


def _who(said: Said, situation: Situation) -> Command | None:
    """ "Wie?" asks who said yes, or else whose work it is; "kies Bram" of who did not say yes, how it stands."""
    words = said.text.strip(" .!?")
    if replies.pattern("chooses").fullmatch(words):
        return do.ShowCandidates()
    if not replies.pattern("who").fullmatch(words):
        return None
    if situation.choices:
        return do.ShowCandidates()
    return do.AskTerms() if situation.offered else do.ShowMyLeads()


def _by_number(said: Said, situation: Situation) -> tuple[Command, ...]:
    """ "2 graag", "interesse in 1 en 3": yes to what has these numbers in the digest."""
    found = replies.pattern("numbered").fullmatch(said.text.strip(" .!"))
    if found is None or not situation.offered or situation.choices or situation.room_asked:
        return ()
    words = _words(replies.found_in(found).replace(",", " "))
    named = (nth for nth in range(1, MOST_NUMBERED + 1) if words & replies.words(f"number_{nth}"))
    return tuple(do.ShowInterest(nth=nth) for nth in named)


def _agreed(said: Said, situation: Situation) -> Command | None:
    """ "Ja, doe maar" chooses the only one who wants to, unless something else was asked as well.

    A mere "ok" may say that it was read: the card is shown again, as it is when there are several.
    """
    if len(situation.choices) != 1 or replies.pattern("agrees").fullmatch(said.text.strip(" .!")) is None:
        return None
    if situation.offered or situation.availability_asked or situation.room_asked or situation.evaluation:
        return None
    only = situation.choices[0]
    return do.Choose(only.lead_id, only.member_id)


def _asked(said: Said, meaning: Meaning, situation: Situation) -> Command | None:
    """The bare answer to what the clock asked."""
    if situation.availability_asked and replies.pattern("holds").fullmatch(said.text.strip(" .!?")):
        return do.KeepAvailability()
    return _evaluated(said, situation) or _room(said, meaning, situation)


def _evaluated(said: Said, situation: Situation) -> Command | None:
    """ "Deels" after a question about a job; the third question is an open one, and waits for any words."""
    if situation.evaluation is None or situation.offered or situation.choices:
        return None
    number, question = situation.evaluation
    words = said.text.strip(" .!?").casefold()
    answer = next((each for each in EVALUATIONS if words in replies.words(f"evaluated_{each}")), None)
    return do.Evaluate(number, question, answer) if answer and question < OPEN_QUESTION else None


def _room(said: Said, meaning: Meaning, situation: Situation) -> Command | None:
    """ "3 dagen" after the question how much room there is; with a date it is a statement of its own."""
    if not situation.room_asked or said.forwarded_from is not None or len(said.text.split()) > FEW_WORDS:
        return None
    if replies.pattern("no_room").fullmatch(said.text.strip(" .!?")):
        return do.SetRoom(0, agreed=True)
    known = meaning.availability or Availability()
    load = known.days_per_week or known.hours_per_week
    if load is None or known.start or known.end or known.weekdays:
        return None
    most = load.low if load.low is not None else load.high or 0.0
    return do.SetRoom(most if known.days_per_week else most / HOURS_A_DAY, agreed=True)


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0].lower()


def _is_amendment(said: Said, meaning: Meaning, talk: Conversation) -> bool:
    """A correction right after a lead was shared: it holds a value or two, and names nobody to look for."""
    lead = meaning.lead
    if (
        talk.topic != "lead"
        or meaning.intent != "share_lead"
        or said.forwarded_from is not None
        or lead is None
    ):
        return False
    return not lead.roles and 0 < count(lead) < MANY_FIELDS


def _is_mere_rate(said: Said, meaning: Meaning) -> bool:
    """ "Tarief is 85 per uur": one's own, more likely than that of work nothing else is said of."""
    lead = meaning.lead
    if meaning.intent != "share_lead" or said.forwarded_from is not None or lead is None:
        return False
    return lead.rate is not None and count(lead) == 1


def _unclear(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    """Not understood is said so, with the two likeliest readings as buttons.

    Of words that say nothing of what we know, those are what members mean most.
    """
    read = tuple(r.intent for r in meaning.alternatives if r.intent not in NO_READING)
    read = ("update_profile",) if _is_mere_rate(said, meaning) else read
    nothing_known = meaning.intent == "unknown" and meaning.confident
    likely = tuple(dict.fromkeys(MOST_MEANT if nothing_known else (*read, *MOST_MEANT)))
    readings = likely[:2] if LATIN.search(said.text) else ()  # of another script nothing was read
    if meaning.problems:
        return Decision((do.Impossible(meaning.problems),), talk)
    return Decision((do.Unclear(readings), *drafts.reminder(talk)), structs.replace(talk, puzzle=said.text))


def _by_intent(  # noqa: C901, PLR0911 (one line an intent)
    said: Said, meaning: Meaning, talk: Conversation, situation: Situation
) -> Decision:
    match meaning.intent:
        case "set_availability":
            return _set_availability(said, meaning, talk)
        case "update_profile":
            return _update_profile(meaning, talk)
        case "vouch":
            return _invite(said, meaning, talk, situation)
        case "follow" if not meaning.topic or meaning.topic.lower() in replies.words("no_subject"):
            return Decision((do.AskFollow(),), structs.replace(talk, awaiting=Awaiting("follow")))
        case "talk_to_human":
            return Decision((do.AskHumanWords(),), structs.replace(talk, awaiting=Awaiting("human")))
        case "leave":
            why = _why_leave(said.text)
            return Decision((do.AskStop(why),), structs.replace(talk, awaiting=Awaiting("leave", name=why)))
        case "tip_member":
            return _tip_afresh(said, meaning, talk)
        case "undo" if replies.pattern("of_a_lead").search(
            said.text
        ):  # which one is for a button: the last thing done may be another
            return Decision((do.ShowMyLeads(),), talk)
        case "think_over" if not situation.offered:
            return _unclear(said, meaning, talk)
        case "confirm" if situation.availability_asked:
            return Decision((do.KeepAvailability(),), talk)
        case "stop_rhythm" if situation.room_asked:
            return Decision((do.StopRoom(),), talk)
        case "confirm" | "cancel" if (
            situation.choices
        ):  # "ja doe maar", "sluit maar": which one is for a button
            return Decision((do.ShowCandidates(),), talk)
    command = _simple(said, meaning)
    return Decision((command,), structs.replace(talk, awaiting=deals.awaited_of(command)))


def _tip_afresh(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    """ "Tip Bas" names somebody also where the name was not recognised as one."""
    bare = replies.pattern("tips").fullmatch(said.text.strip(" .!?"))
    name = meaning.people[0] if meaning.people else replies.found_in(bare) if bare else None
    if name is None:
        return Decision((do.AskTip(),), structs.replace(talk, awaiting=Awaiting("tip")))
    return Decision((do.Tip(name),), talk)


def _rhythm(meaning: Meaning) -> Command:
    at = meaning.moment
    return do.AskEvery(at.weekday, at.hour, at.minute) if at else do.AskEvery()


def _set_availability(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    if meaning.problems:
        awaiting = Awaiting("availability", availability=meaning.availability)
        return Decision((do.Impossible(meaning.problems),), structs.replace(talk, awaiting=awaiting))
    if meaning.availability is None or not _says_something(meaning.availability):
        return Decision((do.AskAvailability(),), structs.replace(talk, awaiting=Awaiting("availability")))
    if meaning.availability.low_work and _says_no_more(meaning.availability):
        return Decision((do.SetRoom(ALL_DAYS),), talk)
    takes_back = meaning.correction or bool(meaning.availability.days_off)  # "di toch niet"
    correcting = takes_back and talk.topic == "availability"
    not_before = replies.not_before(said.text) is not None
    postponing = not_before or (meaning.correction and not correcting)
    heard = _as_said(meaning, meaning.availability)
    known: tuple[Command, ...] = (do.SetAvailability(heard, correcting, postponing=postponing),)
    also = (do.SetRoom(ALL_DAYS),) if meaning.availability.low_work else ()
    return Decision((*known, *also), structs.replace(talk, topic="availability"))


def _as_said(meaning: Meaning, said: Availability) -> Availability:
    """ "24 uur per week" by itself says how much, not that it begins today: what is free already becomes so much."""
    named = any(span.field == "status" for span in meaning.spans)
    undated = said.start is None and said.end is None and not said.now
    only_how_much = said.status in ("free", "partly") and undated and not named
    return replace(said, status=None) if only_how_much else said


def _says_no_more(said: Availability) -> bool:
    """ "Het is rustig bij mij" says nothing of when, so it leaves the agenda as it is."""
    return replace(said, status=None, low_work=False, tentative=False) == Availability()


def _says_something(said: Availability) -> bool:
    """ "Tot maandag" by itself is a goodbye: an end alone says nothing of before it."""
    return not is_empty(replace(said, end=None, tentative=False))


def _update_profile(meaning: Meaning, talk: Conversation) -> Decision:
    if meaning.profile is None or is_empty(meaning.profile):
        return Decision((do.AskProfile(),), structs.replace(talk, awaiting=Awaiting("profile")))
    return Decision((do.UpdateProfile(meaning.profile),), structs.replace(talk, topic="profile"))


def _invite(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    bare = replies.pattern("invites").fullmatch(said.text.strip(" .!?"))
    said_of = replies.found_in(bare) if bare else ""
    several = _named_each(said_of)
    if len(several) > 1 and situation.may_invite:
        return Decision(tuple(do.Invite(each) for each in several), talk)
    name = _recognised(meaning) or (_named_so(said_of) if said_of else None)
    if name is None or _lacks_reason(meaning.reason, situation):
        return Decision((do.AskVouch(name),), _asking_why(name, talk))
    return Decision((do.Invite(name, meaning.reason),), talk)


def _named_each(said: str) -> tuple[str, ...]:
    """ "bram, carla en dirk": each name once, as many as the collective would ask at a time."""
    names = (each.strip() for each in replies.pattern("joins").split(said))
    return tuple(dict.fromkeys(name for each in names if each and (name := _named_so(each))))[:MOST_INVITED]


def _named_so(said: str) -> str | None:
    """ "nodig bram uit" names Bram, "nodig een collega uit" and "invite someone" nobody."""
    words = said.split()
    return (
        None
        if words[0].lower() in replies.words("nobody")
        else " ".join(word[:1].upper() + word[1:] for word in words)
    )


def _lacks_reason(reason: str | None, situation: Situation) -> bool:
    """A member says why; who does the intake need not (mission row D23)."""
    return reason is None and not situation.may_invite


def _asking_why(name: str | None, talk: Conversation) -> Conversation:
    return structs.replace(talk, awaiting=Awaiting("vouch", name=name))


def _why(said: Said, meaning: Meaning) -> Command:
    """ "Waarom ik?", "waarom niet ik?" and "waarom kreeg Kees hem?"; to have been asked is the last two's opposite."""
    words = {word.strip(".,!?").lower() for word in said.text.split()}
    if meaning.people and not words & replies.words("me"):
        return do.ExplainOther(meaning.people[0])
    return do.ExplainWhyNot() if words & replies.words("not_asked") else do.ExplainOffer()


def _simple(said: Said, meaning: Meaning) -> Command:
    """Intents that need nothing but themselves; what is not here is a wish for later."""
    words = said.text.strip() if len(said.text.split()) > 3 else None
    until = meaning.until.isoformat() if meaning.until else None
    simple: Mapping[str, Command] = {
        "ask_leads": do.ShowWork(),
        "lead_status": do.ShowMyLeads(),
        "show_interest": do.ShowInterest(words=words),
        "decline": do.Decline(words=words),
        "think_over": do.ThinkOver(),
        "ask_volume": do.AskVolume(),
        "show_availability": do.ShowAvailability(),
        "report_win": do.ReportOutcome("won", words=words),
        "report_talk": do.ReportOutcome("talks", words=words),
        "report_no_deal": do.ReportOutcome("nothing", words=words),
        "ask_statement": do.ShowStanding(),
        "close_year": do.PreviewYear(),
        "ask_why": _why(said, meaning),
        "ask_terms": do.AskTerms(),
        "pause": do.AskVolume() if meaning.fewer else do.Pause(until),
        "resume": do.Resume(),
        "follow": do.Follow(meaning.topic or ""),
        "unfollow": do.Unfollow(meaning.topic or ""),
        "show_follows": do.ShowFollows(),
        "ask_fairness": do.ShowFairness(),
        "ask_missing": do.ShowMissing(),
        "ask_rhythm": _rhythm(meaning),
        "stop_rhythm": do.StopAsking(),
        "my_data": do.ShowMyData(),
        "delete_me": do.AskDelete(),
        "how_it_works": do.Help(),
        "show_vocabulary": do.ShowVocabulary(),
        "share_corrections": do.AllowCorrections(allowed=True),
        "stop_sharing_corrections": do.AllowCorrections(allowed=False),
        "ask_rates": do.KeepPrivate("rates"),
        "agree_rates": do.KeepPrivate("agree"),
        "ask_who_is_free": do.KeepPrivate("free"),
        "undo": do.Undo(),
        "switch_collective": do.AskCollective(said.text),
        "link_account": do.LinkAccount(),
        "prefer_here": do.PreferHere(),
        "cancel": do.Cancelled(),
        "greeting": do.Pleasantry("greeting"),
        "thanks": do.Pleasantry("thanks"),
        "confirm": do.Pleasantry("confirm"),
        "pity": do.Pleasantry("pity"),
        "deny": do.Pleasantry("unasked"),
    }
    return _about_words(meaning) or simple.get(meaning.intent, do.NotYet(meaning.intent))


def _why_leave(text: str) -> str | None:
    """The reason after "want" or "omdat", as it was said."""
    found = replies.pattern("because").search(text)
    return replies.found_in(found).strip(" .!")[:MOST_WHY] or None if found else None


def _about_words(meaning: Meaning) -> Command | None:
    """A word of the collective that is taught or removed."""
    if meaning.intent == "teach_word" and meaning.lesson is not None:
        return do.TeachWord(meaning.lesson.word, meaning.lesson.meaning, meaning.lesson.kind)
    if meaning.intent == "forget_word" and meaning.forgotten is not None:
        return do.ForgetWord(meaning.forgotten)
    return None
