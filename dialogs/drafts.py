"""Inside a form: it is answered, corrected, confirmed, dropped, or put aside for another and taken up again. Pure."""

import re
from collections.abc import Mapping, Sequence

from msgspec import structs

from dialogs import commands as do
from dialogs.commands import Command
from dialogs.conversation import Conversation, Decision, Draft, Said
from dialogs.forms import count, fill, filled_in, finished, is_empty, next_step, read_back
from nlu.meaning import Meaning

ABOUT = "about"  # the open question to a newcomer: anything is an answer to it
MAX_PARKED = 6  # a message may hold five leads
MANY_FIELDS = 3  # a message that states this many fields of a lead, role included, is a lead of its own
A_WORD_OR_TWO = 2
SHORT_ANSWER = 40  # characters
# Said with their own verb ("nodig Carla uit", "pauze tot maandag") these are no answer, even when a day is in them.
OWN_VERB = frozenset({"vouch", "pause", "resume", "undo", "talk_to_human", "my_data", "delete_me", "follow"})
SURE = 0.9  # the confidence from which such a verb counts
CERTAIN = 1.0  # words that can mean nothing else
FIRST_PERSON = re.compile(r"\b(?:ik|i|i['’]m)\b", re.IGNORECASE)

# Inside a form these may hold an answer or a correction; any other confident intent is a change of subject.
FORM_INTENTS: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"share_lead", "unknown", "deny", "confirm", "tip_member"}),
    "profile": frozenset(
        {"update_profile", "unknown", "deny", "confirm", "set_availability", "show_interest", "offer_help"}
    ),
}


def answer(
    said: Said, meaning: Meaning, talk: Conversation, subjects: frozenset[str] | None = None
) -> Decision | None:
    """An answer, a yes, a correction or a cancel. None: the member talks about something else.

    `subjects` are the only other things there are to talk about, for who is just introducing themself.
    """
    draft = talk.draft
    if draft is None:
        return None
    if meaning.intent == "cancel" or (draft.form == "lead" and stops(said, meaning)):
        return dropped(draft, talk)
    if _is_another_lead(said, meaning, draft):
        return new_lead(said, meaning, talk)
    if _is_other_subject(said, meaning, draft, subjects):
        return None
    if draft.asking and meaning.skipped:
        return onwards(draft, talk)
    filled = fill(draft, meaning, said.text, forwarded=said.forwarded_from is not None)
    if filled_in(filled) != filled_in(draft) or draft.asking == ABOUT:
        return _step(filled, talk)
    return _without_values(said, draft, meaning, talk)


def stops(said: Said, meaning: Meaning) -> bool:
    """ "Stop" ends what is under way; "ik wil stoppen als lid" is about more than that."""
    return meaning.intent == "leave" and len(said.text.split()) <= A_WORD_OR_TWO


def _is_other_subject(said: Said, meaning: Meaning, draft: Draft, subjects: frozenset[str] | None) -> bool:
    if not meaning.confident or meaning.intent in FORM_INTENTS[draft.form]:
        return False
    if draft.asking and meaning.skipped:
        return False  # "weet ik nog niet"
    if subjects is not None:
        return meaning.intent in subjects
    return not _answers(meaning, draft, said)


def _answers(meaning: Meaning, draft: Draft, said: Said) -> bool:
    """A short reply that holds a value for the form belongs to it, whatever else it looks like.

    Unless it is about the writer's own time: "ik zit vol t/m juni" is no start of an assignment.
    """
    if meaning.intent in OWN_VERB and meaning.confidence >= SURE:
        return False
    if meaning.intent == "update_profile" and meaning.confidence == CERTAIN:  # "haal mijn tarief weg"
        return False
    form = meaning.lead if draft.form == "lead" else meaning.profile
    status = meaning.availability.status if meaning.availability else None
    own = status in ("full", "away", "partly") or (status == "free" and FIRST_PERSON.search(said.text))
    return len(said.text) <= SHORT_ANSWER and not is_empty(form) and not own


def _without_values(said: Said, draft: Draft, meaning: Meaning, talk: Conversation) -> Decision:
    """Nothing new was stated: a yes, a no, a problem, or words we did not follow."""
    if meaning.problems and meaning.intent != "confirm":  # "yes" is no place we do not know
        if draft.asking:
            again = do.Ask(draft.form, draft.asking, draft.number, again=True, problem=meaning.problems[0])
            return Decision((again,), talk)
        return Decision((do.Impossible(meaning.problems),), talk)
    if draft.asking:
        if meaning.intent == "deny":
            return onwards(draft, talk)
        return Decision((do.Ask(draft.form, draft.asking, draft.number, again=True),), talk)
    if meaning.intent == "confirm" and meaning.confident:
        return confirmed(draft, talk)
    if said.text.rstrip().endswith("?"):  # "waar waren we?" is no correction
        return Decision((read_back(draft),), talk)
    return Decision((do.AskWhatIsWrong(draft.form),), talk)


def _is_another_lead(said: Said, meaning: Meaning, draft: Draft) -> bool:
    """A second lead while the first is still open: put the first aside. A comment before a forward is no lead yet."""
    if meaning.intent != "share_lead" or meaning.lead is None or draft.form != "lead" or meaning.correction:
        return False
    if not (draft.lead.roles or draft.lead.skills) or not (meaning.lead.roles or meaning.lead.skills):
        return False
    if said.forwarded_from is not None:
        return True
    is_other_work = not set(meaning.lead.roles) & set(draft.lead.roles)
    return count(meaning.lead) >= MANY_FIELDS and (
        draft.asking is None or bool(draft.lead.roles and is_other_work)
    )


def _step(draft: Draft, talk: Conversation) -> Decision:
    """The next question or the read-back, under a new number: buttons of an earlier version are stale from here on."""
    others = _without(talk, draft)
    command, draft = next_step(structs.replace(draft, number=talk.next_number))
    return Decision((command,), structs.replace(in_front(others, draft), next_number=talk.next_number + 1))


def steered(command: Command, talk: Conversation) -> Decision | None:
    """What a button of a form does; None for any other command."""
    match command:
        case do.ConfirmDraft(number) if draft := find(talk, number):
            return confirmed(draft, talk)
        case do.EditDraft(number) if draft := find(talk, number):
            return Decision((do.AskWhatIsWrong(draft.form),), in_front(talk, draft))
        case do.CancelDraft(number) if draft := find(talk, number):
            return dropped(draft, talk)
        case do.SkipField(number, field) if (draft := find(talk, number)) and draft.asking == field:
            return onwards(draft, talk)
        case do.ConfirmDraft() | do.EditDraft() | do.CancelDraft() | do.SkipField():
            return Decision((do.Stale(),), talk)
        case _:
            return None


def onwards(draft: Draft, talk: Conversation) -> Decision:
    """Past a question that cannot be answered."""
    return _step(structs.replace(draft, asking=None), talk)


def confirmed(draft: Draft, talk: Conversation) -> Decision:
    """The read-back was right: the command it stands for."""
    if draft.asking:  # "Klopt" of an earlier card while a question is open
        return Decision((do.Ask(draft.form, draft.asking, draft.number, again=True),), talk)
    topic = "lead" if draft.form == "lead" else "profile"
    after = _next(structs.replace(_without(talk, draft), topic=topic))
    return Decision((finished(draft), *after.commands), after.talk)


def dropped(draft: Draft, talk: Conversation) -> Decision:
    """Not after all; nothing was stored. A newcomer may begin anew: without an introduction there is no way in."""
    after = _next(start_profile(talk) if draft.form == "profile" else _without(talk, draft))
    if draft.inquiry_id is not None:  # the client still waits: somebody else may help them
        return Decision((do.ReleaseInquiry(draft.inquiry_id), *after.commands), after.talk)
    return Decision((do.Cancelled(draft.form), *after.commands), after.talk)


def _next(talk: Conversation) -> Decision:
    """What waited behind a form that is done: the next lead of the same message, else what was put aside for it."""
    draft = talk.draft
    if draft is not None and draft.queued:
        return _step(structs.replace(draft, queued=False), talk)
    return Decision(reminder(talk), talk)


def start_profile(talk: Conversation) -> Conversation:
    """A newcomer agreed: the form in which they describe themselves is open."""
    draft = Draft(talk.next_number, "profile", asking=ABOUT)
    return Conversation(draft=draft, next_number=talk.next_number + 1)


def introduced(said: Said, meaning: Meaning, talk: Conversation) -> Conversation:
    """The talk with what a newcomer tells about themself before they agreed; the same talk when that is nothing."""
    if said.forwarded_from is not None or meaning.intent == "share_lead":
        return talk
    open_form = talk if talk.draft else start_profile(talk)
    draft = open_form.draft
    if draft is None:
        return talk
    filled = structs.replace(fill(draft, meaning, said.text), asking=ABOUT)
    return structs.replace(open_form, draft=filled) if filled_in(filled) != filled_in(draft) else talk


def agreed(talk: Conversation) -> Decision:
    """A newcomer agreed: they describe themself, or what they told already is gone on with."""
    if talk.draft is None:
        return Decision((do.Agree(),), start_profile(talk))
    going_on = onwards(talk.draft, talk)
    return Decision((do.Agree(known=True), *going_on.commands), going_on.talk)


def reminder(talk: Conversation) -> tuple[Command, ...]:
    """Back to the form that is open now, if there is one."""
    draft = talk.draft
    if draft is None:
        return ()
    if draft.asking:
        return (do.Ask(draft.form, draft.asking, draft.number, back=True),)
    return (do.Remind(draft.number, draft.form),)


def put_again(talk: Conversation) -> tuple[Command, ...]:
    """The open question or read-back as it was put before, if there is one."""
    draft = talk.draft
    if draft is None:
        return ()
    return (do.Ask(draft.form, draft.asking, draft.number) if draft.asking else read_back(draft),)


def find(talk: Conversation, number: int) -> Draft | None:
    """The draft a button belongs to, in front or parked; None when it is over or was changed since."""
    return next((d for d in (talk.draft, *talk.parked) if d and d.number == number), None)


def in_front(talk: Conversation, draft: Draft) -> Conversation:
    """The talk with this draft in front; another one that was in front is parked behind it."""
    others = tuple(d for d in (*talk.parked, talk.draft) if d and d.number != draft.number)
    return structs.replace(talk, draft=draft, parked=others[-MAX_PARKED:], awaiting=None)


def _without(talk: Conversation, draft: Draft) -> Conversation:
    others = tuple(d for d in (*talk.parked, talk.draft) if d and d.number != draft.number)
    return structs.replace(talk, draft=others[-1] if others else None, parked=others[:-1], awaiting=None)


def new_lead(said: Said, meaning: Meaning, talk: Conversation, asked: tuple[str, ...] = ()) -> Decision:
    """A new lead in front; another one that was open is put aside for it. What is in `asked` is not asked again."""
    draft = Draft(0, "lead", forwarded_from=said.forwarded_from, message_id=said.message_id, asked=asked)
    filled = fill(draft, meaning, said.text, forwarded=said.forwarded_from is not None)
    return _step(filled, talk)


def of_client(command: do.TakeInquiry, talk: Conversation) -> Decision:
    """A lead that a client told us, in front of who takes it up: what the client did not know is not asked of them."""
    draft = Draft(0, "lead", lead=command.lead, asked=("start", "place"), inquiry_id=command.inquiry_id)
    after = _step(draft, talk)
    return Decision((command, *after.commands), after.talk)


def over_with_client(inquiry_id: int, talk: Conversation) -> Conversation:
    """The talk without the lead of a client whom somebody else takes up, or nobody."""
    every = (talk.draft, *talk.parked)
    draft = next((each for each in every if each is not None and each.inquiry_id == inquiry_id), None)
    return talk if draft is None else _without(talk, draft)


def new_leads(said: Said, parts: Sequence[Meaning], talk: Conversation) -> Decision:
    """The leads of one message, one after the other: the first in front, the others wait for their turn."""
    forwarded = said.forwarded_from is not None
    blank = Draft(0, "lead", forwarded_from=said.forwarded_from, message_id=said.message_id, of=len(parts))
    filled = [
        fill(structs.replace(blank, nth=nth), part, part.words, forwarded=forwarded)
        for nth, part in enumerate(parts, 1)
    ]
    first, *others = filled if len(filled) > 1 else [structs.replace(filled[0], nth=0, of=0)]
    for draft in reversed(others):
        talk = in_front(talk, structs.replace(draft, number=talk.next_number, queued=True))
        talk = structs.replace(talk, next_number=talk.next_number + 1)
    return _step(first, talk)
