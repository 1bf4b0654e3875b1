"""The little language in which texts are written."""

import pytest

from assistant.words.template import parse

ROWS = [
    ("Hoi {name}!", {"name": "Noor"}, "Hoi Noor!"),
    ("Hoi {name}!", {}, "Hoi !"),
    ("Ja.[ Tarief: {rate}]", {"rate": "95"}, "Ja. Tarief: 95"),
    ("Ja.[ Tarief: {rate}]", {}, "Ja."),
    ("[{a} en {b}]", {"a": "1"}, ""),
    ("[?again Sorry. ]Waar?", {"again": "yes"}, "Sorry. Waar?"),
    ("[?again Sorry. ]Waar?", {}, "Waar?"),
    ("[!until Geen haast.][?until Vóór {until}.]", {}, "Geen haast."),
    ("[!until Geen haast.][?until Vóór {until}.]", {"until": "ma"}, "Vóór ma."),
    ("[!until Nog {n}.]", {}, ""),
    ("{n|1 lid|# leden}", {"n": "1"}, "1 lid"),
    ("{n|1 lid|# leden}", {"n": "12"}, "12 leden"),
    ("een\n[{x}]\ntwee", {}, "een\ntwee"),
    ("een\n\n[{x}]\n\ntwee", {}, "een\n\ntwee"),
    ("[{x}]\n\ntwee", {}, "twee"),
    ("een\n\n[{x}]", {}, "een"),
    ("“{x}”", {"x": "{y}\n\n\n[z] # %s"}, "“{y}\n\n\n[z] # %s”"),
    ("  plain\n\ntext  ", {}, "plain\n\ntext"),
]


@pytest.mark.parametrize(("text", "values", "expected"), ROWS)
def test_fill(text: str, values: dict[str, str], expected: str) -> None:
    assert parse(text).fill(values) == expected


def test_names() -> None:
    assert parse("{a} [{b|x|y}]\n[?c d][!e f]").names() == {"a", "b", "c", "e"}
