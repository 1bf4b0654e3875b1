"""Every notice can be said in every language, and nothing is said that should not be."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from assistant import notices as told
from assistant import words
from assistant.notices import Notice
from assistant.rules.matching import PRIVATE_KINDS, Band, Reason, ReasonKind
from assistant.rules.policy import Policy
from assistant.words import say, values
from assistant.words.texts import Texts, languages, load
from dialogs import commands as do
from dialogs.shortcuts import SHORTCUTS
from nlu.meaning import (
    Availability,
    Daypart,
    Lead,
    Problem,
    ProblemKind,
    Profile,
    Remote,
    Stage,
    Status,
    Vat,
    Weekday,
)
from tests.words import gallery
from tests.words.gallery import LEAD, SECRET, ZONE

LANGUAGES = sorted(languages())
INTENTS = {path.stem for path in (Path(__file__).parents[2] / "nlu/languages").glob("*/intents/*.yaml")}
EVERY = pytest.mark.parametrize("kind", gallery.classes(), ids=lambda kind: kind.__name__)
IN_EACH = pytest.mark.parametrize("language", LANGUAGES)


def is_notice(name: str) -> bool:
    return name[0].isupper()


def test_dutch_and_english_are_spoken() -> None:
    assert {"nl", "en"} <= languages()


@IN_EACH
@EVERY
def test_every_notice_has_words(kind: type[Notice], language: str) -> None:
    for notice in gallery.examples(kind):
        said = say(notice, language, ZONE)

        assert said.text.strip()
        assert not set("{}[]") & set(said.text)
        assert "None" not in said.text
        assert "\n\n\n" not in said.text
        assert len(said.text) <= 4096
        assert len(said.labels) == len(notice.choices)
        assert all(0 < len(label) <= 60 for label in said.labels)


@IN_EACH
def test_every_text_is_used_and_every_gap_filled(language: str) -> None:
    """A text that no notice asks for, and a gap that no notice fills, is a slip of the pen."""
    texts = load(language)
    filled: dict[str, set[str]] = {}
    for kind in gallery.classes():
        for notice in gallery.examples(kind):
            shown = {name for name, value in values.of(notice, texts, ZONE).items() if value}
            filled.setdefault(words._name(notice, texts), set()).update(shown)

    assert set(filled) == {name for name in texts.templates if is_notice(name)}
    for name, gaps in filled.items():
        assert texts.templates[name].names() <= gaps, name


@IN_EACH
def test_every_button_has_a_short_label(language: str) -> None:
    texts = load(language)
    keys = {each.key for kind in gallery.classes() for one in gallery.examples(kind) for each in one.choices}

    assert {f"labels.{key}" for key in keys} <= set(texts.templates)
    for name in texts.templates:
        if name.startswith("labels."):
            assert len(texts.fill(name, {"name": ""})) <= 24, name


OFTEN = [
    "confirm",
    "edit",
    "cancel",
    "skip",
    "undo",
    "interested",
    "later",
    "not_for_me",
    "tip",
    "why",
    "nobody_yet",
]


@IN_EACH
@pytest.mark.parametrize("key", OFTEN)
def test_frequent_labels_fit_the_narrowest_channel(key: str, language: str) -> None:
    assert len(load(language).fill(f"labels.{key}")) <= 20


def test_languages_say_the_same_things() -> None:
    """The same names everywhere, and the same gaps in them."""
    gaps = [{name: one.names() for name, one in load(language).templates.items()} for language in LANGUAGES]

    assert all(other == gaps[0] for other in gaps)


@IN_EACH
@pytest.mark.parametrize("intent", sorted(INTENTS | set(SHORTCUTS.values())))
def test_every_intent_has_a_description_and_a_label(intent: str, language: str) -> None:
    assert load(language).fill(f"intents.{intent}")
    assert load(language).fill(f"labels.reading.{intent}")


@IN_EACH
def test_every_word_of_a_list_is_known(language: str) -> None:
    texts = load(language)
    lists = {"problems": ProblemKind, "bands": Band, "remote": Remote, "stages": Stage, "status": Status}
    lists |= {"weekdays": Weekday, "dayparts": Daypart, "vat": Vat}
    lists |= {"reasons.you": ReasonKind, "reasons.them": ReasonKind}
    wanted = {f"{section}.{name}" for section, names in lists.items() for name in get_args(names)}
    wanted -= {f"reasons.them.{kind}" for kind in PRIVATE_KINDS}

    assert wanted == {name for name in texts.templates if name.rpartition(".")[0] in lists}


def test_another_language_reads_the_default_one() -> None:
    assert say(told.Resumed(1), "fy", ZONE) == say(told.Resumed(1), "nl", ZONE)


# --- what is never said -----------------------------------------------------------------------------------------


@IN_EACH
@pytest.mark.parametrize(
    "notice",
    [
        told.LeadReadBack(1, 1, LEAD),
        told.LeadOffered(1, 1, LEAD, "fair", (), ()),
        told.LeadOffered(1, 1, SECRET, "fair", (), ()),
    ],
    ids=["read back", "offered", "confidential"],
)
def test_contacts_stay_hidden(notice: Notice, language: str) -> None:
    text = say(notice, language, ZONE).text

    assert [part for part in ("Jan", "Klaassen", "0612345678", "klant.example") if part in text] == []


@IN_EACH
def test_a_confidential_client_is_for_the_source_only(language: str) -> None:
    assert "Gouda" in say(told.LeadReadBack(1, 1, SECRET), language, ZONE).text
    assert "Gouda" not in say(told.LeadOffered(1, 1, SECRET, "fair", (), ()), language, ZONE).text
    assert "Vallei" in say(told.LeadOffered(1, 1, LEAD, "fair", (), ()), language, ZONE).text


@IN_EACH
@pytest.mark.parametrize("kind", sorted(PRIVATE_KINDS))
def test_the_source_sees_no_private_doubts(kind: ReasonKind, language: str) -> None:
    plain = told.Interested(2, "Bas", "fair", (), ())
    doubted = replace(plain, doubts=(Reason(kind),))

    def card(one: told.Interested) -> str:
        return say(told.CandidatesReady(1, 1, "tester", (one,)), language, ZONE).text

    assert card(plain) == card(doubted)


@pytest.mark.parametrize(("language", "called"), [("nl", "Engels, Duits"), ("en", "English, German")])
def test_languages_are_called_as_the_reader_of_the_card_calls_them(language: str, called: str) -> None:
    card = say(told.ProfileReadBack(1, 1, Profile(languages=("Engels", "Duits"))), language, ZONE)

    assert called in card.text


@IN_EACH
def test_little_work_is_never_mentioned(language: str) -> None:
    said = [
        say(told.ProfileReadBack(1, 1, Profile(), Availability(now=True, low_work=low)), language, ZONE)
        for low in (False, True)
    ]

    assert said[0] == said[1]


@IN_EACH
def test_the_welcome_is_short(language: str) -> None:
    text = say(told.Welcome(1, "Noor", "Delta", "Mieke"), language, ZONE).text

    assert len(text.split()) <= 120


# --- whatever members write -------------------------------------------------------------------------------------

ODD = st.text(min_size=1, max_size=200) | st.lists(
    st.sampled_from(
        ["{title}", "{", "}", "%s", "%", "[", "]", "[?name x]", "{0}", "\n", "🧑‍🌾", "<b>", "*_`", "#", "é"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@given(odd=ODD, language=st.sampled_from(LANGUAGES))
def test_what_members_write_passes_through_unharmed(odd: str, language: str) -> None:
    lead = Lead(roles=("tester",), client=odd, place=odd)
    notices: tuple[Notice, ...] = (
        told.TipNoted(1, odd, odd),
        told.HumanWanted(1, "Noor", odd, odd, 2),
        told.Vouched(1, odd, "Bas", odd),
        told.Impossible(1, (Problem("impossible_date", odd),)),
        told.LeadReadBack(1, 1, lead),
        told.LeadOffered(1, 1, lead, "fair", (Reason("follows", (odd + "!",)),), (), quote=odd),
        told.CandidatesReady(1, 1, odd, (told.Interested(2, "Bas", "fair", (), (), odd),)),
        told.ProfileUpdated(1, Profile(likes=(odd,)), 1),
        told.MyLeads(1, (told.LeadLine(1, odd, "asking", 1, 0),)),
    )
    for notice in notices:
        assert odd in say(notice, language, ZONE).text


@given(long=st.integers(1, 9000), sign=st.sampled_from(["a", "é", "🎉", "\n"]))
def test_the_longest_text_still_fits(long: int, sign: str) -> None:
    text = say(told.HumanWanted(1, "Noor", sign * long, None, 2), "nl", ZONE).text

    assert len(text.encode("utf-16-le")) // 2 <= 4096


st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(do.Command, st.just(do.Resume()))
st.register_type_strategy(Policy, st.sampled_from([Policy(), Policy(mode="one", chooser="client")]))
st.register_type_strategy(do.ShareLead, st.just(do.ShareLead(Lead(), "")))
st.register_type_strategy(
    told.Interested, st.builds(told.Interested, name=st.text(min_size=1).map(lambda name: f"Noor {name}"))
)


@EVERY
@settings(max_examples=20)
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_nothing_well_typed_is_refused(kind: type[Notice], data: st.DataObject, language: str) -> None:
    notice = data.draw(st.from_type(kind))
    said = say(notice, language, ZONE)

    assert said.text
    assert len(said.text) <= 4096
    assert all(0 < len(label) <= 60 for label in said.labels)


@given(reason=st.builds(Reason, st.sampled_from(get_args(ReasonKind)), st.lists(st.text()).map(tuple)))
def test_a_reason_takes_any_facts(reason: Reason) -> None:
    assert say(told.OfferExplained(1, "x", "fair", (reason,), ()), "nl", ZONE).text


def test_texts_are_read_once() -> None:
    assert load("nl") is load("nl")
    assert isinstance(load("en"), Texts)
