"""However a list is asked, the same phrases are found; and a text is cut alike on the quick way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import tokenizer
from nlu.lexicon import Phrases, Words

PHRASES = ["in", "in de", "in de buurt van", "in het", "de buurt", "c++", "buurt", "van de", ".net"]
LASTING = Phrases((phrase, phrase) for phrase in PHRASES).lasting()
PASSING = Phrases((phrase, phrase) for phrase in PHRASES)
SAID = st.lists(
    st.sampled_from(["in", "de", "buurt", "van", "Het", "C++", ".NET", ",", "\n", "één"]), max_size=12
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In de buurt van Delft", ["in de buurt van"]),
        ("in de straat", ["in de"]),
        ("in, de buurt", ["in", "de buurt"]),
        ("ver van huis", []),
        ("C++ of .NET", ["c++", ".net"]),
        ("", []),
    ],
)
def test_the_longest_phrase_counts(text: str, found: list[str]) -> None:
    """From left to right, and none of them overlap."""
    assert [hit.value for hit in LASTING.find(Words(text))] == found


@given(SAID.map(" ".join))
def test_a_list_that_lasts_finds_what_any_list_finds(text: str) -> None:
    """The marks of the words leave out only lists of which nothing is there."""
    words = Words(text)
    assert LASTING.find(words) == PASSING.find(words)


def test_a_list_made_later_is_asked_all_the_same() -> None:
    """A text that was cut before the list was made has no mark of it."""
    words = Words("ergens in de buurt")
    later = Phrases([("in de buurt", 1)]).lasting()
    assert [hit.value for hit in later.find(words)] == [1]


@given(st.text(st.sampled_from("aé1230 .,:-+()'’\n€u@w/ht")))
def test_a_text_without_addresses_is_cut_as_one_with(text: str) -> None:
    """The pattern that knows no addresses cuts alike where there are none."""
    there = text.replace("@", "").replace("://", "").replace("www.", "")
    assert tokenizer.split_words(there) == tokenizer.split_words(f"{there}\n@")[:-1]
