"""Dutch or English: decided by small words, else by whose message it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.components.language import detect
from nlu.meaning import LanguageCode


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ik ben vrij vanaf 1 maart", "nl"),
        ("ik zoek een full stack developer for a scale-up", "nl"),
        ("wie weet een goede product owner?", "nl"),
        ("klopt", "nl"),
        ("I'm free from 1 March", "en"),
        ("My client in Utrecht needs a projectleider", "en"),
        ("I have an opdracht for you", "en"),
        ("I’d like that", "en"),
        ("yes", "en"),
    ],
)
@pytest.mark.parametrize("fallback", ["nl", "en", None])
def test_small_words_decide(text: str, language: LanguageCode, fallback: LanguageCode | None) -> None:
    assert detect(text, fallback) == language


@given(text=st.text(alphabet="0123456789 .,!€@\n", max_size=50))
@pytest.mark.parametrize(("fallback", "language"), [("nl", "nl"), ("en", "en"), (None, "nl")])
def test_without_them_the_fallback_does(
    text: str, fallback: LanguageCode | None, language: LanguageCode
) -> None:
    assert detect(text, fallback) == language


@pytest.mark.parametrize("text", ["Goes, 32u", "OK", "scrum master, remote", "👍"])
def test_words_of_both_languages_decide_nothing(text: str) -> None:
    assert [detect(text, "nl"), detect(text, "en")] == ["nl", "en"]
