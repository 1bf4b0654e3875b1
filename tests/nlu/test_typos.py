"""A slip of the finger in a month, a day of the week or "beschikbaar" is seen through; other words are left alone."""

import pytest

from nlu.typos import meant_by


@pytest.mark.parametrize(
    ("word", "symbol"),
    [
        ("dondredag", "W4"),
        ("woesdag", "W3"),
        ("dinstag", "W2"),
        ("zaterdaag", "W6"),
        ("wedensday", "W3"),
        ("thursdey", "W4"),
        ("febuari", "M2"),
        ("septembr", "M9"),
        ("octobre", "M10"),
        ("desember", "M12"),
        ("novembre", "M11"),
        ("beschikbaat", "FREE"),
        ("beschibaar", "FREE"),
        ("avaliable", "FREE"),
    ],
)
def test_one_slip_is_seen_through(word: str, symbol: str) -> None:
    assert meant_by(word) == symbol


@pytest.mark.parametrize(
    "word",
    [
        *(
            "zondaar",
            "oktoberfest",
            "augustin",
            "augusta",
            "frida",
            "beschikbare",
            "vrijkomt",
            "sundae",
            "marktdag",
        ),
        "tursday",  # Tuesday or Thursday
        "",
    ],
)
def test_other_words_are_left_alone(word: str) -> None:
    assert meant_by(word) is None
