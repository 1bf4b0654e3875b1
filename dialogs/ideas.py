"""Ideas: a member tells one for which others are sought; read back, then asked seat by seat (row A21). Pure."""

import re

from msgspec import structs

from dialogs import drafts
from dialogs.conversation import Conversation, Decision, Draft, Said
from nlu.meaning import Lead, Meaning

IDEA = re.compile(r"(?:ik heb |hierbij )?(?:een |'n )?idee(?:tje)?\s*[:–-]\s*(.+)", re.IGNORECASE | re.DOTALL)
IDEA_EN = re.compile(r"(?:i have )?(?:an |my )?idea\s*[:–-]\s*(.+)", re.IGNORECASE | re.DOTALL)
SEEKS = re.compile(
    r"[\s,.;:–-]*\b(?:en |and |dus |so )?(?:daarvoor |hiervoor |for it |for this )?"
    r"(?:(?:ik|we|wij) (?:zoek|zoeken|heb|hebben)|(?:zoek|zoeken|gezocht|nodig)\b|met wie"
    r"|(?:i|we)(?:'m|'re| am| are)? (?:looking for|need|seek)|looking for|needed|who joins).*",
    re.IGNORECASE | re.DOTALL,
)
MOST = 120  # characters: it stands in a sentence
WITHOUT = ("start", "place")  # what an idea need not have


def idea_of(said: Said) -> str | None:
    """The idea itself, without whom is sought for it; None for a message that is no idea."""
    found = IDEA.fullmatch(said.text.strip()) or IDEA_EN.fullmatch(said.text.strip())
    if found is None or said.forwarded_from is not None:
        return None
    whole = " ".join(found[1].split())
    idea = SEEKS.sub("", whole).strip(" ,.;:–-") or whole
    return idea if len(idea) <= MOST else f"{idea[: MOST - 1].rsplit(' ', 1)[0]}…"


def new_idea(said: Said, meaning: Meaning, talk: Conversation) -> Decision | None:
    """Whom is sought was said along, or is asked. None for a message that is no idea."""
    idea = idea_of(said)
    if idea is None:
        return None
    parts = [each.lead for each in (meaning, *meaning.parts) if each.lead is not None]
    roles = tuple(dict.fromkeys(role for each in parts for role in each.roles))
    skills = () if roles else tuple(dict.fromkeys(skill for each in parts for skill in each.skills))
    lead = Lead(roles=roles, skills=skills)
    draft = Draft(0, "lead", lead=lead, text=said.text, message_id=said.message_id, asked=WITHOUT, idea=idea)
    return drafts.onwards(draft, structs.replace(talk, awaiting=None))
