"""Finds where work is: a town, village or region.

A village that is also a word ("Best", "Made", "Goes") must show by a capital or a preposition that it is meant.
"""

from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlu import gazetteer, taxonomy
from nlu.components.names import BESIDE_THE_WORK, first_names, no_names, spans_of, words_of
from nlu.finds import Find, note
from nlu.gazetteer import Entry, Place
from nlu.lexicon import Hit, Phrases, Words, phrases_of, word_set

LARGE: Final = 30_000  # inhabitants: "in goes" without a capital is the town
TOWN: Final = 9_000
LONG_NAME: Final = 6  # letters
LIKELY: Final = 20_000  # a misspelt name must mean a place that many know
SHORT_ANSWER: Final = 5  # words; so short a text is itself the answer to "waar?"


_BETWEEN: Final = frozenset({"en", "of", "and", "or"})
_TAKEN: Final = (
    "client",
    "contact_name",
    "person",
    "profile_name",
    "email",
    "phone",
    "greeting",
    *BESIDE_THE_WORK,
)


class Spot(NamedTuple):
    """A place and the words it takes."""

    place: Place
    first: int
    last: int


def make_place(nlp: Language, name: str) -> "PlaceFinder":
    """Build the component. It reads better after the contact, client and person finders."""
    return PlaceFinder()


class PlaceFinder:
    """Finds "place" (a Place) and "unknown_place" (a text)."""

    kinds = ("place", "unknown_place")

    def __init__(self) -> None:
        self._area: Phrases[str] = phrases_of("place", "area")
        self._area_after: Phrases[str] = phrases_of("place", "area_after")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """Every place in the order of the text; names inside a client or a person's name are not meant."""
        words = words_of(doc)
        named = gazetteer.places().find(words)
        if not named and word_set("place", "strict").isdisjoint(words.folded):
            return []
        finds = []
        known: set[int] = set()
        meant: set[int] = set()
        for hit in named:
            known.update(range(hit.first, hit.last + 1))
            beside = hit.first - 2 in meant and words.folded[hit.first - 1] in _BETWEEN
            if _is_meant(words, hit, beside=beside) and _is_free(doc, words, hit.first, hit.last):
                meant.add(hit.last)
                finds.append(self._find(words, Spot(hit.value.place, hit.first, hit.last)))
        return finds + self._unlisted(doc, words, known)

    def _find(self, words: Words, spot: Spot) -> Find:
        """The place, with its surroundings when "regio" or "omgeving" is said."""
        start, end = words.starts[spot.first], words.ends[spot.last]
        place = spot.place
        for first in range(max(0, spot.first - 4), spot.first):
            hit = self._area.match(words, first)
            if hit is not None and hit.last == spot.first - 1 and words.joined(spot.first):
                said = words.word(hit.last).lower()
                name = f"{said} {place.name}" if said in word_set("place", "named_area") else place.name
                place = gazetteer.around(place, name)
                return Find("place", place, words.starts[hit.last], end)
        after = self._area_after.match(words, spot.last + 1)
        if after is not None and words.joined(spot.last + 1):
            place = gazetteer.around(place, place.name)
            end = words.ends[after.last]
        return Find("place", place, start, end)

    def _unlisted(self, doc: Doc, words: Words, known: set[int]) -> list[Find]:
        """Names after "in" or "te" that no list holds: a misspelt place, or one we have to ask about."""
        finds: list[Find] = []
        strict = word_set("place", "strict")
        if strict.isdisjoint(words.folded):
            return finds
        for index in range(1, len(words)):
            if words.folded[index - 1] not in strict or index in known or words.gap(index) != " ":
                continue
            last = _name_end(words, index)
            may_be_misspelt, unknown = _may_be_misspelt(words, index), _is_unknown(words, index)
            if not (may_be_misspelt or unknown) or not _is_free(doc, words, index, last):
                continue
            entry = gazetteer.guess(words.said(index, last)) if may_be_misspelt else None
            if entry is not None and entry.population >= LIKELY:
                finds.append(self._find(words, Spot(entry.place, index, last)))
            elif unknown:
                start, end = words.starts[index], words.ends[last]
                finds.append(Find("unknown_place", words.said(index, last), start, end))
        return finds


def _is_free(doc: Doc, words: Words, first: int, last: int) -> bool:
    """Whether these words are no part of another name, or of what a mail says beside the work."""
    return not spans_of(doc, *_TAKEN).touch(words.starts[first], words.ends[last])


def _is_meant(words: Words, hit: Hit[Entry], *, beside: bool) -> bool:
    """Whether the text shows that a place is meant, as much as its name asks for; `beside` another one it is."""
    first, last, entry = hit
    if words.folded[first].isdecimal():
        return _is_code(words, first)
    if _is_surname(words, first) or _is_part(words, first, last):
        return False
    capital = words.capital(first) and not _shouted(words, first)
    if entry.kind == "safe":
        return capital or _is_known_small(words, first, last, entry) or _is_cued(words, first)
    if len(words) <= SHORT_ANSWER and first == 0 and last == len(words) - 1:
        return entry.population >= TOWN or entry.kind == "small"
    cued = beside or _is_cued(words, first, article=False) or (capital and _in_place_of(words, last))
    bounded = _bounded(words, first, last)
    if entry.kind == "small":
        return (capital and (cued or _apart(words, first, last))) or (cued and bounded)
    if capital and (not words.begins(first) or _is_label(words, first)):
        return cued or entry.population >= LARGE or _apart(words, first, last)
    if not cued or entry.kind == "foreign" or words.folded[first - 1] == "te":
        return False
    return _small_letters_suffice(entry, bounded=bounded)


def _is_part(words: Words, first: int, last: int) -> bool:
    """Whether the name is that of something else: part of a word or firm, or a verb."""
    return _goes_on(words, first, last) or _is_firm(words, first, last) or _is_verb(words, first, last)


def _is_verb(words: Words, first: int, last: int) -> bool:
    """ "Een keuken te tegelen in Oss": in small letters behind "te", with where it is behind it."""
    behind = last + 1
    return (
        first == last
        and first > 0
        and not words.capital(first)
        and words.folded[first - 1] == "te"
        and words.folded[first].endswith("en")
        and behind < len(words)
        and words.folded[behind] in {"in", "bij", "voor", "te"}
    )


def _in_place_of(words: Words, last: int) -> bool:
    """ "Het is Velp, niet Velsen": what another place is wrong for."""
    index = last + 1
    if index + 1 >= len(words) or words.folded[index] not in {"niet", "not", "ipv"}:
        return False
    return words.capital(index + 1) and gazetteer.places().match(words, index + 1) is not None


def _is_known_small(words: Words, first: int, last: int, entry: Entry) -> bool:
    """A town many know, or a region with a long name, is meant in small letters too; "gooi" may be a verb."""
    if entry.population:
        return entry.population >= TOWN
    return last > first or len(words.folded[first]) >= LONG_NAME


def _small_letters_suffice(entry: Entry, *, bounded: bool) -> bool:
    return entry.population >= LARGE or (bounded and entry.population >= TOWN)


def _is_code(words: Words, index: int) -> bool:
    """ "020" as a nickname for a town, not the first digits of a number."""
    after = words.text[words.ends[index] : words.ends[index] + 2]
    before = words.text[max(0, words.starts[index] - 1) : words.starts[index]]
    return (
        _is_cued(words, index)
        and before == " "
        and not after.strip(" ,.!?)").startswith(tuple("0123456789-/:"))
    )


def _is_cued(words: Words, first: int, *, article: bool = True) -> bool:
    """Whether "in", "te", "omgeving" or "Standplaats:" stands before it, an article or "of" in between."""
    if first == 0:
        return False
    if _is_label(words, first):
        return True
    before = first - 1
    if (
        article
        and words.folded[before] in {"de", "het", "the", "van"}
        and before > 0
        and words.gap(first) == " "
    ):
        before -= 1
    if before > 0 and words.folded[before] in {"is", "wordt"} and words.gap(before + 1) == " ":
        return words.folded[before - 1] in word_set("place", "labels")  # "standplaats is Exloo"
    if words.folded[before] == "op":
        return words.capital(first) and words.gap(before + 1) == " "  # "op Schiermonnikoog", not "op hoop"
    return words.folded[before] in word_set("place", "before") and words.gap(before + 1) == " "


def _is_label(words: Words, first: int) -> bool:
    """ "Locatie: Goes"."""
    gap = words.gap(first).strip(" *_\t")
    return first > 0 and gap == ":" and words.folded[first - 1] in word_set("place", "before")


def _bounded(words: Words, first: int, last: int) -> bool:
    """Whether the name is followed by a comma, bracket or the like, or by nothing."""
    text = words.text
    after = text[words.ends[last] : words.ends[last] + 1]
    return not after or after in ",.;:)/!?\n|"


def _apart(words: Words, first: int, last: int) -> bool:
    """Whether the name is a part of its own: "..., Weert, 32 uur", "(Goes)"."""
    before = words.gap(first).strip(" ")
    return _bounded(words, first, last) and (
        before[-1:] in {",", "(", "/", "|", ".", "-"} or "\n" in words.gap(first)
    )


def _shouted(words: Words, first: int) -> bool:
    """In a text in capitals a capital says nothing; an abbreviation ("AS") is no village."""
    said = words.word(first)
    return len(said) > 1 and said.isupper() and (len(said) <= 3 or words.text.isupper())


def _is_surname(words: Words, first: int) -> bool:
    """ "Ilse van Breda": a capital, a particle and then the place."""
    index = first - 1
    while index >= 0 and words.folded[index] in word_set("place", "surname") and words.gap(index + 1) == " ":
        index -= 1
    if index < 0 or words.gap(index + 1) != " ":
        return False
    if words.folded[index] in first_names() and words.capital(index):
        return True
    particles = first - 1 - index
    return (
        particles > 0
        and words.capital(index)
        and words.folded[index] not in no_names()
        and not words.begins(index)
    )


def _is_firm(words: Words, first: int, last: int) -> bool:
    """ "gemeente Delft", "via Randstad", "Randstad Professional"."""
    if first and words.folded[first - 1] in word_set("client", "civic") and words.gap(first) == " ":
        return True
    if words.folded[first] not in word_set("place", "firms"):
        return False
    behind = first > 0 and words.folded[first - 1] in word_set("place", "firm_cues")
    return behind or (last + 1 < len(words) and words.gap(last + 1) == " " and words.capital(last + 1))


def _goes_on(words: Words, first: int, last: int) -> bool:
    """Part of a longer word: "Utrecht-achtig", "www.zeist.nl"; "Arnhem-Nijmegen" and "Breda/Tilburg" are not."""
    text = words.text
    before = text[max(0, words.starts[first] - 1) : words.starts[first]]
    after = text[words.ends[last] : words.ends[last] + 2]
    if before in {"@", "."} or (after[:1] in {"@", "."} and after[1:].isalnum()):
        return True
    return after[:1] == "-" and after[1:].isalpha() and after[1:].islower()


def _name_end(words: Words, index: int) -> int:
    """The last word of the capitals that begin here."""
    last = index
    while last + 1 < len(words) and words.gap(last + 1) in {" ", "-"} and words.capital(last + 1):
        last += 1
    return last if words.capital(index) else index


def _may_be_misspelt(words: Words, index: int) -> bool:
    """Long enough to guess at, and no word we know otherwise."""
    word = words.folded[index]
    return len(word) >= gazetteer.TYPO_LETTERS and not _known_otherwise(words, index)


def _known_otherwise(words: Words, index: int) -> bool:
    word = words.folded[index]
    if word in word_set("place", "not_places") or word in no_names() or word in first_names():
        return True
    return taxonomy.kind_of(word) is not None or taxonomy.phrases().match(words, index) is not None


def _is_unknown(words: Words, index: int) -> bool:
    """A capital, then small letters, and nothing else we know."""
    word = words.word(index)
    return len(word) >= 4 and word[0].isupper() and word[1:].islower() and not _known_otherwise(words, index)
