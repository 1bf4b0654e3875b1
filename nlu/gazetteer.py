"""Knows where places are: towns, villages, regions, provinces and the nicknames people use for them.

The list (`data/places.tsv`) is made once by `nlu.build_places`; it is read when the first place is asked for.
"""

import math
import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from nlu.lexicon import Phrases, Words, split

PLACES: Final = Path(__file__).parent / "data" / "places.tsv"
EARTH_KM: Final = 6371.0
AREA_KM: Final = 25  # what "regio X" adds around a town
TYPO_LETTERS: Final = 6  # a shorter name is too near to others to guess at
CLEARLY_LARGER: Final = 20  # times as many people: then a misspelt name means the larger town

Kind = Literal["safe", "small", "word", "foreign"]

KINDS: Final[dict[str, Kind]] = {"safe": "safe", "small": "small", "word": "word", "foreign": "foreign"}

_AREA_WORDS: Final = frozenset(
    {
        "regio",
        "omgeving",
        "rondom",
        "rond",
        "nabij",
        "near",
        "around",
        "greater",
        "area",
        "region",
        "omstreken",
    }
)
_IDLE_WORDS: Final = frozenset(
    {"de", "het", "the", "gemeente", "gem", "in", "te", "stad", "city", "of", "en"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named, its middle in degrees, and how far it reaches around that, in km."""

    name: str
    latitude: float
    longitude: float
    radius_km: float


class Entry(NamedTuple):
    """A place of the list.

    `kind` says how much proof a text must give that the place is meant: "safe" none, "small" (a village) a capital or a
    preposition, "word" (a village called Best, Made or Goes) both; "foreign" the same, and small letters never do.
    """

    place: Place
    population: int
    kind: Kind


def locate(name: str) -> Place | None:
    """Find a place by its name, with or without "regio", forgiving one typing error in a name of six letters or more.

    Returns None when nothing is called so, or when a misspelt name could be several places.
    """
    parts = split(name)
    entry = _exact(parts) or _misspelt(parts)
    if entry is not None:
        return entry.place
    wide = any(part in _AREA_WORDS for part in parts)
    bare = tuple(part for part in parts if part not in _AREA_WORDS and part not in _IDLE_WORDS)
    entry = _exact(bare) or _misspelt(bare)
    if entry is None:
        return None
    return around(entry.place, name.strip()) if wide else entry.place


def around(place: Place, name: str) -> Place:
    """The same place with its surroundings, under the name that was said ("regio Utrecht")."""
    return Place(name, place.latitude, place.longitude, max(place.radius_km, AREA_KM))


def distance_km(a: Place, b: Place) -> float:
    """The distance between the middles of two places as the crow flies, in km."""
    north, south = math.radians(a.latitude), math.radians(b.latitude)
    height, width = north - south, math.radians(a.longitude - b.longitude)
    chord = math.sin(height / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(width / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def entry_of(name: str) -> Entry | None:
    """The listed place of exactly this name, or None."""
    return _exact(split(name))


def guess(name: str) -> Entry | None:
    """The one listed place that is a single typing error away from this name, or None."""
    return _misspelt(split(name))


def places() -> Phrases[Entry]:
    """Every name of every place, to be found in a text."""
    return _gazetteer().phrases


def is_place(words: Words, index: int) -> bool:
    """Whether a listed place begins at this word."""
    return places().match(words, index) is not None


class _Gazetteer(NamedTuple):
    by_name: dict[tuple[str, ...], Entry]
    phrases: Phrases[Entry]


@cache
def _gazetteer() -> _Gazetteer:
    """Read the list; of places with one name the first row counts, which is the largest."""
    by_name: dict[tuple[str, ...], Entry] = {}
    for line in PLACES.read_text(encoding="utf-8").splitlines():
        name, latitude, longitude, radius, population, kind, others = line.split("\t")
        place = Place(name, float(latitude), float(longitude), float(radius))
        entry = Entry(place, int(population), KINDS.get(kind, "word"))
        by_name.setdefault(split(name), entry)
        for other in others.split("|") if others else ():
            by_name.setdefault(split(other), entry._replace(place=_called(place, other)))
    return _Gazetteer(by_name, Phrases.of_parts(by_name.items()).lasting())


def _called(place: Place, other: str) -> Place:
    """Keep the name that was used when it is a name ("Den Bosch"), not when it is short for one ("A'dam", "020")."""
    short = "'d" in other or other.isdecimal() or "/" in other or other[0].islower() or " ad " in other
    return place if short else Place(other, place.latitude, place.longitude, place.radius_km)


def _exact(parts: tuple[str, ...]) -> Entry | None:
    return _gazetteer().by_name.get(parts)


def _misspelt(parts: tuple[str, ...]) -> Entry | None:
    """The one place a single typing error away; the clearly largest when there are several."""
    text = " ".join(parts)
    if not TYPO_LETTERS <= len(text) <= 30:
        return None
    by_name = _gazetteer().by_name
    near = {
        id(entry): entry for near in _one_off(text) if (entry := by_name.get(tuple(near.split()))) is not None
    }
    ranked = sorted(near.values(), key=_people, reverse=True)
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0].population < CLEARLY_LARGER * ranked[1].population:
        return None
    return ranked[0]


def _people(entry: Entry) -> int:
    return entry.population


def _one_off(text: str) -> set[str]:
    """Every text one deletion, swap, replacement or insertion away."""
    cuts = [(text[:i], text[i:]) for i in range(len(text) + 1)]
    letters = string.ascii_lowercase + " "
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + letter + b[1:] for a, b in cuts if b for letter in letters),
        *(a + letter + b for a, b in cuts for letter in letters),
    }
