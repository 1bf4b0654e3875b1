"""Finds the organisation the work is for, as it was named: "gemeente Hoorn", "Stichting Veldzicht", "ASML".

A kind of organisation without a name ("een ziekenhuis") is none, and neither is the agency in between.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlu import gazetteer, taxonomy
from nlu.components.names import Spans, first_names, no_names, spans_of, titles, vocabulary_of, words_of
from nlu.finds import Find, note
from nlu.lexicon import WORDS_KEPT, Phrases, Words, fold, lists, phrases_of, word_set

LONGEST = 6  # words in one name
ENOUGH = 3  # points of proof below which we stay silent


_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,4}s")  # "CVs", "KPIs"


class Candidate(NamedTuple):
    """A possible client: words `first` to `last`, and how strongly the text says so."""

    proof: int
    first: int
    last: int


def make_client(nlp: Language, name: str) -> "ClientFinder":
    """Build the component. It reads better after the contact finder: a contact's name is no client."""
    return ClientFinder()


class ClientFinder:
    """Finds "client" (a text), at most one."""

    kinds = ("client",)

    def __init__(self) -> None:
        self._cues: Phrases[str] = phrases_of("client", "before", "labels")
        self._known: Phrases[str] = _known_names()
        self._tip: Phrases[str] = phrases_of("person", "before")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """The organisation with the most proof, the first of equals."""
        words = words_of(doc)
        vocabulary = vocabulary_of(doc)
        own = vocabulary.clients
        candidates = [*self._own(words, own), *self._candidates(words)]
        if not candidates:
            return []
        taken = spans_of(doc, "contact_name", "phone", "email", "header", "sender", "disclaimer")
        signed = spans_of(doc, "contact", "contact_again", "signature")
        work = [*vocabulary.roles.find(words), *vocabulary.skills.find(words)]
        taught_work = Spans((words.starts[hit.first], words.ends[hit.last]) for hit in work)
        best: Candidate | None = None
        sender: Candidate | None = None
        for candidate in candidates:
            start, end = words.starts[candidate.first], words.ends[candidate.last]
            if candidate.proof < ENOUGH or taken.touch(start, end) or taught_work.touch(start, end):
                continue
            # A firm in a signature that shows by nothing else may well be the agency.
            if candidate.proof == ENOUGH and signed.touch(start - 1, end):
                sender = sender or candidate
                continue
            if _through_agent(words, candidate.first) or _is_agency(words, candidate):
                continue
            if _is_job_title(words, candidate):
                continue
            if best is None or candidate.proof > best.proof:
                best = candidate
        if best is None and not _speaks_for_another(words):
            best = sender  # who writes "wij zoeken" below their own letterhead
        if best is None:
            return []
        taught = own.match(words, best.first)
        name = taught.value if taught else self._tidy(words, best)
        return [Find("client", name, words.starts[best.first], words.ends[best.last])]

    def _own(self, words: Words, own: Phrases[str]) -> list[Candidate]:
        """Names this collective taught: in small letters only where the words around them speak of a client."""
        hits = own.find(words)
        if not hits:
            return []
        cued = {hit.last for hit in self._cues.find(words)}
        return [
            Candidate(6, hit.first, hit.last)
            for hit in hits
            if words.capital(hit.first) or _behind(words, hit.first, cued) or _asks(words, hit.last + 1)
        ]

    def _candidates(self, words: Words) -> list[Candidate]:
        found_here = [*self._after_cues(words), *self._well_known(words), *self._at_sign(words)]
        tails, jobs = word_set("client", "tails"), word_set("client", "jobs")
        free = 0
        for index in [i for i, word in enumerate(words.folded) if words.capital(i) or _is_kind(word)]:
            if index < free:
                continue
            if _is_kind(words.folded[index]):
                named = _named_kind(words, index)
                if named is not None:
                    found_here.append(named)
                    free = named.last + 1
                    continue
            if words.capital(index) and not _everyday(words, index):
                last = _run_end(words, index)
                found_here += _by_itself(words, index, last, tails, jobs)
                free = last + 1
        found_here.sort(key=_position)
        return found_here

    def _after_cues(self, words: Words) -> list[Candidate]:
        """Names behind "bij", "voor" and "Opdrachtgever:"."""
        candidates = []
        for hit in self._cues.find(words):
            index = hit.last + 1
            if index >= len(words):
                break
            gap = words.gap(index)
            said = words.folded[hit.first : hit.last + 1]
            label = hit.value == "labels" or words.folded[hit.last] in word_set("client", "labels")
            if _is_liaison(words, hit.first):
                continue
            if gap == " (" and not word_set("client", "labels").isdisjoint(said):
                candidates += self._named(words, index, 4)
            elif label and (":" in gap or "=" in gap) and gap.strip(" :=\t*_") == "":
                candidates += self._named(words, index, 6, labelled=True)
            elif gap == " " and self._is_call_for_work(words, hit.first, hit.last):
                while index < len(words) and words.folded[index] in word_set("client", "articles"):
                    index += 1
                candidates += self._named(words, index, 4)
        return candidates

    def _at_sign(self, words: Words) -> list[Candidate]:
        """ "UX researcher @ Bol"."""
        if "@ " not in words.text and " @" not in words.text:
            return []
        places = [index for index in range(1, len(words)) if words.gap(index).strip() == "@"]
        return [
            each
            for index in places
            for each in self._named(words, index, 5, labelled=True)
            if not _only_place(words, index, each.last)
        ]

    def _well_known(self, words: Words) -> list[Candidate]:
        """Organisations everybody knows, written as they write themselves."""
        candidates = []
        for hit in self._known.find(words):
            said = words.said(hit.first, hit.last)
            written = said == hit.value or (said.isupper() and said.lower() == hit.value.lower())
            glued = (
                hit.last + 1 < len(words)
                and words.gap(hit.last + 1) == "-"
                and not words.capital(hit.last + 1)
            )
            if glued:
                continue  # "een bol.com-bon van 250 euro"
            if written and fold(said) not in word_set("client", "tools") and not _is_term(words, hit.first):
                candidates.append(Candidate(3, hit.first, hit.last))
        return candidates

    def _is_call_for_work(self, words: Words, first: int, last: int) -> bool:
        """Not "iets voor Kees": then a person follows."""
        return not any(
            (hit := self._tip.match(words, start)) is not None and hit.last == last and hit.first < first
            for start in range(max(0, first - 3), first)
        )

    def _named(self, words: Words, index: int, proof: int, *, labelled: bool = False) -> list[Candidate]:
        """The name that begins at this word, when it can be one; behind "Klant:" even "Van" begins a name."""
        if index >= len(words):
            return []
        known = self._known.match(words, index)
        if known is not None and (len(known.value) > 2 or words.word(index).isupper()):
            return [Candidate(proof, index, known.last)]
        article = labelled and words.folded[index] in {"de", "het", "van", "the"} and words.capital(index)
        if not article and not _starts_name(words, index):
            return []
        if (words.folded[index] in first_names() and not labelled) or _is_term(words, index):
            return []
        if words.folded[index] in titles() or (not labelled and _shouted(words, index)):
            return []
        last = _run_end(words, index)
        if _only_place(words, index, last) or (
            last == index and words.folded[index] in word_set("client", "heads")
        ):
            return []  # "bij de Hogeschool" names none
        return [Candidate(proof, index, last)]

    def _tidy(self, words: Words, candidate: Candidate) -> str:
        """As named, with short forms written out and known names in their own spelling."""
        known = self._known.match(words, candidate.first)
        if known is not None and known.last == candidate.last:
            return known.value
        first = words.folded[candidate.first]
        said = words.said(candidate.first, candidate.last)
        if first in _short_heads() and candidate.last > candidate.first:
            rest = words.said(candidate.first + 1, candidate.last)
            return f"{_short_heads()[first]} {_capital(rest)}"
        if first in word_set("client", "civic") and said.islower():
            return (
                f"{words.word(candidate.first)} {_capital(words.said(candidate.first + 1, candidate.last))}"
            )
        return " ".join(said.split())


def _is_liaison(words: Words, index: int) -> bool:
    """ "Aanspreekpunt voor de Autoriteit": whom one deals with in the work, not whom it is for."""
    return index > 0 and words.gap(index) == " " and words.folded[index - 1] in word_set("client", "liaison")


def _behind(words: Words, index: int, cued: set[int]) -> bool:
    """Whether "bij", "voor" or "klant:" stands straight before this word, but for an article."""
    before = index - 1
    if before >= 0 and words.folded[before] in word_set("client", "articles"):
        before -= 1
    return before in cued


def well_known(name: str) -> bool:
    """Whether everybody knows this organisation, so that no collective need teach it."""
    return fold(name) in {fold(each) for each in lists("client")["known"]}


def is_organisation(name: str) -> bool:
    """Whether the words show by themselves that they name an organisation: "gemeente Hoorn", "Stichting Veldzicht"."""
    words = Words(name)
    kinds = [word for word in words.folded if _is_kind(word)]
    return well_known(name) or (
        len(words) > 1 and bool(kinds or words.folded[-1] in word_set("client", "tails"))
    )


def _position(candidate: Candidate) -> int:
    return candidate.first


def _capital(name: str) -> str:
    """A town written small gets its own spelling."""
    entry = gazetteer.entry_of(name) if name.islower() else None
    return entry.place.name if entry is not None else name


@cache
def _known_names() -> Phrases[str]:
    return Phrases((name, name) for name in lists("client")["known"]).lasting()


@cache
def _short_heads() -> dict[str, str]:
    """ "gem" -> "gemeente"."""
    pairs = (text.split("=") for text in lists("client")["short"])
    return {
        fold(short.strip().rstrip(".")): full.strip() for short, full in pairs if " " not in short.strip()
    }


@lru_cache(maxsize=WORDS_KEPT)
def _is_kind(word: str) -> bool:
    """Whether a word says what kind of organisation it is: "gemeente", "gem", "metaalbedrijf"."""
    ending = word.endswith(tuple(word_set("client", "endings")))
    return ending or word in word_set("client", "heads") or word in _short_heads()


def _named_kind(words: Words, index: int) -> Candidate | None:
    """A kind of organisation with its name: "gemeente Hoorn", "Theater De Spil", "Municipality of Hilversum"."""
    if words.folded[index] in word_set("client", "agents"):
        return None
    first = index
    while first > 0 and words.joined(first) and words.folded[first - 1] in word_set("client", "openers"):
        first -= 1
    name = index + 1
    while name < len(words) and _tied(words, name) and words.folded[name] in word_set("client", "links"):
        if words.capital(name):
            break
        name += 1
    if name >= len(words) or not _tied(words, name):
        return None
    civic = words.folded[index] in word_set("client", "civic") or words.folded[index] in _short_heads()
    if civic:
        place = gazetteer.places().match(words, name)
        if place is not None and not _is_small_word(words, name):
            return Candidate(5, first, place.last)
    if not _starts_name(words, name):
        return None
    last = _run_end(words, name)
    towny = _only_place(words, name, last)
    if towny and (not words.capital(index) or words.begins(index)) and not civic:
        return None
    return Candidate(5, first, last)


def _is_small_word(words: Words, index: int) -> bool:
    """ "Bij de gemeente een illustrator": Een and Made are villages too, and here they are not meant."""
    return words.folded[index] in word_set("client", "articles") or (
        words.folded[index] in word_set("client", "not_names")
    )


def _tied(words: Words, index: int) -> bool:
    """Directly behind, also after the dot of "gem."."""
    gap = words.gap(index)
    return gap in {" ", " '", " ’", "-"} or (gap == ". " and words.folded[index - 1] in _short_heads())


def _by_itself(
    words: Words, first: int, last: int, tails: frozenset[str], jobs: frozenset[str]
) -> list[Candidate]:
    """A run of capitals that shows by its last word, or by what follows, that it is an organisation."""
    if words.folded[first] in first_names() and words.folded[last] not in tails:
        return []
    if words.folded[first] in titles() or _is_term(words, first):
        return []
    if first == last and _is_kind(words.folded[first]):
        return []  # "Timmerfabriek zoekt" names none
    proof = 0
    if last > first and words.folded[last] in tails:
        proof += 3
    asks = _asks(words, last + 1)
    if asks and not _only_place(words, first, last) and (last > first or asks == "strong"):
        proof += 3
    follows = last + 1 < len(words) and words.joined(last + 1) and words.folded[last + 1] in jobs
    if follows and first > 0 and not words.begins(first) and not _only_place(words, first, last):
        proof += 3
    if proof and first and words.gap(first) == " " and words.word(first - 1) in {"Van", "Ter", "Ten"}:
        first -= 1
    return [Candidate(proof, first, last)] if proof else []


def _asks(words: Words, index: int) -> str:
    """Whether "zoekt" (strong) or "wil" (weak) follows at this word, or behind where it is ("in Borculo")."""
    index = _behind_place(words, index)
    if index >= len(words) or words.gap(index) != " ":
        return ""
    if _asking("asks").match(words, index) is not None:
        return "strong"
    return "weak" if _asking("after").match(words, index) is not None else ""


def _behind_place(words: Words, index: int) -> int:
    """The word behind "in Borculo", when that is what stands here, else this word."""
    if (
        index + 1 >= len(words)
        or words.gap(index) != " "
        or words.folded[index] not in word_set("client", "at")
    ):
        return index
    place = gazetteer.places().match(words, index + 1)
    return index if place is None or not words.capital(index + 1) else place.last + 1


@cache
def _asking(name: str) -> Phrases[str]:
    return phrases_of("client", name)


def _starts_name(words: Words, index: int) -> bool:
    word = words.word(index)
    return word[0].isupper() and not _everyday(words, index)


def _shouted(words: Words, index: int) -> bool:
    """Whether the word before is in capitals too, so that they name nothing: "CALL FOR FREELANCE TRAINERS"."""
    return (
        index > 0
        and words.word(index).isupper()
        and len(words.word(index - 1)) > 1
        and words.word(index - 1).isupper()
    )


def _everyday(words: Words, index: int) -> bool:
    """Words with a capital that begin no name; "De" and "Van" may ("De Linde")."""
    word = words.folded[index]
    if word in word_set("client", "not_names") or _PLURAL_ACRONYM.fullmatch(words.word(index)):
        return True
    return word in no_names() and not (word in {"de", "het", "van", "the"} and not words.begins(index))


def _run_end(words: Words, index: int) -> int:
    """The last word of the run of capitals that begins here; "van", "en", "&" may stand inside, a figure at the end."""
    last = index
    for here in range(index + 1, min(index + LONGEST, len(words))):
        gap = words.gap(here)
        if gap not in {" ", "-", " & ", "&", "+", ".", "'", "’"}:
            break
        if words.capital(here) and (words.folded[here] not in no_names() or _is_acronym(words, here, last)):
            last = here
        elif words.word(here).isdecimal():
            if _is_amount(words, here):
                break
            last = here
        elif words.folded[here] not in word_set("client", "links"):
            break
    return last


def _is_acronym(words: Words, here: int, last: int) -> bool:
    """ "Klaver IT", though "IT" by itself is no name."""
    return words.word(here).isupper() and last == here - 1


def _is_amount(words: Words, index: int) -> bool:
    """ "ASML 32 uur": the figure counts something. "Kade 12" is a name."""
    rest = words.text[words.ends[index] : words.ends[index] + 1]
    if rest and rest in "-/.:%–,":
        return True
    return index + 1 < len(words) and words.folded[index + 1] in word_set("client", "units")


def _only_place(words: Words, first: int, last: int) -> bool:
    """Whether the whole run is the name of a place."""
    place = gazetteer.places().match(words, first)
    return place is not None and place.last >= last


def _is_term(words: Words, index: int) -> bool:
    """Whether a role or skill of the taxonomy begins here: "voor Python" names no client."""
    return taxonomy.phrases().match(words, index) is not None


def _is_agency(words: Words, candidate: Candidate) -> bool:
    """ "Brightwater Recruitment", "FinMatch Interim": a name that says so by its last words."""
    last = words.folded[max(candidate.first + 1, candidate.last - 1) : candidate.last + 1]
    return not word_set("client", "agencies").isdisjoint(last)


def _speaks_for_another(words: Words) -> bool:
    """Whether whoever wrote this seeks somebody for a client of theirs."""
    return bool(_asking("between").find(words))


def _is_job_title(words: Words, candidate: Candidate) -> bool:
    """ "Interim Group Controller": capitals that end in a role name no organisation."""
    for index in range(candidate.first, candidate.last + 1):
        hit = taxonomy.phrases().match(words, index)
        if hit is None or hit.last != candidate.last or hit.value.term.kind != "role":
            continue
        if hit.last > hit.first or words.folded[hit.last] not in word_set("role", "weak"):  # "Beacon Arts"
            return True
    return False


def _through_agent(words: Words, first: int) -> bool:
    """ "via Bureau X", "recruiter Y": who stands in between."""
    agents = word_set("client", "agents")
    for index in range(first, max(-1, first - 3), -1):
        if words.folded[index] in agents:
            return True
        if words.gap(index) != " ":
            return False
    return False
