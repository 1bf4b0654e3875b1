"""Keeps people out of a lead: how to reach somebody, and who they are, stands in its contact and nowhere else.

Only the contact is held back before an introduction, so a name or number in another field would be shown to everyone.
Rather no client than one that gives a person away.
"""

from dataclasses import replace
from functools import cache
from typing import Final

from nlu import taxonomy
from nlu.components.contact import pieces_of
from nlu.components.names import first_names, particles, titles, wordy_names
from nlu.lexicon import fold, lists, split, word_set
from nlu.meaning import Lead
from nlu.shaping.findings import Findings, Slots

SHORTEST: Final = 3  # letters of a name's part that tells who it is


def without_people(lead: Lead, findings: Findings, slots: Slots) -> Lead:
    """The lead without what names or reaches a person, but for its contact; the spans of what is left out go too."""
    if not (lead.roles or lead.skills or lead.place or lead.client):
        return lead
    named = _names(findings)
    roles = tuple(role for role in lead.roles if not _is_reach(role) and not _is_name_for_role(role))
    skills = tuple(skill for skill in lead.skills if not _is_reach(skill))
    place = None if lead.place and _is_reach(lead.place) else lead.place
    client = None if lead.client and _gives_away(lead.client, named) else lead.client
    stays = (roles, skills, place, client) == (lead.roles, lead.skills, lead.place, lead.client)
    kept = lead if stays else replace(lead, roles=roles, skills=skills, place=place, client=client)
    gone = {field for field in ("place", "client") if getattr(lead, field) and not getattr(kept, field)}
    slots.spans = [
        span for span in slots.spans if span.field not in gone and not _is_leak(span.field, span.text)
    ]
    return kept


def _is_leak(field: str, text: str) -> bool:
    return field in {"roles", "skills"} and _is_reach(text)


def _is_reach(text: str) -> bool:
    """Whether a number or an address stands in it."""
    return "@" in text or bool(pieces_of(text))


def _is_name_for_role(role: str) -> bool:
    """ "kees de vries" given as a role; a role of our list may hold what is also a name."""
    return taxonomy.kind_of(role) is None and any(
        part in first_names() and part not in wordy_names() for part in split(role)
    )


def _names(findings: Findings) -> frozenset[str]:
    """The parts of every name in the text that tell who it is, folded."""
    names = [find.value for kind in ("contact_name", "person") for find in findings.all(kind)]
    parts = {part for name in names for part in split(name) if len(part) >= SHORTEST}
    return frozenset(parts - particles() - titles())


def _gives_away(client: str, named: frozenset[str]) -> bool:
    """A number, a name from the text ("Jansen Advies" beside Jan Jansen), or a first name and what follows it."""
    if _is_reach(client):
        return True
    parts = split(client)
    if fold(client) in _known() or not parts:
        return False
    if not named.isdisjoint(parts):
        return not _is_family_firm(parts, named)
    firm = parts[-1] in word_set("client", "tails") or not word_set("client", "heads").isdisjoint(parts)
    return parts[0] in first_names() and not firm


def _is_family_firm(parts: tuple[str, ...], named: frozenset[str]) -> bool:
    """ "Bakkerij Wouda" beside Hinke Wouda is a firm with people in it; "Jansen Advies" is Jan Jansen himself."""
    if any(part in first_names() and part not in wordy_names() for part in parts):
        return False
    firms = word_set("client", "heads", "family", "trades")
    rest = [part for part in parts if part not in named]
    return any(part in firms or part.endswith(tuple(word_set("client", "trades"))) for part in rest)


@cache
def _known() -> frozenset[str]:
    return frozenset(fold(name) for name in lists("client")["known"])
