"""What messages are for, with and without something said before them."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlu.components.intent import (
    CONTEXT,
    HEAD,
    LANGUAGES,
    NOTED,
    READINGS,
    TAIL,
    IntentFinder,
    clip,
    features,
    shares_of,
)
from nlu.meaning import Context

HERE = Path(__file__).parent
TODAY = date(2026, 11, 21)
NOTHING = Context(today=TODAY)
FINDER = IntentFinder()
MESSAGES = [
    pytest.param(message, intent, id=f"{intent}: {message}")
    for code in ("nl", "en")
    for intent, messages in yaml.safe_load((HERE / f"messages.{code}.yaml").read_text("utf-8")).items()
    for message in messages
]

LEAD = Context(today=TODAY, form="lead")
LEAD_HOURS = Context(today=TODAY, form="lead", asked="hours_per_week")
LEAD_PLACE = Context(today=TODAY, form="lead", asked="place")
FREE_START = Context(today=TODAY, form="availability", asked="start")
PROFILE_PLACE = Context(today=TODAY, form="profile", asked="place")
CONFIRMING = Context(today=TODAY, form="lead", confirming=True)
OFFERED = Context(today=TODAY, offered=True)
OFFERED_AND_CONFIRMING = Context(today=TODAY, offered=True, confirming=True)
FORWARDED = Context(today=TODAY, forwarded=True)


def likeliest(text: str, context: Context = NOTHING) -> str:
    return FINDER.readings(text, context)[0].intent


@pytest.mark.parametrize(("message", "intent"), MESSAGES)
def test_a_message_alone(message: str, intent: str) -> None:
    assert likeliest(message) == intent


@pytest.mark.parametrize(
    ("context", "message", "intent"),
    [
        (LEAD_HOURS, "32", "share_lead"),
        (LEAD_HOURS, "24 tot 32", "share_lead"),
        (LEAD_HOURS, "drie dagen", "share_lead"),
        (LEAD_HOURS, "three days", "share_lead"),
        (LEAD_PLACE, "Utrecht", "share_lead"),
        (LEAD_PLACE, "remote", "share_lead"),
        (LEAD_PLACE, "in Goes, of thuis", "share_lead"),
        (FREE_START, "volgende week", "set_availability"),
        (FREE_START, "1 maart", "set_availability"),
        (FREE_START, "per direct", "set_availability"),
        (PROFILE_PLACE, "Zwolle", "update_profile"),
        (PROFILE_PLACE, "in Zwolle", "update_profile"),
        (LEAD, "nee, 24 uur", "share_lead"),
        (LEAD, "tarief is 95 niet 105", "share_lead"),
        (FREE_START, "toch pas 15 april", "set_availability"),
        (FREE_START, "maak er 4 van", "set_availability"),
        (LEAD_HOURS, "laat maar", "cancel"),
        (LEAD_HOURS, "never mind", "cancel"),
        (LEAD_HOURS, "ik wil een mens spreken", "talk_to_human"),
        (LEAD_HOURS, "hoe werkt de afdracht?", "how_it_works"),
        (LEAD_PLACE, "ik ben vrij vanaf 1 mei, 3 dagen per week", "set_availability"),
        (CONFIRMING, "ja", "confirm"),
        (CONFIRMING, "klopt", "confirm"),
        (CONFIRMING, "yes", "confirm"),
        (CONFIRMING, "nee", "deny"),
        (CONFIRMING, "no", "deny"),
        (CONFIRMING, "nee, 24 uur", "share_lead"),
        (CONFIRMING, "laat maar", "cancel"),
        (OFFERED, "ja", "show_interest"),
        (OFFERED, "yes please", "show_interest"),
        (OFFERED, "doe maar", "show_interest"),
        (OFFERED, "nee", "decline"),
        (OFFERED, "nee bedankt", "decline"),
        (OFFERED, "nope", "decline"),
        (OFFERED, "waarom krijg ik deze?", "ask_why"),
        (OFFERED, "is dit niet iets voor Kees?", "tip_member"),
        (OFFERED_AND_CONFIRMING, "ja", "confirm"),
        (OFFERED_AND_CONFIRMING, "nee", "deny"),
        (
            FORWARDED,
            "Beste Eva, we hebben vanaf juni behoefte aan iemand die onze cijfers op orde brengt. Bel je me?",
            "share_lead",
        ),
        (NOTHING, "", "unknown"),
        (NOTHING, "  \n ", "unknown"),
        (NOTHING, "🎉🎉", "unknown"),
        (LEAD_HOURS, "🎉", "unknown"),
        (NOTHING, "?!", "unknown"),
        (NOTHING, "dfghjkl", "unknown"),
    ],
)
def test_what_was_said_before_narrows(context: Context, message: str, intent: str) -> None:
    assert likeliest(message, context) == intent


def test_what_is_certain_in_one_language_is_so_in_the_other() -> None:
    known = [yaml.safe_load((LANGUAGES / code / "certain.yaml").read_text("utf-8")) for code in ("nl", "en")]
    assert known[0].keys() == known[1].keys()


@given(
    text=st.text(max_size=200),
    context=st.builds(
        Context,
        today=st.just(TODAY),
        form=st.sampled_from([None, "lead", "availability", "profile"]),
        asked=st.sampled_from([None, "start", "place"]),
        forwarded=st.booleans(),
        offered=st.booleans(),
        confirming=st.booleans(),
    ),
)
def test_all_intents_best_first_adding_up_to_one(text: str, context: Context) -> None:
    readings = FINDER.readings(text, context)
    shares = [reading.confidence for reading in readings]
    assert len({reading.intent for reading in readings}) == len(readings) == 33
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=1e-4)


def test_a_component_leaves_its_readings_on_the_doc() -> None:
    doc = Doc(Vocab(), words=["ja"])
    doc.user_data[CONTEXT] = CONFIRMING
    assert FINDER(doc).user_data[READINGS] == FINDER.readings(doc.text, CONFIRMING)[:NOTED]


@given(text=st.text(min_size=HEAD + TAIL + 1, max_size=HEAD + TAIL + 300))
def test_of_a_long_text_the_middle_does_not_count(text: str) -> None:
    middle = text[HEAD:-TAIL]
    other = text.replace(middle, middle * 2, 1) if text.find(middle) == HEAD else text
    assert clip(text)[:HEAD] == text[:HEAD]
    assert clip(text)[-TAIL:] == text[-TAIL:]
    assert len(clip(other)) == HEAD + 1 + TAIL


def test_fifty_thousand_characters_are_read() -> None:
    mail = "Wij zoeken een planner voor 24 uur per week in Gouda, tarief 85 euro. " * 750
    assert likeliest(mail) == "share_lead"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("32 uur in 2027", "36 uur in 2026"),
        ("HOI Seintje", "hoi seintje"),
        ("mail naar a.b@voorbeeld.nl", "mail naar iemand@elders.org"),
        ("zie https://a.nl/x?y=1", "zie www.b.nl"),
    ],
)
def test_numbers_case_and_addresses_make_no_difference(one: str, other: str) -> None:
    assert features(one).tolist() == features(other).tolist()


@given(text=st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=2 * (HEAD + TAIL)))
def test_scores_are_those_of_the_linear_model(text: str) -> None:
    """What is added up in few steps is shares times weights, as it was learned."""
    model = FINDER.model
    buckets = features(text)
    plain = shares_of(buckets, model.rarity) @ model.weights[buckets].astype(np.float32) + model.bias
    assert model.scores(text) == pytest.approx((plain / model.temperature).tolist(), abs=1e-4)


def test_pieces_fall_in_the_same_buckets_on_every_machine() -> None:
    assert features("ja").tolist() == [3103, 7072, 20604, 21306, 33401, 43341, 51162, 51249, 56905, 61032]
