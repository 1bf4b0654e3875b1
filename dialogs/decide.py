"""The one decision: given what was said and where we are, what now?

Three doors: `decide` for a message, `press` for a button, and for both the same rule of the house: an open form is
answered, corrected, or politely put aside for something else and taken up again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from msgspec import structs

from dialogs import commands as do
from dialogs.commands import Command
from dialogs.conversation import Awaiting, Conversation, Decision, Draft, Said, Situation
from dialogs.forms import count, fill, finished, is_empty, next_step
from dialogs.shortcuts import SHORTCUTS
from nlu.meaning import Lead, Meaning, Problem

MAX_PARKED = 3
MANY_FIELDS = 3  # a message that states this many fields of a lead, role included, is a lead of its own

# Inside a form these may hold an answer or a correction; any other confident intent is a change of subject.
FORM_INTENTS: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"share_lead", "unknown", "deny", "confirm", "tip_member"}),
    "profile": frozenset(
        {"update_profile", "unknown", "deny", "confirm", "set_availability", "show_interest", "offer_help"}
    ),
}
NO_READING = frozenset({"unknown", "confirm", "deny", "greeting", "thanks", "cancel"})


def decide(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    """What to do with a message. `talk` and the returned one are values; nothing is stored here."""
    if said.text.startswith("/"):
        intent = SHORTCUTS.get(said.text.split()[0].split("@")[0].lower())
        if intent is None:
            return Decision((do.UnknownShortcut(),), talk)
        meaning = replace(meaning, intent=intent, confident=True)
    if not situation.agreed:
        return _before_agreeing(meaning, talk)
    if said.edited:
        return _edited(said, meaning, talk, situation)
    return (
        _awaited(said, meaning, talk)
        or _in_draft(said, meaning, talk)
        or _afresh(said, meaning, talk, situation)
    )


def press(command: Command, talk: Conversation) -> Decision:
    """What to do with a button. Buttons of a talk steer it; any other is its command."""
    match command:
        case do.ConfirmDraft(number) if draft := _draft(talk, number):
            return _confirmed(draft, talk)
        case do.EditDraft(number) if draft := _draft(talk, number):
            return Decision((do.AskWhatIsWrong(draft.form),), _with_draft(talk, draft))
        case do.CancelDraft(number) if draft := _draft(talk, number):
            return _dropped(draft, talk)
        case do.SkipField(number, field) if (draft := _draft(talk, number)) and draft.asking == field:
            return _onwards(draft, talk)
        case do.ConfirmDraft() | do.EditDraft() | do.CancelDraft() | do.SkipField():
            return Decision((do.Stale(),), talk)
        case do.Agree():
            return Decision((command,), start_profile(talk))
        case do.AskTip(offer_id):
            return Decision((command,), structs.replace(talk, awaiting=Awaiting("tip", offer_id)))
        case _:
            return Decision((command,), structs.replace(talk, awaiting=None))


def start_profile(talk: Conversation) -> Conversation:
    """A newcomer agreed: the form in which they describe themselves is open."""
    draft = Draft(talk.next_number, "profile", asking="roles", asked=("roles",))
    return Conversation(draft=draft, next_number=talk.next_number + 1)


# --- before anything else ---------------------------------------------------------------------------------------


def _before_agreeing(meaning: Meaning, talk: Conversation) -> Decision:
    if meaning.intent == "confirm":
        return Decision((do.Agree(),), start_profile(talk))
    refuses = meaning.intent in ("deny", "cancel", "leave")
    return Decision((do.Disagree() if refuses else do.ExplainJoining(),), talk)


def _edited(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    """An edit of the message an open draft came from replaces the draft; the last availability is corrected."""
    draft = talk.draft
    if draft and draft.form == "lead" and draft.message_id == said.message_id:
        return _new_lead(said, meaning, structs.replace(talk, draft=None))
    if (
        meaning.intent == "set_availability"
        and talk.topic == "availability"
        and not is_empty(meaning.availability)
    ):
        return _afresh(said, replace(meaning, correction=True, confident=True), talk, situation)
    return Decision((do.EditIgnored(),), talk)


# --- a short answer we asked for --------------------------------------------------------------------------------


def _awaited(said: Said, meaning: Meaning, talk: Conversation) -> Decision | None:
    """The answer to a single question, unless the member talks about something else."""
    awaiting = talk.awaiting
    if awaiting is None or said.forwarded_from is not None:
        return None
    done = structs.replace(talk, awaiting=None)
    if meaning.intent in ("cancel", "leave") or (meaning.intent == "deny" and awaiting.kind != "human"):
        return Decision((do.Cancelled(), *_reminder(done)), done)
    command = _AWAITED[awaiting.kind](awaiting, said, meaning)
    return Decision((command, *_reminder(done)), done) if command else None


def _tip(awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    name = meaning.people[0] if meaning.people else said.text.strip(" .!?")
    return do.Tip(name, awaiting.subject_id) if 0 < len(name) <= 40 else None


def _vouch(awaiting: Awaiting, said: Said, meaning: Meaning) -> Command | None:
    if awaiting.name:
        return do.Invite(awaiting.name, said.text.strip())
    name = meaning.people[0] if meaning.people else said.text.strip(" .!?")
    return do.Invite(name, meaning.reason) if 0 < len(name) <= 40 else None


def _human(_awaiting: Awaiting, said: Said, _meaning: Meaning) -> Command | None:
    return do.TalkToHuman(said.text.strip())


def _availability(_awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    known = meaning.availability
    return None if known is None or is_empty(known) else do.SetAvailability(known)


def _profile(_awaiting: Awaiting, _said: Said, meaning: Meaning) -> Command | None:
    known = meaning.profile
    return None if known is None or is_empty(known) else do.UpdateProfile(known)


_AWAITED: Mapping[str, Callable[[Awaiting, Said, Meaning], Command | None]] = {
    "tip": _tip,
    "vouch": _vouch,
    "human": _human,
    "availability": _availability,
    "profile": _profile,
}


# --- inside a form ----------------------------------------------------------------------------------------------


def _in_draft(said: Said, meaning: Meaning, talk: Conversation) -> Decision | None:
    """An answer, a yes, a correction or a cancel. None: the member talks about something else."""
    draft = talk.draft
    if draft is None:
        return None
    if meaning.intent == "cancel" or (meaning.intent == "leave" and draft.form == "lead"):
        return _dropped(draft, talk)
    if _is_another_lead(said, meaning, draft):
        return _new_lead(said, meaning, talk)
    if (
        meaning.confident
        and meaning.intent not in FORM_INTENTS[draft.form]
        and not _answers(meaning, draft, said)
    ):
        return None
    if draft.asking and meaning.skipped:
        return _onwards(draft, talk)
    filled = fill(draft, meaning, said.text)
    if (filled.lead, filled.profile, filled.availability, filled.tips) != (
        draft.lead, draft.profile, draft.availability, draft.tips
    ):  # fmt: skip
        return _step(filled, talk, meaning.problems)
    return _without_values(draft, meaning, talk)


def _answers(meaning: Meaning, draft: Draft, said: Said) -> bool:
    """A short reply that holds the very field we asked for is its answer, whatever else it looks like."""
    form = meaning.lead if draft.form == "lead" else meaning.profile
    asked = {"start": "asap"}.get(draft.asking or "", draft.asking)
    holds = (
        draft.asking is not None
        and form is not None
        and (bool(getattr(form, draft.asking)) or bool(getattr(form, asked or draft.asking)))
    )
    return holds and len(said.text) <= 40


def _without_values(draft: Draft, meaning: Meaning, talk: Conversation) -> Decision:
    """Nothing new was stated: a yes, a no, a problem, or words we did not follow."""
    if meaning.problems:
        if draft.asking:
            again = do.Ask(draft.form, draft.asking, draft.number, again=True, problem=meaning.problems[0])
            return Decision((again,), talk)
        return Decision((do.Impossible(meaning.problems),), talk)
    if draft.asking:
        if meaning.intent == "deny":
            return _onwards(draft, talk)
        return Decision((do.Ask(draft.form, draft.asking, draft.number, again=True),), talk)
    if meaning.intent == "confirm":
        return _confirmed(draft, talk)
    return Decision((do.AskWhatIsWrong(draft.form),), talk)


def _is_another_lead(said: Said, meaning: Meaning, draft: Draft) -> bool:
    """A second lead while the first is still open: put the first aside. A comment before a forward is no lead yet."""
    if meaning.intent != "share_lead" or meaning.lead is None or draft.form != "lead" or meaning.correction:
        return False
    if not (draft.lead.roles or draft.lead.skills) or not (meaning.lead.roles or meaning.lead.skills):
        return False
    return said.forwarded_from is not None or (draft.asking is None and count(meaning.lead) >= MANY_FIELDS)


def _step(draft: Draft, talk: Conversation, problems: tuple[Problem, ...] = ()) -> Decision:
    """The next question or the read-back, under a new number: buttons of an earlier version are stale from here on."""
    others = _without(talk, draft)
    command, draft = next_step(structs.replace(draft, number=talk.next_number), problems)
    return Decision((command,), structs.replace(_with_draft(others, draft), next_number=talk.next_number + 1))


def _onwards(draft: Draft, talk: Conversation) -> Decision:
    """Past a question that cannot be answered."""
    return _step(structs.replace(draft, asking=None), talk)


def _confirmed(draft: Draft, talk: Conversation) -> Decision:
    if draft.asking:  # "Klopt" of an earlier card while a question is open
        return Decision((do.Ask(draft.form, draft.asking, draft.number, again=True),), talk)
    left = _without(talk, draft)
    topic = "lead" if draft.form == "lead" else "profile"
    return Decision((finished(draft), *_reminder(left)), structs.replace(left, topic=topic))


def _dropped(draft: Draft, talk: Conversation) -> Decision:
    left = _without(talk, draft)
    return Decision((do.Cancelled(draft.form), *_reminder(left)), left)


def _reminder(talk: Conversation) -> tuple[Command, ...]:
    """Back to the form that is open now, if there is one."""
    draft = talk.draft
    if draft is None:
        return ()
    if draft.asking:
        return (do.Ask(draft.form, draft.asking, draft.number),)
    return (do.Remind(draft.number, draft.form),)


def _draft(talk: Conversation, number: int) -> Draft | None:
    return next((d for d in (talk.draft, *talk.parked) if d and d.number == number), None)


def _with_draft(talk: Conversation, draft: Draft) -> Conversation:
    """The talk with this draft in front; another one that was in front is parked behind it."""
    others = tuple(d for d in (*talk.parked, talk.draft) if d and d.number != draft.number)
    return structs.replace(talk, draft=draft, parked=others[-MAX_PARKED:], awaiting=None)


def _without(talk: Conversation, draft: Draft) -> Conversation:
    others = tuple(d for d in (*talk.parked, talk.draft) if d and d.number != draft.number)
    return structs.replace(talk, draft=others[-1] if others else None, parked=others[:-1], awaiting=None)


# --- a new subject ----------------------------------------------------------------------------------------------


def _afresh(said: Said, meaning: Meaning, talk: Conversation, situation: Situation) -> Decision:
    """A message that stands on its own. An open form is reminded of afterwards."""
    chosen = _chosen(said, meaning, situation)
    if chosen:
        return Decision((chosen, *_reminder(talk)), talk)
    if _is_amendment(said, meaning, talk):
        return Decision((do.AmendLead(meaning.lead or Lead()), *_reminder(talk)), talk)
    if meaning.intent == "share_lead" and meaning.confident:
        return _new_lead(said, meaning, talk)
    if not meaning.confident or meaning.intent == "unknown":
        return _unclear(said, meaning, talk)
    decision = _by_intent(said, meaning, talk)
    if decision.talk.awaiting:  # one question at a time: the form is reminded of once this one is answered
        return decision
    return Decision((*decision.commands, *_reminder(decision.talk)), decision.talk)


def _chosen(said: Said, meaning: Meaning, situation: Situation) -> Command | None:
    """ "Kies Sanne": a short message of the source that names one of the interested."""
    words = {word.strip(".,!?").lower() for word in said.text.split()}
    if len(words) > 8 or (meaning.intent in ("deny", "vouch", "share_lead") and meaning.confident):
        return None
    named = [choice for choice in situation.choices if choice.name.split()[0].lower() in words]
    return do.Choose(named[0].lead_id, named[0].member_id) if len(named) == 1 else None


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


def _new_lead(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    draft = Draft(0, "lead", forwarded_from=said.forwarded_from, message_id=said.message_id)
    return _step(fill(draft, meaning, said.text), talk, meaning.problems)


def _unclear(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    readings = tuple(r.intent for r in meaning.alternatives if r.intent not in NO_READING)[:2]
    if meaning.problems:
        return Decision((do.Impossible(meaning.problems),), talk)
    return Decision((do.Unclear(readings), *_reminder(talk)), structs.replace(talk, puzzle=said.text))


def _by_intent(said: Said, meaning: Meaning, talk: Conversation) -> Decision:
    match meaning.intent:
        case "set_availability":
            return _set_availability(meaning, talk)
        case "update_profile":
            return _update_profile(meaning, talk)
        case "vouch":
            return _invite(meaning, talk)
        case "talk_to_human":
            return Decision((do.AskHumanWords(),), structs.replace(talk, awaiting=Awaiting("human")))
        case "tip_member" if meaning.people:
            return Decision((do.Tip(meaning.people[0]),), talk)
    return Decision((_simple(said, meaning),), talk)


def _set_availability(meaning: Meaning, talk: Conversation) -> Decision:
    if meaning.problems:
        return Decision(
            (do.Impossible(meaning.problems),), structs.replace(talk, awaiting=Awaiting("availability"))
        )
    if meaning.availability is None or is_empty(meaning.availability):
        return Decision((do.AskAvailability(),), structs.replace(talk, awaiting=Awaiting("availability")))
    correcting = meaning.correction and talk.topic == "availability"
    return Decision(
        (do.SetAvailability(meaning.availability, correcting),), structs.replace(talk, topic="availability")
    )


def _update_profile(meaning: Meaning, talk: Conversation) -> Decision:
    if meaning.profile is None or is_empty(meaning.profile):
        return Decision((do.AskProfile(),), structs.replace(talk, awaiting=Awaiting("profile")))
    return Decision((do.UpdateProfile(meaning.profile),), structs.replace(talk, topic="profile"))


def _invite(meaning: Meaning, talk: Conversation) -> Decision:
    name = meaning.people[0] if meaning.people else None
    if name is None:
        return Decision((do.AskVouch(),), structs.replace(talk, awaiting=Awaiting("vouch")))
    return Decision((do.Invite(name, meaning.reason),), talk)


def _simple(said: Said, meaning: Meaning) -> Command:
    """Intents that need nothing but themselves; what is not here is a wish for later."""
    words = said.text.strip() if len(said.text.split()) > 3 else None
    until = meaning.until.isoformat() if meaning.until else None
    simple: Mapping[str, Command] = {
        "ask_leads": do.ShowWork(),
        "lead_status": do.ShowMyLeads(),
        "show_interest": do.ShowInterest(words=words),
        "decline": do.Decline(words=words),
        "report_win": do.ReportOutcome("won", words=words),
        "report_talk": do.ReportOutcome("talks", words=words),
        "report_no_deal": do.ReportOutcome("nothing", words=words),
        "ask_why": do.ExplainOffer(),
        "pause": do.Pause(until),
        "resume": do.Resume(),
        "leave": do.AskStop(),
        "how_it_works": do.Help(),
        "undo": do.Undo(),
        "switch_collective": do.AskCollective(),
        "cancel": do.Cancelled(),
        "greeting": do.Pleasantry("greeting"),
        "thanks": do.Pleasantry("thanks"),
        "confirm": do.Pleasantry("confirm"),
        "deny": do.Pleasantry("deny"),
    }
    return simple.get(meaning.intent, do.NotYet(meaning.intent))
