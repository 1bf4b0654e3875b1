"""The words of the page: both languages say the same things, and refer to people who exist."""

import re
from pathlib import Path

import pytest

from assistant import demo
from assistant.channels.web import texts
from assistant.channels.web.texts import LANGUAGES, Language

SCRIPTS = sorted(Path(texts.__file__).parent.glob("*.js"))
HANDLES = {handle for handle, _ in demo.roster()}


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_both_languages_name_the_same_labels_with_the_same_holes() -> None:
    dutch, english = texts.read("nl").labels, texts.read("en").labels
    assert {name: holes(text) for name, text in dutch.items()} == {
        name: holes(text) for name, text in english.items()
    }


def test_no_label_is_left_in_the_other_language() -> None:
    dutch, english = texts.read("nl").labels, texts.read("en").labels
    same = {name for name, text in dutch.items() if text == english[name]}
    assert same <= {"title", "edited", "week", "hour_short", "morning_short", "week_short"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_a_script_asks_for_is_there(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    asked = set(re.findall(r"\bwords\.(\w+)", source)) | set(re.findall(r"\bnamed\('(\w+)'\)", source))
    assert asked, "every script speaks"
    assert asked <= set(texts.read("nl").labels)


def test_every_word_is_asked_for() -> None:
    sources = " ".join(
        path.read_text(encoding="utf-8") for path in [*SCRIPTS, *Path(texts.__file__).parent.glob("*.py")]
    )
    assert [name for name in texts.read("nl").labels if not re.search(rf"\b{name}\b", sources)] == COMPOSED


COMPOSED = [f"{step}_{kind}" for step in ("hour", "morning", "week") for kind in ("short", "hint")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_knows_only_people_who_exist(language: Language) -> None:
    named = {handle for step in texts.read(language).steps for handle in (*step.open, step.done.who)}
    assert named <= HANDLES


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_has_something_to_say(language: Language) -> None:
    suggestions = texts.read(language).suggestions
    assert set(suggestions) == {"member", "coordinator", "newcomer", "stranger"}
    assert all(len(said) >= 3 for said in suggestions.values())
