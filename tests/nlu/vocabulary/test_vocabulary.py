"""A collective's own words: heard when they are explained, read where they are meant, refused where they could be anything."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import Context, Reader, teachable
from nlu.meaning import Form, Lead
from nlu.vocabulary import Lesson, Vocabulary, Word, WordKind

TODAY = date(2026, 11, 21)
OWN = Vocabulary(
    (
        Word("pgo'er", "role", "adviseur persoonlijke gezondheidsomgeving"),
        Word("wolkenkunstenaar", "role", "wolkenkunstenaar"),
        Word("cx lead", "role", "customer experience manager"),
        Word("kdv", "skill", "kinderdagverblijf"),
        Word("veldzicht", "client", "Veldzicht"),
        Word("GU", "client", "gemeente Utrecht"),
    )
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def lead(reader: Reader, text: str, vocabulary: Vocabulary = OWN, form: Form | None = "lead") -> Lead:
    found = reader.read(text, Context(TODAY, form=form, vocabulary=vocabulary)).lead
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "taught"),
    [
        ("pm = projectmanager", Lesson("pm", "projectmanager", "role")),
        ("pgo'er=adviseur persoonlijke gezondheidsomgeving", Lesson("pgo'er", "adviseur persoonlijke gezondheidsomgeving", "role")),
        ("Met pm bedoelen wij programmamanager.", Lesson("pm", "programmamanager", "role")),
        ("onthoud dat kdv staat voor kinderdagverblijf", Lesson("kdv", "kinderdagverblijf", None)),
        ("GU is bij ons gemeente Utrecht", Lesson("GU", "gemeente Utrecht", "client")),
        ("PBI betekent bij ons Power BI", Lesson("PBI", "Power BI", "skill")),
        ("“cx lead” means customer experience manager", Lesson("cx lead", "customer experience manager", "role")),
        ("by pm we mean a programme manager", Lesson("pm", "programme manager", "role")),
        ("wat betekent pm?", None),
        ("wat betekent dat voor mij", None),
        ("rol = tester", None),
        ("opdracht = projectleider", None),
        ("tarief = 95", None),
        ("start = 1 maart", None),
        ("het is hetzelfde als gisteren", None),
        ("projectleider, Utrecht, 32 uur = 4 dagen, max 105", None),
    ],
)  # fmt: skip
def test_a_lesson_is_heard(text: str, taught: Lesson | None, reader: Reader) -> None:
    meaning = reader.read(text, Context(TODAY))

    assert meaning.lesson == taught
    assert (meaning.intent == "teach_word") == (taught is not None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("haal pm uit de woordenlijst", "pm"),
        ("vergeet het woord wolkenkunstenaar!", "wolkenkunstenaar"),
        ("verwijder de afkorting “GU”", "GU"),
        ("take cx lead out of the word list", "cx lead"),
        ("forget the word pm", "pm"),
        ("vergeet het maar", None),
        ("verwijder mijn gegevens", None),
    ],
)
def test_a_word_to_forget_is_heard(text: str, word: str | None, reader: Reader) -> None:
    meaning = reader.read(text, Context(TODAY))

    assert meaning.forgotten == word
    assert (meaning.intent == "forget_word") == (word is not None)


@pytest.mark.parametrize(
    ("text", "roles", "skills", "client"),
    [
        ("zoek een pgo'er in Utrecht", ("adviseur persoonlijke gezondheidsomgeving",), (), None),
        ("zoek een PGO-er in Utrecht", ("adviseur persoonlijke gezondheidsomgeving",), (), None),
        ("looking for a CX lead", ("customer experience manager",), (), None),
        ("wolkenkunstenaar gezocht bij veldzicht", ("wolkenkunstenaar",), (), "Veldzicht"),
        ("tester met ervaring in een kdv, bij GU", ("tester",), ("kinderdagverblijf",), "gemeente Utrecht"),
        ("veldzicht zoekt een tester", ("tester",), (), "Veldzicht"),
        ("geen wolkenkunstenaar maar een tester gezocht", ("tester",), (), None),
        ("tester met een mooi veldzicht vanaf de werkplek", ("tester",), (), None),
        ("tester, geen kdv", ("tester",), (), None),
    ],
)
def test_own_words_are_read_where_they_are_meant(
    text: str, roles: tuple[str, ...], skills: tuple[str, ...], client: str | None, reader: Reader
) -> None:
    read = lead(reader, text)

    assert (read.roles, read.skills, read.client) == (roles, skills, client)


def test_without_the_vocabulary_nothing_of_it_is_read(reader: Reader) -> None:
    lead(reader, "zoek een pgo'er bij veldzicht, ervaring met kdv")

    read = lead(reader, "zoek een pgo'er bij veldzicht, ervaring met kdv", Vocabulary())

    assert (read.roles, read.skills, read.client) == ((), (), None)


@pytest.mark.parametrize(
    ("text", "role", "client"),
    [
        ("nee, de rol is wolkenmaakster", "wolkenmaakster", None),
        ("functie: wolkenmaakster", "wolkenmaakster", None),
        ("klant is zonneveld", None, "Zonneveld"),
        ("the client is zonneveld", None, "Zonneveld"),
        ("de rol is nog niet duidelijk", None, None),
        ("de klant is koning", None, None),
    ],
)
def test_a_label_names_a_value_no_list_knows(
    text: str, role: str | None, client: str | None, reader: Reader
) -> None:
    read = lead(reader, text, Vocabulary())

    assert read.roles == ((role,) if role else ())
    assert read.client == client


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("ok", "everyday"),
        ("tarief", "everyday"),
        ("Maandag", "everyday"),
        ("thanks", "everyday"),
        ("Sanne", "name"),
        ("Utrecht", "place"),
        ("den bosch", "place"),
        ("x", "unreadable"),
        ("32", "unreadable"),
        ("", "unreadable"),
        ("dit is echt een hele zin", "unreadable"),
        ("pm", None),
        ("pgo'er", None),
        ("Veldzicht", None),
        ("adviseur pgo", None),
    ],
)
def test_a_word_that_could_be_anything_is_refused(word: str, why: teachable.Refusal | None) -> None:
    assert teachable.refusal(word) == why


@pytest.mark.parametrize(
    ("word", "kind", "is_new"),
    [
        ("wolkenkunstenaar", "role", True),
        ("projectleider", "role", False),  # everybody's word
        ("spiegeladviseur", "role", False),  # read by its ending
        ("iemand voor de kassa", "role", False),
        ("Veldzicht", "client", True),
        ("ASML", "client", False),
        ("Ka", "client", False),
        ("ok", "role", False),
    ],
)
def test_what_is_read_anyhow_is_not_stored(word: str, kind: WordKind, is_new: bool) -> None:
    assert teachable.is_new(word, kind) == is_new


@given(word=st.text(max_size=80), meaning=st.text(max_size=80))
def test_any_word_is_judged(word: str, meaning: str) -> None:
    assert teachable.refusal(word) in ("everyday", "name", "place", "unreadable", None)
    assert teachable.kind_of(meaning) in ("role", "skill", "client", None)
