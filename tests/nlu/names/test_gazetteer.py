"""Names of places to where they are, and the rules of distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import build_places
from nlu.gazetteer import PLACES, Place, distance_km, locate

FOUND = [
    ("Utrecht", "Utrecht"),
    ("utrecht", "Utrecht"),
    ("  Utrecht ", "Utrecht"),
    ("regio Utrecht", "regio Utrecht"),
    ("gemeente Hoorn", "Hoorn"),
    ("den bosch", "Den Bosch"),
    ("Hertogenbosch", "Hertogenbosch"),
    ("A'dam", "Amsterdam"),
    ("020", "Amsterdam"),
    ("de Achterhoek", "Achterhoek"),
    ("Randstad", "Randstad"),
    ("Fryslan", "Fryslân"),
    ("Amersfort", "Amersfoort"),
    ("Roterdam", "Rotterdam"),
    ("Leeuwaarden", "Leeuwarden"),
    ("Súdwest-Fryslân", "Súdwest-Fryslân"),
    ("Etten Leur", "Etten-Leur"),
    ("Berkel en Rodenrijs", "Berkel en Rodenrijs"),
    ("Gent", "Gent"),
    ("Köln", "Köln"),
    ("hele land", "Nederland"),
    ("Schiphol", "Schiphol"),
    ("Best", "Best"),
]


@pytest.mark.parametrize(("said", "name"), FOUND)
def test_a_place_is_found_by_any_of_its_names(said: str, name: str) -> None:
    place = locate(said)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("said", ["", " ", "Xyzdorp", "thuis", "regio", "overal", "Gbon", "!!", "in"])
def test_what_is_no_place_is_not_found(said: str) -> None:
    assert locate(said) is None


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("Amsterdam", "Utrecht", 30, 40),
        ("Groningen", "Maastricht", 255, 285),
        ("Den Haag", "Rotterdam", 17, 25),
        ("Hengelo", "Enschede", 5, 12),
        ("Rijswijk", "Den Haag", 1, 8),
        ("Bergen", "Alkmaar", 2, 10),
        ("Antwerpen", "Brussel", 38, 48),
        ("Amsterdam", "Amsterdam", 0, 0),
    ],
)
def test_distance_is_as_the_crow_flies(one: str, other: str, low: float, high: float) -> None:
    a, b = locate(one), locate(other)
    assert a is not None
    assert b is not None
    assert low <= distance_km(a, b) <= high


def test_a_region_reaches_farther_than_its_town() -> None:
    town, region = locate("Eindhoven"), locate("regio Eindhoven")
    assert town is not None
    assert region is not None
    assert town.radius_km < region.radius_km


POINTS = st.builds(Place, st.just("x"), st.floats(-90, 90), st.floats(-180, 180), st.just(1.0))


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways_and_never_beyond_half_the_earth(one: Place, other: Place) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= distance_km(one, other) <= 20_016


@given(st.text(max_size=60))
def test_any_name_can_be_asked_for(name: str) -> None:
    place = locate(name)
    assert place is None or place.radius_km > 0


def test_the_list_was_made_from_its_sources() -> None:
    lines = ["\t".join(str(part) for part in row) for row in build_places.rows()]
    assert PLACES.read_text(encoding="utf-8").splitlines() == lines
