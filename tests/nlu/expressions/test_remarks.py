"""A reason and a subject are the writer's own words, cut where the reason or subject begins."""

from datetime import date

import pytest

from nlu import Context, Reader

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I can vouch for Ines because we worked together for 3 years", "we worked together for 3 years"),
        (
            "Ik wil Noor graag voordragen als lid. Twee keer mee samengewerkt, secuur",
            "Twee keer mee samengewerkt, secuur",
        ),
        ("Interesse! want ik deed dit al bij Hoorn", "ik deed dit al bij Hoorn"),
        ("niks voor mij, te ver rijden", "te ver rijden"),
        ("ja interesse, 8 jaar ervaring bij waterschappen", "8 jaar ervaring bij waterschappen"),
        ("deze is niks voor mij", None),
        ("projectleider in Utrecht, 32 uur, want de vorige is ziek", None),
    ],
)
def test_reason(reader: Reader, text: str, reason: str | None) -> None:
    assert reader.read(text, Context(today=TODAY)).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [("secuur en komt afspraken na", "secuur en komt afspraken na"), ("weet ik niet", None)],
)
def test_a_reason_that_was_asked_is_the_whole_answer(reader: Reader, text: str, reason: str | None) -> None:
    assert reader.read(text, Context(today=TODAY, asked="reason")).reason == reason


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("volg energietransitie", "energietransitie"),
        ("hou me op de hoogte van gemeente Goes", "gemeente Goes"),
        ("follow the city theatre", "city theatre"),
        ("wie wil er even sparren over AVG?", "AVG"),
        ("vanaf 1 maart vrij", None),
    ],
)
def test_topic(reader: Reader, text: str, topic: str | None) -> None:
    assert reader.read(text, Context(today=TODAY)).topic == topic


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("iets voor Kees?", ("Kees",)),
        ("ik beveel Noor de Wit aan", ("Noor de Wit",)),
        ("vanaf 1 maart vrij", ()),
    ],
)
def test_people(reader: Reader, text: str, people: tuple[str, ...]) -> None:
    assert reader.read(text, Context(today=TODAY)).people == people
