"""Finds the organisation the work is for, as it was named: "gemeente Hoorn", "Stichting Veldzicht", "ASML".

A kind of organisation without a name ("een ziekenhuis") is none, and neither is the agency in between.
"""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlu import gazetteer, taxonomy
from nlu.components.names import (
    NOWHERE,
    Spans,
    first_names,
    no_names,
    spans_of,
    titles,
    vocabulary_of,
    words_of,
)
from nlu.components.role import is_role_word
from nlu.finds import Find, note
from nlu.lexicon import WORDS_KEPT, Phrases, Words, fold, lists, phrases_of, word_set

LONGEST: Final = 6  # words in one name
TOWN: Final = 9_000  # inhabitants
LONG_KIND: Final = 6  # letters: a shorter word for a kind of organisation may be a surname
LONGEST_SHORT: Final = 3  # letters: "the SM role" is short for the role
HOUSE_WITHIN: Final = 8  # words between "the firm" and its name in brackets
NAMED: Final = 5  # points: a kind with its name, or a name behind "Client:"
ENOUGH: Final = 3  # points of proof below which we stay silent


_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,4}s")  # "CVs", "KPIs"


# The name of a firm in an address: "karin@zilvervis.nl".
_DOMAIN: Final = re.compile(r"@([\w-]{4,40})\.")


class Candidate(NamedTuple):
    """A possible client: words `first` to `last`, and how strongly the text says so.

    `sends` when an address in the text shows that it is whoever wrote.
    """

    proof: int
    first: int
    last: int
    sends: bool = False


def make_client(nlp: Language, name: str) -> "ClientFinder":
    """Build the component. It reads better after the contact finder: a contact's name is no client."""
    return ClientFinder()


class ClientFinder:
    """Finds "client" (a text), at most one."""

    kinds = ("client",)

    def __init__(self) -> None:
        self._cues: Phrases[str] = phrases_of("client", "before", "labels")
        self._known: Phrases[str] = _known_names()
        self._us: Phrases[str] = phrases_of("client", "us")
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
        work = [*vocabulary.roles.find(words), *vocabulary.skills.find(words)]
        taught_work = Spans((words.starts[hit.first], words.ends[hit.last]) for hit in work)
        taken = spans_of(doc, "contact_name", "phone", "email", "header", "sender", "disclaimer")
        signed = spans_of(doc, "contact", "contact_again", "signature")
        agency = _agency(words, candidates)
        best: Candidate | None = None
        sender: Candidate | None = None
        for candidate in candidates:
            start, end = words.starts[candidate.first], words.ends[candidate.last]
            if candidate.proof < ENOUGH or taken.touch(start, end) or taught_work.touch(start, end):
                continue
            if _stands_between(words, candidate) or (candidate.proof < NAMED and agency.touch(start, end)):
                continue
            # A firm in a signature or address that shows by nothing else may well be the agency.
            if candidate.proof == ENOUGH and (candidate.sends or signed.touch(start - 1, end)):
                sender = sender or candidate
            elif not _is_job_title(words, candidate) and (best is None or candidate.proof > best.proof):
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
        if "(" in words.text:
            found_here += [
                each for hit in self._us.find(words) for each in self._in_brackets(words, hit.last + 1)
            ]
        tails, jobs = word_set("client", "tails"), word_set("client", "jobs")
        domains = _domains(words.text)
        free = 0
        for index in [i for i, word in enumerate(words.folded) if words.capital(i) or _is_kind(word)]:
            if index < free:
                continue
            if _is_kind(words.folded[index]):
                named = _named_kind(words, index)
                if named is not None:
                    found_here.append(named)
                    found_here += _in_address(words, named.first, named.last, domains)
                    free = named.last + 1
                    continue
                found_here += self._in_brackets(words, _behind_town(words, index + 1))
            if words.capital(index) and not _everyday(words, index):
                last = _run_end(words, index)
                found_here += _by_itself(words, index, last, tails, jobs)
                found_here += _in_address(words, index, last, domains)
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
            if gap in {" (", ", "} and not word_set("client", "bracketed").isdisjoint(said):
                candidates += self._named(words, index, 4)
            elif label and (":" in gap or "=" in gap) and gap.strip(" :=\t*_") == "":
                candidates += self._named(words, index, 6, labelled=True)
            elif gap == " " and self._is_call_for_work(words, hit.first, hit.last):
                while index < len(words) and words.folded[index] in word_set("client", "articles"):
                    index += 1
                named = self._named(words, index, 4)
                employer = _is_employer(words, hit.first)
                candidates += (
                    [each._replace(proof=ENOUGH, sends=True) for each in named] if employer else named
                )
        return candidates

    def _in_brackets(self, words: Words, index: int) -> list[Candidate]:
        """ "Het ziekenhuis (Isala)", "bij ons (Limax, Sittard)": the name behind its kind; not "(MKB)"."""
        if index >= len(words) or words.gap(index) != " (":
            return []
        named = self._named(words, index, 4)
        return [
            each
            for each in named
            if words.text[words.ends[each.last] : words.ends[each.last] + 1] in {")", ","}
            and not words.said(index, each.last).isupper()
        ]

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
        last = last if _only_place(words, index, last) else _before_town(words, index, last)
        if any(words.folded[i].endswith(_events()) for i in range(last, min(last + 2, len(words)))):
            return []  # "voor de Vierdaagse", "for New Year"
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
        for name in range(candidate.first + 1, candidate.last + 1):
            body = _bodies().match(words, name)
            if body is not None and body.last == candidate.last and first in word_set("client", "civic"):
                return f"{words.said(candidate.first, name - 1)} {body.value}"
        if first in _short_heads() and candidate.last > candidate.first:
            rest = words.said(candidate.first + 1, candidate.last)
            return f"{_short_heads()[first]} {_capital(rest)}"
        if first in word_set("client", "civic") and said.islower():
            return (
                f"{words.word(candidate.first)} {_capital(words.said(candidate.first + 1, candidate.last))}"
            )
        return " ".join(said.split())


@cache
def _events() -> tuple[str, ...]:
    return tuple(word_set("client", "events"))


def _is_employer(words: Words, index: int) -> bool:
    """ "Ik werk bij Talentbrug", "I work for X": where the writer is, who may stand in between."""
    pair = tuple(words.folded[max(0, index - 2) : index])
    return pair in {("ik", "werk"), ("werk", "ik"), ("i", "work"), ("wij", "werken"), ("we", "work")}


def _is_liaison(words: Words, index: int) -> bool:
    """ "Aanspreekpunt voor de Autoriteit": whom one deals with in the work, not whom it is for."""
    return index > 0 and words.gap(index) == " " and words.folded[index - 1] in word_set("client", "liaison")


def _behind_town(words: Words, index: int) -> int:
    """The word behind "mensen in Deventer", when that is what stands here, else this word."""
    if index < len(words) and words.gap(index) == " " and words.folded[index] in word_set("client", "folks"):
        index += 1
    return _behind_place(words, index)


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
def _bodies() -> Phrases[str]:
    """What waterschappen, veiligheidsregio's and the like are called, as they write it."""
    return Phrases((name, name) for name in lists("client")["bodies"]).lasting()


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
    if index and words.folded[index] in _short_heads() and words.folded[index - 1].isdecimal():
        return None  # "2 min van CS"
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
    region = _region_end(words, name) if civic else None
    if region is not None:
        return Candidate(NAMED, first, region)
    if not _starts_name(words, name) or _is_loose(words, index):
        return None
    last = _run_end(words, name)
    towny = _only_place(words, name, last) and _is_town(words, name)
    if towny and (not words.capital(index) or words.begins(index)) and not civic:
        return None
    return Candidate(NAMED, first, last if towny else _before_town(words, name, last))


def _region_end(words: Words, name: int) -> int | None:
    """The last word of the town or region at this word: "gemeente hoorn", "GGD hollands midden"."""
    body = _bodies().match(words, name)
    if body is not None:
        return body.last
    place = gazetteer.places().match(words, name)
    return None if place is None or _is_small_word(words, name) else place.last


def _is_loose(words: Words, index: int) -> bool:
    """ "Een groep Amerikanen": the word for a kind is one of every day here."""
    loose = words.folded[index] in word_set("client", "loose")
    return loose and index > 0 and words.folded[index - 1] in {"een", "a"}


def _before_town(words: Words, name: int, last: int) -> int:
    """The last word of the name without the town behind it: "scheepswerf Baarends Terneuzen"."""
    for index in range(name + 1, last + 1):
        place = gazetteer.places().match(words, index)
        if place is None or place.last != last or words.gap(index) != " ":
            continue
        before = words.folded[index - 1]
        joins = before in word_set("client", "links") or before in word_set("place", "directions")
        known = place.value.population >= TOWN and place.value.kind not in {"word", "foreign"}
        # "Provinciale Bibliotheek Fryslân" is called so, "Chassé Theater Breda" is in Breda
        opened = index - 1 == name or words.folded[index - 2] in word_set("client", "openers")
        called = opened and _is_kind(before)
        return index - 1 if known and not joins and not called else last
    return last


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
    if words.folded[first] in word_set("client", "professions") and last > first:
        # "Dierenarts Van Loon zoekt"
        own = words.folded[first + 1] not in first_names() and not _only_place(words, first + 1, last)
        return [Candidate(4, first, last)] if own and _asks(words, last + 1) else []
    if words.folded[first] in first_names() and not _is_kind_behind(words.folded[last], tails):
        return []  # "Anna Bank" may be somebody
    if words.folded[first] in titles() or _is_term(words, first) or _only_place(words, first, last):
        return []
    if first == last and words.begins(first) and is_role_word(words.folded[first]):
        return []  # "Beursbouwer zoekt" names none
    if first == last and (_is_kind(words.folded[first]) or _is_compound(words.folded[first])):
        # "Timmerfabriek zoekt" names none, "de Martinikerk" does
        named = _is_compound(words.folded[first]) and _works_at(words, first)
        return [Candidate(3, first, last)] if named else []
    kind = _asking("kinds_behind").match(words, last + 1)
    described = first == last and words.begins(first)  # "Small bakery needs a driver"
    if kind is not None and words.gap(last + 1) == " " and not described:
        return [Candidate(5, _with_particle(words, first), kind.last)]
    end = _before_town(words, first, last)
    proof = 3 * (_is_of_insider(words, first, last) + _has_job_behind(words, first, last, jobs))
    if end > first and (words.folded[end] in tails or _is_kind(words.folded[end])):
        proof += 3
    asks = _asks(words, last + 1)
    if asks and (last > first or asks == "strong"):
        proof += 4 if last > first else 3
    if _has_town_in_brackets(words, first, last) or _in_brackets_with_town(words, first, last):
        proof += 3
    return [Candidate(proof, _with_particle(words, first), end)] if proof else []


def _has_job_behind(words: Words, first: int, last: int, jobs: frozenset[str]) -> bool:
    """ "De Rivium-klus", "the Northbay controller job"; but "the SM role" is short for the role."""
    if first == 0 or words.begins(first):
        return False
    index = last + 1
    if index < len(words) and words.gap(index) == " " and is_role_word(words.folded[index]):
        index += words.folded[index] not in jobs  # a "lead" is both
    if index >= len(words) or not words.joined(index):
        return False
    short = last == first and words.word(first).isupper() and len(words.word(first)) <= LONGEST_SHORT
    return words.folded[index] in jobs and not short


def _has_town_in_brackets(words: Words, first: int, last: int) -> bool:
    """ "De Zonnewijzer (zorg, Weert)", "Paperkite Games (Breda)": what it is and where, behind a name."""
    index = last + 1
    if index >= len(words) or words.gap(index) != " (" or (first == last and words.begins(first)):
        return False
    return not _only_place(words, first, last) and _closes_with_town(words, index)


def _closes_with_town(words: Words, index: int) -> bool:
    """Whether a town is a last word in the brackets in which this word stands: "(adviesbureau in Utrecht, ...)"."""
    for here in range(index, min(index + LONGEST, len(words))):
        if here > index and words.gap(here) not in {" ", ", ", "/", " / ", "-"}:
            return False
        place = gazetteer.places().match(words, here) if words.capital(here) else None
        if place is not None and words.text[words.ends[place.last] : words.ends[place.last] + 1] in {
            ")",
            ",",
        }:
            return True
    return False


def _in_brackets_with_town(words: Words, first: int, last: int) -> bool:
    """ "The solar firm I worked for (Heliant, Almere)": a name and where it is, behind what it is."""
    if (
        first == 0
        or not words.gap(first).endswith("(")
        or last + 1 >= len(words)
        or words.gap(last + 1) != ", "
    ):
        return False
    near = words.folded[max(0, first - 1 - HOUSE_WITHIN) : first]
    houses = word_set("client", "houses")
    return _closes_with_town(words, last + 1) and any(word in houses or _is_kind(word) for word in near)


def _works_at(words: Words, first: int) -> bool:
    """Whether "in het", or "de" with "zoekt" behind it, shows that a single word is an organisation."""
    if first == 0 or words.gap(first) != " " or words.folded[first - 1] not in {"de", "het", "the"}:
        return False
    place = first > 1 and words.folded[first - 2] in word_set("client", "inside")
    return place or bool(_asks(words, first + 1))


def _with_particle(words: Words, first: int) -> int:
    """The first word of a name that begins with "Van" at the beginning of a sentence."""
    particle = first and words.gap(first) == " " and words.word(first - 1) in {"Van", "Ter", "Ten"}
    return first - 1 if particle else first


def _is_kind_behind(word: str, tails: frozenset[str]) -> bool:
    """Whether a word behind a first name shows that it is no person: "Laurens Lyceum"."""
    return word in tails or (len(word) >= LONG_KIND and word in word_set("client", "heads"))


@lru_cache(maxsize=WORDS_KEPT)
def _is_compound(word: str) -> bool:
    """Whether a name stands before the kind in one word: "Martinikerk"."""
    heads = word_set("client", "heads")
    return word not in heads and any(word.endswith(head) for head in heads if len(head) > 3)


def _is_of_insider(words: Words, first: int, last: int) -> bool:
    """ "The CTO of Lumenpark", "het magazijn van Tolhuis": somebody, a part of it or work stands before a name."""
    index = first - 1
    if index > 0 and words.folded[index] in word_set("client", "articles"):
        index -= 1
    if (
        index < 1
        or words.folded[index] not in {"van", "of", "vd"}
        or not (words.gap(first) == words.gap(index) == " ")
    ):
        return False
    before = words.folded[index - 1]
    return before in word_set("client", "insiders") or (
        words.folded[first] not in first_names()
        and (_is_job(before) or _is_staff(words, index - 1, long=last > first))
    )


@lru_cache(maxsize=WORDS_KEPT)
def _is_job(word: str) -> bool:
    """ "Constructeursklus", "uxopdracht": work, named by its kind."""
    return len(word) > LONG_KIND and word.endswith(("klus", "opdracht", "vacature"))


def _is_staff(words: Words, index: int, *, long: bool) -> bool:
    """ "De projectmanager van ...", "Ronald Stoop van ...": who works there; behind a role "van Dijk" is a surname."""
    if words.capital(index):
        return long and index > 0 and words.gap(index) == " " and words.folded[index - 1] in first_names()
    return long and is_role_word(words.folded[index])


@cache
def _mailboxes() -> frozenset[str]:
    return word_set("client", "mailboxes")


def _domains(text: str) -> frozenset[str]:
    """The names of firms that the addresses in a text hold; "gmail" says nothing."""
    if "@" not in text:
        return frozenset()
    said = (match[1].lower().replace("-", "").replace("_", "") for match in _DOMAIN.finditer(text))
    return frozenset(said) - _mailboxes()


def _in_address(words: Words, first: int, last: int, domains: frozenset[str]) -> list[Candidate]:
    """A run of capitals, words of which are the name in somebody's address: "dokkumlightwalk.nl"."""
    if not domains or words.folded[first] in first_names() or _only_place(words, first, last):
        return []
    for start in range(first, last + 1):
        for end in range(start, last + 1):
            if "".join(words.folded[start : end + 1]) in domains:
                return [Candidate(ENOUGH, first, last, sends=True)]
    return []


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
        saint = gap == ". " and words.folded[here - 1] in {"st", "sint"}
        if not saint and gap not in {" ", "-", " & ", "&", "+", ".", "'", "’"}:
            break
        if (
            words.folded[here] == "s"
            and gap in {"'", "’"}
            and here + 1 < len(words)
            and words.capital(here + 1)
        ):
            continue  # "St. Lambert's Community"
        ends_name = words.folded[here] not in no_names() or words.folded[here] in word_set("client", "tails")
        if words.capital(here) and (ends_name or _is_acronym(words, here, last)):
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


def _is_town(words: Words, name: int) -> bool:
    """No village that few know: "vve Zandberg" is called so."""
    place = gazetteer.places().match(words, name)
    return place is None or place.value.population >= TOWN or place.value.population == 0


def _only_place(words: Words, first: int, last: int) -> bool:
    """Whether the whole run is the name of a place, or of a part of it: "Zwolle-Zuid"."""
    place = gazetteer.places().match(words, first)
    if place is None:
        return False
    part = place.last + 1 == last and words.folded[last] in word_set("place", "directions")
    return place.last >= last or part


def _is_term(words: Words, index: int) -> bool:
    """Whether a role or skill of the taxonomy begins here: "voor Python" names no client."""
    return taxonomy.phrases().match(words, index) is not None


def _is_agency(words: Words, candidate: Candidate) -> bool:
    """ "Brightwater Recruitment", "FinMatch Interim": a name that says so by its last words."""
    last = words.folded[max(candidate.first + 1, candidate.last - 1) : candidate.last + 1]
    return not word_set("client", "agencies").isdisjoint(last)


def _stands_between(words: Words, candidate: Candidate) -> bool:
    return _through_agent(words, candidate.first) or _is_agency(words, candidate)


def _agency(words: Words, candidates: list[Candidate]) -> Spans:
    """Where the firm of whoever wrote is named, when they seek somebody for a client of theirs."""
    sends = [each for each in candidates if each.sends]
    if not sends or not _speaks_for_another(words):
        return NOWHERE
    return Spans((words.starts[each.first], words.ends[each.last]) for each in sends)


def _speaks_for_another(words: Words) -> bool:
    """Whether whoever wrote this seeks somebody for a client of theirs."""
    return bool(_asking("between").find(words))


def _is_job_title(words: Words, candidate: Candidate) -> bool:
    """ "Interim Group Controller": capitals that end in a role name no organisation."""
    for index in range(candidate.first, candidate.last + 1):
        hit = taxonomy.phrases().match(words, index)
        if hit is None or hit.last != candidate.last or hit.value.term.kind != "role":
            continue
        if hit.first == hit.last > candidate.first and words.folded[hit.last] in word_set("client", "tails"):
            continue  # "Zuiderlicht MC"
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
