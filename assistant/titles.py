"""What a lead is called in a sentence or on a button: "projectleider in Utrecht".

It stands outside `assistant/words` because actions name leads too and may not know the texts.
"""

from collections.abc import Mapping
from dataclasses import replace

from nlu.meaning import Lead

# Three words a language; whoever adds a language adds a row. Another language reads English.
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "nl": ("opdracht", "bij", "op afstand"),
    "en": ("assignment", "at", "remote"),
}


def title(lead: Lead, language: str) -> str:
    """The role (else the skill), the client and the place, in one line without a full stop.

    The client is left out when the lead is confidential. Contacts are never in it.
    """
    work, at, remote = _WORDS.get(language, _WORDS["en"])
    what = next(iter((*lead.roles, *lead.skills)), work)
    client = None if lead.confidential else lead.client
    return f"{what}{f' {at} {client}' if client else ''}{_where(lead, client or '', remote)}"


def _where(lead: Lead, client: str, remote: str) -> str:
    """Not twice: "gemeente Utrecht" says where it is."""
    if lead.place and lead.place.casefold() not in client.casefold():
        return f" in {lead.place}"
    return f" ({remote})" if lead.remote == "remote" else ""


def team_title(lead: Lead, language: str) -> str:
    """What a lead with several roles is called: "team van projectleider en vormgever bij KPN"."""
    work, joint = {"nl": ("team van", "en")}.get(language, ("team of", "and"))
    *start, last = lead.roles
    named = f"{', '.join(start)} {joint} {last}" if start else last
    whole = title(replace(lead, roles=(named,)), language)
    return f"{work} {whole}"


def idea_title(idea: str, language: str) -> str:
    """What an idea is called: "idee: een podcast over duurzaamheid" (mission row A21)."""
    return f"{'idee' if language == 'nl' else 'idea'}: {idea}"


def idea_seat(role: str, language: str) -> str:
    """What a seat for an idea is called: "vormgever voor een idee"."""
    return f"{role} voor een idee" if language == "nl" else f"{role} for an idea"


_AFTER: Mapping[str, tuple[str, str]] = {
    "nl": ("iets anders na", "vervolg op"),
    "en": ("something else after", "follow-up to"),
}


def other_title(before: str, language: str) -> str:
    """What work is called that came out of another job: "iets anders na projectleider in Utrecht" (mission row A7)."""
    return f"{_AFTER.get(language, _AFTER['en'])[0]} {before}"


def next_title(before: str, language: str) -> str:
    """What the next job for the same client is called: "vervolg op projectleider in Utrecht"."""
    return f"{_AFTER.get(language, _AFTER['en'])[1]} {before}"
