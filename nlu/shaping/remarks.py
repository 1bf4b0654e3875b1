"""Reads what stands beside the facts: the reason someone gives, and the subject they want to hear or talk about."""

import re
from functools import cache
from typing import Final

from nlu.components.intent import said_for_certain
from nlu.components.names import first_names
from nlu.finds import Find
from nlu.lexicon import Phrases, Words, phrases_of, word_set
from nlu.shaping.findings import Findings
from nlu.tape import compiled

_REASON: Final = compiled("REASON")
_TOPIC: Final = compiled("TOPIC")
_SENTENCE: Final = re.compile(r"[.!?\n]+")
_MARKS: Final = frozenset(",.!?:;\n–—(")
_FILLER: Final = re.compile(r"^(?:de|het|een|the|a|an|alles|iets|over|van)\s+", re.IGNORECASE)
_LONGEST: Final = 400  # characters; more is a letter, not a reason

REASONED: Final = frozenset({"vouch", "show_interest", "decline", "tip_member", "report_no_deal"})
ABOUT: Final = frozenset({"follow", "ask_help", "offer_help"})
BESIDE: Final = ("header", "sender", "greeting", "signature", "disclaimer", "phone", "email")


def reason(findings: Findings) -> str | None:
    """What is said behind "want" or "omdat", else beside the act itself; None when nothing says why."""
    if findings.context.asked == "reason":
        return None if findings.has("skip") else _tidy(findings.text)
    if not findings.intents & REASONED:
        return None
    text = _without(findings.text, [find for kind in BESIDE for find in findings.all(kind)])
    for match in findings.tape.matches(_REASON):
        behind = text[findings.tape.items[match.last - 1].end :]
        return _told(Words(behind.strip()[:_LONGEST]), cued=True)
    said = text.strip()
    whole = said == findings.text
    return _told(findings.words(_LONGEST) if whole else Words(said[:_LONGEST]), cued=False)


def _without(text: str, finds: list[Find]) -> str:
    """The text with blanks for these: who is greeted, who signed, and how people are reached is no reason."""
    for find in finds:
        text = text[: find.start] + " " * (find.end - find.start) + text[find.end :]
    return text


def _told(words: Words, *, cued: bool) -> str | None:
    """The longest stretch of clauses that are neither the act ("sla ik over") nor politeness; two words at least.

    Where no act is named and nothing announces the reason, the first clause is taken for the act.
    """
    clauses = _clauses(words)
    acts = [clause for clause in clauses if _is_act(words, clause)]
    said = [clause for clause in clauses if clause not in acts and not _is_polite(words, clause)]
    if not acts and not cued:
        said = said[1:]
    runs: list[range] = []
    for clause in said:
        if runs and runs[-1].stop == clause.start:
            runs[-1] = range(runs[-1].start, clause.stop)
        else:
            runs.append(clause)
    best = max(runs, key=len, default=range(0))
    first, last = best.start, best.stop - 1
    while first < last and words.folded[first] in word_set("reason", "connecting"):
        first += 1
    return _with_marks(words, first, last) if last > first else None


def _clauses(words: Words) -> list[range]:
    """The words of each clause, by number: between commas, colons and the like."""
    begins = [
        i for i in range(len(words)) if i == 0 or " - " in words.gap(i) or not _MARKS.isdisjoint(words.gap(i))
    ]
    return [range(start, end) for start, end in zip(begins, [*begins[1:], len(words)], strict=False)]


def _is_polite(words: Words, clause: range) -> bool:
    """Only words of politeness and names: "Groetjes, Tom"."""
    polite = word_set("reason", "courtesy", "verdict")
    return all(
        words.folded[i] in polite or (words.capital(i) and words.folded[i] in first_names()) for i in clause
    )


def _is_act(words: Words, clause: range) -> bool:
    """Whether a clause says what is done rather than why."""
    if _acts("opening_act").match(words, clause.start) is not None:
        return True
    if any(_acts("act").match(words, index) is not None for index in clause):
        return True
    verdict = word_set("reason", "verdict")
    return _is_polite(words, clause) and any(words.folded[index] in verdict for index in clause)


@cache
def _acts(name: str) -> Phrases[str]:
    return phrases_of("reason", name)


def _with_marks(words: Words, first: int, last: int) -> str:
    """The words as written, with the marks that belong to the first and the last: "€95 is (te) laag"."""
    text, start, end = words.text, words.starts[first], words.ends[last]
    while start and text[start - 1] in "€$(\"'“‘":
        start -= 1
    while end < len(text) and text[end] in ")%\"'”’€+":
        end += 1
    return " ".join(text[start:end].split())


def topic(findings: Findings) -> str | None:
    """What follows "volg", "advies over" and the like, up to the end of the sentence; else a name that was found."""
    is_sure = findings.readings[0].confidence >= 1
    if is_sure and (sure := said_for_certain(findings.text)) is not None:
        named = sure[1].groupdict().get("topic")
        return _FILLER.sub("", named) if named else None
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
