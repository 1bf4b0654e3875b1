"""Reads what stands beside the facts: the reason someone gives, and the subject they want to hear or talk about."""

import re

from nlu.shaping.findings import Findings
from nlu.tape import compiled

_REASON = compiled("REASON")
_TOPIC = compiled("TOPIC")
_SENTENCE = re.compile(r"[.!?\n]+")
_COMMA = re.compile(r"[,:;]")
_FILLER = re.compile(r"^(?:de|het|een|the|a|an|alles|iets|over|van)\s+", re.IGNORECASE)
_LONGEST = 400  # characters; more is a letter, not a reason

REASONED = frozenset({"vouch", "show_interest", "decline", "tip_member", "report_no_deal"})
ABOUT = frozenset({"follow", "ask_help", "offer_help"})


def reason(findings: Findings) -> str | None:
    """What follows "want" or "omdat", else the first sentence, else its first comma; None when nothing does."""
    if findings.context.asked == "reason":
        return None if findings.has("skip") else _tidy(findings.text)
    if not findings.intents & REASONED:
        return None
    for match in findings.tape.matches(_REASON):
        return _tidy(findings.text[findings.tape.items[match.last - 1].end :])
    end = _SENTENCE.search(findings.text)
    rest = _tidy(findings.text[end.end() :]) if end else None
    if rest is None and (comma := _COMMA.search(findings.text)):
        rest = _tidy(findings.text[comma.end() :])
    return rest if rest and " " in rest else None


def topic(findings: Findings) -> str | None:
    """What follows "volg", "advies over" and the like, up to the end of the sentence; else a name that was found."""
    if not findings.intents & ABOUT:
        return None
    for match in findings.tape.matches(_TOPIC):
        rest = _SENTENCE.split(findings.text[findings.tape.items[match.last - 1].end :], maxsplit=1)[0]
        if said := _tidy(rest):
            return _FILLER.sub("", said)
    for kind in ("client", "skill", "sector", "role"):
        if find := findings.first(kind):
            return findings.text[find.start : find.end]
    return None


def _tidy(said: str) -> str | None:
    return said.strip(" \n\t,.;:!-")[:_LONGEST] or None
