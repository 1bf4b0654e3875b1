"""Whatever people send, the readers of names do not stumble, and time grows no faster than the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nlu.names.reading import read

PIECES = [
    "Bel", "bij", "voor", "in", "te", "regio", "Goes", "gemeente", "Noor", "de Wit", "06-12345678", "020", "@", "x@y.nl", ".", ",", "\n", ":", "-",
    "zoek", "geen", "een", "projectleider", "python", "C#", "thuis", "op kantoor", "2 dagen", "12 jaar", "40 km", "ASML", "BV", "Kade", "12", "(", ")", "'s",
    "İ", "ß", "\u200b", "👩‍💻", "Ⅷ", "½", "٣", "groeten,", "van", "Van:", "Aan:", "Sent:", "Monday", "Beste", "en", "geadresseerde", "PS", "Mr.", "ik ben", "mijn naam is", "Klant:", "liever geen", "vind ik leuk",
]  # fmt: skip


@given(st.text(max_size=300), st.sampled_from(["nl", "en"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    assert all(0 <= find.start < find.end <= len(text) for find in read(text, language))


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " ", "\n"]))
def test_any_mix_of_words_we_listen_for_can_be_read(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    assert all(0 <= find.start < find.end <= len(text) for find in read(text))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a@",
        "0",
        "06 ",
        "Aa ",
        "in Aa ",
        "bij De ",
        "van ",
        "(",
        "\n",
        "geen banken of ",
        "Jan de ",
        "-",
        "a.",
        "@a.",
        "projectleider en ",
        "Groet,\nVan: Jan\n",
        "Van: Jan <jan@example.org>\n",
        "Groet, Kees\nT 06-12345678\n",
        "Dit is bestemd voor de geadresseerde. ",
        "geadresseerde\n\n",
        "Beste Mieke, Kees, ",
        "Beste Mieke en ",
        "Contact: Noor de Wit, 06-12345678, planner gezocht bij gemeente Goes. ",
    ],
)
def test_a_long_text_takes_no_more_than_its_length(piece: str) -> None:
    """Ten times the text in less than forty times the time: a square law would take a hundred."""
    read(piece * 10)
    assert seconds(piece * (20_000 // len(piece))) < 40 * max(seconds(piece * (2_000 // len(piece))), 0.005)


def seconds(text: str) -> float:
    """The best of three: on a busy machine some take longer for no reason of ours."""
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        read(text)
        best = min(best, time.process_time() - began)
    return best
