"""What is said of somebody else's time is not taken for the writer's own."""

from datetime import date

import pytest

from nlu import Context, Reader


@pytest.mark.parametrize(
    "text",
    [
        "Eva zit tot vrijdag vol maar daarna kan ze",
        "Mijn collega Bart is volgende maand vrij, 3 dagen",
        "Sanne is op vakantie tot 1 maart",
    ],
)
def test_somebody_else_is_asked_about(text: str) -> None:
    meaning = Reader().read(text, Context(date(2026, 11, 21)))
    assert not meaning.parts
    assert meaning.intent != "set_availability" or not meaning.confident


@pytest.mark.parametrize(
    "text",
    ["Ik hoor van Bart dat ik vrij ben vanaf maart", "Bart, ik ben vrij vanaf maart", "Vrij vanaf maart"],
)
def test_the_writer_is_heard(text: str) -> None:
    meaning = Reader().read(text, Context(date(2026, 11, 21)))
    assert meaning.intent == "set_availability"
    assert meaning.confident
