"""The manners towards a client at the collective's own door: what they look for, and all they say about it later. Pure.

The form is that of any lead; what a member may do besides, a client may not (mission row C2).
"""

import re
from dataclasses import replace

from msgspec import structs

from dialogs import commands as do
from dialogs import drafts
from dialogs.commands import Command
from dialogs.conversation import Conversation, Decision, Said
from dialogs.drafts import MANY_FIELDS
from dialogs.forms import count
from nlu.meaning import Contact, Lead, Meaning

KNOWN_BY_WORDS = ("roles",)  # who takes it up reads the client's own words, and names the trade
FEW_WORDS = 3  # a shorter message that says nothing we know is no question of its own
MOST_WORDS = 1000  # characters: of a client's own words
WITHDRAWS = frozenset({"cancel", "undo", "leave"})
ASKS = frozenset({"lead_status", "ask_leads"})
CHANGES = frozenset({"share_lead", "set_availability", "update_profile", "deny", "unknown"})
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:\+|\b0)\d[\d -]{6,}\d")
DIGITS = 9  # of a telephone number at least: a date has eight
BRIEF = frozenset({"greeting", "thanks", "confirm", "deny"})


def decide_for_client(said: Said, meaning: Meaning, talk: Conversation, *, waiting: bool) -> Decision:
    """What to do with a client's message. `waiting`: something they asked is still to be answered."""
    words = said.text.strip()[:MOST_WORDS]
    meaning = replace(meaning, people=(), ruled_out=())  # colleagues are not theirs to choose
    asked = _request(said, meaning, talk, waiting=waiting)
    if asked is not None:
        return Decision((asked, *drafts.reminder(talk)), talk)
    answered = drafts.answer(said, meaning, talk)
    if answered is not None:
        return answered
    command = _about(said, words, meaning, waiting=waiting)
    if command is not None:
        return Decision((command, *drafts.reminder(talk)), talk)
    told = meaning.intent == "share_lead" and (meaning.confident or bool(meaning.lead and meaning.lead.roles))
    if told or (not waiting and talk.draft is None and len(words.split()) >= FEW_WORDS):
        return drafts.new_lead(said, meaning, talk, asked=KNOWN_BY_WORDS)
    if meaning.problems and not waiting:
        return Decision((do.Impossible(meaning.problems),), talk)
    return Decision((do.AskPassOn(words if waiting else None), *drafts.reminder(talk)), talk)


def _request(said: Said, meaning: Meaning, talk: Conversation, *, waiting: bool) -> Command | None:
    """What is asked of us in so many words, whatever is open."""
    setting = meaning.setting.name if meaning.setting is not None else None
    if setting == "show_credit":  # what the collective keeps anybody may ask: mission row D28
        return do.ShowCredit()
    if said.text.startswith("/") or (meaning.intent == "how_it_works" and not waiting):
        return do.ExplainJoining()
    if meaning.intent in ("my_data", "delete_me") and meaning.confident:
        return do.ShowClientData()
    return do.WithdrawInquiry() if setting == "inquiry" and waiting and talk.draft is None else None


def press_for_client(command: Command, talk: Conversation) -> Decision | None:
    """What to do with a client's button; None for one that is no client's."""
    if isinstance(command, do.ClientCommand):
        return Decision((command,), structs.replace(talk, awaiting=None))
    return drafts.steered(command, talk)


def _about(said: Said, words: str, meaning: Meaning, *, waiting: bool) -> Command | None:
    """Something about what they asked before, or a brief word."""
    if waiting and (changed := _changed(said, meaning)) is not None:
        return do.AmendInquiry(changed, words)
    if not meaning.confident:
        return None
    if meaning.intent in ASKS:
        return do.InquiryStatus()
    if meaning.intent in WITHDRAWS:
        return do.WithdrawInquiry() if waiting else do.Cancelled()
    if meaning.intent == "talk_to_human" and waiting:
        return do.AskPassOn(words)
    if meaning.intent in BRIEF:
        kind = meaning.intent
        return do.Pleasantry(kind)  # type: ignore[arg-type]  # one of BRIEF
    return None


def _changed(said: Said, meaning: Meaning) -> Lead | None:
    """A value or two that take the place of what stood there, or how to reach them; a question changes nothing."""
    contact = reach_of(said.text)
    lead = replace(meaning.lead or Lead(), contact=None)
    if contact is not None:
        return Lead(contact=contact)
    if lead.roles or not 0 < count(lead) < MANY_FIELDS or "?" in said.text:
        return None
    return None if meaning.confident and meaning.intent not in CHANGES else lead


def reach_of(text: str) -> Contact | None:
    """The telephone number and mail address in a text; None without either."""
    mail = MAIL.search(text)
    numbers = (each[0].strip(" -") for each in PHONE.finditer(text))
    phone = next((each for each in numbers if sum(letter.isdigit() for letter in each) >= DIGITS), None)
    return Contact(None, phone, mail[0] if mail else None) if phone or mail else None


def without_reach(text: str) -> str:
    """The words without the numbers and addresses in them, which only who takes it up is told."""
    return PHONE.sub("…", MAIL.sub("…", text)).strip()
