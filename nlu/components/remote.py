"""Finds whether work is done at home, at the client's, or both."""

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.names import words_of
from nlu.finds import Find, note
from nlu.lexicon import Hit, Phrases, Words, phrases_of, word_set
from nlu.meaning import Remote

REST: Final = 5  # words between "de rest" and "thuis"
WINDOW: Final = 6  # words around "op kantoor" in which days are counted

_KINDS: Final = (
    "full_onsite",
    "hybrid",
    "full_remote",
    "remote",
    "may_be_remote",
    "home",
    "onsite",
    "present",
)


def make_remote(nlp: Language, name: str) -> "RemoteFinder":
    """Build the component."""
    return RemoteFinder()


class RemoteFinder:
    """Finds "remote" ("remote", "hybrid" or "onsite"), at most one, and that it "may_be_remote"."""

    kinds = ("remote", "may_be_remote")

    def __init__(self) -> None:
        self._phrases: Phrases[str] = phrases_of("place", *_KINDS)

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """Everything a text says about where one works is weighed together."""
        words = words_of(doc)
        said: dict[str, Hit[str]] = {}
        offers: list[Find] = []
        for hit in self._phrases.find(words):
            kind = _kind(words, hit)
            if kind == "remote" and hit.value == "may_be_remote":
                offers = [Find("may_be_remote", hit.value, words.starts[hit.first], words.ends[hit.last])]
            if kind:
                said.setdefault(kind, hit)
        if not said:
            return []
        value = _together(set(said))
        hit = said.get(value) or next(iter(said.values()))
        return [Find("remote", value, words.starts[hit.first], words.ends[hit.last]), *offers]


def _together(kinds: set[str]) -> Remote:
    """Home and office together make hybrid; "volledig remote" outweighs a visit now and then."""
    if "full_onsite" in kinds:
        return "onsite"
    if "hybrid" in kinds:
        return "hybrid"
    if "full" in kinds:
        return "remote"
    if {"remote", "onsite"} <= kinds:
        return "hybrid"
    return "remote" if "remote" in kinds else "onsite"


def _kind(words: Words, hit: Hit[str]) -> str:
    """What one phrase says, seen with the words around it; "" when it says nothing about work."""
    if (
        hit.value in {"remote", "home"}
        and words.gap(hit.first).startswith("%")
        and words.folded[hit.first - 1] != "100"
    ):
        return "hybrid"  # "50% thuis"
    negated = _any(words, hit, "negations", before=2)
    if hit.value == "full_onsite":
        return "" if negated else "full_onsite"
    if hit.value == "hybrid":
        follows = words.folded[hit.last + 1] if hit.last + 1 < len(words) else ""
        return "" if negated or follows in word_set("place", "not_hybrid") else "hybrid"
    if hit.value == "full_remote":
        return "hybrid" if negated else "full"
    if hit.value in {"remote", "may_be_remote", "home"}:
        return _away(words, hit, negated=negated)
    if _counts_days(words, hit):
        return "hybrid"
    if hit.value == "onsite" and _any(words, hit, "none_of", before=1):
        return "remote"  # "nothing on site please"
    instead = _any(words, hit, "instead", before=2)
    return "" if negated or instead or hit.value == "present" else "onsite"


def _away(words: Words, hit: Hit[str], *, negated: bool) -> str:
    """ "Remote", "thuis": what is not wanted, what is left of the week, or all of it."""
    if _any(words, hit, "instead", before=2) or (hit.value != "home" and _is_refused(words, hit)):
        return "onsite"
    rest = _any(words, hit, "rest", before=REST) or _any(words, hit, "part", before=REST + 2)
    if hit.value != "may_be_remote" and rest:
        return "hybrid"
    if hit.value == "home":
        return _home(words, hit, negated=negated)
    refused = _any(words, hit, "negations", after=2) and not _any(words, hit, "needless", after=WINDOW)
    return "onsite" if negated or refused or _cannot(words, hit) else "remote"


def _cannot(words: Words, hit: Hit[str]) -> bool:
    """ "It can't be done remotely", "this cannot be from home"."""
    return (
        hit.first > 2
        and words.folded[hit.first - 2 : hit.first] in (["be", "done"], ["do", "it"], ["do", "this"])
        and (
            words.folded[hit.first - 3] in {"cannot", "not"}
            or words.folded[hit.first - 4 : hit.first - 2] == ["can", "t"]
        )
    )


def _is_refused(words: Words, hit: Hit[str]) -> bool:
    """ "Remote mocht niet", "remote is not possible"; not "remote is geen probleem"."""
    after = hit.last + 1
    return (
        after + 1 < len(words)
        and words.folded[after] in word_set("place", "verdicts")
        and words.folded[after + 1] in word_set("place", "negations")
        and not _any(words, hit, "needless", after=4)
    )


def _home(words: Words, hit: Hit[str], *, negated: bool) -> str:
    if (
        negated
        or _cannot(words, hit)
        or (
            _any(words, hit, "negations", after=_clause_after(words, hit))
            and not _any(words, hit, "needless", after=WINDOW + 2)
        )
    ):
        return "onsite"
    if _any(words, hit, "hosts", before=1):
        return ""
    if _is_either(words, hit):
        return "hybrid"
    bare = words.folded[hit.first : hit.last + 1] == ["thuis"] and not _any(words, hit, "allowed", before=1)
    before = _clause_before(words, hit)
    if _any(words, hit, "days", before=min(7, before), after=4) or _any(
        words, hit, "sometimes", before=min(3, before), after=4
    ):
        return "hybrid"
    return "" if bare else "remote"


def _is_either(words: Words, hit: Hit[str]) -> bool:
    """ "Utrecht/thuis", "thuis of Nijmegen"."""
    after = hit.last + 1
    if "/" in words.gap(hit.first) or (after < len(words) and "/" in words.gap(after)):
        return True
    before_or = hit.first > 1 and words.gap(hit.first) == " " and words.folded[hit.first - 1] in {"of", "or"}
    or_behind = after + 1 < len(words) and words.gap(after) == " " and words.folded[after] in {"of", "or"}
    named = (before_or and words.capital(hit.first - 2)) or (or_behind and words.capital(after + 1))
    return bool(named)


def _clause_after(words: Words, hit: Hit[str]) -> int:
    """The words behind a phrase up to a comma: "mostly from home, no more than 60 euros" denies nothing."""
    last = min(hit.last + 1 + WINDOW, len(words))
    reach = next((index for index in range(hit.last + 1, last) if "," in words.gap(index)), last)
    return reach - hit.last - 1


def _clause_before(words: Words, hit: Hit[str]) -> int:
    """The words before a phrase back to a comma: "2 avonden in de week, gewoon vanuit huis" counts no days at home."""
    first = max(0, hit.first - WINDOW - 1)
    start = next((index for index in range(hit.first, first, -1) if "," in words.gap(index)), first)
    return hit.first - start


def _counts_days(words: Words, hit: Hit[str]) -> bool:
    """ "1 dag per week op kantoor", "op dinsdag op kantoor"; "3 dagen per week, op kantoor" is all of them."""
    before = 0 if "," in words.gap(hit.first) else WINDOW
    if _is_a_share(words, hit):
        return True
    if _any(words, hit, "whole_week", before=before):
        return False
    return _any(words, hit, "days", before=before, after=3)


def _is_a_share(words: Words, hit: Hit[str]) -> bool:
    """ "4 dagen waarvan 2 op kantoor", "4 days, 2 of them in the office"."""
    shares = word_set("place", "share")
    near = range(max(1, hit.first - 4), hit.first)
    return any(words.folded[index] in shares for index in near) and any(
        words.folded[index].isdecimal() or words.folded[index] in word_set("place", "one_or_two")
        for index in range(max(0, hit.first - 4), hit.first)
    )


def _any(words: Words, hit: Hit[str], name: str, *, before: int = 0, after: int = 0) -> bool:
    """Whether one of these words stands that near before or after a phrase, in the same sentence."""
    wanted = word_set("place", name)
    for index in range(hit.first - 1, max(-1, hit.first - 1 - before), -1):
        if _ends(words, index + 1):
            break
        if words.folded[index] in wanted:
            return True
    for index in range(hit.last + 1, min(len(words), hit.last + 1 + after)):
        if _ends(words, index):
            break
        if words.folded[index] in wanted:
            return True
    return False


def _ends(words: Words, index: int) -> bool:
    """Whether a sentence ends before this word."""
    gap = words.gap(index)
    return gap != " " and ("\n" in gap or any(mark in gap for mark in (". ", "! ", "? ", "; ")))
