"""The data the intents are learned from is complete, well-formed and drawn alike every time."""

import random
from collections import Counter

import numpy as np
import pytest

from nlu.components.intent import MODEL, IntentModel
from nlu.meaning import LanguageCode
from nlu.templates import (
    CODES,
    LANGUAGES,
    Template,
    TemplateError,
    digest,
    draw,
    expand,
    read_slots,
    read_templates,
)
from nlu.training import judge, learn

INTENTS = [
    "ask_help",
    "ask_leads",
    "ask_statement",
    "ask_why",
    "cancel",
    "confirm",
    "decline",
    "delete_me",
    "deny",
    "follow",
    "greeting",
    "how_it_works",
    "join_event",
    "lead_status",
    "leave",
    "my_data",
    "offer_help",
    "pause",
    "propose_event",
    "report_no_deal",
    "report_talk",
    "report_win",
    "resume",
    "set_availability",
    "share_lead",
    "show_interest",
    "talk_to_human",
    "thanks",
    "tip_member",
    "undo",
    "unknown",
    "update_profile",
    "vouch",
]
TEMPLATES = read_templates()
SLOTS = read_slots()


def test_the_model_was_made_from_the_data_beside_it() -> None:
    with np.load(MODEL) as data:
        assert str(data["digest"]) == digest(), "run `python -m nlu.training`"


def test_the_model_knows_every_intent() -> None:
    assert list(IntentModel.load().intents) == INTENTS


def test_the_model_stays_small() -> None:
    assert MODEL.stat().st_size < 6_000_000


@pytest.mark.parametrize("code", CODES)
def test_every_intent_has_a_file_in_every_language_and_no_other_has(code: LanguageCode) -> None:
    assert sorted(path.stem for path in (LANGUAGES / code / "intents").glob("*")) == INTENTS


@pytest.mark.parametrize("code", CODES)
def test_other_hands_write_of_the_same_intents(code: LanguageCode) -> None:
    hands = {path.name: path for path in (LANGUAGES / code / "hands").glob("*")}

    assert len(hands) >= 3
    for hand in hands.values():
        assert sorted(path.stem for path in hand.glob("*")) == INTENTS


def test_an_unknown_hand_is_named() -> None:
    with pytest.raises(ValueError, match="no hand is called nobody"):
        judge("nobody")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_enough_wordings(code: LanguageCode, intent: str) -> None:
    wanted = 120 if intent in ("share_lead", "set_availability") else 40
    assert sum(t.intent == intent and t.language == code for t in TEMPLATES) >= wanted


def test_no_wording_stands_under_two_intents() -> None:
    meant = {(t.text.lower().strip(" .!?"), t.intent) for t in TEMPLATES}
    assert [text for text, count in Counter(text for text, _ in meant).items() if count > 1] == []


def test_every_template_can_be_filled_in() -> None:
    rng = random.Random(1)
    for template in TEMPLATES:
        text = expand(template, SLOTS[template.language], rng)
        assert text
        assert not set(text) & set("{}[]"), template


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("(hoi|dag) {name}", {"hoi Kees", "dag Kees"}),
        ("ja [hoor]", {"ja", "ja hoor"}),
        ("ja[, (graag|hoor)]!", {"ja!", "ja, graag!", "ja, hoor!"}),
        ("een ({name}|Bas)", {"een Kees", "een Bas"}),
        ("projectleider (m/v)", {"projectleider (m/v)"}),
        ("{who}", {"Kees", "Kees en Kees"}),
    ],
)
def test_choices_options_and_slots(text: str, messages: set[str]) -> None:
    slots = {"name": ("Kees",), "who": ("{name}", "{name} en {name}")}
    rng = random.Random(1)
    assert {expand(Template(text, "thanks", "nl"), slots, rng) for _ in range(100)} == messages


def test_an_unknown_slot_is_named() -> None:
    with pytest.raises(TemplateError, match=r"nl/thanks: no slot \{nmae\}"):
        expand(Template("dank {nmae}", "thanks", "nl"), {}, random.Random(1))


def test_the_same_seed_draws_the_same_messages() -> None:
    first, second = ([draw(t, SLOTS[t.language], random.Random(7)) for t in TEMPLATES] for _ in range(2))
    assert first == second


def test_learning_twice_gives_the_same_model_and_it_tells_unseen_wording_apart() -> None:
    few = [t for t in TEMPLATES if t.intent in ("thanks", "vouch")]
    one, other = learn(few), learn(few)
    assert np.array_equal(one.weights, other.weights)
    assert [
        one.intents[int(np.argmax(one.scores(text)))] for text in ("merci hoor!", "ik raad Abel iedereen aan")
    ] == [
        "thanks",
        "vouch",
    ]
